"""Shifts over HTTP: on duty, off duty, the board, handovers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import CurrentActor, Reading, Replying, Router, Transaction, provided, require
from xiuhua.shifts import handover, service
from xiuhua.shifts.forms import BoardOut, HandoverForm, HandoverOut, MineOut, NoteForm, SignForm, StartForm, TurnOut

router = Router(prefix="/shifts", tags=["shifts"])
TheLoop = Annotated[Loop, provided(Loop)]
Worker = Annotated[Actor, require("shift.work")]
Reader = Annotated[Actor, require("shift.read")]
Leader = Annotated[Actor, require("shift.lead")]


@router.get("/mine")
def my_shift(actor: CurrentActor, tx: Reading) -> MineOut:
    """The turn that one is in."""
    turn = service.current(tx, actor.city, actor.id)
    return MineOut(turn=TurnOut.of(turn) if turn is not None else None)


@router.post("/start", status_code=201, responses={200: {"model": TurnOut, "description": "on duty already"}})
def start_shift(body: StartForm, actor: Worker, tx: Transaction, reply: Replying) -> TurnOut:
    """Go on duty; who is on duty already stays so, and is answered 200."""
    turn, new = service.start(tx, actor, body.role, body.point(), body.at)
    reply.status = 201 if new else 200
    return TurnOut.of(turn)


@router.post("/end")
def end_shift(body: SignForm, actor: Worker, tx: Transaction) -> TurnOut:
    """Go off duty."""
    return TurnOut.of(service.end(tx, actor, body.point(), body.at))


@router.get("/board")
def shift_board(actor: Reader, tx: Reading, loop: TheLoop) -> list[BoardOut]:
    """Who is on duty in one's areas: where, since when, the last sign, and what waits for them."""
    view = loop.view(tx, actor.city)
    return [BoardOut.told(view, one, tx.now) for one in service.board(tx, view, actor)]


@router.post("/handover", status_code=201)
def hand_over_shift(body: NoteForm, actor: Leader, tx: Transaction, loop: TheLoop) -> HandoverOut:
    """Leave what stands open to the next shift leader, with a note."""
    view = loop.view(tx, actor.city)
    return HandoverOut.of(view, handover.hand_over(tx, view, actor, body.note))


@router.post("/acknowledge")
def acknowledge_handover(body: HandoverForm, actor: Leader, tx: Transaction, loop: TheLoop) -> HandoverOut:
    """Take a handover over; not one's own."""
    view = loop.view(tx, actor.city)
    return HandoverOut.of(view, handover.acknowledge(tx, view, actor, body.id))


@router.get("/handovers")
def list_handovers(
    actor: Reader, tx: Reading, loop: TheLoop,
    waiting: Annotated[bool, Query(description="only those that nobody has taken over yet")] = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> list[HandoverOut]:  # fmt: skip
    """The newest handovers of one's areas."""
    view = loop.view(tx, actor.city)
    return [HandoverOut.of(view, one) for one in handover.handovers(tx, view, actor, waiting, limit)]
