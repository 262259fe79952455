"""Replay: every projection of a played month made again from the log and compared."""

from __future__ import annotations

import time
from datetime import date

import harness
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.loop import replay
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import verify_log
from xiuhua.simulate import run as simulation

DAYS = 30
RUNS = 3


def run(full: bool = False) -> list[Result]:
    """A month of 100 cases a day (full: 400), replayed and verified."""
    settings = played(400 if full else 100)
    rates, chains = [], []
    with bootstrap.opened(settings) as services:
        for _ in range(RUNS):
            begun = time.perf_counter()
            with services.database.transaction(snapshot=True) as tx:
                done = replay.check(tx)
            rates.append(done.events / (time.perf_counter() - begun))
            if not done.equal:
                raise RuntimeError(f"projections differ: {done.differences}")
            begun = time.perf_counter()
            with services.database.reading() as tx:
                report = verify_log(tx, None, {})
            chains.append(report.events / (time.perf_counter() - begun))
    note = f"{done.events:,} events of {done.subjects:,} reports and cases, tasks and timers included, one process"
    return [
        result("events_per_second", rates, "events/s", "higher", note),
        result("verified_per_second", chains, "events/s", "higher", "chains of digests recomputed"),
    ]


def played(cases_per_day: int) -> Settings:
    """A month of the fictional district with so many cases a day, made once."""

    def make(settings: Settings) -> None:
        plan = simulation.plain(DAYS, 1, cases_per_day, date(2026, 10, 2), over_http=False)
        clock = SimulatedClock(simulation.start_of(plan, settings), 1)
        database = open_database(settings, clock=clock)
        try:
            simulation.simulate(database, settings, plan, clock)
        finally:
            database.close()

    return harness.made_once(f"month-{cases_per_day}", make)
