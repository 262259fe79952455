"""Clocks of a case: start, stop, suspend, resume, extend, restart, continue; all pure.

Each function takes a run and its calendar and gives the next run, with a due that `verify` can compute
again. How a run is kept: `clock_run`; how much of it is used: `clock_sums`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from xiuhua.city.calendars.limits import kind_code, thousandths
from xiuhua.city.calendars.model import Calendars as Calendars
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.flow.clock_run import UNTIL, Extension, Pause
from xiuhua.flow.clock_run import ClockRun as ClockRun
from xiuhua.flow.clock_sums import Light as Light
from xiuhua.flow.clock_sums import computed
from xiuhua.flow.clock_sums import fraction_used as fraction_used
from xiuhua.flow.clock_sums import fractions_batch as fractions_batch
from xiuhua.flow.clock_sums import light as light
from xiuhua.flow.clock_sums import reached as reached
from xiuhua.flow.clock_sums import recompute_batch as recompute_batch
from xiuhua.flow.clock_sums import used as used
from xiuhua.platform.errors import Invalid, NotNow


def start(
    calendar: WorkCalendar,
    name: str,
    amount: Decimal | int | str,
    kind: str,
    at: int,
    bundled: tuple[tuple[Decimal | int | str, str], ...] = (),
) -> ClockRun:
    """A clock that begins to run; whether that is at filing, dispatch or receipt is up to the caller.

    `bundled` limits go before the clock's own: what is not used of them is left for it.
    """
    for _, each in (*bundled, (amount, kind)):
        kind_code(each)
    before = tuple((thousandths(part), each) for part, each in bundled)
    run = ClockRun(name, kind, thousandths(amount), calendar.code, calendar.digest, at, at, bundled=before)
    return computed(run, calendar)


def stop(run: ClockRun, calendar: WorkCalendar, at: int) -> ClockRun:
    """What the clock was for is done (the unit has handed back); a suspension ends with it."""
    run = _settled(run, at)
    if run.state == "stopped":
        raise NotNow(f"The clock {run.name} has stopped already.")
    if run.state == "suspended":
        run = _ended(run, at)
    return computed(replace(run, state="stopped", stopped_at=at), calendar)


def suspend(run: ClockRun, calendar: WorkCalendar, at: int, until: int) -> ClockRun:
    """The clock stands still from now until a moment; the due moves at once as if it went on then."""
    run = _settled(run, at)
    if run.state != "running":
        raise NotNow(f"The clock {run.name} does not run.")
    if until <= at:
        raise Invalid("A suspension ends after it begins.", until=until)
    return computed(replace(run, state="suspended", steps=(*run.steps, Pause("suspend", at, until))), calendar)


def resume(run: ClockRun, calendar: WorkCalendar, at: int) -> ClockRun:
    """The clock goes on before its suspension would have ended, or then; later calls change nothing."""
    if run.state != "suspended":
        raise NotNow(f"The clock {run.name} is not suspended.")
    run = _settled(run, at)
    return computed(_ended(run, at), calendar) if run.state == "suspended" else run


def extend(run: ClockRun, calendar: WorkCalendar, at: int, amount: Decimal | int | str, kind: str) -> ClockRun:
    """More time, counted on from the present due on the run's calendar; whole days by their ends."""
    kind_code(kind)
    return _extended(run, calendar, Extension(at, thousandths(amount), kind))


def extend_to(run: ClockRun, calendar: WorkCalendar, at: int, due: int) -> ClockRun:
    """More time, up to a moment; pauses of before are settled by it, later ones move it on."""
    if due <= run.due:
        raise Invalid("The new deadline is not after the present one.", due=due)
    return _extended(run, calendar, Extension(at, due, UNTIL))


def restart(run: ClockRun, calendar: WorkCalendar, at: int) -> ClockRun:
    """The same limit anew (rework or another unit, where the city starts over): nothing is carried on.

    `calendar` may be another one, when the post that now has the work follows it.
    """
    _in_order(run, at)
    return computed(
        replace(
            run, calendar=calendar.code, digest=calendar.digest, started=at, state="running",
            round=run.round + 1, steps=(), stopped_at=None,
        ),
        calendar,
    )  # fmt: skip


def continue_(run: ClockRun, calendar: WorkCalendar, at: int) -> ClockRun:
    """A stopped clock goes on with what was left; when it was late it stays late."""
    if run.state != "stopped" or run.stopped_at is None:
        raise NotNow(f"The clock {run.name} has not stopped.")
    _in_order(run, at)
    steps = (*run.steps, Pause("stop", run.stopped_at, at))
    return computed(replace(run, state="running", stopped_at=None, steps=steps), calendar)


def recompute(run: ClockRun, calendar: WorkCalendar) -> ClockRun:
    """The run from the same inputs on another version of its calendar (holidays were announced)."""
    return computed(run, calendar)


def verify(run: ClockRun, calendar: WorkCalendar) -> bool:
    """Whether everything computed in the run follows from its inputs and this version of its calendar."""
    return (run.calendar, run.digest) == (calendar.code, calendar.digest) and computed(run, calendar) == run


def _extended(run: ClockRun, calendar: WorkCalendar, step: Extension) -> ClockRun:
    run = _settled(run, step.at)
    if run.state == "stopped":
        raise NotNow(f"The clock {run.name} has stopped.")
    return computed(replace(run, steps=(*run.steps, step)), calendar)


def _settled(run: ClockRun, at: int) -> ClockRun:
    """The run as it stands then: a suspension whose end has come is over."""
    _in_order(run, at)
    return replace(run, state="running") if run.state_at(at) == "running" else run


def _ended(run: ClockRun, at: int) -> ClockRun:
    """The run with its open suspension cut short."""
    place = max(i for i, step in enumerate(run.steps) if isinstance(step, Pause))
    begin = run.pauses[-1].begin
    steps = (*run.steps[:place], Pause("suspend", begin, at), *run.steps[place + 1 :])
    return replace(run, state="running", steps=steps)


def _in_order(run: ClockRun, at: int) -> None:
    """Nothing may be done to a clock before what was done to it last."""
    if at < run.last_change:
        raise Invalid(f"The clock {run.name} was changed after that moment.", at=at, last=run.last_change)
