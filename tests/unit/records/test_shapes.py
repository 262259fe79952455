"""Lines and polygons: read, refused, measured on the ellipsoid."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from xiuhua.city.areas import datum, geodesy
from xiuhua.records import shapes

LINE = [[105.31, 29.10], [105.32, 29.10], [105.32, 29.11]]
SQUARE = [[105.31, 29.10], [105.32, 29.10], [105.32, 29.11], [105.31, 29.11], [105.31, 29.10]]
HOLE = [[105.313, 29.103], [105.317, 29.103], [105.317, 29.107], [105.313, 29.107], [105.313, 29.103]]


def test_the_published_example_of_the_geodesic_comes_out() -> None:
    """Flinders Peak to Buninyong, Geocentric Datum of Australia Technical Manual: 54,972.271 m on GRS 80."""
    flinders = 144 + 25 / 60 + 29.52440 / 3600, -(37 + 57 / 60 + 3.72030 / 3600)
    buninyong = 143 + 55 / 60 + 35.38390 / 3600, -(37 + 39 / 60 + 10.15610 / 3600)

    [found] = geodesy.distances_m(np.array([flinders]), np.array([buninyong]))
    assert found == pytest.approx(54_972.271, abs=0.001)


def test_a_degree_of_the_meridian_and_no_way_at_all() -> None:
    """110,574.39 m from the equator to one degree (NIMA TR8350.2 ellipsoid)."""
    found = geodesy.distances_m(np.array([[0.0, 0.0], [105.0, 29.0]]), np.array([[0.0, 1.0], [105.0, 29.0]]))
    assert found.tolist() == [pytest.approx(110_574.39, abs=0.01), 0.0]


def test_the_whole_ellipsoid_has_its_area() -> None:
    """510,065,621.724 km² for WGS-84, as of two halves."""
    half = shapes.shapely.box(-90, -90, 90, 90)
    assert 2 * geodesy.area_m2(half) == pytest.approx(510_065_621_724_000, rel=1e-9)


def test_a_line_is_kept_with_its_length_and_middle() -> None:
    found = shapes.read({"type": "LineString", "coordinates": [[*one, 300.5] for one in LINE]}, "line")

    assert found.geojson == {"type": "LineString", "coordinates": LINE}
    assert float(found.length_m or 0) == pytest.approx(973.45 + 1108.42, abs=1) and found.area_m2 is None
    assert (found.lon == 105.32 and 29.1 < found.lat < 29.11) or found.lat == 29.1


def test_a_polygon_loses_its_holes_and_its_place_lies_inside() -> None:
    whole = shapes.read({"type": "Polygon", "coordinates": [SQUARE]}, "polygon")
    holed = shapes.read({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, "polygon")

    assert float(whole.area_m2 or 0) == pytest.approx(973.45 * 1108.42, rel=1e-3)
    assert float(holed.area_m2 or 0) == pytest.approx(float(whole.area_m2 or 0) * (1 - 0.16), rel=1e-4)
    assert shapes.shapely.contains_xy(shapes.shapely.geometry.shape(holed.geojson), holed.lon, holed.lat)


def test_other_datums_are_converted() -> None:
    lon, lat = datum.from_wgs84([one[0] for one in LINE], [one[1] for one in LINE], "gcj02")
    shifted = [[float(x), float(y)] for x, y in zip(lon, lat, strict=True)]
    found = shapes.read({"type": "LineString", "coordinates": shifted, "datum": "gcj02"}, "line")

    assert found.geojson["coordinates"] == LINE


@pytest.mark.parametrize(
    ("given", "kind", "why"),
    [
        (None, "line", "GeoJSON"),
        ({"type": "Point", "coordinates": [105.3, 29.1]}, "line", "LineString"),
        ({"type": "LineString", "coordinates": LINE}, "polygon", "Polygon"),
        ({"type": "LineString", "coordinates": LINE}, "point", "no shape"),
        ({"type": "LineString"}, "line", "coordinates"),
        ({"type": "LineString", "coordinates": [[1, 2]]}, "line", "no valid shape"),
        ({"type": "LineString", "coordinates": [["a", 2], [3, 4]]}, "line", "coordinates"),
        ({"type": "LineString", "coordinates": [[True, 2], [3, 4]]}, "line", "coordinates"),
        ({"type": "LineString", "coordinates": [[10**400, 2], [3, 4]]}, "line", "coordinates"),
        ({"type": "LineString", "coordinates": [[float("nan"), 29.1], [105.3, 29.1]]}, "line", "number"),
        ({"type": "LineString", "coordinates": [[29.1, 105.3], [29.2, 105.3]]}, "line", "swapped"),
        ({"type": "LineString", "coordinates": [[423000, 3220000], [423100, 3220000]]}, "line", "metres"),
        ({"type": "LineString", "coordinates": [LINE[0], LINE[0]]}, "line", "valid|length"),
        ({"type": "LineString", "coordinates": LINE, "datum": "xian80"}, "line", "datum"),
        ({"type": "LineString", "coordinates": [LINE[0], LINE[1]] * 10_001}, "line", "20,000"),
        ({"type": "Polygon", "coordinates": [[*LINE, [105.315, 29.09], LINE[0]]]}, "polygon", "valid"),
        ({"type": "Polygon", "coordinates": [LINE[:2]]}, "polygon", "no valid shape"),
    ],
)  # fmt: skip
def test_what_is_no_shape_is_refused(given: Any, kind: str, why: str) -> None:
    with pytest.raises(shapes.NoShape, match=why):
        shapes.read(given, kind)
