"""Kinds and amounts of limits, and moments as whole seconds.

Kinds and what they mean:

- urgent_minute, urgent_hour, urgent_day: 60, 3,600, 86,400 seconds by the clock, day and night;
- calendar_day: natural days in the calendar's time zone, see `Counting.calendar_day_ends`;
- work_minute, work_hour: 60, 3,600 seconds of the calendar's work time;
- work_day: see `Counting.work_day_ends`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from xiuhua.platform.errors import Invalid

KINDS: Final = (
    "urgent_minute", "urgent_hour", "urgent_day", "calendar_day", "work_minute", "work_hour", "work_day",
)  # fmt: skip
KIND_CODES: Final = {name: code for code, name in enumerate(KINDS)}
FIRST_WORK_KIND: Final = KIND_CODES["work_minute"]
"""Kinds from this code on follow the calendar's work time."""
CALENDAR_DAY: Final = KIND_CODES["calendar_day"]
WORK_DAY: Final = KIND_CODES["work_day"]
UNIT_S: Final = (60, 3600, 86400, 86400, 60, 3600, 0)
"""Seconds of one unit by kind; a working day's are the calendar's `work_day_minutes`."""


def thousandths(amount: Decimal | int | str) -> int:
    """An amount of a limit as it is counted: `"1.5"` → 1500; raises `Invalid` below zero or if finer."""
    try:
        scaled = Decimal(amount) * 1000
    except InvalidOperation:
        raise Invalid(f"{amount!r} is not an amount.") from None
    if not scaled.is_finite() or scaled < 0 or scaled != scaled.to_integral_value():
        raise Invalid(f"{amount!r} is not an amount with at most three decimals.")
    return int(scaled)


def kind_code(kind: str) -> int:
    """The number of a limit kind; raises `Invalid` for a word that is none."""
    try:
        return KIND_CODES[kind]
    except KeyError:
        raise Invalid(f"{kind!r} is not a kind of limit.", kinds=list(KINDS)) from None


def epoch(moment: datetime) -> int:
    """Whole epoch seconds of an aware moment, floored."""
    return int(moment.timestamp() // 1)


def moment(seconds: int) -> datetime:
    """The aware UTC moment of epoch seconds."""
    return datetime.fromtimestamp(seconds, UTC)
