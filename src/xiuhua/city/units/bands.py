"""Time bands: named pieces of the week, or a piece written out where it is used. Pure.

A text such as `1-5 18:00-08:00; 6,7 00:00-24:00` names weekdays (1 = Monday … 7 = Sunday; all when left out)
and local times. A piece that ends before it starts runs over midnight and belongs to the day it starts on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final

DAY_MINUTES: Final = 1440
WEEK_MINUTES: Final = 7 * DAY_MINUTES
_PIECE: Final = re.compile(r"(?:(?P<days>[1-7](?:[-,][1-7])*)\s+)?(?P<start>\d\d:[0-5]\d)\s*-\s*(?P<end>\d\d:[0-5]\d)")
_NAME: Final = re.compile(r"[A-Za-z][\w-]{0,47}")


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A named band of one bureau, in one version."""

    code: str
    name: str
    hours: str
    """The pieces of the week, as in the head of this module."""
    valid_from: date
    valid_to: date | None = None


@lru_cache(maxsize=4096)
def week_of(hours: str) -> bytes:
    """One byte per minute of the week from Monday 00:00 local, 1 where the band holds.

    Raises ValueError with the reason when the text is no band.
    """
    week = bytearray(WEEK_MINUTES)
    for text in hours.split(";"):
        piece = _PIECE.fullmatch(text.strip())
        if piece is None:
            raise ValueError(f"{text.strip()!r} is not like '1-5 18:00-08:00'")
        start, end = _minutes(piece["start"]), _minutes(piece["end"])
        if start in (end, DAY_MINUTES):
            raise ValueError(f"{text.strip()!r} has no length; a whole day is 00:00-24:00")
        length = (end - start) % DAY_MINUTES or DAY_MINUTES
        for day in _days(piece["days"] or "1-7"):
            first = (day - 1) * DAY_MINUTES + start
            for minute in range(first, first + length):
                week[minute % WEEK_MINUTES] = 1
    return bytes(week)


def is_written_out(band: str) -> bool:
    """Whether a band is given by its hours rather than by a name."""
    return ":" in band


def is_name(code: str) -> bool:
    """Whether a code can name a band."""
    return _NAME.fullmatch(code) is not None


def minute_of_week(local: datetime) -> int:
    """Minutes since Monday 00:00 on the clock of the wall."""
    return local.weekday() * DAY_MINUTES + local.hour * 60 + local.minute


def _minutes(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    total = hours * 60 + minutes
    if total > DAY_MINUTES:
        raise ValueError(f"{text} is past 24:00")
    return total


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        ends = [int(day) for day in part.split("-")]
        if len(ends) > 2 or any(a > b for a, b in pairwise(ends)):
            raise ValueError(f"{part!r} is not a run of weekdays 1-7")
        days += range(ends[0], ends[-1] + 1)
    return days
