"""Who listens in this process, and what waits to be sent to them."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from xiuhua.platform.errors import TooMany
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.authentication import Credentials
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.model import Key, Told

MOST_WAITING: Final = 256
"""Messages that wait for one slow reader; then they are dropped and the reader is told to look anew."""
MOST_OF_PERSON: Final = 8
"""Connections of one person: windows of a browser, and a phone."""
MOST: Final = 2000
"""Connections of one process."""


@dataclass(eq=False, slots=True)
class Listener:
    """One connection. `waiting` and what stands below it is touched by the event loop's thread only."""

    credentials: Credentials
    actor: Actor
    loop: asyncio.AbstractEventLoop
    keys: frozenset[Key] = frozenset()
    after: Position = field(default_factory=Position)
    """What lies up to here the reader has already."""
    missed: list[Told] = field(default_factory=list)
    """What it is told first: filled before it is handed to the event loop."""
    lost: bool = False
    """Whether something could not be told."""
    waiting: deque[Told] = field(default_factory=deque)
    ended: bool = False
    at: Position = field(default_factory=Position)
    """So far everything has been told, or waits to be sent."""
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, messages: Iterable[Told], at: Position) -> None:
        """Put messages down to be sent; never waits."""
        for one in messages:
            if one.at > self.after:
                self.waiting.append(one)
        if len(self.waiting) > MOST_WAITING:
            self.waiting.clear()
            self.lost = True
        self.at = max(at, self.after)
        if self.waiting or self.lost:
            self.awake.set()

    def end(self) -> None:
        """No more is told."""
        self.ended = True
        self.awake.set()


class Hub:
    """All listeners of a process, found by their keys; may be asked by any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: dict[str, set[Listener]] = {}
        self._by_key: dict[tuple[str, Key], set[Listener]] = {}
        self._of_person: Counter[tuple[str, str]] = Counter()
        self._reached: dict[str, Position] = {}

    def cities(self) -> list[str]:
        """Where somebody listens."""
        with self._lock:
            return sorted(self._listeners)

    def of_city(self, city: str) -> list[Listener]:
        """Who listens to a city."""
        with self._lock:
            return list(self._listeners.get(city, ()))

    def reached(self, city: str) -> Position:
        """How far everybody there has been told."""
        with self._lock:
            return self._reached[city]

    def add(self, listener: Listener, now: Position) -> Position:
        """Take one in, and where the common reader stands: `now` when this is the first. Raises `TooMany`."""
        city, person = listener.actor.city, (listener.actor.city, listener.actor.id)
        with self._lock:
            if self._of_person[person] >= MOST_OF_PERSON or sum(map(len, self._listeners.values())) >= MOST:
                raise TooMany("So many windows listen already; close one.", retry_after_s=30)
            self._of_person[person] += 1
            if city not in self._listeners:
                self._listeners[city] = set()
                self._reached[city] = now
            self._listeners[city].add(listener)
            self._index(listener)
            listener.at = max(listener.after, self._reached[city])
            return self._reached[city]

    def remove(self, listener: Listener) -> None:
        """Let one go."""
        city, person = listener.actor.city, (listener.actor.city, listener.actor.id)
        with self._lock:
            if listener not in self._listeners.get(city, ()):
                return
            self._unindex(listener)
            self._listeners[city].remove(listener)
            self._of_person[person] -= 1
            if not self._of_person[person]:
                del self._of_person[person]
            if not self._listeners[city]:
                del self._listeners[city], self._reached[city]

    def rekey(self, listener: Listener, actor: Actor, keys: frozenset[Key]) -> None:
        """Posts have changed."""
        with self._lock:
            if listener in self._listeners.get(actor.city, ()):
                self._unindex(listener)
                listener.actor, listener.keys = actor, keys
                self._index(listener)

    def tell(self, city: str, messages: Sequence[Told], until: Position) -> None:
        """Give messages to all who bear their keys, and go on to a position; one call for each event loop."""
        with self._lock:
            if city not in self._listeners:
                return
            self._reached[city] = until
            meant: dict[Listener, list[Told]] = {one: [] for one in self._listeners[city]}
            for message in messages:
                for one in set().union(*(self._by_key.get((city, key), ()) for key in message.keys)):
                    if message.but.isdisjoint(one.keys):
                        meant[one].append(message)
        for loop in {one.loop for one in meant}:
            here = [(one, told) for one, told in meant.items() if one.loop is loop]
            if not loop.is_closed():
                loop.call_soon_threadsafe(_offer, here, until)

    def end_all(self) -> None:
        """The process stops."""
        with self._lock:
            everybody = [one for listeners in self._listeners.values() for one in listeners]
        for one in everybody:
            end(one)

    def _index(self, listener: Listener) -> None:
        for key in listener.keys:
            self._by_key.setdefault((listener.actor.city, key), set()).add(listener)

    def _unindex(self, listener: Listener) -> None:
        for key in listener.keys:
            place = (listener.actor.city, key)
            self._by_key[place].discard(listener)
            if not self._by_key[place]:
                del self._by_key[place]


def end(listener: Listener) -> None:
    """End one from any thread."""
    if not listener.loop.is_closed():
        listener.loop.call_soon_threadsafe(listener.end)


def _offer(meant: Sequence[tuple[Listener, list[Told]]], until: Position) -> None:
    for listener, messages in meant:
        listener.offer(messages, until)
