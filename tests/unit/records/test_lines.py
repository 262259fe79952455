"""Parts of lines, and lines and polygons as columns of a map."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from xiuhua.city.areas import geodesy, tiles
from xiuhua.records import lines, outlines

LINE = {"type": "LineString", "coordinates": [[105.0, 29.0], [105.01, 29.0], [105.01, 29.01]]}
BROKEN = {"type": "MultiLineString", "coordinates": [[[105.0, 29.0], [105.01, 29.0]], [[105.2, 29.0], [105.21, 29.0]]]}
HOLED = {
    "type": "Polygon",
    "coordinates": [
        [[105.0, 29.0], [105.1, 29.0], [105.1, 29.1], [105.0, 29.0]],
        [[105.05, 29.01], [105.06, 29.01], [105.06, 29.02], [105.05, 29.01]],
    ],
}


@given(st.decimals(0, 2000, places=1), st.decimals(0, 2000, places=1))
def test_a_part_is_as_long_as_it_says(one: Decimal, two: Decimal) -> None:
    whole = geodesy.length_m(shape(LINE))
    wanted = min(float(max(one, two)), whole) - min(float(min(one, two)), whole)
    found = lines.part(LINE, one, two)

    assert (geodesy.length_m(shape(found)) if found else 0) == pytest.approx(wanted, abs=0.05)
    assert found == lines.part(LINE, two, one)


def test_a_part_goes_through_the_corners_between() -> None:
    found = lines.part(LINE, Decimal(500), Decimal(1500))

    assert found is not None and found["type"] == "LineString"
    assert found["coordinates"][1] == [105.01, 29.0] and len(found["coordinates"]) == 3


def test_metres_go_on_in_the_next_part() -> None:
    length = geodesy.length_m(shape(BROKEN)) / 2
    found = lines.part(BROKEN, Decimal(str(length - 100)), Decimal(str(length + 100)))

    assert found is not None and found["type"] == "MultiLineString"
    assert [round(geodesy.length_m(shape({"type": "LineString", "coordinates": one})))
            for one in found["coordinates"]] == [100, 100]  # fmt: skip


@pytest.mark.parametrize(("begin", "end"), [(30, 30), (5000, 6000)])
def test_there_is_no_part_without_length(begin: int, end: int) -> None:
    assert lines.part(LINE, Decimal(begin), Decimal(end)) is None


def road(id_: str, shape_: dict[str, Any] | None, **data: Any) -> dict[str, Any]:
    place = {"lon": 105.0, "lat": 29.0}
    return {"id": id_, "procedure": "way", "number": id_.upper(), "state": "live",
            "data": {"place": place, "shape": shape_, **data}}  # fmt: skip


def test_outlines_keep_every_ring_of_every_part() -> None:
    far = [[[106.0, 29.0], [106.1, 29.0], [106.1, 29.1], [106.0, 29.0]]]
    several = {"type": "MultiPolygon", "coordinates": [HOLED["coordinates"], far]}
    gone, nowhere = road("d", HOLED, merged_into="a"), road("e", None, place=None)
    rows = outlines.rows([road("a", HOLED), road("b", None), road("c", several), gone, nowhere])
    found = outlines.columns([row[10] for row in rows])

    assert [row[:4] for row in rows] == [(one, "way", one.upper(), "live") for one in "abc"]
    assert (rows[1][4:10], rows[2][6:10]) == ((105.0, 29.0) * 3, (105.0, 29.0, 106.1, 29.1))
    assert found["rings"].tolist() == [2, 0, 3] and found["sizes"].tolist() == [4] * 5
    assert found["outer"].tolist() == [1, 0, 1, 0, 1]
    assert (found["x"][0], found["y"][2]) == (1_050_000_000, 291_000_000)


def test_from_afar_a_line_has_fewer_points() -> None:
    xs = np.linspace(105, 105.02, 400)
    winding = {"type": "LineString", "coordinates": [[x, 29 + 1e-5 * (n % 2)] for n, x in enumerate(xs.tolist())]}
    [(*_, near, mid, far)] = outlines.rows([road("a", winding)])
    [plain] = outlines.rows([road("b", {"type": "LineString", "coordinates": [[105, 29], [106, 29]]})])

    assert [shapely.get_num_coordinates(shapely.from_wkb(one)) for one in (near, mid)] == [400, 2]
    assert far is None and plain[-2:] == (None, None)
    assert [outlines.detail(zoom) for zoom in (11, 12, 15)] == [
        "coalesce(far, mid, near)",
        "coalesce(mid, near)",
        "near",
    ]


@given(st.integers(0, 20), st.floats(73, 135), st.floats(18, 53))
def test_a_tile_has_the_bounds_of_what_lies_in_it(zoom: int, lon: float, lat: float) -> None:
    west, south, east, north = tiles.bounds(zoom, *tiles.tile_xy(lon, lat, zoom))

    assert west - 1e-9 <= lon <= east + 1e-9 and south - 1e-9 <= lat <= north + 1e-9


def test_no_outlines_are_no_columns() -> None:
    assert {name: len(column) for name, column in outlines.columns([b"", b""]).items()} == {
        "rings": 2, "sizes": 0, "outer": 0, "x": 0, "y": 0,
    }  # fmt: skip
