"""The roads of a city by name: where two of them meet, and which part of one lies in an area. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.model import Area
from xiuhua.city.areas.names import plain, road_name
from xiuhua.city.areas.plane import Plane

MEETING_M = 40.0
"""Centre lines that end so near to one another are taken to meet (a road's own width)."""
NEAR_M = 250.0
"""Places nearer than this are one place to a person who goes there."""

Spot = tuple[float, float, float]
"""Longitude, latitude, and how far off the true place may be, in metres."""


class Streets:
    """Roads as whole things, all segments of one name together, and parts that have names of their own."""

    def __init__(self, segments: Iterable[Area]) -> None:
        """`segments`: areas of kind road_segment."""
        groups: dict[str, list[Area]] = defaultdict(list)
        for segment in segments:
            for name in dict.fromkeys((road_name(segment.name), plain(segment.name).strip())):
                groups[name].append(segment)
        self.segments = {name: sorted(group, key=lambda area: area.code) for name, group in groups.items()}
        every = [area.geometry for group in self.segments.values() for area in group]
        self._plane = Plane.around(np.array(every, dtype=object))
        self._lines = {
            name: self._plane.flatten(shapely.union_all([area.geometry for area in group]))
            for name, group in self.segments.items()
        }
        self._met: dict[tuple[str, str], tuple[Spot, ...]] = {}
        self._inside: dict[tuple[str, str], Spot | None] = {}

    def crossings(self, one: str, other: str) -> tuple[Spot, ...]:
        """Where two roads meet, places nearer than `NEAR_M` as one; () where they do not."""
        key = (one, other) if one < other else (other, one)
        if key not in self._met:
            a, b = self._lines[key[0]], self._lines[key[1]]
            meet = a.intersection(b)
            if meet.is_empty and a.distance(b) <= MEETING_M:
                meet = shapely.shortest_line(a, b)
            self._met[key] = self._grouped(meet)
        return self._met[key]

    def _grouped(self, shape: BaseGeometry) -> tuple[Spot, ...]:
        """The two carriageways of each road meet in four points, which are one crossing."""
        if shape.is_empty:
            return ()
        near = shapely.union_all(shapely.buffer(shapely.get_parts(shape), NEAR_M / 2))
        groups = [shape.intersection(part) for part in shapely.get_parts(near).tolist()]
        return tuple(self._spot(group.centroid, group) for group in groups)

    def part_in(self, name: str, area: Area) -> Spot | None:
        """The middle of a road's part in an area; None where it does not come through."""
        key = (name, area.code)
        if key not in self._inside:
            # Roads are borders as often as not, and two surveys put them some metres apart.
            around = self._plane.flatten(area.geometry).buffer(MEETING_M)
            part = self._lines[name].intersection(around)
            self._inside[key] = self._middle(part) if part.length > 2 * MEETING_M else None
        return self._inside[key]

    def near(self, name: str, lon: float, lat: float) -> bool:
        """Whether a place may be meant when the road is named with it: a compound reaches back from its gate."""
        return bool(self._lines[name].distance(shapely.Point(self._plane.xy(lon, lat))) <= 2 * NEAR_M)

    def half_length_m(self, segment: Area) -> float:
        """Half the length of a segment."""
        return round(float(self._plane.flatten(segment.geometry).length) / 2, 1)

    def whole(self, name: str) -> Spot:
        """The middle of a road, with half its extent."""
        return self._middle(self._lines[name])

    def _middle(self, line: BaseGeometry) -> Spot:
        """A point on the line nearest to the middle of its extent."""
        centre = shapely.box(*line.bounds).centroid
        return self._spot(shapely.shortest_line(line, centre).interpolate(0), line)

    def _spot(self, point: BaseGeometry, around: BaseGeometry) -> Spot:
        lon, lat = self._plane.degrees(point.x, point.y)
        return round(lon, 7), round(lat, 7), round(float(point.hausdorff_distance(around)), 1)
