"""The queue beneath: pgqueuer's own statements over our connections (docs/why/jobs.md).

The library takes 30 MB and a quarter of a second to load, so it is loaded with the first job. Its times are the
database's clock, not the clock port: they say when a worker may pick, never what a record shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from psycopg import RawCursor
from psycopg.rows import dict_row

from xiuhua.platform.database import SCHEMA, Tx
from xiuhua.platform.sql import queries


def put(tx: Tx, jobs: Sequence[tuple[str, str, str, datetime | None]]) -> None:
    """Queue jobs: kind, city, id, not before. Gone with the transaction when it is undone."""
    waits = [max(timedelta(), after - tx.now) if after else timedelta() for *_, after in jobs]
    _fetch(
        tx, _library().build_enqueue_query(), [0] * len(jobs), [kind for kind, *_ in jobs],
        [orjson.dumps([city, id_]) for _, city, id_, _ in jobs], waits, [f"{city}/{id_}" for _, city, id_, _ in jobs],
        ["null"] * len(jobs),
    )  # fmt: skip


def pick(tx: Tx, kinds: Sequence[str], worker: UUID, most: int, stale_s: float) -> list[tuple[int, str, str]]:
    """Take jobs that are due, or whose worker gave no sign for `stale_s`: number in the queue, city, id."""
    if tx.execute(queries("xiuhua.platform.jobs")["any"]).fetchone() is None:
        return []
    query = _library().build_dequeue_query(
        batch_size=most, entrypoints=list(kinds), concurrency_limits=[0] * len(kinds), queue_manager_id=worker,
        global_concurrency_limit=None, heartbeat_timeout=timedelta(seconds=stale_s),
    )  # fmt: skip
    return [(row["id"], *orjson.loads(row["payload"])) for row in _fetch(tx, query.sql, *query.args)]


def beat(tx: Tx, numbers: Sequence[int]) -> None:
    """A sign of life for jobs that are being done."""
    _run(tx, _library().build_update_heartbeat_query(), list(numbers))


def drop(tx: Tx, numbers: Sequence[int], status: str) -> None:
    """Take jobs off the queue: `successful`, `exception`."""
    _run(tx, _library().build_log_job_query(), list(numbers), [status] * len(numbers), [None] * len(numbers))


def again(tx: Tx, number: int, pause: timedelta) -> None:
    """Put a job back, to be picked after a pause."""
    _run(tx, _library().build_retry_job_query(), number, pause, None)


def prune(tx: Tx) -> None:
    """Forget the library's own log of more than a week ago."""
    tx.execute(queries("xiuhua.platform.jobs")["prune_log"])


@cache
def _library() -> Any:
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder  # noqa: PLC0415 - 30 MB that few processes need
    from pgqueuer.domain.settings import DBSettings  # noqa: PLC0415 - likewise

    # Every name is given, since the library would take them from the environment otherwise.
    return QueryQueueBuilder(
        settings=DBSettings(
            prefix="", db_schema=SCHEMA, queue_table="pgqueuer", queue_table_log="pgqueuer_log",
            queue_status_type="pgqueuer_status", statistics_table="pgqueuer_statistics",
            schedules_table="pgqueuer_schedules", function="fn_pgqueuer_changed", trigger="tg_pgqueuer_changed",
        )
    )  # fmt: skip


def _cursor(tx: Tx) -> Any:
    return RawCursor(tx.connection, row_factory=dict_row)


def _fetch(tx: Tx, query: str, *values: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _cursor(tx).execute(query, values).fetchall()
    return rows


def _run(tx: Tx, query: str, *values: object) -> None:
    _cursor(tx).execute(query, values)
