from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.loop.files.file_making import SHANGHAI

from xiuhua.platform.tables import cells
from xiuhua.platform.tables.texts import EN, ZH, Unreadable, say


def why(error: pytest.ExceptionInfo[Unreadable], lang: str) -> str:
    return say(lang, error.value.code, **error.value.params)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-02 14:05", "2026-03-02T06:05:00+00:00"),
        ("2026-03-02T14:05:33.250", "2026-03-02T06:05:33+00:00"),
        ("2026-03-02T06:05:00Z", "2026-03-02T06:05:00+00:00"),
        ("2026-03-02T14:05:00+08:00", "2026-03-02T06:05:00+00:00"),
        ("2019/4/8 8:37:20", "2019-04-08T00:37:20+00:00"),
        ("2026.3.2 14:05", "2026-03-02T06:05:00+00:00"),
        ("2026年3月2日 14:05", "2026-03-02T06:05:00+00:00"),
        ("2026年3月2日14时5分33秒", "2026-03-02T06:05:33+00:00"),
        ("2026年3月2日 星期一 下午2:05", "2026-03-02T06:05:00+00:00"),
        ("2026年3月2日(周一)上午8点", "2026-03-02T00:00:00+00:00"),
        ("2026/3/2 2:05 PM", "2026-03-02T06:05:00+00:00"),
        ("2026/3/2 上午12:30", "2026-03-01T16:30:00+00:00"),
        ("２０２６年３月２日　１４：０５", "2026-03-02T06:05:00+00:00"),
        ("20260302", "2026-03-01T16:00:00+00:00"),
        ("20260302140533", "2026-03-02T06:05:33+00:00"),
        ("46083.5868055556", "2026-03-02T06:05:00+00:00"),
        (46083.5868055556, "2026-03-02T06:05:00+00:00"),
        (20260302.0, "2026-03-01T16:00:00+00:00"),
        (datetime(2026, 3, 2, 14, 5), "2026-03-02T06:05:00+00:00"),
        (date(2026, 3, 2), "2026-03-01T16:00:00+00:00"),
    ],
)
def test_moments_are_read_as_offices_write_them(cell: cells.Cell, expected: str) -> None:
    assert cells.moment(cell, SHANGHAI)[0].isoformat() == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-12-31 23:59:59", "2026-12-31T15:59:59+00:00"),
        ("2026-12-31 24:00", "2026-12-31T16:00:00+00:00"),
        ("2027年1月1日 0:00", "2026-12-31T16:00:00+00:00"),
        ("2027年1月1日 上午12:30", "2026-12-31T16:30:00+00:00"),
        ("2026-12-31T23:30:00Z", "2026-12-31T23:30:00+00:00"),
        ("2026-12-31T16:30:00-08:00", "2027-01-01T00:30:00+00:00"),
        (46387.99999, "2026-12-31T15:59:59+00:00"),
        (46388.0, "2026-12-31T16:00:00+00:00"),
    ],
)
def test_clocks_go_across_the_end_of_the_year(cell: cells.Cell, expected: str) -> None:
    assert cells.moment(cell, SHANGHAI)[0].isoformat() == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("前天下午三点", "not_a_moment"),
        ("3月2日", "not_a_moment"),
        ("12/31/2026", "not_a_moment"),
        ("26/3/2 14:05", "not_a_moment"),
        ("2026/3/214:05", "not_a_moment"),
        ("2026年3月2日14点半", "not_a_moment"),
        ("2026-03-02 14:", "not_a_moment"),
        ("0", "not_a_moment"),
        ("1556155929000", "not_a_moment"),
        ("2026-02-30", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("2026-03-02 25:00", "no_such_day"),
        ("2026-03-02 24:01", "no_such_day"),
        ("2026-03-02 上午14:05", "no_such_day"),
        ("1900-01-00", "no_such_day"),
        ("1989-12-31 23:59", "too_early"),
    ],
)
def test_nothing_is_guessed(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        cells.moment(text, SHANGHAI)
    assert error.value.code == code


def test_what_a_person_sees_of_a_time_in_words() -> None:
    with pytest.raises(Unreadable) as error:
        cells.moment("前天下午三点", SHANGHAI)
    assert why(error, ZH).startswith("“前天下午三点”不是确切的日期时间，系统不作猜测；请写成 2026-03-02 14:05 的样子")
    assert why(error, EN).startswith("“前天下午三点” is no exact date and time and nothing is guessed; write it like")


def test_own_formats_come_first_and_may_carry_an_offset() -> None:
    formats = ("%d.%m.%Y %H:%M", "%m-%d-%Y %z")
    assert cells.moment("02.03.2026 14:05", SHANGHAI, formats) == (datetime(2026, 3, 2, 6, 5, tzinfo=UTC), True)
    assert cells.moment("03-02-2026 +0100", SHANGHAI, formats) == (datetime(2026, 3, 1, 23, tzinfo=UTC), False)


STYLES = (
    "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒",
    "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %I:%M:%S %p",
)  # fmt: skip


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)).map(lambda one: one.replace(microsecond=0)),
    st.sampled_from(STYLES),
)
def test_every_moment_reads_back_in_every_style(local: datetime, style: str) -> None:
    zone = ZoneInfo("Asia/Kathmandu")  # a quarter of an hour off, without summer time
    assert cells.moment(local.strftime(style), zone)[0] == local.replace(tzinfo=zone)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_named_as_none(text: str) -> None:
    try:
        found, _ = cells.moment(text, SHANGHAI)
    except Unreadable as error:
        assert say(ZH, error.code, **error.params) and say(EN, error.code, **error.params)
    else:
        assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("\n\t\t\t\n\t\t井盖破损，\r\n\t\t请修。\n\t\n", "井盖破损，\n请修。"),
        ("\u3000\u3000幸福路\xa0\xa03号\u200b", "幸福路 3号"),
        ("\ufeffA\u202eB\x00C\x07D\u00ad", "ABCD"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f 🐈\u200d⬛", "👨\u200d👩\u200d👧 ❤\ufe0f 🐈\u200d⬛"),
        ("中\u200d文", "中文"),
        ("𠮷野\ue000", "𠮷野\ue000"),
        ("第一\u2028第二\x0b第三\x85第四", "第一\n第二\n第三\n第四"),
        ("lone \ud83d half", "lone half"),
    ],
)
def test_texts_lose_their_dirt_and_keep_their_emoji(raw: str, tidied: str) -> None:
    assert cells.tidy(raw) == tidied


@given(st.text())
def test_tidy_twice_is_tidy_once_and_leaves_no_control_character(text: str) -> None:
    tidied = cells.tidy(text)
    assert cells.tidy(tidied) == tidied
    assert not any(unicodedata.category(one) in ("Cc", "Cs") and one != "\n" for one in tidied)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2549.0, "2549"), (0.5, "0.5"), (13812345678.0, "13812345678"), (True, "True"), ("x", "x"),
        (datetime(2026, 3, 2), "2026-03-02"), (datetime(2026, 3, 2, 14, 5), "2026-03-02 14:05:00"),
        (date(2026, 3, 2), "2026-03-02"), (clock_time(14, 5), "14:05:00"),
    ],
)  # fmt: skip
def test_cells_become_text_that_reads_back(cell: cells.Cell, text: str) -> None:
    assert cells.plain(cell) == text


@pytest.mark.parametrize(
    ("cell", "code", "zh"),
    [
        ("#N/A", "formula_error", "公式出错（#N/A）"),
        (2.020032500012346e17, "digits_lost", "数字 2.02003E+17 超过 15 位"),
    ],
)
def test_spoiled_cells_are_refused(cell: cells.Cell, code: str, zh: str) -> None:
    with pytest.raises(Unreadable) as error:
        cells.content(cell)
    assert error.value.code == code
    assert why(error, ZH).startswith(zh)


@pytest.mark.parametrize("text", ["2.02003E+17", "1e18", "2.020032500012346e+17"])
def test_an_id_that_a_spreadsheet_has_shortened_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="digits_lost"):
        cells.identifier(text)
    assert cells.identifier("2020E15-7") == "2020E15-7"


@pytest.mark.parametrize(
    ("text", "comma", "pair"),
    [
        ("116.39,39.9", False, (116.39, 39.9)), ("116.39，39.9", False, (116.39, 39.9)),
        ("(116.39 39.9)", False, (116.39, 39.9)), ("116,39; 39,9", True, (116.39, 39.9)),
        ("116.39/39.9", False, (116.39, 39.9)), ("-0.5 | 1", False, (-0.5, 1.0)),
    ],
)  # fmt: skip
def test_points_in_one_cell(text: str, comma: bool, pair: tuple[float, float]) -> None:
    assert cells.pair(text, comma) == pair


@pytest.mark.parametrize(
    "text", ["116.39", "116.39,39.9,5", "116,39,39,9", "东经116", "116°23′,39°54′", "nan,inf", "1e2,3"]
)
def test_what_is_no_point(text: str) -> None:
    with pytest.raises(Unreadable, match="not_a_point"):
        cells.pair(text)


@pytest.mark.parametrize("text", ["116,3974", "116°23′50″", "nan", "1_000", "１１６．３。"])
def test_what_is_no_number_of_degrees(text: str) -> None:
    with pytest.raises(Unreadable, match="not_a_number"):
        cells.degrees(text)
    assert cells.degrees("１１６，３９７４", decimal_comma=True) == 116.3974


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (39.9, 116.4, "swapped"), (0.0, 0.0, "null_point"), (500000.0, 4400000.0, "projected"),
        (200.0, 39.9, "out_of_range"), (116.4, 91.0, "out_of_range"),
    ],
)  # fmt: skip
def test_absurd_places(lon: float, lat: float, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        cells.check_point(lon, lat)
    assert error.value.code == code
    assert why(error, ZH) and why(error, EN)


@pytest.mark.parametrize(
    ("text", "flag"), [("是", True), ("否", False), ("y", True), ("１", True), ("0", False), ("√", True)]
)
def test_yes_and_no(text: str, flag: bool) -> None:
    assert cells.flag(text) is flag


def test_lists_in_one_cell() -> None:
    assert cells.pieces("占道，油烟、噪音; 夜间\n 扰民") == ("占道", "油烟", "噪音", "夜间", "扰民")
