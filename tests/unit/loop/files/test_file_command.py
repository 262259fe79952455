from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from click.testing import CliRunner, Result
from tests.unit.loop.files.file_making import MAPPING, MemoryIntake, csv_file

from xiuhua.cli import imports, program

ROWS = "编号,时间,内容\nA1,2026-03-02,井盖\nA2,昨天,路灯\nA3,前天,水\nA4,2026-03-02,\n合计,,3\n"


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch) -> MemoryIntake:
    """The command in a city whose database and intake are in memory."""
    made = MemoryIntake()
    database = SimpleNamespace(clock=made.clock, transaction=made.transaction, reading=lambda: nullcontext())
    loop = SimpleNamespace(submit=made.submit)

    @contextmanager
    def services() -> Iterator[Any]:
        yield SimpleNamespace(database=database, port=lambda _kind: loop)

    monkeypatch.setattr(imports.context, "services", services)
    monkeypatch.setattr(imports.context, "city_of", lambda _found, wanted: wanted or "330100")
    monkeypatch.setattr(imports.units, "time_zone", lambda _tx, _city: ZoneInfo("Asia/Shanghai"))
    return made


@pytest.fixture
def mapping_file(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "m.yaml", MAPPING + "skip: [{matches: 合计}]\n")


def call(path: Path, mapping_file: Path, *more: str, lang: str = "zh") -> Result:
    arguments = ["--lang", lang, "import", "reports", str(path), "--mapping", str(mapping_file), *more]
    return CliRunner().invoke(program, arguments)


def test_the_command_tells_everything_and_ends_with_the_line_for_programs(
    intake: MemoryIntake, mapping_file: Path, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    result = call(path, mapping_file)
    assert result.exit_code == 0, result.output
    assert result.stderr == "已处理 100%，4 行：新增 1，未变 0，退回 3\n"
    lines = result.stdout.splitlines()
    assert lines[0].startswith("退回 2 行（第 3、4 行）：时间：“昨天”不是确切的日期时间")
    assert lines[1] == "退回 1 行（第 5 行）：内容：不能为空"
    assert lines[2] == f"退回的行和原因在 {path}.rejected.csv；改好后用同一映射文件再导入它"
    assert lines[3] == "按映射文件的 skip 跳过 1 行"
    assert lines[-1] == "new 1, unchanged 0, rejected 3"


def test_the_second_time_nothing_is_new(intake: MemoryIntake, mapping_file: Path, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    call(path, mapping_file, lang="en")
    result = call(path, mapping_file, "--rejected", str(tmp_path / "bad.csv"), lang="en")
    assert result.output.splitlines()[-1] == "new 0, unchanged 1, rejected 3"
    assert "2 rejected (row 3, 4): 时间: “昨天” is no exact date and time" in result.output
    assert (tmp_path / "bad.csv").exists()


def test_a_table_without_rows_is_no_error(intake: MemoryIntake, mapping_file: Path, tmp_path: Path) -> None:
    result = call(csv_file(tmp_path / "a.csv", "编号,时间,内容\n"), mapping_file)
    assert result.exit_code == 0
    assert "表头下面没有数据行\n" in result.stdout
    assert result.stdout.splitlines()[-1] == "new 0, unchanged 0, rejected 0"


@pytest.mark.parametrize(
    ("text", "more", "shown"),
    [
        ("", (), "a.csv：文件是空的\n没有导入任何内容。\n"),
        ("编号,内容\n", (), "a.csv，第 1 行，时间：缺少这一列；现有的列：编号、内容\n没有导入任何内容。\n"),
        (ROWS, ("--rejected", "a.csv"), "a.csv：退回文件不能就是输入文件\n没有导入任何内容。\n"),
    ],
)
def test_a_file_that_cannot_be_read_exits_with_2(
    intake: MemoryIntake, mapping_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    text: str, more: tuple[str, ...], shown: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    result = call(csv_file(tmp_path / "a.csv", text), mapping_file, *more)
    assert (result.exit_code, result.stderr, result.stdout) == (2, shown, "")
    assert intake.kept == {}


def test_a_wrong_mapping_exits_with_2_before_the_database_is_opened(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    result = call(path, csv_file(tmp_path / "m.yaml", MAPPING + "colums: {}\n"))
    assert result.exit_code == 2
    assert result.stderr.startswith("m.yaml，第 3 行，colums：没有这一项（是不是“columns”？）\n")


def test_a_database_that_goes_away_exits_with_1_and_says_what_to_do(
    intake: MemoryIntake, mapping_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise psycopg.OperationalError("the connection is closed")

    monkeypatch.setattr(intake, "_take", gone)
    result = call(csv_file(tmp_path / "a.csv", ROWS), mapping_file)
    assert result.exit_code == 1
    assert result.stderr.endswith("再次导入同一文件即可接着完成。\n")
    assert not list(tmp_path.glob("*.rejected*"))


def test_on_a_terminal_there_is_a_bar(
    intake: MemoryIntake, mapping_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = call(csv_file(tmp_path / "a.csv", ROWS), mapping_file)
    assert "100%，4 行" in result.stderr
    assert result.stdout.splitlines()[-1] == "new 1, unchanged 0, rejected 3"


def test_another_sheet_by_option(intake: MemoryIntake, mapping_file: Path, tmp_path: Path) -> None:
    result = call(csv_file(tmp_path / "a.csv", ROWS), mapping_file, "--sheet", "2", "--city", "330200")
    assert result.exit_code == 0, result.output
