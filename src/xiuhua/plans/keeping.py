"""How plans, turns, campaigns and results become rows, and how rows and events are written together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import orjson
import psycopg

from xiuhua.flow import held
from xiuhua.flow.held import Held
from xiuhua.flow.model import State
from xiuhua.plans.deciding import Told
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotFound
from xiuhua.platform.eventlog import Head
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
    return held.by_id(tx.execute(_sql()["load"], {"city": city, "kind": kind, "ids": sorted(set(ids))}))


def locked(tx: Tx, city: str, kind: str, id_: str, expect: int | None = None) -> Held:
    """One of them. Raises `NotFound`, `Conflict` when it has moved on."""
    found = lock(tx, city, kind, [id_]).get(id_)
    if found is None:
        raise NotFound(f"there is no {kind} {id_}")
    held.demand_version(found.head, expect)
    return found


def get(tx: Tx, city: str, kind: str, id_: str) -> tuple[State, int]:
    """State and version, for reading. Raises `NotFound`."""
    found = tx.execute(_sql()["docs"], {"city": city, "kind": kind, "ids": [id_]}).fetchone()
    if found is None:
        raise NotFound(f"there is no {kind} {id_}")
    return orjson.loads(found.doc), found.version


def name_media(tx: Tx, city: str, kind: str, id_: str, field: str, media: Iterable[str]) -> None:
    """What is shown with it has been sent in before, and is seen by who reads it. Raises `Invalid`."""
    if lost := uses.name(tx, city, [Named(one, kind, id_) for one in media]):
        raise Invalid(errors=[{"field": field, "why": f"there is no photo {one[:64]}"} for one in sorted(lost)])


def write(
    tx: Tx, actor: Actor, permission: str, what: Sequence[tuple[Held | None, Sequence[Told]]]
) -> list[tuple[State, int]]:
    """Events and rows; each thing once, with its events in order. Gives state and version of each."""
    at = int(tx.now.timestamp())
    done = held.write(tx, actor, role_for(actor, permission), what, at)
    made = [row(state, head, at) for state, head in done]
    try:
        tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(COLUMNS, made)})
    except psycopg.errors.UniqueViolation as error:
        raise Conflict("the same is there already") from error
    return [(state, head.version) for state, head in done]


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
