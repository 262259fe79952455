"""Replay: every projection of the loop made again from the event log alone, and compared with what stands.

The temporary tables bear the names of the real ones and stand before them in the search path, so that the
very statements of daily work fill them: what is compared is what the services write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

import orjson

from xiuhua.flow import tasks
from xiuhua.flow.model import State, apply
from xiuhua.loop.kinds import KINDS
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Head
from xiuhua.platform.sql import queries

TABLES: Final = ("city_case", "report", "task", "timer")
_BATCH: Final = 2000


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


def check(tx: Tx, city: str | None = None, progress: Callable[[int], None] | None = None) -> Replayed:
    """Rebuild into temporary tables and compare; changes nothing. One snapshot for both sides.

    `tx` must be fresh, since its isolation level is raised before the first read: begin it with its moment,
    `database.transaction(database.clock.now())`.
    """
    tx.execute("set transaction isolation level repeatable read")
    sql = queries("xiuhua.loop", "replay.sql")
    for table in TABLES:
        tx.execute(sql[f"temporary_{table}"])
    done = Replayed()
    for kind in KINDS:
        _rebuild(tx, city, kind, done, progress)
    for table in TABLES:
        different = [row.key for row in tx.execute(sql[f"compare_{table}"], {"city": city})]
        if different:
            done.differences[table] = different
    return done


def _rebuild(tx: Tx, city: str | None, kind: str, done: Replayed, progress: Callable[[int], None] | None) -> None:
    """Fold every stream of a kind; write its rows in batches, city by city."""
    waiting: list[tuple[State, Head]] = []
    at_city = ""
    for (found, _), rows in groupby(eventlog.scan(tx, city, kind), key=lambda row: (row.city, row.stream)):
        if waiting and (found != at_city or len(waiting) >= _BATCH):
            _write(tx, at_city, kind, waiting)
            waiting.clear()
            if progress is not None:
                progress(done.events)
        at_city = found
        waiting.append(_fold(rows, done))
    if waiting:
        _write(tx, at_city, kind, waiting)


def _fold(rows: Iterator[Any], done: Replayed) -> tuple[State, Head]:
    state: State | None = None
    for row in rows:
        _, payload = eventlog.upcast(row.type, row.schema, orjson.loads(row.payload))
        state = apply(state, payload, int(row.at.timestamp()))
        done.events += 1
    assert state is not None
    done.subjects += 1
    return state, Head(row.version, bytes(row.digest))


def _write(tx: Tx, city: str, kind: str, folded: list[tuple[State, Head]]) -> None:
    spec = KINDS[kind]
    rows = [spec.row(state, head) for state, head in folded]
    columns = dict(zip(spec.columns, map(list, zip(*rows, strict=True)), strict=True))
    tx.execute(spec.save, {"city": city, **columns})
    tasks.replace(tx, city, [(kind, state, True) for state, _ in folded])


def repair(tx: Tx, city: str) -> Replayed:
    """Write the projections of a city anew from its log; for after a fault, with the service stopped."""
    sql = queries("xiuhua.loop", "replay.sql")
    for table in TABLES:
        tx.execute(sql[f"empty_{table}"], {"city": city})
    done = Replayed()
    for kind in KINDS:
        _rebuild(tx, city, kind, done, None)
    return done
