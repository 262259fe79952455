"""Rows painted over categories × places, the least specific first, so that what stays on top answers. Pure.

One cell is one category at one place. Painting costs a few array operations per row, however many cells there
are, which is what lets a whole matrix be checked in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import DutyRow, place_token

Indices = NDArray[np.int64]
_RANKS = 256
"""More than `selectors` has ranks of categories."""


@dataclass(frozen=True, slots=True)
class Line:
    """One category to be checked."""

    key: str
    mapped: tuple[str, ...] = ()
    """Keys of the same category in other standards, the nearest first."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One grid to be checked."""

    code: str
    scopes: tuple[str, ...]
    """Every area that holds it, itself first, then from the most specific up."""


class Stroke(NamedTuple):
    """One row over the cells it speaks of at one rank."""

    rank: int
    """Place, category, time and owner in one number, the smallest is the most specific."""
    categories: Indices
    places: Indices
    row: int
    """Position of the row among the rows given."""


@dataclass(slots=True)
class Surface:
    """Places to paint on, and what lies where."""

    codes: list[str] = field(default_factory=list)
    at: dict[str, Indices] = field(default_factory=dict)
    """Positions of the places that a token (area code, section, segment, everywhere) covers."""


class Painting(NamedTuple):
    """What came to lie on top."""

    state: NDArray[np.int32]
    """Per category and place a number of `rows_of`; 0 is bare."""
    rows_of: list[tuple[int, ...]]
    """Rows on top that are equally specific."""


def surface_of_grids(grids: Sequence[Grid], matrix: DutyMatrix, on: date) -> Surface:
    """Grids in an order in which areas are mostly runs, so that painting is by slices."""
    ordered = sorted(grids, key=lambda grid: (grid.scopes[::-1], grid.code))
    positions: dict[str, list[int]] = {}
    for position, grid in enumerate(ordered):
        for code in dict.fromkeys(grid.scopes):
            positions.setdefault(code, []).append(position)
    at = {code: np.array(found, dtype=np.int64) for code, found in positions.items()}
    at["everywhere:*"] = np.arange(len(ordered), dtype=np.int64)
    by_section: dict[str, list[Indices]] = {}
    for code in list(at):
        for section in matrix.sections_of([code], on):
            by_section.setdefault(section, []).append(at[code])
    for section, parts in by_section.items():
        at[place_token("section", section)] = np.unique(np.concatenate(parts))
    return Surface([grid.code for grid in ordered], at)


def surface_of_points(matrix: DutyMatrix, on: date) -> Surface:
    """Road segments, their sides, and single records that rows or contract sections name."""
    named: dict[tuple[str, str, str], None] = {}
    for row in matrix.rows_on(on):
        if row.place_kind in {"road_segment", "record"}:
            named[row.place_kind, row.place, row.one_side] = None
    for section in matrix.sections:
        for place in section.places:
            code, side = (place[:-2], place[-1]) if place.endswith(("/L", "/R")) else (place, "")
            named["road_segment", code, side] = None
    sided = {code for kind, code, side in named if side}
    points = sorted({*named, *(("road_segment", code, side) for code in sided for side in ("", "L", "R"))})
    positions: dict[str, list[int]] = {}
    for position, (kind, code, side) in enumerate(points):
        tokens = list(dict.fromkeys([place_token(kind, code), place_token(kind, code, side)]))
        tokens += [place_token("section", section) for section in matrix.sections_of(tokens, on)]
        for token in tokens:
            positions.setdefault(token, []).append(position)
    at = {token: np.array(found, dtype=np.int64) for token, found in positions.items()}
    return Surface([f"{code}/{side}" if side else code for _, code, side in points], at)


def strokes(
    rows: Sequence[DutyRow], lines: Sequence[Line], surface: Surface, matrix: DutyMatrix, on: date
) -> list[Stroke]:
    """The strokes of rows, the least specific first; a row that covers no cell has none."""
    by_selector: dict[str, dict[int, list[int]]] = {}
    for position, line in enumerate(lines):
        for named in matrix.ways(line.key, line.mapped, on):
            by_selector.setdefault(named.selector, {}).setdefault(named.rank, []).append(position)
    selected = {
        selector: [(rank, np.array(found, dtype=np.int64)) for rank, found in ranks.items()]
        for selector, ranks in by_selector.items()
    }
    found = []
    for position, row in enumerate(rows):
        places = surface.at.get(row.token())
        if places is None or not len(places):
            continue
        last = (0 if row.time_band else 2) + (0 if row.owner else 1)
        for rank, categories in selected.get(row.category, ()):
            found.append(Stroke((row.place_rank * _RANKS + rank) * 4 + last, categories, places, position))
    return sorted(found, key=lambda stroke: (-stroke.rank, stroke.row))


def narrowed(found: Iterable[Stroke], chosen: NDArray[np.bool_], rows: NDArray[np.bool_]) -> Iterator[Stroke]:
    """Strokes of some rows over some categories, these counted anew from 0."""
    place = np.cumsum(chosen) - 1
    for stroke in found:
        if rows[stroke.row]:
            kept = place[stroke.categories[chosen[stroke.categories]]]
            if len(kept):
                yield stroke._replace(categories=kept)


def paint(found: Iterable[Stroke], categories: int, places: int) -> Painting:
    """Lay strokes over one another; strokes of equal rank on one cell are kept side by side."""
    state = np.zeros((categories, places), dtype=np.int32)
    rows_of: list[tuple[int, ...]] = [()]
    numbers: dict[tuple[int, ...], int] = {}
    rank, base = -1, 1

    def number(rows: tuple[int, ...]) -> int:
        if rows not in numbers:
            numbers[rows] = len(rows_of)
            rows_of.append(rows)
        return numbers[rows]

    for stroke in found:
        if stroke.rank != rank:
            # Numbers from `base` on belong to this rank: only with them can there be a tie.
            rank, base = stroke.rank, len(rows_of)
            numbers.clear()
        where = _where(stroke.categories, stroke.places)
        below = state[where]
        alone = number((stroke.row,))
        if int(below.max()) < base:
            state[where] = alone
            continue
        above = np.full(below.shape, alone, dtype=np.int32)
        for old in np.unique(below[below >= base]):
            above[below == old] = number((*rows_of[old], stroke.row))
        state[where] = above
    return Painting(state, rows_of)


def _where(categories: Indices, places: Indices) -> Any:
    rows, columns = _run(categories), _run(places)
    if isinstance(rows, slice) or isinstance(columns, slice):
        return rows, columns
    return np.ix_(rows, columns)


def _run(indices: Indices) -> slice | Indices:
    """A slice where indices follow one another: ten times cheaper than picking."""
    first, last = int(indices[0]), int(indices[-1])
    return slice(first, last + 1) if last - first + 1 == len(indices) else indices


def weeks_of(rows: Sequence[DutyRow], hours: Mapping[str, bytes]) -> list[tuple[frozenset[str], int]]:
    """The sets of bands that hold together at some minute of the week, with the number of such minutes."""
    names = sorted({row.time_band for row in rows if row.time_band and row.time_band in hours})
    if not names:
        return [(frozenset(), 10080)]
    table = np.stack([np.frombuffer(hours[name], dtype=np.uint8) for name in names])
    sets, minutes = np.unique(table, axis=1, return_counts=True)
    return [
        (frozenset(name for name, held in zip(names, column, strict=True) if held), int(count))
        for column, count in zip(sets.T, minutes, strict=True)
    ]
