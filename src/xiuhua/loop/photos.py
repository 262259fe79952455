"""Photos that reports and actions name: each must have been sent in before, by somebody of the same city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Work
from xiuhua.loop.faults import problem, worded
from xiuhua.loop.model import Problem, ReportIn
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named

_TYPE: Final = "photo"
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
    if not attempt.fields:
        return
    action = work.engine(work.get(kind, id_).state).procedure.actions.get(attempt.action)
    specs = action.fields if action is not None else {}
    named = [
        (name, photo)
        for name, value in attempt.fields.items()
        if name in specs and specs[name].type == _TYPE
        for photo in _texts(value)
    ]
    lost = _named(work, [Named(photo, kind, id_) for _, photo in named])
    if lost:
        errors: list[dict[str, Any]] = [
            {"field": name, "reason": "no_photo", "why": _why(photo), "limits": {"id": photo[:_SHOWN]}}
            for name, photo in named
            if photo in lost
        ]
        raise Invalid(errors[0]["why"], errors=errors)


def _named(work: Work, wanted: list[Named]) -> set[str]:
    """The ids that are no photos. Those found in this unit of work before are noted with all others at its end."""
    asked = [one for one in wanted if (_TYPE, one.media) not in work.seen]
    lost = uses.name(work.tx, work.city, asked)
    work.seen.update((_TYPE, one.media) for one in asked if one.media not in lost)
    if not lost:
        work.put_off(_note, [one for one in wanted if one not in asked])
    return lost


def _note(work: Work, named: list[Named]) -> None:
    uses.name(work.tx, work.city, named)


def _texts(value: Any) -> list[str]:
    """The ids in a field's value; what is neither a text nor a list of texts is the engine's to refuse."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]


def _why(id_: str) -> str:
    return worded("photo", id=id_[:_SHOWN])
