"""What tables are brought into, and what becomes of their rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeVar

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables.readers import Layout
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault

Item = TypeVar("Item")
Status = Literal["new", "changed", "unchanged", "rejected"]
STATUSES: Final[tuple[Status, ...]] = ("new", "changed", "unchanged", "rejected")
Titled = Mapping[str, str]
"""A text as `zh` and `en`."""
Changes = Mapping[str, tuple[Any, Any]]
"""Field → what stands, what would stand."""


class Put(NamedTuple):
    """What became of one row; plain values, so that it goes from process to process as it is."""

    status: Status
    id: str | None = None
    problems: Sequence[Mapping[str, Any]] = ()
    """What is wrong with it: `platform.wording.wrong`, or `field`, `why` and `why_zh`."""
    changes: Changes | None = None
    """Told by a trial of what is changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would stand otherwise, as people read it."""

    field: Titled
    before: Titled
    after: Titled


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may be."""

    title: Titled
    words: Sequence[str]
    """How tables call it, the surest first: a column is guessed by it."""
    needed: bool = False
    """No row can be read without it."""
    required: bool = False
    """What is new has it."""
    veil: Literal["none", "text", "name"] = "text"
    """What is hidden of its contents: nothing, the numbers of people in them, all but the first character."""
    hint: Titled = field(default_factory=lambda: {"zh": "", "en": ""})
    """What goes into it, for a template."""
    choices: Sequence[Titled] = ()
    """What may be chosen from, as people read it."""
    values: Sequence[str] = ()
    """What the words of its column are translated into by the mapping."""
    offered: bool = True
    """Whether a template has a column for it."""


class Reader(Protocol[Item]):
    """Reads the rows of one table."""

    @property
    def key_field(self) -> str:
        """The field that tells items of one table apart."""

    @property
    def about(self) -> int:
        """Cells so far that said "about"; the number in them is taken as it stands."""

    def read(self, row: Row) -> Item | Sequence[Fault] | None:
        """What a row gives, or all that is wrong in it; None for a row that is none."""

    def key(self, item: Item) -> str | None:
        """What an item is known by; None where it says nothing."""

    def called(self, item: Item) -> str:
        """Its key as people read it."""

    def content(self, item: Item) -> int:
        """64 bits of all that a row gives; good within one process."""

    def title(self, field: str) -> str:
        """The title of the column that a field is read from, or the field."""


class Target(Protocol[Item]):
    """What a table is brought into, by one person; made for one table, as its trial remembers rows."""

    @property
    def title(self) -> Titled:
        """What it is called."""

    @property
    def in_order(self) -> bool:
        """Whether rows may rely on those before them: then no two batches are under way at once."""

    def fields(self) -> Mapping[str, Field]:
        """What columns may be."""

    def guessed(self, names: Sequence[str]) -> Mapping[str, str]:
        """Field → title, by the titles of a table alone."""

    def layout(self, mapping: Mapping[str, Any]) -> Layout:
        """A mapping as the console sends it. Raises `Invalid` with every error in it."""

    def columns(self, layout: Any) -> Mapping[str, Field]:
        """Title of a column → what it is, by a layout of its own."""

    def reader(self, layout: Any, header: Sequence[str], now: datetime) -> Reader[Item]:
        """Reads the rows below a header, by a layout of its own."""

    def put(self, tx: Tx, items: Sequence[Item], trial: bool) -> Sequence[Put]:
        """Take a batch in; one answer for each. Of a trial the transaction is undone by whoever asked."""

    def told(self, changes: Changes) -> list[Change]:
        """Changes as people read them."""


class Kind(Protocol):
    """A kind of targets: reports, the records of registers, the entries of ledgers."""

    @property
    def permission(self) -> str:
        """What whoever brings something in must hold."""

    def names(self, tx: Tx, city: str) -> Mapping[str, Titled]:
        """The targets of a city with their titles; one without a name is called by the empty text."""

    def target(self, tx: Tx, actor: Actor, name: str) -> Target[Any]:
        """One of them, for one person. Raises `NotFound`."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything that tables are brought into, by kind; filled by the bootstrap."""

    by_name: Mapping[str, Kind]

    def kind(self, of: str) -> Kind:
        """The kind of a target called `report`, `register:NAME`, `ledger:NAME`. Raises `NotFound`."""
        found = self.by_name.get(of.partition(":")[0])
        if found is None:
            raise NotFound(f"tables are brought into one of {', '.join(self.by_name)}")
        return found

    def demand(self, actor: Actor, of: str) -> Kind:
        """Its kind. Raises `NotAllowed` for who may not bring anything into it, `NotFound`."""
        kind = self.kind(of)
        if not actor.may(kind.permission):
            raise NotAllowed(permission=kind.permission)
        return kind

    def target(self, tx: Tx, actor: Actor, of: str) -> Target[Any]:
        """A target, for one person. Raises as `demand` does."""
        return self.demand(actor, of).target(tx, actor, of.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows became what."""

    new: int
    changed: int
    unchanged: int
    rejected: int

    @property
    def rows(self) -> int:
        """All of them."""
        return self.new + self.changed + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class Standing(Counts):
    """How far an import has come."""

    fraction: float
    """Of the file, 0 to 1."""


class Settled(NamedTuple):
    """A row and what became of it."""

    row: Row
    status: Status
    faults: Sequence[Fault] = ()
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of fault, over all rows that have it."""

    first: Fault
    count: int
    rows: tuple[int, ...]
    """The first few."""


@dataclass(frozen=True, slots=True)
class Outcome(Counts):
    """What became of every row, rows left out and empty ones aside."""

    seconds: float
    rejected_path: Path | None
    skipped: int
    reasons: tuple[Reason, ...]
    unused: tuple[str, ...]
    """Columns that no field is read from."""
    about: int
    """Cells that said "about"."""
    whole: bool = True
    """Whether all rows were read, not only the first."""
