"""What a bureau has published for everybody: read at most once a minute, and kept in the process.

The room of documents gives it at the bootstrap (`Papers`); this room knows of no document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final, Literal

from xiuhua.platform.database import Tx

MOST: Final = 500
"""Papers of a city, the newest first."""
_KEPT: Final = timedelta(seconds=60)
Said = Mapping[str, str]
"""A text in both languages."""
Standing = Literal["coming", "in_force", "over"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text for everybody, as it was published: no author, no approval, nothing of anybody."""

    id: str
    number: str
    title: str
    kind: Said
    issuer: str
    published: date
    since: date
    until: date | None
    ended: Literal["expired", "replaced", "revoked"] | None
    """Why it is in force no longer, whatever its last day says."""
    replaced_by: str | None
    """Id of the paper that stands in its place, where that is for everybody too."""
    facts: Sequence[tuple[Said, Said]]
    """What it says besides its text: title and value."""
    html: str
    """Its text; all that was written in it is escaped."""
    photos: tuple[str, ...]
    """Ids of pictures that belong to it."""

    def standing(self, day: date) -> Standing:
        """Whether it holds on a day."""
        if self.ended is not None or (self.until is not None and self.until < day):
            return "over"
        return "coming" if self.since > day else "in_force"


Papers = Callable[[Tx, str], Sequence[Paper]]
"""The newest of a city that are for everybody, at most `MOST`."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The papers of a city as of a moment."""

    at: datetime
    papers: Sequence[Paper]


class Shelf:
    """One for each process."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._known: dict[str, Snapshot] = {}
        self._lock = Lock()

    def of(self, tx: Tx, city: str) -> Sequence[Paper]:
        """The papers of a city, the newest first; as old as a minute."""
        with self._lock:
            known = self._known.get(city)
            if known is None or not timedelta(0) <= tx.now - known.at < _KEPT:
                known = self._known[city] = Snapshot(tx.now, tuple(self._papers(tx, city)))
            return known.papers

    def filled(self, city: str) -> bool:
        """Whether there was anything when it was last looked at."""
        known = self._known.get(city)
        return known is not None and bool(known.papers)

    def one(self, tx: Tx, city: str, id_: str) -> Paper | None:
        """One of them."""
        return next((paper for paper in self.of(tx, city) if paper.id == id_), None)
