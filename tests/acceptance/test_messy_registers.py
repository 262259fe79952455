"""Tables as offices really send them: every bad row explained, every count exact; and imports that are killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from tests.acceptance.bringing import Wizard, counts
from tests.acceptance.installation import Installation, command, environment
from tests.acceptance.test_records import run

ROWS = 20_000
MOST_MIB = 200
"""By how much the process may grow over 20,000 rows of a workbook; the sheet is held whole."""
REGISTERS = """
lawn:
  title: {zh: 绿地, en: Green}
  key: code
  called: name
  fields:
    code: {type: text, required: true, max_length: 40, title: {zh: 编号, en: Code}}
    name: {type: text, required: true, max_length: 60, title: {zh: 名称, en: Name}}
    size: {type: decimal, unit: m², minimum: 0, title: {zh: 面积, en: Area}}
    trees: {type: integer, minimum: 0, title: {zh: 乔木数, en: Trees}}
    made: {type: date, title: {zh: 建成日期, en: Made on}}
    grade: {type: choice, of: [one, two], title: {zh: 养护等级, en: Grade},
            titles: {one: {zh: 一级, en: First}, two: {zh: 二级, en: Second}}}
    upkeep: {type: unit, title: {zh: 养护单位, en: Kept by}}
standard:
  title: {zh: 立结案标准, en: Standard}
  key: code
  fields:
    code: {type: text, required: true, title: {zh: 序号, en: Code}}
    kind: {type: choice, of: [部件, 事件], title: {zh: 部件或事件, en: Kind}}
    code4: {type: text, pattern: '\\d{4}', required: true, title: {zh: 小类代码, en: Code4}}
    what: {type: text, title: {zh: 小类名称, en: What}}
    condition: {type: long_text, title: {zh: 立案条件, en: Condition}}
    within: {type: text, title: {zh: 时限, en: Limit}}
    closing: {type: long_text, title: {zh: 结案条件, en: Closing}}
"""
TITLES = ["编 号", "名称", "面积（平方米）", "乔木数", "建成日期", "养护等级", "养护单位"]


@pytest.fixture(scope="module")
def kept(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The district with a pack of greens and standards."""
    folder = tmp_path_factory.mktemp("packs") / "messy-test"
    folder.mkdir()
    head = "name: messy-test\ntitle: {zh: 测试, en: Test}\nversion: 1\n"
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    town.take_up(folder)
    return town


@contextmanager
def growth() -> Iterator[list[float]]:
    """By how many MiB this process grows at most within the block, the server in it too."""

    def told(name: str) -> float:
        [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith(name)]
        return int(line.split()[1]) / 1024

    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before, grown = told("VmRSS"), list[float]()
    yield grown
    grown.append(told("VmHWM") - before)


def wide(text: str) -> str:
    """Half-width signs as full-width ones."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def messy(path: Path, count: int, prefix: str = "LD") -> Counter[str]:
    """A workbook as an office keeps it; what must become of its rows: `new`, `about`, and each reason."""
    chance, expected = Random(7), Counter[str]()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["城区绿地台账（2025年）"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(TITLES)
    merged: list[str] = []
    for number in range(count):
        code, size = f"{prefix}{number:05}", chance.randrange(10, 90_000)
        row: list[Any] = [code, f"绿地{number}", size, number % 40, "2019-05-01", "一级", "greening"]
        match number % 50:
            case 1:
                row[2] = f"{size / 10_000:.4f}万m²"
            case 2:
                row[2], expected["about"] = f"约{size}平方米", expected["about"] + 1
            case 3:
                row[2], expected["about"] = f"{size}余㎡", expected["about"] + 1
            case 4:
                row[2] = wide(f"{size:,}")
            case 5:
                row[0] = wide(code)
            case 6:
                row[4] = "2019年5月1日"
            case 7:
                row[4] = 43_586
            case 8:
                row[4], row[5] = "２０１９／５／１", "二 级"
            case 9:
                row[2], row[3] = "—", "无"
            case 10:
                row[0], expected["same_key"] = f"{prefix}{number - 10:05}", expected["same_key"] + 1
            case 11:
                row[2], expected["other_unit"] = f"{size}吨", expected["other_unit"] + 1
            case 12:
                row[4], expected["no_such_day"] = "2019-02-30", expected["no_such_day"] + 1
            case 13:
                row[5], expected["unknown_choice"] = "特级", expected["unknown_choice"] + 1
            case 14:
                row[6], expected["no_unit"] = "无此单位", expected["no_unit"] + 1
            case 15:
                row[3], expected["not_whole"] = "3.5", expected["not_whole"] + 1
            case 16:
                row[0], expected["needed"] = None, expected["needed"] + 1
            case 17:
                row[2], expected["bounds"] = -size, expected["bounds"] + 1
            case 18:
                row = ["合计", None, size * 50, 900, None, None, None]
                expected["totals"] += 1
            case 19:
                sheet.append([])
            case 20:
                merged.append(f"F{sheet.max_row + 1}:F{sheet.max_row + 2}")
            case 21:
                row[5], expected["merged"] = None, expected["merged"] + 1
        sheet.append(row)
    for one in merged:
        sheet.merge_cells(one)
    book.save(path)
    bad = sum(n for why, n in expected.items() if why != "about")
    expected["rejected"], expected["new"] = bad, count - bad
    return expected


def test_a_messy_workbook_comes_in_with_every_bad_row_explained(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "绿地.xlsx"
    expected = messy(path, ROWS)
    columns = {"code": "编 号", "size": "面积（平方米）"}
    found = run(kept, path, "lawn", columns=columns)
    again = run(kept, path, "lawn", columns=columns)

    signs = {
        "same_key": "already", "other_unit": "is not measured in", "no_such_day": "2019-02-30",
        "unknown_choice": "特级", "no_unit": "there is no unit", "not_whole": "3.5", "needed": "is needed",
        "bounds": "at least 0", "totals": "totals", "merged": "merged cells",
    }  # fmt: skip
    told = {name: sum(one.count for one in found.reasons if sign in one.first.why) for name, sign in signs.items()}
    assert told == {name: expected[name] for name in signs}
    assert (found.new, found.rejected) == (expected["new"], expected["rejected"])
    assert (again.new, again.changed, again.unchanged) == (0, 0, expected["new"])
    assert found.about == expected["about"] and found.rejected_path is not None
    with found.rejected_path.open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.reader(file))[1:]
    assert len(rejected) == expected["rejected"] and all(row[-1] and row[-3].isdecimal() for row in rejected)


def test_a_messy_workbook_comes_in_the_same_through_the_wizard(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "绿地.xlsx"
    expected = messy(path, ROWS, "W")
    wizard = Wizard(kept, "supervisor01", "register:lawn")
    wizard.send(path.read_bytes(), path.name)
    mapping = wizard.guessed()
    with growth() as grown:
        looked, taken = wizard.done("check", mapping), wizard.done("start", mapping)

    assert mapping["columns"]["code"] == "编 号" and mapping["columns"]["size"] == "面积（平方米）"
    assert counts(looked) == counts(taken) == (expected["new"], 0, 0, expected["rejected"])
    assert looked["reasons"] == taken["reasons"] and taken["about"] == expected["about"]
    shown = [one for one in taken["reasons"] if one["zh"] == "不应小于 0"]
    assert [(one["column"], one["count"]) for one in shown] == [("面积（平方米）", expected["bounds"])]
    assert grown[0] < MOST_MIB, f"grew by {grown[0]:.0f} MiB"


@pytest.mark.shared("standards/case_standards_yuncheng.tsv")
def test_the_case_standards_of_a_city_come_in_whole(kept: Installation, shared: Path, tmp_path: Path) -> None:
    source = shared / "standards" / "case_standards_yuncheng.tsv"
    with source.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    path = tmp_path / "standards.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["序号", *head], *([f"YC{n:03}", *row] for n, row in enumerate(rows, 1))])
    columns = {
        "kind": "kind", "code4": "code4", "what": "name", "condition": "filing_condition",
        "within": "limit_raw_muban", "closing": "closing_condition",
    }  # fmt: skip
    found = run(kept, path, "standard", columns=columns)

    assert (len(rows), found.new, found.rejected) == (519, 519, 0), found.reasons


def test_an_import_that_is_killed_loses_and_doubles_nothing(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    lines = [f"K{n:06},绿地{n},{n % 900},greening" for n in range(ROWS)]
    path.write_text("\n".join(["编号,名称,面积,养护单位", *lines]), encoding="utf-8")
    before, rounds = kept.events(), 0
    for seconds in (0.0, 0.3):
        process = subprocess.Popen(
            command("registers", "import", "lawn", path, "--processes", "2"), stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL, env=environment(given(kept)), text=True,
        )  # fmt: skip
        assert process.stderr is not None and process.stderr.readline()  # a batch is in
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
        process.stderr.close()
        rounds += 1
    found = run(kept, path, "lawn")
    events = kept.events() - before
    again = run(kept, path, "lawn")

    assert found.new + found.unchanged == ROWS and found.rejected == 0 and found.unchanged > 0
    assert events == ROWS and (again.new, again.unchanged) == (0, ROWS)
    assert len(list(tmp_path.glob(".*.part"))) == 0 and rounds == 2
    kept.demand_sound_log()


def given(town: Installation) -> dict[str, str]:
    settings = town.services.settings
    assert settings.database_url is not None and settings.database_owner_url is not None
    return {
        "XIUHUA_DATA": str(settings.data),
        "XIUHUA_DATABASE_URL": settings.database_url.get_secret_value(),
        "XIUHUA_DATABASE_OWNER_URL": settings.database_owner_url.get_secret_value(),
    }  # fmt: skip
