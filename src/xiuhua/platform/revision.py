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


class Memory:
    """Compiled reference data by city and kind; asked anew in each transaction with one small query."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[int, Any]] = {}
        self._lock = Lock()

    def get(self, tx: Tx, city: str, kind: str, load: Callable[[Tx, str], T]) -> T:
        """The value that `load` makes of the database, kept as long as the revision stays."""
        row = tx.execute(
            queries("xiuhua.platform", "revision.sql")["current"], {"city": city, "kind": kind}
        ).fetchone()
        revision = row.value if row else 0
        with self._lock:
            kept = self._kept.get((city, kind))
        if kept is not None and kept[0] == revision:
            return kept[1]  # type: ignore[no-any-return]
        value = load(tx, city)
        with self._lock:
            self._kept[city, kind] = (revision, value)
        return value
