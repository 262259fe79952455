"""Handovers: what stood open, a note, and who took it over."""

from __future__ import annotations

from typing import Any

import orjson

from xiuhua.loop import scope
from xiuhua.loop.cockpit import service as cockpit
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import eventlog, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotAllowed, NotFound
from xiuhua.platform.eventlog import NewEvent
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.sql import queries
from xiuhua.shifts.model import Handover
from xiuhua.shifts.service import LEAD, READ, within

MOST_WORST = 10


def hand_over(tx: Tx, view: CityView, actor: Actor, note: str) -> Handover:
    """Leave what stands open to the next shift; the note is kept apart from the log."""
    seen = scope.sight(view, actor, LEAD)
    area = None if seen.everything else next(iter(seen.areas), "")
    told = cockpit.board(tx, view, seen, None)
    snapshot = {
        "open": {one.code: one.count for one in told.open.items}, "total": told.open.total, "late": told.late.count,
        "worst": [
            {"id": one.id, "number": one.number, "state": one.state, "due": int(one.due.timestamp())}
            for one in told.late.worst[:MOST_WORST]
        ],
    }  # fmt: skip
    id_ = tx.new_id()
    digest = personal.keep(tx, actor.city, f"handover/{id_}", "handover", {"text": note})
    values = {"city": actor.city, "id": id_, "person": actor.id, "now": tx.now, "area": area}
    tx.execute(_sql()["add_handover"], {**values, "snapshot": orjson.dumps(snapshot).decode()})
    payload = {"area": area, "note_digest": digest, "open": told.open.total, "late": told.late.count}
    _tell(tx, actor, id_, "ShiftHandedOver", payload)
    return _told(tx, actor.city, [_one(tx, actor.city, id_)])[0]


def acknowledge(tx: Tx, view: CityView, actor: Actor, id_: str) -> Handover:
    """Take over. Raises `NotFound`, `NotAllowed` for one's own, `Conflict` where somebody has taken over already."""
    row = _one(tx, actor.city, id_)
    if not _seen(view, actor, LEAD, row):
        raise NotFound
    if row.person == actor.id:
        raise NotAllowed("Nobody takes over from themselves.")
    if row.acknowledged_at is not None:
        raise Conflict("Somebody has taken over already.", acknowledged_by=row.acknowledged_by)
    tx.execute(_sql()["acknowledge"], {"city": actor.city, "id": id_, "person": actor.id, "now": tx.now})
    _tell(tx, actor, id_, "HandoverAcknowledged", {"of": row.person})
    return _told(tx, actor.city, [_one(tx, actor.city, id_)])[0]


def handovers(tx: Tx, view: CityView, actor: Actor, waiting: bool, limit: int) -> list[Handover]:
    """The newest that a person sees."""
    seen = scope.sight(view, actor, READ)
    values = {"city": actor.city, "all": seen.everything, "areas": list(seen.areas), "person": actor.id}
    rows = tx.execute(_sql()["handovers"], {**values, "waiting": waiting, "limit": limit}).fetchall()
    return _told(tx, actor.city, [row for row in rows if _seen(view, actor, READ, row)])


def _seen(view: CityView, actor: Actor, permission: str, row: Any) -> bool:
    seen = scope.sight(view, actor, permission)
    if seen.everything or row.person == actor.id:
        return True
    return row.area is not None and within(view, row.area, seen.areas)


def _one(tx: Tx, city: str, id_: str) -> Any:
    row = tx.execute(_sql()["handover"], {"city": city, "id": id_}).fetchone()
    if row is None:
        raise NotFound
    return row


def _told(tx: Tx, city: str, rows: list[Any]) -> list[Handover]:
    notes = personal.get(tx, city, [f"handover/{row.id}" for row in rows]) if rows else {}
    return [
        Handover(
            row.id, row.person, row.at, row.area, row.snapshot, (notes.get(f"handover/{row.id}") or {}).get("text"),
            row.acknowledged_by, row.acknowledged_at,
        )
        for row in rows
    ]  # fmt: skip


def _tell(tx: Tx, actor: Actor, id_: str, what: str, payload: dict[str, Any]) -> None:
    stream = f"handover/{id_}"
    event = NewEvent(stream, what, payload, actor.id, role_for(actor, LEAD), tx.now)
    eventlog.append(tx, actor.city, [event], eventlog.heads(tx, actor.city, [stream]))


def _sql() -> dict[str, str]:
    return queries("xiuhua.shifts")
