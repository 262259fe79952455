"""The whole library of packs is without errors and keeps what it promises."""

from __future__ import annotations

import pytest

from xiuhua.cli import stages
from xiuhua.packs.check import check_path
from xiuhua.packs.pack import Pack
from xiuhua.packs.unshown import unshown

CHECKED = check_path()


def test_the_library_has_no_errors() -> None:
    assert [f"{one.file}:{one.line} {one.path} – {one.why}" for one in CHECKED.problems] == []
    assert CHECKED.looked_at == len(CHECKED.packs) > 0


@pytest.mark.parametrize("pack", CHECKED.packs, ids=lambda pack: pack.name)
def test_every_scenario_passes_and_shows_what_is_declared(pack: Pack) -> None:
    results = stages.run(pack, CHECKED.library)
    assert [(one.scenario, one.why) for one in results if not one.passed] == []
    assert list(unshown(pack, [one.passed for one in results])) == []
