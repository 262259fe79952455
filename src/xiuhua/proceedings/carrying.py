"""A proceeding as a task of a phone: what it is, where, what it holds in words, its photos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiuhua.flow.forms import moment
from xiuhua.flow.model import State
from xiuhua.flow.naming import names_of
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.titles import titles_of
from xiuhua.packs.procedure import Procedure
from xiuhua.proceedings import model

_SHOWN_APART = frozenset({"title", "due", "photo", "file"})


def told(view: CityView, procedure: Procedure, version: int, state: State) -> dict[str, Any]:
    """As the bundle tells it; whoever waits for it, and the actions, are added there."""
    due = model.due(state)
    return {
        "kind": "proceeding", "id": state["id"], "number": state["number"], "external_id": None, "version": version,
        "state": state["state"], "state_title": titles_of(view, state["procedure"], state["state"], None).state,
        "title": dict.fromkeys(("zh", "en"), model.called(state)), "procedure_title": procedure.title.model_dump(),
        "path": f"/api/proceedings/{state['id']}/actions", "since": moment(state["since"]).isoformat(),
        "due": moment(due).isoformat() if due is not None else None, "category": None, "unit_grid": None,
        "place": _place(view, state), "photos": list(_photos(procedure, state)), "text": None,
        "facts": list(_facts(view, procedure, state)),
    }  # fmt: skip


def _place(view: CityView, state: State) -> dict[str, Any] | None:
    """Where it is: its place, else a point in its area."""
    data = state["data"]
    given, code = data.get("place"), data.get("area")
    if given:
        return {"lon": given.get("lon"), "lat": given.get("lat"), "words": given.get("words")}
    if not isinstance(code, str) or code not in view.areas:
        return None
    lon, lat = view.areas.area(code).point()
    return {"lon": round(lon, 7), "lat": round(lat, 7), "words": view.areas.area(code).name}


def _photos(procedure: Procedure, state: State) -> Iterator[str]:
    for name, spec in procedure.data.items():
        value = state["data"].get(name)
        if spec.type == "photo" and value:
            yield from value if isinstance(value, list) else [value]


def _facts(view: CityView, procedure: Procedure, state: State) -> Iterator[dict[str, Any]]:
    """What it holds, by the titles that its procedure declares; codes by their names."""
    names = names_of(view, state, {})
    for name, spec in procedure.data.items():
        value = state["data"].get(name)
        if spec.title is None or {name, spec.type} & _SHOWN_APART or value in (None, "", []):
            continue
        titles = {one: title.model_dump() for one, title in spec.titles.items()}
        values = [titles.get(str(one)) or names.get(str(one)) or one
                  for one in (value if isinstance(value, list) else [value])]  # fmt: skip
        yield {"title": spec.title.model_dump(), "type": spec.type, "values": values}
