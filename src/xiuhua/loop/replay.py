"""Replay: every projection of the loop made again from the event log alone, and compared with what stands.

The rows are made by the very functions that daily work uses (`kinds`, `flow.tasks`); what is kept is read in the
same form, batch by batch in the order of the log, so that a province's log needs no more memory than a district's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from xiuhua.flow import tasks
from xiuhua.flow.model import State, apply
from xiuhua.loop.kinds import KINDS
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Head, Stream
from xiuhua.platform.sql import queries, rows_as_json

TABLES: Final = ("city_case", "report", "task", "timer")
_TABLE_OF: Final = {"case": "city_case", "report": "report"}
_BATCH: Final = 2000
_NAMED: Final = 10
"""Rows of a table that are named when they differ."""

Folded = tuple[State, Head]
Use = Callable[[str, str, Sequence[Folded]], None]
"""What is done with a batch: (city, kind, subjects)."""


@dataclass(slots=True)
class Replayed:
    """What a replay came to."""

    events: int = 0
    subjects: int = 0
    differences: dict[str, list[str]] = field(default_factory=dict)
    """Keys of rows that differ, by table, at most ten each."""

    @property
    def equal(self) -> bool:
        """Whether everything stands as the log says."""
        return not self.differences

    def differs(self, table: str, key: str) -> None:
        """Note a row."""
        named = self.differences.setdefault(table, [])
        if key not in named and len(named) < _NAMED:
            named.append(key)


def check(tx: Tx, city: str | None = None, progress: Callable[[int], None] | None = None) -> Replayed:
    """Rebuild everything and compare it with what stands; changes nothing.

    `tx` is `database.transaction(snapshot=True)`, so that both sides are seen at one moment.
    """
    done = Replayed()

    def compare(where: str, kind: str, folded: Sequence[Folded]) -> None:
        _compare(tx, where, kind, folded, done)
        if progress is not None:
            progress(done.events)

    with _no_collection():
        for kind in KINDS:
            _each(tx, city, kind, done, compare)
    for row in tx.execute(queries("xiuhua.loop", "replay.sql")["strays"], {"city": city}):
        done.differs(row.name, row.key)
    return done


def repair(tx: Tx, city: str) -> Replayed:
    """Write the projections of a city anew from its log; for after a fault, with the service stopped."""
    sql = queries("xiuhua.loop", "replay.sql")
    for table in TABLES:
        tx.execute(sql[f"empty_{table}"], {"city": city})
    done = Replayed()

    def write(where: str, kind: str, folded: Sequence[Folded]) -> None:
        spec = KINDS[kind]
        rows = [spec.row(state, head) for state, head in folded]
        tx.execute(spec.save, {"city": where, "rows": rows_as_json(spec.table.columns, rows)})
        tasks.replace(tx, where, [(kind, state, True) for state, _ in folded])

    for kind in KINDS:
        _each(tx, city, kind, done, write)
    return done


@contextmanager
def _no_collection() -> Iterator[None]:
    """States are trees: nothing in them waits for the collector of cycles, which would take a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _each(tx: Tx, city: str | None, kind: str, done: Replayed, use: Use) -> None:
    """Fold every stream of a kind and hand it on in batches, city by city."""
    waiting: list[Folded] = []
    at_city = ""
    for stream in eventlog.streams(tx, city, kind):
        if waiting and (stream.city != at_city or len(waiting) >= _BATCH):
            use(at_city, kind, waiting)
            waiting = []
        at_city = stream.city
        waiting.append(_fold(stream, done))
    if waiting:
        use(at_city, kind, waiting)


def _fold(stream: Stream, done: Replayed) -> Folded:
    state: State | None = None
    for payload, at in stream.steps:
        state = apply(state, payload, at, in_place=True)
    assert state is not None
    done.events += len(stream.steps)
    done.subjects += 1
    return state, stream.head


def _compare(tx: Tx, city: str, kind: str, folded: Sequence[Folded], done: Replayed) -> None:
    """Rows as the log makes them against rows as they stand, for the projection, its tasks and its timers."""
    sql, ids = queries("xiuhua.loop", "replay.sql"), [state["id"] for state, _ in folded]
    waiting = queries("xiuhua.flow", "tasks.sql")
    asked = {"city": city, "kind": kind, "ids": ids}
    row_of = KINDS[kind].row
    _differences(
        _TABLE_OF[kind],
        (row_of(state, head) for state, head in folded),
        tx.execute(sql[f"kept_{kind}"], asked),
        1,
        done,
    )
    made = (row for state, _ in folded for row in tasks.task_rows(kind, state))
    _differences("task", made, tx.execute(waiting["kept_tasks"], asked), 3, done)
    made = (row for state, _ in folded for row in tasks.timer_rows(kind, state))
    _differences("timer", made, tx.execute(waiting["kept_timers"], asked), 3, done)


def _differences(table: str, made: Iterable[Any], kept: Iterable[Any], keys: int, done: Replayed) -> None:
    """`keys`: how many columns at the front name a row."""
    standing = {tuple(row[:keys]): tuple(row) for row in kept}
    for row in made:
        key = row[:keys]
        if standing.pop(key, None) != row:
            done.differs(table, _name(key))
    for key in standing:
        done.differs(table, _name(key))


def _name(key: Sequence[Any]) -> str:
    return str(key[0]) if len(key) == 1 else f"{key[0]}/{key[1]}#{key[2]}"
