"""The whole library of packs is without errors and keeps what it promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xiuhua.cli import stages
from xiuhua.packs.check import check_path
from xiuhua.packs.loader import LIBRARY
from xiuhua.packs.pack import Pack
from xiuhua.packs.unshown import unshown

CHECKED = check_path()
LISTED = re.compile(
    r"^- (Registers|Ledgers|Checklists|Plans|Documents|Procedures|Rules): (.*?`)\.$", re.MULTILINE | re.DOTALL
)


def test_the_library_has_no_errors() -> None:
    assert [f"{one.file}:{one.line} {one.path} – {one.why}" for one in CHECKED.problems] == []
    assert CHECKED.looked_at == len(CHECKED.packs) > 0


@pytest.mark.parametrize("pack", CHECKED.packs, ids=lambda pack: pack.name)
def test_every_scenario_passes_and_shows_what_is_declared(pack: Pack) -> None:
    results = stages.run(pack, CHECKED.library)
    assert [(one.scenario, one.why) for one in results if not one.passed] == []
    assert list(unshown(pack, [one.passed for one in results])) == []


@pytest.mark.parametrize("page", sorted(LIBRARY.glob("*/README.md")), ids=lambda page: page.parent.name)
def test_what_a_page_lists_is_what_is_declared(page: Path) -> None:
    """Lists as `- Registers: Title 标题 `name`, …`; a page need not have one."""
    pack = CHECKED.library[page.parent.name]
    for kind, listed in LISTED.findall(page.read_text(encoding="utf-8")):
        assert set(re.findall(r"`([a-z0-9_]+)`", listed)) == getattr(pack, kind.lower()).keys()
