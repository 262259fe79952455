"""What an import changes in areas that are versioned in time. Pure.

A change never reaches back before the import's day: the row of the day is closed the day before it, and a new
one is opened. Only what is new to the city may start earlier. To correct the past, import as of a past day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from xiuhua.city.areas.model import Area

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Around:
    """What the database holds of one code around a day: the row of the day, and its neighbours in time."""

    area: Area | None
    last_end: date | None
    """Last day of the newest row that ends before the day."""
    next_start: date | None
    """First day of the next row after the day."""


@dataclass(frozen=True, slots=True)
class Change:
    """One code: the row to close (by its first day, with its new last day) and the row to open."""

    code: str
    close_from: date | None = None
    close_to: date | None = None
    """The day before `close_from` withdraws the row: it was wrong from its first day on."""
    opened: Area | None = None


def look_at(area: Area, day: date) -> date:
    """The day whose row an imported area is compared with: the import's, or the nearest of its own days."""
    latest = max(area.valid_from, day)
    return latest if area.valid_to is None else min(latest, area.valid_to)


def compare(area: Area, around: Around, day: date) -> Change | None:
    """What an imported area changes; None when all is as it says."""
    now = around.area
    ends = [end for end in (area.valid_to, around.next_start and around.next_start - _DAY) if end is not None]
    end = min(ends, default=None)
    if now is None:
        start = area.valid_from
        if around.last_end is not None and around.last_end >= start:
            start = around.last_end + _DAY
        return Change(area.code, opened=replace(area, valid_from=start, valid_to=end))
    if now.content() == area.content() and now.geometry.equals_exact(area.geometry, 0):
        if area.valid_to is None or now.valid_to == end:
            return None
        return Change(area.code, now.valid_from, end)
    start = max(look_at(area, day), now.valid_from)
    if end is None:
        end = now.valid_to
    opened = replace(area, valid_from=start, valid_to=end)
    return Change(area.code, now.valid_from, start - _DAY, opened)


def closing(area: Area, day: date) -> Change:
    """An area that is no more from a day on."""
    return Change(area.code, area.valid_from, max(day - _DAY, area.valid_from - _DAY))
