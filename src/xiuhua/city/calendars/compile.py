"""From the declaration of a calendar to sorted arrays of work time on the UTC time line.

A moment is work time when the clock on the wall shows a time inside an interval. So in a zone with summer
time an hour that is read twice is worked twice, and one that is skipped is not worked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.spec import CalendarSpec, Content, Interval
from xiuhua.city.calendars.timeline import Days, Moments, WorkTime
from xiuhua.platform.errors import Invalid

DAY_S = 86400
NEVER = 1 << 62
EPOCH_DAY = date(1970, 1, 1).toordinal()
FIRST_YEAR = 2000
YEARS_AHEAD = 24
"""Compiled past the last announced year: beyond any limit, suspension or planting season a bureau sets."""

Periods = tuple[tuple[int, ...], tuple[int, ...]]
"""Seconds from which an offset of a zone holds, and the offsets in seconds."""


def compile_calendar(content: Content, first_year: int = FIRST_YEAR, last_year: int = 0) -> WorkCalendar:
    """The calendar, ready to compute; `last_year` 0 means the last announced one and `YEARS_AHEAD`.

    The years covered are no part of the digest, since they change no deadline.
    """
    last_year = last_year or max(content.holidays.announced_through, 2026) + YEARS_AHEAD
    zones = {dated.spec.zone for dated in content.versions}
    if len(zones) != 1:
        raise Invalid("All versions of a calendar lie in one time zone.", zones=sorted(zones))
    zone = zones.pop()
    first, end = _day(date(first_year, 1, 1)), _day(date(last_year + 1, 1, 1))
    periods = _periods(zone, first - 3, end + 3)
    days = np.arange(first, end, dtype=np.int64)
    midnights = _utc(periods, np.arange(first, end + 1, dtype=np.int64) * DAY_S)
    begin, finish, owner = _on_time_line(periods, *_walls(content, days))
    announced = content.holidays.announced_through
    follows = any(dated.spec.follows_holidays for dated in content.versions)
    until = _midnight(periods, date(announced + 1, 1, 1)) if follows else NEVER
    return WorkCalendar(
        content.code,
        content.digest(),
        zone,
        (first_year, last_year),
        _merged(begin, finish, int(midnights[0])),
        _work_days(finish, owner, midnights),
        Days(midnights[:-1], midnights[1:]),
        [(_midnight(periods, dated.valid_from), dated.spec.counting) for dated in content.versions],
        (int(midnights[0]), int(midnights[-1])),
        until,
    )


def _walls(content: Content, days: NDArray[np.int64]) -> tuple[Moments, Moments, Moments]:
    """Begin, end and day index of every interval, in seconds of the clock on the wall since 1970."""
    found: list[tuple[Moments, Moments, Moments]] = []
    valid_from = [_day(dated.valid_from) for dated in content.versions]
    # Days before the first version take the first: old cases are imported with the hours known.
    version = np.maximum(np.searchsorted(valid_from, days, "right") - 1, 0)
    for number, dated in enumerate(content.versions):
        chosen = version == number
        if dated.valid_to is not None:
            chosen &= days <= _day(dated.valid_to)
        for intervals, index in _patterns(dated.spec, content, days, np.flatnonzero(chosen)):
            for begin, end in intervals:
                midnight = days[index] * DAY_S
                found.append((midnight + begin * 60, midnight + end * 60, index))
    if not found:
        return (np.empty(0, np.int64),) * 3
    begin_s, end_s, owner = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((end_s, begin_s))
    return begin_s[order], end_s[order], owner[order]


def _patterns(
    spec: CalendarSpec, content: Content, days: NDArray[np.int64], index: NDArray[np.int64]
) -> Iterable[tuple[tuple[Interval, ...], NDArray[np.int64]]]:
    """Which intervals hold on which of the days that `index` points to."""
    chosen = days[index]
    weekday = (chosen + 3) % 7
    day_of_year = _month_day(chosen)
    if spec.follows_holidays:
        off = np.isin(chosen, [_day(day) for day in content.holidays.off])
        working = np.isin(chosen, [_day(day) for day in content.holidays.working])
        weekday = np.where(working, spec.workday_as, weekday)
        yield spec.on_holidays, index[off]
        weekday = np.where(off, -1, weekday)
    season = np.full(chosen.shape, -1)
    for number, part in reversed(list(enumerate(spec.seasons))):
        holds = np.array([part.holds(day) for day in range(1232)])
        season[holds[day_of_year]] = number
    for number, part in enumerate(spec.seasons):
        for name in range(7):
            yield part.days[name], index[(season == number) & (weekday == name)]


def _month_day(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Month * 100 + day of days since 1970."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day: NDArray[np.int64] = (dates - months).astype(np.int64) + 1
    return (months.astype(np.int64) % 12 + 1) * 100 + day


def _on_time_line(periods: Periods, begin: Moments, end: Moments, owner: Moments) -> tuple[Moments, Moments, Moments]:
    """Intervals of the clock on the wall as UTC: for each offset of the zone, what falls into its time."""
    starts, offsets = periods
    pieces = []
    for number, offset in enumerate(offsets):
        since = starts[number]
        until = starts[number + 1] if number + 1 < len(starts) else NEVER
        # Sorted by begin; no interval is longer than a day.
        low = int(begin.searchsorted(since + offset - DAY_S, "left"))
        high = int(begin.searchsorted(min(until + offset, NEVER), "left"))
        utc_begin = np.maximum(begin[low:high] - offset, since)
        utc_end = np.minimum(end[low:high] - offset, until)
        kept = utc_end > utc_begin
        pieces.append((utc_begin[kept], utc_end[kept], owner[low:high][kept]))
    utc_begin, utc_end, owners = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    order = np.lexsort((utc_end, utc_begin))
    return utc_begin[order], utc_end[order], owners[order]


def _merged(begin: Moments, end: Moments, first: int) -> WorkTime:
    """The union of the intervals, led by an empty one so that every moment of the range has one before it."""
    reach = np.maximum.accumulate(end) if end.size else end
    new = np.ones(begin.size, np.bool_)
    new[1:] = begin[1:] > reach[:-1]
    last = np.flatnonzero(np.append(new[1:], True)) if begin.size else np.empty(0, np.int64)
    lead = np.array([first], np.int64)
    return WorkTime(np.concatenate((lead, begin[new])), np.concatenate((lead, reach[last])))


def _work_days(end: Moments, owner: Moments, midnights: Moments) -> Days:
    """Days on which work begins, each over with the last interval that began on it."""
    over = np.full(midnights.size, -NEVER, np.int64)
    np.maximum.at(over, owner, end)
    working = np.flatnonzero(over > -NEVER)
    # A long night may reach past the end of the next, shorter day: then that day is over no earlier.
    return Days(midnights[working], np.maximum.accumulate(over[working]))


def _day(day: date) -> int:
    return day.toordinal() - EPOCH_DAY


def _utc(periods: Periods, walls: Moments) -> Moments:
    """The first moments at which the clock on the wall has reached those times."""
    starts, offsets = (np.array(part, np.int64) for part in periods)
    wall_ends = np.append(starts[1:] + offsets[:-1], NEVER)
    index = wall_ends.searchsorted(walls, "right")
    reached: Moments = walls - offsets[index]
    return np.maximum(reached, starts[index])


def _midnight(periods: Periods, day: date) -> int:
    return int(_utc(periods, np.array([_day(day) * DAY_S], np.int64))[0])


@lru_cache(maxsize=64)
def _periods(zone: str, first: int, end: int) -> Periods:
    """The offsets of a zone between two days, found by looking at each day and then closing in."""
    info = ZoneInfo(zone)

    def offset(second: int) -> int:
        found = datetime.fromtimestamp(second, info).utcoffset()
        return int(found.total_seconds()) if found is not None else 0

    starts, offsets = [-NEVER], [offset(first * DAY_S)]
    for day in range(first + 1, end + 1):
        if offset(day * DAY_S) != offsets[-1]:
            low, high = (day - 1) * DAY_S, day * DAY_S
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
            starts.append(high)
            offsets.append(offset(high))
    return tuple(starts), tuple(offsets)
