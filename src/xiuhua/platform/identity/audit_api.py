"""Who looked at what is personal, and who signed in from where: for the auditor."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from xiuhua.platform import personal
from xiuhua.platform.identity.forms import AccessOut
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Moment, Page, Paging, Reading, Router, require

router = Router(prefix="/access-log", tags=["identity"])
Auditor = Annotated[Actor, require("access.read")]


@router.get("")
def list_accesses(
    actor: Auditor, tx: Reading, paging: Paging,
    subject: Annotated[str | None, Query(max_length=128, examples=["report/0195a1b2"])] = None,
    person: Annotated[str | None, Query(max_length=64, examples=["P0012"])] = None,
    what: Annotated[str | None, Query(max_length=32, examples=["unmask"])] = None,
    since: Moment | None = None, until: Moment | None = None,
) -> Page[AccessOut]:  # fmt: skip
    """Looks at personal data, erasures, sign-ins and failed tries, newest first. Nobody can change or remove a row."""
    (before,) = paging.after(int) or (None,)
    wanted = personal.Accesses(subject, person, what, since, until)
    page = paging.page(personal.accesses(tx, actor.city, wanted, before, paging.limit + 1), lambda one: (one.id,))
    found = [AccessOut(at=one.at, actor=one.actor, subject=one.subject, what=one.what, why=one.why)
             for one in page.items]  # fmt: skip
    return Page(found, page.next)
