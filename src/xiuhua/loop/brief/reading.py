"""Cases in brief as the database has them: conditions for the board, and arrays taken as they come into NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.scope import Sight
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

KEPT: Final = {
    "no": np.uint32, "tile": np.int64, "lon": np.float64, "lat": np.float64, "state": np.uint16,
    "category": np.uint16, "source": np.uint16, "unit": np.int32, "place": np.int32, "opened": np.uint32,
    "closed": np.uint32, "handed_back": np.uint32, "due": np.uint32, "yellow": np.uint32, "stopped": np.uint32,
    "took": np.int32, "flags": np.uint8,
}  # fmt: skip
"""Columns and their types: 69 bytes a case."""
_TYPES: Final = {
    "no": ">i8", "lon": ">f8", "lat": ">f8", "opened": ">i8", "closed": ">i8", "handed_back": ">i8", "due": ">i8",
    "yellow": ">i8", "stopped": ">i8", "tile": ">i8",
}  # fmt: skip
"""As PostgreSQL sends them."""
_OTHERWISE: Final = ">i4"
_ARRAY_HEAD: Final = 20
"""Bytes before the elements of a one-dimensional array in PostgreSQL's binary form."""
Columns = dict[str, NDArray[Any]]
Words = dict[str, dict[str, int]]


@dataclass(slots=True)
class Chosen:
    """Which cases: conditions as SQL, and the values they refer to."""

    conditions: list[str] = field(default_factory=lambda: ["city = %(city)s"])
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """All conditions."""
        return " and ".join(self.conditions)


def words(tx: Tx, city: str) -> Words:
    """Numbers of texts by kind."""
    found: Words = {kind: {} for kind in ("state", "category", "source", "unit", "grid")}
    for row in tx.execute(_sql()["words"], {"city": city}):
        found[row.kind][row.word] = row.no
    return found


def places(tx: Tx, city: str, areas: Sequence[str]) -> list[int]:
    """Numbers of the places in some areas."""
    row = tx.execute(_sql()["seen_places"], {"city": city, "areas": list(areas)}).fetchone()
    return list(row.nos) if row is not None else []


def scopes(tx: Tx, city: str) -> dict[int, list[str]]:
    """The areas around each place, the smallest first, by its number."""
    return {row.no: list(row.scopes) for row in tx.execute(_sql()["all_places"], {"city": city})}


def seen(tx: Tx, city: str, sight: Sight, known: Words) -> Chosen:
    """What a person sees."""
    found = Chosen(values={"city": city})
    if not sight.everything:
        found.conditions.append(_sql()["seen"])
        found.values |= {
            "seen_places": places(tx, city, sight.areas),
            "seen_units": [known["unit"][unit] for unit in sight.units if unit in known["unit"]],
        }
    return found


def columns(tx: Tx, city: str, nos: Sequence[int] | None = None) -> Columns:
    """Columns [n] of the cases of a city, or of those of some numbers, in no order."""
    arrays = ", ".join(f"array_agg({name}) as {name}" for name in KEPT)
    query = _sql()["columns"].format(columns=arrays, of="" if nos is None else _sql()["of_numbers"])
    with tx.connection.cursor(binary=True) as cursor:
        cursor.execute(query, {"city": city, "nos": nos}, prepare=False)
        assert cursor.pgresult is not None
        return {name: _column(name, cursor.pgresult.get_value(0, at)) for at, name in enumerate(KEPT)}


def _column(name: str, raw: bytes | None) -> NDArray[Any]:
    """Elements of an array in its binary form: no value of it ever becomes an object."""
    if not raw:
        return np.empty(0, KEPT[name])
    kind = np.dtype(_TYPES.get(name, _OTHERWISE))
    pairs = np.frombuffer(raw, np.dtype([("length", ">i4"), ("value", kind)]), offset=_ARRAY_HEAD)
    return pairs["value"].astype(KEPT[name])


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.brief")
