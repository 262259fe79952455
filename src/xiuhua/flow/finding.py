"""What is called so: things, cases, tasks and documents by number, key or title, out of all rooms.

A room gives a source at the bootstrap. Sources are asked in order, within the reader's transaction, and tell only what
the reader may see; to who may see nothing of a room, its source tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from xiuhua.flow.dossier import Said
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

SHORTEST: Final = 2
"""Characters without blanks; what is shorter finds nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that is called so."""

    kind: str
    """`record`, `case`, `proceeding`, `document`."""
    id: str
    name: str
    """Its number or key; empty for what has none."""
    called: str
    """Its title; the same as `name` for what has none of its own."""
    note: Said
    """What it is, and how it stands."""
    link: str
    """Address within the console."""


Source = Callable[[Tx, Actor, str, int], Iterable[Named]]
"""Asked with the text, trimmed, and how many are wanted at most."""


class Finder:
    """All sources of a process."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)

    def named(self, tx: Tx, actor: Actor, typed: str, limit: int) -> list[Named]:
        """What is called so, `limit` of each source; what is called exactly so first, then what begins so."""
        text = typed.strip()
        if len("".join(text.split())) < SHORTEST:
            return []
        found = [one for source in self._sources for one in source(tx, actor, text, limit)]
        return sorted(found, key=lambda one: distance(text, one.name, one.called))


def distance(text: str, *names: str) -> int:
    """0: it is one of the names; 1: one of them begins so; 2: neither."""
    wanted, known = text.casefold(), [name.casefold() for name in names]
    return 0 if wanted in known else 1 if any(name.startswith(wanted) for name in known) else 2
