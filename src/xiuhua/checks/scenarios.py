"""Plays the scenarios of a checklist: inspections in memory, decided on as the service does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.checks import deciding, drawing, model, ranking, scoring
from xiuhua.checks.deciding import Told
from xiuhua.checks.model import Declared
from xiuhua.checks.service import UNIT_ROLE
from xiuhua.city.calendars import shipped
from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor

ZONE: Final = ZoneInfo("Asia/Shanghai")
_BEGIN: Final = frozenset({"thing", "unit", "party"})


class ChecklistStage:
    """Inspections by a checklist; `item` of a step is the number of an inspection, the newest unless told.

    Fields of the steps: `begin`: `thing`, `unit`, `party`; `find`: `item`, `count`, `choice`, `applies`, `photos`,
    `note`; `take_back`: `n`; `finish`: none; `drop`: `why`; `rectified`: `item`, `photos`, `note`; `recheck`: `item`,
    `passed`, `photos`, `note`; `draw`: `things`, `types`, `quota`, `count`, `people`, `each`, `units`, `seed`.
    Who may is asked only of what is told by organisations: what stands before the first dot of a unit.
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        checklist, digest = library("checklists")[name]
        self._declared = Declared(name, digest, checklist, checklist.of in library("registers"))
        self._calendar = shipped.calendars().of_role(UNIT_ROLE)
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        self._inspections: list[State] = []
        self._drawn: dict[str, Any] | None = None

    @property
    def state(self) -> str | None:
        """Of the newest inspection."""
        return self._inspections[-1]["state"] if self._inspections else None

    def wait(self, until: datetime) -> None:
        """What was not put right in time is found at its moment."""
        end = int(until.timestamp())
        while due := [
            (one["due"] + 1, number)
            for number, state in enumerate(self._inspections, start=1)
            for one in model.rectifications(state)
            if one["state"] == model.OPEN and one["due"] < end and one["told_late"] != one["round"]
        ]:
            at, number = min(due)
            self.now = max(self.now, datetime.fromtimestamp(at, ZONE))
            if (told := deciding.late(self._at(number), at)) is None:
                break
            self._keep(number, told)
        self.now = until

    def do(self, step: Step, actor: Actor) -> None:
        """One of the verbs."""
        said, at, checklist = step.fields, int(self.now.timestamp()), self._declared.checklist
        if step.do == "draw":
            self._draw(said)
            return
        if step.do == "begin":
            self._begin(said, actor)
            return
        number = step.item or len(self._inspections)
        here = self._at(number)
        match step.do:
            case "find":
                told = deciding.found(checklist, here, said, actor.id, at)
            case "take_back":
                told = deciding.taken_back(here, int(said.get("n", 0)), actor.id, at)
            case "finish":
                told = deciding.finished(checklist, here, actor.id, at, at, self._calendar)
            case "drop":
                told = deciding.dropped(here, actor.id, str(said.get("why") or step.reason or ""))
            case "rectified":
                n = self._number(here, said)
                told = deciding.rectified(checklist, here, n, said, actor.id, at, self._calendar)
            case _:
                if _organisation(actor) == _organisation_of(here["data"].get("unit")) is not None:
                    raise ConditionUnmet("a recheck is made by another organisation than the one that put it right")
                if not isinstance(said.get("passed"), bool):
                    raise Invalid(errors=[{"field": "passed", "why": "is true or false"}])
                n = self._number(here, said)
                told = deciding.rechecked(checklist, here, n, said, actor.id, at, at, self._calendar)
        self._keep(number, told)

    def scope(self) -> dict[str, Any] | None:
        """What `that` sees."""
        if not self._inspections and self._drawn is None:
            return None
        views = [model.view(one) for one in self._inspections]
        return {
            "inspection": views[-1] if views else None, "inspections": views, "now": int(self.now.timestamp()),
            "ranking": self._ranking(), "drawn": self._drawn,
        }  # fmt: skip

    def _begin(self, said: Mapping[str, Any], actor: Actor) -> None:
        if unknown := sorted(set(said) - _BEGIN):
            raise Invalid(errors=[{"field": one, "why": "unknown field"} for one in unknown])
        checklist, unit, party = self._declared.checklist, said.get("unit"), said.get("party")
        if party is not None and party not in checklist.parties:
            raise Invalid(errors=[{"field": "party", "why": f"is one of {', '.join(checklist.parties)}"}])
        declared = checklist.parties.get(party) if party else None
        if declared is not None and declared.roles and not actor.roles() & set(declared.roles):
            raise NotAllowed(f"{party} is scored by {', '.join(declared.roles)}")
        own = declared.own if declared else checklist.own
        desks = [post.unit for post in actor.posts if post.unit]
        of_unit = any(desk == unit or desk.startswith(f"{unit}.") for desk in desks)
        of_same = unit is not None and any(_organisation_of(desk) == _organisation_of(unit) for desk in desks)
        if not of_same if own else of_unit:
            raise ConditionUnmet("who inspects is not of what is inspected, but in a self-assessment")
        number = str(len(self._inspections) + 1)
        code = said.get("thing")
        thing = {"kind": self._declared.inspects, "id": code, "key": code, "called": str(code or number)}
        data = {"thing": thing, "unit": unit, "inspectors": [actor.id], "round": None, "party": party, "scopes": []}
        self._keep(None, deciding.begun(self._declared, number, number, data))

    def _draw(self, said: Mapping[str, Any]) -> None:
        seed, things = str(said.get("seed", "")), [str(one) for one in said.get("things", ())]
        if quota := said.get("quota"):
            names = drawing.by_quota(seed, {one: str(said["types"][one]) for one in things}, quota)
        else:
            names = drawing.drawn(seed, things, int(said.get("count", len(things))))
        units, people = said.get("units", {}), {str(one) for one in said.get("people", ())}

        def excluded(thing: str, person: str) -> bool:
            """`person@unit` is of the organisation of that unit."""
            unit = person.partition("@")[2] or None
            return unit is not None and _organisation_of(unit) == _organisation_of(units.get(thing))

        chosen = drawing.inspectors(seed, names, people, int(said.get("each", 0)), excluded)
        self._drawn = {"things": names, "inspectors": chosen}

    def _ranking(self) -> list[dict[str, Any]]:
        checklist = self._declared.checklist
        scores: dict[str, dict[str | None, list[Any]]] = {}
        for state in self._inspections:
            if state["state"] in (model.RECTIFYING, model.FINISHED) and state["data"]["scored"]["score"] is not None:
                thing = scores.setdefault(state["data"]["thing"]["called"], {})
                thing.setdefault(state["data"]["party"], []).append(scoring.exact(state["data"]["scored"]["score"]))
        weights = ranking.weights_of(checklist)
        together = {one: ranking.together(some, weights, checklist.missing) for one, some in scores.items()}
        told = {
            one: None if score is None else scoring.rounded(score, checklist.decimals)
            for one, score in together.items()
        }
        return [
            {
                "thing": one.name, "rank": one.rank, "score": None if one.score is None else scoring.text(one.score),
                "list": scoring.listed(checklist, one.score),
            }
            for one in ranking.ranked(told, checklist.ties)
        ]  # fmt: skip

    def _number(self, state: State, said: Mapping[str, Any]) -> int:
        """The rectification of an item."""
        for one in model.rectifications(state):
            if one["item"] == said.get("item"):
                return int(one["n"])
        raise NotFound(f"nothing of {said.get('item')} is to be put right")

    def _at(self, number: int) -> State:
        if not 1 <= number <= len(self._inspections):
            raise NotFound(f"there is no inspection {number}")
        return self._inspections[number - 1]

    def _keep(self, number: int | None, told: Told) -> None:
        type_, payload = told
        self.events.append(type_)
        self.calls += [f"start {one['procedure']}" for one in payload.get("starts", ())]
        state = apply(self._at(number) if number is not None else None, payload, int(self.now.timestamp()))
        if number is None:
            self._inspections.append(state)
        else:
            self._inspections[number - 1] = state


def _organisation(actor: Actor) -> str | None:
    return next((_organisation_of(post.unit) for post in actor.posts if post.unit), None)


def _organisation_of(unit: str | None) -> str | None:
    return unit.split(".", maxsplit=1)[0] if unit else None
