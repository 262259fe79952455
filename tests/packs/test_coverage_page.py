"""The coverage page is what the packs of the library serve; with the lists themselves where they are at hand."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from xiuhua.cli import stages
from xiuhua.packs import coverage, figures
from xiuhua.packs.check import check_path
from xiuhua.packs.known import MECHANISMS

PAGE = ROOT / "docs" / "reference" / "coverage.md"
ROW = re.compile(r"^\| (S\d{3}) \| .+ \| (runs|kept|waits: \w+) \| (.*) \|$", re.MULTILINE)
LISTS = Path(os.environ.get("XIUHUA_LISTS", "/nowhere"))
"""Where `systems.md` and `facts.json` are, on machines that have them."""
CHECKED = check_path()


def test_the_page_has_every_mechanism_once() -> None:
    found = [row[1] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
    assert found == [f"S{number:03}" for number in range(1, MECHANISMS + 1)]


def test_what_the_page_says_to_run_runs() -> None:
    shown = coverage.Shown()
    for pack in CHECKED.packs:
        shown.add(pack, [result.passed for result in stages.run(pack, CHECKED.library)])
    told = {row[1] for row in ROW.finditer(PAGE.read_text(encoding="utf-8")) if row[2] == "runs"}
    assert told == set(shown.cited)


@pytest.mark.skipif(not (LISTS / "systems.md").is_file(), reason="XIUHUA_LISTS has no systems.md")
def test_the_list_is_as_long_as_the_program_thinks() -> None:
    rows = coverage.mechanisms((LISTS / "systems.md").read_text(encoding="utf-8"))
    assert [row.id for row in rows] == [f"S{number:03}" for number in range(1, MECHANISMS + 1)]


@pytest.mark.skipif(not (LISTS / "facts.json").is_file(), reason="XIUHUA_LISTS has no facts.json")
def test_nine_of_ten_figures_have_an_indicator_and_none_a_wrong_one() -> None:
    told = figures.figures((LISTS / "facts.json").read_bytes())
    found = list(figures.compared(told, CHECKED.packs))
    assert [one.wrong for one in found if one.wrong] == []
    assert sum(bool(one.by) for one in found) >= 0.9 * len(found)
