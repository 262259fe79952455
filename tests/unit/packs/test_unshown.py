"""What no scenario shows is told, with the indicators that count it."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiuhua.packs import scaffold
from xiuhua.packs.check import check_path
from xiuhua.packs.pack import Pack
from xiuhua.packs.unshown import unshown


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return scaffold.new("demo", tmp_path)


def pack(folder: Path) -> Pack:
    checked = check_path(folder)
    assert checked.problems == ()
    return checked.packs[0]


def test_a_new_pack_shows_all_that_it_declares(demo: Path) -> None:
    made = pack(demo)
    assert list(unshown(made, [True] * len(made.scenarios))) == []


def test_a_scenario_that_fails_shows_nothing(demo: Path) -> None:
    made = pack(demo)
    passed = [one.given.procedure is None for one in made.scenarios]
    assert list(unshown(made, passed)) == [("procedure", "demo_order"), ("indicator", "demo_on_time_rate")]


def test_what_none_can_show_is_let_be(demo: Path) -> None:
    (demo / "scenarios" / "things.yaml").unlink()
    head = demo / "pack.yaml"
    names = ("demo_round", "demo_weekly_round", "demo_unchecked", "demo_monthly_note", "demo_units")
    reasons = f"unshown: {{{', '.join(f'{name}: why' for name in names)}}}\n"
    head.write_text(head.read_text(encoding="utf-8") + reasons, encoding="utf-8")
    made = pack(demo)
    assert list(unshown(made, [True] * len(made.scenarios))) == [("register", "demo_thing")]
