"""Cases in brief held in memory, sorted by their tile, so that a map of a million cases answers at once.

What is held is brought up to the database at every asking, by the rounds in which the worker told what changed. It
is loaded whole when it is asked for first, and again when more rounds went by than are remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

import numpy as np

from xiuhua.loop.brief import reading
from xiuhua.loop.brief.reading import Columns
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_MOST_CITIES: Final = 8


@dataclass(frozen=True, slots=True)
class _Held:
    begun: datetime
    round: int
    columns: Columns


class Held:
    """The cases of the cities whose map was looked at lately, of one process."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = Lock()
        self._loading: dict[str, Lock] = {}

    def of(self, tx: Tx, city: str) -> Columns:
        """The cases of a city, `reading.KEPT` by name, in the order of their tiles; no older than the transaction."""
        row = tx.execute(_sql()["round"], {"city": city}).fetchone()
        if row is None:
            return _sorted(reading.columns(tx, city))
        with self._lock:
            loading = self._loading.setdefault(city, Lock())
        with loading:
            held = self._held.get(city)
            if held is None or held.begun != row.begun:
                held = _Held(row.begun, row.round, _sorted(reading.columns(tx, city)))
            elif held.round < row.round:
                held = _Held(row.begun, row.round, _brought_up(tx, city, held, row.round))
            with self._lock:
                self._held[city] = held
                self._held.move_to_end(city)
                while len(self._held) > _MOST_CITIES:
                    self._held.popitem(last=False)
        return held.columns


def _brought_up(tx: Tx, city: str, held: _Held, to: int) -> Columns:
    found = tx.execute(_sql()["changed"], {"city": city, "since": held.round}).fetchone()
    if found is None or found.rounds < to - held.round:
        return _sorted(reading.columns(tx, city))
    return merged(held.columns, _sorted(reading.columns(tx, city, found.nos)))


def merged(old: Columns, new: Columns) -> Columns:
    """Sorted columns with some cases as they are now; neither of the two given is changed."""
    stay = np.isin(old["no"], new["no"], invert=True)
    at = np.searchsorted(old["tile"][stay], new["tile"])
    return {name: np.insert(column[stay], at, new[name]) for name, column in old.items()}


def _sorted(columns: Columns) -> Columns:
    order = np.argsort(columns["tile"], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.brief")
