"""What can be done with facts: see how far they are, read them, ask questions of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import manifest, reading, stores
from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.model import IDENTITY, Table
from xiuhua.insight.facts.tables import Tables, of_packs
from xiuhua.packs import service as packs
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_COUNTED: Final = 100_000
"""Events that wait are counted up to so many."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far the facts of a city are."""

    files: Sequence[File]
    events: int
    """Taken in."""
    waiting: int
    """Not yet; counted up to `_MOST_COUNTED`."""
    since: datetime | None
    """When the first of them was recorded."""
    moved_at: datetime | None
    here: bool
    """Whether the files are in the folder of this installation."""


class Facts:
    """The facts of the cities of one process."""

    def __init__(self, cities: CityReader, memory: Memory, root: Path) -> None:
        """`root`: the folder that the exports go to."""
        self._cities, self._memory, self.root = cities, memory, root

    def tables(self, tx: Tx, city: str) -> Tables:
        """The tables of a city, by the packs in force."""
        return self._memory.get(tx, city, packs.FACTS, _tables)

    def files(self, tx: Tx, city: str) -> list[File]:
        """The files that count. Raises `NotFound` when they were exported into another folder, or not at all."""
        reached = manifest.reached(tx, city)
        if reached is None or reached.store != stores.marked(self.root):
            raise NotFound("the facts of this city have not been exported here yet: start `xiuhua work`")
        return manifest.files(tx, city)

    def source(self, city: str, table: Table, files: Sequence[File], as_of: date | None = None) -> reading.Source:
        """What is read of a table."""
        return reading.source(table, files, self.root / city, as_of)

    def status(self, tx: Tx, city: str) -> Status:
        """How far the export has come."""
        reached = manifest.reached(tx, city)
        position = reached.position if reached else None
        asked = {
            "city": city, "tx": str(position.tx if position else 0), "number": position.number if position else 0,
            "limit": _MOST_COUNTED,
        }  # fmt: skip
        row = tx.execute(queries("xiuhua.insight.facts")["waiting"], asked).fetchone()
        assert row is not None
        return Status(
            manifest.files(tx, city), reached.events if reached else 0, row.events, row.since,
            reached.moved_at if reached else None, reached is not None and reached.store == stores.marked(self.root),
        )  # fmt: skip

    @contextmanager
    def asking(self, tx: Tx, city: str, as_of: date | None = None) -> Iterator[DuckDBPyConnection]:
        """A connection with a view of every table, as packs name it; it reads nothing else, and writes nothing.

        Registers of which only the number may be told have none. Raises `NotFound` as `files` does.
        """
        duck = _duck()
        files, zone = self.files(tx, city), self._cities.of(tx, city).zone.key
        connection = duck.connect()
        try:
            paths = []
            for name, table in views(self.tables(tx, city)).items():
                found = self.source(city, table, files, as_of)
                paths += [path for _, path in found.paths]
                told = {"name": reading.quoted(name), "columns": _told(table, zone), "rows": found.net()}
                connection.execute(reading.sql()["view"].format(**told))
            duck.lock(connection, paths)
            yield connection
        finally:
            connection.close()

    def ask(
        self, tx: Tx, city: str, question: str, limit: int, as_of: date | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of columns and rows of a SELECT over the views. Raises `Invalid` for what is none."""
        duck = _duck()
        duck.demand_question(question)
        with self.asking(tx, city, as_of) as connection:
            try:
                found = connection.execute(question)
            except duck.duckdb.Error as error:
                raise Invalid(str(error)) from None
            return [one[0] for one in found.description or ()], found.fetchmany(limit)


def views(tables: Tables) -> dict[str, Table]:
    """What may be looked at, by its view: `truck`, `case_leg`; the second of one name has its kind before it."""
    first = {table.key for table in tables.named().values()}
    names = {table.key: table.name if table.key in first else table.key for table in tables.all()}
    return {names[table.key].replace(".", "_"): table for table in tables.all() if not table.counts_only}


def _told(table: Table, zone: str) -> str:
    """Columns as people read them: local times instead of seconds."""
    names = {one.name for one in table.columns}
    chosen = [f"{name} AS {reading.quoted(name[1:])}" for name in IDENTITY if name[1:] not in names]
    for one in table.columns:
        name = reading.quoted(one.name)
        told = f"timezone({reading.literal(zone)}, to_timestamp({name}))" if one.type == "moment" else name
        chosen.append(f"{told} AS {name}")
    return ", ".join([*chosen, "_known_from AS known_from"])


def _duck() -> Any:
    from xiuhua.insight.facts import duck  # noqa: PLC0415 - sixty megabytes that only who asks needs

    return duck


def _tables(tx: Tx, city: str) -> Tables:
    return of_packs(packs.active_packs(tx, city).values())
