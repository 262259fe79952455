"""Lists as files over HTTP. The file is whole before the first byte goes out, so that no answer breaks off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response, StreamingResponse

from xiuhua.flow import tasks
from xiuhua.flow.sight import stands_in_for
from xiuhua.loop.lists import export, service
from xiuhua.loop.lists.export import Table
from xiuhua.loop.lists.forms import Filtered, Saved
from xiuhua.loop.search import service as search
from xiuhua.loop.service import Loop
from xiuhua.platform import personal, sheets
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import TooLarge
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.sheets import AS_FILE, Format
from xiuhua.platform.web import Language, Router, Transaction, provided, require

router = Router(tags=["lists"])
TheLoop = Annotated[Loop, provided(Loop)]
Choices = Annotated[Settings, provided(Settings)]
Exporter = Annotated[Actor, require(export.EXPORT)]
_INBOX = ["kind", "number", "state", "state_title", "category", "category_name", "unit_grid", "role", "since", "due"]
_HITS = ["kind", "number", "state", "state_title", "category", "category_name", "opened_at", "snippet", "case_id", "id"]


@router.get("/cases/export", **AS_FILE)
def export_cases(
    actor: Exporter, tx: Transaction, loop: TheLoop, settings: Choices, language: Language, given: Filtered,
    form: Annotated[Format, Query(alias="format")] = "csv", saved: Saved = None,
) -> Response:  # fmt: skip
    """Cases as a file, with codes, titles and every time stamp."""
    wanted = service.wanted(tx, loop, actor, "case", given, saved)
    return sent(form, "cases", export.table(tx, loop, actor, wanted, language, settings.export_max_rows))


@router.get("/reports/export", **AS_FILE)
def export_reports(
    actor: Exporter, tx: Transaction, loop: TheLoop, settings: Choices, language: Language, given: Filtered,
    form: Annotated[Format, Query(alias="format")] = "csv", saved: Saved = None,
    texts: Annotated[bool, Query(description="with what reporters wrote, masked")] = False,
    why: Annotated[str, Query(max_length=500, description="unmasked, for this reason")] = "",
) -> Response:  # fmt: skip
    """Reports as a file; texts and contacts only where asked for, unmasked only with permission and reason."""
    wanted = service.wanted(tx, loop, actor, "report", given, saved)
    made = export.table(tx, loop, actor, wanted, language, settings.export_max_rows, texts, why)
    return sent(form, "reports", made)


@router.get("/inbox/export", **AS_FILE)
def export_inbox(
    actor: Exporter, tx: Transaction, loop: TheLoop, settings: Choices, language: Language,
    form: Annotated[Format, Query(alias="format")] = "csv",
) -> Response:  # fmt: skip
    """What waits for this person, most urgent first."""
    view = loop.view(tx, actor.city)
    rows = tasks.inbox(tx, actor, stands_in_for(view, actor), None, settings.export_max_rows + 1)
    _demand_fewer(len(rows), settings.export_max_rows)
    personal.note_export(tx, actor, "export_inbox", str(len(rows)))
    states = {
        (kind, id_): state
        for kind in sorted({row.kind for row in rows})
        for id_, (_, state) in loop.docs(
            tx, actor.city, kind, [row.subject for row in rows if row.kind == kind]
        ).items()
    }
    found = (
        _waiting(row._asdict(), states[row.kind, row.subject]) for row in rows if (row.kind, row.subject) in states
    )
    return sent(form, "inbox", export.made(view, language, found, _INBOX))


def _waiting(task: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    data = state["data"]
    return {**task, "number": state["number"], "category": data.get("category"), "unit_grid": data.get("unit_grid")}


@router.get("/search/export", **AS_FILE)
def export_hits(
    actor: Exporter, tx: Transaction, loop: TheLoop, settings: Choices, language: Language, given: Filtered,
    q: Annotated[str, Query(max_length=100, examples=["井盖"])], form: Annotated[Format, Query(alias="format")] = "csv",
    saved: Saved = None,
) -> Response:  # fmt: skip
    """Texts that hold all the words, masked."""
    chosen = service.wanted(tx, loop, actor, "case", given, saved).filter
    rows = search.texts(tx, loop, actor, q, chosen, None, settings.export_max_rows + 1)
    _demand_fewer(len(rows), settings.export_max_rows)
    personal.note_export(tx, actor, "export_search", str(len(rows)))
    found = map(asdict, _hits(tx, actor.city, rows, q))
    return sent(form, "search", export.made(loop.view(tx, actor.city), language, found, _HITS))


def _hits(tx: Tx, city: str, rows: list[Any], typed: str) -> Iterator[search.Hit]:
    for begin in range(0, len(rows), 1000):
        yield from search.hits(tx, city, rows[begin : begin + 1000], typed)


def _demand_fewer(rows: int, most: int) -> None:
    if rows > most:
        raise TooLarge(f"The list has more than {most} rows; narrow it down.", most=most)


def sent(form: Format, name: str, made: Table) -> StreamingResponse:
    """A table as a file to be kept."""
    return sheets.sent(form, name, made.heads, made.rows)
