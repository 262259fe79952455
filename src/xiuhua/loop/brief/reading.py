"""Cases in brief by the hundred thousand: arrays made by the database, taken as they come into NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.scope import Sight
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.sql import queries

FILTERS: Final = frozenset({"state", "category", "source", "unit", "area", "opened_from", "opened_to"})
"""Those filters of a list that hold here too."""
_FACETS: Final = ("state", "category", "source", "unit")
_TYPES: Final = {
    "no": ">i8", "lon": ">f8", "lat": ">f8", "opened": ">i8", "closed": ">i8", "handed_back": ">i8", "due": ">i8",
    "yellow": ">i8", "stopped": ">i8", "tile": ">i8",
}  # fmt: skip
_OTHERWISE: Final = ">i4"
_ARRAY_HEAD: Final = 20
"""Bytes before the elements of a one-dimensional array in PostgreSQL's binary form."""
Columns = dict[str, NDArray[Any]]


@dataclass(slots=True)
class Chosen:
    """Which cases: conditions as SQL, and the values they refer to."""

    city: str
    conditions: list[str] = field(default_factory=lambda: ["city = %(city)s"])
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """All conditions."""
        return " and ".join(self.conditions)

    def within(self, *spans: tuple[int, int]) -> Chosen:
        """Only those in some spans of tiles."""
        names = [(f"span{number}_from", f"span{number}_to") for number in range(len(spans))]
        text = " or ".join(f"tile between %({first})s and %({last})s" for first, last in names)
        values = {
            name: value for pair, span in zip(names, spans, strict=True) for name, value in zip(pair, span, strict=True)
        }
        return Chosen(self.city, [*self.conditions, f"({text})"], {**self.values, **values})

    def and_(self, name: str, **values: Any) -> Chosen:
        """Further narrowed by a named condition."""
        return Chosen(self.city, [*self.conditions, _sql()[name]], {**self.values, **values})


def words(tx: Tx, city: str) -> dict[str, dict[str, int]]:
    """Numbers of texts by kind."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in (*_FACETS, "grid")}
    for row in tx.execute(_sql()["words"], {"city": city}):
        found[row.kind][row.word] = row.no
    return found


def chosen(
    tx: Tx, city: str, sight: Sight, wanted: ListFilter, known: dict[str, dict[str, int]], open_: bool | None = None
) -> Chosen:
    """What a person sees of a filter. Raises `Invalid` for filters that cases in brief do not have."""
    foreign = sorted(wanted.to_json().keys() - FILTERS)
    if foreign:
        raise Invalid(errors=[{"field": name, "why": "is no filter of the map"} for name in foreign])
    found = Chosen(city, values={"city": city})
    if not sight.everything:
        units = [known["unit"][unit] for unit in sight.units if unit in known["unit"]]
        found = found.and_("seen", seen_places=_places(tx, city, sight.areas), seen_units=units)
    for name in _FACETS:
        if given := getattr(wanted, name):
            numbers = [known[name][one] for one in given if one in known[name]]
            found = Chosen(
                city, [*found.conditions, _sql()["one_of"].format(column=name)], {**found.values, name: numbers}
            )
    if wanted.area is not None:
        found = found.and_("area", area_places=_places(tx, city, [wanted.area]))
    if wanted.opened_from is not None:
        found = found.and_("opened_from", opened_from=int(wanted.opened_from.timestamp()))
    if wanted.opened_to is not None:
        found = found.and_("opened_to", opened_to=int(wanted.opened_to.timestamp()))
    return found if open_ is None else found.and_("open" if open_ else "not_open")


def columns(tx: Tx, which: Chosen, names: Sequence[str], limit: int | None = None) -> Columns:
    """Columns [n] of the chosen cases, in no order; at most `limit` of them."""
    asked = {**which.values, **({"limit": limit} if limit else {})}
    query = _sql()["columns"].format(
        columns=_arrays(names), where=which.where, limit="limit %(limit)s" if limit else ""
    )
    return _run(tx, query, asked, names)


def clusters(tx: Tx, which: Chosen, shift: int, now: int) -> Columns:
    """Squares of 2^(shift/2) tiles at the tiles' zoom: middle of the cases in them, and their numbers."""
    names = ("lon", "lat", "count", "red", "orange", "grey")
    query = _sql()["clusters"].format(columns=_arrays(names), where=which.where)
    return _run(tx, query, {**which.values, "shift": shift, "now_s": now}, names)


def _arrays(names: Sequence[str]) -> str:
    return ", ".join(f"array_agg({name}) as {name}" for name in names)


def _run(tx: Tx, query: str, values: dict[str, Any], names: Sequence[str]) -> Columns:
    """One row of arrays, in their binary form: no value of it ever becomes an object."""
    with tx.connection.cursor(binary=True) as cursor:
        cursor.execute(query, values, prepare=False)
        assert cursor.pgresult is not None
        found = [cursor.pgresult.get_value(0, number) for number in range(len(names))]
    return {name: _column(name, raw) for name, raw in zip(names, found, strict=True)}


def _column(name: str, raw: bytes | None) -> NDArray[Any]:
    kind = np.dtype(_TYPES.get(name, _OTHERWISE))
    if not raw:
        return np.empty(0, kind.newbyteorder("="))
    pairs = np.frombuffer(raw, np.dtype([("length", ">i4"), ("value", kind)]), offset=_ARRAY_HEAD)
    return pairs["value"].astype(kind.newbyteorder("="))


def _places(tx: Tx, city: str, areas: Sequence[str]) -> list[int]:
    row = tx.execute(_sql()["seen_places"], {"city": city, "areas": list(areas)}).fetchone()
    return list(row.nos) if row is not None else []


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.brief")
