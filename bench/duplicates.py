"""Duplicates among a million cases: all of them at once in memory, and a few reports at a time at intake.

The cases of a year in a made-up city of 24 by 24 km, around 50,000 places where things happen again and again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import psycopg
from ruamel.yaml import YAML

import harness
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.city.categories.model import Status
from xiuhua.loop.duplicates import service
from xiuhua.loop.duplicates.batch import Grid, Many
from xiuhua.loop.placing import Placed
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest import learning
from xiuhua.loop.suggest.model import Model
from xiuhua.loop.suggest.service import Asked, Learnt, Suggester
from xiuhua.loop.suggest.tally import Tally
from xiuhua.platform.database import Tx
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.simulate import city as simulated_city

CASES = 1_000_000
CITY = "990101"
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
RUNS = 3
BATCH = 16
_SPOTS = """
create temporary table spot on commit drop as
select n, 105.3 + 0.25 * random() as lon, 29.1 + 0.22 * random() as lat from generate_series(0, 49999) as n
"""
_MADE = """
create temporary table made on commit drop as
select md5(one::text)::uuid::text as id, one as n, spot.lon + (random() + random() - 1) * 0.0004 as lon,
    spot.lat + (random() + random() - 1) * 0.0004 as lat,
    timestamptz '2025-01-01' + random() * interval '365 days' as at,
    'GB/T 47678.5/matter/0' || (1 + one %% 9) || lpad((1 + (one / 9) %% 17)::text, 3, '0') as category
from generate_series(1, %(cases)s::int) as one join spot on spot.n = (one::bigint * 7919) %% 50000
"""
_CASES = """
insert into city_case (city, id, version, head, number, state, category, scopes, lon, lat, opened_at, overdue,
    suspended, doc)
select %(city)s, id, 1, '', 'B-' || n, 'filed', category, '{}', lon, lat, at, false, false, '{}' from made
"""
_REPORTS = """
insert into report (city, id, version, head, source, external_id, state, case_id, scopes, lon, lat, reported_at,
    opened_at, doc)
select %(city)s, id, 1, '', 'public', 'B-' || n, 'joined', id, '{}', lon, lat, at, at, '{}' from made
"""
_TRACES = """
insert into report_trace (city, report, cell, at, lon, lat, sketch)
select %(city)s, id, floor(lat / 0.002)::bigint * 1048576 + floor(lon / 0.002)::bigint, at, lon, lat,
    decode(md5(n::text) || md5((n + 1)::text), 'hex') from made
"""


def data_set(cases: int) -> Settings:
    """An installation with so many cases, reports and traces, made once; rows only, without a log."""

    def make(settings: Settings) -> None:
        with bootstrap.opened(settings) as services:
            with services.database.transaction() as tx:
                simulated_city.make(tx, 1, date(2024, 1, 1))
            with services.database.transaction() as tx:
                tx.execute("select setseed(0.5)")
                for step in (_SPOTS, _MADE, _CASES, _REPORTS, _TRACES):
                    tx.execute(step, {"city": CITY, "cases": cases})
            _teach(services)
            # The application's role may not; and a plan made without statistics stays for a whole transaction.
            with (
                Cluster(settings.data) as cluster,
                psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection,
            ):
                connection.execute("vacuum (analyze)")

    return harness.made_once(f"duplicates-{cases}", make)


def _teach(services: Services) -> None:
    """A model of 150 categories, so that suggesting costs what it costs in a city that has decided much."""
    with services.database.transaction() as tx:
        catalogue = services.port(Loop).view(tx, CITY).catalogue
        chosen = [one for one in catalogue if one.status is Status.IN_FORCE][:150]
        model = Model()
        for title, text in _words():
            model.learn([f"{one.name} {title} {text}" for one in chosen], [one.key for one in chosen])
        learning.keep(tx, CITY, Learnt(0, model, Tally()))


def run(full: bool = False) -> list[Result]:
    """All at once, then as at intake."""
    with bootstrap.opened(data_set(CASES)) as services:
        return [*_all(services), *_few(services, 2000 if full else 500)]


def _all(services: Services) -> list[Result]:
    """Every case against every other: read from the database, joined in memory."""
    reading, joining, whole = [], [], []
    pairs = 0
    for _ in range(RUNS):
        begun = time.perf_counter()
        with services.database.reading() as tx:
            query = {"city": CITY, "since": FIRST - timedelta(days=1), "until": FIRST + timedelta(days=400)}
            known: Many = service.columns_of(tx.execute(service._sql()["many"], query).fetchone())
        read = time.perf_counter()
        pairs = len(Grid(known).find(known, itself=True).asked)
        done = time.perf_counter()
        reading.append(read - begun)
        joining.append(len(known) / (done - read))
        whole.append(len(known) / (done - begun))
    note = f"{CASES:,} cases against {CASES:,}: 50 m, 7 days, by category; {pairs:,} pairs; one process"
    return [
        result(
            "cases_per_second", joining, "cases/s", "higher", f"{note}; PostGIS 7,800 to 55,000 a second, elsewhere"
        ),
        result("cases_per_second_with_reading", whole, "cases/s", "higher", "the same with reading all rows"),
        result("reading_s", reading, "s", "lower", "all rows as columns, one query"),
    ]


def _few(services: Services, rounds: int) -> list[Result]:
    """Reports as they come in: suggestion and duplicates, one by one and 16 at a time."""
    texts = [f"{title} {text}" for title, text in _words()]
    chance = np.random.default_rng(1)
    found: list[Result] = []
    loop, suggester = services.port(Loop), services.port(Suggester)
    with services.database.reading() as tx:
        view = loop.view(tx, CITY)
        row = tx.execute("select lon, lat from city_case where city = %s limit 5000", (CITY,)).fetchall()
        spots = [(one.lon, one.lat) for one in row]

        def wanted(count: int) -> list[service.Wanted]:
            chosen = chance.integers(0, len(spots), count).tolist()
            return [
                service.Wanted(
                    *spots[one], FIRST + timedelta(days=float(chance.random() * 365)), texts[one % len(texts)],
                    "GB/T 47678.5/matter/01001",
                )
                for one in chosen
            ]  # fmt: skip

        def find(count: int) -> None:
            service.find(tx, view, wanted(count))

        def suggest(count: int) -> None:
            placed = Placed({"lon": 105.3, "lat": 29.1}, view.areas.scopes(0), view.areas.grid_codes[0])
            suggester.suggest(tx, view, [Asked(texts[n % len(texts)], placed) for n in range(count)], why=False)

        for name, work in (("duplicates", find), ("suggestion", suggest)):
            for count in (1, BATCH):
                spent = _spent(tx, work, count, rounds)
                note = f"{count} at a time, {CASES:,} cases; our process and its database backend"
                found.append(result(f"{name}_us_{count}", spent, "µs CPU", "lower", note))
    return found


def _spent(tx: Tx, work: Callable[[int], None], count: int, rounds: int) -> list[float]:
    """Microseconds of CPU a report, ours and the backend's."""
    backend = psutil.Process(int(tx.connection.info.backend_pid))
    for _ in range(20):
        work(count)
    found = []
    for _ in range(RUNS):
        ours, theirs = time.process_time(), sum(backend.cpu_times()[:2])
        for _ in range(rounds):
            work(count)
        spent = time.process_time() - ours + sum(backend.cpu_times()[:2]) - theirs
        found.append(spent / rounds / count * 1e6)
    return found


def _words() -> list[Any]:
    text = Path(__file__).with_name("bulk.yaml").read_text(encoding="utf-8")
    return list(YAML(typ="safe", pure=True).load(text)["what"])
