"""The main job on messages that citizens wrote: imported twice, then walked from the first word to the answer."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.acceptance.installation import Installation
from tests.acceptance.walking import MAIN_ROAD, Walk
from tests.conftest import ROOT, SHARED

REAL = "data/citizen_messages/messages_with_replies_2816.xlsx"
FICTIONAL = Path(__file__).parent / "messages.csv"
MAPPING = ROOT / "docs/examples/messages.mapping.yaml"
WALKED = 10
WORDS = ("织锦路与春燕社区路口附近", "牡丹社区门口", "绣球大道边，兰亭社区东侧", "竹溪社区活动中心旁")
ANSWER = "您好，您反映的问题已处理完毕，感谢您的监督。"


@pytest.fixture(scope="module", params=["fictional", pytest.param("real", marks=pytest.mark.shared(REAL))])
def source(request: pytest.FixtureRequest) -> Path:
    """The file of the tests' own, or the real one."""
    return SHARED / REAL if request.param == "real" else FICTIONAL


@pytest.fixture(scope="module")
def imported(town_now: Installation, source: Path) -> Iterator[tuple[Installation, list[str], int]]:
    """The installation after the first import, what the program said, and how many events there were before it."""
    before = town_now.events()
    done = town_now.xiuhua("import", "reports", source, "--mapping", MAPPING, "--rejected", _rejected(town_now))
    assert done.returncode == 0, done.stderr
    yield town_now, done.stdout.splitlines(), before


def _rejected(town: Installation) -> Path:
    return town.services.settings.data / "rejected.csv"


def counts(line: str) -> tuple[int, int, int]:
    """New, unchanged, rejected, as the program's last line tells them."""
    found = re.fullmatch(r"new (\d+), unchanged (\d+), rejected (\d+)", line)
    assert found, line
    return int(found[1]), int(found[2]), int(found[3])


def rows_of(path: Path) -> int:
    """Rows of a file, counted by a reader of its own."""
    if path.suffix == ".csv":
        return len(path.read_text(encoding="utf-8").splitlines()) - 1
    with closing(load_workbook(path, read_only=True)) as book:
        return sum(1 for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if any(row))


Imported = tuple[Installation, list[str], int]


def test_every_row_is_accounted_for(imported: Imported, source: Path) -> None:
    town, said, before = imported
    new, unchanged, rejected = counts(said[-1])

    assert new + unchanged + rejected == rows_of(source)
    assert town.events() == before + new
    assert (new, unchanged, rejected) == ((2816, 0, 0) if source.suffix == ".xlsx" else (12, 1, 3))


def test_the_rejected_are_told_with_row_and_reason(imported: Imported, source: Path) -> None:
    town, said, _ = imported
    _, _, rejected = counts(said[-1])
    kept = list(csv.reader(StringIO(_rejected(town).read_text(encoding="utf-8-sig")))) if rejected else []

    assert sum(1 for line in said if "row" in line and "rejected" not in line) >= min(rejected, 1)
    assert len(kept) == (rejected + 1 if rejected else 0)
    assert all(row[-3].isdigit() and row[-1] for row in kept[1:])


def test_the_second_import_changes_nothing(imported: Imported, source: Path) -> None:
    town, said, _ = imported
    before = town.events()
    more = ("--rejected", _rejected(town), "--processes", "2")
    again = town.xiuhua("import", "reports", source, "--mapping", MAPPING, *more)

    new, unchanged, rejected = counts(said[-1])
    assert counts(again.stdout.splitlines()[-1]) == (0, new + unchanged, rejected)
    assert town.events() == before


def test_ten_of_them_are_walked_to_the_close(imported: Imported) -> None:
    town, _, _ = imported
    officer = town.who("intake_officer")
    lines = town.get(officer, "/api/reports", state="received", source="letter", limit=WALKED)["items"]
    walks = [Walk(town, line["id"]) for line in lines]
    for number, walk in enumerate(walks):
        walk.to_the_close(place(town, number), ANSWER)

    assert len(walks) == WALKED and all(walk.checked >= 10 for walk in walks)
    assert all(tuple(one["type"] for one in walk.timeline()) == MAIN_ROAD for walk in walks)
    assert {_told(town, walk) for walk in walks} == {("answered", "closed", ANSWER)}
    assert all(_in_order(walk.timeline()) and _in_order(walk.timeline("reports")) for walk in walks)


def place(town: Installation, number: int) -> dict[str, Any]:
    """Where the officer puts it: by a point on the map, or by words that the gazetteer knows."""
    view = town.view()
    if number % 2:
        [[best, *_]] = view.gazetteer.find_all([WORDS[number % len(WORDS)]])
        return {"lon": best.lon, "lat": best.lat, "words": WORDS[number % len(WORDS)]}
    grid = view.areas.area(view.areas.grid_codes[number * 31])
    middle = grid.geometry.representative_point()
    return {"lon": middle.x, "lat": middle.y}


def _told(town: Installation, walk: Walk) -> tuple[str, str, str]:
    """What the one who wrote is told."""
    shown = town.get(town.who("intake_officer"), f"/api/reports/{walk.report}")
    return shown["state"], shown["data"]["outcome"], shown["data"]["answer"]


def _in_order(timeline: list[dict[str, Any]]) -> bool:
    """Versions without a gap, and times that never go back."""
    moments = [datetime.fromisoformat(one["at"]) for one in timeline]
    return [one["version"] for one in timeline] == list(range(1, len(timeline) + 1)) and moments == sorted(moments)


def test_the_timeline_of_the_report_tells_the_whole_story(imported: Imported) -> None:
    town, _, _ = imported
    [line] = town.get(town.who("intake_officer"), "/api/reports", state="answered", limit=1)["items"]
    told = [one["type"] for one in Walk(town, line["id"]).timeline("reports")]

    assert told in (
        ["ReportReceived", "ReportPlaced", "ReportAccepted", "ReportLinked", "ReportAnswered"],
        ["ReportReceived", "ReportAccepted", "ReportLinked", "ReportAnswered"],
    )


@pytest.mark.parametrize(
    ("words", "last"),
    [(("verify", "log"), "the log verifies"), (("replay", "--check"), "projections equal the log")],
)
def test_the_log_verifies_and_replays(imported: Imported, words: tuple[str, ...], last: str) -> None:
    done = imported[0].xiuhua(*words)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == last


def test_nothing_of_the_writers_is_in_the_log(imported: Imported) -> None:
    with imported[0].database.reading() as tx:
        rows = tx.execute("select count(*) as n from event where payload::text like '%%13900001111%%'").fetchone()

    assert rows.n == 0
