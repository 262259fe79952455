"""What follows from a clock run and its calendar: the due, time used, lights; for one run or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.calendars.limits import FIRST_WORK_KIND, KIND_CODES, kind_code
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.flow.clock_run import UNTIL, ClockRun, Limit, Pause
from xiuhua.platform.errors import Invalid

Light = Literal["green", "yellow", "red"]


@lru_cache(maxsize=8192)
def computed(run: ClockRun, calendar: WorkCalendar) -> ClockRun:
    """The run with all that follows from its inputs on this version of its calendar.

    Remembered, since in one batch the same clocks begin and stop in the same second.
    """
    if calendar.code != run.calendar:
        raise Invalid(f"The clock {run.name} follows {run.calendar}.", calendar=calendar.code)
    first, *rest = run.limits
    due, _ = calendar.deadline_one(run.started, *first)
    return _replayed(run, calendar, due, rest)


def recompute_batch(runs: Sequence[ClockRun], calendars: Mapping[str, WorkCalendar]) -> list[ClockRun]:
    """Runs from the same inputs on the newest version of each one's calendar, in the same order.

    After an import of holidays give it all clocks not stopped whose digest is not the newest, not only the
    provisional ones: the arrangement of a year may also change the last days of the year before.
    """
    fresh = list(runs)
    for code, index in _by_calendar(runs).items():
        calendar = calendars[code]
        limits = [runs[i].limits for i in index]
        dues, _ = calendar.deadline(
            np.array([runs[i].started for i in index], np.int64),
            np.array([first[0] for first, *_ in limits], np.int64),
            np.array([kind_code(first[1]) for first, *_ in limits], np.int8),
        )
        for i, due, (_, *rest) in zip(index, dues.tolist(), limits, strict=True):
            fresh[i] = _replayed(runs[i], calendar, due, rest)
    return fresh


def fractions_batch(
    runs: Sequence[ClockRun], calendars: Mapping[str, WorkCalendar], now: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """`fraction_used` and `overdue` of many runs at one moment, in the same order."""
    fractions = np.zeros(len(runs))
    due = np.array([run.due for run in runs], np.int64)
    ends = np.array([now if run.stopped_at is None else run.stopped_at for run in runs], np.int64)
    overdue = ends > due
    for code, index in _by_calendar(runs).items():
        chosen = np.array(index)
        group = [runs[i] for i in index]
        spent = _active_batch(group, calendars[code], ends[chosen])
        whole = _active_batch(group, calendars[code], due[chosen])
        fractions[chosen] = np.where(whole > 0, spent / np.maximum(whole, 1), overdue[chosen])
    return fractions, overdue


def used(run: ClockRun, calendar: WorkCalendar, now: int) -> tuple[int, int]:
    """Seconds of the clock's own time used by now (or by its stop), and in all.

    Own time is work time for limits in work time, plain time for others; pauses are no part of it.
    """
    return active(run, calendar, now if run.stopped_at is None else run.stopped_at), active(run, calendar, run.due)


def fraction_used(run: ClockRun, calendar: WorkCalendar, now: int) -> float:
    """Share of the limit used; it stands at 1 when the due has passed and no work time since."""
    spent, whole = used(run, calendar, now)
    return spent / whole if whole else float(run.overdue(now))


def light(run: ClockRun, calendar: WorkCalendar, now: int, yellow_thousandths: int = 800) -> Light:
    """Green up to 80 % of the limit, yellow up to its end, red when it is overdue."""
    if run.overdue(now):
        return "red"
    spent, whole = used(run, calendar, now)
    return "green" if spent * 1000 <= whole * yellow_thousandths else "yellow"


def active(run: ClockRun, calendar: WorkCalendar, until: int) -> int:
    """Seconds of the clock's own time from its start to a moment, without its pauses."""
    if until <= run.started:
        return 0
    seconds = calendar.own_time_one(run.started, until, run.kind)
    for pause in run.pauses:
        if pause.begin < until:
            seconds -= calendar.own_time_one(pause.begin, min(pause.end, until), run.kind)
    return seconds


def _active_batch(runs: Sequence[ClockRun], calendar: WorkCalendar, until: NDArray[np.int64]) -> NDArray[np.int64]:
    """`active` of many runs of one calendar, each to its own moment."""
    kinds = np.array([KIND_CODES[run.kind] for run in runs], np.int8)
    starts = np.array([run.started for run in runs], np.int64)
    seconds = calendar.own_time(starts, np.maximum(until, starts), kinds)
    pauses = [(place, pause) for place, run in enumerate(runs) if run.steps for pause in run.pauses]
    if pauses:
        owner = np.array([place for place, _ in pauses])
        begin = np.minimum(np.array([pause.begin for _, pause in pauses], np.int64), until[owner])
        end = np.minimum(np.array([pause.end for _, pause in pauses], np.int64), until[owner])
        np.subtract.at(seconds, owner, calendar.own_time(begin, end, kinds[owner]))
    return seconds


def _replayed(run: ClockRun, calendar: WorkCalendar, due: int, rest: Sequence[Limit]) -> ClockRun:
    """The run, with the due that comes of its first limit moved by everything that came after."""
    for amount, kind in rest:
        due, _ = calendar.deadline_one(due, amount, kind)
    due, kinds = _moved(run, calendar, due)
    halted = run.stopped_at
    if halted is None and (pauses := run.pauses):
        halted = pauses[-1].begin
    return replace(
        run,
        digest=calendar.digest,
        due=due,
        provisional=any(calendar.provisional(due, kind) for kind in kinds),
        consumed=0 if halted is None else active(run, calendar, halted),
    )


def _moved(run: ClockRun, calendar: WorkCalendar, due: int) -> tuple[int, set[str]]:
    """The due after all pauses and extensions, and the kinds of limit that it hangs on.

    A pause that begins when the due has passed is held back: it counts only if an extension moves the due
    beyond its begin, for then the time left was not running in it.
    """
    counting = calendar.counting_at(run.started)
    kinds = {kind for _, kind in run.limits}
    held: list[Pause] = []
    for step in run.steps:
        if isinstance(step, Pause):
            held.append(step)
        elif step.kind == UNTIL:
            held = []
            if step.amount > due:
                due, kinds = step.amount, set()
        else:
            due, _ = calendar.extended_one(due, step.amount, step.kind, counting)
            kinds.add(step.kind)
        late: list[Pause] = []
        for pause in held:
            if pause.begin < due:
                due = calendar.given_back_one(due, pause.begin, pause.end, run.kind, counting)
                kinds.add(run.kind)
            else:
                late.append(pause)
        held = late
    return due, kinds


def _by_calendar(runs: Sequence[ClockRun]) -> dict[str, list[int]]:
    """Places of the runs that follow each calendar."""
    places: dict[str, list[int]] = {}
    for place, run in enumerate(runs):
        places.setdefault(run.calendar, []).append(place)
    return places


def reached(run: ClockRun, calendar: WorkCalendar, percent: int) -> int:
    """The first second at which so much of the limit is used: epoch s. Pauses known by now are left out."""
    left = -(-active(run, calendar, run.due) * percent // 100)
    at = run.started
    for pause in sorted(run.pauses, key=lambda one: one.begin):
        before = calendar.own_time_one(at, pause.begin, run.kind) if pause.begin > at else 0
        if before >= left:
            break
        left, at = left - before, max(at, pause.end)
    if kind_code(run.kind) < FIRST_WORK_KIND:
        return at + left
    return calendar.add_worked_one(at, left)
