"""Documents made again from the event log alone, and compared with what stands, or put in its place.

What was published is checked against the digest in its event as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.documents import kinds, model
from xiuhua.flow.folding import folded
from xiuhua.flow.model import State
from xiuhua.platform import copying
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""
Series = dict[tuple[str, int], int]


def check(tx: Tx, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and documents were folded. Changes nothing."""
    events = subjects = 0
    series: dict[str, Series] = {}
    for where, batch, count in folded(tx, city, "document"):
        events, subjects = events + count, subjects + len(batch)
        rows = tx.execute(_sql()["kept"], {"city": where, "ids": [state["id"] for state, _, _ in batch]})
        standing = {row[0]: tuple(row) for row in rows}
        for state, head, at in batch:
            _count(series.setdefault(where, {}), state)
            if standing.pop(state["id"], None) != kinds.row(state, head, at) or model.holds(state) is False:
                differs("document", state["id"])
    for where, counted in series.items():
        kept = {(row.series, row.year): row.last for row in tx.execute(_sql()["series_kept"], {"city": where})}
        for name, year in sorted(kept.keys() | counted.keys()):
            if kept.get((name, year)) != counted.get((name, year)):
                differs("document_series", f"{name} {year}")
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("document", row.id)
    return events, subjects


def repair(tx: Tx, city: str) -> tuple[int, int]:
    """Write the documents of a city anew from its log; for after a fault, with the service stopped."""
    for name in ("empty", "empty_series"):
        tx.execute(_sql()[name], {"city": city})
    events = subjects = 0
    series: Series = {}
    for where, batch, count in folded(tx, city, "document"):
        events, subjects = events + count, subjects + len(batch)
        copying.put(tx, where, kinds.TABLE, [kinds.row(*one) for one in batch])
        for state, _, _ in batch:
            _count(series, state)
    tx.executemany(
        _sql()["put_series"],
        [{"city": city, "series": name, "year": year, "last": n} for (name, year), n in series.items()],
    )
    return events, subjects


def _count(series: Series, state: State) -> None:
    data = state["data"]
    if data.get("n") is not None:
        key = (data["series"], data["year"])
        series[key] = max(series.get(key, 0), data["n"])


def _sql() -> dict[str, Any]:
    return queries("xiuhua.documents")
