"""What the clock does city by city: what goes wrong in one is told in the log, and the others do not wait."""

from __future__ import annotations

from collections.abc import Callable

from xiuhua.city.units import service as units
from xiuhua.platform import edges
from xiuhua.platform.database import Database, Tx


def cities(tx: Tx) -> list[str]:
    """The codes of all bureaus of the installation, in order."""
    return list(units.bureaus(tx).cities)


def in_each(database: Database, do: Callable[[str], int]) -> int:
    """`do` for each city, in transactions of its own; how much was done. A fault is tried again with the next turn."""
    with database.reading() as tx:
        found = cities(tx)
    return edges.each(found, do, "city")


def in_each_at_once(database: Database, do: Callable[[Tx, str], int]) -> int:
    """The same, one transaction for each city."""

    def one(city: str) -> int:
        with database.transaction() as tx:
            return do(tx, city)

    return in_each(database, one)
