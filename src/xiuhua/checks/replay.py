"""Inspections and rounds made again from the event log alone, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.checks import kinds
from xiuhua.flow.folding import Folded, folded
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries, rows_as_json

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and subjects were folded. Changes nothing."""
    events = subjects = 0
    for where, batch, count in folded(tx, city, "inspection"):
        events, subjects = events + count, subjects + len(batch)
        standing = _standing(tx, "kept", where, batch)
        for state, head, at in batch:
            if standing.pop(state["id"], None) != kinds.row(state, head, at):
                differs("inspection", state["id"])
    for where, batch, count in folded(tx, city, "round"):
        events, subjects = events + count, subjects + len(batch)
        standing = _standing(tx, "kept_rounds", where, batch)
        for state, head, _ in batch:
            if standing.pop(state["id"], None) != kinds.round_row(state, head):
                differs("inspection_round", state["id"])
            rows = tx.execute(_sql()["kept_things"], {"city": where, "round": state["id"]})
            if [tuple(row) for row in rows] != kinds.thing_rows(state):
                differs("round_thing", state["id"])
    for table, query in (("inspection", "strays"), ("inspection_round", "stray_rounds")):
        for row in tx.execute(_sql()[query], {"city": city}):
            differs(table, row.id)
    return events, subjects


def repair(tx: Tx, city: str) -> tuple[int, int]:
    """Write the inspections and rounds of a city anew from its log; for after a fault, with the service stopped."""
    for name in ("empty", "empty_rounds", "empty_things"):
        tx.execute(_sql()[name], {"city": city})
    events = subjects = 0
    for where, batch, count in folded(tx, city, "inspection"):
        events, subjects = events + count, subjects + len(batch)
        rows = rows_as_json(kinds.COLUMNS, [kinds.row(*one) for one in batch])
        tx.execute(_sql()["save"], {"city": where, "rows": rows})
    for where, batch, count in folded(tx, city, "round"):
        events, subjects = events + count, subjects + len(batch)
        rows = rows_as_json(kinds.ROUND_COLUMNS, [kinds.round_row(state, head) for state, head, _ in batch])
        tx.execute(_sql()["save_round"], {"city": where, "rows": rows})
        for state, _, _ in batch:
            things = rows_as_json(kinds.THING_COLUMNS, kinds.thing_rows(state))
            tx.execute(_sql()["save_things"], {"city": where, "rows": things})
    return events, subjects


def _standing(tx: Tx, query: str, city: str, batch: list[Folded]) -> dict[str, tuple[Any, ...]]:
    rows = tx.execute(_sql()[query], {"city": city, "ids": [state["id"] for state, _, _ in batch]})
    return {row[0]: tuple(row) for row in rows}


def _sql() -> dict[str, Any]:
    return queries("xiuhua.checks")
