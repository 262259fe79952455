"""The matrix as a board: who answers in each class or category × area at one moment, with gaps and ties. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.duties.findings import CLASS_DIGITS
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import split_category
from xiuhua.city.duties.painting import Grid, Line, narrowed, paint, strokes, surface_of_grids
from xiuhua.city.units.bands import is_written_out, minute_of_week, week_of

MOST_UNITS: Final = 4
"""Units named in one cell; the others are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the board in one area; its parts are counted in categories × grids."""

    units: Mapping[str, int] = field(default_factory=dict)
    """Unit → parts it answers for, the most first; `-` is nobody, by rule."""
    gaps: int = 0
    ties: int = 0
    """Parts in which several units answer alike."""


@dataclass(frozen=True, slots=True)
class Row:
    """One class, or one category."""

    key: str
    categories: int
    cells: tuple[Cell, ...]
    """One for each area, in their order."""


def board(
    matrix: DutyMatrix,
    lines: Sequence[Line],
    grids: Sequence[Grid],
    kind: str,
    areas: Sequence[str],
    at: datetime,
    whole_classes: bool,
) -> list[Row]:
    """Who has one kind of duty at a moment, for things of no particular owner.

    `whole_classes` gives a row for each class of the lines, otherwise one for each line. Places finer than a grid
    (segments, records) do not show.
    """
    local = at.astimezone(matrix.zone)
    day = local.date()
    rows = [row for row in matrix.rows_on(day) if row.kind == kind]
    surface = surface_of_grids(grids, matrix, day)
    holds = np.array([not row.owner and _on(matrix, row.time_band, local) for row in rows], dtype=bool)
    found = narrowed(strokes(rows, lines, surface, matrix, day), np.ones(len(lines), dtype=bool), holds)
    painting = paint(found, len(lines), len(surface.codes))
    units_of = [sorted({rows[one].unit for one in on_top}) for on_top in painting.rows_of]
    nowhere = np.zeros(0, dtype=np.int64)
    places = [surface.at.get(code, nowhere) for code in areas]
    return [
        Row(key, len(chosen), tuple(_cell(painting.state[chosen][:, here], units_of) for here in places))
        for key, chosen in _grouped(lines, whole_classes).items()
    ]


def _on(matrix: DutyMatrix, band: str, local: datetime) -> bool:
    """Whether a row's time band holds; what is no band never does."""
    if not band:
        return True
    hours = band if is_written_out(band) else matrix.band_hours(local.date()).get(band, "")
    try:
        return bool(week_of(hours)[minute_of_week(local)])
    except ValueError:
        return False


def _grouped(lines: Sequence[Line], whole_classes: bool) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, line in enumerate(lines):
        head, code = split_category(line.key)
        found.setdefault(f"{head}/{code[:CLASS_DIGITS]}" if whole_classes else line.key, []).append(position)
    return found


def _cell(state: NDArray[np.int32], units_of: Sequence[Sequence[str]]) -> Cell:
    counts: dict[str, int] = {}
    gaps = ties = 0
    for number, count in zip(*np.unique(state, return_counts=True), strict=True):
        units = units_of[number]
        if not units:
            gaps += int(count)
        elif len(units) > 1:
            ties += int(count)
        else:
            counts[units[0]] = counts.get(units[0], 0) + int(count)
    return Cell(dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))), gaps, ties)
