import re
from dataclasses import replace
from datetime import date

import pytest
import shapely
from area_city import area, block, line

from xiuhua.city.areas.model import code_fault, is_higher, wkb


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("city", "990100"),
        ("district", "990101"),
        ("street", "990101001"),
        ("community", "990101001001"),
        ("unit_grid", "990101001001001"),
        ("unit_grid", "99010100100101"),
        ("unit_grid", "99010100100100A"),
        ("duty_grid", "责任一区"),
        ("road_segment", "R-1 东段"),
        ("road_segment", "x" * 32),
    ],
)
def test_codes_that_fit(kind: str, code: str) -> None:
    assert code_fault(kind, code) is None


@pytest.mark.parametrize(
    ("kind", "code", "why"),
    [
        ("city", "9901", r"\(4 characters\) is no city code: expected 6 digits of GB/T 2260"),
        ("city", "099010", "6 digits"),
        ("district", "99010１", "6 digits"),
        ("street", "990101", "9 digits"),
        ("community", "9.90101E+11", "12 digits"),
        ("unit_grid", "9901010010010011", "15 characters"),
        ("unit_grid", "9901010010010", "14 in older data"),
        ("unit_grid", "99010100100100a", "0-9 A-Z"),
        ("duty_grid", "x" * 33, "1 to 32"),
        ("duty_grid", " D1", "1 to 32"),
        ("road_segment", "R\n1", "1 to 32"),
    ],
)
def test_codes_that_do_not_fit_say_what_was_expected(kind: str, code: str, why: str) -> None:
    assert re.search(why, code_fault(kind, code) or "it fits")


@pytest.mark.parametrize(
    ("parent", "child", "may"),
    [
        ("street", "unit_grid", True),
        ("community", "street", False),
        ("street", "street", False),
        ("unit_grid", "duty_grid", False),
        ("community", "duty_grid", True),
        ("city", "road_segment", True),
    ],
)
def test_a_parent_is_administrative_and_higher(parent: str, child: str, may: bool) -> None:
    assert is_higher(parent, child) is may


@pytest.mark.parametrize(
    ("day", "valid"), [("2024-02-28", False), ("2024-02-29", True), ("2028-02-29", True), ("2028-03-01", False)]
)
def test_an_area_is_valid_from_a_leap_day_to_a_leap_day(day: str, valid: bool) -> None:
    grid = area("G", "unit_grid", block(0, 0), valid_from=date(2024, 2, 29), valid_to=date(2028, 2, 29))

    assert grid.valid_on(date.fromisoformat(day)) is valid


def test_the_same_border_drawn_from_another_corner_is_the_same_content() -> None:
    here = area("G", "unit_grid", shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)]))
    there = replace(here, geometry=shapely.Polygon([(1, 1), (1, 0), (0, 0), (0, 1)]), datum="cgcs2000")

    assert here.content() == there.content()
    assert here.content() != replace(here, name="other").content()


def test_a_line_keeps_its_direction() -> None:
    east, west = line((0, 0), (1, 0)), line((1, 0), (0, 0))

    assert wkb(east) != wkb(west)
    assert shapely.from_wkb(wkb(west)).coords[0] == west.coords[0]


def test_the_point_of_a_road_is_its_middle_and_of_a_bent_area_inside() -> None:
    bent = shapely.Polygon([(0, 0), (9, 0), (9, 1), (1, 1), (1, 9), (0, 9)])

    assert area("R", "road_segment", shapely.LineString([(0, 0), (4, 0)])).point() == (2.0, 0.0)
    assert bent.contains(shapely.Point(area("A", "community", bent).point()))
