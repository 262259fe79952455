"""Records of a register on a map, a tile at a time, as columns: from afar their numbers, from near each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from xiuhua.city.areas import tiles
from xiuhua.platform.columns import encode
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.sql import queries
from xiuhua.records import forms, outlines, shapes
from xiuhua.records.model import Declared

CELL: Final = 17
"""The zoom of the tiles that are counted beforehand (`record_cell`)."""
SQUARES: Final = 6
"""A tile is parted into at most 2^6 by 2^6 squares."""
MOST: Final = 10_000
"""Records of a tile; more are told as squares with their numbers."""
MOST_SHAPES: Final = 2_000
"""The same of lines and polygons."""
NEAR: Final = 15
"""The zoom from which squares of cells would tell little: the first `MOST` records."""


def tile(
    tx: Tx, city: str, declared: Declared, conditions: Sequence[str], values: Mapping[str, Any],
    at: tuple[int, int, int],
) -> bytes:  # fmt: skip
    """The records of a tile z, x, y that some conditions find (none: all). Raises `NotFound` where there is no tile."""
    zoom, x, y = at
    if not (0 <= zoom <= tiles.ZOOM and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
        raise NotFound("There is no such tile.")
    first, last = tiles.span(zoom, x, y)
    given = {**values, "city": city, "register": declared.name, "first": first, "last": last}
    drawn = declared.register.geometry in shapes.KINDS
    most = MOST_SHAPES if drawn else MOST
    if zoom < NEAR:
        fine = min(zoom + SQUARES, CELL)
        rows = _squares(tx, conditions, given, fine)
        if sum(n for _, n in rows) > most:
            return _counted(rows, fine)
    given["limit"] = most + 1
    if not drawn:
        return encode(*_points(declared, _asked(tx, "points", conditions, given), most))
    return _shapes(tx, declared, conditions, given, at)


def _shapes(
    tx: Tx, declared: Declared, conditions: Sequence[str], given: Mapping[str, Any], at: tuple[int, int, int]
) -> bytes:
    """Lines or polygons that touch a tile; what has a place but no shape has no rings."""
    west, south, east, north = tiles.bounds(*at)
    values = {**given, "west": west, "south": south, "east": east, "north": north}
    narrowed = [_sql()["of_filter"].format(conditions=" ".join(conditions))] if conditions else []
    found = _asked(tx, "shapes", narrowed, values, detail=outlines.detail(at[0]))
    columns, told = _points(declared, found, MOST_SHAPES)
    ends = np.cumsum(np.frombuffer(found.lengths or b"", ">i4"))[:MOST_SHAPES]
    wkbs = [found.outlines[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    return encode(columns | outlines.columns(wkbs), {**told, "kind": "shapes", "geometry": declared.register.geometry})


def _asked(tx: Tx, name: str, conditions: Sequence[str], given: Mapping[str, Any], detail: str = "") -> Any:
    query = _sql()[name].format(conditions=" ".join(conditions), detail=detail)
    return tx.connection.execute(query, given, prepare=False).fetchone()


def _squares(tx: Tx, conditions: Sequence[str], given: Mapping[str, Any], fine: int) -> list[tuple[int, int]]:
    if conditions:
        shift = 2 * (tiles.ZOOM - fine)
        query = _sql()["squares"].format(conditions=" ".join(conditions))
        return [(row.square, row.n) for row in tx.execute(query, {**given, "shift": shift})]
    down = 2 * (tiles.ZOOM - CELL)
    cells = {**given, "first": given["first"] >> down, "last": given["last"] >> down, "shift": 2 * (CELL - fine)}
    return [(row.square, row.n) for row in tx.execute(_sql()["cells"], cells)]


def _counted(rows: Sequence[tuple[int, int]], zoom: int) -> bytes:
    squares, counts = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    lon, lat = tiles.middles(squares, zoom)
    return encode({"lon": lon, "lat": lat, "count": counts.astype(np.uint32)}, {"kind": "clusters"})


def _points(declared: Declared, found: Any, most: int) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Columns and what the header tells of records, at most so many."""
    names = [*declared.register.states] or [declared.first]
    places = {name: place for place, name in enumerate(names)}
    states = [{"code": name, "title": forms.state_title(declared.register, name)} for name in names]
    had = (found.states or "").split()[:most]
    keys = orjson.loads(found.keys or "[]")
    columns: dict[str, NDArray[Any]] = {
        "lon": np.frombuffer(found.lons or b"", ">f8")[:most].astype(np.float64),
        "lat": np.frombuffer(found.lats or b"", ">f8")[:most].astype(np.float64),
        "state": np.array([places.get(one, len(names)) for one in had], dtype=np.uint8),
    }
    told = {"kind": "points", "truncated": len(keys) > most, "dictionaries": {"state": states}, "keys": keys[:most]}
    return columns, told


def _sql() -> Mapping[str, str]:
    return queries("xiuhua.records")
