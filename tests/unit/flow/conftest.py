"""A small procedure in YAML, and what is needed to run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from ruamel.yaml import YAML

from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, Decided, State, described, subject_view
from xiuhua.flow.scenarios import CITY, ZONE, SmallCity
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.identity.model import Actor, Post, system

START = datetime(2026, 3, 2, 9, tzinfo=ZONE)
HEAD = """
title: {zh: 试, en: Try}
subject: thing
data: {count: {type: integer}, list: {type: text, many: true}, note: {type: text}, limit: {type: limit, many: true}}
starts_with: {count: 0}
"""


def procedure(text: str) -> Procedure:
    """A procedure from YAML; titles and events may be left out."""
    data = YAML(typ="safe", pure=True).load(HEAD + text)
    title = {"zh": "名", "en": "name"}
    for track in data["tracks"].values():
        for state in track["states"].values():
            state.setdefault("title", title)
            if state.get("final"):
                state.setdefault("outcome", "over")
    for clock in data.get("clocks", {}).values():
        clock.setdefault("title", title)
    for name, action in data["actions"].items():
        action.setdefault("title", title)
        action.setdefault("event", "".join(part.title() for part in name.split("_")) + "Done")
        action.setdefault("by", [{"role": "clerk"}])
    return Procedure.model_validate(data)


@dataclass
class Running:
    """One subject on its way."""

    engine: Engine
    city: SmallCity
    now: datetime = START
    state: State = field(default_factory=dict)
    events: list[Decided] = field(default_factory=list)

    def do(self, name: str, by: Actor | None = None, /, after_min: int = 0, **given: Any) -> Running:
        """Take an action; `n`, `reason` and `at` go to the attempt, the rest are fields."""
        self.now += timedelta(minutes=after_min)
        attempt = Attempt(name, given, given.pop("reason", None), given.pop("n", None), given.pop("at", None))
        actor = by or clerk()
        if not self.state:
            made = self.engine.create(Birth("id1", "no1", CITY, {}), attempt, actor, self.now, self.city)
        else:
            made = self.engine.act(self.state, attempt, actor, self.now, self.city)
        self.events += made[0]
        self.state = made[1]
        return self

    @property
    def data(self) -> dict[str, Any]:
        return self.state["data"]  # type: ignore[no-any-return]

    @property
    def told(self) -> list[str]:
        return [one.type.removesuffix("Done") for one in self.events]

    def clock(self, name: str, minutes: int = 0) -> tuple[str, int]:
        """State of a clock, and its due in minutes from the start."""
        run = self.state["clocks"][name]
        return run["state"], (run["due"] - int(START.timestamp())) // 60

    def items(self, track: str) -> list[dict[str, Any]]:
        return [described(one) for one in self.state["tracks"].get(track, ())]

    def view(self) -> Mapping[str, Any]:
        return subject_view(self.state)


def clerk(name: str = "clerk1", unit: str | None = None, area: str | None = None) -> Actor:
    return Actor(name, CITY, name, (Post("clerk", CITY, unit, area),))


def the_system() -> Actor:
    return system(CITY)


@pytest.fixture
def running() -> Callable[..., Running]:
    """Makes a subject of a procedure given as YAML; keywords are settings."""

    def make(text: str, **settings: Any) -> Running:
        one = procedure(text)
        defaults = {name: each.default for name, each in one.settings.items()}
        return Running(Engine(one, "try", "digest"), SmallCity(defaults | settings))

    return make
