"""Calendars and holiday tables as people write them: every error is named with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.holidays import HolidayRow, check_rows, read_csv, table
from xiuhua.city.calendars.spec import Season, spec_json
from xiuhua.platform.errors import Invalid

DAY = {"date": "2026-05-01", "kind": "holiday", "name": "劳动节"}


def season(**changes: Any) -> dict[str, Any]:
    return {"from": "01-01", "to": "12-31", "weekdays": {"mon": ["08:00-12:00"]}} | changes


def written(**changes: Any) -> dict[str, Any]:
    return {"code": "test", "name": "test", "zone": "Asia/Shanghai", "seasons": [season()]} | changes


@pytest.mark.parametrize(
    ("changes", "path", "why"),
    [
        ({"code": "No"}, "code", "pattern"),
        ({"zone": "Mars/Olympus"}, "zone", "not a time zone"),
        ({"zone": ""}, "zone", "not a time zone"),
        ({"zone": "../etc"}, "zone", "not a time zone"),
        ({"seasons": []}, "seasons", "at least 1"),
        ({"seasons": [season(to="06-31")]}, "seasons.0.to", "not a day of the year"),
        ({"seasons": [season(**{"from": "02-01"})]}, "", "31 days are in no season, the first is 01-01"),
        ({"seasons": [season(weekdays={})]}, "", "no work time at all"),
        ({"seasons": [season(weekdays={"mon": ["8-12"]})]}, "seasons.0.weekdays.mon", "not an interval"),
        ({"seasons": [season(weekdays={"mon": [480]})]}, "seasons.0.weekdays.mon", "not an interval"),
        ({"seasons": [season(weekdays={"mon": "08:00-12:00"})]}, "seasons.0.weekdays.mon", "a list"),
        ({"seasons": [season(weekdays={"mon": ["08:00-24:30"]})]}, "seasons.0.weekdays.mon", "after 24:00"),
        (
            {"seasons": [season(weekdays={"mon": ["08:00-12:00", "11:00-13:00"]})]},
            "seasons.0.weekdays.mon",
            "overlap",
        ),
        (
            {"seasons": [season(weekdays={"mon": ["08:00-12:00", "22:00-09:00"]})]},
            "seasons.0.weekdays.mon",
            "longer than 24 hours",
        ),
        (
            {"seasons": [season(weekdays={"monday": ["08:00-12:00"]})]},
            "seasons.0.weekdays.monday.[key]",
            "mon",
        ),
        ({"workday_as": "holiday"}, "workday_as", "mon"),
        ({"work_day_minutes": 0}, "work_day_minutes", "greater"),
        ({"work_days_end": "hours"}, "work_days_end", "Extra"),
    ],
)
def test_an_error_is_named_with_its_place(changes: dict[str, Any], path: str, why: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_spec(written(**changes))

    [error] = caught.value.params["errors"]
    assert error["path"] == path and why in error["why"]


def test_all_errors_are_named_at_once_with_the_place_given() -> None:
    with pytest.raises(Invalid) as caught:
        parse_spec(written(code="No", zone="x", workday_as="y"), "office")

    assert [error["path"] for error in caught.value.params["errors"]] == [
        "office.code", "office.zone", "office.workday_as",
    ]  # fmt: skip


def test_a_spec_is_written_as_it_was_read() -> None:
    weekdays = {"mon": ["00:00-24:00"], "tue": ["08:00-12:00", "22:00-06:00"], "wed": ["08:00-08:00"]}
    text = spec_json(parse_spec(written(seasons=[season(weekdays=weekdays)], on_holidays=["09:00-10:00"])))

    assert text["seasons"][0]["weekdays"] == weekdays and text["on_holidays"] == ["09:00-10:00"]
    assert spec_json(parse_spec(text)) == text


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        (501, 930, (501, 701, 930), (430, 1001)),
        (1116, 228, (1116, 1231, 101, 228, 229), (301, 1115)),
        (229, 301, (229, 301), (228, 302)),
    ],
)
def test_a_season_may_run_over_the_new_year_and_end_with_february(
    first: int, last: int, inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    found = Season(first, last, ((),) * 7)

    assert all(map(found.holds, inside)) and not any(map(found.holds, outside))


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        ({"date": "2026-02-30"}, "date", "not a date"),
        ({"date": "1 May"}, "date", "not a date"),
        ({"date": None}, "date", "not a date"),
        ({"kind": "vacation"}, "kind", "none of holiday, workday"),
        ({"name": " "}, "name", "missing"),
        ({"kind": "workday"}, "kind", "2026-05-01 is a holiday in row 1 already"),
    ],
)
def test_an_error_in_a_holiday_row_is_named(row: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_rows([DAY, DAY | row])

    [error] = caught.value.params["errors"]
    assert (error["row"], error["field"]) == (2, field) and why in error["why"]


def test_what_is_odd_is_a_warning() -> None:
    checked = check_rows([DAY, DAY, DAY | {"date": "2026-05-04", "kind": "workday"}])

    assert [warning["row"] for warning in checked.warnings] == [2, 3]
    assert "no weekend day" in checked.warnings[1]["why"] and len(checked.rows) == 2


@pytest.mark.parametrize("text", ["2026-05-01", "2026/5/1", "20260501", "2026.05.01", "2026年5月1日", " 2026-05-01 "])
def test_dates_come_in_many_forms(text: str) -> None:
    assert check_rows([DAY | {"date": text}]).rows == (HolidayRow(date(2026, 5, 1), "holiday", "劳动节"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_may_come_from_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "2026.csv"
    file.write_bytes("date,kind,name,remark\r\n2026-05-01,holiday,劳动节,\r\n".encode(encoding))

    assert read_csv(file).rows == (HolidayRow(date(2026, 5, 1), "holiday", "劳动节"),)


@pytest.mark.parametrize(
    ("content", "row", "field", "why"),
    [
        (b"day,kind,name\n", 1, "date", "column is missing"),
        (b"date,kind,name\n2026-05-01,holiday,x\n2026-13-01,holiday,x\n", 3, "date", "not a date"),
        (b"date,kind,name\n2026-05-01,holiday\n", 2, "name", "missing"),
        (b"\xff\xff\xff", 0, "", "neither UTF-8 nor GB 18030"),
    ],
)
def test_an_error_in_a_file_is_named_with_its_line(
    tmp_path: Path, content: bytes, row: int, field: str, why: str
) -> None:
    file = tmp_path / "2026.csv"
    file.write_bytes(content)

    with pytest.raises(Invalid) as caught:
        read_csv(file)

    [error] = caught.value.params["errors"]
    assert (error["file"], error["row"], error["field"]) == ("2026.csv", row, field) and why in error["why"]


@pytest.mark.parametrize(("years", "through"), [([], 0), ([2026], 2026), ([2025, 2026, 2028], 2026)])
def test_announced_years_count_as_long_as_none_is_missing(years: list[int], through: int) -> None:
    assert table([], years).announced_through == through


def test_some_days_of_a_year_do_not_announce_it() -> None:
    rows = [DAY | {"date": f"2026-05-{day:02}"} for day in range(1, 11)] + [DAY | {"date": "2027-01-01"}]

    assert check_rows(rows).whole_years() == {2026}
