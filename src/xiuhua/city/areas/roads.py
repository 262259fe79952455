"""Which road segment a place belongs to, and on which side of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.city.areas.model import Area
from xiuhua.city.areas.plane import Plane, metres_per_degree

_ON_M = 1e-6
"""Nearer than this a place is on the line itself, on neither side."""


@dataclass(frozen=True, slots=True)
class RoadPlace:
    """A place by a road: the segment, the side seen in the line's direction, and how far off."""

    code: str
    side: Literal["L", "R", "on"]
    distance_m: float


class Roads:
    """Road segments of a city, found by nearness."""

    def __init__(self, segments: Sequence[Area]) -> None:
        """`segments` are areas of kind road_segment; the order does not matter."""
        self._segments = sorted(segments, key=lambda area: area.code)
        self._lines = np.array([area.geometry for area in self._segments], dtype=object)
        self._plane = Plane.around(self._lines)
        self._tree = shapely.STRtree(self._plane.flatten(self._lines) if self._segments else [])

    def nearest(self, lon: NDArray[np.float64], lat: NDArray[np.float64], max_m: float) -> list[RoadPlace | None]:
        """For each point the nearest segment within `max_m` that owns the side it is on; on a tie the smallest code.

        A segment of one side only (L or R) owns nothing across its line.
        """
        best: list[RoadPlace | None] = [None] * len(lon)
        if not self._segments or not best:
            return best
        # The plane is the city's: far from its middle metres stretch by a percent, so look a little wider.
        points = shapely.points(*self._plane.xy(lon, lat))
        hits = self._tree.query(points, predicate="dwithin", distance=max_m * 1.05)
        for index, number in sorted(zip(*hits.tolist(), strict=True)):
            segment, found = self._segments[number], best[index]
            place = _beside(segment, float(lon[index]), float(lat[index]))
            owned = place.side == "on" or segment.sides in (None, "both", place.side)
            if owned and place.distance_m <= max_m and (found is None or place.distance_m < found.distance_m):
                best[index] = place
        return best


def _beside(segment: Area, lon: float, lat: float) -> RoadPlace:
    """Distance and side from a line, in metres measured around the place itself."""
    xy, part = shapely.get_coordinates(shapely.get_parts(segment.geometry), return_index=True)
    xy = (xy - [lon, lat]) * metres_per_degree(lat)
    same = part[:-1] == part[1:]
    start, along = xy[:-1][same], (xy[1:] - xy[:-1])[same]
    length = np.maximum(np.hypot(*along.T), 1e-12)
    t = np.clip(-(start * along).sum(axis=1) / length**2, 0, 1)
    foot = start + t[:, None] * along
    distance = np.hypot(*foot.T)
    # At a bend two pieces are equally near: the one the place stands more squarely to tells the side.
    cross: NDArray[np.float64] = (along[:, 1] * start[:, 0] - along[:, 0] * start[:, 1]) / length
    tied = np.flatnonzero(distance <= distance.min() + 1e-9)
    turn = float(cross[tied[np.argmax(np.abs(cross[tied]))]])
    nearest = float(distance.min())
    if nearest <= _ON_M:
        return RoadPlace(segment.code, "on", 0.0)
    return RoadPlace(segment.code, "L" if turn > 0 else "R", nearest)
