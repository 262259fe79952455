"""Records made again from the event log alone, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.flow.folding import folded
from xiuhua.platform import copying
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.records import kinds
from xiuhua.records.service import Records

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, records: Records, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and records were folded. Changes nothing."""
    events = subjects = 0
    for where, batch, count in folded(tx, city, "record"):
        events, subjects = events + count, subjects + len(batch)
        rows = tx.execute(_sql()["kept"], {"city": where, "ids": [state["id"] for state, _, _ in batch]})
        standing = {row[0]: tuple(row) for row in rows}
        for state, head, at in batch:
            made = kinds.row(state, head, records.declared(tx, where, state).register, at)
            if standing.pop(state["id"], None) != made:
                differs("record", state["id"])
    for row in tx.execute(queries("xiuhua.city.units")["bureaus"]).fetchall():
        if city in (None, row.city):
            for one in tx.execute(_sql()["miscounted"], {"city": row.city}):
                differs("record_cell", f"{row.city}/{one.register}/{one.cell}")
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("record", row.id)
    return events, subjects


def repair(tx: Tx, records: Records, city: str) -> tuple[int, int]:
    """Write the records of a city anew from its log; for after a fault, with the service stopped."""
    tx.execute(_sql()["empty"], {"city": city})
    events = subjects = 0
    for where, batch, count in folded(tx, city, "record"):
        events, subjects = events + count, subjects + len(batch)
        rows = [kinds.row(state, head, records.declared(tx, where, state).register, at) for state, head, at in batch]
        copying.put(tx, where, kinds.TABLE, rows)
    return events, subjects


def _sql() -> dict[str, Any]:
    return queries("xiuhua.records")
