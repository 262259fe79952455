"""A city's calendars as they stand, or stood, compiled."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_content, parse_spec
from xiuhua.city.calendars.holidays import HolidayRow, table
from xiuhua.city.calendars.model import Calendars, WorkCalendar
from xiuhua.city.calendars.spec import Content, Dated
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.sql import queries


def load_calendars(tx: Tx, city: str, known: datetime | None = None) -> Calendars:
    """All calendars of a city, compiled; `known` gives them as recorded by then. Keep the result in a
    `revision.Memory` under `REVISION`: compiling takes some milliseconds a calendar.
    """
    params = {"city": city, "known": known}
    roles = {row.role: row.calendar for row in tx.execute(sql()["roles"], params)}
    return Calendars({c.code: compile_calendar(c) for c in contents(tx, city, known)}, roles)


def load_version(tx: Tx, city: str, digest: str) -> WorkCalendar:
    """The calendar that has this digest, as it was when a clock was computed with it."""
    row = tx.execute(sql()["version"], {"city": city, "digest": digest}).fetchone()
    if row is None:
        raise NotFound(f"No calendar of {city} ever had the digest {digest}.", digest=digest)
    return compile_calendar(parse_content(row.content))


def contents(tx: Tx, city: str, known: datetime | None = None) -> list[Content]:
    """What each calendar of a city is made of, now or as known at a moment."""
    params = {"city": city, "known": known}
    days = [HolidayRow(*row) for row in tx.execute(sql()["holidays"], params)]
    holidays = table(days, [row.year for row in tx.execute(sql()["announced"], params)])
    rows = tx.execute(sql()["calendars"], params).fetchall()
    return [
        Content(tuple(Dated(parse_spec(row.spec), row.valid_from, row.valid_to) for row in versions), holidays)
        for _, versions in groupby(rows, key=lambda row: row.code)
    ]


def sql() -> dict[str, str]:
    """The named queries of this room."""
    return queries("xiuhua.city.calendars")
