"""What a rule looks at and what it remembers. Pure.

Something that happens or is due is an `Occurrence`: the names that the rule's expressions see, and of what it is.
What a rule remembers of one thing is a `Memory`; `step` gives the next one and whether something is raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from xiuhua.flow.context import Context
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.kinds import RULE_ON, Rule

READ: Final = "rule.read"
SEE: Final = "finding.read"
ACT: Final = "finding.act"
TELL: Final = "figure.tell"
OPEN: Final = ("open", "taken")
"""States of a finding that waits for a person."""
_LONGEST_KEY: Final = 500
_SECONDS: Final = {"s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800, "month": 2_592_000, "year": 31_536_000}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class On:
    """What a rule is on, taken apart; `form`: event, figure, date, plan (position and reading are not looked at)."""

    form: str
    name: str
    """The type of an event; else of the figure, register, plan."""
    part: str | None = None
    """Of an event its procedure, of a figure its period, of a date the field."""


@dataclass(frozen=True, slots=True)
class Known:
    """A rule in force."""

    name: str
    rule: Rule
    on: On
    digest: str = ""
    """Of the pack version."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened or is due."""

    scope: Mapping[str, Any]
    at: int
    """Epoch seconds of business time."""
    about: tuple[tuple[str, str], ...] = ()
    """What it is of: kind and id."""
    period: str | None = None
    """Of a figure or plan: its first day."""
    until: str | None = None
    """Of a plan: its last day."""
    scopes: tuple[str, ...] = ()
    """Areas around it, the smallest first."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a rule remembers of one thing."""

    times: tuple[int, ...] = ()
    """When it held, of an event."""
    since: int | None = None
    """Since when it holds without a break, of a date."""
    period: str | None = None
    """The last period told, of a figure or plan."""
    until: str | None = None
    """The last day of that one, of a plan."""
    run: int = 0
    """How many periods on end it has held up to that one."""
    before: int = 0
    """And up to the one before, so that a period may be told again."""
    raised: bool = False
    """Whether this holding has been raised already."""

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "times": list(self.times), "since": self.since, "period": self.period, "until": self.until,
            "run": self.run, "before": self.before, "raised": self.raised,
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Memory:
        """As it was kept."""
        return cls(**{**kept, "times": tuple(kept["times"])}) if kept else cls()


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of looking at an occurrence."""

    memory: Memory
    raises: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    """Why: what a person is shown."""


def parsed(text: str) -> On:
    """What a rule is on."""
    found = re.fullmatch(RULE_ON, text)
    assert found is not None, text
    form, thing, procedure, event, figure, period, register, member, plan = found.groups()
    if event is not None:
        return On("event", event, procedure)
    if figure is not None:
        return On("figure", figure, period)
    if register is not None:
        return On("date", register, member)
    return On("plan", plan) if plan is not None else On(form, thing)


def seconds(span: str) -> int:
    """How long a span is; a month has 30 days, a year 365."""
    amount, unit = span.split(" ")
    return int(amount) * _SECONDS[unit.removesuffix("s") if len(unit) > 1 else unit]


def periods(rule: Rule, period: str) -> int:
    """How many periods on end it must hold."""
    if rule.for_ is None:
        return 1
    amount, unit = rule.for_.split(" ")
    wanted = unit.removesuffix("s")
    if wanted in _MONTHS and period in _MONTHS:
        return max(1, -(-int(amount) * _MONTHS[wanted] // _MONTHS[period]))
    length = {"day": 86_400, "week": 604_800, "quarter": 7_776_000}.get(period) or _SECONDS[period]
    return max(1, -(-seconds(rule.for_) // length))


def _spans(rule: Rule, one: Occurrence) -> int:
    """How many periods of a plan on end it must hold: those that `for` comes nearest to."""
    if rule.for_ is None or one.period is None or one.until is None:
        return 1
    days = (date.fromisoformat(one.until) - date.fromisoformat(one.period)).days + 1
    return max(1, round(seconds(rule.for_) / (days * _SECONDS["day"])))


def begin_of(period: str, day: date) -> date:
    """The first day of the period that a day lies in."""
    match period:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "year":
            return date(day.year, 1, 1)
    return day


def follows(period: str, before: str, after: str) -> bool:
    """Whether one period comes right behind another; both by their first days."""
    last = date.fromisoformat(after) - timedelta(days=1)
    return begin_of(period, last).isoformat() == before


def key_of(known: Known, one: Occurrence) -> str:
    """For what it is raised at most once while it is open: the values of `one_per`; else what it is of."""
    named = [_value(one.scope, path) for path in known.rule.raises.one_per]
    key = " ".join(named) if named else " ".join(id_ for _, id_ in one.about)
    # An index holds no more; what is longer is told apart by its digest.
    return key if len(key) <= _LONGEST_KEY else f"{key[:100]}… {sha256(key.encode()).hexdigest()}"


def holds(known: Known, one: Occurrence) -> bool | None:
    """Whether its condition holds; None where it cannot be told, as a value is missing."""
    try:
        return Context(dict(one.scope)).holds(known.rule.when)
    except ExpressionError:
        return None


def step(known: Known, memory: Memory, one: Occurrence, is_so: bool) -> Seen:
    """What the rule remembers from now on, and whether it raises."""
    match known.on.form:
        case "event":
            return _counted(known.rule, memory, one, is_so)
        case "date":
            return _lasting(known.rule, memory, one, is_so)
    return _in_a_row(known, memory, one, is_so)


def _counted(rule: Rule, memory: Memory, one: Occurrence, is_so: bool) -> Seen:
    if not is_so:
        return Seen(memory)
    first = one.at - seconds(rule.within) if rule.within else None
    times = (*(at for at in memory.times if first is None or at > first), one.at)
    if len(times) < rule.times:
        return Seen(replace(memory, times=times))
    return Seen(Memory(), True, {"times": len(times)})


def _lasting(rule: Rule, memory: Memory, one: Occurrence, is_so: bool) -> Seen:
    if not is_so:
        return Seen(Memory())
    since = memory.since if memory.since is not None else one.at
    long_enough = one.at - since >= (seconds(rule.for_) if rule.for_ else 0)
    now = replace(memory, since=since, raised=memory.raised or long_enough)
    return Seen(now, long_enough and not memory.raised, {"since": since})


def _in_a_row(known: Known, memory: Memory, one: Occurrence, is_so: bool) -> Seen:
    assert one.period is not None
    period = known.on.part or "day"
    wanted = periods(known.rule, period) if one.until is None else _spans(known.rule, one)
    if memory.period is not None and one.period < memory.period:
        return Seen(memory)
    again = one.period == memory.period
    goes_on = again or _goes_on(period, memory, one)
    before = (memory.before if again else memory.run) if goes_on else 0
    run = before + 1 if is_so else 0
    enough = run >= wanted
    now = Memory(period=one.period, until=one.until, run=run, before=before, raised=enough)
    return Seen(now, enough and not (goes_on and memory.raised), {"run": run, "period": one.period})


def _goes_on(period: str, memory: Memory, one: Occurrence) -> bool:
    """Whether a period comes right behind the last one told: a plan tells only of those that were missed."""
    if memory.period is None or one.period is None:
        return False
    if memory.until is None or one.until is None:
        return follows(period, memory.period, one.period)
    return date.fromisoformat(memory.until) + timedelta(days=1) == date.fromisoformat(one.period)


def _value(scope: Mapping[str, Any], path: str) -> str:
    """What stands at a dotted path; of a thing its key, number or id."""
    value: Any = scope
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get("key") or value.get("number") or value.get("id")
    return "–" if value is None else str(value)
