"""Many small files of changes become few: what holds in one, what held once in another. Says the same as before."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb

from xiuhua.insight.facts import manifest, reading
from xiuhua.insight.facts.files import ROW_GROUP, Folder, Made
from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.model import Table
from xiuhua.insight.facts.tables import Tables
from xiuhua.platform.database import Database

MANY: Final = 8
"""Files of changes of a table and month that are made into one."""
_LARGE: Final = 200_000
_SMALL_SHARE: Final = 10
"""A large table's changes that are less than a tenth of it are put together only, not worked into it."""
_QUIET: Final = timedelta(hours=1)
_GRACE: Final = timedelta(hours=1)
"""Nobody reads longer than this in a file that something took the place of."""
_STRAY_S: Final = 86_400
"""A file that nobody knows of may still be on its way into the manifest; not for a day."""


class Compactor:
    """Compacts the files of one city."""

    def __init__(self, database: Database, root: Path, city: str, store: str, tables: Tables) -> None:
        self._database, self._city, self._store = database, city, store
        self._folder, self._tables = Folder(root, city), tables.by_key()

    def turn(self) -> int:
        """Every table and month that has many files of changes, or has been quiet for an hour; how many files went."""
        with self._database.reading() as tx:
            found, now = manifest.files(tx, self._city), tx.now
        groups: defaultdict[tuple[str, int], list[File]] = defaultdict(list)
        for one in found:
            groups[one.table, one.month].append(one)
        done = 0
        for (key, month), files in groups.items():
            deltas = [one for one in files if one.kind == "delta"]
            if not deltas or key not in self._tables:
                continue
            rows = sum(one.rows for one in files if one.kind == "current")
            small = rows > _LARGE and sum(one.rows for one in deltas) * _SMALL_SHARE < rows
            quiet = now - max(one.made_at for one in deltas) > _QUIET
            if quiet or (len(deltas) >= MANY and not small):
                done += self._settle(self._tables[key], month, files)
            elif len(deltas) >= MANY:
                done += self._join(self._tables[key], month, deltas)
        return done

    def sweep(self) -> int:
        """Take files away that nobody can be reading any more; how many."""
        with self._database.transaction() as tx:
            gone = manifest.may_go(tx, self._city, tx.now - _GRACE)
            for id_, table, month in gone:
                self._folder.path(table, month, id_).unlink(missing_ok=True)
            manifest.forget(tx, self._city, [id_ for id_, _, _ in gone])
            known = manifest.ids(tx, self._city)
        strays = [path for id_, path in self._folder.there() if id_ not in known and _age_s(path) > _STRAY_S]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(gone) + len(strays)

    def _settle(self, table: Table, month: int, files: Sequence[File]) -> int:
        """Changes worked into what holds, and into what held once."""
        old = [one for one in files if one.kind != "past"]
        rows = reading.sql()["ended"].format(rows=self._rows(table, month, old))
        kinds = (("current", "_ended IS NULL"), ("past", "_ended IS NOT NULL"))
        return self._replace(old, [self._made(table, month, kind, rows, which) for kind, which in kinds])

    def _join(self, table: Table, month: int, deltas: Sequence[File]) -> int:
        """Changes put together, as they are."""
        return self._replace(deltas, [self._made(table, month, "delta", self._rows(table, month, deltas))])

    def _rows(self, table: Table, month: int, files: Sequence[File]) -> str:
        return reading.rows(table, [self._folder.path(table.key, month, one.id) for one in files])

    def _made(self, table: Table, month: int, kind: str, rows: str, which: str = "true") -> Made | None:
        names = ", ".join(map(reading.quoted, reading.columns(table)))
        with closing(duckdb.connect(config={"autoinstall_known_extensions": False})) as connection:
            connection.execute(reading.sql()["made"].format(names=names, rows=rows, which=which))
            if connection.execute("SELECT 1 FROM made LIMIT 1").fetchone() is None:
                return None

            def write(path: Path) -> None:
                told = {"path": reading.literal(str(path)), "group": ROW_GROUP}
                connection.execute(reading.sql()["write"].format(**told))

            return self._folder.keep(table, month, kind, write)

    def _replace(self, old: Sequence[File], made: Sequence[Made | None]) -> int:
        new = [one for one in made if one is not None]
        with self._database.transaction() as tx:
            manifest.replace(tx, self._city, self._store, old, new)
        return len(old) - len(new)


def _age_s(path: Path) -> float:
    return time.time() - path.stat().st_mtime
