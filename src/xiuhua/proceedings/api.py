"""Proceedings over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from pydantic import StringConstraints

from xiuhua.flow.forms import ActionForm, Done
from xiuhua.flow.model import Attempt, Decided
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.timeline import EventOut, Teller
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound, XiuhuaError
from xiuhua.platform.eventlog import MOST_TOLD
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.platform.web import (
    Day,
    IfMatch,
    Moment,
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
from xiuhua.proceedings import forms, query
from xiuhua.proceedings.forms import (
    NO_CHILDREN,
    BeginForm,
    ChildrenOut,
    CountOut,
    DailyRoundOut,
    ManyForm,
    ManyOut,
    ProcedureOut,
    ProceedingLineOut,
    ProceedingOut,
)
from xiuhua.proceedings.model import ACT, READ, of_room
from xiuhua.proceedings.query import Sort, Wanted
from xiuhua.proceedings.service import Proceeding, Proceedings, Thing

_THING = r"^[a-z]\w*/[^\x00]+$"
router = Router(prefix="/proceedings", tags=["proceedings"])
TheProceedings = Annotated[Proceedings, provided(Proceedings)]
Reader = Annotated[Actor, require(READ)]
Doer = Annotated[Actor, require(ACT)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
Named = Annotated[str, StringConstraints(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")]
ActionName = Annotated[Named, Path(examples=["finish"])]
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


async def _wanted(
    procedure: Annotated[tuple[Named, ...], Query(max_length=50)] = (),
    state: Annotated[tuple[Named, ...], Query(max_length=50)] = (),
    whose: Annotated[Literal["mine", "unit"] | None, Query(description="who asks; the units of their posts")] = None,
    unit: Annotated[Code | None, Query()] = None,
    area: Annotated[Code | None, Query(examples=["990101001"])] = None,
    person: Annotated[Code | None, Query()] = None,
    about: Annotated[
        str | None,
        Query(
            max_length=120,
            pattern=r"^[a-z]\w*/[^\x00]+$",
            examples=["record/0195"],
            description="about this, or of a record about one of its inspections",
        ),
    ] = None,
    parent: Annotated[Code | None, Query()] = None,
    top: Annotated[bool, Query(description="children of none")] = False,
    day: Annotated[Day | None, Query()] = None,
    due_before: Annotated[Moment | None, Query()] = None,
    going: Annotated[Literal["open", "closed"] | None, Query()] = None,
    late: Annotated[bool, Query(description="late, or ended late")] = False,
    q: Annotated[str | None, Query(min_length=1, max_length=50, pattern=r"^[^\x00]+$")] = None,
    due_within: Annotated[
        Literal["day", "week"] | None, Query(description="before today's end, or Sunday's, on the city's clock")
    ] = None,
) -> Wanted:
    kind, _, id_ = (about or "").partition("/")
    things = (Thing(kind, id_),) if about else ()
    return Wanted(
        procedure, state, whose, unit, area, person, things, parent, top, day, due_before, due_within, going, late, q
    )  # fmt: skip


Filtered = Annotated[Wanted, Depends(_wanted)]


@router.get("/procedures")
def list_proceeding_procedures(actor: Reader, tx: Reading, proceedings: TheProceedings) -> list[ProcedureOut]:
    """The procedures in force whose subject is neither report nor case, and how this person may begin each."""
    view = proceedings.view(tx, actor.city)
    begin = proceedings.beginnings(tx, actor, view)
    return [ProcedureOut.of(name, one, begin.get(name, ())) for name, one in of_room(view.procedures).items()]


@router.get("/counts")
def count_proceedings(actor: Reader, tx: Reading, proceedings: TheProceedings, given: Filtered) -> list[CountOut]:
    """How many there are of a filter, by procedure and state."""
    wanted = replace(given, about=proceedings.all_about(tx, actor.city, given.about))
    rows = query.counts(tx, proceedings.view(tx, actor.city), actor, wanted)
    return [CountOut(procedure=row.procedure, state=row.state, n=row.n, late=row.late) for row in rows]


@router.get("/rounds/{procedure}")
def get_daily_round(
    procedure: Annotated[Named, Path(examples=["daily_report"])], actor: Reader, tx: Reading,
    proceedings: TheProceedings, day: Annotated[Day | None, Query(description="default: today")] = None,
) -> DailyRoundOut:  # fmt: skip
    """The round of a day: how many were asked, answered, missed, and who has not answered."""
    view = proceedings.view(tx, actor.city)
    if procedure not in of_room(view.procedures):
        raise NotFound
    on = day or view.day
    return forms.round_out(view, procedure, on, query.round_of(tx, view, actor, procedure, on))


@router.get("")
def list_proceedings(
    actor: Reader, tx: Reading, proceedings: TheProceedings, given: Filtered, paging: Paging, sort: Sort = "newest"
) -> Page[ProceedingLineOut]:
    """Proceedings that this person may see, the newest first, or what is due first."""
    view = proceedings.view(tx, actor.city)
    after = paging.after(datetime, str)
    wanted = replace(given, about=proceedings.all_about(tx, actor.city, given.about))
    rows = query.page(tx, view, actor, wanted, sort, (after[0], after[1]) if after else None, paging.limit + 1)
    children = _children(tx, actor.city, [row.id for row in rows])
    lines = [ProceedingLineOut.of(view, row, children.get(row.id, NO_CHILDREN), tx.now) for row in rows]
    places = {row.id: query.place_of(row, sort) for row in rows}
    return paging.page(lines, lambda one: places[one.id])


@router.post("", status_code=201)
def begin_proceeding(
    body: BeginForm, actor: Doer, tx: Transaction, proceedings: TheProceedings, reply: Replying
) -> ProceedingOut:
    """Begin one: fields as `GET /api/proceedings/procedures` tells them."""
    about = proceedings.thing(tx, actor, body.about.kind, body.about.id) if body.about else None
    if body.parent is not None:
        proceedings.get(tx, actor, body.parent.id)
    found = proceedings.begin(
        tx, actor, body.procedure, body.fields, action=body.action, about=about, reason=body.reason,
        parent=body.parent.thing() if body.parent else None,
    )  # fmt: skip
    reply.location(f"/api/proceedings/{found.state['id']}")
    return _told(tx, proceedings, actor, found, reply)


@router.post("/batch")
def act_on_proceedings(body: ManyForm, actor: Doer, tx: Transaction, proceedings: TheProceedings) -> list[ManyOut]:
    """The same action on up to 200, each on its own; what became of each, in their order."""
    attempt = Attempt(body.action, body.fields, body.reason, at=body.at)
    done = proceedings.act_on_many(tx, actor, body.ids, attempt)
    return [_one_of_many(id_, one) for id_, one in zip(body.ids, done, strict=True)]


def _one_of_many(id_: str, one: tuple[Proceeding, list[Decided]] | XiuhuaError) -> ManyOut:
    if isinstance(one, XiuhuaError):
        return ManyOut(id=id_, error=one.code(), why=one.detail)
    found, decided = one
    events = [event.type for event in decided]
    return ManyOut(id=id_, state=found.state["state"], version=found.version, events=events)


@router.get("/{id}")
def get_proceeding(id: Id, actor: Reader, tx: Reading, proceedings: TheProceedings, reply: Replying) -> ProceedingOut:
    """One with its data, clocks, side tracks, counts of its children, and what this person may do."""
    return _told(tx, proceedings, actor, proceedings.get(tx, actor, id), reply)


@router.get("/{id}/events")
def list_proceeding_events(id: Id, actor: Reader, tx: Reading, proceedings: TheProceedings) -> list[EventOut]:
    """Its timeline in words."""
    found, view = proceedings.get(tx, actor, id), proceedings.view(tx, actor.city)
    teller = Teller(view, found.procedure)
    return [
        teller.tell(event) for event in eventlog.read(tx, actor.city, f"{found.state['subject']}/{id}", last=MOST_TOLD)
    ]


@router.post("/{id}/actions/{action}")
def act_on_proceeding(
    id: Id, action: ActionName, body: ActionForm, actor: Doer, tx: Transaction, proceedings: TheProceedings,
    expect: IfMatch, reply: Replying,
) -> Done:  # fmt: skip
    """Do something with it; which actions are open, and what they need, `GET /api/proceedings/{id}` tells."""
    witness: dict[str, Any] | None = body.witness.kept() if body.witness else None
    attempt = Attempt(action, body.fields, body.reason, body.n, body.at, witness)
    found, decided = proceedings.act(tx, actor, id, attempt, expect)
    reply.version(found.version)
    state = found.state
    return Done(
        id=id, kind=state["subject"], number=state["number"], version=found.version, state=state["state"],
        events=[one.type for one in decided],
    )  # fmt: skip


def _told(tx: Tx, proceedings: Proceedings, actor: Actor, found: Proceeding, reply: Reply) -> ProceedingOut:
    view: CityView = proceedings.view(tx, actor.city)
    reply.version(found.version)
    children = _children(tx, actor.city, [found.state["id"]]).get(found.state["id"], NO_CHILDREN)
    return ProceedingOut.of(view, found, proceedings.allowed(tx, actor, found.state), children, tx.now)


def _children(tx: Tx, city: str, ids: list[str]) -> dict[str, ChildrenOut]:
    rows = tx.execute(queries("xiuhua.proceedings")["children"], {"city": city, "ids": ids, "now": tx.now})
    return {row.parent: ChildrenOut(all=row.all, open=row.open, late=row.late, done=row.done) for row in rows}
