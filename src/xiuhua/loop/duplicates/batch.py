"""Duplicates among very many at once: a join over grid cells in memory, without the database. Pure.

For counting how often the same is reported again, for importing a year's file, for looking over a whole city.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.duplicates.likeness import Sketches, likeness
from xiuhua.loop.duplicates.model import MATTERS, scored

_AT_ONCE: Final = 50_000
_WIDTH: Final = 1 << 20
_CELL_DEG: Final = 0.001
"""Finer than what is kept in the database: here a look-up costs less than a candidate too many."""
_SAME, _RELATED, _UNKNOWN, _OTHER = range(len(MATTERS))


@dataclass(frozen=True, slots=True)
class Many:
    """Reports or cases as columns of one length."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    at: NDArray[np.int64]
    """Epoch seconds."""
    category: NDArray[np.int64]
    """A number for each category, 0 unknown; its class is what stands above the lowest 16 bits."""
    sketch: Sketches | None = None
    """Of the words; without it words do not count."""

    def __len__(self) -> int:
        return len(self.lon)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidates: row `asked` of the one side with row `known` of the other."""

    asked: NDArray[np.int64]
    known: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    hours: NDArray[np.float64]
    confidence: NDArray[np.float64]


class Grid:
    """What is known, sorted by cell."""

    def __init__(self, known: Many, days: float = 7.0) -> None:
        """`days`: how far apart in time two may lie."""
        self._days = days
        place = _cells(known.lon, known.lat)
        self._order = np.lexsort((known.at, place))
        self._cells, self._first = np.unique(place[self._order], return_index=True)
        self._first = np.append(self._first, len(place))
        # Cell and time in one sorted key: a look-up finds the right days of a cell at once.
        self._number = np.repeat(np.arange(len(self._cells)), np.diff(self._first))
        self._at = known.at[self._order]
        self._base = int(self._at.min()) if len(self._at) else 0
        self._span = int(self._at.max()) - self._base + 2 if len(self._at) else 2
        self._keys = self._number * self._span + (self._at - self._base)
        self._lon, self._lat = known.lon[self._order], known.lat[self._order]
        self._category = known.category[self._order]
        self._sketch = None if known.sketch is None else known.sketch[self._order]

    def find(self, asked: Many, radius_m: float = 50.0, least: float = 0.25, itself: bool = False) -> Pairs:
        """Every pair within radius and days that is at least so likely; `itself`: asked is what is known."""
        order = np.lexsort((asked.lon, _cells(asked.lon, asked.lat)))
        parts = [
            self._find(asked, order[start : start + _AT_ONCE], radius_m, least, itself)
            for start in range(0, len(asked) if len(self._cells) else 0, _AT_ONCE)
        ]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 5
        return Pairs(columns[0].astype(np.int64), columns[1].astype(np.int64), *columns[2:])

    def _find(self, asked: Many, rows: Any, radius_m: float, least: float, itself: bool) -> tuple[Any, ...]:
        lon, lat, at = asked.lon[rows], asked.lat[rows], asked.at[rows]
        east, north = metres_per_degree_of(lat)
        left, right = self._candidates(at, _around(lon, lat, radius_m / east, radius_m / north))
        distance = np.hypot((lon[left] - self._lon[right]) * east[left], (lat[left] - self._lat[right]) * north[left])
        near = distance <= radius_m
        if itself:
            near &= self._order[right] != rows[left]
        left, right, distance = left[near], right[near], distance[near]
        hours = np.abs(at[left] - self._at[right]) / 3600
        alike = np.zeros(len(left))
        if asked.sketch is not None and self._sketch is not None:
            alike = likeness(asked.sketch[rows[left]], self._sketch[right])
        matter = _matters(asked.category[rows[left]], self._category[right])
        score = scored(distance, hours, matter, alike, radius_m, self._days)
        kept = np.flatnonzero(score >= least)
        return rows[left[kept]], self._order[right[kept]], distance[kept], hours[kept], score[kept]

    def _candidates(self, at: Any, around: list[tuple[Any, Any]]) -> tuple[Any, Any]:
        """Pairs that share a cell and lie within the days: positions in what is asked, and in what is known."""
        window = int(self._days * 86400)
        who, known = [], []
        for cell, inside in around:
            place = np.minimum(np.searchsorted(self._cells, cell), len(self._cells) - 1)
            hit = np.flatnonzero(inside & (self._cells[place] == cell))
            first, since = place[hit] * self._span, at[hit] - self._base
            begin = np.searchsorted(self._keys, first + np.clip(since - window, 0, self._span - 1))
            end = np.searchsorted(self._keys, first + np.clip(since + window + 1, 0, self._span - 1))
            sizes = end - begin
            who.append(np.repeat(hit, sizes))
            known.append(np.repeat(begin - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum()))
        return np.concatenate(who), np.concatenate(known)


def metres_per_degree_of(lat: NDArray[np.float64]) -> tuple[Any, Any]:
    """`areas.plane.metres_per_degree` for an array."""
    phi = np.radians(lat)
    return 111_412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi), 111_132.92 - 559.82 * np.cos(2 * phi)


def _cells(lon: Any, lat: Any) -> Any:
    return np.floor(lat / _CELL_DEG).astype(np.int64) * _WIDTH + np.floor(lon / _CELL_DEG).astype(np.int64)


def _around(lon: Any, lat: Any, dx: Any, dy: Any) -> list[tuple[Any, Any]]:
    """The cells that circles reach, as rounds of one cell for each point: (cells, whether the circle reaches)."""
    x0, x1 = np.floor((lon - dx) / _CELL_DEG).astype(np.int64), np.floor((lon + dx) / _CELL_DEG).astype(np.int64)
    y0, y1 = np.floor((lat - dy) / _CELL_DEG).astype(np.int64), np.floor((lat + dy) / _CELL_DEG).astype(np.int64)
    wide, high = int((x1 - x0).max(initial=0)), int((y1 - y0).max(initial=0))
    return [
        ((y0 + row) * _WIDTH + x0 + column, (x0 + column <= x1) & (y0 + row <= y1))
        for row in range(high + 1)
        for column in range(wide + 1)
    ]


def _matters(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    found = np.where(one == other, _SAME, np.where(one >> 16 == other >> 16, _RELATED, _OTHER))
    return np.where((one == 0) | (other == 0), _UNKNOWN, found)
