"""A unit of work: subjects are loaded and locked, actions done in memory, and all is written at once.

So one request costs a handful of statements, a thousand cost the same handful, and whatever an action asks
of other subjects (answer the reports of a case) happens in the same transaction.
Locking order, so that no two transactions wait for each other: cases before reports, each by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from xiuhua.flow import renewal, tasks
from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Attempt, CallOut, Decided, State, Surroundings, apply
from xiuhua.platform import copying, eventlog
from xiuhua.platform.copying import Table
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotFound
from xiuhua.platform.eventlog import Head, NewEvent
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import rows_as_json


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of subject: how its projection is read and written. Registered by the room that owns it."""

    name: str
    load: str
    """SQL: rows (id, version, head, doc) of `%(city)s` and `%(ids)s`, locked, in the order of id."""
    save: str
    """SQL: upserts `%(rows)s`, rows of the table's columns as `rows_as_json` gives them."""
    table: Table
    row: Callable[[State, Head], tuple[Any, ...]]
    """The projection of a state, in the order of the table's columns. Must depend on nothing else: replay uses it."""


@dataclass(slots=True)
class Loaded:
    """A subject within a unit of work."""

    kind: str
    state: State
    head: Head
    fresh: bool = False
    dirty: bool = False
    events: list[NewEvent] = field(default_factory=list)


Handler = Callable[["Work", Loaded, CallOut, Actor], None]
Follow = Callable[["Work", Loaded, Decided, Actor], None]
Following = Callable[[Tx, str], Follow | None]
"""What another room does of every event in a city; None: nothing there."""
EngineOf = Callable[[str, str | None], Engine]
"""The engine of a procedure by name and pack digest (None: the version in force)."""


class Work:
    """The subjects of one transaction."""

    def __init__(
        self,
        tx: Tx,
        city: str,
        *,
        kinds: Mapping[str, Kind],
        engine_of: EngineOf,
        surroundings_of: Callable[[str, Work], Surroundings],
        handlers: Mapping[str, Handler],
        follow: Follow | None = None,
    ) -> None:
        """`handlers`: of calls by name. `follow`: what another room does of every event, behind its calls."""
        self.tx, self.city = tx, city
        self._kinds, self._engine_of, self._handlers, self._follow = kinds, engine_of, handlers, follow
        self._surroundings_of = surroundings_of
        self._surroundings: dict[str, Surroundings] = {}
        self._loaded: dict[tuple[str, str], Loaded] = {}
        self._order: list[tuple[Loaded, NewEvent]] = []
        self.seen: set[tuple[str, str]] = set()
        """What rooms above have found to be there in this transaction (kind of thing, id), so as to ask once."""
        self._put_off: dict[Callable[[Work, list[Any]], None], list[Any]] = {}

    def load(self, kind: str, ids: Iterable[str]) -> None:
        """Read and lock subjects; those that do not exist stay missing."""
        wanted = sorted({one for one in ids if (kind, one) not in self._loaded})
        if not wanted:
            return
        for row in self.tx.execute(self._kinds[kind].load, {"city": self.city, "ids": wanted}):
            self._loaded[kind, row.id] = Loaded(kind, orjson.loads(row.doc), Head(row.version, bytes(row.head)))

    def loaded(self, kind: str, id_: str) -> Loaded | None:
        """A subject that was read already; None when it was not."""
        return self._loaded.get((kind, id_))

    def at_hand(self) -> list[Loaded]:
        """The subjects that were read or made in this unit of work."""
        return list(self._loaded.values())

    def find(self, kind: str, id_: str) -> Loaded | None:
        """A subject, read now if need be; None when there is none."""
        self.load(kind, [id_])
        return self._loaded.get((kind, id_))

    def get(self, kind: str, id_: str) -> Loaded:
        """A subject that must be there."""
        found = self.find(kind, id_)
        if found is None:
            raise NotFound(f"there is no {kind} {id_}")
        return found

    def surroundings(self, procedure: str) -> Surroundings:
        """What the engine must know of the city for a procedure."""
        if procedure not in self._surroundings:
            self._surroundings[procedure] = self._surroundings_of(procedure, self)
        return self._surroundings[procedure]

    def engine(self, state: State) -> Engine:
        """The engine of the version that a subject began under."""
        return self._engine_of(state["procedure"], state["pack"])

    def create(self, kind: str, procedure: str, birth: Birth, attempt: Attempt, actor: Actor) -> Loaded:
        """A new subject under the version in force."""
        return self.create_many(kind, procedure, [birth], attempt, actor)[0]

    def create_many(
        self, kind: str, procedure: str, births: Sequence[Birth], attempt: Attempt, actor: Actor
    ) -> list[Loaded]:
        """The same for each, by one person."""
        engine, made = self._engine_of(procedure, None), []
        born = engine.create_many(births, attempt, actor, self.tx.now, self.surroundings(procedure))
        for birth, (decided, state) in zip(births, born, strict=True):
            one = Loaded(kind, state, Head(), fresh=True)
            self._loaded[kind, birth.id] = one
            self._note(one, decided)
            self._run_calls(one, decided, actor)
            made.append(one)
        return made

    def act(
        self, kind: str, id_: str, attempt: Attempt, actor: Actor, expect: int | None = None
    ) -> tuple[Loaded, list[Decided]]:
        """One action on a subject; `expect` is the version the person saw (raises `Conflict`)."""
        one = self.get(kind, id_)
        if expect is not None and one.head.version + len(one.events) != expect:
            raise Conflict(f"it has moved on to version {one.head.version}", version=one.head.version)
        decided, state = self.engine(one.state).act(
            one.state, attempt, actor, self.tx.now, self.surroundings(one.state["procedure"])
        )
        one.state = state
        self._note(one, decided)
        self._run_calls(one, decided, actor)
        return one, decided

    def recompute(self, kind: str, id_: str) -> bool:
        """A subject's clocks on the newest calendars (holidays were announced); whether any of them moved."""
        one = self.get(kind, id_)
        world = self.surroundings(one.state["procedure"])
        decided, one.state = renewal.recompute(self.engine(one.state).procedure, one.state, self.tx.now, world)
        if decided:
            self._note(one, decided)
        return bool(decided)

    def record(self, kind: str, id_: str, event: str, payload: dict[str, Any], actor: Actor, role: str) -> Loaded:
        """An event that is no action of the procedure and moves nothing in it (tags): folded and noted."""
        one = self.get(kind, id_)
        decided = Decided(event, payload, actor.id, role, int(self.tx.now.timestamp()))
        one.state = apply(one.state, payload, decided.at)
        self._note(one, [decided])
        return one

    def _note(self, one: Loaded, decided: Sequence[Decided]) -> None:
        one.dirty = True
        for event in decided:
            new = NewEvent(
                f"{one.kind}/{one.state['id']}", event.type, event.payload, event.actor, event.role,
                datetime.fromtimestamp(event.at, UTC),
            )  # fmt: skip
            one.events.append(new)
            self._order.append((one, new))

    def _run_calls(self, one: Loaded, decided: Sequence[Decided], actor: Actor) -> None:
        for event in decided:
            for call in event.calls:
                self._handlers[call.name](self, one, call, actor)
            if self._follow is not None:
                self._follow(self, one, event, actor)

    def noted(self) -> int:
        """How many events wait to be written."""
        return len(self._order)

    def moved(self, since: int) -> list[tuple[str, State]]:
        """Kind and state of the subjects of what was noted after the first `since` events, each once, in order."""
        moved = {id(one): one for one, _ in self._order[since:]}
        return [(one.kind, one.state) for one in moved.values()]

    def put_off(self, write: Callable[[Work, list[Any]], None], what: Iterable[Any]) -> None:
        """Things that `write` keeps when all is written: all of one kind in one go."""
        self._put_off.setdefault(write, []).extend(what)

    def flush(self) -> None:
        """Write events, projections, tasks and timers; then the work may go on."""
        for write, what in self._put_off.items():
            write(self, what)
        self._put_off.clear()
        dirty = [one for one in self._loaded.values() if one.dirty]
        if not dirty:
            return
        known = {f"{one.kind}/{one.state['id']}": one.head for one in dirty}
        ends = eventlog.append(self.tx, self.city, [event for _, event in self._order], known)
        for one in dirty:
            one.head = ends[f"{one.kind}/{one.state['id']}"]
        for name in dict.fromkeys(one.kind for one in dirty):
            kind, mine = self._kinds[name], [one for one in dirty if one.kind == name]
            fresh = [one for one in mine if one.fresh]
            if len(fresh) > eventlog.FEW:
                copying.put(self.tx, self.city, kind.table, (kind.row(one.state, one.head) for one in fresh))
                mine = [one for one in mine if not one.fresh]
            if mine:
                rows = [kind.row(one.state, one.head) for one in mine]
                self.tx.execute(kind.save, {"city": self.city, "rows": rows_as_json(kind.table.columns, rows)})
        tasks.replace(self.tx, self.city, [(one.kind, one.state, one.fresh) for one in dirty])
        for one in dirty:
            one.fresh = one.dirty = False
            one.events.clear()
        self._order.clear()
