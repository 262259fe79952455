"""What the people of the fictional district will get to, and when: a queue by time. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from xiuhua.flow.model import Attempt


@dataclass(order=True, slots=True)
class Due:
    """Somebody will get to something at a moment, or the clock will do something."""

    at: int
    order: int
    kind: str = field(compare=False)
    id: str = field(compare=False)
    wait: Mapping[str, Any] | None = field(compare=False, default=None)
    """What they answer; None for what nobody asked for."""
    role: str = field(compare=False, default="")
    attempt: Attempt | None = field(compare=False, default=None)
    person: str | None = field(compare=False, default=None)
    """Who gets to it, when it is not for everybody in the role."""
    timer: Mapping[str, Any] | None = field(compare=False, default=None)
    """What the clock does, as it stands in the state."""
    do: Callable[[], None] | None = field(compare=False, default=None)
    """What is done, where it is about no subject of a procedure."""


class Agenda:
    """A queue of what is due; equal moments keep the order in which they were put in."""

    def __init__(self) -> None:
        self._queue: list[Due] = []
        self._order = count()
        self._asked: set[tuple[Any, ...]] = set()

    def ask(self, at: int, kind: str, id_: str, wait: Mapping[str, Any]) -> None:
        """Somebody will answer; what is on the agenda already is not put there twice."""
        key = _key(kind, id_, wait)
        if key not in self._asked:
            self._asked.add(key)
            self._push(Due(at, next(self._order), kind, id_, wait))

    def is_asked(self, kind: str, id_: str, wait: Mapping[str, Any]) -> bool:
        """Whether somebody will get to it already."""
        return _key(kind, id_, wait) in self._asked

    def ring(self, kind: str, id_: str, timer: Mapping[str, Any]) -> None:
        """The clock will do something."""
        key = _timer_key(kind, id_, timer)
        if key not in self._asked:
            self._asked.add(key)
            self._push(Due(timer["at"], next(self._order), kind, id_, timer=timer))

    def intend(self, at: int, kind: str, id_: str, role: str, attempt: Attempt, person: str | None) -> None:
        """Somebody will do something unasked."""
        self._push(Due(at, next(self._order), kind, id_, None, role, attempt, person))

    def plan(self, at: int, do: Callable[[], None]) -> None:
        """Something will be done."""
        self._push(Due(at, next(self._order), "", "", do=do))

    def next_at(self) -> int | None:
        """The moment of what is first; None when nothing is."""
        return self._queue[0].at if self._queue else None

    def is_due(self, end: int) -> bool:
        """Whether anything is due before a moment."""
        return bool(self._queue) and self._queue[0].at < end

    def pop(self) -> Due:
        """What is first."""
        due = heapq.heappop(self._queue)
        if due.wait is not None:
            self._asked.discard(_key(due.kind, due.id, due.wait))
        elif due.timer is not None:
            self._asked.discard(_timer_key(due.kind, due.id, due.timer))
        return due

    def until(self, end: int) -> Iterator[Due]:
        """All that is due before a moment, in no order."""
        return (one for one in self._queue if one.at < end)

    def _push(self, due: Due) -> None:
        heapq.heappush(self._queue, due)


def _timer_key(kind: str, id_: str, timer: Mapping[str, Any]) -> tuple[Any, ...]:
    return kind, id_, timer["track"], timer["n"], timer["do"], timer["at"]


def _key(kind: str, id_: str, wait: Mapping[str, Any]) -> tuple[Any, ...]:
    return kind, id_, wait["track"], wait.get("n"), wait["role"], wait.get("unit"), wait.get("person"), wait["since"]
