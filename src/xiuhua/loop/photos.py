"""Photos that reports and actions name: each must have been sent in before, by somebody of the same city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xiuhua.flow import photos as named_photos
from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Work
from xiuhua.loop.faults import problem, worded
from xiuhua.loop.model import Problem, ReportIn
from xiuhua.platform.database import Tx
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named

MESSAGE: Final = "message"
_SHOWN: Final = 64
"""Characters of an unknown id that an error repeats."""


def faults_of(tx: Tx, city: str, reports: Sequence[ReportIn]) -> list[list[Problem]]:
    """For each report what is wrong with the photos it names; one query for the batch, none without photos.

    That they are named is noted by the same query: by source and external id, since none has an id yet.
    """
    named = [{"photos": one.photos, "photos_after": one.photos_after} for one in reports]
    lost = uses.name(
        tx,
        city,
        (
            Named(id_, MESSAGE, message(report.source, report.external_id))
            for report, fields in zip(reports, named, strict=True)
            for ids in fields.values()
            for id_ in ids
        ),
    )
    return [
        [problem(index, field, "photo", id=id_[:_SHOWN]) for field, ids in fields.items() for id_ in ids if id_ in lost]
        for index, fields in enumerate(named)
    ]


def message(source: str, external_id: str) -> str:
    """What stands for a report before it has an id; the first space ends the source."""
    return f"{source} {external_id}".encode("utf-8", "replace").decode().replace("\0", "?")


def demand(work: Work, kind: str, id_: str, attempt: Attempt) -> None:
    """An action's photos must be there. Raises `Invalid` with each that is not; other faults the engine finds."""
    if attempt.fields:
        action = work.engine(work.get(kind, id_).state).procedure.actions.get(attempt.action)
        named_photos.demand(work, kind, id_, action, attempt, _why)


def _why(id_: str) -> str:
    return worded("photo", id=id_[:_SHOWN])
