"""Plans, turns, campaigns and results made again from the event log alone, and compared, or put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from xiuhua.flow.model import State, apply
from xiuhua.plans import keeping
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries, rows_as_json

_BATCH: Final = 1000
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
        waiting: list[tuple[Any, ...]] = []
        at_city, events = "", 0
        for stream in eventlog.streams(tx, city, kind):
            if waiting and (stream.city != at_city or len(waiting) >= _BATCH):
                yield at_city, waiting, events
                waiting, events = [], 0
            at_city = stream.city
            waiting.append(_fold(stream))
            events += len(stream.steps)
        if waiting:
            yield at_city, waiting, events


def _fold(stream: eventlog.Stream) -> tuple[Any, ...]:
    state: State | None = None
    at = 0
    for payload, at in stream.steps:
        state = apply(state, payload, at, in_place=True)
    assert state is not None
    return keeping.row(state, stream.head, at)


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
