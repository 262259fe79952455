"""What a calendar is made of, before it is compiled: seasons, work intervals, holidays, rules of counting.

Everything a deadline depends on is in `Content`, and its digest names it: two contents with one digest give
the same deadlines for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Literal

import orjson

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 1440

Interval = tuple[int, int]
"""Minutes from local midnight, begin inclusive, end exclusive; an end above 1440 lies on the next day."""


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year with its own work intervals."""

    first: int
    """First day as month * 100 + day."""
    last: int
    """Last day, inclusive; before `first` when the season runs over the new year."""
    days: tuple[tuple[Interval, ...], ...]
    """Seven tuples of intervals, Monday first."""

    def holds(self, month_day: int) -> bool:
        """Whether a day of the year lies in the season; a season to 28 February holds the 29th as well."""
        last = 229 if self.last == 228 else self.last
        if self.first <= last:
            return self.first <= month_day <= last
        return month_day >= self.first or month_day <= last


@dataclass(frozen=True, slots=True)
class Counting:
    """How limits in whole days are counted: decisions of a city (standards leave them open)."""

    work_day_ends: Literal["nth_day_end", "hours"] = "nth_day_end"
    """N working days end with the work of the Nth day, or after N × `work_day_minutes` of work."""
    calendar_day_ends: Literal["day_end", "hours"] = "day_end"
    """N natural days end at 24:00 of the Nth day, or after N × 24 h."""
    start_day_counts: bool = False
    """Whether the day of the start is the first one; it is not in civil law (Civil Code, article 201)."""
    work_day_minutes: int = 480


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """Work time of one kind of post in one time zone."""

    code: str
    name: str
    zone: str
    """IANA name; intervals are read on the clock on the wall there."""
    seasons: tuple[Season, ...]
    """The first that holds a day decides; together they hold every day of the year."""
    follows_holidays: bool = True
    on_holidays: tuple[Interval, ...] = ()
    """Work on public holidays, for calendars that follow them."""
    workday_as: int = 0
    """Weekday (Monday is 0) whose intervals a weekend day worked in exchange for a holiday takes."""
    counting: Counting = Counting()


@dataclass(frozen=True, slots=True)
class Dated:
    """A spec with the days on which it is in force."""

    spec: CalendarSpec
    valid_from: date
    valid_to: date | None = None
    """Last day, inclusive; none while open."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days that official arrangements change, and how far they reach."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    announced_through: int = 0
    """Last year of an unbroken row of years with an official arrangement; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class Content:
    """All inputs of one compiled calendar."""

    versions: tuple[Dated, ...]
    """In order of `valid_from`, without overlap; the first also stands for the days before it."""
    holidays: Holidays

    @property
    def code(self) -> str:
        """The calendar's code."""
        return self.versions[-1].spec.code

    def to_json(self) -> dict[str, Any]:
        """Everything a deadline depends on; what the digest is taken of."""
        follows = any(dated.spec.follows_holidays for dated in self.versions)
        holidays = self.holidays if follows else Holidays()
        return {
            "versions": [
                {
                    "from": dated.valid_from.isoformat(),
                    "to": dated.valid_to.isoformat() if dated.valid_to else None,
                    "spec": spec_json(dated.spec),
                }
                for dated in self.versions
            ],
            "off": sorted(day.isoformat() for day in holidays.off),
            "working": sorted(day.isoformat() for day in holidays.working),
            "announced_through": holidays.announced_through,
        }

    def digest(self) -> str:
        """16 hexadecimal digits (64 bits of SHA-256); the name is left out, since no deadline hangs on it."""
        content = self.to_json()
        for version in content["versions"]:
            del version["spec"]["name"]
        return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def spec_json(spec: CalendarSpec) -> dict[str, Any]:
    """A spec in the form in which it is written and kept; `forms.parse_spec` reads it."""
    counting = spec.counting
    return {
        "code": spec.code,
        "name": spec.name,
        "zone": spec.zone,
        "seasons": [_season_json(season) for season in spec.seasons],
        "follows_holidays": spec.follows_holidays,
        "on_holidays": _intervals_json(spec.on_holidays),
        "workday_as": WEEKDAYS[spec.workday_as],
        "work_day_ends": counting.work_day_ends,
        "calendar_day_ends": counting.calendar_day_ends,
        "start_day_counts": counting.start_day_counts,
        "work_day_minutes": counting.work_day_minutes,
    }


def _season_json(season: Season) -> dict[str, Any]:
    return {
        "from": f"{season.first // 100:02}-{season.first % 100:02}",
        "to": f"{season.last // 100:02}-{season.last % 100:02}",
        "weekdays": {
            name: _intervals_json(intervals) for name, intervals in zip(WEEKDAYS, season.days, strict=True) if intervals
        },
    }


def _intervals_json(intervals: Sequence[Interval]) -> list[str]:
    return [f"{_time(begin)}-{_time(end)}" for begin, end in intervals]


def _time(minutes: int) -> str:
    """HH:MM; 24:00 only for the end of the day itself, an end on the next day reads as the time there."""
    if minutes > DAY_MINUTES:
        minutes -= DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"
