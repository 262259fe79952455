"""Deadlines per second: a mixed batch of a million, one at a time, and whole clock runs.

`python bench/clocks.py` prints the figures as JSON; nothing is kept and no database is needed.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from xiuhua.city.calendars import shipped
from xiuhua.city.calendars.limits import KINDS
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.flow import clocks

SEED = 20260302
BATCH = 1_000_000
SCALARS = 20_000
RUNS = 20_000
REPEATS = 5
FIRST, LAST = 1_735_689_600, 1_796_000_000
"""Starts lie between the beginning of 2025 and the end of November 2026, in no order."""


def run(full: bool = False) -> list[dict[str, Any]]:
    """The figures, each with its runs; `full` takes ten million deadlines instead of one."""
    calendar = shipped.calendars().of("office")
    random = np.random.default_rng(SEED)
    many = BATCH * (10 if full else 1)
    starts = random.integers(FIRST, LAST, many)
    amounts = random.integers(1, 21, many) * 1000
    kinds = random.integers(0, len(KINDS), many).astype(np.int8)
    some = list(zip(starts[:SCALARS].tolist(), amounts.tolist(), (KINDS[kind] for kind in kinds), strict=False))
    held = [lived(calendar, *each) for each in some[:RUNS]]
    kept = {calendar.code: calendar}
    now = LAST + 86400

    def one_by_one() -> None:
        for start, amount, kind in some:
            calendar.deadline_one(start, amount, kind)

    batch = timed(lambda: calendar.deadline(starts, amounts, kinds))
    single = timed(one_by_one)
    again = timed(lambda: clocks.recompute_batch(held, kept))
    shares = timed(lambda: clocks.fractions_batch(held, kept, now))
    wide = f"office hours, 7 kinds mixed, starts in no order, batch of {many:,}"
    return [
        figure("deadlines_per_second", "1/s", "higher", [many / s for s in batch], wide),
        figure("scalar_us", "µs", "lower", [s / SCALARS * 1e6 for s in single], "one deadline a call, mixed kinds"),
        figure(
            "runs_recomputed_per_second", "1/s", "higher", [len(held) / s for s in again],
            "clock runs, every fifth one suspended and extended",
        ),
        figure("fractions_per_second", "1/s", "higher", [len(held) / s for s in shares], "the same runs"),
    ]  # fmt: skip


def lived(calendar: WorkCalendar, start: int, amount: int, kind: str) -> clocks.ClockRun:
    """A clock run, every fifth one with a day's suspension and an extension."""
    begun = clocks.start(calendar, "handle", amount // 1000, kind, start)
    if start % 5:
        return begun
    paused = clocks.resume(clocks.suspend(begun, calendar, start + 600, start + 90_000), calendar, start + 86_400)
    return clocks.extend(paused, calendar, start + 87_000, 1, kind)


def timed(work: Callable[[], object]) -> list[float]:
    """Seconds of each of the repeats, after one that warms up."""
    work()
    seconds = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return seconds


def figure(metric: str, unit: str, better: str, runs: list[float], note: str) -> dict[str, Any]:
    """One figure: the median of its runs."""
    kept = [float(f"{value:.4g}") for value in runs]
    return {
        "metric": metric, "value": statistics.median(kept), "unit": unit, "better": better, "runs": kept,
        "note": note,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
