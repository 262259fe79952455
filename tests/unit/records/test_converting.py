"""Rows of tables: columns by their titles, cells by the fields' types."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from xiuhua.packs.kinds import Register
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault
from xiuhua.records.converting import Columns, Converter, matched, spellings
from xiuhua.records.model import Declared

REGISTER = Register.model_validate({
    "title": {"zh": "道路", "en": "Road"}, "key": "code", "geometry": "point",
    "fields": {
        "code": {"type": "text", "required": True, "title": {"zh": "编号", "en": "Number"}},
        "grade": {"type": "choice", "of": ["main", "branch"], "title": {"zh": "等级", "en": "Grade"},
                  "titles": {"main": {"zh": "主干路", "en": "Main"}, "branch": {"zh": "支路", "en": "Branch"}}},
        "length": {"type": "decimal", "unit": "m", "title": {"zh": "长度", "en": "Length"}},
        "lanes": {"type": "integer", "title": {"zh": "车道数", "en": "Lanes"}},
        "lit": {"type": "boolean", "title": {"zh": "有路灯", "en": "Lit"}},
        "built": {"type": "date", "title": {"zh": "建成日期", "en": "Built"}},
        "upkeep": {"type": "unit", "title": {"zh": "养护单位", "en": "Kept up by"}},
        "tags": {"type": "text", "many": True, "title": {"zh": "标签", "en": "Tags"}},
    },
})  # fmt: skip
DECLARED = Declared("road", "d" * 64, REGISTER)
KNOWN = {titles.key(one): name for name, all_ in spellings(DECLARED).items() for one in all_}
TITLES = ["编号", "等级", "长度", "车道数", "有路灯", "建成日期", "养护单位", "标签", "经度", "纬度"]


def read(*cells: Any) -> dict[str, Any] | list[Fault]:
    columns = Columns(matched(KNOWN, [TITLES], ["code"]))
    named = {"unit": {"市政所": "roads"}}
    converter = Converter(DECLARED, columns, TITLES, ZoneInfo("Asia/Shanghai"), named)
    return converter.convert(Row(2, tuple(cells)))


def test_a_row_is_read_by_its_fields() -> None:
    found = read("R1", "主干路", "约1.2km", "6", "是", "2019年5月1日", "市政所", "学校、商圈", "105.31", 29.1)

    assert found == {
        "code": "R1", "grade": "main", "length": "1200", "lanes": 6, "lit": True, "built": "2019-05-01",
        "upkeep": "roads", "tags": ["学校", "商圈"], "place": {"lon": 105.31, "lat": 29.1, "datum": "wgs84"},
    }  # fmt: skip


def test_cells_of_workbooks_keep_their_types() -> None:
    found = read("R1", "branch", 12.5, 4.0, False, datetime(2019, 5, 1), "roads", "", 105.31, 29.1)
    assert isinstance(found, dict)

    assert (found["length"], found["lanes"], found["lit"], found["built"]) == ("12.5", 4, False, "2019-05-01")
    assert found["upkeep"] == "roads" and "tags" not in found


def test_what_is_only_about_is_counted() -> None:
    columns = Columns(matched(KNOWN, [TITLES], ["code"]))
    converter = Converter(DECLARED, columns, TITLES, ZoneInfo("Asia/Shanghai"), {})
    for length, lanes in (("约1.2km", "4"), ("30余米", "约6"), ("30", "2")):
        assert isinstance(converter.convert(Row(2, ("R1", "", length, lanes, *[""] * 6))), dict)

    assert converter.about == 3


@pytest.mark.parametrize("empty", ["", "-", "—", "无", "N/A"])
def test_what_says_nothing_gives_nothing(empty: str) -> None:
    assert read("R1", *[empty] * 9) == {"code": "R1"}


def test_all_that_is_wrong_is_told_by_column() -> None:
    found = read("R1", "高速", "12吨", "2.5", "也许", "2019-13-01", "市政所", "", "105.31", "")
    assert isinstance(found, list)

    assert {(one.column, one.code) for one in found} == {
        ("等级", "unknown_choice"), ("长度", "other_unit"), ("车道数", "not_whole"), ("有路灯", "not_a_flag"),
        ("建成日期", "no_such_day"), ("经度", "half_a_point"),
    }  # fmt: skip
    assert all(one.text("zh") and one.text("en") for one in found)


def test_the_row_of_titles_that_knows_most_is_the_header() -> None:
    rows = [["编号"], ["Number", "Grade", "别的"], ["编 号", "等级", "长度", "长度"]]

    assert matched(KNOWN, rows, ["code"]) == {"code": "编 号", "grade": "等级", "length": "长度"}
    assert matched(KNOWN, [["等级", "长度"], ["编号"]], ["code"]) == {"code": "编号"}
