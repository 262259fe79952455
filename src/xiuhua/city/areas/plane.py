"""Degrees to metres near one place: good to a few parts in ten thousand over a city's few kilometres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Value = TypeVar("Value", float, NDArray[np.float64])


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres of one degree east and north on the WGS-84 ellipsoid at a latitude (series, error < 0.1 m)."""
    phi = np.radians(lat)
    east = 111_412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    north = 111_132.92 - 559.82 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi)
    return float(east), float(north)


@dataclass(frozen=True, slots=True)
class Plane:
    """A flat map around (lon, lat): x metres east, y metres north of it."""

    lon: float
    lat: float

    @classmethod
    def around(cls, geometries: NDArray[Any]) -> Plane:
        """The plane at the middle of all that is given; (0, 0) when nothing is."""
        if not len(geometries):
            return cls(0.0, 0.0)
        x0, y0, x1, y1 = shapely.total_bounds(geometries)
        return cls(float(x0 + x1) / 2, float(y0 + y1) / 2)

    def flatten(self, geometries: Any) -> Any:
        """A geometry, or an array of them, in metres."""
        scale = metres_per_degree(self.lat)
        return shapely.transform(geometries, lambda xy: (xy - [self.lon, self.lat]) * scale)

    def xy(self, lon: Value, lat: Value) -> tuple[Value, Value]:
        """A point, or arrays of points, in metres."""
        east, north = metres_per_degree(self.lat)
        return (lon - self.lon) * east, (lat - self.lat) * north

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """A point of the plane back in degrees."""
        east, north = metres_per_degree(self.lat)
        return self.lon + x / east, self.lat + y / north


def area_m2(geometry: BaseGeometry) -> float:
    """Square metres of a polygon in degrees."""
    return float(Plane.around(np.array([geometry])).flatten(geometry).area)
