"""Lengths and areas on the ellipsoid WGS-84. Pure.

Lengths: the inverse solution of T. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid with
application of nested equations, Survey Review XXIII 176 (1975), 88-93: exact to half a millimetre.
Areas: the plane area in the equal-area cylindrical projection of the ellipsoid, J. P. Snyder, Map Projections: A
Working Manual, USGS Professional Paper 1395 (1987), eq. 3-12, 10-14, 10-15. An edge is straight in that projection;
of an edge of one kilometre that is within two centimetres of the geodesic.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_A: Final = 6_378_137.0
_F: Final = 1 / 298.257223563
_B: Final = _A * (1 - _F)
_E2: Final = _F * (2 - _F)
_ROUNDS: Final = 100


def length_m(line: Any) -> float:
    """Length of a line or of several, of the border of a polygon, in metres; degrees WGS-84."""
    total = 0.0
    for part in shapely.get_parts(line):
        for ring in _rings(part):
            xy = shapely.get_coordinates(ring)
            total += float(distances_m(xy[:-1], xy[1:]).sum())
    return total


def area_m2(polygon: Any) -> float:
    """Area of a polygon or of several without their holes, in square metres; degrees WGS-84."""
    lon0 = float(shapely.get_coordinates(polygon)[0, 0])
    flat = shapely.transform(polygon, lambda xy: np.column_stack(_equal_area(xy[:, 0] - lon0, xy[:, 1])))
    return float(shapely.area(flat))


def distances_m(first: Floats, second: Floats) -> Floats:
    """Metres along the geodesic from each of [n, 2] to each of [n, 2] (longitude, latitude in degrees)."""
    lon = np.radians(second[:, 0] - first[:, 0])
    u1, u2 = (np.arctan((1 - _F) * np.tan(np.radians(one[:, 1]))) for one in (first, second))
    sin1, cos1, sin2, cos2 = np.sin(u1), np.cos(u1), np.sin(u2), np.cos(u2)
    lam = lon.copy()
    for _ in range(_ROUNDS):
        sin_lam, cos_lam = np.sin(lam), np.cos(lam)
        sin_s = np.hypot(cos2 * sin_lam, cos1 * sin2 - sin1 * cos2 * cos_lam)
        cos_s = sin1 * sin2 + cos1 * cos2 * cos_lam
        sigma = np.arctan2(sin_s, cos_s)
        sin_a = np.divide(cos1 * cos2 * sin_lam, sin_s, out=np.zeros_like(sin_s), where=sin_s > 0)
        cos2_a = 1 - sin_a**2
        middle = cos_s - np.divide(2 * sin1 * sin2, cos2_a, out=np.zeros_like(cos_s), where=cos2_a > 0)
        c = _F / 16 * cos2_a * (4 + _F * (4 - 3 * cos2_a))
        before = lam
        lam = lon + (1 - c) * _F * sin_a * (sigma + c * sin_s * (middle + c * cos_s * (2 * middle**2 - 1)))
        if np.abs(lam - before).max(initial=0.0) < 1e-12:
            break
    u = cos2_a * (_A**2 - _B**2) / _B**2
    a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
    inner = cos_s * (2 * middle**2 - 1) - b / 6 * middle * (4 * sin_s**2 - 3) * (4 * middle**2 - 3)
    found: Floats = _B * a * (sigma - b * sin_s * (middle + b / 4 * inner))
    return found


def _equal_area(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Metres east and north; `lon` from any meridian."""
    e, sine = np.sqrt(_E2), np.sin(np.radians(lat))
    q = (1 - _E2) * (sine / (1 - _E2 * sine**2) - np.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
    return _A * np.radians(lon), _A * q / 2


def _rings(part: Any) -> list[Any]:
    return [part] if part.geom_type in ("LineString", "LinearRing") else [part.exterior, *part.interiors]
