"""From the log to committed files: round by round behind the log, or a whole city at once.

What is read is read in one snapshot, in a transaction that writes nothing and so holds no other reader of the log up.
Files are on the disk before a second, short transaction names them and moves the position on; whoever is killed
between the two leaves files that nobody knows of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import changes, files, manifest, stores
from xiuhua.insight.facts.changes import Change, Changes, Row, Told
from xiuhua.insight.facts.files import Folder, Made
from xiuhua.insight.facts.manifest import Reached
from xiuhua.insight.facts.model import Table
from xiuhua.insight.facts.tables import Tables, of_packs
from xiuhua.packs import service as packs
from xiuhua.platform import eventlog, garbage
from xiuhua.platform.ahead import ahead
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict
from xiuhua.platform.eventlog import Position
from xiuhua.platform.sql import queries

ROUND: Final = 20_000
"""Events of one round."""
_STREAMS: Final = 500
"""Read at once."""
_BUFFERED: Final = 600_000
"""Rows kept in memory until some of them are written."""
_FILE_ROWS: Final = 400_000


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a city's streams, for one of several processes."""

    nth: int = 0
    of: int = 1


Part = tuple[int, list[Made]]
"""How many events, and the files made of them."""


class Exporter:
    """Exports the facts of cities into a folder."""

    def __init__(self, database: Database, cities: CityReader, root: Path) -> None:
        self._database, self._cities, self.root = database, cities, root
        self.store = stores.mark(root, database)

    def advance(self, city: str, limit: int = ROUND) -> int:
        """One round; how many events it took in. The first of a city, and the first into a new folder, is a whole one.

        Nothing while another process exports the city.
        """
        with self._locked(city) as tx:
            if tx is None:
                return 0
            before = manifest.reached(tx, city)
            if before is not None and before.store == self.store:
                return self._round(tx, city, before, limit)
        return self.whole(city)

    def _round(self, tx: Tx, city: str, before: Reached, limit: int) -> int:
        found, count, end = eventlog.touched_since(tx, city, before.position, limit)
        if not count:
            return 0
        sink, known = self._sink(tx, city, "delta"), self.changes(tx, city)
        with garbage.rarely():
            for stream, events in streams(tx, city, found):
                old, new = changes.known(events, before.position), changes.known(events, end)
                sink.take(known.of(stream, events, old, new))
        made = sink.all()
        with self._database.transaction() as short:
            manifest.go_on(short, city, before, end, count, made)
        return count

    def whole(self, city: str, by: Callable[[Position], Iterable[Part]] | None = None) -> int:
        """All of a city anew, in place of what there was; how many events that were.

        `by` has shares of it made by other processes. Raises `Conflict` while another process exports the city.
        """
        with self._locked(city) as tx:
            if tx is None:
                raise Conflict("another process exports the facts of this city")
            before, end = manifest.reached(tx, city), self._end(tx, city)
            if end is None:
                return 0
            parts = list(by(end)) if by else [self.share(tx, city, end)]
            made = [one for _, some in parts for one in some]
            events = sum(count for count, _ in parts)
            with self._database.transaction() as short:
                manifest.begin(short, city, self.store, before, end, events, made)
        return events

    @contextmanager
    def _locked(self, city: str) -> Iterator[Tx | None]:
        """A snapshot in which this process alone exports a city; None while another one does."""
        with self._database.reading() as tx:
            row = tx.execute(_sql()["try_lock"], {"city": city}).fetchone()
            yield tx if row is not None and row.mine else None

    def _end(self, tx: Tx, city: str) -> Position | None:
        """The last event that no running transaction can still come before; None: the log of the city is empty."""
        row = tx.execute(_sql()["end"], {"city": city}).fetchone()
        return None if row is None else Position(row.tx, row.number)

    def share(self, tx: Tx, city: str, end: Position, share: Share = Share()) -> Part:
        """Files of a share of a city as known at a position, and of how many events they are."""
        current, past = self._sink(tx, city, "current"), self._sink(tx, city, "past")
        known, count = self.changes(tx, city), 0
        with garbage.rarely():
            for stream, events in streams(tx, city, None, share):
                new = changes.known(events, end)
                count += new
                for one in changes.settled(known.of(stream, events, 0, new)):
                    (current if one[2][-1] is None else past).take_one(one)
        return count, [*current.all(), *past.all()]

    def tables(self, tx: Tx, city: str) -> Tables:
        """The tables of a city by the packs in force."""
        return of_packs(packs.active_packs(tx, city).values())

    def changes(self, tx: Tx, city: str) -> Changes:
        """What finds the changes of a city's facts."""
        kinds = {row.code: row.kind for row in tx.execute(_sql()["kinds"], {"city": city})}
        return Changes(self.tables(tx, city), kinds, self._cities.of(tx, city).zone)

    def _sink(self, tx: Tx, city: str, kind: str) -> _Sink:
        return _Sink(Folder(self.root, city), self.tables(tx, city), self._cities.of(tx, city).zone, kind)


class _Sink:
    """Rows on their way into files, one file for each table and month, or several of a large one."""

    def __init__(self, folder: Folder, tables: Tables, zone: ZoneInfo, kind: str) -> None:
        self._folder, self._zone, self._kind = folder, zone, kind
        self._tables: dict[str, Table] = tables.by_key()
        self._rows: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
        self._count = 0
        self._made: list[Made] = []

    def take(self, some: Iterable[Change]) -> None:
        for one in some:
            self.take_one(one)

    def take_one(self, one: Change) -> None:
        rows = self._rows[one[0], one[1]]
        rows.append(one[2])
        self._count += 1
        if self._count > _BUFFERED or len(rows) >= _FILE_ROWS:
            self._write(max(self._rows, key=lambda key: len(self._rows[key])))

    def all(self) -> list[Made]:
        """Everything written; the files made of it."""
        for key in list(self._rows):
            self._write(key)
        return self._made

    def _write(self, key: tuple[str, int]) -> None:
        rows, table = self._rows.pop(key), self._tables[key[0]]
        self._count -= len(rows)
        content = files.content(table, self._folder.root.name, rows, self._zone)
        self._made.append(self._folder.keep(table, key[1], self._kind, lambda path: files.write(content, path)))


def streams(
    tx: Tx, city: str, wanted: Sequence[str] | None, share: Share = Share()
) -> Iterator[tuple[str, list[Told]]]:
    """Streams of a city with all their events, in no order."""
    asked = {"city": city, "streams": wanted, "nth": share.nth, "of": share.of}

    def batches() -> Iterator[list[Any]]:
        with tx.connection.cursor(name="facts") as cursor:
            cursor.execute(_sql()["streams"], asked)
            while rows := cursor.fetchmany(_STREAMS):
                yield rows

    for rows in ahead(batches()):
        for row in rows:
            yield row.stream, _told(row.payloads, row.told)


def _told(payloads: str, told: str) -> list[Told]:
    events = []
    for given, one in zip(orjson.loads(payloads), told.split("\x1e"), strict=True):
        type_, schema, actor, role, at, recorded, tx, number = one.split("\x1f")
        payload = eventlog.upcast(type_, int(schema), given)[1]
        events.append(Told(type_, payload, actor, role, int(at), int(recorded), (int(tx), int(number))))
    return events


def _sql() -> dict[str, str]:
    return queries("xiuhua.insight.facts")
