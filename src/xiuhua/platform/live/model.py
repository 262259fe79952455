"""What is told, and to whom. Pure.

A message bears keys, a person bears keys; who bears one of the message's is told. So telling costs a look-up for each
key of a message, however many people listen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.model import Actor

Key = tuple[str, ...]
NOBODY: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the log: after a position, up to and including another, of one city."""

    city: str
    after: Position
    until: Position
    streams: Sequence[tuple[str, int, int, Position]] = ()
    """Of every stream with events in it: name, first and last version here, position of the last; in its order."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message; `data` holds ids, codes and numbers, nothing personal."""

    at: Position
    event: str
    data: dict[str, Any] = field(default_factory=dict)
    keys: frozenset[Key] = NOBODY
    but: frozenset[Key] = NOBODY
    """Who bears one of these is left out."""

    def text(self) -> bytes:
        """As it goes over the wire (WHATWG HTML, 9.2.5)."""
        return b"id: %s\nevent: %s\ndata: %s\n\n" % (
            id_of(self.at).encode(), self.event.encode(), orjson.dumps(self.data),
        )  # fmt: skip


class Source(Protocol):
    """A room that has something to tell. Asked by one thread, in one transaction for all who listen."""

    def keys(self, tx: Tx, city: str, actors: Sequence[Actor]) -> list[set[Key]]:
        """The keys that people bear now, in their order."""

    def told(self, tx: Tx, window: Window) -> list[Told]:
        """What a stretch of the log, or of a table with columns `tx` and `position` of its own, has to tell."""


def id_of(position: Position) -> str:
    """A position as the id of a message."""
    return f"{position.tx}-{position.number}"


def position_of(id: str) -> Position | None:
    """The position that an id stands for; None when it is none of ours."""
    tx, dash, number = id.partition("-")
    if not dash or not (tx + number).isascii() or not tx.isdigit() or not number.isdigit() or len(id) > 40:
        return None
    return Position(int(tx), int(number))
