"""What a phone needs to work without a network: its grids, categories with conditions, tasks, reasons, settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from xiuhua.flow.model import Allowed, State
from xiuhua.loop.brief.titles import sources
from xiuhua.loop.forms import ActionOut
from xiuhua.loop.kinds import KINDS
from xiuhua.loop.maps.shapes import simplified
from xiuhua.loop.service import Loop, Waiting
from xiuhua.loop.surroundings import CityView
from xiuhua.packs.procedure import Procedure
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.proceedings import carrying
from xiuhua.proceedings.service import Proceedings

MOST_TASKS: Final = 200
TOLERANCE_M: Final = 2.0


def bundle(
    tx: Tx, loop: Loop, proceedings: Proceedings, settings: Settings, actor: Actor, also: Sequence[str] = ()
) -> dict[str, Any]:
    """All of it as JSON values; the same as long as nothing of it changes.

    `also`: ids of proceedings to be told whether or not they wait for this person.
    """
    view = loop.view(tx, actor.city)
    return {
        "day": view.day.isoformat(),
        "grids": _grids(view, actor),
        "categories": _categories(view),
        "report": _report_form(),
        "reasons": _reasons(view),
        "states": _states(view),
        "tasks": _tasks(tx, loop, proceedings, actor, also),
        "settings": {
            "time_zone": settings.time_zone, "media_max_bytes": settings.media_max_mib << 20, "datum": "wgs84",
            "position_every_s": settings.track_every_seconds, "batch_most": 1000,
            "procedures": {name: dict(values) for name, values in view.settings.items()},
        },
    }  # fmt: skip


def _grids(view: CityView, actor: Actor) -> dict[str, Any]:
    """The areas of the person's posts as GeoJSON, then the unit grids that their duty grids are made of."""
    codes = sorted({post.area for post in actor.posts if post.area is not None and post.area in view.areas})
    own = [view.areas.area(code) for code in codes]
    within = dict.fromkeys(one for area in own for one in area.members if one in view.areas and one not in codes)
    areas = own + [view.areas.area(code) for code in within]
    features = []
    for area in areas:
        [shape] = simplified(area.kind, np.array([area.geometry], dtype=object), TOLERANCE_M)
        properties = {"code": area.code, "kind": area.kind, "name": area.name, "members": list(area.members)}
        features.append(
            {"type": "Feature", "id": area.code, "geometry": shape.__geo_interface__, "properties": properties}
        )
    return {"type": "FeatureCollection", "features": features}


def _categories(view: CityView) -> list[dict[str, Any]]:
    """Those that a case can be filed under today, each with its filing conditions."""
    found = []
    for category in view.catalogue:
        conditions = [
            {"id": one.id, "text": one.text, "area_class": one.area_class}
            for one in view.catalogue.conditions(category.key, view.day)
            if one.milestones_on(view.day)
        ]
        if conditions:
            found.append(
                {
                    "key": category.key, "kind": category.kind, "name": {"zh": category.name, "en": category.name_en},
                    "class": {"zh": category.class_name, "en": category.class_name_en}, "conditions": conditions,
                }
            )  # fmt: skip
    return found


def _report_form() -> dict[str, Any]:
    """What a report of a collector asks for; the rest of it is told by `POST /api/reports`."""
    return {
        "source": "collector", "source_title": sources()["collector"], "longest_text": 10_000, "most_photos": 20,
        "needs": ["external_id", "text", "place", "photos"], "self_handled_needs": ["photos", "photos_after"],
    }  # fmt: skip


def _procedures(view: CityView) -> list[tuple[str, Procedure]]:
    names = (("report", "report"), ("case", "city_case"))
    return [(kind, view.procedures[name][1]) for kind, name in names if name in view.procedures]


def _reasons(view: CityView) -> list[dict[str, Any]]:
    """Choices of the actions that collectors and handlers take, as lists to pick from."""
    found = []
    for kind, procedure in _procedures(view):
        for name, action in procedure.actions.items():
            if not {"collector", "handler"} & {who.role for who in action.by}:
                continue
            for field, spec in action.fields.items():
                if spec.type == "choice" and spec.of:
                    titles = {one: spec.titles[one].model_dump() for one in spec.of if one in (spec.titles or {})}
                    found.append({"kind": kind, "action": name, "field": field, "of": list(spec.of), "titles": titles})
    return found


def _states(view: CityView) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "state": name, "title": state.title.model_dump()}
        for kind, procedure in _procedures(view)
        for name, state in procedure.tracks["main"].states.items()
    ]


def _tasks(
    tx: Tx, loop: Loop, proceedings: Proceedings, actor: Actor, also: Sequence[str]
) -> list[dict[str, Any]]:  # fmt: skip
    """What waits for this very person or their squad, with place, due, masked text and actions."""
    waiting = loop.inbox(tx, actor, None, MOST_TASKS)
    mine = [one for one in waiting if one.task.kind in KINDS]
    reports = {(one.task.kind, one.task.subject): _reports(one.task.kind, one.state) for one in mine}
    texts = personal.get(tx, actor.city, [id_ for ids in reports.values() for id_ in ids]) if mine else {}
    found = [
        {
            "kind": one.task.kind, "id": one.task.subject, "number": one.state["number"], "version": one.version,
            "external_id": one.state["data"].get("external_id"),
            "state": one.task.state, "track": one.task.track, "n": one.task.n, "role": one.task.role,
            "since": one.task.since.isoformat(), "due": one.task.due.isoformat() if one.task.due else None,
            "category": one.state["data"]["category"], "place": one.state["data"]["place"],
            "unit_grid": one.state["data"]["unit_grid"],
            "photos": one.state["data"].get("photos_before") or one.state["data"].get("photos") or [],
            "text": _text(texts, reports[one.task.kind, one.task.subject]),
            "actions": [ActionOut.of(action).model_dump() for action in one.actions],
        }
        for one in mine
    ]  # fmt: skip
    return found + _proceedings(tx, proceedings, actor, [one for one in waiting if one.task.kind not in KINDS], also)


def _proceedings(
    tx: Tx, proceedings: Proceedings, actor: Actor, waiting: Sequence[Waiting], also: Sequence[str]
) -> list[dict[str, Any]]:
    """Tasks, orders, daily reports: each once, however much of it waits."""
    found: dict[str, dict[str, Any]] = {}
    view = proceedings.view(tx, actor.city)
    for one in waiting:
        id_ = one.task.subject
        if id_ not in found:
            told = carrying.told(view, proceedings.procedure_of(tx, actor.city, one.state), one.version, one.state)
            found[id_] = told | _offered(tx, proceedings, actor, one.state, one.task, one.actions)
    for id_ in also:
        try:
            seen = proceedings.get(tx, actor, id_)
        except NotFound:
            continue
        if id_ not in found:
            told = carrying.told(view, seen.procedure, seen.version, seen.state)
            actions = proceedings.allowed(tx, actor, seen.state)
            found[id_] = told | _offered(tx, proceedings, actor, seen.state, None, actions)
    return list(found.values())


def _offered(
    tx: Tx, proceedings: Proceedings, actor: Actor, state: State, task: Any, actions: Sequence[Allowed]
) -> dict[str, Any]:
    """What may be done now, and what after each of it (`next`)."""
    after = proceedings.allowed_after(tx, actor, state, actions)
    return {
        "track": task.track if task else "main", "n": task.n if task else None, "role": task.role if task else None,
        "actions": [ActionOut.of(one).model_dump() for one in actions],
        "next": {name: [ActionOut.of(one).model_dump() for one in some] for name, some in after.items()},
    }  # fmt: skip


def _text(texts: Mapping[str, dict[str, Any] | None], ids: Sequence[str]) -> str | None:
    """What the first reporter wrote, masked."""
    return next((text for id_ in ids if (text := (texts.get(id_) or {}).get("text"))), None)


def _reports(kind: str, state: State) -> list[str]:
    if kind == "report":
        return [f"report/{state['id']}"]
    return [f"report/{one}" for one in state["data"].get("reports") or ()][:1]
