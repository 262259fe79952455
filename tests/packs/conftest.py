"""The pack `city-case`, the states its scenarios come to, and people who may act there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from xiuhua.flow import timing
from xiuhua.flow.context import Context
from xiuhua.flow.effects import joined, standing_tracks
from xiuhua.flow.engine import Engine
from xiuhua.flow.model import State, described, places, subject_view
from xiuhua.flow.scenarios import CITY, ProcedureStage, Result, SmallCity, run
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.loader import LIBRARY, load_pack
from xiuhua.packs.pack import Pack
from xiuhua.packs.procedure import Action, Who
from xiuhua.platform.identity.model import Actor, Post, system

ROLES = (
    "collector", "intake_officer", "shift_leader", "dispatcher", "unit_officer", "handler", "supervisor", "leader",
    "appraiser", "administrator", "system", "public",
)  # fmt: skip
SAMPLES: dict[str, Any] = {
    "unit": "sample", "person": "sample", "category": "c", "filing_condition": "4 work_hour", "area": CITY,
    "case": "k9", "report": "r9", "photo": "p9", "boolean": True, "date": "2026-12-31",
    "place": {"lon": 104, "lat": 31}, "limit": {"amount": "1", "kind": "work_hour"},
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A state at a moment, in its small city."""

    engine: Engine
    state: State
    now: datetime
    city: SmallCity

    @property
    def key(self) -> tuple[str, ...]:
        """Where the subject stands; of states that stand alike one is enough."""
        return (self.engine.name, *sorted(places(self.state)), str(sorted(self.city.settings.items(), key=str)))

    def context(self, item: dict[str, Any] | None) -> Context:
        """What the conditions of `by` see."""
        procedure, at = self.engine.procedure, int(self.now.timestamp())
        values = {
            procedure.subject: subject_view(self.state), "now": at, "setting": self.city.settings, "item": item,
            "clock": timing.described(procedure, self.state, at, self.city), "actor": {},
            "joined": joined(procedure, self.state), "standing": standing_tracks(procedure, self.state),
        }  # fmt: skip
        return Context(values)

    def instances(self, action: Action) -> list[dict[str, Any] | None]:
        """What an action on its track could be done to."""
        if action.on == "main":
            return [None]
        return [described(one) for one in self.state["tracks"].get(action.on, ())]

    def actors(self, action: Action, item: dict[str, Any] | None) -> Iterator[Actor]:
        """One rightful actor for each entry of `by` that can be met here."""
        for who in action.by:
            actor = self._actor(who, item)
            if actor is not None:
                yield actor

    def _actor(self, who: Who, item: dict[str, Any] | None) -> Actor | None:
        context = self.context(item)
        if who.when is not None and not context.holds(who.when):
            return None
        unit = context.value(who.unit) if who.unit else None
        person = context.value(who.person) if who.person else f"right_{who.role}"
        if (who.unit and not unit) or not person:
            return None
        return somebody(who.role, person, unit)

    def is_open(self, action: Action, item: dict[str, Any] | None) -> bool:
        """Whether `from`, `while` and `not_while` let an action be taken, read anew from the declaration."""
        main = self.engine.procedure.tracks["main"].states[self.state["state"]]
        stands = places(self.state)
        here = self.state["state"] if item is None else item["state"]
        over = item is not None and main.final and not self.engine.procedure.tracks[action.on].outlives
        return (
            not action.creates and not over and here in action.from_
            and not stands & set(action.not_while) and bool(not action.while_ or stands & set(action.while_))
        )  # fmt: skip

    def fields(self, action: Action) -> dict[str, Any]:
        """Valid values for the fields that are required."""
        return {name: self._sample(spec) for name, spec in action.fields.items() if spec.required is True}

    def _sample(self, spec: FieldSpec) -> Any:
        value = SAMPLES.get(spec.type, "text")
        if spec.type == "choice":
            value = (spec.of or [""])[0]
        elif spec.type == "integer":
            value = spec.minimum or 0
        elif spec.type == "datetime":
            value = int(self.now.timestamp()) + 86_400
        return [value, value] if spec.many else value


@dataclass
class Played:
    """What came of playing all scenarios."""

    results: list[Result] = field(default_factory=list)
    moments: dict[tuple[str, ...], Moment] = field(default_factory=dict)


def somebody(role: str, person: str, unit: str | None) -> Actor:
    return system(CITY) if role == "system" else Actor(person, CITY, person, (Post(role, CITY, unit),))


@pytest.fixture(scope="session")
def pack() -> Pack:
    pack, problems = load_pack(LIBRARY / "city-case")
    assert pack is not None, problems
    return pack


@pytest.fixture(scope="session")
def played(pack: Pack) -> Played:
    played = Played()

    def watch(engine: Engine, state: State, now: datetime, city: SmallCity) -> None:
        moment = Moment(engine, state, now, city)
        played.moments.setdefault(moment.key, moment)

    played.results = run(pack, {}, {"procedure": ProcedureStage}, watch)
    return played


@pytest.fixture(scope="session")
def moments(played: Played) -> list[Moment]:
    return list(played.moments.values())
