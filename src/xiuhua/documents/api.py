"""Documents over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Path, Query
from fastapi.responses import Response

from xiuhua.documents import forms, model, printing, query
from xiuhua.documents.forms import (
    ContentForm,
    DifferenceOut,
    DocumentEventOut,
    DocumentLineOut,
    DocumentOut,
    DocumentWhyForm,
    DraftForm,
    KindOut,
    PublishForm,
    VersionOut,
)
from xiuhua.documents.model import APPROVE, DRAFT, PUBLISH, READ
from xiuhua.documents.query import DocumentFilter
from xiuhua.documents.service import KIND, Documents, Version, Written
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound, NotNow
from xiuhua.platform.eventlog import MOST_TOLD
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    Day,
    IfMatch,
    Page,
    Paging,
    Reading,
    Reply,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)

router = Router(prefix="/documents", tags=["documents"])
TheDocuments = Annotated[Documents, provided(Documents)]
Reader = Annotated[Actor, require(READ)]
Drafter = Annotated[Actor, require(DRAFT)]
Approver = Annotated[Actor, require(APPROVE)]
Publisher = Annotated[Actor, require(PUBLISH)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
_MOST_VERSIONS: Final = 100
TextVersion = Annotated[int, Query(ge=1, le=100_000)]


async def _filter(
    kind: Annotated[str | None, Query(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["notice"])] = None,
    state: Annotated[
        tuple[Literal["draft", "submitted", "approved", "published", "expired", "replaced", "revoked"], ...],
        Query(max_length=7),
    ] = (),
    year: Annotated[int | None, Query(ge=1900, le=9999)] = None,
    q: Annotated[str | None, Query(min_length=2, max_length=50, pattern=r"^[^\x00]+$")] = None,
    in_force_on: Annotated[Day | None, Query()] = None,
    waits: Annotated[bool, Query(description="for your approval")] = False,
) -> DocumentFilter:
    return DocumentFilter(kind, state, year, q, in_force_on, waits)


Filtered = Annotated[DocumentFilter, Depends(_filter)]


@router.get("/kinds")
def list_document_kinds(actor: Reader, tx: Reading, documents: TheDocuments) -> list[KindOut]:
    """The kinds of document in force, each with its fields and how many there are by state."""
    counts = query.counts(tx, actor)
    return [KindOut.of(one, counts.get(one.name, {})) for one in documents.kinds(tx, actor.city).values()]


@router.get("")
def list_documents(
    actor: Reader, tx: Reading, documents: TheDocuments, given: Filtered, paging: Paging
) -> Page[DocumentLineOut]:
    """Documents, the last changed first; what is not published only to those who work on documents."""
    rows = query.page(tx, actor, given, paging.after(datetime, str), paging.limit + 1)
    known, today = documents.kinds(tx, actor.city), documents.city_of(tx, actor.city).today
    lines = [forms.line(known.get(row.kind) or documents.get(tx, actor, row.id).declared, row, today) for row in rows]
    return paging.page(lines, lambda one: (one.changed_at, one.id))


@router.post("", status_code=201)
def draft_document(
    body: DraftForm, actor: Drafter, tx: Transaction, documents: TheDocuments, reply: Replying
) -> DocumentOut:
    """A new document."""
    found = documents.draft(tx, actor, body.kind, body.given())
    reply.location(f"/api/documents/{found.state['id']}")
    return _told(tx, documents, actor, found, reply)


@router.get("/{id}")
def get_document(id: Id, actor: Reader, tx: Reading, documents: TheDocuments, reply: Replying) -> DocumentOut:
    """One document with all that is known of it."""
    return _told(tx, documents, actor, documents.get(tx, actor, id), reply)


@router.patch("/{id}")
def change_document(
    id: Id, body: ContentForm, actor: Drafter, tx: Transaction, documents: TheDocuments, expect: IfMatch,
    reply: Replying,
) -> DocumentOut:  # fmt: skip
    """What is given otherwise, as a version of its own; only of a draft."""
    return _told(tx, documents, actor, documents.change(tx, actor, id, body.given(), expect), reply)


@router.get("/{id}/versions")
def list_document_versions(id: Id, actor: Reader, tx: Reading, documents: TheDocuments) -> list[VersionOut]:
    """The texts that it had, in order, the last 100; to readers the one that was published."""
    names = _names(tx, documents, actor.city)
    return [forms.version(one, names) for one in documents.versions(tx, actor, id)[-_MOST_VERSIONS:]]


@router.get("/{id}/difference")
def compare_document_versions(
    id: Id, actor: Drafter, tx: Reading, documents: TheDocuments, before: TextVersion, after: TextVersion
) -> DifferenceOut:
    """What became of one of its versions in another, by paragraph; of a revision also against what it replaces."""
    found = {one.version: one for one in _chain(tx, documents, actor, id)}
    if before not in found or after not in found:
        raise NotFound(f"there are versions {', '.join(map(str, found))}")
    return forms.difference(found[before], found[after])


@router.get("/{id}/events")
def list_document_events(id: Id, actor: Reader, tx: Reading, documents: TheDocuments) -> list[DocumentEventOut]:
    """Its history: who did what, and when."""
    documents.get(tx, actor, id)
    names = _names(tx, documents, actor.city)
    return [
        DocumentEventOut(
            version=one.version, type=one.type, actor=one.actor, name=names(one.actor) or one.actor, role=one.role,
            at=one.at, reason=one.payload.get("reason"),
        )
        for one in eventlog.read(tx, actor.city, f"{KIND}/{id}", last=MOST_TOLD)
    ]  # fmt: skip


@router.get("/{id}/print", response_class=Response, responses={200: {"content": {"text/html": {}}}})
def print_document(
    id: Id, actor: Reader, tx: Reading, documents: TheDocuments, lang: Annotated[Literal["zh", "en"], Query()] = "zh"
) -> Response:
    """The page for paper, A4, in the layout of its template."""
    found = documents.get(tx, actor, id)
    names = _names(tx, documents, actor.city)
    issuer = printing.issuer(documents.city_of(tx, actor.city).directory().units, found.state)
    page = printing.page(found.declared, found.state, issuer, names, lang)
    headers = {"Content-Security-Policy": printing.policy()}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


@router.post("/{id}/submit")
def submit_document(
    id: Id, actor: Drafter, tx: Transaction, documents: TheDocuments, expect: IfMatch, reply: Replying
) -> DocumentOut:
    """To those who approve it."""
    return _told(tx, documents, actor, documents.submit(tx, actor, id, expect), reply)


@router.post("/{id}/approve")
def approve_document(
    id: Id, actor: Approver, tx: Transaction, documents: TheDocuments, expect: IfMatch, reply: Replying
) -> DocumentOut:
    """One step of its approval, by the role that it waits for; nobody approves what they wrote."""
    return _told(tx, documents, actor, documents.approve(tx, actor, id, expect), reply)


@router.post("/{id}/send-back")
def send_document_back(
    id: Id,
    body: DocumentWhyForm,
    actor: Approver,
    tx: Transaction,
    documents: TheDocuments,
    expect: IfMatch,
    reply: Replying,
) -> DocumentOut:
    """To who wrote it."""
    return _told(tx, documents, actor, documents.send_back(tx, actor, id, body.why, expect), reply)


@router.post("/{id}/publish")
def publish_document(
    id: Id, body: PublishForm, actor: Publisher, tx: Transaction, documents: TheDocuments, expect: IfMatch,
    reply: Replying,
) -> DocumentOut:  # fmt: skip
    """Number it and put it in force; what it revises is replaced."""
    return _told(tx, documents, actor, documents.publish(tx, actor, id, body.since, body.until, expect), reply)


@router.post("/{id}/revise", status_code=201)
def revise_document(
    id: Id, actor: Drafter, tx: Transaction, documents: TheDocuments, expect: IfMatch, reply: Replying
) -> DocumentOut:
    """A draft that will replace it; the answer is the draft."""
    found = documents.revise(tx, actor, id, expect)
    reply.location(f"/api/documents/{found.state['id']}")
    return _told(tx, documents, actor, found, reply)


@router.post("/{id}/revoke")
def revoke_document(
    id: Id,
    body: DocumentWhyForm,
    actor: Publisher,
    tx: Transaction,
    documents: TheDocuments,
    expect: IfMatch,
    reply: Replying,
) -> DocumentOut:
    """In force no longer from today on; it keeps its number."""
    if not model.is_out(documents.get(tx, actor, id).state):
        raise NotNow("only what was published is revoked; a draft is discarded")
    return _told(tx, documents, actor, documents.revoke(tx, actor, id, body.why, expect), reply)


@router.post("/{id}/discard")
def discard_document(
    id: Id,
    body: DocumentWhyForm,
    actor: Drafter,
    tx: Transaction,
    documents: TheDocuments,
    expect: IfMatch,
    reply: Replying,
) -> DocumentOut:
    """One that is not published is given up by who wrote it."""
    if model.is_out(documents.get(tx, actor, id).state):
        raise NotNow("what was published is revoked, not discarded")
    return _told(tx, documents, actor, documents.revoke(tx, actor, id, body.why, expect), reply)


def _told(tx: Tx, documents: Documents, actor: Actor, found: Written, reply: Reply) -> DocumentOut:
    reply.version(found.version)
    today: date = documents.city_of(tx, actor.city).today
    return forms.document(found, _names(tx, documents, actor.city), today, _actions(actor, found))


def _actions(actor: Actor, found: Written) -> list[str]:
    """What a person may do with it now."""
    state, authors = found.state, found.state["data"]["authors"]
    mine = model.waiting_for(state) in actor.roles() and actor.may(APPROVE)
    may: dict[str, bool] = {
        "change": state["state"] == "draft" and actor.may(DRAFT),
        "submit": state["state"] == "draft" and actor.may(DRAFT),
        "approve": mine and actor.id not in authors,
        "send_back": (mine and actor.id not in authors)
        or (state["state"] == "approved" and actor.may(APPROVE) and actor.may(PUBLISH)),
        "publish": state["state"] == "approved" and actor.may(PUBLISH),
        "revise": state["state"] in ("published", "expired") and actor.may(DRAFT),
        "revoke": state["state"] in ("published", "expired") and actor.may(PUBLISH),
        "discard": not model.is_out(state) and state["state"] != "revoked" and actor.id in authors and actor.may(DRAFT),
    }
    return [name for name, allowed in may.items() if allowed]


def _chain(tx: Tx, documents: Documents, actor: Actor, id_: str) -> list[Version]:
    """The versions of a document, before them the last of what it replaces."""
    found = documents.versions(tx, actor, id_)
    before = documents.get(tx, actor, id_).state["data"].get("replaces")
    return [*(documents.versions(tx, actor, before)[-1:] if before else ()), *found]


def _names(tx: Tx, documents: Documents, city: str) -> forms.Names:
    directory = documents.city_of(tx, city).directory()

    def name(code: str) -> str | None:
        found: Any = directory.units.get(code) or directory.people.get(code)
        return found.name if found is not None else None

    return name
