"""Runs the scenarios of a pack in memory: its procedures here, in a small city made for it; other kinds in their rooms.

In that city a unit, person or area exists as soon as a scenario names it. `role@unit` acts at a unit's desk,
`role:person` is that very person; the organisation of a unit or person is what stands before the first dot of its
code. Timers run by themselves when time passes over them. See `docs/reference/procedures.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from xiuhua.city.calendars import shipped
from xiuhua.flow.context import Context
from xiuhua.flow.effects import joined, standing_tracks
from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, Decided, State, subject_view
from xiuhua.flow.timing import described
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.scenario import KINDS, Expected, Given, Scenario, Step
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
Declared = Mapping[str, tuple[Any, str]]
"""Declarations of a kind by name, each with its pack's digest."""


class Stage(Protocol):
    """Where the steps of one scenario are done: in memory, by the very functions that the service calls."""

    now: datetime
    events: list[str]
    """Their types, in order."""
    calls: list[str]
    """What the kernel was asked to do, in order."""

    @property
    def state(self) -> str | None:
        """The state of what the scenario is about; None: nothing came into being, or it has none."""

    def do(self, step: Step, actor: Actor) -> None:
        """One step, now. Raises `XiuhuaError` when it is refused."""

    def wait(self, until: datetime) -> None:
        """Let time pass until a later moment; what the clock has to do meanwhile is done at its moment."""

    def scope(self) -> dict[str, Any] | None:
        """The names that expressions see; None: nothing came into being."""


class Stages(Protocol):
    """Makes the stage of a kind of declarations."""

    def __call__(self, name: str, given: Given, at: datetime, library: Callable[[str], Declared]) -> Stage:
        """`name`: of what is shown; `library`: kind (`registers` …) → what is declared. Raises `Invalid`."""


def run(
    pack: Any, library: Mapping[str, Any], stages: Mapping[str, Stages], watch: Watch | None = None
) -> list[Result]:
    """Every scenario of a pack; `library` holds the packs by name, for declarations of packs it needs."""
    packs = [*library.values(), pack]

    def declared(kind: str) -> Declared:
        return {name: (found, one.digest) for one in packs for name, found in one.of_kind(kind).items()}

    return [_run_one(scenario, stages, declared, watch) for scenario in pack.scenarios]


def _run_one(
    scenario: Scenario, stages: Mapping[str, Stages], library: Callable[[str], Declared], watch: Watch | None
) -> Result:
    kind, name = scenario.given.shows
    if name not in library(KINDS[kind]):
        return _result(scenario, [f"there is no {kind} {name}"])
    if kind not in stages:
        return _result(scenario, [f"nothing plays a {kind} yet"])
    stage = stages[kind](name, scenario.given, _local(scenario.given.at), library)
    for number, step in enumerate(scenario.when, start=1):
        problem = _step(stage, step)
        if watch is not None and isinstance(stage, ProcedureStage) and stage.subject is not None:
            watch(stage.engine, stage.subject, stage.now, stage.city)
        if problem:
            return _result(scenario, [f"step {number} {step.do}: {problem}"])
    return _result(scenario, _differs(stage, scenario.then))


def _result(scenario: Scenario, why: Sequence[str]) -> Result:
    return Result(scenario.title.en, not why, tuple(why), tuple(scenario.cites))


def _step(stage: Stage, step: Step) -> str:
    """Do one step; gives what is wrong with it, or nothing."""
    try:
        _wait(stage, _moment_of(step, stage.now))
        stage.do(step, _actor(step.by))
    except XiuhuaError as error:
        if step.refused != error.code():
            return _told(error)
        if step.because is not None and not any(step.because in text for text in _texts(error)):
            return f"was refused because: {_told(error)}"
    else:
        if step.refused is not None:
            return f"was to be refused with {step.refused}, but was done"
    return "; ".join(_not_so(stage, step.that))


def _wait(stage: Stage, until: datetime) -> None:
    if until < stage.now:
        raise Invalid(f"{until:%Y-%m-%d %H:%M} lies before the step before")
    stage.wait(until)


def _differs(stage: Stage, then: Expected) -> list[str]:
    """What differs from what was expected."""
    why: list[str] = []
    if then.at is not None:
        _wait(stage, _local(then.at))
    if then.state is not None and stage.state != then.state:
        why.append(f"state is {stage.state}, expected {then.state}" if stage.state else "nothing came into being")
    if then.events is not None and stage.events != then.events:
        why.append(f"events are {', '.join(stage.events)}")
    if then.calls is not None and stage.calls != then.calls:
        why.append(f"calls are {', '.join(stage.calls)}")
    return why + _not_so(stage, then.that)


def _not_so(stage: Stage, expected: Sequence[str]) -> list[str]:
    scope = stage.scope() if expected else None
    if scope is None:
        return []
    context = Context(scope)
    try:
        return [f"does not hold: {text}" for text in expected if not context.holds(_with_times(text))]
    except ExpressionError as error:
        return [f"cannot be told: {error}"]


class ProcedureStage:
    """A subject of a procedure."""

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Declared]) -> None:
        procedure, digest = library("procedures")[name]
        self.engine = Engine(procedure, name, digest)
        self.city = SmallCity({one: spec.default for one, spec in procedure.settings.items()} | dict(given.settings))
        self.now, self._data = at, dict(given.data)
        self.subject: State | None = None
        self.events: list[str] = []
        self.calls: list[str] = []

    @property
    def state(self) -> str | None:
        """Of its main track."""
        return self.subject["state"] if self.subject is not None else None

    def do(self, step: Step, actor: Actor) -> None:
        """An action of the procedure."""
        attempt = Attempt(step.do, step.fields, step.reason, step.item)
        if self.subject is None:
            data = {"scopes": [CITY], **self._data}
            self._keep(*self.engine.create(Birth("0", "0", CITY, data), attempt, actor, self.now, self.city))
        else:
            self._keep(*self.engine.act(self.subject, attempt, actor, self.now, self.city))

    def _keep(self, decided: list[Decided], state: State) -> None:
        self.subject = state
        self.events += [one.type for one in decided]
        self.calls += [call.name for one in decided for call in one.calls]

    def wait(self, until: datetime) -> None:
        """Timers ring at their moment."""
        while self.subject is not None and self.subject["timers"]:
            first = min(self.subject["timers"], key=lambda one: int(one["at"]))
            at = datetime.fromtimestamp(max(first["at"], int(self.now.timestamp())), ZONE)
            if at > until:
                break
            self.now = at
            attempt = Attempt(first["do"], n=first["n"])
            self._keep(*self.engine.act(self.subject, attempt, system(CITY), at, self.city))
        self.now = until

    def scope(self) -> dict[str, Any] | None:
        """The subject by its name, its clocks, its side tracks."""
        if self.subject is None:
            return None
        procedure, state, at = self.engine.procedure, self.subject, int(self.now.timestamp())
        return {
            procedure.subject: subject_view(state), "now": at, "setting": self.city.settings,
            "clock": described(procedure, state, at, self.city), "waits": state["waits"],
            "joined": joined(procedure, state), "standing": standing_tracks(procedure, state),
        }  # fmt: skip


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
