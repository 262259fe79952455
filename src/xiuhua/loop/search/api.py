"""Search over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from xiuhua.loop.forms import Form
from xiuhua.loop.lists import service as lists
from xiuhua.loop.lists.forms import Filtered, Saved
from xiuhua.loop.search import repeats, service
from xiuhua.loop.search.index import Contacts
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.web import Moment, Page, Paging, Reading, Router, Transaction, provided, require

router = Router(tags=["search"])
TheLoop = Annotated[Loop, provided(Loop)]
Searcher = Annotated[Actor, require("case.search")]
Unmasker = Annotated[Actor, require("personal.unmask")]
Reader = Annotated[Actor, require("report.read")]


class HitOut(BaseModel):
    """A text that was found, masked."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    id: str
    case_id: str | None
    opened_at: datetime
    snippet: str
    number: str
    state: str
    category: str | None
    case: dict[str, Any] | None
    """Id, number, state and unit of the case that the text belongs to."""


class ContactForm(Form):
    """Whose reports are looked for, and why."""

    contact: Annotated[str, Field(min_length=3, max_length=80, examples=["13800001234"])]
    why: Annotated[str, Field(min_length=2, max_length=500)]


class RepeatOut(BaseModel):
    """What was reported again and again."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    """The thing or square of a place, category@unit grid of a matter, the beginning of a digest of a reporter."""
    reports: int
    cases: int
    first: datetime
    last: datetime
    ids: list[str]
    """The newest reports, twenty at most."""


@router.get("/search")
def search(
    actor: Searcher, tx: Transaction, loop: TheLoop, paging: Paging, given: Filtered,
    q: Annotated[str, Query(max_length=100, examples=["井盖"], description="words of two characters and more")],
    saved: Saved = None,
) -> Page[HitOut]:  # fmt: skip
    """Texts of reports and cases that hold all the words, newest first; what is found is shown masked."""
    chosen = lists.wanted(tx, loop, actor, "case", given, saved).filter
    rows = service.texts(tx, loop, actor, q, chosen, paging.after(datetime, str), paging.limit + 1)
    page = paging.page(rows, lambda row: (row.opened_at, row.id))
    found = service.hits(tx, actor.city, page.items, q)
    return Page([HitOut.model_validate(one) for one in found], page.next)


@router.post("/search/contact")
def search_contact(
    body: ContactForm, actor: Unmasker, tx: Transaction, loop: TheLoop, paging: Paging,
    contacts: Annotated[Contacts, provided(Contacts)],
) -> Page[HitOut]:  # fmt: skip
    """All reports of one contact, exactly; the look and its reason are written down."""
    rows = service.contact(
        tx, loop, actor, contacts, body.contact, body.why, paging.after(datetime, str), paging.limit + 1
    )
    page = paging.page(rows, lambda row: (row.opened_at, row.id))
    return Page([HitOut.model_validate(one) for one in service.hits(tx, actor.city, page.items)], page.next)


@router.get("/repeats")
def list_repeats(
    actor: Reader, tx: Reading, loop: TheLoop, settings: Annotated[Settings, provided(Settings)],
    by: repeats.By = "place",
    since: Annotated[Moment | None, Query(description="default: the days of `XIUHUA_REPEATS_DAYS`")] = None,
    until: Moment | None = None,
    at_least: Annotated[int | None, Query(ge=2, le=1000, description="default: `XIUHUA_REPEATS_AT_LEAST`")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[RepeatOut]:  # fmt: skip
    """What was reported again and again in a period, most first."""
    end = until or tx.now + timedelta(seconds=1)
    begin = since or end - timedelta(days=settings.repeats_days)
    found = repeats.groups(tx, loop, actor, by, begin, end, at_least or settings.repeats_at_least, limit)
    return [RepeatOut.model_validate(row) for row in found]
