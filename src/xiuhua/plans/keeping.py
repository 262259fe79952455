"""How plans, turns, campaigns and results become rows, and how rows and events are written together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import orjson
import psycopg

from xiuhua.flow.model import State, apply
from xiuhua.plans.deciding import Told
from xiuhua.plans.model import READ
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotFound
from xiuhua.platform.eventlog import Head, NewEvent
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.sql import queries, rows_as_json

PLAN: Final = "plan"
ROSTER: Final = "roster"
CAMPAIGN: Final = "campaign"
RESULT: Final = "result"
KINDS: Final = (PLAN, ROSTER, CAMPAIGN, RESULT)
COLUMNS: Final = (
    "kind", "id", "version", "head", "name", "key", "state", "begins", "ends", "person", "opened_at", "changed_at",
    "doc",
)  # fmt: skip
_ENDED: Final = frozenset({"cancelled", "withdrawn"})


@dataclass(slots=True)
class Held:
    """Something as it stands, locked for a change."""

    state: State
    head: Head


def row(state: State, head: Head, changed: int) -> tuple[Any, ...]:
    """Its row in the order of `COLUMNS`; times as epoch seconds. Pure; replay uses the same function."""
    kind, data = state["subject"], state["data"]
    begins, ends = _span(kind, data)
    return (
        kind, state["id"], head.version, head.digest, data.get("title") or state["number"], _key(kind, state),
        state["state"], begins, ends, data.get("person"), state["opened"], changed,
        orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip


def _span(kind: str, data: dict[str, Any]) -> tuple[int, int]:
    if kind == ROSTER:
        return data["begins"], data["ends"]
    if kind == PLAN:
        return midnight(data["since"]), midnight(data["told_until"])
    return midnight(data["first"]), midnight(data["last"])


def _key(kind: str, state: State) -> str | None:
    data = state["data"]
    if state["state"] in _ENDED:
        return None
    if kind == ROSTER:
        return f"{data['plan']}|{data['person']}|{data['begins']}|{data['place']}"
    if kind == RESULT:
        return "|".join(str(data.get(one) or "") for one in ("issuer", "title", "about", "first", "last"))
    return None


def midnight(day: str) -> int:
    """A day as epoch seconds of its midnight UTC: days are compared as such, whatever the bureau's zone."""
    at = date.fromisoformat(day)
    return int(datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp())


def lock(tx: Tx, city: str, kind: str, ids: Iterable[str]) -> dict[str, Held]:
    """Those that there are, locked in the order of their ids."""
    rows = tx.execute(_sql()["load"], {"city": city, "kind": kind, "ids": sorted(set(ids))})
    return {one.id: Held(orjson.loads(one.doc), Head(one.version, bytes(one.head))) for one in rows}


def locked(tx: Tx, city: str, kind: str, id_: str, expect: int | None = None) -> Held:
    """One of them. Raises `NotFound`, `Conflict` when it has moved on."""
    held = lock(tx, city, kind, [id_]).get(id_)
    if held is None:
        raise NotFound(f"there is no {kind} {id_}")
    if expect is not None and held.head.version != expect:
        raise Conflict(f"it has moved on to version {held.head.version}", version=held.head.version)
    return held


def get(tx: Tx, city: str, kind: str, id_: str) -> tuple[State, int]:
    """State and version, for reading. Raises `NotFound`."""
    found = tx.execute(_sql()["docs"], {"city": city, "kind": kind, "ids": [id_]}).fetchone()
    if found is None:
        raise NotFound(f"there is no {kind} {id_}")
    return orjson.loads(found.doc), found.version


def write(
    tx: Tx, actor: Actor, permission: str, what: Sequence[tuple[Held | None, Sequence[Told]]]
) -> list[tuple[State, int]]:
    """Events and rows; each thing once, with its events in order. Gives state and version of each."""
    at, role = int(tx.now.timestamp()), role_for(actor, permission)
    moment = datetime.fromtimestamp(at, UTC)
    events: list[NewEvent] = []
    known: dict[str, Head] = {}
    states: list[State] = []
    for held, told in what:
        state = held.state if held else None
        for _, payload in told:
            state = apply(state, payload, at)
        assert state is not None
        stream = f"{state['subject']}/{state['id']}"
        known[stream] = held.head if held else Head()
        events += (NewEvent(stream, type_, payload, actor.id, role, moment) for type_, payload in told)
        states.append(state)
    ends = eventlog.append(tx, actor.city, events, known)
    made = [row(state, ends[f"{state['subject']}/{state['id']}"], at) for state in states]
    try:
        tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(COLUMNS, made)})
    except psycopg.errors.UniqueViolation as error:
        raise Conflict("the same is there already") from error
    return [(state, one[2]) for state, one in zip(states, made, strict=True)]


def attach(tx: Tx, city: str, kind: str, id_: str, field: str, media: Sequence[str]) -> None:
    """Note that something names photos or files, so that who reads it sees them. Raises `Invalid` for unknown ones."""
    unknown = uses.name(tx, city, [Named(one, kind, id_) for one in media])
    if unknown:
        raise Invalid(errors=[{"field": field, "why": f"there is no file {one}"} for one in sorted(unknown)])


def sees_media(tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
    """The port that media ask: proofs of results and the log of campaigns are seen by whoever reads plans."""
    return actor.may(READ) and any(one.kind in (RESULT, CAMPAIGN) for one in named)


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
