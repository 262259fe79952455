"""Areas in a real database: import, history, the log, what is kept in memory."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas import service
from xiuhua.city.areas.datum import from_wgs84
from xiuhua.city.areas.files import Source
from xiuhua.city.areas.report import ImportReport
from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.revision import Memory

CITY = "990100"
DAY = date(2026, 3, 2)
STREET, COMMUNITY = "990101001", "990101001001"
STEP = 0.004
ROAD = shapely.LineString([(120, 30), (120.016, 30)])

Row = tuple[dict[str, Any], BaseGeometry | None]
Import = Callable[..., ImportReport]


def grid(number: int) -> str:
    return f"{COMMUNITY}{number:03d}"


def block(x: float, y: float = 0, width: float = 1, height: float = 1) -> BaseGeometry:
    return shapely.box(120 + x * STEP, 30 + y * STEP, 120 + (x + width) * STEP, 30 + (y + height) * STEP)


def rows(*, first_grid: BaseGeometry | None = None) -> list[Row]:
    """A street, its one community, four unit grids in a row, two of them in a duty grid, and a road."""
    members = f"{grid(1)},{grid(2)}"
    return [
        ({"code": STREET, "kind": "street", "name": "新华街道"}, block(0, 0, 4, 1)),
        ({"code": COMMUNITY, "kind": "community", "name": "阳光社区", "area_class": "B"}, block(0, 0, 4, 1)),
        ({"code": grid(1), "kind": "unit_grid"}, first_grid or block(0)),
        *(({"code": grid(n), "kind": "unit_grid"}, block(n - 1)) for n in (2, 3, 4)),
        ({"code": "D1", "kind": "duty_grid", "members": members}, None),
        ({"code": "D2", "kind": "duty_grid", "members": f"{grid(3)},{grid(4)}"}, None),
        ({"code": "R1", "kind": "road_segment", "name": "民生路", "sides": "L"}, ROAD),
    ]


@pytest.fixture
def take(tmp_path: Path) -> Import:
    """Imports rows as a GeoJSON file."""

    def _take(tx: Tx, some: list[Row], valid_from: date = DAY, **options: Any) -> ImportReport:
        features = [
            {"type": "Feature", "properties": fields, "geometry": shape and mapping(shape)} for fields, shape in some
        ]
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        source = Source(path, datum=options.pop("datum", None))
        return service.import_areas(tx, CITY, source, valid_from=valid_from, **options)

    return _take


def count(tx: Tx, table: str = "area") -> int:
    return int(tx.execute(f"select count(*) from {table}").fetchone()[0])


def test_a_first_import_takes_everything(tx: Tx, take: Import) -> None:
    report = take(tx, rows())

    assert report.summary() == "new 9, changed 0, unchanged 0, closed 0, rejected 0"
    assert report.findings == ()
    assert count(tx) == 9 and count(tx, "duty_grid_member") == 4


def test_the_index_of_the_day(tx: Tx, take: Import) -> None:
    take(tx, rows())

    index = service.load_index(tx, CITY, DAY)
    assert index.locate([120.002, 120.006, 121.0], [30.002, 30.002, 30.0]).tolist() == [0, 1, -1]
    assert index.scopes(0) == [grid(1), "D1", COMMUNITY, STREET, CITY]
    assert index.area("D1").geometry.equals(block(0, 0, 2, 1))
    assert index.area_class(grid(3)) == "B"
    assert index.nearest_road(120.002, 30.0001, 50).code == "R1"


def test_the_same_again_changes_nothing_and_tells_the_log_nothing(tx: Tx, take: Import) -> None:
    take(tx, rows())

    report = take(tx, rows(), valid_from=DAY + timedelta(days=30))
    assert report.summary() == "new 0, changed 0, unchanged 9, closed 0, rejected 0"
    assert count(tx) == 9
    assert len(eventlog.read(tx, CITY, f"areas/{CITY}")) == 1


def test_a_changed_border_keeps_its_history(tx: Tx, take: Import) -> None:
    take(tx, rows())
    later = DAY + timedelta(days=10)

    report = take(tx, rows(first_grid=block(0, 0, 1, 0.5)), valid_from=later)

    assert (report.changed, report.unchanged, report.derived) == (2, 7, 0)
    before, after = (service.load_index(tx, CITY, day) for day in (later - timedelta(days=1), later))
    assert before.area(grid(1)).geometry.equals(block(0)) and before.area(grid(1)).valid_to == date(2026, 3, 11)
    assert after.area(grid(1)).geometry.equals(block(0, 0, 1, 0.5)) and after.area(grid(1)).valid_from == later
    assert before.locate_one(120.002, 30.003) == 0 and after.locate_one(120.002, 30.003) == -1


def test_a_duty_grid_follows_its_unit_grids(tx: Tx, take: Import) -> None:
    take(tx, rows())
    later = DAY + timedelta(days=10)
    [one] = [row for row in rows(first_grid=block(0, 0, 1, 0.5)) if row[0]["code"] == grid(1)]

    report = take(tx, [one], valid_from=later)

    assert (report.changed, report.derived) == (1, 1)
    assert service.load_index(tx, CITY, later).area("D1").geometry.equals(shapely.union(block(0, 0, 1, 0.5), block(1)))
    assert service.load_index(tx, CITY, DAY).area("D1").geometry.equals(block(0, 0, 2, 1))
    gaps = [finding for finding in report.findings if finding.what == "gap"]
    assert [finding.codes for finding in gaps] == [(COMMUNITY,)]


def test_history_as_it_was_known_at_a_moment(database: Database, clock: SimulatedClock, take: Import) -> None:
    with database.transaction() as tx:
        take(tx, rows())
    known_at = clock.now()
    clock.move_to(known_at + timedelta(days=60))
    with database.transaction() as tx:
        take(tx, rows(first_grid=block(0, 0, 1, 0.5)), valid_from=DAY + timedelta(days=10))
        day = DAY + timedelta(days=20)
        then, now = service.load_index(tx, CITY, day, known_at), service.load_index(tx, CITY, day)

    assert then.area(grid(1)).geometry.equals(block(0)) and then.area(grid(1)).valid_to is None
    assert now.area(grid(1)).geometry.equals(block(0, 0, 1, 0.5))
    assert then.duty_grid_of(grid(1)) == now.duty_grid_of(grid(1)) == "D1"


def test_a_correction_of_the_same_day_withdraws_the_wrong_row(
    database: Database, clock: SimulatedClock, take: Import
) -> None:
    with database.transaction() as tx:
        take(tx, rows(first_grid=block(0, 0, 1, 0.5)))
    known_at = clock.now()
    clock.move_to(known_at + timedelta(hours=1))
    with database.transaction() as tx:
        take(tx, rows())
        then, now = service.load_index(tx, CITY, DAY, known_at), service.load_index(tx, CITY, DAY)

    assert then.area(grid(1)).geometry.equals(block(0, 0, 1, 0.5)) and now.area(grid(1)).geometry.equals(block(0))
    assert now.area(grid(1)).valid_from == DAY


def test_corrections_within_one_moment_leave_one_row(tx: Tx, take: Import) -> None:
    take(tx, rows(first_grid=block(0, 0, 1, 0.5)))
    take(tx, rows())
    take(tx, rows(first_grid=block(0, 0, 1, 0.25)))

    assert count(tx) == 9 and count(tx, "duty_grid_member") == 4
    assert service.load_index(tx, CITY, DAY).area(grid(1)).geometry.equals(block(0, 0, 1, 0.25))


def test_bad_features_are_refused_with_their_place_and_the_rest_is_kept(tx: Tx, take: Import) -> None:
    bad: list[Row] = [({"code": "12", "kind": "unit_grid"}, block(9)), ({"code": grid(9), "kind": "unit_grid"}, None)]

    report = take(tx, [*rows(), *bad])

    assert report.summary() == "new 9, changed 0, unchanged 0, closed 0, rejected 2"
    told = [(finding.file, finding.row, finding.field, finding.what) for finding in report.errors]
    assert told == [("areas.geojson", 10, "code", "bad_code"), ("areas.geojson", 11, "geometry", "no_geometry")]


def test_strict_refuses_all_when_anything_is_refused(tx: Tx, take: Import) -> None:
    with pytest.raises(Invalid, match="Nothing was imported: 1 errors") as caught:
        take(tx, [*rows(), ({"code": "12", "kind": "unit_grid"}, block(9))], strict=True)

    [error] = caught.value.params["errors"]
    assert (error["file"], error["row"], error["field"]) == ("areas.geojson", 10, "code")
    assert count(tx) == 0 and eventlog.read(tx, CITY, f"areas/{CITY}") == []


def test_a_file_that_cannot_be_read_is_told_beside_one_that_can(tx: Tx, take: Import, tmp_path: Path) -> None:
    take(tx, rows())
    (tmp_path / "broken.geojson").write_text("{")
    both = [Source(tmp_path / "areas.geojson"), Source(tmp_path / "broken.geojson")]

    report = service.import_areas(tx, CITY, both, valid_from=DAY)

    assert report.unchanged == 9 and [finding.file for finding in report.errors] == ["broken.geojson"]
    with pytest.raises(Invalid, match="Nothing was imported"):
        service.import_areas(tx, CITY, both[1], valid_from=DAY)


def test_what_no_file_holds_is_closed_when_asked_for(tx: Tx, take: Import) -> None:
    take(tx, rows())
    later = DAY + timedelta(days=10)
    fewer = [row for row in rows() if row[0]["kind"] == "unit_grid" and row[0]["code"] != grid(1)]

    report = take(tx, fewer, valid_from=later, close_missing=True)

    assert (report.closed, report.derived, report.unchanged) == (1, 1, 3)
    assert "member_closed" in [finding.what for finding in report.findings]
    after = service.load_index(tx, CITY, later)
    assert grid(1) not in after and after.area("D1").members == (grid(2),)
    assert grid(1) in service.load_index(tx, CITY, later - timedelta(days=1))


def test_an_area_on_which_others_stand_is_not_closed(tx: Tx, take: Import) -> None:
    take(tx, rows())
    other: Row = ({"code": "990101001002", "kind": "community", "name": "x", "parent": STREET}, block(0, 1))

    report = take(tx, [other], close_missing=True)

    assert report.closed == 0
    assert [finding.codes[0] for finding in report.findings if finding.what == "has_children"] == [COMMUNITY]


def test_a_leap_day(tx: Tx, take: Import) -> None:
    some = [(fields | {"valid_from": "2024-02-29", "valid_to": "2028-02-29"}, shape) for fields, shape in rows()]

    take(tx, some)

    days = ("2024-02-28", "2024-02-29", "2028-02-29", "2028-03-01")
    there = [grid(1) in service.load_index(tx, CITY, date.fromisoformat(day)) for day in days]
    assert there == [False, True, True, False]


def test_the_log_and_the_revision_tell_of_a_change(tx: Tx, take: Import) -> None:
    take(tx, rows(), actor="P001")

    [event] = eventlog.read(tx, CITY, f"areas/{CITY}")
    value = tx.execute("select value from revision where city = %s and kind = 'areas'", (CITY,)).fetchone()[0]
    assert event.type == "AreasImported" and event.actor == "P001" and value == 1
    assert event.payload["new"] == 9 and event.payload["files"] == ["areas.geojson"]
    assert len(event.payload["content"]) == 64


def test_an_index_is_kept_until_areas_change_or_the_day_does(database: Database, take: Import) -> None:
    memory = Memory()
    later = DAY + timedelta(days=10)
    with database.transaction() as tx:
        take(tx, rows())
    with database.reading() as tx:
        first = service.index_on(tx, memory, CITY, DAY)
        assert service.index_on(tx, memory, CITY, later) is first
        assert len(service.index_on(tx, memory, CITY, DAY - timedelta(days=1))) == 0
    with database.transaction() as tx:
        take(tx, rows(first_grid=block(0, 0, 1, 0.5)), valid_from=later)
    with database.reading() as tx:
        second, third = service.index_on(tx, memory, CITY, DAY), service.index_on(tx, memory, CITY, later)

    assert second is not first and third is not second
    assert third.area(grid(1)).geometry.equals(block(0, 0, 1, 0.5))


def test_lists_and_the_area_of_a_place(tx: Tx, take: Import) -> None:
    take(tx, rows())

    lines = service.list_areas(tx, CITY, DAY, kind="unit_grid", parent=COMMUNITY)
    shifted = from_wgs84(120.002, 30.002, "gcj02")

    assert [line.code for line in lines] == [grid(1), grid(2), grid(3), grid(4)]
    assert lines[0].cell.startswith("89") and lines[0].lon == pytest.approx(120.002)
    found = service.area_at(tx, Memory(), CITY, shifted[0][0], shifted[1][0], DAY, "gcj02")
    assert found is not None and found.code == grid(1)
    with pytest.raises(Invalid):
        service.area_at(tx, Memory(), CITY, 30.0, 120.0, DAY)


def test_shifted_coordinates_come_out_right_and_come_again_unchanged(tx: Tx, take: Import) -> None:
    def shift(shape: BaseGeometry | None) -> BaseGeometry | None:
        return shape and shapely.transform(shape, lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], "bd09")))

    shifted = [(fields, shift(shape)) for fields, shape in rows()]
    take(tx, shifted, datum="bd09")

    report = take(tx, shifted, datum="bd09")
    stored = service.load_index(tx, CITY, DAY).area(grid(1))

    assert report.unchanged == 9 and stored.datum == "bd09"
    assert stored.geometry.equals_exact(shapely.normalize(block(0)), 1e-9)
    assert shapely.from_wkb(stored.original).equals(shift(block(0)))


def test_cities_do_not_see_one_another(tx: Tx, take: Import, tmp_path: Path) -> None:
    take(tx, rows())

    service.import_areas(tx, "990200", Source(tmp_path / "areas.geojson"), valid_from=DAY, close_missing=True)

    assert len(service.areas_on(tx, "990200", DAY)) == len(service.areas_on(tx, CITY, DAY)) == 9
    assert service.load_index(tx, "990200", DAY).ancestors(STREET) == (STREET, "990200")
