"""A year of the fictional district by `docs/examples/profiles/year.yaml`: seconds, cases and events.

The normal size plays its first month and scales the time to the year's cases; the full size plays all of it. Once
without and once with the lines of business beside the cases.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

import harness
from harness import Result, result
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import load_settings
from xiuhua.simulate import profiles
from xiuhua.simulate import run as simulation
from xiuhua.simulate.profile import Profile

PROFILE = Path(__file__).parents[1] / "docs" / "examples" / "profiles" / "year.yaml"
MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Lived:
    """What a play took and came to."""

    seconds: float
    cpu: float
    cases: int
    events: int


def run(full: bool = False) -> list[Result]:
    """Two plays, each in a data folder made anew."""
    whole = profiles.load(PROFILE)
    profile = whole if full else simulation.changed(whole, {"days": MONTH_DAYS}, None)
    plain, lines = (_played(simulation.changed(profile, {"lines": lines}, None)) for lines in (False, True))
    scale, scaled = (1.0, "") if full else (whole.cases / plain.cases, f"scaled to {whole.cases:,} cases from ")
    note = _noted(profile, plain)
    told, told_of_lines = scaled + note, scaled + _noted(profile, lines)
    return [
        result("year_seconds", [plain.seconds * scale], "s", "lower", told),
        result("year_cpu_seconds", [plain.cpu * scale], "s", "lower", f"simulator and database; {told}"),
        result("cases", [plain.cases], "cases", "higher", note),
        result("events", [plain.events], "events", "higher", note),
        result("events_per_second", [plain.events / plain.seconds], "events/s", "higher", note),
        result("year_with_lines_seconds", [lines.seconds * scale], "s", "lower", told_of_lines),
        result("year_with_lines_cpu_seconds", [lines.cpu * scale], "s", "lower", told_of_lines),
    ]


def _noted(profile: Profile, lived: Lived) -> str:
    return f"{profile.days} days, {lived.cases:,} cases, {lived.events:,} events"


def _played(profile: Profile) -> Lived:
    """The district and the database are made before the clock starts."""
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
        with database.reading() as tx:
            events = tx.execute("select count(*) as number from event").fetchone().number
        return Lived(seconds, cpu, simulation.figures(database, city).cases, events)
    finally:
        database.close()


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
