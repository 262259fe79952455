"""A city's calendars and holidays as lists for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiuhua.city.calendars.holidays import HolidayRow
from xiuhua.city.calendars.reading import contents, sql
from xiuhua.city.calendars.spec import spec_json
from xiuhua.platform.database import Tx


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One calendar of a list."""

    code: str
    name: str
    zone: str
    digest: str
    """Of everything its deadlines depend on."""
    follows_holidays: bool
    announced_through: int
    """Last year whose official arrangement is known; deadlines after it are provisional."""
    roles: tuple[str, ...]
    """Roles whose clocks follow it."""
    versions: tuple[dict[str, Any], ...]
    """`from`, `to` and the written form of each."""


def calendars(tx: Tx, city: str) -> list[CalendarLine]:
    """The calendars of a city by code."""
    followers: dict[str, list[str]] = {}
    for row in tx.execute(sql()["roles"], {"city": city, "known": None}):
        followers.setdefault(row.calendar, []).append(row.role)
    lines = []
    for content in contents(tx, city):
        spec = content.versions[-1].spec
        versions = tuple(
            {"from": one.valid_from, "to": one.valid_to, "calendar": spec_json(one.spec)} for one in content.versions
        )
        lines.append(
            CalendarLine(
                spec.code, spec.name, spec.zone, content.digest(), spec.follows_holidays,
                content.holidays.announced_through, tuple(followers.get(spec.code, ())), versions,
            )
        )  # fmt: skip
    return lines


def holidays(tx: Tx, city: str, year: int | None = None) -> list[HolidayRow]:
    """The days that official arrangements change, in order; of one year."""
    rows = tx.execute(sql()["holidays"], {"city": city, "known": None})
    return [HolidayRow(*row) for row in rows if year in (None, row.day.year)]


def announced(tx: Tx, city: str) -> list[int]:
    """Years whose arrangement is known."""
    return [row.year for row in tx.execute(sql()["announced"], {"city": city, "known": None})]
