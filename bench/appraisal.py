"""The monthly appraisal: every indicator of the catalogue that units and areas are told by, for one month, of ten million
cases; beside PostgreSQL doing the same by SQL over flat tables with an index on every day.

`python bench/appraisal.py` takes half a million cases (PostgreSQL 100,000); `--full` ten million (PostgreSQL two
million). PostgreSQL's time is scaled to the number of cases: its month grows with its table. The facts are made as a
year's export and compaction leave them, with changes of the last day on top. `cold` is a new process, from its start to
the last figure. Bars: 0.5 s warm, 3 s cold, 50 times as quick as PostgreSQL.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

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
from xiuhua.simulate import city as simulated_city

FEW, MANY, RUNS = 500_000, 10_000_000, 5
OF_POSTGRESQL: Final = 5
"""PostgreSQL has one case in so many."""
CITY: Final = str(simulated_city.words()["bureau"]["city"])
YEAR: Final = 2025
MONTH: Final = periods.parsed(f"{YEAR}-06")
BY: Final = ("unit", "district", "street", "community", "duty_grid")
TABLES: Final = ("subject.case", "subject.case.leg")
UNITS, DISTRICTS, STREETS, COMMUNITIES, GRIDS = 60, 6, 60, 600, 3000
"""How many there are of each."""
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
        postgres = _by_postgresql(services, wanted, cases)
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
    folder = harness.FOLDER / f"appraisal-{cases}"
    settings = load_settings(data=folder)
    if (folder / "made").exists():
        return settings
    shutil.rmtree(folder, ignore_errors=True)
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
    (folder / "made").write_text("1")
    return settings


def _files(folder: Folder, tables: dict[str, Table], cases: int) -> Iterator[Made]:
    connection = duckdb.connect()
    for month in range(12):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE one AS {_case_rows(month, cases // 12)}")
        for key, rows in (("subject.case", "FROM one"), ("subject.case.leg", _leg_rows())):
            table = tables[key]
            for kind, which in (("current", "true"), ("delta", f"n % {CHANGED} = 7")):
                yield folder.keep(
                    table, YEAR * 12 + month, kind,
                    lambda path, rows=rows, which=which, table=table, kind=kind: _write(
                        connection, table, rows, which, path, 2 if kind == "delta" else 1
                    ),
                )  # fmt: skip


def _write(connection: Any, table: Table, rows: str, which: str, path: Path, copies: int) -> None:
    """Rows in the form of a table; as changes each is taken away and told anew."""
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM ({rows})").fetchall()}
    chosen = ", ".join(
        f"{quoted(name) if name in there else 'NULL'}::{type_} AS {quoted(name)}"
        for name, type_ in reading.columns(table).items()
        if name not in ("_weight", "_version")
    )
    told = f"SELECT {chosen}, (copy + {copies - 1})::INTEGER AS _version, (CASE WHEN copy = 0 AND {copies} = 2 THEN -1 ELSE 1 END)::TINYINT AS _weight"
    source = f"{told} FROM ({rows}) CROSS JOIN range({copies}) AS copies (copy) WHERE {which}"
    ordered = ", ".join(map(quoted, reading.columns(table)))
    connection.execute(
        f"COPY (SELECT {ordered} FROM ({source})) TO {literal(str(path))}"
        " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"
    )


def _case_rows(month: int, count: int) -> str:
    """Cases of a month: where, whose, when, how they ended; by a hash of their number, so the same in every run."""
    begin = int(datetime(YEAR, month + 1, 1).timestamp())

    def pick(salt: int, of: int) -> str:
        return f"(hash(n * 64 + {salt}) % {of})::INTEGER"

    def day(moment: str) -> str:
        return f"timezone('Asia/Shanghai', to_timestamp({moment}))::DATE"

    return f"""
        WITH numbered AS (SELECT n, {pick(1, 30 * 86400)} AS after, {pick(2, COMMUNITIES)} AS place, {pick(3, UNITS)} AS u,
            {pick(4, 100)} AS luck, {pick(5, 5 * 86400)} + 14400 AS lim, {pick(6, 12)} AS s, {pick(7, 150)} AS c
            FROM range({month * count}, {(month + 1) * count}) AS t (n)),
        timed AS (SELECT *, {begin} + after AS opened, {begin} + after + 600 AS filed_at, {begin} + after + 1200 + lim AS due,
            CASE WHEN luck < 3 THEN NULL WHEN luck < 9 THEN {begin} + after + 1300 + lim * 2
                ELSE {begin} + after + 1200 + (lim * (luck % 10)) // 10 END AS handed FROM numbered)
        SELECT n, '{CITY}' AS _city, 'c' || n AS _id, '' AS _part, DATE '{YEAR}-12-31' AS _known_from,
            'u' || u AS unit, 'u' || u AS unit_organisation, 'g' || (place * 5 + n % 5) AS duty_grid, 'k' || place AS community,
            's' || (place // 10) AS street, 'd' || (place // 100) AS district,
            ['collector', 'public', 'hotline_12345', 'video'][s % 4 + 1] AS source, 'GB/T 47678.5/matter/' || c AS category,
            CASE WHEN luck = 99 THEN 'void' WHEN handed IS NULL THEN 'received' ELSE 'closed' END AS state,
            opened, {day("opened")} AS _opened_day, filed_at, {day("filed_at")} AS _filed_at_day, due, {day("due")} AS _due_day,
            handed AS handed_back_at, {day("handed")} AS _handed_back_at_day, handed + 7200 AS closed_at,
            {day("handed + 7200")} AS _closed_at_day, handed > due AS overdue, luck = 8 AS overtime_exempt,
            CASE WHEN luck % 20 = 3 THEN 1 ELSE 0 END AS reworks, luck % 25 = 4 AS missed,
            CASE WHEN luck % 30 = 5 THEN 1 ELSE 0 END AS wrong_dispatches, 0 AS returns,
            'checked' AS close_kind FROM timed
    """


def _leg_rows() -> str:
    """A leg for each case, and for every eighth one that the unit before gave back."""
    shared = ", ".join(
        f"{name} AS case_{name}"
        for name in (
            "state", "category", "source", "unit", "unit_organisation", "opened", "_opened_day", "filed_at", "closed_at",
            "overtime_exempt", "overdue", "duty_grid", "community", "street", "district",
        )
        if not name.startswith("_")
    )  # fmt: skip
    days = "_opened_day AS _case_opened_day, _filed_at_day AS _case_filed_at_day, _closed_at_day AS _case_closed_at_day"
    return f"""
        SELECT n, _city, _id, leg::VARCHAR AS _part, _known_from,
            CASE WHEN leg = 1 AND n % 8 = 0 THEN 'u' || (n % {UNITS}) ELSE unit END AS unit, unit AS organisation,
            CASE WHEN leg = 2 AND reworks > 0 THEN 'rework' ELSE 'dispatch' END AS begins,
            filed_at + 600 AS "from", _filed_at_day AS _from_day, due, _due_day, handed_back_at AS "to",
            _handed_back_at_day AS _to_day,
            CASE WHEN leg = 1 AND n % 8 = 0 THEN 'returned' WHEN handed_back_at IS NOT NULL THEN 'handed_back' END AS verdict,
            overdue AS late, n % 40 = 0 AS extended, {shared}, {days}
        FROM one CROSS JOIN range(1, 3) AS legs (leg) WHERE leg = 1 OR n % 8 = 0
    """


# ---- PostgreSQL doing the same


def _by_postgresql(services: Services, wanted: dict[str, list[Definition]], cases: int) -> list[float]:
    """The same sums by the same expressions, compiled for PostgreSQL, over flat tables."""
    share = cases // OF_POSTGRESQL
    questions = []
    with services.database.reading() as tx:
        root = keeping.folder(services.settings) / CITY
        tables = services.port(Facts).tables(tx, CITY).by_key()
        files = manifest.files(tx, CITY, list(TABLES))
    for by, some in wanted.items():
        groups: dict[tuple[str, str], dict[str, Any]] = {}
        for measure in (measure for one in some for measure in one.measures()):
            groups.setdefault((measure.table.key, str(measure.day)), {})[measure.key] = measure
        for (key, day), together in groups.items():
            column = next(iter(together.values())).column(by)
            summed = queries.sums(list(together.values()), [str(column)], "postgres")
            begin, end = (
                int(datetime(YEAR, month, 1).timestamp()) for month in (MONTH.first.month, MONTH.first.month + 1)
            )
            rows = (
                f"SELECT *, DATE '{MONTH.first}' AS _bucket, {begin}::bigint AS _period_start, {end}::bigint AS _period_end"
                f" FROM bench.{quoted(key)} WHERE {quoted(day)} BETWEEN '{MONTH.first}' AND '{MONTH.last}'"
            )
            questions.append(f"WITH facts AS ({rows}) {summed}")
    kept = services.settings.data
    with Cluster(kept) as cluster, psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        for key in TABLES:
            _flat(
                connection,
                tables[key],
                [one for one in files if one.table == key and one.kind == "current"],
                root,
                share,
            )
        connection.execute("SET search_path = bench")

        def ask() -> None:
            for one in questions:
                connection.execute(one).fetchall()

        ask()
        return [OF_POSTGRESQL * _seconds(ask) for _ in range(3)]


def _flat(connection: Any, table: Table, files: Sequence[manifest.File], root: Path, share: int) -> None:
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
    duckdb.connect().execute(f"COPY ({rows}) TO {literal(str(csv))} (FORMAT csv, HEADER false)")
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
