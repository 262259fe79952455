"""Facts: how quickly the log of a city becomes committed files, whole and behind the log; bar: 200,000 rows a second.

`python bench/facts.py` takes a played month and 100,000 entries of a ledger; `--full` the million cases of
`million.py` and a million entries. A row of facts is what is counted: a case, a leg, a clock run, an entry, an event,
each as it held from a day until a day. Measured is all from PostgreSQL to the commit of the manifest, files on the
disk.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import million
import replay
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.city.compiled import CityReader
from xiuhua.insight import keeping
from xiuhua.insight.facts import manifest
from xiuhua.insight.facts.exporting import ROUND, Exporter
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.platform import eventlog
from xiuhua.platform.eventlog import NewEvent
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.simulate import city as simulated_city

FEW, MANY, RUNS = 100_000, 1_000_000, 3
BAR: Final = 200_000
CITY: Final = str(simulated_city.words()["bureau"]["city"])
PACK: Final = "cleaning"
LEDGER: Final = "carted"


def run(full: bool = False) -> list[Result]:
    """A city whose log holds cases, reports and entries: exported whole by one process and by two, then in rounds."""
    settings = million.data_set(million.CASES) if full else replay.played(100)
    with bootstrap.opened(settings) as services:
        _entries(services, MANY if full else FEW)
        found = [_whole(services, settings, 1), _whole(services, settings, max(2, os.cpu_count() or 1))]
        return [*(one for some in found for one in some), *_rounds(services, settings)]


def _whole(services: Services, settings: Settings, processes: int) -> list[Result]:
    rates, events, rows, size = [], [], 0, 0
    for _ in range(RUNS):
        begun = time.perf_counter()
        count = keeping.rebuild(services.database, settings, CITY, processes)
        seconds = time.perf_counter() - begun
        with services.database.reading() as tx:
            files = manifest.files(tx, CITY)
        rows, size = sum(one.rows for one in files), sum(one.size for one in files)
        rates.append(rows / seconds)
        events.append(count / seconds)
    note = f"{rows:,} rows, {size / 1e6:,.0f} MB, from PostgreSQL to committed Parquet; bar {BAR:,}"
    name = "" if processes == 1 else f"_{processes}_processes"
    return [
        result(f"records_per_second{name}", rates, "rows/s", "higher", note),
        result(f"events_per_second{name}", events, "events/s", "higher", f"the same, by events; {processes} processes"),
    ]


def _rounds(services: Services, settings: Settings) -> list[Result]:
    """What is new since: rounds as the worker does them."""
    exporter = Exporter(services.database, CityReader(), keeping.folder(settings))
    _entries(services, 5 * ROUND, "more")
    seconds = []
    while True:
        begun = time.perf_counter()
        if not exporter.advance(CITY):
            break
        seconds.append(time.perf_counter() - begun)
    note = f"{len(seconds)} rounds of {ROUND:,} events of a ledger, each committed"
    return [result("round_seconds", seconds, "s", "lower", note)]


def _entries(services: Services, count: int, name: str = "bench") -> None:
    """Entries of a ledger in the log, once."""
    with services.database.transaction() as tx:
        library, problems = load_library()
        assert not problems, problems
        there, pack = packs.active_packs(tx, CITY), library[PACK]
        for one in (*pack.head.needs, PACK):
            if one not in there:
                packs.install(tx, CITY, library[one])
        asked = (CITY, f"entry/{name}-00000000")
        if tx.execute("select from event where city = %s and stream = %s", asked).fetchone() and name == "bench":
            return
    stamp = "" if name == "bench" else f"{time.time_ns()}-"
    for first in range(0, count, ROUND):
        with services.database.transaction() as tx:
            some = [_entry(f"{name}-{stamp}{n:08}", n, pack.digest) for n in range(first, min(first + ROUND, count))]
            eventlog.append(tx, CITY, some, {})


def _entry(id_: str, n: int, digest: str) -> NewEvent:
    day = datetime(2026, 1, 1, 4, tzinfo=UTC) + timedelta(days=n % 300)
    data: dict[str, Any] = {
        "day": f"{day:%Y-%m-%d}", "quantity": str(n % 997 / 10), "given": {"quantity": str(n % 997 / 10), "unit": "t"},
        "of_unit": f"u{n % 25}", "scopes": [], "unit_grid": None, "photos": [], "late": 0, "thing": f"t{n % 500}",
    }  # fmt: skip
    payload = {
        "id": id_, "number": id_, "procedure": LEDGER, "pack": digest, "subject": "entry", "to": "standing",
        "set": data,
    }  # fmt: skip
    return NewEvent(f"entry/{id_}", "EntryMade", payload, "bench", "unit_officer", day)


if __name__ == "__main__":
    print(json.dumps(run("--full" in sys.argv), ensure_ascii=False, indent=1))
