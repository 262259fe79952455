"""Jobs asked for, looked at, and repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound, NotNow
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.jobs import queue
from xiuhua.platform.jobs.model import NewJob
from xiuhua.platform.sql import queries

_KEPT: Final = timedelta(days=30)
"""How long a job that was done is remembered, and its key with it."""


def enqueue(
    tx: Tx, city: str, kind: str, payload: Mapping[str, Any], *, key: str, after: datetime | None = None
) -> str | None:
    """Have one job done; None when it was asked for before under this key. See `enqueue_many`."""
    return next(iter(enqueue_many(tx, city, [NewJob(kind, payload, key, after)])), None)


def enqueue_many(tx: Tx, city: str, jobs: Sequence[NewJob]) -> list[str]:
    """Have jobs done once this transaction commits, two statements in all; returns the ids of the new ones.

    A key that was used before for the kind changes nothing, also when that job is done or dead: a dead one is
    repeated by a person. Keys are remembered for 30 days.
    """
    if not jobs:
        return []
    rows = {tx.new_id(): job for job in jobs}
    added = tx.execute(
        _sql()["add"],
        {
            "city": city, "now": tx.now, "id": list(rows), "kind": [one.kind for one in jobs],
            "key": [one.key for one in jobs], "due_at": [one.after for one in jobs],
            "payload": [orjson.dumps(dict(one.payload)).decode() for one in jobs],
        },
    )  # fmt: skip
    new = [row.id for row in added]
    if new:
        queue.put(tx, [(rows[id_].kind, city, id_, rows[id_].after) for id_ in new])
    return new


def jobs_of(
    tx: Tx, city: str, state: str | None = None, kind: str | None = None, before: str | None = None, limit: int = 50
) -> list[Any]:
    """Jobs of a city, newest first; rows of `job`, payload as text."""
    values = {"city": city, "state": state, "kind": kind, "before": before, "limit": limit}
    return tx.execute(_sql()["list"], values).fetchall()


def counts(tx: Tx, city: str) -> dict[str, int]:
    """How many jobs wait, run or are dead."""
    return {row.state: row.number for row in tx.execute(_sql()["counts"], {"city": city})}


def repeat(tx: Tx, actor: Actor, id_: str) -> Any:
    """Have a dead job tried anew from its first attempt. Raises `NotFound`, and `NotNow` when it is not dead."""
    which = {"city": actor.city, "id": id_}
    found = tx.execute(_sql()["get"], which).fetchone()
    if found is None:
        raise NotFound(f"there is no job {id_}")
    if found.state != "dead":
        raise NotNow(f"the job is {found.state}; only a dead one is repeated", state=found.state)
    tx.execute(_sql()["repeat"], {**which, "now": tx.now, "by": actor.id})
    queue.put(tx, [(found.kind, actor.city, id_, None)])
    return tx.execute(_sql()["get"], which).fetchone()


def prune(tx: Tx) -> None:
    """Forget jobs that were done long ago, and the queue's log."""
    tx.execute(_sql()["prune"], {"before": tx.now - _KEPT})
    queue.prune(tx)


def _sql() -> Mapping[str, str]:
    return queries("xiuhua.platform.jobs")
