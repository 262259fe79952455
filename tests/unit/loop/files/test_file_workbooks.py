from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.loop.files.file_making import (
    TITLES,
    csv_file,
    faults,
    mapping,
    old_workbook,
    refused,
    rows,
    rows_of,
    texts,
    workbook,
)  # fmt: skip

from xiuhua.platform.errors import Invalid
from xiuhua.platform.tables.texts import ZH, place_text


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "table"])
def test_the_content_tells_the_kind_whatever_the_name(tmp_path: Path, name: str) -> None:
    rows_ = [TITLES, *rows_of("井盖👷", "路灯")]
    text = "\n".join(",".join(row) for row in rows_)
    made = [
        workbook(tmp_path / name, rows_),
        old_workbook(tmp_path / f"old-{name}", rows_),
        csv_file(tmp_path / f"text-{name}", text),
    ]
    assert [texts(path) for path in made] == [["井盖👷", "路灯"]] * 3


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "a.xls", [TITLES], locked=True)
    assert refused(path) == ["a.xls：有密码保护；请去掉密码后另存"]


def test_merged_cells_are_named_by_their_region(tmp_path: Path) -> None:
    rows_: Sequence[Sequence[Any]] = [
        TITLES,
        ("A1", "2026-03-02", "好"),
        ("A2", None, "好"),
        ("A3", "2026-03-03", None),
    ]
    path = workbook(tmp_path / "a.xlsx", rows_, merged=["B2:B3", "B4:C4"])
    assert [faults(row) for row in rows(path)] == [
        [],
        [("时间", "在合并单元格 B2:B3 之内，没有自己的值；请取消合并并逐行填写，或在映射文件 fill_down 中写上这一列")],
        [("内容", "在合并单元格 B4:C4 之内，没有自己的值；请取消合并并逐格填写")],
    ]


def test_titles_merged_over_two_rows_are_one_header(tmp_path: Path) -> None:
    rows_ = [("台账", None, None), ("编号", "信息", None), (None, "时间", "内容"), ("A1", "2026-03-02", "好")]
    path = workbook(tmp_path / "a.xlsx", rows_, merged=["A1:C1", "A2:A3", "B2:C2"])
    assert [(row.number, row.cells) for row in rows(path)] == [(4, ("A1", "2026-03-02", "好"))]
    path = workbook(
        tmp_path / "b.xlsx", [TITLES, (None, None, None), *rows_of("好")], merged=["A1:A2", "B1:B2", "C1:C2"]
    )
    assert [row.number for row in rows(path)] == [3]


def test_a_label_merged_down_beside_the_table_hides_no_rows(tmp_path: Path) -> None:
    rows_ = [("一季度", *TITLES), *((None, *row) for row in rows_of("好", "好"))]
    path = workbook(tmp_path / "a.xlsx", rows_, merged=["A1:A3"])
    assert [row.number for row in rows(path)] == [2, 3]


def test_a_sheet_that_does_not_begin_in_its_corner(tmp_path: Path) -> None:
    rows_ = [(), (), (None, *TITLES), (), *((None, *row) for row in rows_of("好"))]
    path = workbook(tmp_path / "a.xlsx", rows_)
    assert [(row.number, row.cells[1]) for row in rows(path)] == [(5, "A1")]


def test_failed_formulas_are_seen_where_calamine_shows_nothing(tmp_path: Path) -> None:
    rows_ = [TITLES, ("A1", "#N/A", "好"), ("A2", "2026-03-02", "#REF!"), *rows_of(*["长" * 90] * 9_000)]
    path = workbook(tmp_path / "a.xlsx", [*rows_, ("Z", "#DIV/0!", "好")])
    found = rows(path)
    assert [found[0].cells[1], found[1].cells[2], found[-1].cells[1]] == ["#N/A", "#REF!", "#DIV/0!"]


def test_sheets_are_chosen_by_their_columns_then_by_name_or_number(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [TITLES, *rows_of("一月")], sheet="1月")
    add_sheet(path, "说明", [("填表说明",)])
    assert texts(path) == ["一月"]
    add_sheet(path, "2月", [TITLES, *rows_of("二月")])
    add_sheet(path, "旧", [TITLES, *rows_of("藏")], state="hidden")
    assert refused(path) == ["a.xlsx：工作表 1月、2月 都有这些列；请用 --sheet 或在映射文件 sheet 中指明一个"]
    assert texts(path, mapping("sheet: 2月")) == texts(path, mapping("sheet: 3")) == ["二月"]
    assert refused(path, mapping("sheet: 3月")) == ["a.xlsx：没有工作表“3月”；现有：1月、说明、2月"]
    assert refused(path, mapping("sheet: 4")) == ["a.xlsx：没有工作表“4”；现有：1月、说明、2月"]


def add_sheet(path: Path, name: str, rows_: Sequence[Sequence[Any]], state: str = "visible") -> None:
    book = openpyxl.load_workbook(path)
    page = book.create_sheet(name)
    page.sheet_state = state
    for row in rows_:
        page.append(list(row))
    book.save(path)


def test_a_workbook_without_content(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "a.xlsx", [])) == ["a.xlsx：工作簿里没有任何内容"]


def test_a_package_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.platform.tables.workbook._LARGEST_MB", 1)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    assert path.stat().st_size < 5_000
    assert refused(path) == ["a.xlsx：解压后有 3 MB，最多 1 MB；请分成几个文件"]


SHARE = st.floats(0, 1, exclude_max=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([workbook, old_workbook]), SHARE, st.lists(st.tuples(SHARE, st.integers(0, 255)), max_size=8))
def test_a_damaged_workbook_is_read_or_refused_but_never_a_stack_trace(
    tmp_path: Path, kind: Callable[..., Path], cut: float, spots: list[tuple[float, int]]
) -> None:
    whole = kind(tmp_path / "whole", [TITLES, *rows_of("井盖", "路灯")]).read_bytes()
    spoiled = bytearray(whole[: len(whole) - int(cut * cut * len(whole))])
    for spot, value in spots:
        spoiled[int(spot * len(spoiled))] = value
    path = tmp_path / "spoiled.xlsx"
    path.write_bytes(spoiled)
    try:
        rows(path)
    except Invalid as error:
        assert all(place_text(one, ZH) for one in error.params["errors"])


def test_a_stray_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [TITLES, *rows_of("好")])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(path)
    assert refused(path) == [
        "a.xlsx：工作表“数据”一直用到 XFD1048576，多半是远处有多余的单元格；请删除多余的行列后另存"
    ]


def test_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kB of them would be gigabytes in memory."""
    path = rewritten(tmp_path, b"<row>" + b"<c><v>1</v></c>" * 900 + b"</row>")
    assert len(texts(path)) == 1
    monkeypatch.setattr("xiuhua.platform.tables.workbook._MOST_CELLS", 800)
    assert refused(path) == ["a.xlsx：工作表“数据”有 903 个单元格，最多 800 个；请分成几个文件"]


def test_a_million_empty_rows_are_none(tmp_path: Path) -> None:
    empty = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="C%d"/></row>' % (n, n, n) for n in range(2, 1_048_577, 7))
    assert texts(rewritten(tmp_path, empty)) == []


def test_a_package_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = rewritten(tmp_path, b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + b"x" * 50_000_000)
    raw, name = bytearray(path.read_bytes()), b"xl/worksheets/sheet1.xml"
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = raw.rindex(mark, 0, raw.index(name) if name_at == 30 else raw.rindex(name))
        assert raw[at + name_at : at + name_at + len(name)] == name
        raw[at + size_at : at + size_at + 4] = (5000).to_bytes(4, "little")
    path.write_bytes(raw)
    [told] = refused(path)

    assert "larger than its declared uncompressed size" in told


def rewritten(folder: Path, rows_xml: bytes) -> Path:
    """A workbook whose sheet has our titles and then these rows as they are written down."""
    whole = workbook(folder / "whole.xlsx", [TITLES])
    path = folder / "a.xlsx"
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for one in package.namelist():
            content = package.read(one)
            if one == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", rows_xml + b"</sheetData>")
            made.writestr(one, content)
    return path
