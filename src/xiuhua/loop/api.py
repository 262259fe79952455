"""The loop over HTTP: reports, cases, actions, inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, cast

from fastapi import Path, Query

from xiuhua.flow.model import State
from xiuhua.flow.timeline import EventOut, Teller
from xiuhua.loop import scope
from xiuhua.loop.forms import (
    ActionForm,
    Done,
    ReportForm,
    SubjectOut,
    TaskOut,
    WhyForm,
)
from xiuhua.loop.receipts import ReceiptOut
from xiuhua.loop.search.repeats import at_place_of, by_reporter_of
from xiuhua.loop.sending import alone, carry_out, case_id
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.service import Suggester
from xiuhua.loop.titles import procedure_of
from xiuhua.platform import eventlog, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.web import (
    CurrentActor,
    IfMatch,
    Moment,
    Reading,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)
from xiuhua.platform.web.together import together

router = Router(tags=["loop"])
TheLoop = Annotated[Loop, provided(Loop)]
TheSuggester = Annotated[Suggester, provided(Suggester)]
Submitter = Annotated[Actor, require("report.submit")]
CaseReader = Annotated[Actor, require("case.read")]
ReportReader = Annotated[Actor, require("report.read")]
CaseActor = Annotated[Actor, require("case.act")]
Unmasker = Annotated[Actor, require("personal.unmask")]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
ActionName = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["dispatch"])]
Kind = Annotated[
    str, Query(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", description="case, report, or the subject of a procedure")
]
AsOf = Annotated[Moment | None, Query(description="recorded up to this moment; default: now")]
MOST_REPORTS = 1000


@router.post("/reports", status_code=201, responses={200: {"model": ReceiptOut, "description": "a repeat"}})
@together(carry_out)
def submit_report(
    body: ReportForm, actor: Submitter, tx: Transaction, loop: TheLoop, reply: Replying, suggester: TheSuggester
) -> ReceiptOut:
    """Send in one report. A repeat of (source, external_id) changes nothing and answers 200.

    With `then` the sender acts on it at once, as an operator does who accepts what is told on the telephone.
    What a machine tells again of something that has an open report is counted onto that, and answers 200. With
    `advice` the receipt of a new report says what is suggested for it, and what it may be a duplicate of.
    """
    values = {"body": body, "actor": actor, "loop": loop, "reply": reply, "suggester": suggester}
    return cast(ReceiptOut, alone("submit_report", tx, values))


@router.post("/reports/batch")
def submit_reports(body: list[ReportForm], actor: Submitter, tx: Transaction, loop: TheLoop) -> list[ReceiptOut]:
    """Send in up to 1,000 reports; each gets its receipt, the good ones are kept."""
    if len(body) > MOST_REPORTS:
        raise Invalid(errors=[{"field": "body", "why": f"holds more than {MOST_REPORTS} reports"}])
    return [ReceiptOut.of(one) for one in loop.submit(tx, actor.city, [form.report() for form in body], actor)]


@router.get("/reports/{id}")
def get_report(
    id: Id, actor: ReportReader, tx: Reading, loop: TheLoop, reply: Replying,
    settings: Annotated[Settings, provided(Settings)],
) -> SubjectOut:  # fmt: skip
    """One report with its masked text, how often the like came in, and what this person may do with it."""
    return _subject(tx, loop, actor, "report", id, reply, "report.read", settings.repeats_days)


@router.get("/cases/{id}")
def get_case(
    id: Id, actor: CaseReader, tx: Reading, loop: TheLoop, reply: Replying,
    settings: Annotated[Settings, provided(Settings)],
) -> SubjectOut:  # fmt: skip
    """One case by id or number: data, legs, clocks, masked texts of its reports, who answers, open actions."""
    return _subject(tx, loop, actor, "case", case_id(tx, actor, id), reply, "case.read", settings.repeats_days)


def _subject(
    tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, reply: Any, permission: str, repeats_days: int
) -> SubjectOut:
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
    return SubjectOut.of(
        view, version, state, title, allowed, tx.now, texts=texts, duties=duties,
        repeated=at_place_of(tx, actor.city, state, repeats_days),
        repeated_by_reporter=by_reporter_of(tx, actor.city, id_, repeats_days) if kind == "report" else 0,
    )  # fmt: skip


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
    return _timeline(tx, loop, actor, "case", case_id(tx, actor, id), "case.read", as_of)


def _timeline(
    tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, permission: str, as_of: datetime | None
) -> list[EventOut]:
    demanded(tx, loop, actor, kind, id_, permission)
    view = loop.view(tx, actor.city)
    teller = Teller(view, procedure_of(view, kind))
    return [teller.tell(event) for event in eventlog.read(tx, actor.city, f"{kind}/{id_}", as_of)]


def demanded(tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str, permission: str) -> tuple[int, State]:
    """Version and state of a subject that a person may see. Raises `NotFound`."""
    found = loop.docs(tx, actor.city, kind, [id_])
    if id_ not in found:
        raise NotFound
    scope.demand(loop.view(tx, actor.city), actor, permission, found[id_][1])
    return found[id_]


@router.post("/reports/{id}/actions/{action}")
@together(carry_out)
def act_on_report(
    id: Id, action: ActionName, body: ActionForm, actor: CaseActor, tx: Transaction, loop: TheLoop,
    expect: IfMatch, reply: Replying,
) -> Done:  # fmt: skip
    """Do something with a report: accept, refuse, join, answer, forward, place, verify, call back."""
    values = {
        "id": id, "action": action, "body": body, "actor": actor, "loop": loop, "expect": expect, "reply": reply,
    }  # fmt: skip
    return cast(Done, alone("act_on_report", tx, values))


@router.post("/cases/{id}/actions/{action}")
@together(carry_out)
def act_on_case(
    id: Id, action: ActionName, body: ActionForm, actor: CaseActor, tx: Transaction, loop: TheLoop,
    expect: IfMatch, reply: Replying,
) -> Done:  # fmt: skip
    """Do something with a case; which actions are open, and what they need, `GET /api/cases/{id}` tells."""
    values = {
        "id": id, "action": action, "body": body, "actor": actor, "loop": loop, "expect": expect, "reply": reply,
    }  # fmt: skip
    return cast(Done, alone("act_on_case", tx, values))


@router.get("/inbox")
def inbox(
    actor: CurrentActor, tx: Reading, loop: TheLoop, kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[TaskOut]:  # fmt: skip
    """What waits for this person, most urgent first, with the actions open now and what each needs."""
    view = loop.view(tx, actor.city)
    return [TaskOut.of(view, one, tx.now) for one in loop.inbox(tx, actor, kind, limit, offset)]


@router.post("/reports/{id}/unmask")
def unmask_report(id: Id, body: WhyForm, actor: Unmasker, tx: Transaction, loop: TheLoop) -> dict[str, Any]:
    """The reporter's text and contact as they are; the look and its reason are written down."""
    demanded(tx, loop, actor, "report", id, "report.read")
    return personal.unmask(tx, actor, [f"report/{id}"], body.why)[f"report/{id}"] or {}
