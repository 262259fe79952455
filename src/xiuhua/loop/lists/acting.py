"""What is done with lists over HTTP: saved filters, bulk actions, tags."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.flow.model import Attempt
from xiuhua.loop.api import ActionName, Id
from xiuhua.loop.forms import Done, Form
from xiuhua.loop.lists import bulk, service, tags
from xiuhua.loop.lists.forms import FilterForm
from xiuhua.loop.lists.model import Kind
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    CurrentActor,
    IfMatch,
    Page,
    Paging,
    Reading,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)

router = Router(tags=["lists"])
TheLoop = Annotated[Loop, provided(Loop)]
BulkActor = Annotated[Actor, require("case.bulk")]
Tagger = Annotated[Actor, require("case.tag")]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=32, pattern=r"^[^\x00-\x1f]+$", strip_whitespace=True)]
Chosen = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9a-f-]+$")]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20, examples=[["flooding"]])]


class NewFilterForm(Form):
    """A filter to be kept."""

    title: Annotated[str, Field(min_length=1, max_length=80, examples=["Overdue in my area"])]
    kind: Kind
    filter: FilterForm
    role: Annotated[str | None, Field(description="one of one's own: whoever holds it sees the filter")] = None


class FilterOut(BaseModel):
    """A kept filter."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    kind: str
    role: str | None
    owner: str
    own: bool
    filter: dict[str, Any]
    created_at: datetime


class BulkForm(Form):
    """One action on all rows of a filter, or on chosen ones."""

    filter: FilterForm = FilterForm()
    saved: Annotated[str | None, Field(max_length=64, description="id of a saved filter, under `filter`")] = None
    only: Annotated[tuple[Chosen, ...] | None, Field(min_length=1, max_length=200, description="ids, no filter")] = None
    action: ActionName
    fields: Annotated[dict[str, Any], Field(default_factory=dict)]
    reason: Annotated[str | None, Field(max_length=2000)] = None


class BulkOut(BaseModel):
    """A bulk run and how far it has come."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str
    action: str
    filter: dict[str, Any]
    total: int
    done: int
    refused: int
    asked_at: datetime
    ended_at: datetime | None


class BulkItemOut(BaseModel):
    """What came of one row."""

    model_config = ConfigDict(from_attributes=True)

    ordinal: int
    subject: str
    status: Literal["waiting", "done", "refused"]
    version: int | None
    code: str | None
    why: str | None


class TagsForm(Form):
    """Tags to be put on and taken away."""

    add: Tags = ()
    remove: Tags = ()


@router.get("/filters")
def list_filters(actor: CurrentActor, tx: Reading) -> list[FilterOut]:
    """One's own filters and those shared with one's roles."""
    return [FilterOut.model_validate(row) for row in service.saved(tx, actor)]


@router.post("/filters", status_code=201)
def save_filter(body: NewFilterForm, actor: CurrentActor, tx: Transaction, reply: Replying) -> dict[str, str]:
    """Keep a filter; a list then takes it as `filter=<id>`."""
    id_ = service.save(tx, actor, body.title, body.kind, body.filter.chosen(), body.role)
    reply.location(f"/api/filters/{id_}")
    return {"id": id_}


@router.delete("/filters/{id}", status_code=204)
def drop_filter(id: Id, actor: CurrentActor, tx: Transaction) -> None:
    """Take a filter of one's own away, for all it was shared with."""
    service.drop(tx, actor, id)


@router.post("/cases/bulk", status_code=202)
def act_on_cases(body: BulkForm, actor: BulkActor, tx: Transaction, loop: TheLoop, reply: Replying) -> BulkOut:
    """One action on all cases of a filter: each has a result of its own; large runs go on in the worker."""
    return _asked(tx, loop, actor, "case", body, reply)


@router.post("/reports/bulk", status_code=202)
def act_on_reports(body: BulkForm, actor: BulkActor, tx: Transaction, loop: TheLoop, reply: Replying) -> BulkOut:
    """One action on all reports of a filter."""
    return _asked(tx, loop, actor, "report", body, reply)


def _asked(tx: Tx, loop: Loop, actor: Actor, kind: Kind, body: BulkForm, reply: Any) -> BulkOut:
    wanted = service.wanted(tx, loop, actor, kind, body.filter.chosen(), body.saved)
    id_ = bulk.ask(tx, loop, actor, wanted, Attempt(body.action, body.fields, body.reason), body.only)
    reply.location(f"/api/bulk/{id_}")
    return BulkOut.model_validate(bulk.progress(tx, actor, id_))


@router.get("/bulk/{id}")
def get_bulk(id: Id, actor: BulkActor, tx: Reading) -> BulkOut:
    """How far a run of one's own has come."""
    return BulkOut.model_validate(bulk.progress(tx, actor, id))


@router.get("/bulk/{id}/items")
def list_bulk_items(
    id: Id, actor: BulkActor, tx: Reading, paging: Paging,
    status: Annotated[Literal["waiting", "done", "refused"] | None, Query()] = None,
) -> Page[BulkItemOut]:  # fmt: skip
    """What came of each row, in order, with the reason where it was refused."""
    (after,) = paging.after(int) or (0,)
    rows = bulk.items(tx, actor, id, status, after, paging.limit + 1)
    page = paging.page(rows, lambda row: (row.ordinal,))
    return Page([BulkItemOut.model_validate(row) for row in page.items], page.next)


@router.post("/cases/{id}/tags")
def tag_case(
    id: Id, body: TagsForm, actor: Tagger, tx: Transaction, loop: TheLoop, expect: IfMatch, reply: Replying
) -> Done:
    """Put tags on a case, also a closed one, and take others away; what is there already changes nothing."""
    return _tagged(tx, loop, actor, "case", id, body, expect, reply)


@router.post("/reports/{id}/tags")
def tag_report(
    id: Id, body: TagsForm, actor: Tagger, tx: Transaction, loop: TheLoop, expect: IfMatch, reply: Replying
) -> Done:
    """Put tags on a report and take others away."""
    return _tagged(tx, loop, actor, "report", id, body, expect, reply)


def _tagged(
    tx: Tx, loop: Loop, actor: Actor, kind: Kind, id_: str, body: TagsForm, expect: int | None, reply: Any
) -> Done:
    one, told = tags.change(tx, loop, actor, kind, id_, body.add, body.remove, expect)
    reply.version(one.head.version)
    return Done(
        id=one.state["id"], kind=kind, number=one.state["number"], version=one.head.version,
        state=one.state["state"], events=told,
    )  # fmt: skip
