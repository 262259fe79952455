from dataclasses import replace
from datetime import date

import pytest
from area_city import CITY, DAY, area, at, block, city, index, line

from xiuhua.city.areas.index import AreaIndex
from xiuhua.platform.errors import NotFound

GRID = "990101001001001"


def test_ancestors_go_from_the_grid_to_the_city() -> None:
    assert index().ancestors(GRID) == (GRID, "990101001001", "990101001", "990101", CITY)


def test_the_city_ends_every_chain_even_where_it_is_not_drawn() -> None:
    small = AreaIndex(CITY, DAY, [area(GRID, "unit_grid", block(0, 0))])

    assert small.ancestors(GRID) == (GRID, CITY)
    assert small.ancestors(CITY) == (CITY,)


def test_a_duty_grid_stands_in_the_smallest_area_around_its_unit_grids() -> None:
    across = area("D2", "duty_grid", block(0, 0), members=(GRID, "990101001002001"))
    wider = AreaIndex(CITY, DAY, [*city(), across])

    assert wider.ancestors("D1")[1] == "990101001001"
    assert wider.ancestors("D2")[1] == "990101001"


def test_roads_stand_in_the_city() -> None:
    assert index().ancestors("R2") == ("R2", CITY)


def test_scopes_are_all_areas_around_a_grid() -> None:
    here = index()

    assert here.scopes(here.number(GRID)) == [GRID, "D1", "990101001001", "990101001", "990101", CITY]
    assert here.scopes(here.number("990101001001011"))[1] == "990101001001"
    assert here.scopes(-1) == []


@pytest.mark.parametrize(
    ("code", "ancestor", "inside"),
    [
        (GRID, GRID, True),
        (GRID, "990101", True),
        (GRID, "D1", True),
        (GRID, CITY, True),
        (GRID, "990101002", False),
        ("990101", GRID, False),
    ],
)
def test_within(code: str, ancestor: str, inside: bool) -> None:
    assert index().within(code, ancestor) is inside


def test_children_are_the_areas_directly_below() -> None:
    here = index()

    assert here.children("990101001") == ("990101001001", "990101001002")
    assert here.children("D1") == here.area("D1").members
    assert here.children(GRID) == ()
    assert "990101" in here.children(CITY)


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound, match="No area 123 on 2026-01-01"):
        index().area("123")
    with pytest.raises(NotFound):
        index().ancestors("123")


def test_a_place_outside_of_all_grids_is_in_the_smallest_area_around_it() -> None:
    without = [one for one in city() if one.code not in (GRID, "990101001002")]
    here = AreaIndex(CITY, DAY, without)

    assert here.locate_any(*at(0.5, 0.5)).code == "990101001001"
    assert here.locate_any(*at(1.5, 0.5)).kind == "unit_grid"
    assert here.locate_any(*at(9, 9)) is None


def test_on_a_border_of_wider_areas_the_smallest_code_has_the_place() -> None:
    here = AreaIndex(CITY, DAY, [one for one in city() if one.kind != "unit_grid"])

    assert here.locate_any(*at(4, 1)).code == "990101001002"


def test_the_class_of_a_place_is_that_of_the_nearest_area_with_one() -> None:
    own = [replace(one, area_class="C") if one.code == "990101001001002" else one for one in city()]
    here = AreaIndex(CITY, DAY, own)

    assert here.area_class("990101001001002") == "C"
    assert here.area_class(GRID) == "A"
    assert here.area_class_at(*at(3.5, 3.5)) == "B"
    assert here.area_class_at(*at(5, 1)) == "C"
    assert here.area_class_at(*at(20, 20)) is None


@pytest.mark.parametrize(
    ("day", "there"), [("2024-02-28", False), ("2024-02-29", True), ("2025-02-28", True), ("2025-03-01", False)]
)
def test_an_index_holds_what_is_valid_on_its_day(day: str, there: bool) -> None:
    grid = area(GRID, "unit_grid", block(0, 0), valid_from=date(2024, 2, 29), valid_to=date(2025, 2, 28))

    assert (GRID in AreaIndex(CITY, date.fromisoformat(day), [grid])) is there


@pytest.mark.parametrize(
    ("place", "code", "side"),
    [
        ((1.0, 2.02), "R1-0", "L"),
        ((1.0, 1.98), "R1-0", "R"),
        ((1.0, 2.0), "R1-0", "on"),
        ((1.95, 2.5), "R2", "L"),
        ((2.05, 2.5), "R2", "R"),
        ((2.0, 2.0), "R1-0", "on"),
    ],
)
def test_the_nearest_road_and_its_side(place: tuple[float, float], code: str, side: str) -> None:
    road = index().nearest_road(*at(*place), 50)

    assert road is not None and (road.code, road.side) == (code, side)


def test_the_distance_to_a_road_is_in_metres() -> None:
    road = index().nearest_road(120.004, 30.008 + 0.0001, 50)

    assert road is not None and road.distance_m == pytest.approx(11.09, abs=0.02)
    assert index().nearest_road(120.004, 30.008 + 0.0001, 11) is None


def test_a_segment_of_one_side_owns_nothing_across_its_line() -> None:
    lanes = [
        area("N", "road_segment", line((0, 0), (4, 0)), sides="L"),
        area("S", "road_segment", line((0, 0), (4, 0)), sides="R"),
    ]
    here = AreaIndex(CITY, DAY, lanes)

    assert here.nearest_road(*at(1, 0.01), 50).code == "N"
    assert here.nearest_road(*at(1, -0.01), 50).code == "S"
    assert AreaIndex(CITY, DAY, lanes[:1]).nearest_road(*at(1, -0.01), 50) is None


@pytest.mark.parametrize(("place", "side"), [((1.02, -0.01), "R"), ((0.98, 0.01), "L"), ((1.01, 0.5), "R")])
def test_at_a_bend_the_side_is_that_of_the_piece_one_stands_before(place: tuple[float, float], side: str) -> None:
    bend = AreaIndex(CITY, DAY, [area("R", "road_segment", line((0, 0), (1, 0), (1, 1)))])

    assert bend.nearest_road(*at(*place), 50).side == side


def test_without_roads_there_is_none_near() -> None:
    assert AreaIndex(CITY, DAY, []).nearest_road(*at(1, 1), 1000) is None
