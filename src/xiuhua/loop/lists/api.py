"""Lists over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from xiuhua.loop.forms import LineOut
from xiuhua.loop.lists import query, service
from xiuhua.loop.lists.forms import Filtered, Saved
from xiuhua.loop.lists.model import Kind, ListFilter
from xiuhua.loop.service import Loop
from xiuhua.loop.titles import titles_of
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Page, Paging, Reading, Router, provided, require
from xiuhua.platform.web.paging import Paged

router = Router(tags=["lists"])
TheLoop = Annotated[Loop, provided(Loop)]
CaseReader = Annotated[Actor, require("case.read")]
ReportReader = Annotated[Actor, require("report.read")]


@router.get("/cases")
def list_cases(
    actor: CaseReader, tx: Reading, loop: TheLoop, paging: Paging, given: Filtered, saved: Saved = None
) -> Page[LineOut]:
    """Cases, newest first; any filters together, one name several times is any of its values."""
    return _page(tx, loop, actor, "case", paging, given, saved)


@router.get("/reports")
def list_reports(
    actor: ReportReader, tx: Reading, loop: TheLoop, paging: Paging, given: Filtered, saved: Saved = None
) -> Page[LineOut]:
    """Reports, newest first; any filters together."""
    return _page(tx, loop, actor, "report", paging, given, saved)


def _page(
    tx: Tx, loop: Loop, actor: Actor, kind: Kind, paging: Paged, given: ListFilter, saved: str | None
) -> Page[LineOut]:
    wanted = service.wanted(tx, loop, actor, kind, given, saved)
    rows = query.page(tx, wanted, paging.after(datetime, str), paging.limit + 1)
    page = paging.page(rows, lambda row: (row.opened_at, row.id))
    view = loop.view(tx, actor.city)
    lines = [LineOut.model_validate(row) for row in page.items]
    for line in lines:
        line.titles = titles_of(view, kind, line.state, line.category, line.unit)
    return Page(lines, page.next)
