"""Places as numbers of map tiles: Web Mercator, bits of column and row in turn. Pure."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ZOOM: Final = 20
"""Of the tiles that things are kept by: 40 m wide at the equator, 25 to 38 m in China."""
NOWHERE: Final = -1


def tile_of(lon: float | None, lat: float | None) -> int:
    """The number of the tile at `ZOOM` that holds a point, `NOWHERE` without one; bits of x and y in turn."""
    if lon is None or lat is None:
        return NOWHERE
    x, y = tile_xy(lon, lat, ZOOM)
    return interleaved(x, y)


def tile_xy(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the Web Mercator tile around a point; beyond the map's edge the nearest."""
    count = 1 << zoom
    phi = math.radians(min(max(lat, -85.05), 85.05))
    x = (lon + 180) / 360 * count
    y = (1 - math.asinh(math.tan(phi)) / math.pi) / 2 * count
    return min(max(int(x), 0), count - 1), min(max(int(y), 0), count - 1)


def interleaved(x: int, y: int) -> int:
    """Bits of x at even, of y at odd places: tiles within a tile are one span of numbers."""
    return _spread(x) | _spread(y) << 1


def span(zoom: int, x: int, y: int) -> tuple[int, int]:
    """First and last number at `ZOOM` of the tiles within a tile."""
    shift = 2 * (ZOOM - zoom)
    first = interleaved(x, y) << shift
    return first, first + (1 << shift) - 1


def spans(bounds: tuple[float, float, float, float], most: int = 16) -> list[tuple[int, int]]:
    """Spans of few tiles that cover west, south, east, north; neighbours joined."""
    west, south, east, north = bounds
    for zoom in range(ZOOM, -1, -1):
        (x0, y1), (x1, y0) = tile_xy(west, south, zoom), tile_xy(east, north, zoom)
        if (x1 - x0 + 1) * (y1 - y0 + 1) <= most:
            break
    found = sorted(span(zoom, x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))
    joined = [found[0]]
    for first, last in found[1:]:
        if first == joined[-1][1] + 1:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def bounds(zoom: int, x: int, y: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a tile in degrees."""
    count = 1 << zoom
    north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / count)))) for row in (y, y + 1))
    return x / count * 360 - 180, south, (x + 1) / count * 360 - 180, north


def _spread(value: int) -> int:
    value = (value | value << 16) & 0x0000FFFF0000FFFF
    value = (value | value << 8) & 0x00FF00FF00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F0F0F0F0F
    value = (value | value << 2) & 0x3333333333333333
    return (value | value << 1) & 0x5555555555555555


def middles(numbers: NDArray[np.int64], zoom: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of the middles of tiles of a zoom, by their numbers."""
    x, y = _gathered(numbers), _gathered(numbers >> 1)
    count = 1 << zoom
    lon = (x + 0.5) / count * 360 - 180
    lat: NDArray[Any] = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y + 0.5) / count))))
    return lon, lat


def _gathered(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bits at even places."""
    found = numbers & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF), (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):  # fmt: skip
        found = (found | found >> shift) & mask
    return found
