from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from xiuhua.city.categories.tables import Row, read_table, rows_of
from xiuhua.city.duties.dead import Judge, Known
from xiuhua.city.duties.dry_run import PastCase, dry_run
from xiuhua.city.duties.files import COLUMNS, NEEDED, Read, read_rows, to_csv, to_xlsx
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import KINDS, NOBODY, PLACE_KINDS, DutyRow
from xiuhua.city.units.bands import TimeBand

DAY = date(2026, 1, 1)
MONDAY = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
BANDS = [TimeBand("night", "night", "18:00-08:00", DAY)]
EVERY = DutyRow("handle", "*", "everywhere", "*", "U", DAY)
KEY, OTHER = "GB/T 47678.5/matter/06012", "GB/T 47678.5/matter/06013"
KNOWN = Known(
    {"U": [(DAY, None)], "OLD": [(date(2020, 1, 1), date(2025, 12, 31))]},
    {"S0": "street", "R1": "road_segment"},
    {KEY},
    "990100",
)


def matrix(*rows: DutyRow) -> DutyMatrix:
    numbered = [replace(one, id=n) for n, one in enumerate(rows, 1)]
    return DutyMatrix(numbered, ZoneInfo("Asia/Shanghai"), BANDS)


# -- dry run --


def test_a_dry_run_shows_what_would_have_gone_elsewhere() -> None:
    later = date(2027, 1, 1)
    in_force = matrix(EVERY, replace(EVERY, category=OTHER, unit="V"))
    draft = matrix(
        replace(EVERY, unit="V", valid_from=later, place_kind="street", place="S0"),
        replace(EVERY, category=OTHER, unit="W", valid_from=later),
        replace(EVERY, category=OTHER, unit="X", valid_from=later),
    )
    cases = [
        PastCase("1", KEY, MONDAY, "U", ("C00", "S0")),
        PastCase("2", KEY, MONDAY, "V", ("C00", "S0")),
        PastCase("3", KEY, MONDAY, "U", ("S1",)),
        PastCase("4", OTHER, MONDAY, "V"),
    ]

    run = dry_run(cases, draft, in_force, later)

    assert [(one.case.id, one.to.text, one.before.text, one.by_draft) for one in run.moved] == [
        ("1", "V", "U", True), ("3", "gap", "U", True), ("4", "tie", "V", True),
    ]  # fmt: skip
    assert run.flows == (("U", "V", 1), ("U", "gap", 1), ("V", "tie", 1))
    assert (run.cases, run.stayed, run.new_gaps, run.new_ties) == (4, 1, 1, 1)
    assert run.outcomes == {"gap": 1, "tie": 1, "unit": 2} and run.moved[2].to.rows == (2, 3)


def test_a_dry_run_keeps_the_hour_and_tells_what_people_did_from_what_the_draft_does() -> None:
    night = replace(EVERY, unit="N", time_band="night")
    cases = [PastCase(str(hour), KEY, MONDAY + timedelta(hours=hour), "Z") for hour in (12, 20)]

    run = dry_run(cases, matrix(EVERY, night), matrix(EVERY), DAY)

    assert [(one.to.text, one.by_draft) for one in run.moved] == [("U", False), ("N", True)]


# -- files --


def read(rows: list[Row]) -> Read:
    return read_rows(rows, date(2026, 5, 1), lambda day: Judge(matrix(), day, KNOWN))


ROWS = [
    replace(EVERY, source="文件〔2026〕1号", id=1),
    replace(EVERY, place_kind="road_segment", place="R1", side="L", owner="W", time_band="1-5 18:00-08:00", id=2),
    replace(EVERY, place_kind="street", place="S0", valid_to=date(2026, 12, 31), source_case="990100-20260301-0001"),
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_reads_the_same(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"duties.{form}"
    path.write_bytes(to_csv(ROWS) if form == "csv" else to_xlsx(ROWS))

    found = read(read_table(path, NEEDED))

    assert set(found.rows) == set(ROWS) and found.errors == () == found.quarrels


def test_a_workbook_holds_text_only(tmp_path: Path) -> None:
    path = tmp_path / "duties.xlsx"
    path.write_bytes(to_xlsx(ROWS))

    sheet = openpyxl.load_workbook(path).worksheets[0]

    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if cell.value} == {"s"}
    assert to_xlsx(ROWS) == to_xlsx(ROWS)


def test_every_error_of_a_file_has_its_place() -> None:
    good = {"kind": "handle", "category": "*", "place_kind": "everywhere", "place": "", "unit": "U"}
    lines = [
        good,
        good | {"unit": "GONE", "valid_from": "2026-13-01"},
        good | {"unit": "GONE", "valid_from": "2026/6/1", "kind": "sweep"},
        good,
        good | {"unit": "OLD", "valid_to": "2025-12-31", "valid_from": "2025-01-01", "place": "S0"},
        good | {"valid_from": "2026-06-01", "valid_to": "2026-05-01"},
    ]

    found = read(rows_of(lines, "duties.csv"))

    assert [(one["row"], one["field"]) for one in found.errors] == [
        (3, "valid_from"), (4, "kind"), (4, "unit"), (6, "place"), (7, "valid_to"), (5, "unit"),
    ]  # fmt: skip
    assert found.errors[-1]["why"] == "is said already in row 2" and found.errors[0]["file"] == "duties.csv"
    assert found.rows[0].valid_from == date(2026, 5, 1) and found.rows[0].place == "*"


def test_rows_that_quarrel_are_taken_and_told() -> None:
    good = {"kind": "handle", "category": "*", "place_kind": "street", "place": "S0", "unit": "U"}

    found = read(rows_of([good, good | {"unit": NOBODY}], "duties.csv"))

    assert found.errors == () and [(one["row"], one["why"]) for one in found.quarrels] == [(3, "- here, U in row 2")]


@pytest.mark.parametrize("word", [*COLUMNS, *PLACE_KINDS, *KINDS])
def test_the_page_describes_every_column_and_place(word: str) -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "duties.md"

    assert f"`{word}`" in page.read_text("utf-8")
