"""Clocks after an arrangement of holidays was announced: those that run are computed anew, case by case.

Several transactions, each of some cases: people go on working meanwhile, and a run that was broken off is
simply started again, since what is done already is not done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import orjson

from xiuhua.city.calendars.model import Calendars
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.clocks import recompute_batch
from xiuhua.loop.kinds import KINDS
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

BATCH = 500
"""Subjects of one transaction."""
Transaction = Callable[[], AbstractContextManager[Tx]]


@dataclass(slots=True)
class Recomputed:
    """What came of it, by kind of subject."""

    looked_at: dict[str, int] = field(default_factory=dict)
    """Subjects with a clock that runs on an older version of its calendar, or provisionally."""
    changed: dict[str, int] = field(default_factory=dict)
    """Subjects with a clock that moved: each has one event more."""


def recompute(transaction: Transaction, loop: Loop, city: str) -> Recomputed:
    """Compute clocks that have not stopped on the newest calendars; a second run changes nothing."""
    done = Recomputed()
    for kind in KINDS:
        with transaction() as tx:
            stale = _stale(tx, city, kind, loop.view(tx, city).calendars)
        done.looked_at[kind], moving = len(stale), [id_ for id_, moves in stale if moves]
        done.changed[kind] = 0
        for start in range(0, len(moving), BATCH):
            done.changed[kind] += _batch(transaction, loop, city, kind, moving[start : start + BATCH])
    return done


def _stale(tx: Tx, city: str, kind: str, calendars: Calendars) -> list[tuple[str, bool]]:
    """Subjects whose clocks are to be looked at, and whether one of them moves."""
    digests = [calendar.digest for calendar in calendars.by_code.values()]
    query = queries("xiuhua.loop", "clocks.sql")[f"stale_{kind}"]
    rows = tx.execute(query, {"city": city, "digests": digests}).fetchall()
    found = [
        (row.id, ClockRun.from_json(kept))
        for row in rows
        for kept in _clocks(row.clocks).values()
        if kept["state"] != "stopped"
    ]
    fresh = recompute_batch([run for _, run in found], calendars.by_code)
    moving = {id_ for (id_, run), new in zip(found, fresh, strict=True) if _moves(run, new)}
    return [(row.id, row.id in moving) for row in rows]


def _moves(run: ClockRun, new: ClockRun) -> bool:
    return (run.due, run.provisional) != (new.due, new.provisional)


def _batch(transaction: Transaction, loop: Loop, city: str, kind: str, ids: list[str]) -> int:
    """Write some subjects, locked in the order of their ids; those that moved on meanwhile are judged anew."""
    with transaction() as tx:
        work = loop.work(tx, city)
        work.load(kind, ids)
        changed = sum(work.recompute(kind, id_) for id_ in ids)
        work.flush()
    return changed


def _clocks(text: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(text)
    return found
