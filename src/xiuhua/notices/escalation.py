"""Ladders are climbed: rungs whose moment has come are told, held while it is quiet, or told again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xiuhua.city.calendars.limits import epoch, moment
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import State
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.ladder import following, is_urgent, leg_of
from xiuhua.notices.model import Quiet, Reminder, Rules, Telling, body_of, filled, set_value
from xiuhua.notices.people import People, words_of
from xiuhua.notices.reader import remind
from xiuhua.notices.telling import tell
from xiuhua.packs.notice import Notice, Rung
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

BATCH = 500
"""Rungs of one transaction."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A rung to be told, with what it is about."""

    one: Reminder
    notice: Notice
    rung: Rung
    run: ClockRun
    state: State


def climb(tx: Tx, city: str, loop: Loop, rules: Rules, quiet: Quiet | None) -> int:
    """Take the rungs of a city whose moment has come; how many were looked at.

    Whether it still holds is seen from the subject as it stands: a clock that stopped, stands still or ends later
    tells nothing. What was missed while no worker ran is told once, as it is now.
    """
    rows = tx.execute(
        queries("xiuhua.notices")["due_reminders"], {"city": city, "now": tx.now, "limit": BATCH}
    ).fetchall()
    if not rows:
        return 0
    view = loop.view(tx, city)
    due = [Reminder(*row) for row in rows]
    states = {
        (kind, id_): state
        for kind in sorted({one.kind for one in due})
        for id_, (_, state) in loop.docs(
            tx, city, kind, sorted({one.subject for one in due if one.kind == kind})
        ).items()
    }
    resting = quiet.over(tx.now.astimezone(view.zone)) if quiet else None
    held, taken = [], []
    for found in _standing(due, states, rules, epoch(tx.now)):
        if resting and not is_urgent(found.notice, found.rung, found.run):
            held.append(replace(found.one, at=epoch(resting)))
        else:
            taken.append(found)
    tell(tx, city, list(_tellings(view, taken, tx.now)))
    _drop(tx, city, due)
    remind(tx, city, [*held, *_again(view, taken, epoch(tx.now))])
    return len(rows)


def _standing(
    due: Sequence[Reminder], states: Mapping[tuple[str, str], State], rules: Rules, now: int
) -> Iterator[Taken]:
    """Those that still hold: the very run, with the same end, goes on; a warning is none once the end has passed."""
    for one in due:
        state, notice = states.get((one.kind, one.subject)), rules.by_name.get(one.name)
        kept = state["clocks"].get(one.clock) if state else None
        if state is None or kept is None or notice is None or one.rung >= len(notice.ladder):
            continue
        run, rung = ClockRun.from_json(kept), notice.ladder[one.rung]
        same = run.state_at(now) == "running" and run.due == one.due and leg_of(run) == one.leg
        if same and not (rung.share is not None and run.overdue(now)):
            yield Taken(one, notice, rung, run, state)


def _tellings(view: CityView, taken: Sequence[Taken], now: datetime) -> Iterator[Telling]:
    """Of several rungs of one ladder that come at once, a person hears the highest only."""
    people = People(view)
    told: dict[tuple[str, str, str, str], tuple[int, Telling]] = {}
    for found in taken:
        one, notice, rung = found.one, found.notice, found.rung
        share = set_value(rung.share, view.settings.get(found.state["procedure"], {}))
        words = words_of(view, found.state, found.run, share)
        for person in people.of(rung.to, found.state["data"], _waits(found.state, one.clock)):
            ladder = (one.subject, one.clock, one.name, person)
            if ladder not in told or told[ladder][0] <= one.rung:
                told[ladder] = (one.rung, Telling(
                    one.name, one.key, filled(rung.subject or notice.subject, words), body_of(notice, rung, words),
                    moment(one.at), now, is_urgent(notice, rung, found.run), person, None, one.kind, one.subject,
                    found.state["number"], tuple(notice.also),
                ))  # fmt: skip
    yield from (telling for _, telling in told.values())


def _waits(state: State, clock: str) -> list[Any]:
    """Whose turn it is by a clock; where no turn hangs on it, whose turn it is on the main track."""
    base = clock.partition(".")[0]
    by_clock = [wait for wait in state["waits"] if base == wait.get("clock") or base in wait.get("also", ())]
    return by_clock or [wait for wait in state["waits"] if wait["track"] == "main"]


def _again(view: CityView, taken: Sequence[Taken], now: int) -> Iterator[Reminder]:
    """The next turns of rungs that are told again."""
    for found in taken:
        settings = view.settings.get(found.state["procedure"], {})
        later = following(found.one, found.rung, view.calendars.of(found.run.calendar), settings, now)
        if later is not None:
            yield later


def _drop(tx: Tx, city: str, due: Sequence[Reminder]) -> None:
    values = {f"{name}s": [getattr(one, name) for one in due] for name in ("kind", "subject", "clock", "name", "rung")}
    tx.execute(queries("xiuhua.notices")["drop_reminders"], {"city": city, **values})
