"""Lines and polygons as a map draws them: kept in three degrees of detail, told as columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from xiuhua.flow.model import State

COLUMNS: Final = (
    "id", "register", "key", "state", "lon", "lat", "west", "south", "east", "north", "near", "mid", "far",
)  # fmt: skip
"""Of the table `record_shape`, behind `city`."""
MID: Final = 14
"""The nearest zoom that is drawn from `mid`."""
FAR: Final = 11
"""The nearest zoom that is drawn from `far`."""
_E7: Final = 10_000_000
_PIXELS: Final = 512
"""Of a tile's side as the console draws it."""
Row = tuple[Any, ...]


def rows(states: Iterable[State]) -> list[Row]:
    """Rows in the order of `COLUMNS` of records of registers of lines and polygons that lie somewhere and stand."""
    placed = [one for one in states if one["data"].get("place") and not one["data"].get("merged_into")]
    made = _outlines([one["data"]["shape"] for one in placed if one["data"].get("shape")])
    return [
        (one["id"], one["procedure"], one["number"], one["state"], *_point(one),
         *(next(made) if one["data"].get("shape") else (*_point(one), *_point(one), b"", None, None)))
        for one in placed
    ]  # fmt: skip


def _point(state: State) -> tuple[float, float]:
    place = state["data"]["place"]
    return place["lon"], place["lat"]


def _outlines(given: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The box of each shape and its outlines in three degrees of detail."""
    near = _several(map(shape, given))
    mid, far = (_several(shapely.simplify(near, _half_a_pixel(zoom))) for zoom in (MID, FAR))
    told = [shapely.to_wkb(near).tolist(), _simpler(mid, near), _simpler(far, mid)]
    return ((*box, *three) for box, *three in zip(shapely.bounds(near).tolist(), *told, strict=True))


def detail(zoom: int) -> str:
    """Which of a row's outlines a tile is drawn from, as SQL."""
    return "coalesce(far, mid, near)" if zoom <= FAR else "coalesce(mid, near)" if zoom <= MID else "near"


def columns(wkbs: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Outlines as columns: `rings` of each shape, `sizes` of the rings, whether one begins a polygon, their points.

    A ring is the line of a part, or a border of a polygon; points are degrees times ten million. Empty: no rings.
    """
    bare = np.array([not one for one in wkbs], dtype=bool)
    found = shapely.from_wkb(np.array([one for one in wkbs if one], dtype=object))
    if not len(found):
        none = np.zeros(0, np.uint32)
        return {"rings": np.zeros(len(wkbs), np.uint32), "sizes": none, "outer": none.astype(np.uint8),
                "x": none.astype(np.int32), "y": none.astype(np.int32)}  # fmt: skip
    _, points, (ends, *above) = shapely.to_ragged_array(found)
    outer = np.zeros(len(ends) - 1, np.uint8)
    outer[above[0][:-1] if len(above) > 1 else slice(None)] = 1
    rings = np.zeros(len(wkbs), np.uint32)
    rings[~bare] = np.diff(above[0][above[1]] if len(above) > 1 else above[0])
    e7 = np.round(points * _E7).astype(np.int32)
    return {
        "rings": rings, "sizes": np.diff(ends).astype(np.uint32), "outer": outer,
        "x": e7[:, 0], "y": e7[:, 1],
    }  # fmt: skip


def _several(given: Any) -> NDArray[Any]:
    """Each as several lines or polygons, were it but one."""
    made = {"LineString": shapely.multilinestrings, "Polygon": shapely.multipolygons}
    found = np.empty(len(listed := list(given)), dtype=object)
    found[:] = [made[one.geom_type]([one]) if one.geom_type in made else one for one in listed]
    return found


def _simpler(outlines: NDArray[Any], than: NDArray[Any]) -> list[bytes | None]:
    """As WKB; None where one has as many points as the one before it."""
    fewer = shapely.get_num_coordinates(outlines) < shapely.get_num_coordinates(than)
    return [one if less else None for one, less in zip(shapely.to_wkb(outlines).tolist(), fewer, strict=True)]


def _half_a_pixel(zoom: int) -> float:
    """In degrees of longitude."""
    return float(360 / 2**zoom / _PIXELS / 2)
