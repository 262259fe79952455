"""Days and moments as they are given in parameters, forms and bodies."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

_FIRST: Final = date(MINYEAR + 100, 1, 1)
_LAST: Final = date(MAXYEAR - 100, 12, 31)


def _no_day(value: Any) -> Any:
    """Pydantic reads a number as seconds since 1970: `on=20260301` would ask about a day of August 1970."""
    if _is_number(value):
        raise PydanticCustomError("date_parsing", "should be a date, e.g. 2026-03-02")
    return value


def _no_moment(value: Any) -> Any:
    """The same for moments."""
    if _is_number(value):
        raise PydanticCustomError("datetime_parsing", "should be a moment, e.g. 2026-03-02T09:00:00+08:00")
    return value


def _away_from_the_ends(value: date) -> date:
    """At the ends of the calendar there is no day before or after, nor a year of days to count to."""
    if not _FIRST <= value <= _LAST:
        raise PydanticCustomError("date_parsing", "should be a date, e.g. 2026-03-02")
    return value


def _in_every_zone(value: datetime) -> datetime:
    """A moment at the ends of the calendar has no local time."""
    if value.year in (MINYEAR, MAXYEAR):
        raise PydanticCustomError("datetime_parsing", "should be a moment, e.g. 2026-03-02T09:00:00+08:00")
    return value


def _is_number(value: Any) -> bool:
    if not isinstance(value, str):
        return isinstance(value, int | float)
    try:
        float(value)
    except ValueError:
        return False
    return True


Day = Annotated[date, BeforeValidator(_no_day), AfterValidator(_away_from_the_ends)]
"""A day by ISO 8601, a century away from the ends of the calendar."""
Moment = Annotated[AwareDatetime, BeforeValidator(_no_moment), AfterValidator(_in_every_zone)]
"""A moment by ISO 8601, with its offset."""
