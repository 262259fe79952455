"""What a process keeps in memory until it changes: a number per city and kind, bumped with each change."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

T = TypeVar("T")


def bump(tx: Tx, city: str, kind: str) -> None:
    """Tell every process, when this transaction commits, that `kind` of `city` has changed."""
    tx.execute(queries("xiuhua.platform", "revision.sql")["bump"], {"city": city, "kind": kind})
    tx.revisions = None


def current(tx: Tx, city: str) -> dict[str, int]:
    """A city's revisions by kind, as this transaction saw them first; one small query, or none."""
    if tx.revisions is None or tx.revisions[0] != city:
        rows = tx.execute(queries("xiuhua.platform", "revision.sql")["current"], {"city": city})
        return {row.kind: row.value for row in rows}
    return tx.revisions[1]


class Memory:
    """Compiled reference data by city and kind; a revision is asked anew in each transaction."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[tuple[int, str], Any]] = {}
        self._lock = Lock()

    def get(self, tx: Tx, city: str, kind: str, load: Callable[[Tx, str], T], part: str = "") -> T:
        """The value that `load` makes of the database, kept as long as the revision stays."""
        return self.at(tx, city).get(tx, city, kind, load, part)

    def at(self, tx: Tx, city: str) -> Snapshot:
        """The same as one transaction sees a city: one small query for all kinds."""
        return Snapshot(self, current(tx, city))

    def kept(self, city: str, kind: str, version: tuple[int, str]) -> Any:
        """The value kept for a revision (and part), or None."""
        with self._lock:
            found = self._kept.get((city, kind))
        return found[1] if found is not None and found[0] == version else None

    def keep(self, city: str, kind: str, version: tuple[int, str], value: Any) -> None:
        """Keep a value; an older one of the same kind goes."""
        with self._lock:
            self._kept[city, kind] = (version, value)


class Snapshot(Memory):
    """A memory as one transaction sees one city; the revisions were read once."""

    def __init__(self, memory: Memory, revisions: dict[str, int]) -> None:
        self._memory, self._revisions = memory, revisions

    def get(self, tx: Tx, city: str, kind: str, load: Callable[[Tx, str], T], part: str = "") -> T:
        """The value of a kind, loaded when its revision is new; `part` (a day) is part of what it is for."""
        version = (self._revisions.get(kind, 0), part)
        value = self._memory.kept(city, kind, version)
        if value is None:
            value = load(tx, city)
            self._memory.keep(city, kind, version, value)
        return value  # type: ignore[no-any-return]
