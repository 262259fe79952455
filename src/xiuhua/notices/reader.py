"""The event log as outbox: what was written since is read once, and becomes notices and reminders."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from xiuhua.city.calendars.limits import epoch
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import State
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.ladder import ahead
from xiuhua.notices.model import Quiet, Reminder, Rules, Telling, body_of, filled
from xiuhua.notices.people import People, words_of
from xiuhua.notices.subjects import Subject, Subjects
from xiuhua.notices.telling import tell
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.eventlog import Event, Position
from xiuhua.platform.sql import queries

_log = logging.getLogger(__name__)
BATCH = 500
"""Events of one transaction."""
States = Mapping[tuple[str, str], State]


def read(
    tx: Tx, city: str, loop: Loop, rules: Rules, quiet: Quiet | None, position: Any,
    others: Mapping[str, Subjects] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Read what is new in a city's log; how many events that were. `position` is its row, locked.

    `others`: by the kind of their streams, what is no report or case.
    """
    events, after = eventlog.read_since(tx, city, Position(position.tx, position.number), BATCH)
    if not events:
        return 0
    touched = [event for event in events if loop.knows(event.stream.partition("/")[0])]
    if touched:
        view, states = loop.view(tx, city), _states(tx, city, loop, touched)
        new = [event for event in touched if event.recorded_at >= position.since]
        tell(tx, city, list(_tellings(view, rules, quiet, new, states, tx.now)))
        remind(tx, city, list(_planned(view, rules, touched, states, position.since)), _moved(touched))
    told = {event for _, event in rules.by_event}
    for kind, subjects in others.items():
        of_kind = [
            event
            for event in events
            if event.type in told and event.recorded_at >= position.since and event.stream.partition("/")[0] == kind
        ]
        if of_kind:
            view = loop.view(tx, city)
            known = subjects.of(tx, view, of_kind)
            tell(tx, city, list(_tellings_of(view, rules, quiet, known, tx.now)))
    tx.execute(queries("xiuhua.notices")["move"], {"city": city, "tx": after.tx, "number": after.number})
    return len(events)


def _states(tx: Tx, city: str, loop: Loop, events: Sequence[Event]) -> States:
    """The subjects of events as they stand now, by kind and id."""
    ids: dict[str, set[str]] = {}
    for event in events:
        kind, _, id_ = event.stream.partition("/")
        ids.setdefault(kind, set()).add(id_)
    return {
        (kind, id_): state
        for kind, some in ids.items()
        for id_, (_, state) in loop.docs(tx, city, kind, sorted(some)).items()
    }


def _tellings(
    view: CityView, rules: Rules, quiet: Quiet | None, events: Sequence[Event], states: States, now: datetime
) -> Iterator[Telling]:
    people = People(view)
    resting = quiet.over(now.astimezone(view.zone)) if quiet else None
    for event in events:
        kind, _, id_ = event.stream.partition("/")
        state = states.get((kind, id_))
        if state is None:
            continue
        for name in rules.by_event.get((state["procedure"], event.type), ()):
            notice = rules.by_name[name]
            # Whose turn it became, and which unit it went to, are told by the event itself: it may have moved on.
            data = {**state["data"], **(event.payload.get("set") or {})}
            waits = event.payload["waits"] if "waits" in event.payload else state["waits"]
            words = words_of(view, {**state, "data": data})
            for person in people.of(notice.to, data, waits):
                if person != event.actor:
                    yield Telling(
                        name, f"{event.stream}/{event.version}", filled(notice.subject, words),
                        body_of(notice, None, words), event.at, now if notice.urgent or not resting else resting,
                        notice.urgent, person, None, kind, id_, state["number"], tuple(notice.also),
                    )  # fmt: skip


def _tellings_of(
    view: CityView, rules: Rules, quiet: Quiet | None, known: Iterable[tuple[Event, Subject]], now: datetime
) -> Iterator[Telling]:
    people = People(view)
    resting = quiet.over(now.astimezone(view.zone)) if quiet else None
    for event, subject in known:
        kind, _, id_ = event.stream.partition("/")
        for name in rules.by_event.get((subject.declared, event.type), ()):
            notice = rules.by_name[name]
            for person in people.of(notice.to, subject.data, (), subject.units):
                if person != event.actor:
                    yield Telling(
                        name, f"{event.stream}/{event.version}", filled(notice.subject, subject.words),
                        body_of(notice, None, subject.words), event.at,
                        now if notice.urgent or not resting else resting,
                        notice.urgent, person, None, kind, id_, subject.number, tuple(notice.also),
                    )  # fmt: skip


def _moved(events: Sequence[Event]) -> list[tuple[str, str, str]]:
    """The clocks that events changed: kind, subject, clock."""
    found: dict[tuple[str, str, str], None] = {}
    for event in events:
        kind, _, id_ = event.stream.partition("/")
        found |= dict.fromkeys((kind, id_, clock) for clock in event.payload.get("clocks") or ())
    return list(found)


def _planned(
    view: CityView, rules: Rules, events: Sequence[Event], states: States, since: datetime
) -> Iterator[Reminder]:
    """The rungs ahead of clocks that moved and have not stopped."""
    for kind, id_, clock in _moved(events):
        state = states.get((kind, id_))
        kept = state["clocks"].get(clock) if state else None
        if state is None or kept is None or kept["state"] == "stopped":
            continue
        names = rules.of_clock(state["procedure"], clock)
        run = ClockRun.from_json(kept)
        settings = view.settings.get(state["procedure"], {})
        try:
            yield from ahead(rules, names, kind, id_, run, view.calendars.of(run.calendar), settings, epoch(since))
        except XiuhuaError as error:
            # A ladder that leads past the calendar's years must not hold up everything behind it.
            _log.warning("reminders of %s %s %s: %s", kind, id_, clock, error.code())


def remind(tx: Tx, city: str, reminders: Sequence[Reminder], moved: Sequence[tuple[str, str, str]] = ()) -> None:
    """Write rungs that lie ahead, in the place of all that lay ahead of the clocks that moved."""
    sql = queries("xiuhua.notices")
    if moved:
        kinds, subjects, clocks = map(list, zip(*moved, strict=True))
        tx.execute(sql["clear_reminders"], {"city": city, "kinds": kinds, "subjects": subjects, "clocks": clocks})
    if reminders:
        names = ("kind", "subject", "clock", "leg", "name", "rung", "turn", "due", "at")
        values = {name: [getattr(one, name) for one in reminders] for name in names}
        tx.execute(sql["remind"], {"city": city, **values})
