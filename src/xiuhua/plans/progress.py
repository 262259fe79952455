"""Expected against done: which periods a plan has for which keys, what was done in each, what was missed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, Literal

from xiuhua.plans.periods import Period

Standing = Literal["ahead", "running", "done", "late", "missed"]
"""Not begun; begun and not yet done; done in time; done, but entered or done too late; over and not done."""
_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Key:
    """What something is expected for: a record, an area, a unit, a person; an empty code: the whole city."""

    code: str
    title: str
    since: date | None = None
    """Periods that began before that day expect nothing of it."""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done for a key on a day."""

    key: str
    day: date
    count: int = 1
    quantity: Decimal | None = None
    """In the unit of the plan; None: only the count is known."""
    entered: date | None = None
    """The day on which it was put down; None: with the deed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One key in one period."""

    period: Period
    key: Key
    expected: Decimal
    done: Decimal
    count: int
    standing: Standing

    @property
    def short(self) -> Decimal:
        """What is lacking."""
        return max(self.expected - self.done, Decimal(0))


@dataclass(frozen=True, slots=True)
class Sum:
    """Some cells together."""

    expected: Decimal
    done: Decimal
    count: int
    cells: int
    """Cells that expect something."""
    over: int
    """Of these, whose period is over."""
    met: int
    """Done, in time or late."""
    late: int
    missed: int

    @property
    def share(self) -> Decimal | None:
        """Percent of what was expected that was done, two places, halves to even; None where nothing was expected."""
        return percent(self.done, self.expected)

    @property
    def on_time(self) -> Decimal | None:
        """Percent of the cells whose period is over that were done in time."""
        return percent(Decimal(self.over - self.late - self.missed), Decimal(self.over))


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """Divided once, at the very end: 886 of 800 is 110.75."""
    return (part * _HUNDRED / whole).quantize(_CENT, ROUND_HALF_EVEN) if whole else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a calculation goes by."""

    today: date
    expected: Callable[[Key, Period], Decimal]
    by_quantity: bool = False
    """Quantities are added up, not deeds."""
    grace: int = 0
    """Days after a period in which it may still be put down."""
    work_days: frozenset[date] | None = None
    """Only on these something is expected; None: on all."""


def cells(keys: Sequence[Key], periods: Iterable[Period], done: Iterable[Done], frame: Frame) -> Iterator[Cell]:
    """Every key in every period in which something is expected of it or was done for it; periods in order."""
    spans = list(periods)
    by_period = _by_period(spans, done)
    known = {one.code: one for one in keys}
    for period in spans:
        rows = by_period.get(period.name, {})
        for key in [*keys, *(Key(code, code, period.last + timedelta(days=1)) for code in rows if code not in known)]:
            expected = _expected(key, period, frame)
            deeds = rows.get(key.code, ())
            if expected or deeds:
                yield _cell(key, period, expected, deeds, frame)


def _by_period(periods: Sequence[Period], done: Iterable[Done]) -> dict[str, dict[str, list[Done]]]:
    by_day = {day: period.name for period in periods for day in period.days()}
    found: dict[str, dict[str, list[Done]]] = defaultdict(lambda: defaultdict(list))
    for one in done:
        if (name := by_day.get(one.day)) is not None:
            found[name][one.key].append(one)
    return found


def _expected(key: Key, period: Period, frame: Frame) -> Decimal:
    if key.since is not None and period.first < key.since:
        return Decimal(0)
    if frame.work_days is not None and frame.work_days.isdisjoint(period.days()):
        return Decimal(0)
    return frame.expected(key, period)


def _cell(key: Key, period: Period, expected: Decimal, deeds: Sequence[Done], frame: Frame) -> Cell:
    def amount(rows: Iterable[Done]) -> Decimal:
        if frame.by_quantity:
            return sum((one.quantity for one in rows if one.quantity is not None), Decimal(0))
        return Decimal(sum(one.count for one in rows))

    done, last = amount(deeds), period.last + timedelta(days=frame.grace)
    in_time = amount(one for one in deeds if one.entered is None or one.entered <= last)
    standing: Standing
    if in_time >= expected:
        standing = "done"
    elif done >= expected:
        standing = "late"
    elif frame.today > last:
        standing = "missed"
    else:
        standing = "running" if frame.today >= period.first else "ahead"
    return Cell(period, key, expected, done, sum(one.count for one in deeds), standing)


def total(some: Iterable[Cell]) -> Sum:
    """Cells together; what was done beyond what was expected of a key makes up for no other key's missed period."""
    expected = done = Decimal(0)
    count = cells_ = met = late = missed = 0
    for one in some:
        expected, done, count = expected + one.expected, done + one.done, count + one.count
        if one.expected:
            cells_ += 1
            met += one.standing in ("done", "late")
            late += one.standing == "late"
            missed += one.standing == "missed"
    over = met + missed
    return Sum(expected, done, count, cells_, over, met, late, missed)


def by(some: Iterable[Cell], which: Callable[[Cell], str]) -> dict[str, list[Cell]]:
    """Cells by key or period, in their order."""
    found: dict[str, list[Cell]] = {}
    for one in some:
        found.setdefault(which(one), []).append(one)
    return found
