"""Coordinates of Chinese maps to WGS-84 and back, and places that cannot be meant.

GCJ-02 is the shifted datum that maps sold in China must use; BD-09 shifts it once more. Both shifts are the
published approximations everyone uses (the decree's own function is secret) and are undone here by iteration
to 1e-12 degrees. CGCS2000 is taken as WGS-84: both realise the ITRF, on ellipsoids that differ by 0.1 mm, and
agree within 0.1 m at one epoch. What is left is the plate's drift since 2000.0, some 3 cm a year, below what
a phone's fix or a digitised border can show; no mapping service in the country takes it into account.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from xiuhua.platform.errors import Invalid

Datum = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
DATUMS: Final[tuple[Datum, ...]] = ("wgs84", "cgcs2000", "gcj02", "bd09")

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north: outside of this box GCJ-02 is WGS-84."""
_A: Final = 6_378_245.0
"""Krasovsky 1940, the ellipsoid inside the published approximation."""
_EE: Final = 0.006_693_421_622_965_943
_BD: Final = np.pi * 3000 / 180

FAULTS: Final = (
    "",
    "not a number",
    "longitude and latitude 0: no position was given",
    "these look like metres, not degrees: a projected coordinate",
    "latitude beyond 90 degrees",
    "longitude beyond 180 degrees",
    "longitude and latitude look swapped",
)
"""What `faults` counts; 0 is a place that can be meant."""


def faults(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int8]:
    """[n]: which of `FAULTS` each place has, 0 for none."""
    x, y = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
    tests = (
        ~(np.isfinite(x) & np.isfinite(y)),
        (x == 0) & (y == 0),
        (np.abs(x) > 1000) | (np.abs(y) > 1000),
        # A place abroad is nobody's mistake as such; one that lies in China only the other way round is.
        ~_in_china(x, y) & _in_china(y, x),
        np.abs(y) > 90,
        np.abs(x) > 180,
    )
    return np.select(tests, (1, 2, 3, 6, 4, 5), 0).astype(np.int8)


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> Pair:
    """Places [n] of a datum as WGS-84 degrees [n].

    Raises `Invalid` that names every place that cannot be meant.
    """
    x, y = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
    bad = faults(x, y)
    if bad.any():
        errors = [
            {"row": row, "field": "lon, lat", "why": FAULTS[bad[row]], "value": f"{x[row]}, {y[row]}"}
            for row in np.flatnonzero(bad).tolist()
        ]
        raise Invalid(f"{len(errors)} of {len(x)} places cannot be meant.", errors=errors)
    return _unshift(x, y, datum)


def geometry_to_wgs84(geometries: Any, datum: Datum) -> Any:
    """A geometry or an array of them, every vertex from its datum to WGS-84."""
    if datum in ("wgs84", "cgcs2000"):
        return geometries
    return shapely.transform(geometries, lambda xy: np.column_stack(_unshift(xy[:, 0], xy[:, 1], datum)))


def from_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> Pair:
    """WGS-84 degrees [n] as a map in another datum wants them."""
    x, y = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
    if datum in ("wgs84", "cgcs2000"):
        return x, y
    x, y = _gcj02(x, y, _in_china(x, y))
    return _bd09(x, y) if datum == "bd09" else (x, y)


def _unshift(x: Floats, y: Floats, datum: Datum) -> Pair:
    if datum == "bd09":
        x, y = _invert(_bd09, x, y)
    if datum in ("gcj02", "bd09"):
        # Who was shifted is told by where the shifted place lies: within 600 m of the box it may be wrong.
        inside = _in_china(x, y)
        x, y = _invert(lambda lon, lat: _gcj02(lon, lat, inside), x, y)
    return x, y


def _invert(shift: Callable[[Floats, Floats], Pair], x: Floats, y: Floats) -> Pair:
    """What `shift` makes (x, y) of. The shifts stretch by under 3 %: each step gains a digit and a half."""
    lon, lat = x, y
    for _ in range(20):
        shifted_x, shifted_y = shift(lon, lat)
        dx, dy = x - shifted_x, y - shifted_y
        lon, lat = lon + dx, lat + dy
        if max(np.abs(dx).max(initial=0), np.abs(dy).max(initial=0)) < 1e-12:
            break
    return lon, lat


def _in_china(x: Floats, y: Floats) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _gcj02(x: Floats, y: Floats, inside: NDArray[np.bool_]) -> Pair:
    """WGS-84 to GCJ-02, where `inside` China."""
    dx, dy = x - 105.0, y - 35.0
    waves = 20.0 * np.sin(6.0 * dx * np.pi) + 20.0 * np.sin(2.0 * dx * np.pi)
    root = np.sqrt(np.abs(dx))
    north = -100.0 + 2.0 * dx + 3.0 * dy + 0.2 * dy * dy + 0.1 * dx * dy + 0.2 * root
    north += (
        waves
        + 20.0 * np.sin(dy * np.pi)
        + 40.0 * np.sin(dy / 3.0 * np.pi)
        + 160.0 * np.sin(dy / 12.0 * np.pi)
        + 320.0 * np.sin(dy * np.pi / 30.0)
    ) * (2.0 / 3.0)
    east = 300.0 + dx + 2.0 * dy + 0.1 * dx * dx + 0.1 * dx * dy + 0.1 * root
    east += (
        waves
        + 20.0 * np.sin(dx * np.pi)
        + 40.0 * np.sin(dx / 3.0 * np.pi)
        + 150.0 * np.sin(dx / 12.0 * np.pi)
        + 300.0 * np.sin(dx / 30.0 * np.pi)
    ) * (2.0 / 3.0)
    phi = np.radians(y)
    magic = 1 - _EE * np.sin(phi) ** 2
    d_lat = np.degrees(north * magic * np.sqrt(magic) / (_A * (1 - _EE)))
    d_lon = np.degrees(east * np.sqrt(magic) / (_A * np.cos(phi)))
    return np.where(inside, x + d_lon, x), np.where(inside, y + d_lat, y)


def _bd09(x: Floats, y: Floats) -> Pair:
    """GCJ-02 to BD-09."""
    radius = np.hypot(x, y) + 0.000_02 * np.sin(y * _BD)
    angle = np.arctan2(y, x) + 0.000_003 * np.cos(x * _BD)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
