"""Calendars by example: real holidays, seasons, nights, zones, errors. Properties: test_calendar_oracle.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from chinese_calendar import constants
from ruamel.yaml import YAML

from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_content, parse_spec
from xiuhua.city.calendars.holidays import check_rows, read_csv, table
from xiuhua.city.calendars.limits import KIND_CODES, KINDS, epoch, moment, thousandths
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.spec import CalendarSpec, Content, Counting, Dated, Holidays, spec_json
from xiuhua.platform.errors import Invalid

PACK = Path(str(files("xiuhua.packs").joinpath("library/holidays-cn")))
SPECS = {s["code"]: parse_spec(s) for s in YAML(typ="safe", pure=True).load(PACK / "calendars.yaml")["calendars"]}
OFFICIAL = table(read_csv(PACK / "holidays.csv").rows, range(2004, 2027))
WEEK = ("mon", "tue", "wed", "thu", "fri")


def calendar(spec: str | CalendarSpec = "office", holidays: Holidays = OFFICIAL) -> WorkCalendar:
    found = SPECS[spec] if isinstance(spec, str) else spec
    return compile_calendar(Content((Dated(found, date(2000, 1, 1)),), holidays))


def written(**changes: Any) -> dict[str, Any]:
    season = {"from": "01-01", "to": "12-31", "weekdays": {name: ["08:00-12:00", "14:00-18:00"] for name in WEEK}}
    return {"code": "test", "name": "test", "zone": "Asia/Shanghai", "seasons": [season]} | changes


def nights(**changes: Any) -> CalendarSpec:
    weekdays = {name: ["22:00-01:00", "02:00-06:00"] for name in WEEK}
    weekdays = {name: ["22:00-06:00"] for name in weekdays}
    return parse_spec(written(seasons=[{"from": "01-01", "to": "12-31", "weekdays": weekdays}], **changes))


def at(text: str, zone: str = "Asia/Shanghai") -> int:
    return epoch(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def due(found: WorkCalendar, start: str, amount: str, kind: str) -> tuple[str, bool]:
    second, provisional = found.deadline_one(at(start, found.zone), thousandths(amount), kind)
    return f"{moment(second).astimezone(ZoneInfo(found.zone)):%Y-%m-%d %H:%M}", provisional


@pytest.mark.parametrize(
    ("start", "amount", "kind", "expected"),
    [
        ("2026-02-13 15:30", "4", "work_hour", "2026-02-14 10:30"),  # the Saturday before is worked
        ("2026-02-14 16:00", "4", "work_hour", "2026-02-24 11:00"),  # nine days off
        ("2026-02-14 16:00", "1", "work_day", "2026-02-24 17:30"),
        ("2026-02-14 16:00", "5", "work_day", "2026-02-28 17:30"),  # and the Saturday after
        ("2026-02-14 16:00", "4", "urgent_hour", "2026-02-14 20:00"),
        ("2026-02-14 16:00", "2", "urgent_day", "2026-02-16 16:00"),
        ("2026-02-14 16:00", "2", "calendar_day", "2026-02-17 00:00"),
        ("2026-02-14 16:00", "15", "urgent_minute", "2026-02-14 16:15"),
        ("2026-02-14 17:15", "30", "work_minute", "2026-02-24 08:45"),
        ("2026-10-09 17:00", "1", "work_hour", "2026-10-10 09:00"),  # 调休 after the National Day
        ("2028-02-28 16:30", "2", "work_hour", "2028-02-29 09:30"),  # 29 February
        ("2028-02-28 16:30", "1", "work_day", "2028-02-29 17:30"),
    ],
)
def test_deadlines_across_official_holidays(start: str, amount: str, kind: str, expected: str) -> None:
    assert due(calendar(), start, amount, kind)[0] == expected


@pytest.mark.parametrize(
    ("start", "amount", "kind", "expected"),
    [
        ("2026-03-02 08:30", "3.5", "work_hour", "2026-03-02 12:00"),  # the end of an interval stays
        ("2026-03-02 08:30", "7", "work_hour", "2026-03-02 17:30"),
        ("2026-03-02 12:30", "1", "work_hour", "2026-03-02 15:00"),  # a start outside waits for work
        ("2026-03-06 20:00", "1", "work_hour", "2026-03-09 09:30"),
        ("2026-03-07 10:00", "1", "work_day", "2026-03-09 17:30"),  # Saturday is the day that does not count
        ("2026-03-02 07:00", "1", "work_day", "2026-03-03 17:30"),
        ("2026-03-02 17:30", "1", "work_day", "2026-03-03 17:30"),
        ("2026-03-02 15:00", "0.5", "work_day", "2026-03-03 09:30"),  # 3.5 of the 7 hours
        ("2026-03-02 15:00", "1.5", "work_day", "2026-03-04 12:00"),
        ("2026-05-29 16:30", "2", "work_hour", "2026-06-01 09:30"),
        ("2026-06-01 17:00", "2", "work_hour", "2026-06-02 09:30"),  # summer: until 18:00
        ("2026-03-02 10:00", "0", "work_hour", "2026-03-02 10:00"),
        ("2026-03-02 10:00", "0", "work_day", "2026-03-02 10:00"),
    ],
)
def test_deadlines_at_the_edges_of_work_time(start: str, amount: str, kind: str, expected: str) -> None:
    assert due(calendar(), start, amount, kind) == (expected, False)


@pytest.mark.parametrize(
    ("counting", "start", "kind", "expected"),
    [
        (Counting(start_day_counts=True), "2026-03-02 10:00", "work_day", "2026-03-03 17:30"),
        (Counting(start_day_counts=True), "2026-03-02 18:00", "work_day", "2026-03-04 17:30"),
        (Counting(start_day_counts=True), "2026-03-02 10:00", "calendar_day", "2026-03-04 00:00"),
        (Counting(work_day_ends="hours"), "2026-03-02 10:00", "work_day", "2026-03-04 11:00"),
        (Counting(work_day_ends="hours", work_day_minutes=420), "2026-03-02 10:00", "work_day", "2026-03-04 10:00"),
        (Counting(calendar_day_ends="hours"), "2026-03-02 10:00", "calendar_day", "2026-03-04 10:00"),
    ],
)
def test_two_days_by_each_way_of_counting(counting: Counting, start: str, kind: str, expected: str) -> None:
    found = calendar(replace(SPECS["office"], counting=counting))

    assert due(found, start, "2", kind) == (expected, False)


def test_a_patrol_check_is_not_overdue_every_night() -> None:
    assert due(calendar("patrol"), "2026-02-17 19:45", "30", "work_minute") == ("2026-02-18 07:15", False)
    assert due(calendar("round_the_clock"), "2026-02-17 23:45", "30", "work_minute")[0] == "2026-02-18 00:15"


@pytest.mark.parametrize(
    ("start", "amount", "kind", "expected"),
    [
        ("2026-03-03 05:00", "2", "work_hour", "2026-03-03 23:00"),
        ("2026-03-03 02:00", "1", "work_day", "2026-03-04 06:00"),  # still Monday's shift, Tuesday's is the first
        ("2026-03-03 06:00", "1", "work_day", "2026-03-05 06:00"),  # Monday's is over, Tuesday does not count
        ("2026-03-07 07:00", "1", "work_day", "2026-03-10 06:00"),
    ],
)
def test_a_night_shift_belongs_to_the_evening_it_began_on(start: str, amount: str, kind: str, expected: str) -> None:
    assert due(calendar(nights()), start, amount, kind)[0] == expected


def test_an_hour_read_twice_is_worked_twice_and_a_skipped_one_not() -> None:
    found = calendar(nights(zone="Europe/Berlin", follows_holidays=False, workday_as="mon"))
    whole_week = replace(found_spec(), zone="Europe/Berlin")
    berlin = calendar(whole_week)

    assert found.zone == berlin.zone
    assert berlin.worked_one(at("2026-10-24 20:00", "Europe/Berlin"), at("2026-10-25 12:00", "Europe/Berlin")) == 9 * 3600
    assert berlin.worked_one(at("2026-03-28 20:00", "Europe/Berlin"), at("2026-03-29 12:00", "Europe/Berlin")) == 7 * 3600


def found_spec() -> CalendarSpec:
    weekdays = {name: ["22:00-06:00"] for name in (*WEEK, "sat", "sun")}
    return parse_spec(written(seasons=[{"from": "01-01", "to": "12-31", "weekdays": weekdays}]))
