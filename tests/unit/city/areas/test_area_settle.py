from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import shapely
from area_city import CITY, DAY, area, block, city, line

from xiuhua.city.areas.drafts import Draft, draft
from xiuhua.city.areas.files import Feature
from xiuhua.city.areas.model import Area
from xiuhua.city.areas.settle import redraw, settle

GRID = "990101001001001"
KNOWN = {one.code: one for one in city()}


def feature(shape: Any = None, row: int = 1, **fields: str) -> Feature:
    return Feature("a.geojson", row, fields, shape)


def told(made: Draft) -> list[tuple[str, str]]:
    return [(finding.what, finding.why) for finding in made.findings]


def made_of(*features: Feature, kind: Any = None) -> list[Draft]:
    return [draft(each, kind, CITY, DAY) for each in features]


def test_a_feature_becomes_an_area() -> None:
    fields = {"code": GRID, "kind": "单元网格", "area_class": "A类", "valid_from": "2024/2/29", "valid_to": "20250228"}

    [made] = made_of(feature(block(0, 0), **fields))

    assert made.area == Area(
        GRID, "unit_grid", GRID, None, block(0, 0), date(2024, 2, 29), date(2025, 2, 28), "A"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "shape", "what", "why"),
    [
        (None, {"code": "1"}, block(0, 0), "no_kind", "one of city, district"),
        (None, {"code": "1", "kind": "planet"}, block(0, 0), "bad_kind", "'planet' is none of city, district"),
        ("unit_grid", {}, block(0, 0), "no_code", "no code"),
        ("unit_grid", {"code": "12"}, block(0, 0), "bad_code", "expected 15 characters"),
        ("city", {"code": "990200", "name": "x"}, block(0, 0), "other_city", "not this bureau's own code 990100"),
        ("street", {"code": "990101001"}, block(0, 0), "no_name", "a street needs a name"),
        ("street", {"code": "990101001", "name": "x" * 101}, block(0, 0), "bad_name", "at most 100"),
        ("unit_grid", {"code": GRID, "area_class": "D"}, block(0, 0), "bad_area_class", "none of A, B, C"),
        ("road_segment", {"code": "R", "name": "r", "sides": "up"}, line((0, 0), (1, 1)), "bad_sides", "none of L, R"),
        ("unit_grid", {"code": GRID, "valid_from": "2023-02-29"}, block(0, 0), "bad_date", "write it as 2024-02-29"),
        ("unit_grid", {"code": GRID, "valid_to": "2025-12-31"}, block(0, 0), "bad_dates", "before valid_from 2026"),
        ("unit_grid", {"code": GRID}, None, "no_geometry", "no shape"),
        ("unit_grid", {"code": GRID}, shapely.Polygon(), "no_geometry", "no shape"),
        ("unit_grid", {"code": GRID}, line((0, 0), (1, 1)), "wrong_shape", "is a Polygon, this is a LineString"),
        ("road_segment", {"code": "R", "name": "r"}, block(0, 0), "wrong_shape", "is a LineString, this is a Polygon"),
        ("unit_grid", {"code": GRID}, shapely.Polygon([(0, 0), (1, 1), (2, 2)]), "invalid_geometry", "beyond repair"),
        ("road_segment", {"code": "R", "name": "r"}, line((1, 1), (1, 1)), "invalid_geometry", "beyond repair"),
    ],
)
def test_what_is_wrong_with_a_feature_is_said(
    kind: Any, fields: dict[str, str], shape: Any, what: str, why: str
) -> None:
    [made] = made_of(feature(shape, row=7, **fields), kind=kind)

    assert made.refused and made.area is None
    assert [(row.file, row.row, row.what) for row in made.findings] == [("a.geojson", 7, what)]
    assert why in made.findings[0].why


def test_all_errors_of_a_feature_are_told_at_once() -> None:
    [made] = made_of(feature(None, code="12", area_class="D", valid_from="soon"), kind="unit_grid")

    assert [finding.field for finding in made.findings] == ["code", "area_class", "valid_from", "geometry"]


def test_coordinates_that_cannot_be_meant_are_an_error_of_the_feature() -> None:
    [made] = made_of(replace(feature(block(0, 0), code=GRID), fault="look swapped"), kind="unit_grid")

    assert told(made) == [("bad_place", "look swapped")]


def test_an_invalid_shape_is_repaired_and_told_with_its_place() -> None:
    bow = shapely.Polygon([(120, 30), (120.01, 30.01), (120.01, 30), (120, 30.01)])

    [made] = made_of(feature(bow, code=GRID), kind="unit_grid")

    assert made.area is not None and made.area.geometry.is_valid and made.area.original is not None
    [finding] = made.findings
    assert finding.what == "repaired" and "Self-intersection" in finding.why
    assert finding.place is not None and finding.area_m2 == pytest.approx(536_000, rel=0.01)


def test_the_same_feature_twice_counts_once() -> None:
    drafts = made_of(feature(block(0, 0), code=GRID), feature(block(0, 0), 2, code=GRID), kind="unit_grid")

    settled = settle(drafts, CITY, KNOWN)

    assert list(settled) == [GRID] and drafts[1].repeated
    assert told(drafts[1]) == [("repeated", f"{GRID} comes again, unchanged: a.geojson row 1, a.geojson row 2")]


def test_one_code_with_two_contents_is_refused_altogether() -> None:
    drafts = made_of(feature(block(0, 0), code=GRID), feature(block(1, 0), 2, code=GRID), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN) == {}
    assert all("a.geojson row 1, a.geojson row 2" in made.findings[0].why for made in drafts)


def test_a_parent_that_is_given_is_taken() -> None:
    drafts = made_of(feature(block(0, 0), code=GRID, parent="990101002002"), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN)[GRID].parent == "990101002002"


@pytest.mark.parametrize(
    ("parent", "what", "why"),
    [
        ("990101009009", "unknown_parent", "there is no area 990101009009"),
        ("990101001001002", "bad_parent", "is a unit_grid, no parent for a unit_grid"),
    ],
)
def test_a_parent_must_be_there_and_higher(parent: str, what: str, why: str) -> None:
    drafts = made_of(feature(block(0, 0), code=GRID, parent=parent), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN) == {}
    assert drafts[0].findings[0].what == what and why in drafts[0].findings[0].why


def test_without_a_parent_it_is_the_area_that_a_grid_overlaps_most() -> None:
    # The code's own digits say community 002002, the place says 001001 (0.6 of it) and 001002.
    drafts = made_of(feature(block(1.4, 0), code="990101002002001"), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN)["990101002002001"].parent == "990101001001"


def test_of_two_equal_shares_the_smaller_code_is_the_parent() -> None:
    drafts = made_of(feature(block(1.5, 0), code=GRID), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN)[GRID].parent == "990101001001"


def test_a_grid_in_no_community_is_refused() -> None:
    drafts = made_of(feature(block(20, 20), code=GRID), kind="unit_grid")

    assert settle(drafts, CITY, KNOWN) == {}
    assert told(drafts[0]) == [
        ("no_parent", "lies in no community or street: import those first, or give the column parent")
    ]


def test_the_parent_may_come_in_the_same_import_and_in_any_order() -> None:
    fields = {"code": "990101001001", "kind": "community", "name": "c", "parent": CITY}
    drafts = made_of(feature(block(0, 0), code=GRID, kind="unit_grid"), feature(block(0, 0, 2, 2), 2, **fields))

    assert settle(drafts, CITY, {})[GRID].parent == "990101001001"


def test_what_stands_on_a_refused_area_is_refused_too() -> None:
    drafts = made_of(
        feature(None, code="990101001001", kind="community", name="c"),
        feature(block(0, 0), 2, code=GRID, kind="unit_grid", parent="990101001001"),
    )

    assert settle(drafts, CITY, {}) == {}
    assert told(drafts[1])[0][0] == "unknown_parent"


def test_streets_without_anything_above_belong_to_the_city() -> None:
    drafts = made_of(feature(block(0, 0), code="990101001", name="s"), kind="street")

    assert settle(drafts, CITY, {})["990101001"].parent == CITY


def test_the_bureaus_own_area_has_no_parent() -> None:
    drafts = [draft(feature(block(0, 0), code="990101", name="d"), "district", "990101", DAY)]

    assert settle(drafts, "990101", {})["990101"].parent is None


def test_a_community_with_a_strange_number_is_taken_with_a_warning() -> None:
    drafts = made_of(feature(block(0, 0), code="990109001001", name="c", parent="990101001"), kind="community")

    assert "990109001001" in settle(drafts, CITY, KNOWN)
    assert drafts[0].findings[0].what == "other_prefix" and not drafts[0].refused


def test_a_code_belongs_to_one_kind() -> None:
    drafts = made_of(feature(line((0, 0), (1, 0)), code=GRID, name="r"), kind="road_segment")

    assert settle(drafts, CITY, KNOWN) == {}
    assert told(drafts[0]) == [("code_of_other_kind", f"{GRID} is already a unit_grid")]


def test_a_duty_grid_is_the_union_of_its_members() -> None:
    drafts = made_of(feature(code="D2", members=f"{GRID}；990101001001002、{GRID}"), kind="duty_grid")

    duty = settle(drafts, CITY, KNOWN)["D2"]

    assert duty.members == (GRID, "990101001001002")
    assert duty.geometry.equals(block(0, 0, 2, 1)) and duty.parent is None


def test_a_duty_grid_drawn_as_an_outline_has_the_grids_mostly_inside() -> None:
    drafts = made_of(feature(block(0, 0, 1.6, 1.2), code="D2"), kind="duty_grid")

    assert settle(drafts, CITY, KNOWN)["D2"].members == (GRID, "990101001001002")
    assert drafts[0].findings[0].what == "cuts_grid"
    assert "990101001001004" in drafts[0].findings[0].why


@pytest.mark.parametrize(
    ("fields", "shape", "what"),
    [
        ({"members": f"{GRID},990101001,nix"}, None, "unknown_member"),
        ({}, None, "no_members"),
        ({}, block(30, 30), "no_members"),
    ],
)
def test_a_duty_grid_without_grids_is_refused(fields: dict[str, str], shape: Any, what: str) -> None:
    drafts = made_of(feature(shape, code="D2", **fields), kind="duty_grid")

    assert settle(drafts, CITY, KNOWN) == {}
    assert drafts[0].findings[0].what == what


def test_what_is_imported_again_keeps_the_geometry_that_stands() -> None:
    kept = replace(KNOWN[GRID], original=b"as it came", datum="gcj02")
    moved = shapely.transform(kept.geometry, lambda xy: xy + 1e-14)
    again = replace(feature(moved, code=GRID, parent=kept.parent or ""), original=b"as it came", datum="gcj02")

    settled = settle(made_of(again, kind="unit_grid"), CITY, {**KNOWN, GRID: kept})

    assert settled[GRID].geometry is kept.geometry


def test_a_duty_grid_is_drawn_anew_when_its_grids_change() -> None:
    after = {**KNOWN, GRID: replace(KNOWN[GRID], geometry=block(-0.5, 0, 1.5, 1))}

    [drawn], findings = redraw(after, [KNOWN["D1"]])

    assert drawn.geometry.equals(shapely.union_all([block(-0.5, 0, 2.5, 1), block(0, 1, 2, 1)]))
    assert not findings and redraw(KNOWN, [KNOWN["D1"]]) == ([], [])


def test_a_duty_grid_that_lost_grids_is_told() -> None:
    without = {code: one for code, one in KNOWN.items() if code != GRID}

    [drawn], [finding] = redraw(without, [KNOWN["D1"]])

    assert GRID not in drawn.members and finding.what == "member_closed" and finding.codes == ("D1", GRID)


def test_a_duty_grid_that_lost_all_keeps_its_last_shape() -> None:
    drawn, [finding] = redraw({}, [area("D", "duty_grid", block(0, 0), members=(GRID,))])

    assert drawn == [] and finding.what == "member_closed"
