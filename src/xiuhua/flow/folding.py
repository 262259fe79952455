"""Subjects folded from the event log, in batches: what every room's replay begins with."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.flow.model import State, apply
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Head

Folded = tuple[State, Head, int]
"""A state, the end of its stream, and when its last event was (epoch seconds)."""


def folded(tx: Tx, city: str | None, kind: str, size: int = 1000) -> Iterator[tuple[str, list[Folded], int]]:
    """Subjects of a kind of stream, of one city at a time, at most `size` together, with how many events they took."""
    waiting: list[Folded] = []
    at_city, events = "", 0
    for stream in eventlog.streams(tx, city, kind):
        if waiting and (stream.city != at_city or len(waiting) >= size):
            yield at_city, waiting, events
            waiting, events = [], 0
        at_city = stream.city
        waiting.append(fold(stream))
        events += len(stream.steps)
    if waiting:
        yield at_city, waiting, events


def fold(stream: eventlog.Stream) -> Folded:
    """All events of one stream, one after the other."""
    state: State | None = None
    at = 0
    for payload, at in stream.steps:
        state = apply(state, payload, at, in_place=True)
    assert state is not None
    return state, stream.head, at
