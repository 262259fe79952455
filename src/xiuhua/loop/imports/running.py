"""The job that takes a file in. Safe to repeat: what an attempt took in is counted in the transaction that did so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from xiuhua.city.units import service as units
from xiuhua.loop.files.run import Outcome, Standing, run
from xiuhua.loop.imports.service import KIND, at_the_desk, mapping_of, put_down
from xiuhua.loop.model import Receipt, ReportIn
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.jobs.model import Job, Kind
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.texts import FileRefused, place

BATCH: Final = 500
"""Rows in a transaction: also how soon a cancelled import stops."""
MOST_ATTEMPTS: Final = 5


class _Cancelled(Exception):
    """Whoever asked for it wants it to stop."""


def kinds_of() -> dict[str, Kind]:
    """The kind of job, for the bootstrap."""
    return {KIND: Kind(take_in, most=MOST_ATTEMPTS)}


def take_in(services: Services, job: Job) -> None:
    """One attempt; nothing when the import is over already."""
    which = {"city": job.city, "id": job.payload["import"]}
    with services.database.transaction() as tx:
        row = tx.execute(_sql()["begin"], {**which, "now": tx.now}).fetchone()
        zone = units.time_zone(tx, job.city).key
    if row is None:
        return
    try:
        if row.cancel_at is not None:
            raise _Cancelled
        _end(services, which, "done", *_taken(services, which, row, zone))
    except _Cancelled:
        _end(services, which, "cancelled")
    except FileRefused as refused:
        _end(services, which, "refused", errors=refused.params["errors"])
    except Exception:
        if job.attempt >= MOST_ATTEMPTS:
            _end(services, which, "refused", errors=[place(row.name, 0, "", "cut_off")])
        raise


def _taken(services: Services, which: dict[str, str], row: Any, zone: str) -> tuple[Outcome, bytes | None]:
    loop = services.port(Loop)

    def submit(tx: Tx, city: str, reports: Sequence[ReportIn], actor: Actor, /) -> list[Receipt]:
        receipts = loop.submit(tx, city, reports, actor)
        new = sum(one.status == "new" for one in receipts)
        standing = tx.execute(_sql()["taken"], {**which, "new": new}).fetchone()
        if standing is None or standing.cancel_at is not None:
            raise _Cancelled  # this batch is undone with its count
        return receipts

    def progress(now: Standing) -> None:
        with services.database.transaction() as tx:
            values = {"fraction": now.fraction, "in": now.new + now.unchanged, "rejected": now.rejected}
            tx.execute(_sql()["progress"], {**which, **values})

    actor = at_the_desk(Actor(row.asked_by, which["city"]))
    with put_down(row.name, bytes(row.content)) as path:
        outcome = run(
            services.database, which["city"], path, mapping_of(row.mapping), actor, submit, progress,
            zone=zone, lang=row.language, rejected=path.with_name(".rejected.csv"), batch=BATCH,
        )  # fmt: skip
        return outcome, outcome.rejected_path.read_bytes() if outcome.rejected_path else None


def _end(
    services: Services, which: dict[str, str], state: str, outcome: Outcome | None = None, kept: bytes | None = None,
    errors: Sequence[dict[str, Any]] = (),
) -> None:  # fmt: skip
    reasons = [
        {"column": one.first.column, "zh": one.first.why_zh or one.first.why, "en": one.first.why, "count": one.count,
         "rows": list(one.rows)}
        for one in (outcome.reasons if outcome else ())
    ]  # fmt: skip
    with services.database.transaction() as tx:
        tx.execute(_sql()["end"], {
            **which, "state": state, "now": tx.now, "reasons": orjson.dumps(reasons).decode(),
            "errors": orjson.dumps(list(errors)).decode(), "skipped": outcome.skipped if outcome else 0,
            "rejected_file": kept,
        })  # fmt: skip


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.imports")
