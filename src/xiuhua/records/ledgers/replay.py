"""Entries and their sums made again from the event log, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.flow.folding import folded
from xiuhua.platform import copying
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.records.ledgers import kinds
from xiuhua.records.ledgers.service import Ledgers, add_up

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, ledgers: Ledgers, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and entries were folded. Changes nothing."""
    events = entries = 0
    for where, batch, count in folded(tx, city, "entry"):
        events, entries = events + count, entries + len(batch)
        rows = tx.execute(_sql()["kept"], {"city": where, "ids": [state["id"] for state, _, _ in batch]})
        standing = {row[0]: tuple(row) for row in rows}
        for state, head, _ in batch:
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
    for where, batch, count in folded(tx, city, "entry"):
        events, entries = events + count, entries + len(batch)
        rows = [kinds.row(state, head, ledgers.declared(tx, where, state)) for state, head, _ in batch]
        copying.put(tx, where, kinds.TABLE, rows)
    tx.execute(_sql()["empty_sums"], {"city": city})
    add_up(tx, city, None)
    return events, entries


def _sql() -> dict[str, Any]:
    return queries("xiuhua.records.ledgers")
