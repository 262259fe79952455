"""Clock runs: one running of one named clock of a case, with everything its deadline follows from.

A run holds its inputs (limit, start, pauses, extensions) and what was computed of them (`due`,
`provisional`, `consumed`). The computed part follows from the inputs and the calendar alone: `verify` does
it again. All moments are whole epoch seconds, floored (`limits.epoch`); nothing is a float.

JSON (`to_json`; keys marked ? are left out while empty), stable, since it stands in events for ever:

    name        the clock's name in the procedure
    kind        limit kind, e.g. "work_hour"
    amount      integer, thousandths of the kind's unit: 4 work hours are 4000
    bundled?    [[amount, kind], …] limits that go before this one, each beginning where the last ends
    calendar    code of the calendar
    digest      digest of the calendar it was computed with (`calendars.service.load_version`)
    started     epoch seconds
    due         epoch seconds; met as long as the clock stops at or before it
    provisional true when an arrangement of holidays still to be announced may move the due
    state       "running" | "suspended" | "stopped"
    round       1, and one more with each restart
    steps?      in order: ["suspend", from, until] a suspension, `until` is its end or the planned one;
                ["stop", from, until] stopped and continued; ["extend", at, amount, kind] added to the due;
                ["extend_to", at, due] a new due
    stopped_at? epoch seconds
    consumed?   seconds of the clock's own time used when it was last suspended or stopped
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from xiuhua.platform.errors import Invalid

State = Literal["running", "suspended", "stopped"]
Limit = tuple[int, str]
"""Amount in thousandths, kind."""
UNTIL = "until"
"""Stands for the kind of an extension that names the new due itself."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still."""

    word: Literal["suspend", "stop"]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: an amount counted on from the due, or a new due (`kind` is then `UNTIL`)."""

    at: int
    amount: int
    """Thousandths, or epoch seconds of the new due."""
    kind: str


Step = Pause | Extension


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One running of one clock; see the module for each field."""

    name: str
    kind: str
    amount: int
    calendar: str
    digest: str
    started: int
    due: int
    provisional: bool = False
    state: State = "running"
    round: int = 1
    bundled: tuple[Limit, ...] = ()
    steps: tuple[Step, ...] = ()
    stopped_at: int | None = None
    consumed: int = 0

    @property
    def pauses(self) -> list[Pause]:
        """Suspensions, and times between a stop and going on, in order."""
        return [step for step in self.steps if isinstance(step, Pause)]

    @property
    def limits(self) -> list[Limit]:
        """All its limits in the order in which they follow one another."""
        return [*self.bundled, (self.amount, self.kind)]

    @property
    def last_change(self) -> int:
        """When something was done to it last; the planned end of an open suspension is not done yet."""
        moments = [self.started if self.stopped_at is None else self.stopped_at]
        for step in self.steps:
            moments.append(step.begin if isinstance(step, Pause) else step.at)
        closed = self.pauses if self.state != "suspended" else self.pauses[:-1]
        return max(*moments, *(pause.end for pause in closed), self.started)

    def overdue(self, now: int) -> bool:
        """Whether it was late when it stopped, or is late now."""
        return (now if self.stopped_at is None else self.stopped_at) > self.due

    def state_at(self, now: int) -> State:
        """Its state; a suspension is over at its end, whether anybody says so or not."""
        if self.state == "suspended" and self.pauses[-1].end <= now:
            return "running"
        return self.state

    def to_json(self) -> dict[str, Any]:
        """The form in which a case and its events keep it."""
        values: dict[str, Any] = {
            "name": self.name, "kind": self.kind, "amount": self.amount, "calendar": self.calendar,
            "digest": self.digest, "started": self.started, "due": self.due,
            "provisional": self.provisional, "state": self.state, "round": self.round,
        }  # fmt: skip
        if self.bundled:
            values["bundled"] = [list(limit) for limit in self.bundled]
        if self.steps:
            values["steps"] = [_step_json(step) for step in self.steps]
        if self.stopped_at is not None:
            values["stopped_at"] = self.stopped_at
        if self.consumed:
            values["consumed"] = self.consumed
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ClockRun:
        """A run from its kept form."""
        rest = {key: value for key, value in values.items() if key not in {"bundled", "steps"}}
        bundled = tuple((amount, kind) for amount, kind in values.get("bundled", ()))
        return cls(**rest, bundled=bundled, steps=tuple(map(_step, values.get("steps", ()))))


def _step_json(step: Step) -> list[Any]:
    match step:
        case Pause(word, begin, end):
            return [word, begin, end]
        case Extension(at, amount, kind) if kind == UNTIL:
            return ["extend_to", at, amount]
        case Extension(at, amount, kind):
            return ["extend", at, amount, kind]


def _step(values: list[Any]) -> Step:
    match values:
        case ["suspend" | "stop" as word, begin, end]:
            return Pause(word, begin, end)
        case ["extend_to", at, due]:
            return Extension(at, due, UNTIL)
        case ["extend", at, amount, kind]:
            return Extension(at, amount, kind)
    raise Invalid(f"{values!r} is no step of a clock.")
