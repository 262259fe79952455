"""A year of the fictional district by `docs/examples/profiles/year.yaml`: seconds, cases and events.

The normal size plays its first month and scales the time to the year's cases; the full size plays all of it.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import psutil

import harness
from harness import Result, result
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import load_settings
from xiuhua.simulate import profiles
from xiuhua.simulate import run as simulation

PROFILE = Path(__file__).parents[1] / "docs" / "examples" / "profiles" / "year.yaml"
MONTH_DAYS = 30


def run(full: bool = False) -> list[Result]:
    """One play in a data folder made anew; the district and the database are made before the clock starts."""
    whole = profiles.load(PROFILE)
    profile = whole if full else simulation.changed(whole, {"days": MONTH_DAYS}, None)
    folder = harness.FOLDER / "year"
    shutil.rmtree(folder, ignore_errors=True)
    settings = load_settings(data=folder)
    clock = SimulatedClock(simulation.start_of(profile, settings), profile.seed)
    database = open_database(settings, clock=clock)
    begun: list[tuple[float, float]] = []
    try:
        city, _ = simulation.simulate(
            database, settings, profile, clock, before=lambda *_: begun.append((time.perf_counter(), _cpu(folder)))
        )
        seconds, cpu = time.perf_counter() - begun[0][0], _cpu(folder) - begun[0][1]
        cases = simulation.figures(database, city).cases
        with database.reading() as tx:
            events = tx.execute("select count(*) as number from event").fetchone().number
    finally:
        database.close()
    note = f"{profile.days} days, {cases:,} cases, {events:,} events"
    scale, scaled = (1.0, note) if full else (whole.cases / cases, f"scaled to {whole.cases:,} cases from {note}")
    return [
        result("year_seconds", [seconds * scale], "s", "lower", scaled),
        result("year_cpu_seconds", [cpu * scale], "s", "lower", f"simulator and database; {scaled}"),
        result("cases", [cases], "cases", "higher", note),
        result("events", [events], "events", "higher", note),
        result("events_per_second", [events / seconds], "events/s", "higher", note),
    ]


def _cpu(folder: Path) -> float:
    """User and system time so far of this process and of the database's."""
    mine = psutil.Process().cpu_times()
    total = mine.user + mine.system
    for one in psutil.process_iter(["cmdline"]):
        if one.pid != psutil.Process().pid and str(folder) in " ".join(one.info["cmdline"] or ()):
            for each in [one, *one.children()]:
                try:
                    times = each.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                total += times.user + times.system + (times.children_user + times.children_system) * (each is one)
    return total
