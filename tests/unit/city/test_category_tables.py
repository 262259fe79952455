"""Files as offices keep them, and the plans by which they are read."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.filing_rows import read_rows
from xiuhua.city.categories.limits import PlainUnits
from xiuhua.city.categories.model import LimitKind
from xiuhua.city.categories.plan import ImportPlan, read_plan
from xiuhua.city.categories.tables import Row, read_table
from xiuhua.platform.errors import Invalid

OLD = "GB/T 30428.2"


def test_a_workbook_with_merged_cells_two_sheets_and_a_title(tmp_path: Path) -> None:
    book = Workbook()
    del book["Sheet"]
    for sheet, code in (("部件", "0101"), ("事件", "0110")):
        page = book.create_sheet(sheet)
        page.append(["立案、处置和结案标准"])
        page.append(["代码", "立案条件", "时限", "结案条件"])
        page.append([code, "甲", "2工作日", "修复"])
        page.append([None, "乙", "2工作日", "修复"])
    book.save(tmp_path / "a.xlsx")
    columns = {
        "code": "代码",
        "filing_condition": "立案条件",
        "limit": "时限",
        "closing_condition": "结案条件",
    }
    plan = ImportPlan("test", OLD, columns=columns, fill_down=True)

    parsed = read_rows(read_table(tmp_path / "a.xlsx", plan.needed()), plan, "990101", Catalogue([]))

    assert [(one.kind, one.code, one.text) for one in parsed.drafts] == [
        ("part", "0101", "甲"), ("part", "0101", "乙"), ("matter", "0110", "甲"), ("matter", "0110", "乙"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_text('代码,立案条件\n0101,"破损,缺失"\n\n', encoding=encoding)

    rows = read_table(tmp_path / "a.csv", ["代码"])

    assert rows == [Row("a.csv", 2, {"代码": "0101", "立案条件": "破损,缺失"})]


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "gone.tsv", "a.tsv", "b.csv"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pdf").write_text("x")
    (tmp_path / "a.xlsx").write_text("x")
    (tmp_path / "a.tsv").write_text("other\theader\n")
    (tmp_path / "b.csv").write_bytes(b"\xff\xff\xff")

    with pytest.raises(Invalid) as caught:
        read_table(tmp_path / name, ["code"])

    assert caught.value.params["errors"][0]["file"] == name


def test_a_plan_from_flat_fields() -> None:
    plan = read_plan(
        {"set": "s-1", "standard": OLD, "plain_day": "work_day", "valid_from": "2026-01-01",
         "column.limit": "a|b", "fill_down": "yes", "whole": "是"}
    )  # fmt: skip

    assert plan.limit_headers() == ("a", "b") and plan.plain_units == PlainUnits(None, LimitKind.WORK_DAY)
    assert plan.needed() == {"code", "filing_condition", "closing_condition", "a", "b"}
    assert (plan.valid_from, plan.whole, plan.fill_down) == (date(2026, 1, 1), True, True)


def test_a_plan_names_all_its_errors() -> None:
    with pytest.raises(Invalid) as caught:
        read_plan({"set": "A B", "plain_hour": "hour", "valid_from": "x", "colour": "red", "column.x": "y"})

    assert {error["field"] for error in caught.value.params["errors"]} == {
        "set", "standard", "plain_hour", "valid_from", "colour", "column.x",
    }  # fmt: skip
