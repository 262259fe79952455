"""Which of the cases held in memory a person sees of a filter, and squares of them. Works on whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.brief import model, reading
from xiuhua.loop.brief.reading import Columns, Words
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.scope import Sight
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid

FILTERS: Final = frozenset({"state", "category", "source", "unit", "area", "opened_from", "opened_to"})
"""Those filters of a list that hold here too."""
_FACETS: Final = ("state", "category", "source", "unit")


def within(columns: Columns, spans: Sequence[tuple[int, int]]) -> Columns:
    """Those in some spans of tiles, which must be in order and apart; columns sorted by tile."""
    bounds = [slice(*np.searchsorted(columns["tile"], (first, last + 1))) for first, last in spans]
    if len(bounds) == 1:
        return {name: column[bounds[0]] for name, column in columns.items()}
    return {name: np.concatenate([column[one] for one in bounds]) for name, column in columns.items()}


def chosen(
    tx: Tx, city: str, columns: Columns, sight: Sight, wanted: ListFilter, known: Words, open_: bool | None = None
) -> Columns:
    """What a person sees of a filter. Raises `Invalid` for filters that cases in brief do not have."""
    foreign = sorted(wanted.to_json().keys() - FILTERS)
    if foreign:
        raise Invalid(errors=[{"field": name, "why": "is no filter of the map"} for name in foreign])
    conditions: list[NDArray[np.bool_]] = []
    if not sight.everything:
        seen = np.isin(columns["place"], reading.places(tx, city, sight.areas))
        conditions.append(seen | np.isin(columns["unit"], _numbers(known, "unit", sight.units)))
    for name in _FACETS:
        if given := getattr(wanted, name):
            conditions.append(np.isin(columns[name], _numbers(known, name, given)))
    if wanted.area is not None:
        conditions.append(np.isin(columns["place"], reading.places(tx, city, [wanted.area])))
    if wanted.opened_from is not None:
        conditions.append(columns["opened"] >= wanted.opened_from.timestamp())
    if wanted.opened_to is not None:
        conditions.append(columns["opened"] < wanted.opened_to.timestamp())
    if open_ is not None:
        conditions.append((columns["closed"] == 0) == open_)
    if not conditions:
        return columns
    which = np.flatnonzero(np.logical_and.reduce(conditions))
    return {name: column[which] for name, column in columns.items()}


def newest(columns: Columns, most: int) -> Columns:
    """At most so many, those opened last."""
    if len(columns["no"]) <= most:
        return columns
    which = np.sort(np.argpartition(columns["opened"], -most)[-most:])
    return {name: column[which] for name, column in columns.items()}


def squares(columns: Columns, shift: int, now: int) -> dict[str, NDArray[Any]]:
    """Squares of 2^(shift/2) tiles: the middle of the cases in each, and how many by the colour of their clocks."""
    cells = columns["tile"] >> shift
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    counts = np.diff(starts, append=len(cells))
    lights = model.lights(columns, now)

    def of(light: int) -> NDArray[np.uint32]:
        return np.add.reduceat(lights == light, starts, dtype=np.uint32)

    return {
        "lon": np.add.reduceat(columns["lon"], starts) / counts,
        "lat": np.add.reduceat(columns["lat"], starts) / counts,
        "count": counts.astype(np.uint32),
        "red": of(model.RED),
        "yellow": of(model.YELLOW),
        "grey": of(model.GREY),
    }


def _numbers(known: Words, kind: str, given: Sequence[str]) -> list[int]:
    return [known[kind][one] for one in given if one in known[kind]]
