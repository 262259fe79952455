"""What waits for a person besides the inbox of procedures: queues of rooms that have turns of their own.

A room gives a source at the bootstrap. Sources are asked in order, within the reader's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from xiuhua.flow.dossier import Said
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

MOST: Final = 100
"""What is counted of one queue; a queue of so many may be longer."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one person in one room."""

    name: str
    title: Said
    count: int
    """At most `MOST`."""
    link: str
    """Address within the console of exactly these."""
    late: int = 0
    """How many of them should have been done by now."""


Source = Callable[[Tx, Actor], Iterable[Queue]]


class Queues:
    """All sources of a process."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)

    def of(self, tx: Tx, actor: Actor) -> list[Queue]:
        """The queues in which something waits for a person."""
        return [queue for source in self._sources for queue in source(tx, actor) if queue.count]
