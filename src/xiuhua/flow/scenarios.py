"""Runs the scenarios of a pack on its procedures, in memory, in a small city made for it.

In that city a unit, person or area exists as soon as a scenario names it. `role@unit` acts at a unit's desk,
`role:person` is that very person; the organisation of a unit or person is what stands before the first dot of its
code. Timers run by themselves when time passes over them. See `docs/reference/procedures.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.city.calendars import shipped
from xiuhua.flow.context import Context
from xiuhua.flow.effects import joined, standing_tracks
from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, Decided, State, subject_view
from xiuhua.flow.timing import described
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.scenario import Expected, Scenario, Step
from xiuhua.platform.errors import Invalid, XiuhuaError
from xiuhua.platform.identity.model import Actor, Post, system

ZONE: Final = ZoneInfo("Asia/Shanghai")
CITY: Final = "990100"
_BY: Final = re.compile(r"(?P<role>\w+)(:(?P<person>[\w-]+))?(@(?P<unit>[\w.-]+))?")
_AFTER: Final = re.compile(r"(\d{1,5}) ?(s|min|h|d)")
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
        """Every code exists but `nothing`; a case `ended` is no longer open.

        A filing condition is its limits, e.g. `2 work_hour photo; 2 work_day`; `of_another` belongs to another
        category, `unreadable` has no limits.
        """
        if code == "nothing":
            return None
        if kind == "filing_condition":
            stages = [one.split() for one in code.split(";")] if code[0].isdigit() else []
            milestones = [
                {"amount": one[0], "kind": one[1], "proof": one[2] if len(one) > 2 else "none"} for one in stages
            ]
            return {"id": code, "fits": code != "of_another", "milestones": milestones}
        return {
            "code": code, "key": code, "id": code, "unit": code, "open": code != "ended",
            "organisation": code.split(".", maxsplit=1)[0],
        }  # fmt: skip

    def duties(self, state: State, at: int) -> dict[str, Any]:
        """Nobody's: scenarios dispatch by name."""
        return {}

    def organisation_of(self, post: Post) -> str | None:
        """What stands before the first dot of the unit."""
        return post.unit.split(".", maxsplit=1)[0] if post.unit else None

    def acts_for(self, post: Post, unit: str) -> str | None:
        """Only the unit's own desk."""
        return "own" if post.unit == unit else None


Watch = Callable[[Engine, State, datetime, SmallCity], None]
"""Is shown every state that a scenario comes to."""


def run(pack: Any, library: Mapping[str, Any], watch: Watch | None = None) -> list[Result]:
    """Every scenario of a pack; `library` holds the packs by name, for procedures of packs it needs."""
    found: dict[str, tuple[Procedure, str]] = {}
    for one in [*library.values(), pack]:
        found |= {name: (procedure, one.digest) for name, procedure in one.procedures.items()}
    return [_run_one(scenario, found, watch) for scenario in pack.scenarios]


def _run_one(scenario: Scenario, procedures: Mapping[str, tuple[Procedure, str]], watch: Watch | None) -> Result:
    given, title = scenario.given, scenario.title.en
    if given.procedure not in procedures:
        return Result(title, False, (f"there is no procedure {given.procedure}",))
    procedure, digest = procedures[given.procedure]
    settings = {name: one.default for name, one in procedure.settings.items()} | dict(given.settings)
    play = _Play(Engine(procedure, given.procedure, digest), SmallCity(settings), _local(given.at), dict(given.data))
    why: list[str] = []
    for number, step in enumerate(scenario.when, start=1):
        problem = play.step(step)
        if watch is not None and play.state is not None:
            watch(play.engine, play.state, play.now, play.city)
        if problem:
            why.append(f"step {number} {step.do}: {problem}")
            break
    if not why:
        why = play.compare(scenario.then)
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
        try:
            self._wait(_moment_of(step, self.now))
            self._do(step)
        except XiuhuaError as error:
            if step.refused != error.code():
                return _told(error)
            if step.because is not None and not any(step.because in text for text in _texts(error)):
                return f"was refused because: {_told(error)}"
        else:
            if step.refused is not None:
                return f"was to be refused with {step.refused}, but was done"
        return "; ".join(self._not_so(step.that))

    def _do(self, step: Step) -> None:
        actor = _actor(step.by)
        attempt = Attempt(step.do, step.fields, step.reason, step.item)
        if self.state is None:
            data = {"scopes": [CITY], **self.data}
            self._keep(*self.engine.create(Birth("0", "0", CITY, data), attempt, actor, self.now, self.city))
        else:
            self._keep(*self.engine.act(self.state, attempt, actor, self.now, self.city))

    def _keep(self, decided: list[Decided], state: State) -> None:
        self.state = state
        self.events += [one.type for one in decided]
        self.calls += [call.name for one in decided for call in one.calls]

    def _wait(self, until: datetime) -> None:
        """Let time pass; what the clock has to do meanwhile is done at its moment."""
        if until < self.now:
            raise Invalid(f"{until:%Y-%m-%d %H:%M} lies before the step before")
        while self.state is not None and self.state["timers"]:
            first = min(self.state["timers"], key=lambda one: int(one["at"]))
            at = datetime.fromtimestamp(max(first["at"], int(self.now.timestamp())), ZONE)
            if at > until:
                break
            self.now = at
            attempt = Attempt(first["do"], n=first["n"])
            self._keep(*self.engine.act(self.state, attempt, system(CITY), at, self.city))
        self.now = until

    def compare(self, then: Expected) -> list[str]:
        """What differs from what was expected."""
        why: list[str] = []
        if then.at is not None:
            self._wait(_local(then.at))
        if self.state is None:
            return ["nothing came into being"] if then.state else []
        if then.state is not None and self.state["state"] != then.state:
            why.append(f"state is {self.state['state']}, expected {then.state}")
        if then.events is not None and self.events != then.events:
            why.append(f"events are {', '.join(self.events)}")
        if then.calls is not None and self.calls != then.calls:
            why.append(f"calls are {', '.join(self.calls)}")
        return why + self._not_so(then.that)

    def _not_so(self, expected: list[str]) -> list[str]:
        if self.state is None or not expected:
            return []
        procedure, state = self.engine.procedure, self.state
        at = int(self.now.timestamp())
        context = Context(
            {
                procedure.subject: subject_view(state), "now": at, "setting": self.city.settings,
                "clock": described(procedure, state, at, self.city), "waits": state["waits"],
                "joined": joined(procedure, state), "standing": standing_tracks(procedure, state),
            }
        )  # fmt: skip
        return [f"does not hold: {text}" for text in expected if not context.holds(_with_times(text))]


def _moment_of(step: Step, now: datetime) -> datetime:
    if step.at is not None:
        return _local(step.at)
    if step.after is None:
        return now
    found = _AFTER.fullmatch(step.after)
    if found is None:
        raise Invalid(f"{step.after!r} is not a time such as 90 min")
    return now + timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def _texts(error: XiuhuaError) -> list[str]:
    """Everything a refusal says."""
    listed = [f"{one['field']} {one['why']}" for one in error.params.get("errors", ())]
    return [error.detail, *listed, *error.params.get("texts", {}).values()]


def _told(error: XiuhuaError) -> str:
    return f"{error.code()}: {'; '.join(dict.fromkeys(_texts(error)))}"


def _with_times(text: str) -> str:
    """`t"2026-03-02 09:00"` in an expected expression is that local moment in epoch seconds."""
    return re.sub(r't"([^"]+)"', lambda found: str(int(_local(found[1]).timestamp())), text)


def _local(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    except ValueError:
        raise Invalid(f"{text!r} is not a moment such as 2026-03-02 09:00") from None


def _actor(by: str) -> Actor:
    found = _BY.fullmatch(by)
    if found is None:
        raise Invalid(f"{by!r} is not a role, role:person or role@unit")
    if found["role"] == "system":
        return system(CITY)
    person = found["person"] or f"{found['role']}01"
    return Actor(person, CITY, person, (Post(found["role"], CITY, found["unit"]),))
