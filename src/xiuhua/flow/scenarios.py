"""Runs the scenarios of a pack on its procedures, in memory, in a small city made for it.

In that city a unit, person or area exists as soon as a scenario names it. `role@unit` acts at a unit's desk,
`role:person` is that very person; a unit's organisation is what stands before the first dot of its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.city.calendars import shipped
from xiuhua.flow.context import Context
from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, State, subject_view
from xiuhua.flow.timing import described
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.scenario import Scenario, Step
from xiuhua.platform.errors import Invalid, XiuhuaError
from xiuhua.platform.identity.model import Actor, Post

ZONE: Final = ZoneInfo("Asia/Shanghai")
CITY: Final = "990100"
_BY: Final = re.compile(r"(?P<role>\w+)(:(?P<person>[\w-]+))?(@(?P<unit>[\w.-]+))?")
_AFTER: Final = re.compile(r"(\d+) ?(s|min|h|d)")
_SECONDS: Final = {"s": 1, "min": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Result:
    """How one scenario went."""

    scenario: str
    passed: bool
    why: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(slots=True)
class SmallCity:
    """Surroundings in which whatever is named exists."""

    settings: Mapping[str, Any]
    limits: Mapping[str, Any] = field(default_factory=dict)
    calendars: Any = field(default_factory=shipped.calendars)

    def look_up(self, kind: str, code: str, state: State) -> dict[str, Any] | None:
        """Every code exists but `nothing`; a filing condition is its limits, e.g. `4 work_hour; 2 work_day`."""
        if code == "nothing":
            return None
        if kind == "filing_condition":
            stages = [one.split() for one in code.split(";")]
            milestones = [
                {"amount": one[0], "kind": one[1], "proof": one[2] if len(one) > 2 else "none"} for one in stages
            ]
            return {"id": code, "fits": True, "milestones": milestones}
        organisation = code.split(".", maxsplit=1)[0]
        return {
            "code": code,
            "key": code,
            "id": code,
            "open": True,
            "organisation": organisation,
            "unit": code,
        }

    def duties(self, state: State, at: int) -> dict[str, Any]:
        """Nobody's: scenarios dispatch by name."""
        return {}

    def organisation_of(self, post: Post) -> str | None:
        """What stands before the first dot of the unit."""
        return post.unit.split(".", maxsplit=1)[0] if post.unit else None

    def acts_for(self, post: Post, unit: str) -> str | None:
        """Only the unit's own desk."""
        return "own" if post.unit == unit else None


def run(pack: Any, library: Mapping[str, Any]) -> list[Result]:
    """Every scenario of a pack; `library` holds the packs by name, for procedures of packs it needs."""
    found: dict[str, tuple[Procedure, str]] = {}
    for one in [*library.values(), pack]:
        found |= {name: (procedure, one.digest) for name, procedure in one.procedures.items()}
    return [_run_one(scenario, found) for scenario in pack.scenarios]


def _run_one(scenario: Scenario, procedures: Mapping[str, tuple[Procedure, str]]) -> Result:
    given, title = scenario.given, scenario.title.en
    if given.procedure not in procedures:
        return Result(title, False, (f"there is no procedure {given.procedure}",))
    procedure, digest = procedures[given.procedure]
    settings = {name: one.default for name, one in procedure.settings.items()} | dict(given.settings)
    play = _Play(Engine(procedure, given.procedure, digest), SmallCity(settings), _local(given.at), dict(given.data))
    why: list[str] = []
    for number, step in enumerate(scenario.when, start=1):
        problem = play.step(step)
        if problem:
            why.append(f"step {number} {step.do}: {problem}")
            break
    if not why:
        why = play.compare(scenario)
    return Result(title, not why, tuple(why), tuple(scenario.cites))


class _Play:
    """One scenario being played."""

    def __init__(self, engine: Engine, city: SmallCity, at: datetime, data: dict[str, Any]) -> None:
        self.engine, self.city, self.now, self.data = engine, city, at, data
        self.state: State | None = None
        self.events: list[str] = []
        self.calls: list[str] = []

    def step(self, step: Step) -> str:
        """Do one step; gives what is wrong with it, or nothing."""
        self._move(step)
        actor = _actor(step.by)
        attempt = Attempt(step.do, step.fields, step.reason, step.item)
        try:
            if self.state is None:
                data = {"scopes": [CITY], **self.data}
                decided, state = self.engine.create(Birth("0", "0", CITY, data), attempt, actor, self.now, self.city)
            else:
                decided, state = self.engine.act(self.state, attempt, actor, self.now, self.city)
        except XiuhuaError as error:
            if step.refused == error.code():
                return ""
            listed = "; ".join(f"{one['field']}: {one['why']}" for one in error.params.get("errors", ()))
            return f"{error.code()}: {error.detail} {listed}".strip()
        if step.refused is not None:
            return f"was to be refused with {step.refused}, but was done"
        self.state = state
        self.events += [one.type for one in decided]
        self.calls += [call.name for one in decided for call in one.calls]
        return ""

    def _move(self, step: Step) -> None:
        if step.at is not None:
            self.now = _local(step.at)
        elif step.after is not None:
            found = _AFTER.fullmatch(step.after)
            if found is None:
                raise Invalid(f"{step.after!r} is not a time such as 90 min")
            self.now += timedelta(seconds=int(found[1]) * _SECONDS[found[2]])

    def compare(self, scenario: Scenario) -> list[str]:
        """What differs from what was expected."""
        then, why = scenario.then, []
        if self.state is None:
            return ["nothing came into being"] if then.state else []
        if then.state is not None and self.state["state"] != then.state:
            why.append(f"state is {self.state['state']}, expected {then.state}")
        if then.events is not None and self.events != then.events:
            why.append(f"events are {', '.join(self.events)}")
        if then.calls is not None and self.calls != then.calls:
            why.append(f"calls are {', '.join(self.calls)}")
        at = int(self.now.timestamp())
        context = Context(
            {
                self.engine.procedure.subject: subject_view(self.state), "now": at, "setting": self.city.settings,
                "clock": described(self.engine.procedure, self.state, at, self.city), "waits": self.state["waits"],
            }
        )  # fmt: skip
        why += [f"does not hold: {text}" for text in then.that if not context.holds(_with_times(text))]
        return why


def _with_times(text: str) -> str:
    """`t"2026-03-02 09:00"` in an expected expression is that local moment in epoch seconds."""
    return re.sub(r't"([^"]+)"', lambda found: str(int(_local(found[1]).timestamp())), text)


def _local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def _actor(by: str) -> Actor:
    found = _BY.fullmatch(by)
    if found is None:
        raise Invalid(f"{by!r} is not a role, role:person or role@unit")
    if found["role"] == "system":
        return Actor("system", CITY, "system", (Post("system", CITY),))
    person = found["person"] or f"{found['role']}01"
    return Actor(person, CITY, person, (Post(found["role"], CITY, found["unit"]),))
