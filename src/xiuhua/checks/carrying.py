"""What a phone carries of inspections: checklists, what is left of open rounds, and what waits to be put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

import orjson

from xiuhua.checks import model, query, sight
from xiuhua.checks.forms import ChecklistOut
from xiuhua.checks.model import MAKE, OPEN, READ, RECTIFIED, RECTIFY
from xiuhua.checks.query import InspectionFilter
from xiuhua.checks.service import Checks
from xiuhua.checks.telling import words
from xiuhua.flow.carrying import Spot
from xiuhua.flow.fields import json_schema
from xiuhua.flow.forms import moment
from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec, Title
from xiuhua.packs.kinds import ChecklistItem
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

MOST_ROUNDS: Final = 20
MOST_THINGS: Final = 500
"""Of one round."""
MOST_INSPECTIONS: Final = 200
"""With something that waits for this person."""


@dataclass(frozen=True, slots=True)
class Checklists:
    """The checklists in force."""

    checks: Checks

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`checklists`, as lists of checklists tell them, without numbers: those change all the time."""
        if not (actor.may(READ) and actor.may(MAKE)):
            return {"checklists": []}
        every = self.checks.checklists(tx, actor.city).values()
        return {"checklists": [ChecklistOut.of_declared(one, {}).model_dump(mode="json") for one in every]}


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the rounds that are open."""

    checks: Checks

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`rounds`, the first due first, with the things that this person may still inspect."""
        if not (actor.may(READ) and actor.may(MAKE)):
            return {"rounds": []}
        rows = tx.execute(_sql()["open_rounds"], {"city": actor.city, "limit": MOST_ROUNDS}).fetchall()
        return {"rounds": [self._told(tx, actor, row) for row in rows]}

    def _told(self, tx: Tx, actor: Actor, row: Any) -> dict[str, Any]:
        parties = self.checks.declared(tx, actor.city, orjson.loads(row.doc)).checklist.parties
        asked = {"city": actor.city, "round": row.id, "me": actor.id, "parties": len(parties) or 1}
        things = tx.execute(_sql()["left"], {**asked, "limit": MOST_THINGS}).fetchall()
        names = self.checks.names(tx, actor.city)
        return {
            "id": row.id, "title": row.title, "checklist": row.checklist, "due": row.due.astimezone(UTC).isoformat(),
            "left": things[0].every if things else 0, "things": [
                {"id": one.thing, "key": one.key, "called": one.called,
                 "unit_name": names(one.unit) if one.unit else None}
                for one in things
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """What this person puts right, and what they look at again, as tasks of a phone."""

    checks: Checks

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`tasks`, in the form of those of the bundle (`shifts/bundle.py`), what is due first before others."""
        found: list[dict[str, Any]] = []
        for row in self._rows(tx, actor):
            state = orjson.loads(row.doc)
            for one in model.rectifications(state):
                action = self._action(tx, actor, state, one)
                if action is not None:
                    found.append(self._task(tx, actor, row.version, state, one, action))
        return {"tasks": sorted(found, key=lambda one: (one["due"], one["id"]))}

    def _rows(self, tx: Tx, actor: Actor) -> list[Any]:
        if not actor.may(READ):
            return []
        wanted = [InspectionFilter(waits=True)] if actor.may(RECTIFY) else []
        wanted += [InspectionFilter(waits=True, inspector=actor.id)] if actor.may(MAKE) else []
        mine = self.checks.sight(tx, actor)
        pages = [query.page(tx, actor.city, actor.id, one, mine, None, MOST_INSPECTIONS) for one in wanted]
        ids = list(dict.fromkeys(row.id for page in pages for row in page))
        return tx.execute(_sql()["docs"], {"city": actor.city, "ids": ids}).fetchall() if ids else []

    def _action(self, tx: Tx, actor: Actor, state: State, one: Mapping[str, Any]) -> str | None:
        directory, data = self.checks.cities.of(tx, actor.city).directory(), state["data"]
        if one["state"] == OPEN and actor.may(RECTIFY) and sight.puts_right(actor, directory, data):
            return "rectified"
        mine = actor.may(MAKE) and actor.id in data["inspectors"]
        if one["state"] == RECTIFIED and mine and not sight.is_of_same(directory, actor.id, data.get("unit")):
            return "recheck"
        return None

    def _task(
        self, tx: Tx, actor: Actor, version: int, state: State, one: Mapping[str, Any], action: str
    ) -> dict[str, Any]:
        item = self.checks.declared(tx, actor.city, state).checklist.items[one["item"]]
        data, said = state["data"], words()
        called = data["thing"]["called"]
        title = {lang: f"{getattr(item.title, lang)} · {called}" for lang in ("zh", "en")}
        shown = [each for each in model.findings(state) if each["n"] in one["findings"]]
        return {
            "kind": "rectification", "id": f"{state['id']}.{one['n']}", "number": state["number"],
            "external_id": None, "version": version, "state": one["state"], "state_title": said["states"][one["state"]],
            "track": model.RECTIFICATION, "n": None, "role": None, "title": title,
            "path": f"/api/inspections/{state['id']}/rectifications/{one['n']}",
            "since": moment(one["since"]).isoformat(), "due": moment(one["due"]).isoformat(), "category": None,
            "place": data.get("place"), "unit_grid": data.get("unit_grid"), "photos": list(_photos(shown, one)),
            "text": None, "facts": list(_facts(item, state, shown, one)),
            "actions": [{
                "action": action, "title": said["actions"][action], "role": "", "n": None, "reason_needed": False,
                "needs": json_schema(_fields(item, action)),
            }],
        }  # fmt: skip


def _fields(item: ChecklistItem, action: str) -> dict[str, FieldSpec]:
    """What a phone asks for; the same as `RectifiedForm` and `RecheckForm` take."""
    said = {name: Title(**text) for name, text in words()["fields"].items()}
    passed = {"passed": FieldSpec(type="boolean", required=True, title=said["passed"])} if action == "recheck" else {}
    needs_photo = item.photo_after and action == "rectified"
    photos = FieldSpec(type="photo", many=True, required=needs_photo, title=said["photos"])
    return {**passed, "photos": photos, "note": FieldSpec(type="long_text", max_length=2000, title=said["note"])}


def _photos(shown: list[dict[str, Any]], one: Mapping[str, Any]) -> Iterator[str]:
    """What it looked like, then what it looks like now."""
    for found in shown:
        yield from found.get("photos") or ()
    if one["tries"]:
        yield from one["tries"][-1]["photos"]


def _facts(
    item: ChecklistItem, state: State, shown: list[dict[str, Any]], one: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    said = words()["facts"]
    yield _fact(said["number"], state["number"])
    chosen = next((item.choices[each["choice"]].title.model_dump() for each in shown if each.get("choice")), None)
    count = sum(each["count"] for each in shown)
    if chosen or count:
        yield _fact(said["found"], chosen or str(count))
    for each in shown:
        if each.get("note"):
            yield _fact(said["finding"], each["note"])
    last = one["tries"][-1] if one["tries"] else {}
    for note in (last.get("note"), (last.get("recheck") or {}).get("note")):
        if note:
            yield _fact(said["done"], note)
    if one["round"] > 1:
        yield _fact(said["round"], str(one["round"]))


def _fact(title: Mapping[str, str], value: str | dict[str, str]) -> dict[str, Any]:
    return {"title": dict(title), "type": "text", "values": [value]}


def _sql() -> dict[str, str]:
    return queries("xiuhua.checks")
