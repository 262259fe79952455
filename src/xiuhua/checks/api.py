"""Checklists, inspections, rounds and rankings over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import Depends, Path, Query
from fastapi.responses import Response

from xiuhua.checks import answers, exporting, query, sight
from xiuhua.checks.forms import (
    AnswersOut,
    ChecklistOut,
    Code,
    DropForm,
    FindingForm,
    InspectionEventOut,
    InspectionForm,
    InspectionLineOut,
    InspectionOut,
    RankedOut,
    RecheckForm,
    RectifiedForm,
    RoundForm,
    RoundLineOut,
    RoundOut,
    ShareOut,
)
from xiuhua.checks.model import MAKE, OPEN_ROUND, READ, RECTIFY, STATES
from xiuhua.checks.query import InspectionFilter, Turn
from xiuhua.checks.rounds import By, Round, Rounds
from xiuhua.checks.scoring import text
from xiuhua.checks.service import Checks, Inspection
from xiuhua.city.web import City
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.eventlog import MOST_TOLD
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.platform.web import (
    IfMatch,
    Language,
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

router = Router(tags=["checks"])
TheChecks = Annotated[Checks, provided(Checks)]
TheRounds = Annotated[Rounds, provided(Rounds)]
Reader = Annotated[Actor, require(READ)]
Inspector = Annotated[Actor, require(MAKE)]
Rectifier = Annotated[Actor, require(RECTIFY)]
Opener = Annotated[Actor, require(OPEN_ROUND)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
Number = Annotated[int, Path(ge=1, le=1_000_000)]
Kind = Annotated[str, Query(max_length=48, pattern=r"^[a-z_]+$", description="of areas: street, community …")]
AS_CSV: Final[dict[str, Any]] = {
    "responses": {200: {"content": {"text/csv": {}}, "description": "the file"}}, "response_class": Response,
}  # fmt: skip


async def _filter(
    checklist: Annotated[Code | None, Query()] = None,
    state: Annotated[tuple[Literal["begun", "rectifying", "finished", "dropped"], ...], Query(max_length=4)] = (),
    unit: Annotated[Code | None, Query(description="that answers for it")] = None,
    area: Annotated[Code | None, Query(examples=["990101001"])] = None,
    round: Annotated[Code | None, Query()] = None,
    party: Annotated[Code | None, Query()] = None,
    thing: Annotated[Code | None, Query(description="id of a record, code of an area or unit")] = None,
    inspector: Annotated[Code | None, Query()] = None,
    band: Annotated[Code | None, Query()] = None,
    list: Annotated[Literal["red", "black"] | None, Query()] = None,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
    waits: Annotated[bool, Query(description="something is to be put right, or rechecked")] = False,
    late: Annotated[bool, Query(description="something was not put right in time")] = False,
    q: Annotated[str | None, Query(min_length=1, max_length=50, pattern=r"^[^\x00]+$")] = None,
    turn: Annotated[
        Turn | None, Query(description="something is to be put right, or rechecked, by whoever asks")
    ] = None,
) -> InspectionFilter:
    return InspectionFilter(
        checklist, state, unit, area, round, party, thing, inspector, band, list, since, until, waits, late, q, turn
    )


Filtered = Annotated[InspectionFilter, Depends(_filter)]


@router.get("/checklists")
def list_checklists(actor: Reader, tx: Reading, checks: TheChecks) -> list[ChecklistOut]:
    """The checklists in force, with their items, and how many inspections of each there are by state."""
    counts: dict[str, dict[str, int]] = {}
    for row in tx.execute(queries("xiuhua.checks")["counts"], {"city": actor.city}):
        counts.setdefault(row.checklist, dict.fromkeys(STATES, 0))[row.state] = row.n
    return [
        ChecklistOut.of_declared(one, counts.get(one.name, {})) for one in checks.checklists(tx, actor.city).values()
    ]


@router.get("/inspections")
def list_inspections(
    actor: Reader, tx: Reading, checks: TheChecks, given: Filtered, paging: Paging
) -> Page[InspectionLineOut]:
    """Inspections that this person sees, the latest first."""
    after = paging.after(datetime, str)
    start = (after[0], after[1]) if after else None
    rows = query.page(tx, actor.city, actor.id, given, checks.sight(tx, actor), start, paging.limit + 1)
    return paging.page(_lines(tx, checks, actor.city, rows), lambda one: (one.begun_at, one.id))


@router.get("/inspections/export", **AS_CSV)
def export_inspections(
    actor: Annotated[Actor, require("list.export")], tx: Reading, checks: TheChecks, given: Filtered,
    language: Language,
) -> Response:  # fmt: skip
    """Inspections that this person sees as a file, 50,000 at most."""
    _demand_reader(actor)
    mine = checks.sight(tx, actor)
    rows = query.page(tx, actor.city, actor.id, given, mine, None, exporting.MOST + 1)
    return exporting.inspections(_lines(tx, checks, actor.city, rows), language)


@router.post("/inspections", status_code=201)
def make_inspection(
    body: InspectionForm, actor: Inspector, tx: Transaction, checks: TheChecks, reply: Replying
) -> InspectionOut:
    """A new inspection; with `findings` and `finish` all of it at once, as a phone sends it that had no network."""
    found = checks.begin(tx, actor, body.checklist, body.given())
    reply.location(f"/api/inspections/{found.state['id']}")
    return _told(tx, checks, actor, found, reply)


@router.get("/inspections/{id}")
def get_inspection(id: Id, actor: Reader, tx: Reading, checks: TheChecks, reply: Replying) -> InspectionOut:
    """An inspection: findings, deductions, what must be put right."""
    return _told(tx, checks, actor, checks.get(tx, actor, id), reply)


@router.get("/inspections/{id}/events")
def list_inspection_events(
    id: Id, actor: Reader, tx: Reading, checks: TheChecks, city: City
) -> list[InspectionEventOut]:
    """Its history."""
    checks.get(tx, actor, id)
    people = city.of(tx, actor.city).directory().people
    return [
        InspectionEventOut(
            version=one.version, type=one.type, actor=one.actor, role=one.role, at=one.at, payload=one.payload,
            name=people[one.actor].name if one.actor in people else one.actor, recorded_at=one.recorded_at,
        )
        for one in eventlog.read(tx, actor.city, f"inspection/{id}", last=MOST_TOLD)
    ]  # fmt: skip


@router.post("/inspections/{id}/findings", status_code=201)
def add_finding(
    id: Id, body: FindingForm, actor: Inspector, tx: Transaction, checks: TheChecks, expect: IfMatch, reply: Replying
) -> InspectionOut:
    """Something that was found; of an item with choices, which one."""
    return _told(tx, checks, actor, checks.find(tx, actor, id, body.model_dump(), expect), reply)


@router.post("/inspections/{id}/findings/{n}/take-back")
def take_finding_back(
    id: Id, n: Number, actor: Inspector, tx: Transaction, checks: TheChecks, expect: IfMatch, reply: Replying
) -> InspectionOut:
    """A finding that was none."""
    return _told(tx, checks, actor, checks.take_back(tx, actor, id, n, expect), reply)


@router.post("/inspections/{id}/finish")
def finish_inspection(
    id: Id, actor: Inspector, tx: Transaction, checks: TheChecks, expect: IfMatch, reply: Replying
) -> InspectionOut:
    """The score, and what must be put right."""
    return _told(tx, checks, actor, checks.finish(tx, actor, id, expect), reply)


@router.post("/inspections/{id}/drop")
def drop_inspection(
    id: Id, body: DropForm, actor: Inspector, tx: Transaction, checks: TheChecks, expect: IfMatch, reply: Replying
) -> InspectionOut:
    """Begun by mistake: it counts nowhere."""
    return _told(tx, checks, actor, checks.drop(tx, actor, id, body.why, expect), reply)


@router.post("/inspections/{id}/rectifications/{n}/rectified")
def rectify(
    id: Id, n: Number, body: RectifiedForm, actor: Rectifier, tx: Transaction, checks: TheChecks, expect: IfMatch,
    reply: Replying,
) -> InspectionOut:  # fmt: skip
    """The unit has put something right."""
    return _told(tx, checks, actor, checks.rectified(tx, actor, id, n, body.given(), expect), reply)


@router.post("/inspections/{id}/rectifications/{n}/recheck")
def recheck(
    id: Id, n: Number, body: RecheckForm, actor: Inspector, tx: Transaction, checks: TheChecks, expect: IfMatch,
    reply: Replying,
) -> InspectionOut:  # fmt: skip
    """An inspector of another organisation has looked again; where it failed a new deadline runs."""
    return _told(tx, checks, actor, checks.recheck(tx, actor, id, n, body.given(), expect), reply)


@router.get("/rounds")
def list_rounds(
    actor: Reader, tx: Reading, checks: TheChecks, paging: Paging,
    checklist: Annotated[Code | None, Query()] = None,
    state: Annotated[Literal["open", "closed"] | None, Query()] = None,
) -> Page[RoundLineOut]:  # fmt: skip
    """Rounds, the latest first."""
    after = paging.after(datetime, str)
    values = {
        "city": actor.city, "checklist": checklist, "state": state, "after_at": after[0] if after else None,
        "after": after[1] if after else None, "limit": paging.limit + 1,
    }  # fmt: skip
    known, lines = checks.checklists(tx, actor.city), []
    for row in tx.execute(queries("xiuhua.checks")["rounds"], values):
        declared = known.get(row.checklist)
        title = declared.checklist.title.model_dump() if declared else {"zh": row.checklist, "en": row.checklist}
        missed = row.missed if row.state == "closed" else None
        plain = {name: getattr(row, name) for name in RoundLineOut.model_fields if hasattr(row, name)}
        lines.append(RoundLineOut(**{**plain, "checklist_title": title, "missed": missed}))
    return paging.page(lines, lambda one: (one.opened_at, one.id))


@router.post("/rounds", status_code=201)
def open_round(
    body: RoundForm, actor: Opener, tx: Transaction, checks: TheChecks, rounds: TheRounds, reply: Replying
) -> RoundOut:
    """A round over all things, some, or some drawn at random; with inspectors drawn for each where asked for."""
    found = rounds.open(tx, actor, body.checklist, body.title, body.due, body.chosen())
    reply.location(f"/api/rounds/{found.state['id']}")
    return _round(tx, checks, rounds, actor, found)


@router.get("/rounds/{id}")
def get_round(id: Id, actor: Reader, tx: Reading, checks: TheChecks, rounds: TheRounds) -> RoundOut:
    """A round: what is done, what is missing."""
    return _round(tx, checks, rounds, actor, rounds.get(tx, actor, id))


@router.post("/rounds/{id}/close")
def close_round(id: Id, actor: Opener, tx: Transaction, checks: TheChecks, rounds: TheRounds) -> RoundOut:
    """What is not finished by now is missed; the scores are kept as they are."""
    return _round(tx, checks, rounds, actor, rounds.close(tx, actor, id))


@router.get("/rounds/{id}/ranking")
def get_ranking(
    id: Id, actor: Reader, tx: Reading, checks: TheChecks, rounds: TheRounds, by: Annotated[By, Query()] = "thing",
    kind: Kind = "street",
) -> list[RankedOut]:  # fmt: skip
    """Who stands where, and how that changed since the round before; red and black list."""
    return _ranking(tx, checks, rounds, actor, rounds.get(tx, actor, id), by, kind)


@router.get("/rounds/{id}/ranking/export", **AS_CSV)
def export_ranking(
    id: Id, actor: Annotated[Actor, require("list.export")], tx: Reading, checks: TheChecks,
    rounds: TheRounds, language: Language, by: Annotated[By, Query()] = "thing", kind: Kind = "street",
) -> Response:  # fmt: skip
    """The same as a file."""
    _demand_reader(actor)
    return exporting.ranking(_ranking(tx, checks, rounds, actor, rounds.get(tx, actor, id), by, kind), language)


@router.get("/rounds/{id}/answers")
def get_answers(id: Id, actor: Reader, tx: Reading, rounds: TheRounds) -> list[AnswersOut]:
    """What was answered to each item with choices: shares, and the mean of the points."""
    found = rounds.get(tx, actor, id)
    checklist = found.declared.checklist
    rows = tx.execute(queries("xiuhua.checks")["of_round_docs"], {"city": actor.city, "round": id})
    scores = (orjson.loads(row.doc)["data"]["original"] for row in rows)
    return [
        AnswersOut(
            item=one.item, title=checklist.items[one.item].title.model_dump(), answers=one.count,
            mean=None if one.mean is None else text(one.mean),
            shares=[
                ShareOut(
                    choice=name, title=choice.title.model_dump(), count=one.by_choice[name], share=text(one.share(name))
                )
                for name, choice in checklist.items[one.item].choices.items()
            ],
        )
        for one in answers.answers(checklist, scores)
    ]  # fmt: skip


def _demand_reader(actor: Actor) -> None:
    if not actor.may(READ):
        raise NotAllowed(permission=READ)


def _lines(tx: Tx, checks: Checks, city: str, rows: list[Any]) -> list[InspectionLineOut]:
    known, names = checks.checklists(tx, city), checks.names(tx, city)
    checklists = {name: one.checklist for name, one in known.items()}
    return [InspectionLineOut.of(row, checklists.get(row.checklist), names) for row in rows]


def _told(tx: Tx, checks: Checks, actor: Actor, found: Inspection, reply: Reply) -> InspectionOut:
    data, directory = found.state["data"], checks.cities.of(tx, actor.city).directory()
    reply.version(found.version)
    mine = actor.may(MAKE) and actor.id in data["inspectors"]
    rechecks = actor.may(MAKE) and not sight.is_of_same(directory, actor.id, data.get("unit"))
    rectifies = actor.may(RECTIFY) and sight.puts_right(actor, directory, data)
    names = checks.names(tx, actor.city)
    return InspectionOut.of(found.declared, found.version, found.state, names, mine, rectifies, rechecks)


def _round(tx: Tx, checks: Checks, rounds: Rounds, actor: Actor, found: Round) -> RoundOut:
    may_close = actor.may(OPEN_ROUND) and found.state["state"] == "open"
    return RoundOut.of(found, rounds.things(tx, actor.city, found), checks.names(tx, actor.city), may_close)


def _ranking(tx: Tx, checks: Checks, rounds: Rounds, actor: Actor, found: Round, by: By, kind: str) -> list[RankedOut]:
    things = {one.id: one.called for one in rounds.things(tx, actor.city, found)} if by == "thing" else {}
    names, areas = checks.names(tx, actor.city), checks.cities.of(tx, actor.city).areas()

    def called(code: str) -> str:
        if by == "thing":
            return things.get(code, code)
        return (names(code) or code) if by == "unit" else areas.area(code).name

    checklist = found.declared.checklist
    return [RankedOut.of(one, called(one.name), checklist) for one in rounds.ranking(tx, actor.city, found, by, kind)]
