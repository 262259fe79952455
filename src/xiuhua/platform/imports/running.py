"""The job that takes a file in, or looks at all its rows first.

Safe to repeat: what an attempt made and changed is counted in the transaction that did so. A job that is no longer the
one that was asked for (somebody stopped it, and began anew) does nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.imports.model import Kinds, Outcome, Put, Standing, Target
from xiuhua.platform.imports.preview import Sampling, reasons
from xiuhua.platform.imports.service import KIND, put_down
from xiuhua.platform.imports.taking import Ourselves, Wanted, run, taking
from xiuhua.platform.jobs import model as jobs
from xiuhua.platform.jobs.model import Job
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.texts import FileRefused, place
from xiuhua.platform.wording import say

BATCH: Final = 500
"""Rows in a transaction: also how soon a cancelled import stops."""
MOST_ATTEMPTS: Final = 5


class _Cancelled(Exception):
    """Whoever asked for it wants it to stop, or has it done by another job."""


def kinds_of() -> dict[str, jobs.Kind]:
    """The kind of job, for the bootstrap."""
    return {KIND: jobs.Kind(take_in, most=MOST_ATTEMPTS)}


def take_in(services: Services, job: Job) -> None:
    """One attempt; nothing when the import is over already, or another job is at it."""
    which = {"city": job.city, "id": job.payload["import"], "job": job.key}
    with services.database.transaction() as tx:
        row = tx.execute(_sql()["pick"], {**which, "now": tx.now}).fetchone()
    if row is None:
        return
    try:
        if row.cancel_at is not None:
            raise _Cancelled
        _tried(services, which, row)
    except _Cancelled:
        _end(services, which, "cancelled")
    except FileRefused as refused:
        _end(services, which, "refused", errors=refused.params["errors"])
    except (NotAllowed, NotFound) as gone:
        told = {"file": row.name, "row": 0, "field": "", "why": gone.detail, "why_zh": say("errors", gone.code(), "zh")}
        _end(services, which, "refused", errors=[told])
    except Exception:
        if job.attempt >= MOST_ATTEMPTS:
            _end(services, which, "refused", errors=[place(row.name, 0, "", "cut_off")])
        raise


class _Counted:
    """A target whose rows are counted in the transaction that takes them in."""

    def __init__(self, target: Target[Any], which: Mapping[str, str]) -> None:
        self._target, self._which = target, which

    def put(self, tx: Tx, items: Sequence[Any], trial: bool) -> Sequence[Put]:
        """As the target does. Raises `_Cancelled`, which undoes the batch with its count."""
        answers = self._target.put(tx, items, trial)
        counts = {name: sum(one.status == name for one in answers) for name in ("new", "changed")}
        standing = tx.execute(_sql()["taken"], {**self._which, **counts}).fetchone()
        if standing is None or standing.cancel_at is not None:
            raise _Cancelled
        return answers


def _tried(services: Services, which: Mapping[str, str], row: Any) -> None:
    database, trial = services.database, row.state == "checking"
    posts = tuple(Post(role, which["city"], unit, area) for role, unit, area in row.posts)
    actor = Actor(row.asked_by, which["city"], "", posts, frozenset(row.permissions), "import")
    with database.reading() as tx:
        target = services.port(Kinds).target(tx, actor, row.target)
    layout = target.layout(row.mapping)
    sampling = Sampling(target, layout) if trial else None

    def progress(now: Standing) -> None:
        values = {
            "fraction": now.fraction, "new": now.new, "changed": now.changed, "unchanged": now.unchanged,
            "rejected": now.rejected, "in": now.rows - now.rejected,
        }  # fmt: skip
        with database.transaction() as tx:
            if tx.execute(_sql()["looked" if trial else "progress"], {**which, **values}).fetchone() is None:
                raise _Cancelled

    with put_down(row.name, bytes(row.content)) as path:
        kept_in = path.with_name(".rejected.csv")
        wanted = Wanted(layout, row.language, kept_in, trial, BATCH)
        helpers = Ourselves(taking(database, target if trial else _Counted(target, which), trial))
        found = run(path, target, wanted, helpers, database.clock.now(), progress, sampling)
        kept = kept_in.read_bytes() if found.rejected_path else None
    if sampling is None:
        _end(services, which, "done", outcome=found, kept=kept)
        return
    preview = _json({"columns": sampling.columns, "rows": sampling.rows})
    with database.transaction() as tx:
        tx.execute(_sql()["checked"], {**which, **_told(found, kept), "preview": preview})


def _end(
    services: Services, which: Mapping[str, str], state: str, *, outcome: Outcome | None = None,
    kept: bytes | None = None, errors: Sequence[Mapping[str, Any]] = (),
) -> None:  # fmt: skip
    with services.database.transaction() as tx:
        values = {**which, **_told(outcome, kept), "state": state, "now": tx.now, "errors": _json(list(errors))}
        tx.execute(_sql()["end"], values)


def _told(outcome: Outcome | None, kept: bytes | None) -> dict[str, Any]:
    """What is kept of an outcome beside its counts."""
    if outcome is None:
        return {"skipped": 0, "about": 0, "unused": "[]", "reasons": "[]", "rejected_file": kept}
    return {
        "skipped": outcome.skipped, "about": outcome.about, "unused": _json(outcome.unused),
        "reasons": _json(reasons(outcome.reasons)), "rejected_file": kept,
    }  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.imports")
