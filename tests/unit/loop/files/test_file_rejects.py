from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.loop.files.file_making import TITLES

from xiuhua.platform.errors import Invalid
from xiuhua.platform.tables.rejects import RejectedRows, armed, disarmed, guarded, unguarded
from xiuhua.platform.tables.texts import EN, ZH, fault

FAULTS = [fault("内容", "required"), fault("", "broken_quotes")]


def rejected(path: Path, text: str = "", lang: str = ZH, target: Path | None = None) -> Path | None:
    rows = RejectedRows(path, TITLES, lang, target)
    rows.add(7, ["A1", "2026-03-02", text], FAULTS)
    return rows.finish()


@given(st.text() | st.from_regex(r"\A'*[=+\-@0-9]{0,20}\Z"))
def test_what_is_guarded_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert armed(disarmed(text)) == text
    for one in (guarded(text), disarmed(text)):
        assert not one.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1+1", "'=1+1"), ("+86 138", "'+86 138"), ("'=1", "''=1"), ("007", "'007"),
     ("330102202603020001", "'330102202603020001"), ("0.5", "0.5"), ("13812345678", "13812345678"),
     ("'引用'", "'引用'")],
)  # fmt: skip
def test_what_a_spreadsheet_program_would_run_or_spoil_is_guarded(text: str, shown: str) -> None:
    assert guarded(text) == shown


def test_the_file_opens_in_excel_and_is_the_owners_only(tmp_path: Path) -> None:
    path = rejected(tmp_path / "a.xlsx", "=cmd|' /C calc'!A0")
    assert path == tmp_path / "a.xlsx.rejected.csv"
    assert path.read_bytes().decode("utf-8") == (
        "\ufeff编号,时间,内容,行号,字段,原因\r\n"
        "A1,2026-03-02,'=cmd|' /C calc'!A0,7,内容; 整行,"
        "内容: 不能为空; 整行: 这一行的引号不成对，或单元格超长，无法分列；请改正整行\r\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_in_english(tmp_path: Path) -> None:
    path = rejected(tmp_path / "a.xlsx", lang=EN)
    assert path is not None
    assert path.read_text("utf-8-sig").splitlines()[0] == "编号,时间,内容,row number,field,why"
    assert "内容: must not be empty; whole row: the quotation marks" in path.read_text("utf-8-sig")


def test_a_file_that_a_person_may_be_mending_is_not_overwritten(tmp_path: Path) -> None:
    first = rejected(tmp_path / "a.csv")
    assert rejected(tmp_path / "a.csv") == first == tmp_path / "a.csv.rejected.csv"
    first.write_text("mended by hand")
    assert rejected(tmp_path / "a.csv") == tmp_path / "a.csv.rejected-2.csv"
    assert first.read_text() == "mended by hand"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv.rejected-2.csv", "a.csv.rejected.csv"]


def test_an_exact_place_is_written_anew(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    (tmp_path / "a.csv").touch()
    assert rejected(tmp_path / "a.csv", target=target) == target
    assert target.read_text("utf-8-sig").startswith("编号,")


def test_the_input_is_never_the_target(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    with pytest.raises(Invalid, match="must not be the input itself"):
        rejected(path, target=tmp_path / "." / "a.csv")
    with pytest.raises(Invalid, match="choose another place by --rejected"):
        rejected(path, target=tmp_path / "none" / "out.csv")


def test_beside_an_input_in_a_folder_one_may_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.access", lambda folder, _mode: Path(folder) == tmp_path)
    assert rejected(tmp_path / "read-only" / "a.csv") == tmp_path / "a.csv.rejected.csv"


def test_nothing_is_left_where_nothing_was_rejected_or_finished(tmp_path: Path) -> None:
    rows = RejectedRows(tmp_path / "a.csv", TITLES, ZH)
    assert rows.finish() is None
    rows.add(7, ["A1"], FAULTS)
    rows.discard()
    assert list(tmp_path.iterdir()) == []
