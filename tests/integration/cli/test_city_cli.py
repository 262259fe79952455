"""The commands about a city, run in this process on a made city; the last test runs the program itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.acceptance.installation import STREET_CLEANING, Installation, opened
from tests.integration.loop.dispatched import LAST_DAY, YEAR_2027, Dispatched, dispatched

from xiuhua.cli import context, program
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.postgres.cluster import Cluster

Run = Callable[..., Result]
HOLIDAYS = "date,kind,name\n" + "".join(f"{one['date']},{one['kind']},{one['name']}\n" for one in YEAR_2027)
DUTIES = "kind,category,place_kind,place,unit\n"


@pytest.fixture(scope="module")
def town(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with opened(server, tmp_path_factory.mktemp("cli"), SimulatedClock(LAST_DAY)) as found:
        yield found


@pytest.fixture(scope="module")
def case(town: Installation) -> Dispatched:
    return dispatched(town)


@pytest.fixture
def run(town: Installation, case: Dispatched, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `xiuhua …` on the made city, on its clock."""
    monkeypatch.setattr(context, "services", lambda *_, **__: nullcontext(town.services))
    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


def shown(run: Run, *words: Any, code: int = 0) -> str:
    result = run("--lang", "en", *words)
    assert result.exit_code == code, result.output + repr(result.exception)
    return str(result.stdout)


def document(run: Run, *words: Any, code: int = 0) -> Any:
    return json.loads(shown(run, *words, "--json", code=code))


def file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def roads(folder: Path, *codes: str) -> Path:
    line = {"type": "LineString", "coordinates": [[105.31, 29.11], [105.32, 29.11]]}
    features = [
        {"type": "Feature", "geometry": line, "properties": {"code": code, "name": code, "kind": "road_segment"}}
        for code in codes
    ]
    return file(folder, "roads.geojson", json.dumps({"type": "FeatureCollection", "features": features}))


# ---- areas


def test_areas_are_imported_with_a_report_and_once(run: Run, tmp_path: Path) -> None:
    first = shown(run, "areas", "import", roads(tmp_path, "R7", "", "R8"), "--datum", "cgcs2000", code=1)
    again = shown(run, "areas", "import", roads(tmp_path, "R7", "R8"), "--datum", "cgcs2000")

    assert "roads.geojson:2" in first and first.splitlines()[-1].startswith("new 2, changed 0, unchanged 0")
    assert again.splitlines()[-1].startswith("new 0, changed 0, unchanged 2")


def test_strict_takes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("areas", "import", roads(tmp_path, "R9", ""), "--strict")

    assert result.exit_code == 1 and isinstance(result.exception, Invalid)
    assert "R9" not in shown(run, "areas", "list", "--kind", "road_segment")


def test_areas_are_listed_and_looked_up(run: Run) -> None:
    listed = document(run, "areas", "list", "--kind", "street")
    told = shown(run, "areas", "at", "105.31", "29.11")
    outside = run("areas", "at", "116.4", "39.9")

    assert [one["code"] for one in listed] == ["990101001", "990101002", "990101003"]
    assert "unit grid" in told and "road segment" in told
    assert (outside.exit_code, type(outside.exception)) == (1, NotFound)


# ---- units


def test_units_stand_in_a_tree_in_the_readers_language(run: Run) -> None:
    assert "Road Squad One" in shown(run, "units", "tree")
    assert "道路养护一队" in run("units", "tree", "--lang", "zh").stdout
    assert "bureau" in [one["code"] for one in document(run, "units", "tree")]


def test_missing_fixings_are_an_error(run: Run, tmp_path: Path) -> None:
    grid = document(run, "areas", "list", "--kind", "duty_grid")[0]["code"]
    whole = shown(run, "units", "fixings")
    card = file(tmp_path, "cards.csv", f"duty_grid,valid_from\n{grid},2026-06-01\n")
    imported = shown(run, "units", "import", "duty_cards", card)
    lacking = document(run, "units", "fixings", code=1)

    assert "0 fixings missing" in whole and imported.startswith("opened 1")
    assert {one["fixing"] for one in lacking} == {"person", "time", "post", "duty", "standard", "reward_penalty"}


def test_a_table_with_errors_is_not_taken(run: Run, tmp_path: Path) -> None:
    result = run("units", "import", "units", file(tmp_path, "u.csv", "code,kind,name\nx,castle,X\n"))

    assert result.exit_code == 1 and isinstance(result.exception, Invalid)
    assert [one["field"] for one in result.exception.params["errors"]] == ["kind"]


# ---- categories


def test_a_catalogue_is_installed_once(run: Run) -> None:
    again = document(run, "categories", "install", "gbt47678-5")
    unknown = run("categories", "install", "nothing")

    assert (again["categories"]["new"], again["categories"]["unchanged"]) == (0, 403)
    assert (unknown.exit_code, type(unknown.exception)) == (1, NotFound)


def test_categories_are_found_with_their_conditions(run: Run) -> None:
    found = document(run, "categories", "find", "路灯", "--limit", "2")
    [condition] = document(run, "categories", "conditions", STREET_CLEANING)

    assert found[0]["key"] == "GB/T 47678.5/part/01037" and len(found) == 2
    assert condition["milestones"] == [{"amount": "4", "kind": "work_hour"}]
    assert "4 work hours" in shown(run, "categories", "conditions", STREET_CLEANING)


# ---- duties


def test_a_sound_matrix_passes_and_its_words_are_grouped(run: Run) -> None:
    told = document(run, "duties", "check", "--standard", "GB/T 47678.5")

    assert (told["in_order"], told["gaps"], told["overlaps"], told["dead"]) == (True, [], [], [])
    assert "403 categories × 312 grids, 0 gaps" in shown(run, "duties", "check", "--standard", "GB/T 47678.5")


def test_a_draft_is_imported_checked_tried_and_dropped(run: Run, tmp_path: Path) -> None:
    rows = file(tmp_path, "d.csv", DUTIES + "handle,*,everywhere,*,roads\nhandle,*,everywhere,*,greening\n")
    shown(run, "duties", "import", rows, "--draft", "two")
    checked = shown(run, "duties", "check", "--draft", "two", code=1)
    tried = document(run, "duties", "dry-run", "--from", "2026-12-01", "--to", "2026-12-31", "--draft", "two")
    shown(run, "duties", "drop", "two")

    assert "handle: 0 gaps, 1 overlaps, 0 dead rows" in checked and "regulate: 1 gaps" in checked
    assert (tried["cases"], tried["stayed"], tried["new_ties"]) == (1, 0, 1)
    assert document(run, "duties", "drafts") == []


def test_the_only_draft_need_not_be_named(run: Run, tmp_path: Path) -> None:
    words = ("duties", "dry-run", "--from", "2026-12-01", "--to", "2026-12-31")
    none = run(*words)
    rows = file(tmp_path, "d.csv", DUTIES + "handle,*,everywhere,*,sanitation\n")
    shown(run, "duties", "import", rows, "--draft", "one")
    told = shown(run, *words)
    shown(run, "duties", "drop", "one")

    assert isinstance(none.exception, Invalid) and none.exit_code == 1
    assert "1 cases: 1 as they went, 0 elsewhere" in told


def test_the_matrix_goes_out_and_in_again_and_a_draft_is_adopted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "duties.xlsx"
    shown(run, "duties", "export", path)
    again = document(run, "duties", "import", path)
    shown(run, "duties", "import", path, "--draft", "same")
    adopted = document(run, "duties", "adopt", "same", "--on", "2040-01-01")

    assert (again["new"], again["changed"]) == (0, 0) and again["unchanged"] > 60
    assert (adopted["opened"], adopted["closed"]) == (0, 0)


# ---- calendars and clocks


@pytest.mark.parametrize(
    ("words", "due", "provisional"),
    [
        (("2026-09-30T16:00", "4", "work_hour"), "2026-10-08T10:30:00+08:00", False),
        (("2026-09-30T08:00+00:00", "4", "work_hour", "--role", "handler"), "2026-10-08T10:30:00+08:00", False),
        (("2026-09-30T16:00", "1", "urgent_day", "--calendar", "patrol"), "2026-10-01T16:00:00+08:00", False),
        (("2029-09-30T16:00", "1", "work_day"), "2029-10-01T17:30:00+08:00", True),
    ],
)
def test_deadlines_are_worked_out(run: Run, words: tuple[str, ...], due: str, provisional: bool) -> None:
    told = document(run, "calendars", "deadline", *words)

    assert (told["due"], told["provisional"]) == (due, provisional)


@pytest.mark.parametrize(
    "words", [("soon", "4", "work_hour"), ("2026-09-30", "4", "week"), ("2026-09-30", "4", "work_day", "--role", "x",
                                                                        "--calendar", "y")],
)  # fmt: skip
def test_wrong_words_are_exit_code_two(run: Run, words: tuple[str, ...]) -> None:
    assert run("calendars", "deadline", *words).exit_code == 2


def test_after_new_holidays_clocks_are_computed_anew_once(run: Run, case: Dispatched, tmp_path: Path) -> None:
    before = case.due()
    told = shown(run, "calendars", "holidays", file(tmp_path, "2027.csv", HOLIDAYS))
    first, again = document(run, "clocks", "recompute"), document(run, "clocks", "recompute")

    assert "announced through 2027" in told and "xiuhua clocks recompute" in told
    assert (before, case.due()) == ("2027-01-01 11:00", "2027-01-04 11:00")
    assert (first["changed"]["case"], again["changed"]["case"]) == (1, 0)
    assert "0 differ" in shown(run, "clocks", "verify")


def test_a_wrong_clock_fails_the_check(run: Run, town: Installation, case: Dispatched) -> None:
    tamper = 'update city_case set doc = replace(doc::text, \'"round":1\', \'"round":1,"consumed":7\')::json'
    with town.database.transaction() as tx:
        kept = tx.execute("select doc::text as doc from city_case").fetchone().doc
        tx.execute(tamper)
    told = document(run, "clocks", "verify", code=1)
    with town.database.transaction() as tx:
        tx.execute("update city_case set doc = %s::json", (kept,))

    assert told["wrong"] > 0 and "consumed 7, computed 0" in {one["why"] for one in told["differences"]}


# ---- the program itself


def test_the_program_tells_errors_and_exit_codes(town: Installation, tmp_path: Path) -> None:
    wrong = town.xiuhua("areas", "import", roads(tmp_path, ""), "--city", town.city)
    unknown = town.xiuhua("units", "tree", "--city", "990199", "--lang", "zh")
    right = town.xiuhua("categories", "find", "路灯", "--data", tmp_path / "ignored", "--json")

    assert wrong.returncode == 1 and "error" in wrong.stdout
    assert unknown.returncode == 1 and unknown.stderr.startswith("error: there is no bureau 990199")
    assert right.returncode == 0 and json.loads(right.stdout)[0]["name_en"] == "Street light"
