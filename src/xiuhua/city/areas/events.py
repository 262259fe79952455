"""What the log is told of areas: stream `areas/<city>`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from xiuhua.city.areas.report import ImportReport
from xiuhua.city.areas.versions import Change
from xiuhua.platform.eventlog import NewEvent

AREAS_IMPORTED: Final = "AreasImported"


def stream(city: str) -> str:
    """The stream of a city's areas."""
    return f"areas/{city}"


def areas_imported(
    city: str, report: ImportReport, content: str, files: Iterable[str], day: date, actor: str, role: str, at: datetime
) -> NewEvent:
    """An import that changed something: counts, files, and the digest of what it changed."""
    payload = {
        "valid_from": day.isoformat(),
        "files": sorted(files),
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "closed": report.closed,
        "derived": report.derived,
        "rejected": report.rejected,
        "content": content,
    }
    return NewEvent(stream(city), AREAS_IMPORTED, payload, actor, role, at)


def content_digest(changes: Iterable[Change]) -> str:
    """SHA-256 (hex) over the changed rows, so that the log shows whether the table still holds them."""
    digest = sha256()
    for change in sorted(changes, key=lambda change: change.code):
        opened = change.opened
        row = (
            change.code,
            change.close_from,
            change.close_to,
            opened and opened.valid_from,
            opened and opened.valid_to,
        )
        digest.update("\x1f".join(map(str, row)).encode() + (opened.content() if opened else b"") + b"\x1e")
    return digest.hexdigest()
