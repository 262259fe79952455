"""The port through which a plan or campaign asks what was done: one source for each kind of thing that counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from xiuhua.plans.progress import Done
from xiuhua.platform.database import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a source."""

    names: tuple[str, ...]
    """Of the ledgers, procedures, checklists, registers …; none: any."""
    first: date
    last: date
    """Local days, both counted."""
    zone: str
    per: str | None = None
    """Keys: `area`, `unit`, `person`, `record` (its key in the world), `facet`; None: all have the empty key."""
    areas: tuple[str, ...] = ()
    """Of `per` area: the codes that are keys."""
    at: str | None = None
    """Of cases: `opened`, `filed`, `closed`."""
    category: tuple[str, ...] = ()
    """Their category begins with any of these; none: whatever it is."""
    within: tuple[str, ...] = ()
    """Only what lies in any of these areas; none: wherever."""
    units: tuple[str, ...] = ()
    """Only what these units did; none: whoever."""
    tags: tuple[str, ...] = ()
    """Only what bears any of these tags."""
    ids: tuple[str, ...] = ()
    """These besides, whatever the rest says of them."""
    hidden: tuple[str, ...] = ()
    """Registers whose records are not told one by one."""
    facets: tuple[str, ...] = ()
    """Of `facet`, and of a ledger by `person`: by what one is named, dimensions of a ledger, data of a proceeding."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was done, for looking at."""

    kind: str
    id: str
    title: str
    day: date
    key: str
    quantity: Decimal | None
    path: str | None
    """Where the console shows it; None: nowhere."""


class Doing(Protocol):
    """What one kind of source knows."""

    def measures(self, per: str | None) -> bool:
        """Whether it can tell what was done by keys of a kind (`Asked.per`)."""

    def done(self, tx: Tx, city: str, asked: Asked) -> Iterable[Done]:
        """What was done, added up by key, local day and day of entering."""

    def items(self, tx: Tx, city: str, asked: Asked, key: str | None, limit: int) -> list[Item]:
        """The things themselves, the newest first; of one key, or (None) of all."""


Sources = Mapping[str, Doing]
"""Kind of `done_by` → what answers for it. A kind that is not among them cannot be measured, and is told so."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due, for the work calendar."""

    kind: str
    """`plan`, `part`, `record`, `case`, `proceeding`, `round`, `rectification`, `document`."""
    day: date
    title: str
    """What it is called in the world; empty: it is many, told by kind and count."""
    count: int = 1
    """How many are meant: many of a kind, day and unit are one line."""
    late: bool = False
    unit: str | None = None
    area: str | None = None
    person: str | None = None
    of: str | None = None
    """Name of the register, plan … as declared."""
    at: int | None = None
    """Epoch seconds, where the moment matters."""
    path: str | None = None
    """Where the console shows it."""


class Calendar(Protocol):
    """What one room has due."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """What is due in these days."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which days of the calendar, and whose."""

    first: date
    last: date
    zone: str
    unit: str | None = None
    area: str | None = None
