"""Subjects of rooms that run no procedures: locked for a change, and written as events. Their rooms write the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from xiuhua.flow.model import State, apply
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict
from xiuhua.platform.eventlog import Head, NewEvent
from xiuhua.platform.identity.model import Actor

Told = tuple[str, dict[str, Any]]
"""Type and payload of an event."""


@dataclass(slots=True)
class Held:
    """A subject as it stands, locked for a change."""

    state: State
    head: Head


def of(row: Any) -> Held:
    """Of a row with version, head and doc."""
    return Held(orjson.loads(row.doc), Head(row.version, bytes(row.head)))


def by_id(rows: Iterable[Any]) -> dict[str, Held]:
    """Of rows that have an id besides."""
    return {row.id: of(row) for row in rows}


def demand_version(head: Head, expect: int | None) -> None:
    """That it stands as somebody saw it. Raises `Conflict` with the version that it has."""
    if expect is not None and head.version != expect:
        raise Conflict(f"it has moved on to version {head.version}", version=head.version)


def write(
    tx: Tx, actor: Actor, role: str, what: Sequence[tuple[Held | None, Sequence[Told]]], at: int
) -> list[tuple[State, Head]]:
    """The events of some subjects, each once with its events in order; gives what each is then.

    `at`: business time, epoch seconds. A stream is called by its subject and its id.
    """
    moment, events, known, states = datetime.fromtimestamp(at, UTC), list[NewEvent](), dict[str, Head](), []
    for held, told in what:
        state = held.state if held is not None else None
        for _, payload in told:
            state = apply(state, payload, at)
        assert state is not None
        stream = f"{state['subject']}/{state['id']}"
        known[stream] = held.head if held is not None else Head()
        events += (NewEvent(stream, type_, payload, actor.id, role, moment) for type_, payload in told)
        states.append((stream, state))
    ends = eventlog.append(tx, actor.city, events, known)
    return [(state, ends[stream]) for stream, state in states]
