"""The periods of a plan: days, ISO weeks, months, quarters, years, and so many of them. Pure; days are local.

Periods lie on the calendar, so that everybody works out the same ones: weeks begin on Monday, several weeks are counted
from Monday, 5 January 1970, several days from 1 January 1970, several months from January of the year 0, several years
from the year 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Unit = Literal["day", "week", "month", "year"]
_MONDAY: Final = date(1970, 1, 5).toordinal()
_FIRST: Final = date(1970, 1, 1).toordinal()
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_ONE: Final = timedelta(days=1)
_WORDS: Final[dict[str, tuple[int, Unit]]] = {
    "day": (1, "day"), "week": (1, "week"), "month": (1, "month"), "quarter": (3, "month"), "year": (1, "year"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Every:
    """How often a plan comes round."""

    count: int
    unit: Unit

    @classmethod
    def parsed(cls, text: str) -> Every:
        """`week`, `quarter`, `3 days`. Raises `ValueError` for what is shorter than a day."""
        number, _, word = text.rpartition(" ")
        try:
            times, unit = _WORDS[word.removesuffix("s")]
        except KeyError:
            raise ValueError(text) from None
        return cls(int(number or 1) * times, unit)

    def at(self, day: date) -> Period:
        """The period that a day lies in."""
        if self.unit in _MONTHS:
            length = self.count * _MONTHS[self.unit]
            number = (day.year * 12 + day.month - 1) // length * length
            return Period(self._name(_month(max(number, 12))), _month(max(number, 12)), _month(number + length) - _ONE)
        origin, length = (_MONDAY, 7 * self.count) if self.unit == "week" else (_FIRST, self.count)
        first = date.fromordinal(origin + (day.toordinal() - origin) // length * length)
        return Period(self._name(first), first, first + timedelta(days=length - 1))

    def within(self, first: date, last: date) -> Iterator[Period]:
        """The periods that hold any of these days, in order."""
        period = self.at(first)
        while period.first <= last:
            yield period
            period = self.at(period.last + _ONE)

    def _name(self, first: date) -> str:
        if self.unit == "week" and self.count == 1:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02}"
        if self.unit == "month" and self.count == 1:
            return f"{first:%Y-%m}"
        if self.unit == "month" and self.count == 3:
            return f"{first:%Y}-Q{(first.month + 2) // 3}"
        if self.unit == "year" and self.count == 1:
            return f"{first:%Y}"
        return first.isoformat()


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row."""

    name: str
    """`2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`; of several days, weeks … the first day."""
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each of its days."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def days_of(span: str | None) -> int:
    """The days of a span such as `2 days`, a month counted as 31 and a year as 366; none: 0."""
    if span is None:
        return 0
    every = Every.parsed(span)
    return every.count * {"day": 1, "week": 7, "month": 31, "year": 366}[every.unit]


def _month(number: int) -> date:
    """The first day of a month, counted from January of the year 0."""
    return date(number // 12, number % 12 + 1, 1)
