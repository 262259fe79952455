"""The periods that figures are of, by their names, and those that they are compared with. Pure; days are local."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from xiuhua.plans.periods import Every, Period
from xiuhua.platform.errors import Invalid

SPLITS: Final = ("day", "week", "month", "quarter", "year")
MOST: Final = 400
"""Periods of one question."""
_YEARS: Final = (1900, 2200)
_ONE: Final = timedelta(days=1)
_FORMS: Final = (
    (re.compile(r"(\d{4})"), "year", "{0}-01-01"),
    (re.compile(r"(\d{4})-(\d\d)"), "month", "{0}-{1}-01"),
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), "day", "{0}-{1}-{2}"),
)


def parsed(name: str) -> Period:
    """`2026`, `2026-Q1`, `2026-03`, `2026-W10`, `2026-03-02`, `2026-02-26..2026-03-25`. Raises `Invalid`.

    Nothing before 1900 or after 2200, so that the period before one is one as well.
    """
    try:
        found = _parsed(name)
        if _YEARS[0] <= found.first.year and found.last.year <= _YEARS[1]:
            return found
    except (ValueError, OverflowError):
        pass
    told = "2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-02 or 2026-02-26..2026-03-25"
    raise Invalid(errors=[{"field": "period", "why": f"is written {told}"}])


def _parsed(name: str) -> Period:
    first, dots, last = name.partition("..")
    if dots:
        return span(date.fromisoformat(first), date.fromisoformat(last))
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", name):
        return Every(3, "month").at(date(int(found[1]), int(found[2]) * 3, 1))
    if found := re.fullmatch(r"(\d{4})-W(\d\d)", name):
        return Every(1, "week").at(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    for pattern, word, form in _FORMS:
        if found := pattern.fullmatch(name):
            return Every.parsed(word).at(date.fromisoformat(form.format(*found.groups())))
    raise ValueError(name)


def span(first: date, last: date) -> Period:
    """Some days, both included. Raises `ValueError` when there are none."""
    if last < first:
        raise ValueError("no days")
    return Period(f"{first.isoformat()}..{last.isoformat()}", first, last)


def split(period: Period, by: str | None) -> list[Period]:
    """The parts of a period that lie on the calendar, cut at its ends. Raises `Invalid`."""
    if by is None:
        return [period]
    if by not in SPLITS:
        raise Invalid(errors=[{"field": "split", "why": f"is one of {', '.join(SPLITS)}"}])
    found = []
    for one in Every.parsed(by).within(period.first, period.last):
        whole = period.first <= one.first and one.last <= period.last
        found.append(one if whole else span(max(one.first, period.first), min(one.last, period.last)))
        if len(found) > MOST:
            raise Invalid(errors=[{"field": "split", "why": f"gives more than {MOST} periods"}])
    return found


def demand(name: str, of: Iterable[Period], since: str | None, until: str | None) -> None:
    """Raises `Invalid` for periods that something is not for: it begins with a day, and ends with one."""
    first = date.fromisoformat(since) if since else date.min
    last = date.fromisoformat(until) if until else date.max
    for period in of:
        if period.first < first or period.last > last:
            told = f"{name} is for periods from {since or '—'} to {until or '—'}"
            raise Invalid(told, errors=[{"field": "period", "why": f"{period.name} is none of them"}])


def before(period: Period) -> Period:
    """The period of the same sort right before: of March February, of some days as many days."""
    for word in ("year", "quarter", "month", "week", "day"):
        every = Every.parsed(word)
        if every.at(period.first) == period:
            return every.at(period.first - _ONE)
    length = period.last - period.first
    return span(period.first - _ONE - length, period.first - _ONE)


def year_before(period: Period) -> Period:
    """The same days a year before; of a week the week of the same number, the last one where there is none."""
    every = Every(1, "week")
    if every.at(period.first) == period:
        year, week, _ = period.first.isocalendar()
        last = date(year - 1, 12, 28).isocalendar().week
        return every.at(date.fromisocalendar(year - 1, min(week, last), 1))
    first, last_day = _year_before(period.first), _year_before(period.last)
    if (period.last + _ONE).day == 1:  # the end of a month stays one: February of a leap year
        last_day = last_day.replace(day=monthrange(last_day.year, last_day.month)[1])
    for word in ("year", "quarter", "month", "day"):
        found = Every.parsed(word).at(first)
        if (found.first, found.last) == (first, last_day):
            return found
    return span(first, last_day)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))
