"""Rooms that run procedures share one inbox and one clock: what one asks of the other about its subjects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import psycopg

from xiuhua.flow.model import State
from xiuhua.platform import edges
from xiuhua.platform.database import Tx


class Beside(Protocol):
    """A room whose subjects stand in the same tables `task` and `timer`."""

    def owns(self, kind: str) -> bool:
        """Whether subjects of a kind are its own."""

    def docs(self, tx: Tx, city: str, kind: str, ids: Sequence[str]) -> dict[str, tuple[int, State]]:
        """Version and state of subjects by id, without locks; unknown ids are missing."""

    def ring(self, tx: Tx, city: str, rows: Sequence[Any]) -> int:
        """Do what these due timers (rows of `timer`) say; returns how much was done."""


def ring(tx: Tx, rows: Sequence[Any], do: Callable[[Sequence[Any]], None]) -> int:
    """Timers of one city, all together; one that fails is left out and told, so that the others go on."""
    if not rows:
        return 0
    try:
        with tx.connection.transaction():
            do(rows)
    except psycopg.OperationalError:
        raise  # what the database says of itself is true of all of them
    except Exception as error:  # noqa: BLE001 - the edge of a loop: one bad subject must not stop everybody's clock
        if len(rows) > 1:
            return sum(ring(tx, [row], do) for row in rows)
        row = rows[0]
        edges.tell(f"timer {row.action} of {row.kind} {row.subject}", error)
        return 0
    return len(rows)
