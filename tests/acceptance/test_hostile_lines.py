"""What deceives or hurts, sent to registers, ledgers, inspections, tasks, documents, rules and plans over HTTP.

Every form is sent as it should be but for one place, in turn every place, with everything that nobody should write
there. Nothing of it ends in an error of ours; afterwards the log verifies, the projections are what it says, the worker
goes on, and what was kept harms nobody in a list, a file, a label or a printed page.
"""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import httpx
import openpyxl
import pytest
from tests.acceptance import lines
from tests.acceptance.installation import Installation, told
from tests.acceptance.lines import COLLECTOR, KEEPER, LEADER, NO_SMELL, PLACE, SUPERVISOR, make
from tests.reading import older_ended

from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks
from xiuhua.documents.service import Documents
from xiuhua.plans.service import Plans
from xiuhua.platform.identity.model import system
from xiuhua.platform.imports.model import Kinds
from xiuhua.platform.imports.taking import Wanted, bring_in
from xiuhua.records import expiry
from xiuhua.records.service import Records
from xiuhua.rules.service import Rules

SCRIPT: Final = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
FORMULA: Final = "=cmd|' /C calc'!A0"
DEEP: Final[Any] = eval("[" * 90 + "]" * 90)
HOSTILE: Final[dict[str, Any]] = {
    "huge": 10**400, "negative": -1, "no number": "NaN", "without end": "9e999999999", "zeros": "0E-999999999",
    "digits": "9" * 5000, "NUL": "a\x00b", "control": "a\x1fb\x1e", "long": "绣" * 70_000,
    "SQL": "'; drop table record; --", "HTML": SCRIPT, "formula": FORMULA, "path": "../../etc/passwd",
    "format": "%s%n{0}{}", "backwards": "\u202e\u2028x",
    "nothing": None, "true": True, "list": [], "map": {}, "deep": DEEP, "first day": "0001-01-01",
    "last day": "9999-12-31", "no day": "2026-02-30", "last moment": "9999-12-31T23:59:59-14:00",
}  # fmt: skip
ROOMS: Final = tuple(f"/api/{name}" for name in (
    "registers", "records", "ledgers", "entries", "checklists", "inspections", "rounds", "documents", "proceedings",
    "plans", "rosters", "campaigns", "external-results", "calendar", "rules", "figures", "findings",
))  # fmt: skip
EVERY: Final = 1 if os.environ.get("XIUHUA_TEST_CONTRACT_EXAMPLES") else 4
"""In each place every fourth of what is hostile, in turn; all of it in `make bench-full`."""
_numbers = count(1)


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    return town


@pytest.fixture(scope="module")
def ids(kept: Installation) -> dict[str, str]:
    """One of everything."""
    lines.install(kept.services, kept.city, "drainage", "devices")
    return lines.furnish(kept)


@pytest.fixture(scope="module")
def forms(kept: Installation, ids: dict[str, str]) -> list[lines.Form]:
    return lines.forms(kept, ids)


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a form, maps and lists themselves among them."""
    if at:
        yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in parts:
        yield from leaves(one, (*at, name))


def spoilt(form: Mapping[str, Any], at: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The form with something else in one place; keys that must be new are."""
    made: Any = deepcopy(dict(form))
    for name in ("number", "code"):
        if name in made.get("fields", {}):
            made["fields"][name] = f"N-{next(_numbers)}"
    here = made
    for name in at[:-1]:
        here = here[name]
    here[at[-1]] = value
    return dict(made)


@pytest.mark.timeout(1200)
def test_no_form_with_something_hostile_in_it_ends_in_an_error_of_ours(
    kept: Installation, forms: list[lines.Form]
) -> None:
    faults, answers = [], 0
    for person, method, path, form in forms:
        client = kept.client(person)
        for number, at in enumerate(leaves(form)):
            for name, value in list(HOSTILE.items())[number % EVERY :: EVERY]:
                answer = client.request(method, f"/api/{path}", json=spoilt(form, at, value))
                answers += 1
                if answer.status_code >= 500 or (name == "NUL" and answer.is_success):
                    faults.append((method, path, at, name, answer.status_code))

    assert faults == [] and answers > 1000, answers
    assert kept.client(SUPERVISOR).get("/ready").status_code == 200


def test_afterwards_everything_stands_and_goes_on(kept: Installation, ids: dict[str, str]) -> None:
    """Every list can be read, the log verifies, projections are what it says, and no chore of the worker stops."""
    paths = kept.client(SUPERVISOR).get("/api/openapi.json").json()["paths"]
    days = {
        "from": "2026-01-01",
        "to": "2026-03-02",
        "of": ids["/api/records/{id}"],
        "before": 1,
        "after": 1,
        "kind": "case",
    }
    unread = []
    for path, operations in paths.items():
        if path.startswith(ROOMS) and "get" in operations and not path.endswith("/length"):
            asked = [one["name"] for one in operations["get"].get("parameters", ()) if one.get("required")]
            given = {name: days[name] for name in asked if name in days}
            answers = [kept.client(one).get(lines.filled(path, ids), params=given) for one in (SUPERVISOR, LEADER)]
            if not any(one.is_success for one in answers):
                unread.append((path, answers[0].status_code, answers[0].text[:200]))
    assert unread == []
    _work(kept)
    assert kept.verified().broken is None
    lines.demand_projections(kept.services)


def _work(town: Installation) -> None:
    """The worker's chores of these rooms, today and when everything is over."""
    services, database = town.services, town.database
    older_ended(database)
    while services.port(Rules).turn(database):
        pass
    expiry.turn(database, services.port(Records))
    services.port(Documents).turn(database)
    services.port(Plans).turn(database)
    for days in (0, 30, 4000):
        with database.transaction(at=database.clock.now() + timedelta(days=days)) as tx:
            services.port(Checks).tell_late(tx)
            services.port(Rounds).close_due(tx)
            services.port(Rules).turn_of(tx, town.city)


DAYS: Final = ("0001-01-01", "0100-12-31", "0101-01-01", "2024-02-29", "9899-12-31", "9900-01-01", "9999-12-31")


def test_days_at_the_ends_of_the_calendar_are_answered(kept: Installation, ids: dict[str, str]) -> None:
    paths = kept.client(SUPERVISOR).get("/api/openapi.json").json()["paths"]
    faults = []
    for path, operations in paths.items():
        asked = [one["name"] for one in operations.get("get", {}).get("parameters", ()) if _is_day(one)]
        if not path.startswith(ROOMS) or not asked:
            continue
        tries = [dict.fromkeys(asked, day) for day in DAYS]
        tries += [dict.fromkeys(asked, "2026-03-02") | {name: day} for name in asked for day in DAYS]
        for given in tries:
            answer = kept.client(SUPERVISOR).get(lines.filled(path, ids), params={"of": "x", "kind": "case", **given})
            if answer.status_code >= 500:
                faults.append((path, given, answer.status_code))
    assert faults == []


def _is_day(parameter: Mapping[str, Any]) -> bool:
    shapes = [parameter["schema"], *parameter["schema"].get("anyOf", ())]
    return any(one.get("format") == "date" for one in shapes)


@pytest.mark.parametrize(
    "path", ["registers/toilet/records", "ledgers/upkeep_store/entries", "documents", "proceedings"]
)
def test_ten_megabytes_are_refused_before_anything_is_done(kept: Installation, ids: dict[str, str], path: str) -> None:
    before = kept.events()
    answer = kept.client(SUPERVISOR).post(f"/api/{path}", json={"fields": {"name": "绣" * 3_500_000}})

    assert answer.status_code in (413, 422) and kept.events() == before


# ---- what was kept harms nobody

NASTY: Final = (FORMULA, "+1", "-1层", "@SUM(A1)", "＝1+1", "'=1", SCRIPT, 'a,b"c', "'; drop table record; --")


@pytest.fixture(scope="module")
def nasty(kept: Installation, ids: dict[str, str]) -> list[Any]:
    """Toilets with such names, each inspected and entered into a store called so."""
    found = []
    for n, name in enumerate(NASTY):
        body = {"fields": {"number": f"X{n}", "name": name, "upkeep": "greening"}, "place": PLACE}
        answer = kept.client(SUPERVISOR).post("/api/registers/toilet/records", json=body)
        assert answer.status_code == 201, answer.text
        found.append(answer.json())
        make(
            kept,
            COLLECTOR,
            "inspections",
            checklist="toilet_check",
            thing=found[-1]["id"],
            findings=[NO_SMELL],
            finish=True,
        )
        make(
            kept,
            SUPERVISOR,
            "ledgers/upkeep_store/entries",
            quantity="1",
            note=name,
            fields={"yard": name[:60], "item": "net"},
        )
    return found


def cells(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]


@pytest.mark.parametrize("path", ["registers/toilet/export", "ledgers/upkeep_store/export", "inspections/export"])
def test_no_exported_cell_is_a_formula(kept: Installation, nasty: list[Any], path: str) -> None:
    found = cells(kept.client(SUPERVISOR).get(f"/api/{path}"))

    assert f"'{FORMULA}" in found and "'＝1+1" in found
    runs = [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    assert [cell for cell in runs if not cell.removeprefix("-").replace(".", "").isdigit()] == []


def test_a_workbook_holds_texts_and_no_formulas(kept: Installation, nasty: list[Any]) -> None:
    answer = kept.client(SUPERVISOR).get("/api/registers/toilet/export", params={"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    found = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}

    assert found[FORMULA] == "s" and set(found.values()) <= {"s", "n", "d", "b"}
    with ZipFile(io.BytesIO(answer.content)) as package:
        assert not any("hyperlink" in package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_what_went_out_as_a_file_comes_back_unchanged(kept: Installation, nasty: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "toilets.csv"
    asked = {"field": "upkeep=greening"}
    file.write_bytes(kept.client(SUPERVISOR).get("/api/registers/toilet/export", params=asked).content)
    with kept.database.reading() as tx:
        target: Any = kept.services.port(Kinds).target(tx, system(kept.city), "register:toilet")
    found = bring_in(kept.database, target, file, Wanted(target.found(file)))

    assert (found.new, found.changed, found.unchanged, found.rejected) == (0, 0, len(NASTY), 0)


def test_labels_pages_and_files_of_things_hold_no_tags_of_theirs(kept: Installation, nasty: list[Any]) -> None:
    labels = kept.client(SUPERVISOR).get("/api/registers/toilet/labels")
    body = {
        "kind": "notice",
        "title": SCRIPT[:200],
        "text": f"# {SCRIPT}\n- **{SCRIPT}**",
        "fields": {"to": SCRIPT[:60]},
    }
    document = make(kept, KEEPER, "documents", **body)
    printed = kept.client(KEEPER).get(f"/api/documents/{document}/print")

    for page in (labels, printed):
        assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
        assert "&lt;script&gt;" in page.text and "<script" not in page.text and "<img" not in page.text
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
    record = next(one for one in nasty if one["called"] == SCRIPT)
    for path in (f"records/{record['id']}", f"records/{record['id']}/dossier", f"registers/toilet/tiles/14/{_tile()}"):
        answer = kept.client(SUPERVISOR).get(f"/api/{path}")
        assert answer.status_code == 200 and not answer.headers["content-type"].startswith("text/html")


def _tile() -> str:
    """The tile of zoom 14 that `PLACE` lies in."""
    x = (PLACE["lon"] + 180) / 360 * 2**14
    y = (1 - math.asinh(math.tan(math.radians(PLACE["lat"]))) / math.pi) / 2 * 2**14
    return f"{int(x)}/{int(y)}"


SHAPES: Final[dict[str, Any]] = {
    "crossing itself": [[[105.31, 29.10], [105.32, 29.11], [105.31, 29.11], [105.32, 29.10], [105.31, 29.10]]],
    "no points": [], "an empty ring": [[]], "one point": [[[105.31, 29.10]]],
    "not closed": [[[105.31, 29.10], [105.32, 29.11]]],
    "no number": [[[105.31, "NaN"], [105.32, 29.11], [105.31, 29.11], [105.31, 29.10]]],
    "null": [[[105.31, None], [105.32, 29.11], [105.31, 29.11], [105.31, 29.10]]],
    "infinite": [[[1e308, 29.10], [105.32, 29.11], [105.31, 29.11], [1e308, 29.10]]],
    "nowhere in China": [[[0, 0], [1, 0], [1, 1], [0, 0]]],
    "a spike without area": [[[105.31, 29.10], [105.32, 29.11], [105.31, 29.10], [105.31, 29.10]]],
    "a hole outside": [[[105.31, 29.10], [105.32, 29.10], [105.32, 29.11], [105.31, 29.10]],
                       [[105.41, 29.20], [105.42, 29.20], [105.42, 29.21], [105.41, 29.20]]],
    "deep": DEEP, "a text": "POLYGON((0 0))", "too many points": [[[105.31 + n / 1e7, 29.1] for n in range(20_002)]],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_is_no_polygon_is_refused(kept: Installation, ids: dict[str, str], name: str) -> None:
    before = kept.events()
    body = {"fields": {"code": f"S-{name}", "name": "区", "area": "1"},
            "shape": {"type": "Polygon", "coordinates": SHAPES[name]}}  # fmt: skip
    answer = kept.client(SUPERVISOR).post("/api/registers/surveyed_area/records", json=body)

    assert told(answer) == (422, "invalid"), answer.text
    assert [one["field"] for one in answer.json()["errors"]] == ["shape"] and kept.events() == before


def test_a_shape_in_china_but_out_of_the_city_lies_in_no_area(kept: Installation, ids: dict[str, str]) -> None:
    ring = [[116.31, 39.10], [116.32, 39.10], [116.32, 39.11], [116.31, 39.10]]
    body = {"fields": {"code": "S-out", "name": "区", "area": "1"},
            "shape": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    answer = kept.client(SUPERVISOR).post("/api/registers/surveyed_area/records", json=body)

    assert answer.status_code == 201 and (answer.json()["scopes"], answer.json()["unit_grid"]) == ([], None)
