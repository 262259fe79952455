from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from tests.unit.loop.files.file_making import TITLES, csv_file, faults, mapping, refused, rows, rows_of, texts, workbook

from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.texts import EN

HEAD = "编号,时间,内容\n"
TEXT = HEAD + 'A1,2026-03-02 14:05,"井盖破损,\n请修👷"\nA2,2026-03-03,路灯不亮\n'


# --- text files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("lines", [1, 400, 9_000])
def test_encodings_are_told(tmp_path: Path, encoding: str, lines: int) -> None:
    text = HEAD + "A1,2026-03-02 14:05,井盖破损请尽快修理\n" * lines
    assert texts(csv_file(tmp_path / "a.csv", text, encoding)) == ["井盖破损请尽快修理"] * lines


def test_big5_is_told_and_emoji_survive_gb18030(tmp_path: Path) -> None:
    big5 = csv_file(
        tmp_path / "a.csv", "編號,時間,內容\nA1,2026-03-02,路燈不亮，影響居民出行安全，請儘快修理\n", "big5"
    )
    base = "columns: {external_id: 編號, at: 時間, text: 內容}\nconstants: {source: public}\n"
    assert texts(big5, mapping(base=base)) == ["路燈不亮，影響居民出行安全，請儘快修理"]
    assert texts(csv_file(tmp_path / "b.csv", TEXT, "gb18030")) == ["井盖破损,\n请修👷", "路灯不亮"]


def test_chinese_after_a_long_head_in_ascii(tmp_path: Path) -> None:
    base = "columns: {external_id: id, text: body}\nconstants: {source: public}\n"
    text = "id,time,body\n" + "1,2026-03-02,ok\n" * 10_000 + "2,2026-03-02,井盖破损\n"
    assert texts(csv_file(tmp_path / "a.csv", text, "gbk"), mapping(base=base))[-1] == "井盖破损"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_tables_in_ascii_alone(tmp_path: Path, encoding: str) -> None:
    base = "columns: {external_id: id, text: body}\nconstants: {source: public}\n"
    path = csv_file(tmp_path / "a.csv", "id,time,body\n1,2026-03-02,ok\n", encoding)
    assert texts(path, mapping(base=base)) == ["ok"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_stray_nuls_do_not_hide_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + "1,2026-03-02,坏\0了\n" * 30, encoding)
    assert texts(path)[0] == "坏\0了"


def test_a_named_encoding_must_fit(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", TEXT, "gb18030")
    assert refused(path, mapping("encoding: utf-8")) == ["a.csv：不是映射文件所说的 utf-8 编码；请改正，或写 auto"]
    assert texts(path, mapping("encoding: gb18030"))[1] == "路灯不亮"


def test_bytes_of_no_encoding_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(128, 256)) * 50 + b"\n")
    assert refused(path) == ["a.csv：认不出文字编码；请另存为 UTF-8，或在映射文件 encoding 中写明"]


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "utf-8"), ("gb18030", "gb18030")])
def test_a_broken_byte_costs_its_row_only(tmp_path: Path, encoding: str, name: str) -> None:
    text = HEAD + "".join(f"A{n},2026-03-02 14:05,井盖破损请尽快修理\n" for n in range(50))
    path = csv_file(tmp_path / "a.csv", text, encoding)
    lines = path.read_bytes().split(b"\n")
    lines[20] = lines[20][:-3] + b"\xff\xff" + lines[20][-3:]
    path.write_bytes(b"\n".join(lines))
    found = [(row.number, *fault) for row in rows(path) for fault in faults(row)]
    assert found == [(21, "内容", f"有按 {name} 编码无法识别的字符（�）；请改正")]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators_are_told_by_the_header(tmp_path: Path, separator: str) -> None:
    rows_ = [TITLES, *rows_of("井盖", "路灯")]
    text = "\n".join(separator.join(row) for row in rows_)
    assert texts(csv_file(tmp_path / "a.txt", text)) == ["井盖", "路灯"]


def test_a_named_separator(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "编号~时间~内容\nA1~2026-03-02~路灯,不亮\n")
    assert texts(path, mapping("separator: '~'")) == ["路灯,不亮"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((TEXT.rstrip("\n") + "\n\n,,\nA3,2026-03-04,第六行").replace("\n", end).encode())
    assert [(row.number, row.cells[0]) for row in rows(path)] == [(2, "A1"), (3, "A2"), (6, "A3")]


UNCLOSED = 'A1,2026-03-02,"没有收尾的引号\n'


@pytest.mark.parametrize(
    "below",
    [
        "",
        "A2,2026-03-02,好\nA3,2026-03-02,好\n",
        'A2,2026-03-02,"好"\nA3,2026-03-02,"好,\n好"\n',
        "A2,2026-03-02,好\n" * 9_000,
    ],
)
def test_an_open_quotation_mark_does_not_swallow_the_rows_below(tmp_path: Path, below: str) -> None:
    whole = rows(csv_file(tmp_path / "b.csv", HEAD + below))
    first, *others = rows(csv_file(tmp_path / "a.csv", HEAD + UNCLOSED + below))
    assert faults(first) == [("", "这一行的引号不成对，或单元格超长，无法分列；请改正整行")]
    assert first.cells[0] == UNCLOSED.strip()
    assert [row.cells for row in others] == [row.cells for row in whole]
    assert not any(row.faults for row in others)


def test_a_separator_inside_a_text_without_quotes(tmp_path: Path) -> None:
    (row,) = rows(csv_file(tmp_path / "a.csv", HEAD + "A1,2026-03-02,井盖,坏了,快修\n"))
    assert faults(row) == [("", "有 5 个单元格，表头只有 3 列；文字中的分隔符应放在引号内")]
    assert row.cells == ("A1", "2026-03-02", "井盖,坏了,快修")


def test_empty_cells_beyond_the_header_and_missing_ones_do_no_harm(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + "A1,2026-03-02,好,,,\nA2\n")
    assert [row.cells for row in rows(path)] == [("A1", "2026-03-02", "好"), ("A2", "", "")]
    assert not any(row.faults for row in rows(path))


def test_an_endless_cell_and_an_endless_line_are_one_broken_row_each(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + f"A1,2026-03-02,{'长' * 200_000}\nA2,2026-03-02,好\n")
    assert [(row.number, bool(row.faults)) for row in rows(path)] == [(2, True), (3, False)]


def test_text_files_are_read_with_bounded_memory(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + f"A1,2026-03-02,{'井盖破损' * 50}\n" * 20_000)
    tracemalloc.start()
    with open_table(path, mapping()) as table:
        count = sum(1 for _ in table.rows())
        assert table.fraction() == 1.0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < path.stat().st_size / 5


# --- headers ---------------------------------------------------------------------------------------------------


def test_the_header_is_found_below_titles_and_notes(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "2026年信件台账,,\n单位：某局,,\n编 号, 时间 ,内\u3000容\nA1,2026-03-02,好\n")
    with open_table(path, mapping()) as table:
        assert table.header_row == 3
        assert [row.number for row in table.rows()] == [4]


def test_a_numbered_header_is_taken_at_its_word(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", HEAD + HEAD + "A1,2026-03-02,好\n")
    assert [row.number for row in rows(path, mapping("header: 2"))] == [3]
    assert refused(path, mapping("header: 9")) == ["a.csv：表头应在第 9 行，文件没有这么多行"]
    assert len(refused(path, mapping("header: 3"))) == 3


def test_missing_columns_are_named_with_the_nearest_and_all_that_are_there(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "登记表,,\n编号,受理时间,诉求内容\n1,2026-03-02,好\n")
    assert refused(path) == [
        "a.csv，第 2 行，时间：缺少这一列（是不是“受理时间”？）；现有的列：编号、受理时间、诉求内容",
        "a.csv，第 2 行，内容：缺少这一列（是不是“诉求内容”？）；现有的列：编号、受理时间、诉求内容",
    ]
    assert refused(path, lang=EN)[0] == (
        "a.csv, row 2, 时间: there is no such column (perhaps 受理时间?); present are 编号, 受理时间, 诉求内容"
    )


def test_a_column_that_stands_twice_is_refused_when_it_is_used(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "编号,时间,内容,时间,备注,备注\nA1,2026-03-02,好,2026-03-03,,\n")
    assert refused(path) == ["a.csv，第 1 行，时间：这一列出现了 2 次（第 B、D 列），无法确定用哪一个"]


@pytest.mark.parametrize(
    ("content", "zh"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf\n", "文件是空的"),
        (b"  \r\n\r\n ", "文件是空的"),
        (b"%PDF-1.7 ...", "不是表格文件；可以导入 CSV、XLSX、XLS、ODS"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "不是表格文件；可以导入 CSV、XLSX、XLS、ODS"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页或 XML，不是真正的表格"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "其实是网页或 XML，不是真正的表格"),
        (b"PK\x03\x04 and then nothing", "文件已损坏，读不出来（File is not a zip file）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "文件已损坏，读不出来（"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "有密码保护"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls"])
def test_files_that_are_no_tables(tmp_path: Path, content: bytes, zh: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (shown,) = refused(path)
    assert shown.startswith(f"{name}：{zh}")


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert rows(csv_file(tmp_path / "a.csv", HEAD)) == []
    assert rows(workbook(tmp_path / "a.xlsx", [TITLES])) == []


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == ["none.csv：打不开文件：No such file or directory"]
    assert refused(tmp_path)[0].endswith("：打不开文件：Is a directory")
