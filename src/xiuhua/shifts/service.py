"""Turns of duty: begun and ended on the phone, seen on the board."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import psycopg

from xiuhua.loop import scope
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotNow
from xiuhua.platform.eventlog import NewEvent
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for, roles
from xiuhua.platform.sql import queries
from xiuhua.shifts.model import OnDuty, Turn

WORK, READ, LEAD = "shift.work", "shift.read", "shift.lead"
Point = tuple[float, float] | None
LATE: Final = timedelta(days=1)
"""How long after it a phone without a network may tell that a turn began or ended."""


def current(tx: Tx, city: str, person: str) -> Turn | None:
    """The turn that a person is in."""
    row = tx.execute(_sql()["current_turn"], {"city": city, "person": person}).fetchone()
    return _turn(row) if row is not None else None


def start(
    tx: Tx, actor: Actor, role: str | None, at: Point, when: datetime | None = None
) -> tuple[Turn, bool]:  # fmt: skip
    """Begin a turn, and whether it is new: who is on duty already stays in theirs. Raises `Invalid`, `Conflict`.

    `when` is earlier than now where a phone tells it late; it never reaches into the turn before.
    """
    role = role or role_for(actor, WORK)
    if role not in actor.roles() or not roles()[role].bears(WORK):
        raise Invalid(errors=[{"field": "role", "why": "is no role of yours in which one is on duty"}])
    if (found := current(tx, actor.city, actor.id)) is not None:
        return found, False
    id_, began = tx.new_id(), _when(tx, when)
    last = tx.execute(_sql()["last_end"], {"city": actor.city, "person": actor.id}).fetchone()
    if last is not None and last.ended_at is not None:
        began = max(began, last.ended_at)
    values = {"city": actor.city, "id": id_, "person": actor.id, "role": role, "now": began, **_place(at)}
    try:
        made = tx.execute(_sql()["start_turn"], values).rowcount
    except psycopg.errors.UniqueViolation as error:
        raise Conflict from error
    if not made:
        raise Conflict
    _tell(tx, actor, f"turn/{id_}", "ShiftStarted", {"person": actor.id, "role": role}, role, began)
    return Turn(id_, actor.id, role, began, None, began, *(at or (None, None))), True


def end(tx: Tx, actor: Actor, at: Point, when: datetime | None = None) -> Turn:
    """End one's turn, `when` told late as for `start`. Raises `NotNow` for those who are not on duty, `Invalid`."""
    row = tx.execute(_sql()["open_turn"], {"city": actor.city, "person": actor.id}).fetchone()
    if row is None:
        raise NotNow("You are not on duty.")
    turn = _turn(row)
    ended = max(_when(tx, when), turn.started_at)
    tx.execute(_sql()["end_turn"], {"city": actor.city, "id": turn.id, "now": ended, **_place(at)})
    seconds = int((ended - turn.started_at).total_seconds())
    _tell(tx, actor, f"turn/{turn.id}", "ShiftEnded", {"person": actor.id, "seconds": seconds}, turn.role, ended)
    lon, lat = at or (turn.lon, turn.lat)
    return Turn(turn.id, turn.person, turn.role, turn.started_at, ended, ended, lon, lat)


def board(tx: Tx, view: CityView, actor: Actor) -> list[OnDuty]:
    """Who is on duty in the areas that a person's posts let them see."""
    seen = scope.sight(view, actor, READ)
    found = []
    for row in tx.execute(_sql()["on_duty"], {"city": actor.city, "now": tx.now}):
        areas = areas_of(view, row.person, row.role)
        if seen.everything or any(within(view, area, seen.areas) for area in areas):
            found.append(OnDuty(_turn(row), areas, row.tasks, row.late))
    return found


def areas_of(view: CityView, person: str, role: str | None = None) -> tuple[str, ...]:
    """Where a person's posts are; empty where one of them is bound to none."""
    posts = [post for post in view.directory.posts_of(person) if role in (None, post.role)]
    areas = [post.area for post in posts]
    return () if None in areas else tuple(sorted({area for area in areas if area is not None}))


def within(view: CityView, area: str, around: tuple[str, ...]) -> bool:
    """Whether an area lies in one of some others; a duty grid where its unit grids do."""
    if area in around:
        return True
    if area not in view.areas:
        return False
    members = view.areas.area(area).members or (area,)
    return any(view.areas.within(one, other) for one in members if one in view.areas for other in around)


def _when(tx: Tx, when: datetime | None) -> datetime:
    """A moment told by a phone: not ahead of now. Raises `Invalid` for what lies too far back."""
    if when is None:
        return tx.now
    if when < tx.now - LATE:
        raise Invalid(errors=[{"field": "at", "why": "lies more than a day back"}])
    return min(when.replace(microsecond=0), tx.now)


def _tell(
    tx: Tx, actor: Actor, stream: str, what: str, payload: dict[str, Any], role: str, at: datetime
) -> None:  # fmt: skip
    event = NewEvent(stream, what, payload, actor.id, role, at)
    eventlog.append(tx, actor.city, [event], eventlog.heads(tx, actor.city, [stream]))


def _turn(row: Any) -> Turn:
    return Turn(row.id, row.person, row.role, row.started_at, row.ended_at, row.seen_at, row.lon, row.lat)


def _place(at: Point) -> dict[str, float | None]:
    lon, lat = at or (None, None)
    return {"lon": lon, "lat": lat}


def _sql() -> dict[str, str]:
    return queries("xiuhua.shifts")
