"""The monthly appraisal: every indicator of the catalogue that units and areas are told by, for one month, of ten
million cases; beside PostgreSQL doing the same by SQL over flat tables with an index on every day.

`python bench/appraisal.py` takes half a million cases (PostgreSQL 100,000); `--full` ten million (PostgreSQL two
million). PostgreSQL's time is scaled to the number of cases: its month grows with its table. The facts are made as a
year's export and compaction leave them, with changes of the last day on top. `cold` is a new process, from its start to
the last figure. Bars: 0.5 s warm, 3 s cold, 50 times as quick as PostgreSQL.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb
import psycopg

import harness
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.city.compiled import CityReader
from xiuhua.insight import keeping
from xiuhua.insight.facts import manifest, reading, stores
from xiuhua.insight.facts.files import Folder, Made
from xiuhua.insight.facts.model import Table
from xiuhua.insight.facts.reading import literal, quoted
from xiuhua.insight.facts.service import Facts
from xiuhua.insight.figures import periods, queries
from xiuhua.insight.figures.engine import Asked, Engine, Figure
from xiuhua.insight.figures.measures import Definition
from xiuhua.insight.figures.rollups import Roller
from xiuhua.insight.figures.service import Figures
from xiuhua.packs import service as packs
from xiuhua.packs.loader import LIBRARY, load_pack
from xiuhua.platform.eventlog import Position
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings, load_settings
from xiuhua.platform.sql import named
from xiuhua.simulate import city as simulated_city

FEW, MANY, RUNS = 500_000, 10_000_000, 5
OF_POSTGRESQL: Final = 5
"""PostgreSQL has one case in so many."""
CITY: Final = str(simulated_city.words()["bureau"]["city"])
YEAR: Final = 2025
MONTH: Final = periods.parsed(f"{YEAR}-06")
BY: Final = ("unit", "district", "street", "community", "duty_grid")
TABLES: Final = ("subject.case", "subject.case.leg")
ZONE: Final = ZoneInfo("Asia/Shanghai")
SQL: Final = named(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
CHANGED: Final = 1000
"""One case in so many is told anew in files of changes."""


def run(full: bool = False) -> list[Result]:
    """One appraisal of all units and areas, warm, without roll-ups, cold, and by PostgreSQL."""
    cases = MANY if full else FEW
    settings = _made(cases)
    with bootstrap.opened(settings) as services:
        with asking(services) as (engine, wanted):
            rows = appraised(engine, wanted)
            counted = sum(len(some) for some in wanted.values())
            note = (
                f"{cases:,} cases; {counted} indicators by {', '.join(BY)}, {MONTH.name}: {len(rows):,} figures;"
                f" changes of {cases // CHANGED:,} cases on top"
            )
            warm = [_seconds(lambda: appraised(engine, wanted)) for _ in range(RUNS)]
            plain = Engine(replace(engine.store, rolled={}))
            direct = [_seconds(lambda: appraised(plain, wanted)) for _ in range(RUNS)]
            if _told(appraised(plain, wanted)) != _told(rows):
                raise RuntimeError("with and without roll-ups the figures differ")
            year = Asked(periods.split(periods.parsed(str(YEAR)), "month"), ("unit",))
            months = [_seconds(lambda: engine.figures(wanted["unit"], year)) for _ in range(RUNS)]
        postgres = _by_postgresql(services, wanted)
    cold = [_cold(settings) for _ in range(3)]
    middle = sorted(postgres)[len(postgres) // 2]
    scaled = f"{cases // OF_POSTGRESQL:,} cases in flat tables with an index on every day, times {OF_POSTGRESQL}"
    return [
        result("warm_seconds", warm, "s", "lower", f"{note}; bar 0.5"),
        result("warm_seconds_without_rollups", direct, "s", "lower", "the same from the rows"),
        result("cold_seconds", cold, "s", "lower", "a new process, from its start to the last figure; bar 3"),
        result("year_by_month_seconds", months, "s", "lower", "all indicators of units, twelve months at once"),
        result("postgresql_seconds", postgres, "s", "lower", scaled),
        result("times_postgresql", [middle / one for one in warm], "times", "higher", "warm; bar 50"),
        result(
            "times_postgresql_without_rollups", [middle / one for one in direct], "times", "higher", "from the rows"
        ),
    ]


@contextmanager
def asking(services: Services) -> Iterator[tuple[Engine, dict[str, list[Definition]]]]:
    """An engine, and what is asked of it by each dimension."""
    with services.database.reading() as tx:
        figures = services.port(Figures)
        known = figures.definitions(tx, CITY)
        wanted = {by: [one for one in known.values() if _is_asked(one, by)] for by in BY}
        with figures.engine(tx, CITY) as engine:
            yield engine, wanted


def _is_asked(one: Definition, by: str) -> bool:
    tables = {measure.table.key for measure in one.measures()}
    return one.pack == "evaluation" and bool(tables) and tables <= set(TABLES) and by in one.dimensions()


def appraised(engine: Engine, wanted: dict[str, list[Definition]]) -> list[Figure]:
    """All figures of the month."""
    return [figure for by, some in wanted.items() for figure in engine.figures(some, Asked([MONTH], (by,)))]


def _told(figures: Sequence[Figure]) -> set[tuple[Any, ...]]:
    return {
        (one.indicator, one.by, one.numerator, one.denominator) for one in figures if one.numerator or one.denominator
    }


def _seconds(do: Any) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _cold(settings: Settings) -> float:
    given = [sys.executable, __file__, "--once", str(settings.data)]
    return _seconds(lambda: subprocess.run(given, check=True, capture_output=True))


def once(folder: str) -> None:
    """What a new process does."""
    with bootstrap.opened(load_settings(data=Path(folder))) as services, asking(services) as (engine, wanted):
        print(len(appraised(engine, wanted)))


# ---- the facts of a year


def _made(cases: int) -> Settings:
    def make(settings: Settings) -> None:
        with bootstrap.opened(settings) as services:
            with services.database.transaction() as tx:
                simulated_city.make(tx, 1, date(2024, 1, 1))
                pack, problems = load_pack(LIBRARY / "evaluation")
                assert pack is not None, problems
                packs.install(tx, CITY, pack)
            root = keeping.folder(settings)
            store = stores.mark(root, services.database)
            with services.database.reading() as tx:
                tables = services.port(Facts).tables(tx, CITY).by_key()
                known = services.port(Figures).definitions(tx, CITY).values()
                zone = services.port(CityReader).of(tx, CITY).zone.key
            made = list(_files(Folder(root, CITY), tables, cases))
            with services.database.transaction() as tx:
                manifest.begin(tx, CITY, store, None, Position(1, 1), cases, made)
            Roller(services.database, root, CITY, zone).turn(known)

    return harness.made_once(f"appraisal-{cases}", make)


def _files(folder: Folder, tables: dict[str, Table], cases: int) -> Iterator[Made]:
    """Of each month what holds, and what changed on the last day."""
    connection = duckdb.connect()
    each = cases // 12
    for month in range(12):
        told = {
            "first": month * each, "last": (month + 1) * each, "begin": _begin(month + 1), "city": CITY,
            "known": f"{YEAR}-12-31", "zone": f"timezone({literal(ZONE.key)}, ",
        }  # fmt: skip
        connection.execute(f"CREATE OR REPLACE TEMP TABLE one AS {SQL['cases'].format(**told)}")
        for key, rows in zip(TABLES, ("FROM one", SQL["legs"]), strict=True):
            for kind, which in (("current", "true"), ("delta", f"n % {CHANGED} = 7")):
                write = partial(_write, connection, tables[key], rows, which, 2 if kind == "delta" else 1)
                yield folder.keep(tables[key], YEAR * 12 + month, kind, write)


def _begin(month: int) -> int:
    return int(datetime(YEAR, month, 1, tzinfo=ZONE).timestamp())


def _write(connection: Any, table: Table, rows: str, which: str, copies: int, path: Path) -> None:
    """Rows in the form of a table; as changes each is taken away and told anew."""
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM ({rows})").fetchall()}
    typed = reading.columns(table)
    chosen = ", ".join(
        f"{quoted(name) if name in there else 'NULL'}::{type_} AS {quoted(name)}"
        for name, type_ in typed.items()
        if name not in ("_weight", "_version")
    )
    told = {"ordered": ", ".join(map(quoted, typed)), "chosen": chosen, "rows": rows, "which": which}
    connection.execute(SQL["file"].format(**told, copies=copies, path=literal(str(path))))


# ---- PostgreSQL doing the same


def _by_postgresql(services: Services, wanted: dict[str, list[Definition]]) -> list[float]:
    """The same sums by the same expressions, compiled for PostgreSQL, over flat tables."""
    questions = []
    with services.database.reading() as tx:
        root = keeping.folder(services.settings) / CITY
        tables = services.port(Facts).tables(tx, CITY).by_key()
        files = manifest.files(tx, CITY, list(TABLES))
    for by, some in wanted.items():
        groups: dict[tuple[str, str | None], dict[str, Any]] = {}
        for measure in (measure for one in some for measure in one.measures()):
            groups.setdefault((measure.table.key, measure.day), {})[measure.key] = measure
        for (key, day), together in groups.items():
            column = next(iter(together.values())).column(by)
            summed = queries.sums(list(together.values()), [str(column)], "postgres")
            which = "true" if day is None else f"{quoted(day)} BETWEEN '{MONTH.first}' AND '{MONTH.last}'"
            told = {
                "first": MONTH.first, "begin": _begin(MONTH.first.month), "end": _begin(MONTH.first.month + 1),
                "table": f"bench.{quoted(key)}", "which": which,
            }  # fmt: skip
            questions.append(SQL["of_month"].format(**told, question=summed))
    kept = services.settings.data
    with Cluster(kept) as cluster, psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        for key in TABLES:
            held = [one for one in files if one.table == key and one.kind == "current"]
            _flat(connection, tables[key], held, root)
        connection.execute("SET search_path = bench")

        def ask() -> None:
            for one in questions:
                connection.execute(one).fetchall()

        ask()
        return [OF_POSTGRESQL * _seconds(ask) for _ in range(3)]


def _flat(connection: Any, table: Table, files: Sequence[manifest.File], root: Path) -> None:
    """A table of PostgreSQL with the facts of one case in five, indexed by every day."""
    name = f"bench.{quoted(table.key)}"
    connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
    found = connection.execute("SELECT to_regclass(%s)", (name,)).fetchone()
    if found is not None and found[0] is not None:
        return
    types = {"TINYINT": "smallint", "VARCHAR[]": "text[]", "BOOLEAN": "boolean"}
    declared = ", ".join(f"{quoted(one)} {types.get(type_, type_)}" for one, type_ in reading.columns(table).items())
    connection.execute(f"CREATE TABLE {name} ({declared})")
    paths = [stores.path_of(root, one.table, one.month, one.id) for one in files]
    rows = reading.rows(table, paths, f"hash(_id) % {OF_POSTGRESQL} = 0")
    csv = root / "flat.csv"
    duckdb.connect().execute(SQL["text"].format(rows=rows, path=literal(str(csv))))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as stream,
        csv.open("rb") as text,
    ):
        while block := text.read(1 << 20):
            stream.write(block)
    csv.unlink()
    for day in sorted({one for rule in table.anchors if (one := table.day_of(rule)) is not None}):
        connection.execute(f"CREATE INDEX ON {name} ({quoted(day)})")
    connection.execute(f"VACUUM ANALYZE {name}")


if __name__ == "__main__":
    if "--once" in sys.argv:
        once(sys.argv[-1])
    else:
        print(json.dumps(run("--full" in sys.argv), ensure_ascii=False, indent=1))
