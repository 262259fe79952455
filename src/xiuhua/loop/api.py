"""The loop over HTTP: reports, cases, actions, inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import AwareDatetime

from xiuhua.flow.model import Attempt, State
from xiuhua.loop import scope
from xiuhua.loop.forms import (
    ActionForm,
    ActionOut,
    Done,
    EventOut,
    LineOut,
    ReceiptOut,
    ReportForm,
    SubjectOut,
    TaskOut,
    WhyForm,
)
from xiuhua.loop.service import Loop
from xiuhua.platform import eventlog, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
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

router = Router(tags=["loop"])
TheLoop = Annotated[Loop, provided(Loop)]
Submitter = Annotated[Actor, require("report.submit")]
CaseReader = Annotated[Actor, require("case.read")]
ReportReader = Annotated[Actor, require("report.read")]
CaseActor = Annotated[Actor, require("case.act")]
Unmasker = Annotated[Actor, require("personal.unmask")]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
ActionName = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["dispatch"])]
AsOf = Annotated[AwareDatetime | None, Query(description="recorded up to this moment; default: now")]
MOST_REPORTS = 1000


@router.post("/reports", status_code=201)
def submit_report(body: ReportForm, actor: Submitter, tx: Transaction, loop: TheLoop, reply: Replying) -> ReceiptOut:
    """Send in one report. A repeat of (source, external_id) changes nothing and answers 200.

    So does what a machine tells again of something that has an open report: it is counted onto that.
    """
    receipt = loop.submit(tx, actor.city, [body.report()], actor)[0]
    if receipt.status == "rejected":
        raise Invalid(errors=[{"field": one.field, "why": one.why} for one in receipt.problems])
    reply.status = 201 if receipt.status == "new" else 200
    reply.location(f"/api/reports/{receipt.id}")
    return ReceiptOut.of(receipt)


@router.post("/reports/batch")
def submit_reports(body: list[ReportForm], actor: Submitter, tx: Transaction, loop: TheLoop) -> list[ReceiptOut]:
    """Send in up to 1,000 reports; each gets its receipt, the good ones are kept."""
    if len(body) > MOST_REPORTS:
        raise Invalid(errors=[{"field": "body", "why": f"holds more than {MOST_REPORTS} reports"}])
    return [ReceiptOut.of(one) for one in loop.submit(tx, actor.city, [form.report() for form in body], actor)]


@router.get("/reports")
def list_reports(
    actor: ReportReader, tx: Reading, loop: TheLoop, paging: Paging,
    state: Annotated[list[str] | None, Query()] = None, source: str | None = None, area: str | None = None,
    opened_from: AwareDatetime | None = None, opened_to: AwareDatetime | None = None,
) -> Page[LineOut]:  # fmt: skip
    """Reports, newest first."""
    given = {"state": state, "source": source, "area": area, "opened_from": opened_from, "opened_to": opened_to}
    return _page(tx, loop, actor, paging, "list_reports", "report.read", given)


@router.get("/cases")
def list_cases(
    actor: CaseReader, tx: Reading, loop: TheLoop, paging: Paging,
    state: Annotated[list[str] | None, Query()] = None, category: str | None = None, unit: str | None = None,
    area: str | None = None, source: str | None = None,
    opened_from: AwareDatetime | None = None, opened_to: AwareDatetime | None = None,
) -> Page[LineOut]:  # fmt: skip
    """Cases, newest first."""
    given = {
        "state": state, "category": category, "unit": unit, "area": area, "source": source,
        "opened_from": opened_from, "opened_to": opened_to,
    }  # fmt: skip
    return _page(tx, loop, actor, paging, "list_cases", "case.read", given)


def _page(
    tx: Tx, loop: Loop, actor: Actor, paging: Any, query: str, permission: str, given: dict[str, Any]
) -> Page[LineOut]:
    seen = scope.sight(loop.view(tx, actor.city), actor, permission)
    after = paging.after(datetime, str) or (None, None)
    rows = tx.execute(
        queries("xiuhua.loop")[query],
        {
            **given, "city": actor.city, "limit": paging.limit + 1, "after_at": after[0], "after_id": after[1],
            "areas": None if seen.everything else list(seen.areas), "units": list(seen.units),
        },
    ).fetchall()  # fmt: skip
    page = paging.page(rows, lambda row: (row.opened_at, row.id))
    return Page([LineOut.model_validate(row) for row in page.items], page.next)


@router.get("/reports/{id}")
def get_report(id: Id, actor: ReportReader, tx: Reading, loop: TheLoop, reply: Replying) -> SubjectOut:
    """One report with its masked text, and what this person may do with it."""
    return _subject(tx, loop, actor, "report", id, reply, "report.read")


@router.get("/cases/{id}")
def get_case(id: Id, actor: CaseReader, tx: Reading, loop: TheLoop, reply: Replying) -> SubjectOut:
    """One case by id or number: data, legs, clocks, masked texts of its reports, who answers, open actions."""
    return _subject(tx, loop, actor, "case", _case_id(tx, actor, id), reply, "case.read")


def _case_id(tx: Tx, actor: Actor, given: str) -> str:
    if "-" in given and len(given) < 36:
        row = tx.execute(queries("xiuhua.loop")["case_id_of_number"], {"city": actor.city, "number": given}).fetchone()
        if row is None:
            raise NotFound(f"there is no case {given}")
        return str(row.id)
    return given


def _subject(tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, reply: Any, permission: str) -> SubjectOut:
    version, state, allowed = loop.allowed(tx, kind, id_, actor)
    view = loop.view(tx, actor.city)
    scope.demand(view, actor, permission, state)
    reply.version(version)
    title = loop.title_of(tx, actor.city, state)
    ids = [f"report/{one}" for one in state["data"].get("reports") or ()] if kind == "case" else [f"report/{id_}"]
    if kind == "case":
        ids.append(f"case/{id_}")
    texts = personal.get(tx, actor.city, ids) if actor.may("case.read_personal") or kind == "report" else {}
    duties = loop.duties_of(tx, actor.city, state) if kind == "case" else {}
    return SubjectOut.of(view, version, state, title, allowed, tx.now, texts=texts, duties=duties)


@router.get("/reports/{id}/events")
def list_report_events(
    id: Id, actor: ReportReader, tx: Reading, loop: TheLoop, as_of: AsOf = None
) -> list[EventOut]:  # fmt: skip
    """The timeline of a report; `as_of` gives it as it was known then."""
    return _timeline(tx, loop, actor, "report", id, "report.read", as_of)


@router.get("/cases/{id}/events")
def list_case_events(
    id: Id, actor: CaseReader, tx: Reading, loop: TheLoop, as_of: AsOf = None
) -> list[EventOut]:  # fmt: skip
    """The timeline of a case; `as_of` gives it as it was known then."""
    return _timeline(tx, loop, actor, "case", _case_id(tx, actor, id), "case.read", as_of)


def _timeline(
    tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, permission: str, as_of: datetime | None
) -> list[EventOut]:
    _demanded(tx, loop, actor, kind, id_, permission)
    return [EventOut.of(event) for event in eventlog.read(tx, actor.city, f"{kind}/{id_}", as_of)]


def _demanded(tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, permission: str) -> tuple[int, State]:
    found = loop.docs(tx, actor.city, kind, [id_])
    if id_ not in found:
        raise NotFound
    scope.demand(loop.view(tx, actor.city), actor, permission, found[id_][1])
    return found[id_]


@router.post("/reports/{id}/actions/{action}")
def act_on_report(
    id: Id, action: ActionName, body: ActionForm, actor: CaseActor, tx: Transaction, loop: TheLoop,
    expect: IfMatch, reply: Replying,
) -> Done:  # fmt: skip
    """Do something with a report: accept, refuse, join, answer, forward, place, verify, call back."""
    return _act(tx, loop, actor, "report", id, action, body, expect, reply)


@router.post("/cases/{id}/actions/{action}")
def act_on_case(
    id: Id, action: ActionName, body: ActionForm, actor: CaseActor, tx: Transaction, loop: TheLoop,
    expect: IfMatch, reply: Replying,
) -> Done:  # fmt: skip
    """Do something with a case; which actions are open, and what they need, `GET /api/cases/{id}` tells."""
    return _act(tx, loop, actor, "case", _case_id(tx, actor, id), action, body, expect, reply)


def _act(
    tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, action: str, body: ActionForm, expect: int | None,
    reply: Any,
) -> Done:  # fmt: skip
    attempt = Attempt(action, body.fields, body.reason, body.n, body.at)
    one, decided = loop.act(tx, kind, id_, attempt, actor, expect)
    reply.version(one.head.version)
    return Done(
        id=one.state["id"], kind=kind, number=one.state["number"], version=one.head.version,
        state=one.state["state"], events=[event.type for event in decided],
    )  # fmt: skip


@router.get("/inbox")
def inbox(
    actor: CurrentActor, tx: Reading, loop: TheLoop, kind: Literal["case", "report"] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[TaskOut]:  # fmt: skip
    """What waits for this person, most urgent first, with the actions open now and what each needs."""
    found = loop.inbox(tx, actor, kind, limit, offset)
    return [
        TaskOut(
            kind=one.task.kind, id=one.task.subject, number=one.state["number"], version=one.version,
            state=one.task.state, track=one.task.track, n=one.task.n, role=one.task.role, since=one.task.since,
            due=one.task.due, late=one.task.due is not None and one.task.due < tx.now,
            category=one.state["data"]["category"], unit_grid=one.state["data"]["unit_grid"],
            actions=[ActionOut.of(action) for action in one.actions],
        )
        for one in found
    ]  # fmt: skip


@router.post("/reports/{id}/unmask")
def unmask_report(id: Id, body: WhyForm, actor: Unmasker, tx: Transaction, loop: TheLoop) -> dict[str, Any]:
    """The reporter's text and contact as they are; the look and its reason are written down."""
    _demanded(tx, loop, actor, "report", id, "report.read")
    return personal.unmask(tx, actor, [f"report/{id}"], body.why)[f"report/{id}"] or {}
