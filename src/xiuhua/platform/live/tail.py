"""The one reader of a process: follows the log for everybody who listens, in a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from threading import Event, Lock, Thread
from typing import Final

import psycopg

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import NotSignedIn, XiuhuaError
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.authentication import Credentials, Identity
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.hub import Hub, Listener, end
from xiuhua.platform.live.model import Key, Source, Told, Window
from xiuhua.platform.sql import queries

PAUSE_S: Final = 0.5
CHECK_S: Final = 10.0
"""How often it is asked whether those who listen are still signed in, and what their posts are."""
_BATCH: Final = 1000
MOST_REPLAYED: Final = 5000
"""Events of a city that are gone through for one who comes back; who was away for longer looks anew."""
_log = logging.getLogger(__name__)


class Live:
    """What is told of a process; the thread runs only while somebody listens."""

    def __init__(self, database: Database, identity: Identity, sources: Sequence[Source]) -> None:
        self._database, self._identity, self._sources = database, identity, tuple(sources)
        self.hub = Hub()
        self._lock, self._stop = Lock(), Event()
        self._thread: Thread | None = None
        self._checked = 0.0

    def join(
        self, credentials: Credentials, actor: Actor, after: Position | None, loop: asyncio.AbstractEventLoop
    ) -> Listener:
        """Take a listener in, with what it has missed since a position; `lost` when that is too long ago.

        Raises `TooMany`. Takes a thread and a connection for as long as that takes, and none afterwards.
        """
        with self._database.reading() as tx:
            [keys] = self._keys(tx, actor.city, [actor])
            bound = _bound(tx)
        listener = Listener(credentials, actor, loop, keys, after or Position())
        reached = self.hub.add(listener, bound)
        if after is not None:
            try:
                # A snapshot of its own, so that it sees all that the common reader has told before.
                with self._database.reading() as tx:
                    self._replay(tx, listener, after, reached)
            except BaseException:
                self.hub.remove(listener)
                raise
        self._wake()
        return listener

    def leave(self, listener: Listener) -> None:
        """Let a listener go."""
        self.hub.remove(listener)

    def stop(self) -> None:
        """End all streams; the process is to stop."""
        self._stop.set()
        self.hub.end_all()

    def _wake(self) -> None:
        with self._lock:
            if self._stop.is_set():
                self.hub.end_all()
            elif self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="live", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                if not self.hub.cities():
                    self._thread = None
                    return
            try:
                self.step()
            except (XiuhuaError, psycopg.Error) as error:
                _log.warning("live: %s: %s", type(error).__name__, error)
            self._stop.wait(PAUSE_S)

    def step(self) -> None:
        """Tell everybody what is new, and now and then look who may still listen."""
        if time.monotonic() - self._checked > CHECK_S:
            self._checked = time.monotonic()
            self.check()
        for city in self.hub.cities():
            with self._database.reading() as tx:
                bound = _bound(tx)
                self._follow(tx, city, bound)

    def _follow(self, tx: Tx, city: str, bound: Position) -> None:
        try:
            after = self.hub.reached(city)
        except KeyError:
            return  # the last one has left meanwhile
        while after < bound:
            window = _window(tx, city, after, bound, _BATCH)
            self.hub.tell(city, self._told(tx, window), window.until)
            after = window.until

    def _replay(self, tx: Tx, listener: Listener, after: Position, reached: Position) -> None:
        """What lies between; the common reader tells the rest, and nothing twice."""
        if after.tx > _bound(tx).tx:
            listener.lost, listener.after = True, Position()  # of another database, or of one that was put back
        elif after < reached:
            window = _window(tx, listener.actor.city, after, reached, MOST_REPLAYED)
            listener.lost = window.until < reached
            for one in [] if listener.lost else self._told(tx, window):
                if not one.keys.isdisjoint(listener.keys) and one.but.isdisjoint(listener.keys):
                    listener.missed.append(one)

    def _told(self, tx: Tx, window: Window) -> list[Told]:
        found = [one for source in self._sources for one in source.told(tx, window)]
        return sorted(found, key=lambda one: one.at)

    def check(self) -> None:
        """End the streams of those who are signed out, and read the posts of the others anew."""
        for city in self.hub.cities():
            with self._database.reading() as tx:
                known: list[tuple[Listener, Actor]] = []
                for one in self.hub.of_city(city):
                    try:
                        known.append((one, self._identity.known(tx, one.credentials).actor))
                    except NotSignedIn:
                        end(one)
                keys = self._keys(tx, city, [actor for _, actor in known])
            for (one, actor), now in zip(known, keys, strict=True):
                if (one.actor, one.keys) != (actor, now):
                    self.hub.rekey(one, actor, now)

    def _keys(self, tx: Tx, city: str, actors: Sequence[Actor]) -> list[frozenset[Key]]:
        by_source = [source.keys(tx, city, actors) for source in self._sources]
        return [frozenset().union(*(keys[number] for keys in by_source)) for number in range(len(actors))]


def _bound(tx: Tx) -> Position:
    return Position(int(tx.execute(_sql()["bound"]).fetchone().tx), 0)  # type: ignore[union-attr]  # always a row


def _window(tx: Tx, city: str, after: Position, bound: Position, most: int) -> Window:
    """The stretch up to a bound, or to as many events as are wanted at most."""
    rows = tx.execute(
        _sql()["streams"],
        {
            "city": city, "after_tx": str(after.tx), "after_number": after.number, "until_tx": str(bound.tx),
            "until_number": bound.number, "limit": most + 1,
        },
    ).fetchall()  # fmt: skip
    full = bool(rows) and rows[0].counted > most
    streams = [(row.stream, row.first, row.last, Position(row.tx, row.position)) for row in rows]
    return Window(city, after, streams[-1][3] if full else bound, streams)


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.live")
