"""Plans, turns, campaigns and results made again from the event log alone, and compared, or put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xiuhua.flow.folding import folded
from xiuhua.plans import keeping
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries, rows_as_json

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and things were folded. Changes nothing."""
    events = things = 0
    for where, rows, count in _made(tx, city):
        events, things = events + count, things + len(rows)
        wanted = {"city": where, "kind": rows[0][0], "ids": [one[1] for one in rows]}
        standing = {one[1]: tuple(one) for one in tx.execute(_sql()["kept"], wanted)}
        for one in rows:
            if standing.get(one[1]) != one:
                differs("undertaking", f"{one[0]}/{one[1]}")
    for stray in tx.execute(_sql()["strays"], {"city": city}):
        differs("undertaking", f"{stray.kind}/{stray.id}")
    return events, things


def repair(tx: Tx, city: str) -> tuple[int, int]:
    """Write those of a city anew from its log; for after a fault, with the service stopped."""
    tx.execute(_sql()["empty"], {"city": city})
    events = things = 0
    for where, rows, count in _made(tx, city):
        events, things = events + count, things + len(rows)
        tx.execute(_sql()["save"], {"city": where, "rows": rows_as_json(keeping.COLUMNS, rows)})
    return events, things


def _made(tx: Tx, city: str | None) -> Iterator[tuple[str, list[tuple[Any, ...]], int]]:
    """Rows folded from the streams, of one kind and city at a time, with how many events that took."""
    for kind in keeping.KINDS:
        for where, batch, count in folded(tx, city, kind):
            yield where, [keeping.row(*one) for one in batch], count


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
