"""Ladders: when each rung of a clock's notices is taken. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xiuhua.city.calendars.limits import thousandths
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.flow.clock_run import ClockRun, Pause
from xiuhua.flow.clocks import reached
from xiuhua.notices.model import Reminder, Rules, limit_of, set_value
from xiuhua.packs.notice import Notice, Rung

_MOST_SKIPPED: Final = 1000


def leg_of(run: ClockRun) -> str:
    """Which running of the clock: its round, and how often it went on after it had stopped (rework)."""
    return f"{run.round}.{sum(isinstance(step, Pause) and step.word == 'stop' for step in run.steps)}"


def ahead(
    rules: Rules, names: list[str], kind: str, subject: str, run: ClockRun, calendar: WorkCalendar,
    settings: Mapping[str, Any], since: int,
) -> Iterator[Reminder]:  # fmt: skip
    """Every rung of a clock that is not of before `since`; one that is told again begins there."""
    for name in names:
        for number, rung in enumerate(rules.by_name[name].ladder):
            first = moment_of(rung, run, calendar, settings)
            one = Reminder(kind, subject, run.name, leg_of(run), name, number, 0, run.due, first)
            found = one if first > since else following(one, rung, calendar, settings, since)
            if found is not None:
                yield found


def moment_of(rung: Rung, run: ClockRun, calendar: WorkCalendar, settings: Mapping[str, Any]) -> int:
    """When a rung is taken, epoch s: at a share of the limit, the second after its end, or so long after it."""
    if rung.share is not None:
        return reached(run, calendar, int(set_value(rung.share, settings)))
    limit = limit_of(rung.after, settings)
    if limit is None:
        return run.due + 1
    return calendar.deadline_one(run.due, thousandths(limit[0]), limit[1])[0]


def following(
    one: Reminder, rung: Rung, calendar: WorkCalendar, settings: Mapping[str, Any], now: int
) -> Reminder | None:
    """The next turn of a rung that is told again, after now: those that were missed are left out."""
    limit = limit_of(rung.every, settings)
    if limit is None:
        return None
    at, turn = one.at, one.turn
    for _ in range(_MOST_SKIPPED):
        if at > now:
            break
        step, _ = calendar.deadline_one(at, thousandths(limit[0]), limit[1])
        at, turn = max(step, at + 60), turn + 1
    if turn >= rung.most:
        return None
    return Reminder(one.kind, one.subject, one.clock, one.leg, one.name, one.rung, turn, one.due, at)


def is_urgent(notice: Notice, rung: Rung, run: ClockRun) -> bool:
    """Whether it is told in quiet hours too: declared so, or its clock runs day and night."""
    return notice.urgent or rung.urgent or run.kind.startswith("urgent_")
