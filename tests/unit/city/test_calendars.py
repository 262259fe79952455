"""Deadlines by example: official holidays, seasons, nights, zones. Properties: test_calendar_oracle.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from chinese_calendar import constants

from xiuhua.city.calendars import shipped
from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_content, parse_spec
from xiuhua.city.calendars.holidays import table
from xiuhua.city.calendars.limits import KIND_CODES, KINDS, epoch, moment, thousandths
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.spec import CalendarSpec, Content, Counting, Dated, Holidays
from xiuhua.platform.errors import Invalid

SPECS = {written["code"]: parse_spec(written) for written in shipped.declared()[0]}
OFFICIAL = table(shipped.holidays().rows, range(2004, 2027))
WEEK = ("mon", "tue", "wed", "thu", "fri")


def calendar(spec: str | CalendarSpec = "office", holidays: Holidays = OFFICIAL) -> WorkCalendar:
    found = SPECS[spec] if isinstance(spec, str) else spec
    return compile_calendar(Content((Dated(found, date(2000, 1, 1)),), holidays))


def written(**changes: Any) -> dict[str, Any]:
    season = {
        "from": "01-01",
        "to": "12-31",
        "weekdays": {name: ["08:00-12:00", "14:00-18:00"] for name in WEEK},
    }
    return {"code": "test", "name": "test", "zone": "Asia/Shanghai", "seasons": [season]} | changes


def nights(days: tuple[str, ...] = WEEK, zone: str = "Asia/Shanghai") -> CalendarSpec:
    weekdays = {name: ["22:00-06:00"] for name in days}
    return parse_spec(written(zone=zone, seasons=[{"from": "01-01", "to": "12-31", "weekdays": weekdays}]))


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
        (Counting(work_day_ends="hours"), "2026-03-02 10:00", "work_day", "2026-03-04 12:00"),
        (
            Counting(work_day_ends="hours", work_day_minutes=420),
            "2026-03-02 10:00",
            "work_day",
            "2026-03-04 10:00",
        ),
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
        (
            "2026-03-03 02:00",
            "1",
            "work_day",
            "2026-03-04 06:00",
        ),  # still Monday's shift, Tuesday's is the first
        ("2026-03-03 06:00", "1", "work_day", "2026-03-05 06:00"),  # Monday's is over, Tuesday does not count
        ("2026-03-07 07:00", "1", "work_day", "2026-03-10 06:00"),
    ],
)
def test_a_night_shift_belongs_to_the_evening_it_began_on(start: str, amount: str, kind: str, expected: str) -> None:
    assert due(calendar(nights()), start, amount, kind)[0] == expected


@pytest.mark.parametrize(
    ("evening", "hours"), [("2026-10-24 20:00", 9), ("2026-03-28 20:00", 7), ("2026-06-01 20:00", 8)]
)
def test_a_night_of_the_clock_change_is_longer_or_shorter(evening: str, hours: int) -> None:
    found = calendar(nights((*WEEK, "sat", "sun"), "Europe/Berlin"))
    begin = at(evening, "Europe/Berlin")

    assert found.worked_one(begin, begin + 15 * 3600) == hours * 3600


def test_a_deadline_past_the_last_announced_year_is_provisional_until_it_is_announced() -> None:
    days = [f"2027-01-0{n}" for n in (1, 2, 3)]
    announced = Holidays(OFFICIAL.off | {date.fromisoformat(day) for day in days}, OFFICIAL.working, 2027)

    assert due(calendar(), "2026-12-31 15:30", "2", "work_hour") == ("2026-12-31 17:30", False)
    assert due(calendar(), "2026-12-31 15:30", "4", "work_hour") == ("2027-01-01 10:30", True)
    assert due(calendar(holidays=announced), "2026-12-31 15:30", "4", "work_hour") == (
        "2027-01-04 10:30",
        False,
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("office", "urgent_hour"),
        ("office", "calendar_day"),
        ("patrol", "work_hour"),
        ("round_the_clock", "work_day"),
    ],
)
def test_what_no_holiday_can_move_is_never_provisional(code: str, kind: str) -> None:
    assert not due(calendar(code), "2027-03-01 10:00", "4", kind)[1]


def test_without_any_announced_year_every_work_deadline_is_provisional() -> None:
    assert due(calendar(holidays=Holidays()), "2026-03-02 10:00", "1", "work_hour") == (
        "2026-03-02 11:00",
        True,
    )


def test_new_hours_hold_from_their_day_on_and_new_counting_for_starts_from_then() -> None:
    early = parse_spec(written(seasons=[{"from": "01-01", "to": "12-31", "weekdays": {"mon": ["06:00-10:00"]}}]))
    later = parse_spec(written(work_day_ends="hours"))
    content = Content((Dated(early, date(2020, 1, 1), date(2026, 3, 1)), Dated(later, date(2026, 3, 2))), Holidays())
    found = compile_calendar(content)

    assert due(found, "2026-02-23 09:00", "2", "work_hour")[0] == "2026-03-02 09:00"
    assert due(found, "2026-02-23 05:00", "1", "work_day")[0] == "2026-03-02 18:00"
    assert due(found, "2026-03-02 09:00", "1", "work_day")[0] == "2026-03-03 09:00"
    assert due(found, "2010-03-01 05:00", "1", "work_hour")[0] == "2010-03-01 07:00"


def test_a_batch_of_both_ways_of_counting_equals_one_by_one() -> None:
    versions = (
        Dated(SPECS["office"], date(2000, 1, 1), date(2026, 2, 28)),
        Dated(replace(SPECS["office"], counting=Counting(work_day_ends="hours")), date(2026, 3, 1)),
    )
    found = compile_calendar(Content(versions, OFFICIAL))
    starts = np.arange(at("2026-02-20 00:00"), at("2026-03-10 00:00"), 5 * 3600 + 7, dtype=np.int64)
    kinds = np.full(starts.shape, KIND_CODES["work_day"], np.int8)

    dues, _ = found.deadline(starts, np.full(starts.shape, 2000), kinds)

    assert dues.tolist() == [found.deadline_one(start, 2000, "work_day")[0] for start in starts.tolist()]


def test_the_shipped_holidays_are_those_of_the_package_they_come_from() -> None:
    rows = shipped.holidays()

    assert {row.day for row in rows.rows if row.kind == "holiday"} == set(constants.holidays)
    assert {row.day for row in rows.rows if row.kind == "workday"} == set(constants.workdays)
    assert rows.whole_years() == set(range(2004, 2027)) and not rows.warnings


def test_the_digest_names_what_deadlines_hang_on_and_nothing_else() -> None:
    base, other = SPECS["office"], replace(SPECS["office"], workday_as=4)
    digests = {
        name: Content((Dated(spec, date(2000, 1, 1)),), holidays).digest()
        for name, spec, holidays in (
            ("base", base, OFFICIAL), ("renamed", replace(base, name="x"), OFFICIAL),
            ("changed", other, OFFICIAL), ("fewer holidays", base, Holidays()),
            ("patrol", SPECS["patrol"], OFFICIAL), ("patrol without", SPECS["patrol"], Holidays()),
        )
    }  # fmt: skip

    assert digests["base"] == digests["renamed"] and digests["patrol"] == digests["patrol without"]
    assert len(set(digests.values())) == 4


def test_a_kept_content_compiles_to_the_same_calendar() -> None:
    content = Content((Dated(nights(), date(2000, 1, 1)),), OFFICIAL)

    assert parse_content(content.to_json()) == content


def test_past_the_compiled_years_there_is_no_deadline() -> None:
    found = compile_calendar(Content((Dated(SPECS["office"], date(2000, 1, 1)),), OFFICIAL), 2020, 2027)

    for start, amount in (("2019-12-31 10:00", "1"), ("2027-12-31 10:00", "100"), ("2028-01-01 00:00", "1")):
        with pytest.raises(Invalid, match="year"):
            due(found, start, amount, "work_hour")


@pytest.mark.parametrize("amount", ["-1", "0.0001", "x", "NaN", "Infinity", ""])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(Invalid, match="not an amount"):
        thousandths(amount)


def test_amounts_and_moments_are_whole_seconds() -> None:
    assert thousandths("1.5") == thousandths(Decimal("1.5")) == 1500
    assert epoch(datetime.fromisoformat("2026-03-02T10:00:00.999999+08:00")) == at("2026-03-02 10:00")
    assert calendar().deadline_one(0 + at("2026-03-02 10:00"), 333, "urgent_hour")[0] == at("2026-03-02 10:19:59")


@pytest.mark.parametrize(("amounts", "kinds"), [([-1], [0]), ([1], [7]), ([1], [-1])])
def test_a_batch_with_a_limit_that_is_none_is_refused(amounts: list[int], kinds: list[int]) -> None:
    with pytest.raises(Invalid, match="below zero or an unknown kind"):
        calendar().deadline(np.array([at("2026-03-02 10:00")]), np.array(amounts), np.array(kinds, np.int8))


def test_an_empty_batch_has_no_deadlines() -> None:
    empty = np.empty(0, np.int64)

    dues, provisional = calendar().deadline(empty, empty, np.empty(0, np.int8))

    assert dues.size == provisional.size == 0


def test_every_kind_has_its_code() -> None:
    assert [KIND_CODES[kind] for kind in KINDS] == list(range(7))
    with pytest.raises(Invalid, match="not a kind"):
        due(calendar(), "2026-03-02 10:00", "1", "lunar_day")
