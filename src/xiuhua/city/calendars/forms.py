"""Calendars as people write them (YAML, JSON), checked whole: every error is named with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from xiuhua.city.calendars.spec import (
    DAY_MINUTES,
    WEEKDAYS,
    CalendarSpec,
    Content,
    Counting,
    Dated,
    Holidays,
    Interval,
    Season,
    Weekday,
)
from xiuhua.platform.errors import Invalid

_INTERVAL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_LEAP_YEAR = 2024


def _intervals(value: object) -> object:
    """`["08:00-12:00", "22:00-06:00"]` as minutes; an end at or before its begin lies on the next day."""
    if not isinstance(value, list | tuple):
        raise ValueError("a list of intervals such as 08:00-12:00 is needed")
    return tuple(sorted(_interval(text) for text in value))


def _interval(text: object) -> Interval:
    found = _INTERVAL.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(f"{text!r} is not an interval such as 08:00-12:00")
    hour, minute, end_hour, end_minute = map(int, found.groups())
    begin, end = hour * 60 + minute, end_hour * 60 + end_minute
    if end > DAY_MINUTES:
        raise ValueError(f"{text!r} ends after 24:00; write the time of the next day")
    return begin, end if end > begin else end + DAY_MINUTES


def _apart(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    for (_, end), (begin, _) in pairwise(intervals):
        if begin < end:
            raise ValueError("the intervals of a day overlap")
    if intervals and intervals[-1][1] > intervals[0][0] + DAY_MINUTES:
        raise ValueError("the intervals of a day are longer than 24 hours")
    return intervals


def _day(value: object) -> int:
    """`05-01` as 501; 29 February is a day like others."""
    try:
        found = date.fromisoformat(f"{_LEAP_YEAR}-{value}")
    except ValueError:
        raise ValueError(f"{value!r} is not a day of the year such as 05-01") from None
    return found.month * 100 + found.day


def _zone(value: object) -> object:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is not a time zone such as Asia/Shanghai") from None
    return value


Intervals = Annotated[tuple[Interval, ...], BeforeValidator(_apart), BeforeValidator(_intervals)]
DayOfYear = Annotated[int, BeforeValidator(_day)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeasonForm(_Form):
    """A part of the year and its work intervals by weekday; days without a key are free."""

    first: DayOfYear = Field(alias="from")
    last: DayOfYear = Field(alias="to")
    weekdays: dict[Weekday, Intervals] = Field(default_factory=dict)

    def season(self) -> Season:
        """The season as the model has it."""
        return Season(self.first, self.last, tuple(self.weekdays.get(name, ()) for name in WEEKDAYS))


class CalendarForm(_Form):
    """One calendar as it is written."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    name: str = Field(min_length=1)
    zone: Annotated[str, BeforeValidator(_zone)]
    seasons: list[SeasonForm] = Field(min_length=1)
    follows_holidays: bool = True
    on_holidays: Intervals = ()
    workday_as: Weekday = "mon"
    work_day_ends: Literal["nth_day_end", "hours"] = "nth_day_end"
    calendar_day_ends: Literal["day_end", "hours"] = "day_end"
    start_day_counts: bool = False
    work_day_minutes: int = Field(default=480, ge=1, le=DAY_MINUTES)

    @model_validator(mode="after")
    def _whole_year_with_work(self) -> CalendarForm:
        seasons = [form.season() for form in self.seasons]
        year = (date.fromordinal(date(_LEAP_YEAR, 1, 1).toordinal() + n) for n in range(366))
        bare = [day for day in year if not any(s.holds(day.month * 100 + day.day) for s in seasons)]
        if bare:
            raise ValueError(f"{len(bare)} days are in no season, the first is {bare[0]:%m-%d}")
        if not any(intervals for season in seasons for intervals in season.days):
            raise ValueError("there is no work time at all")
        return self

    def spec(self) -> CalendarSpec:
        """The calendar as the model has it."""
        return CalendarSpec(
            self.code,
            self.name,
            self.zone,
            tuple(form.season() for form in self.seasons),
            self.follows_holidays,
            self.on_holidays,
            WEEKDAYS.index(self.workday_as),
            Counting(self.work_day_ends, self.calendar_day_ends, self.start_day_counts, self.work_day_minutes),
        )


def parse_spec(data: Any, place: str = "") -> CalendarSpec:
    """A calendar from its written form; raises `Invalid` with `errors` of `path` and `why`, all of them."""
    try:
        return CalendarForm.model_validate(data).spec()
    except ValidationError as error:
        errors = [
            {
                "path": ".".join(str(part) for part in (place, *found["loc"]) if part != ""),
                "why": found["msg"].removeprefix("Value error, "),
            }
            for found in error.errors(include_url=False)
        ]
        raise Invalid("The calendar has errors.", errors=errors) from None


def parse_content(data: Mapping[str, Any]) -> Content:
    """A kept version of a calendar (`Content.to_json`) read again."""
    versions = tuple(
        Dated(
            parse_spec(version["spec"]),
            date.fromisoformat(version["from"]),
            date.fromisoformat(version["to"]) if version["to"] else None,
        )
        for version in data["versions"]
    )
    off, working = (frozenset(map(date.fromisoformat, data[key])) for key in ("off", "working"))
    return Content(versions, Holidays(off, working, data["announced_through"]))
