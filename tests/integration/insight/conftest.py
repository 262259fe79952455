"""Days of the fictional district, exported round by round as they are played."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from tests.acceptance.installation import Installation
from tests.conftest import clone
from tests.reading import older_ended

from xiuhua import bootstrap
from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import manifest, reading
from xiuhua.insight.facts.compaction import Compactor
from xiuhua.insight.facts.exporting import Exporter
from xiuhua.insight.facts.model import IDENTITY, Table
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.settings import Settings
from xiuhua.simulate.run import plain, simulate, start_of

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 3, 2)
DAYS = 6
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Facts:
    """The facts of a district, and how they are read."""

    town: Installation
    exporter: Exporter

    @property
    def database(self) -> Database:
        return self.town.database

    @property
    def city(self) -> str:
        return self.town.city

    def compactor(self) -> Compactor:
        with self.database.reading() as tx:
            tables = self.exporter.tables(tx, self.city)
        return Compactor(self.database, self.exporter.root, self.city, self.exporter.store, tables)

    def export(self, limit: int = 20_000) -> int:
        """Rounds until there is nothing more; how many."""
        older_ended(self.database)
        rounds = 0
        while self.exporter.advance(self.city, limit):
            rounds += 1
        return rounds

    def files(self) -> list[manifest.File]:
        with self.database.reading() as tx:
            return manifest.files(tx, self.city)

    def rows(self, as_of: date | None = None) -> Rows:
        """Every row of every table, in order."""
        with self.database.reading() as tx:
            tables, files = self.exporter.tables(tx, self.city), manifest.files(tx, self.city)
        found: Rows = {}
        with closing(duckdb.connect()) as connection:
            for table in tables.all():
                net = reading.source(table, files, self.exporter.root / self.city, as_of).net()
                chosen = ", ".join(map(reading.quoted, shown(table)))
                rows = connection.execute(f"SELECT {chosen} FROM ({net}) ORDER BY {', '.join(IDENTITY)}").fetchall()
                found[table.key] = [tuple(map(str, row)) for row in rows]
        return found


def shown(table: Table) -> list[str]:
    """The columns that say what held; not when it was told, and until when it held."""
    return [name for name in reading.columns(table) if name not in ("_version", "_known_until")]


@pytest.fixture(scope="module")
def facts(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """Six days, exported before the first, and behind each of them in rounds of a hundred events."""
    plan = plain(DAYS, 1, 12, FIRST, over_http=False)
    folder = tmp_path_factory.mktemp("facts")
    with clone(server) as name:
        conninfo = server.conninfo(database=name)
        settings = Settings(data=folder, database_url=conninfo, database_owner_url=server.conninfo(OWNER, name))
        clock = SimulatedClock(start_of(plan, settings), plan.seed)
        with Database(conninfo, size=10, clock=clock).open() as database:
            made: list[Facts] = []

            def begin(services: Any, city: str) -> None:
                town = Installation(services, city)
                made.append(Facts(town, Exporter(database, CityReader(), folder / "facts")))
                made[0].export()

            def export(_: int) -> None:
                made[0].export(limit=100)

            simulate(database, settings, plan, clock, export, begin)
            made[0].town.services = bootstrap.services_of(database, settings)
            yield made[0]
