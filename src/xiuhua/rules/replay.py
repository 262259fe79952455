"""Findings made again from the event log alone, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.flow.folding import fold
from xiuhua.platform import copying, eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.rules import kinds

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and findings were folded. Changes nothing."""
    events = subjects = 0
    for stream in eventlog.streams(tx, city, "finding"):
        state, head, at = fold(stream)
        events, subjects = events + len(stream.steps), subjects + 1
        row = tx.execute(_sql()["kept"], {"city": stream.city, "ids": [state["id"]]}).fetchone()
        if row is None or tuple(row) != kinds.row(state, head, at):
            differs("rule_finding", state["id"])
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("rule_finding", row.id)
    return events, subjects


def repair(tx: Tx, city: str) -> tuple[int, int]:
    """Write the findings of a city anew from its log; for after a fault, with the service stopped."""
    tx.execute(_sql()["empty"], {"city": city})
    events, rows = 0, []
    for stream in eventlog.streams(tx, city, "finding"):
        state, head, at = fold(stream)
        events += len(stream.steps)
        rows.append(kinds.row(state, head, at))
    copying.put(tx, city, kinds.TABLE, rows)
    return events, len(rows)


def _sql() -> dict[str, Any]:
    return queries("xiuhua.rules")
