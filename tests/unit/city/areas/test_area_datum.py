import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.areas.datum import CHINA, FAULTS, faults, from_wgs84, geometry_to_wgs84, to_wgs84
from xiuhua.platform.errors import Invalid

# wandergis/coordtransform, test/app.js; the second and third from the tests of pyxis and of gcoord.
PUBLISHED = [
    ((116.404, 39.915), "gcj02", (116.41024449916938, 39.91640428150164)),
    ((121.0917077, 30.6107779), "gcj02", (121.09626935575027, 30.608604331756705)),
    ((121.0917077, 30.6107779), "bd09", (121.10271732371203, 30.61484572185035)),
]
# eviltransform's tests use another Earth radius: equal to a tenth of a metre.
ROUGHLY = [
    ((121.5272106, 31.1774276), "gcj02", (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), "gcj02", (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), "gcj02", (116.38404722455657, 39.91334545536069)),
]
west, south, east, north = CHINA
lons = st.floats(west + 0.02, east - 0.02)
lats = st.floats(south + 0.02, north - 0.02)


@pytest.mark.parametrize(("place", "datum", "shifted"), PUBLISHED)
def test_published_values(place: tuple[float, float], datum: str, shifted: tuple[float, float]) -> None:
    x, y = from_wgs84(*place, datum)

    assert (x[0], y[0]) == pytest.approx(shifted, abs=1e-7)


@pytest.mark.parametrize(("place", "datum", "shifted"), ROUGHLY)
def test_values_of_other_implementations(place: tuple[float, float], datum: str, shifted: tuple[float, float]) -> None:
    x, y = from_wgs84(*place, datum)

    assert (x[0], y[0]) == pytest.approx(shifted, abs=1e-6)


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000", "gcj02", "bd09"])
@given(lons, lats)
def test_there_and_back_is_the_same_place(datum: str, lon: float, lat: float) -> None:
    x, y = to_wgs84(*from_wgs84(lon, lat, datum), datum)

    assert abs(x[0] - lon) < 1e-9 and abs(y[0] - lat) < 1e-9


@given(lons, lats)
def test_gcj02_moves_a_place_by_less_than_a_kilometre(lon: float, lat: float) -> None:
    x, y = from_wgs84(lon, lat, "gcj02")

    assert 0 < np.hypot((x[0] - lon) * np.cos(np.radians(lat)), y[0] - lat) * 111_000 < 1000


@pytest.mark.parametrize("place", [(2.3522, 48.8566), (-74.0, 40.7), (139.7, 35.7)])
def test_gcj02_leaves_places_abroad_alone(place: tuple[float, float]) -> None:
    assert tuple(column[0] for column in from_wgs84(*place, "gcj02")) == place
    assert tuple(column[0] for column in to_wgs84(*place, "gcj02")) == place


def test_a_place_is_converted_alike_wherever_it_stands_in_a_column() -> None:
    lon, lat = np.random.default_rng(2).uniform((73, 18), (135, 53), (500, 2)).T
    alone = [tuple(column[0] for column in from_wgs84(x, y, "bd09")) for x, y in zip(lon, lat, strict=True)]

    assert np.array_equal(np.array(alone).T, np.array(from_wgs84(lon, lat, "bd09")))


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ((120.1, 30.2), ""),
        ((float("nan"), 30.0), "not a number"),
        ((120.0, float("inf")), "not a number"),
        ((0.0, 0.0), "no position"),
        ((500_123.0, 3_456_789.0), "metres"),
        ((30.2, 120.1), "swapped"),
        ((43.8, 87.6), "swapped"),
        ((120.0, 95.0), "latitude beyond 90"),
        ((191.0, 30.0), "longitude beyond 180"),
        ((-74.0, 40.7), ""),
    ],
)
def test_places_that_cannot_be_meant(place: tuple[float, float], why: str) -> None:
    fault = FAULTS[faults(*place)[0]]

    assert why in fault and bool(why) == bool(fault)


def test_every_bad_place_of_a_batch_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        to_wgs84([120.0, 0.0, 30.0], [30.0, 0.0, 120.0], "gcj02")

    assert [error["row"] for error in caught.value.params["errors"]] == [1, 2]


def test_a_geometry_is_converted_vertex_by_vertex() -> None:
    here = shapely.Polygon(
        [(120, 30), (120.01, 30), (120.01, 30.01)], [[(120.004, 30.001), (120.008, 30.001), (120.008, 30.004)]]
    )
    there = shapely.transform(here, lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], "bd09")))

    assert geometry_to_wgs84(there, "bd09").equals_exact(here, 1e-10)
    assert geometry_to_wgs84(here, "cgcs2000") is here
