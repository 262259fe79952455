from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.city.duties.check import check
from xiuhua.city.duties.dead import Judge, Known
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import NOBODY, Answer, Asked, CategoryGroup, DutyRow, Gap, Section, Tie
from xiuhua.city.duties.painting import Grid, Line
from xiuhua.city.units.bands import TimeBand

DAY = date(2026, 1, 1)
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 1, 5, tzinfo=ZONE)
OLD = "GB/T 30428.2/matter/0112"
LINES = [
    Line("GB/T 47678.5/matter/06012", (OLD,)),
    Line("GB/T 47678.5/matter/06013"),
    Line("GB/T 47678.5/matter/07001"),
    Line("GB/T 47678.5/part/01001"),
]
GRIDS = [
    Grid(f"C{s}{c}{g}", (f"C{s}{c}{g}", f"DG{s}{g % 2}", f"C{s}{c}", f"S{s}", "990100"))
    for s, c, g in product(range(2), range(2), range(3))
]
BANDS = [TimeBand("night", "night", "18:00-08:00", DAY), TimeBand("late", "late", "22:00-23:00", DAY)]
GROUPS = [CategoryGroup("clean", "clean", (OLD, "GB/T 47678.5/matter/07"), DAY)]
SECTIONS = [Section("SEC", "s", "K", ("C01", "S1", "R1"), DAY)]
EVERY = DutyRow("handle", "*", "everywhere", "*", "U", DAY)


def matrix(*rows: DutyRow) -> DutyMatrix:
    return DutyMatrix([replace(one, id=n) for n, one in enumerate(rows, 1)], ZONE, BANDS, GROUPS, SECTIONS)


def checked(*rows: DutyRow, on: date = DAY, known: Known | None = None):  # type: ignore[no-untyped-def]
    return check(matrix(*rows), LINES, GRIDS, on, known, ["handle"])


def test_a_whole_matrix_is_in_order() -> None:
    report = checked(EVERY)

    assert (report.gaps, report.overlaps, report.dead, report.shadowed, report.exit_code) == ((), (), (), (), 0)
    assert (report.categories, report.grids) == (4, 12)


def test_an_empty_matrix_is_one_gap_per_kind() -> None:
    report = check(matrix(), LINES, GRIDS, DAY)

    assert [(gap.kind, gap.categories, gap.areas, gap.cells) for gap in report.gaps] == [
        (kind, ("*",), (("990100", 12),), 48) for kind in ("regulate", "handle", "enforce", "maintain")
    ]
    assert report.exit_code == 1


def test_a_gap_is_told_by_class_and_by_the_highest_area() -> None:
    rows = [
        replace(EVERY, place_kind="street", place="S0"),
        replace(EVERY, place_kind="community", place="C10"),
        replace(EVERY, category="GB/T 47678.5/matter/07"),
    ]

    (gap,) = checked(*rows).gaps

    assert gap.categories == ("GB/T 47678.5/matter/06", "GB/T 47678.5/part/01001")
    assert (gap.areas, gap.place_count, gap.cells, gap.category_count) == ((("C11", 3),), 3, 9, 3)


def test_nobody_by_rule_is_no_gap() -> None:
    assert checked(replace(EVERY, unit=NOBODY)).exit_code == 0


def test_two_units_for_the_same_are_an_overlap_with_its_rows() -> None:
    one = replace(EVERY, category=LINES[0].key, place_kind="street", place="S0")
    report = checked(EVERY, one, replace(one, unit="V"))

    (overlap,) = report.overlaps
    assert [row.id for row in overlap.rows] == [2, 3] and overlap.areas == (("S0", 6),)
    assert (overlap.categories, overlap.cells, report.exit_code) == ((LINES[0].key,), 6, 1)


def test_what_a_more_specific_row_settles_is_no_overlap() -> None:
    one = replace(EVERY, place_kind="street", place="S0")
    settled = [replace(EVERY, place_kind="community", place=place) for place in ("C00", "C01")]
    report = checked(EVERY, one, replace(one, unit="V"), *settled)

    assert report.overlaps == () and [row.id for row in report.shadowed] == [2, 3]
    assert report.exit_code == 0


def test_bands_are_judged_when_they_hold() -> None:
    day = replace(EVERY, category=LINES[0].key, time_band="08:00-18:00")
    others = [replace(EVERY, category=line.key) for line in LINES[1:]]

    (gap,) = checked(day, *others).gaps
    assert (gap.categories, gap.bands, gap.minutes) == ((LINES[0].key,), (), 7 * 14 * 60)
    assert checked(day, replace(day, time_band="night"), *others).exit_code == 0


def test_bands_that_cross_are_an_overlap_for_so_long() -> None:
    rows = [replace(EVERY, unit=unit, time_band=band) for unit, band in (("V", "night"), ("W", "late"))]

    (overlap,) = checked(EVERY, *rows).overlaps

    assert (overlap.bands, overlap.minutes, overlap.cells) == (("late", "night"), 7 * 60, 48)


def test_owners_are_judged_apart() -> None:
    mine = [replace(EVERY, owner="W"), replace(EVERY, owner="W", unit="V"), replace(EVERY, owner="X", unit="V")]

    (overlap,) = checked(EVERY, *mine).overlaps
    (gap,) = checked(mine[0]).gaps

    assert overlap.owner == "W" and [row.id for row in overlap.rows] == [2, 3]
    assert gap.categories == ("*",)


def test_sections_cover_areas_and_segments_are_judged_for_overlaps() -> None:
    section = replace(EVERY, place_kind="section", place="SEC", unit="V")
    segment = replace(EVERY, place_kind="road_segment", place="R1")
    report = checked(EVERY, section, segment, replace(segment, unit="V"), replace(section, unit="W"))

    told = {overlap.areas: [row.id for row in overlap.rows] for overlap in report.overlaps}
    assert told == {(("S1", 6), ("C01", 3)): [2, 5], (("R1", 1),): [3, 4]}
    assert checked(section).gaps[0].areas == (("C00", 3),)


KNOWN = Known(
    {"U": [(DAY, None)], "OLD": [(date(2020, 1, 1), date(2025, 12, 31))]},
    {"S0": "street", "R1": "road_segment"},
    {line.key for line in LINES},
    "990100",
)


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"unit": "GONE"}, "unit", "there is no unit"),
        ({"unit": "OLD"}, "unit", "does not stand on 2026-01-01"),
        ({"unit": ""}, "unit", "is needed"),
        ({"category": "GB/T 47678.5/matter/99999"}, "category", "no category"),
        ({"category": "GB/T 47678.5/matter/99"}, "category", "no class"),
        ({"category": "GB/T 1/matter"}, "category", "no categories"),
        ({"category": "group:none"}, "category", "no group"),
        ({"place_kind": "street", "place": "S9"}, "place", "there is no street S9"),
        ({"place_kind": "community", "place": "S0"}, "place", "is a street, not a community"),
        ({"place_kind": "section", "place": "S0"}, "place", "no contract section"),
        ({"place_kind": "planet", "place": "S0"}, "place_kind", "is none of"),
        ({"place": "S0"}, "place", "is * for everywhere"),
        ({"place_kind": "street"}, "place", "only for everywhere"),
        ({"side": "L"}, "side", "only for a road segment"),
        ({"place_kind": "road_segment", "place": "R1", "side": "X"}, "side", "not one of"),
        ({"time_band": "noon"}, "time_band", "no time band"),
        ({"time_band": "9:00"}, "time_band", "is not like"),
        ({"kind": "sweep"}, "kind", "not one of"),
    ],
)
def test_a_dead_row_is_told_by_field(change: dict[str, str], field: str, why: str) -> None:
    (fault,) = Judge(matrix(), DAY, KNOWN).faults(replace(EVERY, **change))  # type: ignore[arg-type]

    assert fault[0] == field and why in fault[1]


@pytest.mark.parametrize(
    "change",
    [
        {}, {"unit": NOBODY}, {"category": "GB/T 47678.5/matter/06"}, {"category": "GB/T 47678.5/matter"},
        {"place_kind": "city", "place": "990100"}, {"place_kind": "section", "place": "SEC"},
        {"place_kind": "road_segment", "place": "R1", "side": "L"}, {"time_band": "late"},
        {"place_kind": "record", "place": "anything"},
    ],
)  # fmt: skip
def test_a_living_row_has_no_fault(change: dict[str, str]) -> None:
    assert Judge(matrix(), DAY, KNOWN).faults(replace(EVERY, **change)) == []  # type: ignore[arg-type]


def test_dead_rows_fail_the_check() -> None:
    report = checked(EVERY, replace(EVERY, category=LINES[0].key, unit="GONE"), known=KNOWN)

    assert [(one.row.id, one.field) for one in report.dead] == [(2, "unit")] and report.exit_code == 1


# -- against asking for every cell --

rows_of_any_kind = st.builds(
    lambda category, place, unit, band, owner: DutyRow(
        "handle", category, place[0], place[1], unit, DAY, "", band, owner
    ),
    st.sampled_from([line.key for line in LINES] + [OLD, "GB/T 47678.5/matter/06", "group:clean", "*"]),
    st.sampled_from([("unit_grid", "C001"), ("duty_grid", "DG01"), ("community", "C00"), ("community", "C11"),
                     ("street", "S0"), ("section", "SEC"), ("city", "990100"), ("everywhere", "*")]),
    st.sampled_from("AB-"), st.sampled_from(["", "", "night", "late"]), st.sampled_from(["", "", "W"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(rows_of_any_kind, max_size=9))
def test_the_check_finds_what_asking_for_every_cell_finds(rows: list[DutyRow]) -> None:
    one = matrix(*rows)
    hours = [MONDAY + timedelta(hours=hour, minutes=30) for hour in (12, 19, 22)]
    asked = {key: one.resolve(question(*key)) for key in product(LINES, GRIDS, hours, (None, "W"))}

    report = check(one, LINES, GRIDS, DAY, kinds=["handle"])

    bare = {key[:2] for key, answer in asked.items() if answer == Gap() and key[3] is None}
    always = {cell for cell in bare if all(asked[*cell, at, None] == Gap() for at in hours)}
    assert sum(gap.cells for gap in report.gaps if gap.bands is None) == len(always)
    used = {row.time_band for row in rows} - {""}
    active = [tuple(sorted(used & holding)) for holding in (set(), {"night"}, {"night", "late"})]
    timed = {(*cell, now) for at, now in zip(hours, active, strict=True) for cell in bare - always
             if asked[*cell, at, None] == Gap()}  # fmt: skip
    assert sum(gap.cells for gap in report.gaps if gap.bands is not None) == len(timed)
    ties = {answer.rows for answer in asked.values() if isinstance(answer, Tie)}
    assert {overlap.rows for overlap in report.overlaps} == ties
    left = DutyMatrix([row for row in one.rows if row not in report.shadowed], ZONE, BANDS, GROUPS, SECTIONS)
    assert all(named(left.resolve(question(*key))) == named(answer) for key, answer in asked.items())


def question(line: Line, grid: Grid, at: datetime, owner: str | None) -> Asked:
    return Asked("handle", line.key, at, grid.scopes, line.mapped, owner=owner)


def named(answer: Answer) -> object:
    """What an answer says, whichever of the rows that agree it came from."""
    return answer.rows if isinstance(answer, Tie) else getattr(answer, "unit", type(answer))


@pytest.mark.parametrize("height", range(1, 7))
def test_the_check_ranks_categories_as_asking_does(height: int) -> None:
    ways = ("*", "GB/T 47678.5/matter", "GB/T 30428.2/matter/01", "GB/T 47678.5/matter/06", "group:clean", OLD)
    rows = [replace(EVERY, category=category, unit=category) for category in ways[:height]]

    report = check(matrix(*rows), LINES[:1], GRIDS, DAY, kinds=["handle"])

    assert report.overlaps == () and {row.category for row in report.shadowed} == set(ways[: height - 1])
