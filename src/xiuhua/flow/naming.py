"""What the codes in the data of a subject are called: units, people, areas, filing conditions; and its side tracks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, Field

from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.titles import Title, procedure_of


class SideOut(BaseModel):
    """What goes on, or went on, beside the main track: an extension, a suspension, a supervision."""

    track: str = Field(examples=["extension"])
    n: int
    title: Title = Field(examples=[{"zh": "延期申请", "en": "Extension"}])
    state: str = Field(examples=["asked"])
    state_title: Title = Field(examples=[{"zh": "待审批", "en": "Asked"}])
    over: bool
    since: datetime
    item: dict[str, Any]


def named(view: CityView, kind: str, code: str) -> Title | None:
    """The name of a code; None where nothing is known by it."""
    if kind == "unit" and (unit := view.directory.units.get(code)):
        return _both(unit.name, unit.name_en)
    if kind == "person" and (person := view.directory.people.get(code)):
        return _both(person.name)
    if kind == "category" and (category := view.catalogue.get(code)):
        return _both(category.name, category.name_en)
    if kind == "filing_condition" and (condition := view.catalogue.get_condition(code, view.day)):
        return _both(condition.text)
    if kind == "area" and code in view.areas:
        return _both(view.areas.area(code).name)
    return None


def names_of(view: CityView, state: State, duties: Mapping[str, Any]) -> dict[str, Title]:
    """Code → name of everything that the data of a subject refer to, by what its procedure declares."""
    procedure = procedure_of(view, state["procedure"])
    kinds = {name: spec.type for name, spec in procedure.data.items()} if procedure else {}
    found = {}
    for kind, code in _codes(state["data"], kinds, duties):
        if code not in found and (name := named(view, kind, code)):
            found[code] = name
    return found


def _codes(data: Mapping[str, Any], kinds: Mapping[str, str], duties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield kinds.get(name, ""), one
            elif isinstance(one, dict) and isinstance(one.get("unit"), str):
                yield "unit", one["unit"]
    yield from (("unit", one["unit"]) for one in duties.values() if one and one.get("unit"))


def sides_of(view: CityView, state: State) -> list[SideOut]:
    """The instances of all side tracks, the newest first."""
    procedure = procedure_of(view, state["procedure"])
    tracks = procedure.tracks if procedure else {}
    found = []
    for track, instances in state["tracks"].items():
        spec = tracks.get(track)
        for one in instances:
            known = spec.states.get(one["state"]) if spec else None
            found.append(SideOut(
                track=track, n=one["n"], state=one["state"], since=datetime.fromtimestamp(one["since"], UTC),
                title=spec.title.model_dump() if spec and spec.title else _both(track),
                state_title=known.title.model_dump() if known else _both(one["state"]),
                over=bool(known and known.final), item=one["item"],
            ))  # fmt: skip
    return sorted(found, key=lambda one: one.since, reverse=True)


def _both(zh: str, en: str = "") -> Title:
    return {"zh": zh, "en": en or zh}
