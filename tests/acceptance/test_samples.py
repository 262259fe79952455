"""The sample rows beside packs: all of them come into a fresh city, once, and say nothing of real people."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from tests.acceptance.installation import Installation, opened

from xiuhua.cli import samples
from xiuhua.cli.output import Desk, Output
from xiuhua.cli.samples import Loaded
from xiuhua.packs.loader import load_library
from xiuhua.packs.pack import Pack
from xiuhua.platform.postgres.cluster import Cluster

PROGRAM: Final = Path(sys.executable).parent / "xiuhua"
LIBRARY: Final = load_library()[0]
SAMPLED: Final = {f"{pack.name}/{name}": path for pack in LIBRARY.values() for name, path in pack.samples.items()}
FEWEST_ROWS: Final = 2
CALLABLE: Final = re.compile(r"(?<![0-9A-Z])(1[3-9]\d{9}|0[1-9]\d{1,2}-?\d{7,8}|\d{17}[\dXx])(?![0-9A-Z])")
"""A mobile or landline number that somebody may answer, or the number of a person's identity card."""


@pytest.fixture(scope="module")
def town(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A city that no table was brought into."""
    with opened(server, tmp_path_factory.mktemp("samples")) as found:
        yield found


@pytest.fixture(scope="module")
def loaded(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> list[Loaded]:
    """What became of the samples of all packs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("rejected"))
        return _load(town)


def _load(town: Installation) -> list[Loaded]:
    return list(samples.load(Desk(town.services, town.city, Output("en", True)), list(LIBRARY.values()), LIBRARY))


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]


@pytest.mark.parametrize("pack", LIBRARY.values(), ids=lambda pack: pack.name)
def test_every_register_and_ledger_has_a_sample(pack: Pack) -> None:
    assert set(pack.samples) == {*pack.registers, *pack.ledgers}


def test_every_row_comes_into_a_fresh_city(loaded: list[Loaded]) -> None:
    rows = {name.rpartition("/")[2]: len(_rows(path)) for name, path in SAMPLED.items()}

    assert {one.into.partition(":")[2]: (one.new, one.changed, one.unchanged, one.rejected) for one in loaded} == {
        name: (count, 0, 0, 0) for name, count in rows.items()
    }


def test_a_second_time_nothing_changes(town: Installation, loaded: list[Loaded]) -> None:
    before = _counts(town)
    again = _load(town)

    assert [(one.into, one.new, one.changed, one.rejected) for one in again if one.new or one.changed or one.rejected] \
        == []  # fmt: skip
    assert sum(one.unchanged for one in again) == sum(one.new for one in loaded)
    assert _counts(town) == before


def test_every_record_with_a_place_lies_on_the_map_of_the_fictional_district(
    town: Installation, loaded: list[Loaded]
) -> None:
    with town.database.reading() as tx:
        placed = tx.execute("select register, key, scopes from record where lon is not null").fetchall()

    assert {one.register for one in placed} == {
        name for pack in LIBRARY.values() for name, one in pack.registers.items() if one.geometry != "none"
    }
    assert [(one.register, one.key) for one in placed if town.city not in one.scopes] == []


@pytest.mark.parametrize("name", SAMPLED)
def test_a_sample_is_small_and_nobody_can_be_called_by_it(name: str) -> None:
    rows = _rows(SAMPLED[name])

    assert FEWEST_ROWS <= len(rows) <= 12
    assert [cell for row in rows for cell in row if CALLABLE.search(cell)] == []


def _counts(town: Installation) -> tuple[int, ...]:
    with town.database.reading() as tx:
        row = tx.execute("select (select count(*) from record) r, (select count(*) from ledger_entry) e").fetchone()
    assert row is not None
    return row.r, row.e


# ---- from a shell


def _run(*words: str | Path, cwd: Path) -> tuple[int, str, str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run([PROGRAM, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_files_are_written_as_a_spreadsheet_reads_them(tmp_path: Path) -> None:
    code, said, _ = _run("pack", "sample", "dogs", "--files", "tables", cwd=tmp_path)

    assert (code, len(said.splitlines())) == (0, 3)
    assert (tmp_path / "tables" / "banned_breed.csv").read_bytes().startswith("\ufeff犬种,".encode())


@pytest.mark.parametrize(
    ("words", "ended", "said"),
    [(["nonsuch"], 1, "there is no pack nonsuch"), ([], 2, "Give names, or --all")],
)
def test_a_pack_that_is_not_there(tmp_path: Path, words: list[str], ended: int, said: str) -> None:
    code, _, errors = _run("pack", "sample", *words, cwd=tmp_path)

    assert code == ended and said in errors


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T-004,示例设施四,市政道路管理所,2025-13-40,105.3,29.1", "samples/demo_thing.csv:5  最近检查日期"),
        (",没有编号,市政道路管理所,,105.3,29.1", "samples/demo_thing.csv:5  编号"),
        ("T-001,同号,市政道路管理所,,105.3,29.1", "there is a record T-001 already"),
        ("T-004,没有位置,市政道路管理所,,,", "samples/demo_thing.csv:5"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    _run("pack", "new", "demo", cwd=tmp_path)
    file = tmp_path / "demo" / "samples" / "demo_thing.csv"
    file.write_text(f"{file.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    code, told, _ = _run("pack", "check", "demo", cwd=tmp_path)

    assert code == 1
    assert said in told
    assert told.endswith("1 packs checked, 1 errors in 1 packs\n")


def test_what_a_row_refers_to_stands_in_a_sample(tmp_path: Path) -> None:
    _run("pack", "new", "demo", cwd=tmp_path)
    (tmp_path / "demo" / "samples" / "demo_thing.csv").unlink()
    code, told, _ = _run("--lang", "en", "pack", "check", "demo", cwd=tmp_path)

    assert code == 1
    assert "samples/demo_work.csv:2  对象" in told and "T-001" in told


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("demo_thng", "编号,名称\nA,b\n", "there is no 'demo_thng'"),
        ("demo_thing", "编号,名称,颜色,经度,纬度\nT-001,x,red,105.3,29.1\nT-002,y,red,105.3,29.1\n"
         "T-003,z,red,105.3,29.1\n", "no field is read from this column"),
        ("demo_thing", "名称,经度,纬度\nx,105.3,29.1\n", "no column"),
    ],
)  # fmt: skip
def test_a_file_that_fits_nothing_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    _run("pack", "new", "demo", cwd=tmp_path)
    (tmp_path / "demo" / "samples" / f"{name}.csv").write_text(text, encoding="utf-8")
    code, told, _ = _run("pack", "check", "demo", cwd=tmp_path)

    assert code == 1
    assert said in told
