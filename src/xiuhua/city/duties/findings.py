"""Gaps and overlaps told briefly: by the widest classes and areas that are wholly concerned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.duties.model import EVERYTHING, DutyRow, split_category
from xiuhua.city.duties.painting import Grid, Line, Surface

CLASS_DIGITS = 2
"""A class is the first two digits in every standard known (`catalog.md` of the standards: 2+2 and 2+3)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap or an overlap."""

    kind: str
    """Duty kind."""
    categories: tuple[str, ...]
    """Category keys, or the class, kind or `*` that is wholly concerned."""
    category_count: int
    areas: tuple[tuple[str, int], ...]
    """The highest areas wholly concerned (or segments, records), each with the number of grids it adds."""
    place_count: int
    cells: int
    """Categories × grids concerned."""
    bands: tuple[str, ...] | None = None
    """Time bands that hold when it happens, `()` when none does; None: always."""
    minutes: int = 10080
    """Minutes of the week in which it happens."""
    owner: str = ""
    rows: tuple[DutyRow, ...] = ()
    """Of an overlap: the rows that answer alike."""


class Brief:
    """Compresses categories and places of one check."""

    def __init__(self, lines: Sequence[Line], surface: Surface, grids: Iterable[Grid] = ()) -> None:
        self._lines, self._codes = lines, surface.codes
        levels: dict[str, int] = {}
        for grid in grids:
            for level, code in enumerate(grid.scopes):
                levels[code] = max(level, levels.get(code, 0))
        names = [code for code in levels if code in surface.at]
        sizes = np.array([len(surface.at[name]) for name in names], dtype=np.int64)
        order = sorted(range(len(names)), key=lambda i: (-sizes[i], -levels[names[i]], names[i]))
        self._areas = [(names[i], surface.at[names[i]]) for i in order]
        self._sizes = sizes[order] if names else sizes
        parts = [places for _, places in self._areas]
        self._place_of = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        self._area_of = np.repeat(np.arange(len(parts)), self._sizes)
        self._whole = _class_sizes(line.key for line in lines)

    def areas(self, pattern: NDArray[np.bool_]) -> tuple[tuple[str, int], ...]:
        """The highest areas that lie wholly in a pattern of places; together they add up to it."""
        left = int(pattern.sum())
        if not self._areas:
            return tuple((self._codes[place], 1) for place in np.flatnonzero(pattern))
        concerned = np.bincount(self._area_of, weights=pattern[self._place_of], minlength=len(self._sizes))
        covered = np.zeros(len(pattern), dtype=bool)
        found: list[tuple[str, int]] = []
        for position in np.flatnonzero(concerned == self._sizes):
            if not left:
                break
            name, places = self._areas[position]
            added = int(len(places) - covered[places].sum())
            if added:
                covered[places] = True
                left -= added
                found.append((name, added))
        return tuple(found)

    def categories(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Keys, with whole classes, whole kinds and the whole catalogue told by one selector."""
        keys = sorted({self._lines[position].key for position in positions})
        if len(keys) == self._whole[EVERYTHING] > 1:
            return (EVERYTHING,)
        present = _class_sizes(keys)
        found: dict[str, None] = {}
        for key in keys:
            wider = [name for name in _wider(key) if present[name] == self._whole[name] > 1]
            found[wider[0] if wider else key] = None
        return tuple(found)


def _wider(key: str) -> tuple[str, str]:
    """The kind and the class of a key, the wider first."""
    head, code = split_category(key)
    return head, f"{head}/{code[:CLASS_DIGITS]}"


def _class_sizes(keys: Iterable[str]) -> dict[str, int]:
    sizes: dict[str, int] = {EVERYTHING: 0}
    for key in keys:
        for name in (EVERYTHING, *_wider(key)):
            sizes[name] = sizes.get(name, 0) + 1
    return sizes
