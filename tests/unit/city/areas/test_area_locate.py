import numpy as np
import pytest
import shapely
from area_city import CITY, DAY, area, city, jittered
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.index import AreaIndex

STEPS = st.integers(0, 12)
SIZES = st.integers(1, 6)
PLACES = st.tuples(STEPS, STEPS)


def index_of(polygons: list[BaseGeometry]) -> AreaIndex:
    return AreaIndex(CITY, DAY, [area(f"{n:015d}", "unit_grid", shape) for n, shape in enumerate(polygons)])


def oracle(polygons: list[BaseGeometry], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The smallest number of the polygons that plain shapely says a point intersects."""
    hits = np.array([shapely.intersects(shape, shapely.points(x, y)) for shape in polygons])
    return np.where(hits.any(axis=0), hits.argmax(axis=0), -1)


def awkward_points(polygons: list[BaseGeometry]) -> tuple[np.ndarray, np.ndarray]:
    """Vertices, middles of edges, places between both, each also a hair's breadth beside; and some at random."""
    xy = shapely.get_coordinates(polygons)
    between = [xy[1:] * t + xy[:-1] * (1 - t) for t in (0.5, 0.25, 1 / 3)]
    on = np.vstack((xy, *between))
    hair = [np.column_stack((np.nextafter(on[:, 0], on[:, 0] + d), on[:, 1])) for d in (-1, 1)]
    hair += [np.column_stack((on[:, 0], np.nextafter(on[:, 1], on[:, 1] + d))) for d in (-1, 1)]
    x0, y0, x1, y1 = shapely.total_bounds(polygons)
    spread = np.random.default_rng(3).uniform((x0 - 0.1, y0 - 0.1), (x1 + 0.1, y1 + 0.1), (500, 2))
    x, y = np.vstack((on, *hair, spread)).T
    return x, y


boxes = st.tuples(STEPS, STEPS, SIZES, SIZES).map(lambda b: shapely.box(b[0], b[1], b[0] + b[2], b[1] + b[3]))
triangles = (
    st.tuples(PLACES, PLACES, PLACES).map(lambda t: shapely.Polygon(t)).filter(lambda t: t.is_valid and t.area > 0)
)
holed = st.tuples(STEPS, STEPS).map(
    lambda p: shapely.Point(*p).buffer(3, quad_segs=3).difference(shapely.Point(*p).buffer(1, quad_segs=2))
)
several = st.tuples(boxes, boxes).map(lambda two: shapely.union_all(two)).filter(lambda u: u.geom_type.endswith("gon"))
stretch = st.sampled_from([(1.0, 0.0), (1e-3, 120.0), (1 / 3, 0.1)])


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(boxes, triangles, holed, several), min_size=1, max_size=8), stretch)
def test_a_batch_says_what_plain_geometry_says(shapes: list[BaseGeometry], scale: tuple[float, float]) -> None:
    polygons = [shapely.transform(shape, lambda xy: xy * scale[0] + scale[1]) for shape in shapes]
    x, y = awkward_points(polygons)

    found = index_of(polygons).locate(x, y)

    assert np.array_equal(found, oracle(polygons, x, y))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(boxes, triangles), min_size=1, max_size=6))
def test_a_single_point_says_what_the_batch_says(polygons: list[BaseGeometry]) -> None:
    x, y = awkward_points(polygons)
    index = index_of(polygons)

    one_by_one = [index.locate_one(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

    assert one_by_one == index.locate(x, y).tolist()


def test_crooked_borders_on_their_very_vertices_and_edges() -> None:
    polygons = jittered(7)
    x, y = awkward_points(polygons)

    assert np.array_equal(index_of(polygons).locate(x, y), oracle(polygons, x, y))


def test_many_points_take_two_threads_and_give_the_same() -> None:
    polygons = jittered(10)
    x, y = np.random.default_rng(5).uniform((119.999, 29.999), (120.011, 30.011), (300_000, 2)).T
    index = index_of(polygons)

    assert np.array_equal(index.locate(x, y)[:20_000], index.locate(x[:20_000], y[:20_000]))


@pytest.mark.parametrize("away", [(1.5, 0.9), (40.0, 0.0), (-200.0, 20.0), (0.0, 55.0)])
def test_grids_far_apart_keep_the_raster_small(away: tuple[float, float]) -> None:
    near = jittered(4)
    polygons = [*near, *(shapely.transform(shape, lambda xy: np.add(xy, away)) for shape in near)]
    x, y = awkward_points(polygons)
    index = index_of(polygons)

    assert np.array_equal(index.locate(x, y), oracle(polygons, x, y))
    assert index.memory_bytes() < 80_000_000


def test_the_smallest_code_has_a_shared_border() -> None:
    index = AreaIndex(CITY, DAY, city()[::-1])
    corner = (120.0 + 2 * 0.004, 30.0 + 0.004)

    number = index.locate_one(*corner)

    assert index.grid_codes[number] == "990101001001002"
    assert index.locate([corner[0]], [corner[1]]).tolist() == [number]


@pytest.mark.parametrize("place", [(float("nan"), 30.0), (120.0, float("inf")), (-1e300, 1e300), (0.0, 0.0)])
def test_places_that_are_none_lie_nowhere(place: tuple[float, float]) -> None:
    index = AreaIndex(CITY, DAY, city())

    assert index.locate([place[0]], [place[1]]).tolist() == [-1]
    assert index.locate_one(*place) == -1
    assert index.locate_any(*place) is None


@pytest.mark.parametrize("shape", [((), ()), ((1.0,), (1.0, 2.0)), ([[1.0]], [[1.0]])])
def test_batches_are_two_columns_of_one_length(shape: tuple[object, object]) -> None:
    index = AreaIndex(CITY, DAY, city())

    if shape == ((), ()):
        assert index.locate(*shape).tolist() == []
        return
    with pytest.raises(ValueError, match="one length"):
        index.locate(*shape)


def test_an_empty_city_has_no_grids() -> None:
    index = AreaIndex(CITY, DAY, [])

    assert index.locate([120.0, 121.0], [30.0, 31.0]).tolist() == [-1, -1]
    assert index.locate_one(120.0, 30.0) == -1 and index.locate_any(120.0, 30.0) is None
