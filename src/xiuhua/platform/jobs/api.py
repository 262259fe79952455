"""Jobs over HTTP: what waits, what failed, and once more."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import Path, Query
from pydantic import BaseModel, Field

from xiuhua.platform.identity.model import Actor
from xiuhua.platform.jobs import service
from xiuhua.platform.jobs.model import State
from xiuhua.platform.web import Page, Paging, Reading, Router, Transaction, require

router = Router(prefix="/jobs", tags=["jobs"])
Reader = Annotated[Actor, require("job.read")]
Repeater = Annotated[Actor, require("job.repeat")]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]


class JobOut(BaseModel):
    """A job: what was asked for, how often it was tried, and what went wrong last."""

    id: str = Field(examples=["0195a1b2-0000-7000-8000-000000000001"])
    kind: str = Field(examples=["notice.webhook"])
    key: str
    payload: dict[str, Any]
    state: State
    attempts: int
    error: str | None = Field(examples=["the server answered 503"])
    asked_at: datetime
    due_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    repeated_by: str | None

    @classmethod
    def of(cls, row: Any) -> JobOut:
        """A row of the table."""
        return cls(
            id=row.id, kind=row.kind, key=row.key, payload=orjson.loads(row.payload), state=row.state,
            attempts=row.attempts, error=row.error, asked_at=row.asked_at, due_at=row.due_at,
            started_at=row.started_at, ended_at=row.ended_at, repeated_by=row.repeated_by,
        )  # fmt: skip


@router.get("")
def list_jobs(
    actor: Reader, tx: Reading, paging: Paging,
    state: Annotated[State | None, Query(description="`dead`: not tried again by itself")] = None,
    kind: Annotated[str | None, Query(max_length=48, examples=["notice.webhook"])] = None,
) -> Page[JobOut]:  # fmt: skip
    """Jobs, newest first."""
    (before,) = paging.after(str) or (None,)
    rows = service.jobs_of(tx, actor.city, state, kind, before, paging.limit + 1)
    return paging.page([JobOut.of(row) for row in rows], lambda one: (one.id,))


@router.post("/{id}/repeat")
def repeat_job(id: Id, actor: Repeater, tx: Transaction) -> JobOut:
    """A dead job is tried anew, from its first attempt; refused (`not_now`) as long as it is not dead."""
    return JobOut.of(service.repeat(tx, actor, id))
