from dataclasses import replace

import pytest
import shapely
import shapely.affinity
from area_city import area, block, city
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.model import Area
from xiuhua.city.areas.report import Finding
from xiuhua.city.areas.topology import check

CELL_M2 = 386.0 * 443.5
"""A unit grid of the made-up city: 0.004 degrees of longitude by latitude at 30 degrees north."""
METRE = 1 / 111_000
GRID = "990101001001001"


def changed(code: str, geometry: BaseGeometry) -> list[Area]:
    return [replace(one, geometry=geometry) if one.code == code else one for one in city()]


def of(what: str, findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.what == what]


def test_a_city_that_fits_has_nothing_but_grids_without_a_duty_grid() -> None:
    [note] = check(city())

    assert note.what == "no_duty_grid" and note.severity == "note" and note.why.startswith("28 unit grids belong")


def test_two_grids_that_overlap() -> None:
    [finding] = of("overlap", check(changed(GRID, block(0, 0, 1.25, 1))))

    assert finding.codes == (GRID, "990101001001002")
    assert finding.why.startswith(f"{GRID} and 990101001001002 overlap: ")
    assert finding.area_m2 == pytest.approx(CELL_M2 / 4, rel=0.01)
    assert shapely.Point(finding.place).within(block(1, 0, 0.25, 1))


def test_one_grid_within_another_is_an_overlap() -> None:
    inner = area("990101001001099", "unit_grid", block(0.2, 0.2, 0.5, 0.5), "990101001001")

    assert of("overlap", check([*city(), inner]))[0].codes == (GRID, "990101001001099")


def test_one_grid_drawn_twice_is_an_overlap() -> None:
    twin = area("990101001001099", "unit_grid", block(0, 0), "990101001001")

    assert of("overlap", check([*city(), twin]))[0].area_m2 == pytest.approx(CELL_M2, rel=0.01)


def test_a_gap_in_the_parent() -> None:
    [finding] = of("gap", check([one for one in city() if one.code not in (GRID, "D1")]))

    assert finding.codes == ("990101001001",)
    assert finding.why.startswith("part of 990101001001 is in no unit_grid")
    assert finding.area_m2 == pytest.approx(CELL_M2, rel=0.01)
    assert shapely.Point(finding.place).within(block(0, 0))


def test_a_gap_between_streets() -> None:
    findings = check(changed("990101001", block(0, 0, 3, 4)))

    assert of("gap", findings)[0].why.startswith("part of 990101 is in no street")
    assert of("outside_parent", findings)[0].codes == ("990101001002", "990101001")


def test_a_grid_that_reaches_out_of_its_parent() -> None:
    findings = check(changed("990101001001002", block(1, 0, 1.5, 1)))

    [finding] = of("outside_parent", findings)
    assert finding.codes == ("990101001001002", "990101001001")
    assert "reaches out of its parent" in finding.why
    assert finding.area_m2 == pytest.approx(CELL_M2 / 2, rel=0.01)


@pytest.mark.parametrize(("width_m", "what"), [(0.5, "sliver_overlap"), (2.0, "overlap")])
def test_what_is_thinner_than_the_width_is_a_sliver(width_m: float, what: str) -> None:
    shape = shapely.union_all([block(0, 0), shapely.box(120.004, 30, 120.004 + width_m * METRE / 0.866, 30.004)])

    assert len(of(what, check(changed(GRID, shape)))) == 1


@pytest.mark.parametrize(("sliver_m", "what"), [(1.0, "gap"), (5.0, "sliver_gap")])
def test_the_width_of_a_sliver_can_be_set(sliver_m: float, what: str) -> None:
    shape = shapely.box(120, 30, 120.004 - 3 * METRE / 0.866, 30.004)

    assert len(of(what, check(changed(GRID, shape), sliver_m=sliver_m))) == 1


def test_rounding_is_no_finding() -> None:
    shaken = [
        replace(one, geometry=shapely.affinity.translate(one.geometry, 1e-11, -1e-11)) if one.code == GRID else one
        for one in city()
    ]

    assert [finding.what for finding in check(shaken)] == ["no_duty_grid"]


def test_only_what_concerns_the_import_is_told() -> None:
    areas = changed(GRID, block(0, 0, 1.25, 1))

    assert of("overlap", check(areas, {"990101002002001"})) == []
    assert len(of("overlap", check(areas, {"990101001001002"}))) == 1


def test_a_unit_grid_in_two_duty_grids() -> None:
    second = area("D2", "duty_grid", block(0, 0), members=(GRID,))

    [finding] = of("two_duty_grids", check([*city(), second]))

    assert finding.codes == (GRID, "D1", "D2")
    assert finding.why == f"unit grid {GRID} belongs to several duty grids: D1, D2; the first one counts"


def test_an_empty_city_has_no_findings() -> None:
    assert check([]) == []
