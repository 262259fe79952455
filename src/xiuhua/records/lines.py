"""A part of a line, from one metre along it to another. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from xiuhua.city.areas import geodesy

_DIGITS: Final = 7


def part(line: Mapping[str, Any], begin_m: Decimal, end_m: Decimal) -> dict[str, Any] | None:
    """What lies between two metres of a GeoJSON line, in either direction; None where the line has nothing there.

    Metres are along the ellipsoid from the line's start; those of several parts follow each other without what lies
    between them.
    """
    first, last = sorted((float(begin_m), float(end_m)))
    found, walked = [], 0.0
    for one in shapely.get_parts(shape(line)):
        xy = shapely.get_coordinates(one)
        marks = walked + np.append(0.0, np.cumsum(geodesy.distances_m(xy[:-1], xy[1:])))
        walked = float(marks[-1])
        if (cut := _cut(xy, marks, first, last)) is not None:
            found.append(cut)
    if not found:
        return None
    if len(found) == 1:
        return {"type": "LineString", "coordinates": found[0]}
    return {"type": "MultiLineString", "coordinates": found}


def _cut(xy: NDArray[Any], marks: NDArray[Any], first: float, last: float) -> list[list[float]] | None:
    """Points of [n, 2] whose metres lie between two, with those at the two."""
    begin, end = max(first, float(marks[0])), min(last, float(marks[-1]))
    if begin >= end:
        return None
    at = np.concatenate([[begin], marks[(marks > begin) & (marks < end)], [end]])
    cut = np.column_stack([np.interp(at, marks, xy[:, axis]) for axis in (0, 1)])
    listed: list[list[float]] = np.round(cut, _DIGITS).tolist()
    return listed
