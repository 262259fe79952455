"""Entries and their sums made again from the event log, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from xiuhua.flow.model import State, apply
from xiuhua.platform import copying, eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Head
from xiuhua.platform.sql import queries
from xiuhua.records.ledgers import kinds
from xiuhua.records.ledgers.service import Ledgers, add_up

_BATCH: Final = 2000
Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""
Folded = tuple[State, Head]


def check(tx: Tx, ledgers: Ledgers, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and entries were folded. Changes nothing."""
    events = entries = 0
    for where, batch, count in _batches(tx, city):
        events, entries = events + count, entries + len(batch)
        rows = tx.execute(_sql()["kept"], {"city": where, "ids": [state["id"] for state, _ in batch]})
        standing = {row[0]: tuple(row) for row in rows}
        for state, head in batch:
            made = kinds.row(state, head, ledgers.declared(tx, where, state))
            if standing.pop(state["id"], None) != made:
                differs("ledger_entry", state["id"])
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("ledger_entry", row.id)
    wrong = _sql()["wrong_sums"].replace("{summed}", _sql()["summed"])
    for row in tx.execute(wrong, {"city": city, "ids": None}):
        differs("ledger_sum", f"{row.ledger} {row.dimension}={row.value} {row.day}")
    return events, entries


def repair(tx: Tx, ledgers: Ledgers, city: str) -> tuple[int, int]:
    """Write the entries and sums of a city anew from its log; for after a fault, with the service stopped."""
    tx.execute(_sql()["empty"], {"city": city})
    events = entries = 0
    for where, batch, count in _batches(tx, city):
        events, entries = events + count, entries + len(batch)
        rows = [kinds.row(state, head, ledgers.declared(tx, where, state)) for state, head in batch]
        copying.put(tx, where, kinds.TABLE, rows)
    tx.execute(_sql()["empty_sums"], {"city": city})
    add_up(tx, city, None)
    return events, entries


def _batches(tx: Tx, city: str | None) -> Iterator[tuple[str, list[Folded], int]]:
    """Entries folded from their streams, city by city, with how many events that took."""
    waiting: list[Folded] = []
    at_city, events = "", 0
    for stream in eventlog.streams(tx, city, "entry"):
        if waiting and (stream.city != at_city or len(waiting) >= _BATCH):
            yield at_city, waiting, events
            waiting, events = [], 0
        at_city = stream.city
        waiting.append(_fold(stream))
        events += len(stream.steps)
    if waiting:
        yield at_city, waiting, events


def _fold(stream: eventlog.Stream) -> Folded:
    state: State | None = None
    for payload, at in stream.steps:
        state = apply(state, payload, at, in_place=True)
    assert state is not None
    return state, stream.head


def _sql() -> dict[str, Any]:
    return queries("xiuhua.records.ledgers")
