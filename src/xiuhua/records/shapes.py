"""Lines and polygons of records: read from GeoJSON, checked, measured; their place is a point on them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import GEOSException

from xiuhua.city.areas import datum, geodesy
from xiuhua.platform.wording import Wrong

KINDS: Final = {"line": ("LineString", "MultiLineString"), "polygon": ("Polygon", "MultiPolygon")}
"""Geometry of a register → types of GeoJSON that a record's shape may be."""
LENGTH: Final = "length_m"
AREA: Final = "area_m2"
"""Measures of the shape, in a record's data and in expressions."""
MOST_POINTS: Final = 20_000
_DEPTH: Final = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class NoShape(Wrong):
    """Why a geometry cannot be kept."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or polygon in WGS-84."""

    geojson: dict[str, Any]
    """Type and coordinates, seven decimal places."""
    lon: float
    lat: float
    """A point on it: the middle of the way, a point inside."""
    length_m: str | None
    """Of lines, a decimal."""
    area_m2: str | None
    """Of polygons, a decimal."""

    @property
    def middle(self) -> dict[str, Any]:
        """Its place, as a place is given."""
        return {"lon": self.lon, "lat": self.lat}

    def kept(self) -> dict[str, Any]:
        """What a record holds of it."""
        return {"shape": self.geojson, LENGTH: self.length_m, AREA: self.area_m2}


def read(given: Any, kind: str) -> Shape:
    """A GeoJSON geometry as it is kept; `datum` beside its coordinates tells them from WGS-84. Raises `NoShape`."""
    allowed = KINDS.get(kind)
    if allowed is None:
        raise NoShape("no_shapes_here")
    if not isinstance(given, Mapping) or given.get("type") not in allowed:
        raise NoShape("other_shape", known=", ".join(allowed))
    system = given.get("datum", "wgs84")
    if system not in datum.DATUMS:
        raise NoShape("no_datum", known=", ".join(datum.DATUMS))
    coordinates = _numbers(given.get("coordinates"), _DEPTH[given["type"]])
    shape = _built(given["type"], coordinates)
    xy = shapely.get_coordinates(shape)
    if len(xy) > MOST_POINTS:
        raise NoShape("too_many_points", points=f"{len(xy):,}", most=f"{MOST_POINTS:,}")
    bad = datum.faults(xy[:, 0], xy[:, 1])
    if bad.any():
        raise NoShape(f"no_point_{int(bad[bad > 0][0])}")
    shape = shapely.transform(datum.geometry_to_wgs84(shape, system), lambda one: np.round(one, 7))
    if shape.is_empty or not shape.is_valid:
        raise NoShape("shape_broken", detail=shapely.is_valid_reason(shape) if not shape.is_empty else "empty")
    return _measured(shape, kind)


def _measured(shape: Any, kind: str) -> Shape:
    plain = shapely.geometry.mapping(shape)
    geojson = {"type": plain["type"], "coordinates": _listed(plain["coordinates"])}
    if kind == "line":
        length = geodesy.length_m(shape)
        if length == 0:
            raise NoShape("no_length")
        longest = max(shapely.get_parts(shape), key=lambda one: one.length)
        point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
        return Shape(geojson, round(point.x, 7), round(point.y, 7), f"{length:.2f}", None)
    point = shapely.point_on_surface(shape)
    return Shape(geojson, round(point.x, 7), round(point.y, 7), None, f"{geodesy.area_m2(shape):.2f}")


def _built(kind: str, coordinates: Any) -> Any:
    try:
        return shapely.geometry.shape({"type": kind, "coordinates": coordinates})
    except (ValueError, TypeError, IndexError, GEOSException) as error:
        raise NoShape("shape_broken", detail=" ".join(str(error).split())) from None


def _numbers(given: Any, depth: int) -> Any:
    """Coordinates without heights. Raises `NoShape`."""
    if not isinstance(given, list) or not given:
        raise NoShape("not_coordinates")
    if depth:
        return [_numbers(one, depth - 1) for one in given]
    if len(given) < 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in given[:2]):
        raise NoShape("not_coordinates")
    try:
        found = [float(given[0]), float(given[1])]
    except OverflowError:
        raise NoShape("not_coordinates") from None
    if not all(map(isfinite, found)):
        raise NoShape("no_point_1")
    return found


def _listed(coordinates: Any) -> Any:
    return [_listed(one) for one in coordinates] if isinstance(coordinates, tuple | list) else coordinates
