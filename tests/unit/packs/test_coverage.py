"""What packs cover: mechanisms by scenarios that pass, figures by indicators that can give them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from xiuhua.cli import program
from xiuhua.packs import coverage, figures
from xiuhua.packs.check import check_path
from xiuhua.packs.coverage import Shown, covered, mechanisms, summary
from xiuhua.packs.figures import Figure, compared, measure_of
from xiuhua.packs.pack import Pack
from xiuhua.platform.errors import Invalid

SYSTEMS = """# A list
## 01 ponds
- **S001 ponds are kept** — `a.txt` L1 — quoted → what is kept
- **S002 ponds are cleaned** → cleaned
- **S003 ponds are counted** → counted
- **S004 pond keepers** → declared, never shown
- **S005 pond cameras** → seen
- **S006 pond boats**
"""
FIGURES = [
    {"id": "F001", "role": "完成", "indicator": "塘数", "unit": "个"},
    {"id": "F002", "role": "存量", "indicator": "水面", "unit": "万平方米"},
    {"id": "F003", "role": "完成", "indicator": "清理率", "unit": "%"},
    {"id": "F004", "role": "计划", "indicator": "计划", "unit": "个"},
    {"id": "F005", "role": "范围", "indicator": "船", "unit": "条"},
]
FILES = {
    "pack.yaml": 'name: ponds\nversion: 1\ntitle: {zh: 池塘, en: Ponds}\n',
    "registers.yaml": """
pond:
  title: {zh: 池塘, en: Pond}
  key: code
  cites: [S001, S002]
  fields:
    code: {type: text, required: true}
    area: {type: decimal, unit: m²}
  states: {dirty: [clean], clean: [dirty]}
keeper:
  title: {zh: 看护人, en: Keeper}
  key: code
  cites: [S004]
  fields: {code: {type: text, required: true}}
""",
    "indicators.yaml": """
ponds:
  title: {zh: 塘数, en: Ponds}
  unit: ponds
  count: {of: pond}
  period: end
  figures: [F001]
  cites: [S003]
keepers:
  title: {zh: 看护人数, en: Keepers}
  unit: people
  count: {of: keeper}
  period: end
  cites: [S004]
surface:
  title: {zh: 水面, en: Surface}
  unit: m²
  count: {of: pond, sum: pond.area}
  period: end
  figures: [F002]
""",
    "scenarios/ponds.yaml": """
- title: {zh: 清理, en: A pond is cleaned}
  cites: [S002]
  given: {register: pond, at: "2026-03-02 09:00"}
  when:
    - {do: add, by: handler, fields: {code: P1, area: "12.5"}}
    - {do: move, by: handler, fields: {to: clean}}
  then: {state: clean}
""",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ponds = tmp_path / "packs" / "ponds"
    for name, text in FILES.items():
        (ponds / name).parent.mkdir(parents=True, exist_ok=True)
        (ponds / name).write_text(text, encoding="utf-8")
    return tmp_path / "packs"


@pytest.fixture
def ponds(folder: Path) -> Pack:
    checked = check_path(folder)
    assert checked.problems == ()
    return checked.packs[0]


def told(pack: Pack, *passed: bool) -> dict[str, tuple[str, str]]:
    shown = Shown()
    shown.add(pack, passed)
    rows = covered(mechanisms(SYSTEMS), [pack], shown, {"S005": "sensing", "S002": "law"})
    return {row.mechanism.id: (row.status, row.reason) for row in rows}


def test_rows_run_are_kept_or_wait(ponds: Pack) -> None:
    assert told(ponds, True) == {
        "S001": ("kept", ""), "S002": ("runs", ""), "S003": ("kept", ""), "S004": ("waits", "scenario"),
        "S005": ("waits", "sensing"), "S006": ("waits", "pack"),
    }  # fmt: skip


def test_a_scenario_that_fails_shows_nothing(ponds: Pack) -> None:
    states = told(ponds, False)

    assert {status for status, _ in states.values()} == {"waits"}
    assert states["S002"] == ("waits", "law")
    assert states["S001"] == states["S003"] == ("waits", "scenario")


def test_the_page_has_a_row_for_each_and_a_summary(ponds: Pack) -> None:
    shown = Shown()
    shown.add(ponds, [True])
    rows = list(covered(mechanisms(SYSTEMS), [ponds], shown, {}))
    page = coverage.page(rows, "# Head\n")

    assert "| S002 | ponds are cleaned | runs | ponds (register pond) |" in page
    assert "quoted" not in page
    assert summary(rows) == "runs 1, kept 2, waits 3 of 6"
    assert sum(line.startswith("| S") for line in page.splitlines()) == 6


@pytest.mark.parametrize("text", ["", "# only a head", "- **S001 a** b\n- **S001 b** c\n"])
def test_lists_that_are_none(text: str) -> None:
    with pytest.raises(Invalid):
        mechanisms(text)


def test_a_figure_is_given_by_an_indicator_that_measures_it(ponds: Pack) -> None:
    found = {one.figure.id: one for one in compared(figures.figures(orjson.dumps(FIGURES)), [ponds])}

    assert list(found) == ["F001", "F002", "F003", "F005"]
    assert found["F001"].by == ("ponds: ponds",)
    assert found["F002"].by == ("ponds: surface",)
    assert found["F003"].by == found["F003"].wrong == ()


@pytest.mark.parametrize("unit", ["%", "公里", "吨", "万元", "个"])
def test_an_indicator_that_measures_something_else_gives_nothing(ponds: Pack, unit: str) -> None:
    (found,) = compared([Figure("F002", "x", unit)], [ponds])

    assert found.by == ()
    assert found.wrong == ("ponds: surface in m²",)


def test_units_measure_the_same_however_large() -> None:
    assert measure_of("公里") == measure_of("m") == "length"
    assert measure_of("件") == measure_of("cases") == "count"


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[1]", b"[]", b'[{"id": "F001", "role": "x", "indicator": "y", "unit": "z"}]']
)
def test_no_list_of_figures(text: bytes) -> None:
    with pytest.raises(Invalid):
        figures.figures(text)


def test_the_commands_tell_it(folder: Path, tmp_path: Path) -> None:
    systems, facts, page = tmp_path / "systems.md", tmp_path / "facts.json", tmp_path / "page.md"
    systems.write_text(SYSTEMS, encoding="utf-8")
    facts.write_bytes(orjson.dumps(FIGURES))
    page.with_suffix(".yaml").write_text("sensing: [S005]\n", encoding="utf-8")
    run = CliRunner().invoke

    made = run(program, ["pack", "coverage", str(systems), "--packs", str(folder), "--page", str(page)])
    assert (made.exit_code, made.output.splitlines()[-1]) == (0, "runs 1, kept 2, waits 3 of 6")
    assert "| S005 | pond cameras | waits: sensing |  |" in page.read_text(encoding="utf-8")

    found = run(program, ["facts", "coverage", str(facts), "--packs", str(folder)])
    assert (found.exit_code, found.output.splitlines()[-1]) == (0, "found 2 of 4")
    assert "F001  found    ponds: ponds  塘数 (个)" in found.output
    assert "F003  missing  清理率 (%)" in found.output

    facts.write_bytes(orjson.dumps([{**FIGURES[0], "unit": "%"}]))
    wrong = run(program, ["facts", "coverage", str(facts), "--packs", str(folder)])
    assert wrong.exit_code == 1
    assert "cannot be given by ponds: ponds in ponds" in wrong.output
