"""Random walks through a city case: whatever people do, the log alone gives the state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.packs.conftest import Moment

from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, Decided, State, apply
from xiuhua.flow.scenarios import CITY, ZONE, SmallCity
from xiuhua.packs.pack import Pack
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotNow
from xiuhua.platform.identity.model import Actor, system

WALKS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHOICES = {
    "handling_starts": ["filing", "dispatch", "receive", "bundled"],
    "rework_clock": ["restart", "continue"],
    "redispatch_clock": ["restart", "continue"],
    "clock_while_asking": ["runs", "stands"],
}
LIMITS = ["4 work_hour", "2 urgent_hour photo; 24 urgent_hour", "3 work_day", "2 calendar_day"]


@dataclass
class Walk:
    """One case on its way."""

    engine: Engine
    city: SmallCity
    now: datetime
    events: list[Decided] = field(default_factory=list)
    state: State = field(default_factory=dict)

    def begin(self) -> None:
        data = {"scopes": [CITY], "reports": ["r1"], "category": "c"}
        birth = Birth("0", "990100-20260302-0001", CITY, data)
        decided, self.state = self.engine.create(birth, Attempt("accept"), system(CITY), self.now, self.city)
        self.events += decided

    def choices(self) -> list[tuple[Attempt, Actor]]:
        moment = Moment(self.engine, self.state, self.now, self.city)
        found = []
        for name, action in self.engine.procedure.actions.items():
            for item in moment.instances(action):
                if moment.is_open(action, item):
                    attempt = Attempt(name, moment.fields(action), "because", item["n"] if item else None)
                    found += [(attempt, actor) for actor in moment.actors(action, item)]
        return found

    def step(self, choice: int, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        choices = self.choices()
        if not choices:
            return
        attempt, actor = choices[choice % len(choices)]
        try:
            decided, state = self.engine.act(self.state, attempt, actor, self.now, self.city)
        except (ConditionUnmet, Invalid, NotAllowed, NotNow):
            return
        assert self.again(attempt, actor) == (decided, state)
        self.state = state
        self.events += decided

    def again(self, attempt: Attempt, actor: Actor) -> tuple[list[Decided], State]:
        """The same on a state that was kept and read again, its keys in another order."""
        kept = json.loads(json.dumps(self.state, sort_keys=True))
        return self.engine.act(kept, attempt, actor, self.now, self.city)


def folded(events: Iterator[Decided] | list[Decided]) -> Any:
    state = None
    for event in events:
        state = apply(state, json.loads(json.dumps(event.payload)), event.at)
    return state


@pytest.fixture(scope="module")
def engine(pack: Pack) -> Engine:
    return Engine(pack.procedures["city_case"], "city_case", pack.digest)


steps = st.lists(st.tuples(st.integers(0, 200), st.sampled_from([0, 1, 20, 200, 2000])), max_size=40)
chosen = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})


@WALKS
@given(steps=steps, chosen=chosen, limit=st.sampled_from(LIMITS))
def test_the_log_alone_gives_the_state(
    engine: Engine, steps: list[tuple[int, int]], chosen: dict[str, str], limit: str
) -> None:
    defaults = {name: one.default for name, one in engine.procedure.settings.items()}
    walk = Walk(engine, SmallCity(defaults | chosen), datetime(2026, 3, 2, 9, tzinfo=ZONE))
    walk.begin()
    shift_leader = next(actor for attempt, actor in walk.choices() if attempt.action == "file")
    file = Attempt("file", {"filing_condition": limit})
    decided, walk.state = engine.act(walk.state, file, shift_leader, walk.now, walk.city)
    walk.events += decided

    for choice, minutes in steps:
        walk.step(choice, minutes)

    assert folded(walk.events) == walk.state
    assert json.loads(json.dumps(walk.state)) == walk.state
    assert walk.state["data"]["returns"] == sum(leg["verdict"] == "returned" for leg in walk.state["data"]["legs"])
    assert all(leg["to"] is not None for leg in walk.state["data"]["legs"][:-1])


@WALKS
@given(steps=steps)
def test_a_fold_ignores_what_it_does_not_know(engine: Engine, steps: list[tuple[int, int]]) -> None:
    defaults = {name: one.default for name, one in engine.procedure.settings.items()}
    walk = Walk(engine, SmallCity(defaults), datetime(2026, 3, 2, 9, tzinfo=ZONE))
    walk.begin()

    for choice, minutes in steps:
        walk.step(choice, minutes)

    state = None
    for event in walk.events:
        state = apply(state, {**event.payload, "of_tomorrow": {"x": 1}, "weather": "rain"}, event.at)
    assert state == walk.state
