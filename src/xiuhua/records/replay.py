"""Records made again from the event log alone, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xiuhua.flow.folding import folded
from xiuhua.flow.model import State
from xiuhua.platform import copying
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.records import kinds, outlines, shapes
from xiuhua.records.service import Records
from xiuhua.records.writing import draw

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
        for id_ in _drawn_otherwise(tx, where, records, [state for state, _, _ in batch]):
            differs("record_shape", id_)
    for row in tx.execute(queries("xiuhua.city.units")["bureaus"]).fetchall():
        if city in (None, row.city):
            for one in tx.execute(_sql()["miscounted"], {"city": row.city}):
                differs("record_cell", f"{row.city}/{one.register}/{one.cell}")
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("record", row.id)
    for row in tx.execute(_sql()["shape_strays"], {"city": city}):
        differs("record_shape", row.id)
    return events, subjects


def repair(tx: Tx, records: Records, city: str) -> tuple[int, int]:
    """Write the records of a city anew from its log; for after a fault, with the service stopped."""
    for name in ("empty", "empty_shapes"):
        tx.execute(_sql()[name], {"city": city})
    events = subjects = 0
    for where, batch, count in folded(tx, city, "record"):
        events, subjects = events + count, subjects + len(batch)
        rows = [kinds.row(state, head, records.declared(tx, where, state).register, at) for state, head, at in batch]
        copying.put(tx, where, kinds.TABLE, rows)
        draw(tx, where, _drawn(tx, where, records, [state for state, _, _ in batch]))
    return events, subjects


def _drawn(tx: Tx, city: str, records: Records, states: Sequence[State]) -> list[State]:
    """Those of registers of lines and polygons."""
    return [one for one in states if records.declared(tx, city, one).register.geometry in shapes.KINDS]


def _drawn_otherwise(tx: Tx, city: str, records: Records, states: Sequence[State]) -> set[str]:
    """Records of which a map shows what they are not; how lines and polygons are simplified is not looked at."""
    told = outlines.COLUMNS.index("mid")
    made = {row[0]: row[:told] for row in outlines.rows(_drawn(tx, city, records, states))}
    rows = tx.execute(_sql()["kept_shapes"], {"city": city, "ids": [state["id"] for state in states]})
    kept = {row[0]: tuple(row) for row in rows}
    return {id_ for id_ in made.keys() | kept.keys() if made.get(id_) != kept.get(id_)}


def _sql() -> dict[str, Any]:
    return queries("xiuhua.records")
