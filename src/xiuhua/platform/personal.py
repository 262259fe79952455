"""Personal data apart from the log: masked by default, looked at with a reason, erasable.

Events hold the salted digest that `keep` returns. Erasure takes the content and the salt, so that nobody can
find the content again by guessing; the log itself stays as it is, verifies and replays.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import psycopg

from xiuhua.platform import copying, eventlog
from xiuhua.platform.copying import Table
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.masking import mask
from xiuhua.platform.sql import queries

_TABLE: Final = Table("personal", ("id", "kind", "salt", "content", "kept_at"), {})
UNMASK, ERASE = "personal.unmask", "personal.erase"
copies: Final[dict[str, Callable[[Tx, str, Sequence[str]], None]]] = {}
"""Rooms that keep something made from personal texts (words for a search) put here what takes it away: called with
city and erased ids in the transaction of the erasure. Filled by the bootstrap."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Something personal to be kept; `content` holds texts, lists and dicts of texts."""

    id: str
    kind: str
    """What it belongs to: `report`, `case` …"""
    content: dict[str, Any]


def note_export(tx: Tx, actor: Actor, what: str, why: str) -> None:
    """Write down that a list was taken out: what, how much, and why."""
    values = {"city": actor.city, "now": tx.now, "actor": actor.id, "what": what, "why": why.strip()}
    tx.execute(_sql()["note_access"], {**values, "subjects": ["export"]})


def keep(tx: Tx, city: str, id: str, kind: str, content: dict[str, Any]) -> str:
    """Keep one; returns the salted digest (64 hex digits) for the event. Raises `Conflict` on a used id."""
    return keep_many(tx, city, [Personal(id, kind, content)])[0]


def keep_many(tx: Tx, city: str, kept: Sequence[Personal]) -> list[str]:
    """Keep many; returns their digests in order. Raises `Invalid` on a NUL, `Conflict` on a used id."""
    if not kept:
        return []
    contents = [eventlog.canonical(one.content) for one in kept]
    # Two ids of the clock port: 148 random bits in service, the same ones again in a simulation. From one salt
    # nothing follows for its neighbours.
    secret = (tx.new_id() + tx.new_id()).encode()
    salts = [hashlib.sha256(b"%s%d" % (secret, number)).digest() for number in range(len(kept))]
    texts = [content.decode() for content in contents]
    try:
        if len(kept) > eventlog.FEW:
            now = tx.now.isoformat()
            rows = [(one.id, one.kind, salt, text, now) for one, salt, text in zip(kept, salts, texts, strict=True)]
            copying.put(tx, city, _TABLE, rows)
        else:
            ids, kinds = [one.id for one in kept], [one.kind for one in kept]
            given = {"city": city, "now": tx.now, "ids": ids, "kinds": kinds, "salts": salts, "contents": texts}
            tx.execute(_sql()["keep"], given)
    except psycopg.errors.UniqueViolation as error:
        raise Conflict from error
    except psycopg.errors.UntranslatableCharacter as error:
        raise Invalid("A text holds a character (NUL) that cannot be kept.") from error
    return [_digest(salt, content) for salt, content in zip(salts, contents, strict=True)]


def get(tx: Tx, city: str, ids: Sequence[str]) -> dict[str, dict[str, Any] | None]:
    """Masked contents by id; None where erased; unknown ids are missing."""
    rows = tx.execute(_sql()["get"], {"city": city, "ids": list(ids)})
    return {row.id: None if row.content is None else mask(row.content) for row in rows}


def over(tx: Tx, city: str, id: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """What is kept under an id with values of it replaced, to be kept under a new one; None when nothing differs.

    Shown to nobody. Values that are empty fall away; what was erased is not there any more.
    """
    row = tx.execute(_sql()["get"], {"city": city, "ids": [id]}).fetchone()
    before = dict(row.content or {}) if row is not None else {}
    after = {name: value for name, value in {**before, **given}.items() if value not in (None, "")}
    return None if after == before else after


def unmask(tx: Tx, actor: Actor, ids: Sequence[str], why: str) -> dict[str, dict[str, Any] | None]:
    """Contents as they are, by id, each look written down with its reason.

    Needs `personal.unmask`; whether this case is in the person's area is for the room to ask first. Raises
    `NotAllowed`, `Invalid` without a reason, `NotFound` when an id is unknown.
    """
    _demand(actor, UNMASK, why)
    found = {row.id: row.content for row in tx.execute(_sql()["get"], {"city": actor.city, "ids": list(ids)})}
    if missing := set(ids) - found.keys():
        raise NotFound(ids=sorted(missing))
    _note(tx, actor, list(found), "unmask", why)
    return found


def erase(tx: Tx, actor: Actor, ids: Sequence[str], why: str) -> list[str]:
    """Erase for good, with an event `PersonalErased` each; returns those that were not erased before.

    Needs `personal.erase`. Raises `NotAllowed`, `Invalid` without a reason, `Conflict` when someone erases
    at the same time.
    """
    _demand(actor, ERASE, why)
    rows = tx.execute(
        _sql()["erase"], {"city": actor.city, "ids": list(ids), "now": tx.now, "actor": actor.id}
    ).fetchall()
    if not rows:
        return []
    erased = sorted((row.id, row.kind) for row in rows)
    tell_erased(tx, actor, erased, why)
    ids = [id_ for id_, _ in erased]
    for forget in copies.values():
        forget(tx, actor.city, ids)
    return ids


def tell_erased(tx: Tx, actor: Actor, erased: Sequence[tuple[str, str]], why: str) -> None:
    """Write down that things were erased, by id and kind, in the log and among the looks."""
    stream, role = f"personal/{actor.city}", role_for(actor, ERASE)
    events = [
        eventlog.NewEvent(stream, "PersonalErased", {"id": id_, "kind": kind}, actor.id, role, tx.now)
        for id_, kind in erased
    ]
    _note(tx, actor, [id_ for id_, _ in erased], "erase", why)
    eventlog.append(tx, actor.city, events, eventlog.heads(tx, actor.city, [stream]))


@dataclass(frozen=True, slots=True)
class Accesses:
    """Which rows of the access log are asked for; what is None does not narrow."""

    subject: str | None = None
    actor: str | None = None
    what: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """A row of the access log."""

    id: int
    at: datetime
    actor: str
    subject: str
    what: str
    """`unmask`, `erase`, `sign_in`, `sign_in_failed`."""
    why: str


def accesses(tx: Tx, city: str, wanted: Accesses, before: int | None = None, limit: int = 50) -> list[Access]:
    """A page of the access log, newest first, those before an id; asks no permission."""
    values = {**asdict(wanted), "city": city, "before": before, "limit": limit}
    rows = tx.execute(_sql()["accesses"], values)
    return [Access(row.id, row.at, row.actor, row.subject, row.what, row.why) for row in rows]


def matches(tx: Tx, city: str, digests: dict[str, str]) -> dict[str, bool | None]:
    """Whether what is kept is what the events say: digests by id; None where erased or unknown."""
    rows = tx.execute(_sql()["get"], {"city": city, "ids": list(digests)})
    answer: dict[str, bool | None] = dict.fromkeys(digests)
    for row in rows:
        if row.content is not None:
            found = _digest(row.salt, eventlog.canonical(row.content))
            answer[row.id] = hmac.compare_digest(found, digests[row.id])
    return answer


def _digest(salt: bytes, content: bytes) -> str:
    return eventlog.hash_bytes(eventlog.SHA256, bytes(salt) + content).hex()


def _demand(actor: Actor, permission: str, why: str) -> None:
    if not actor.may(permission):
        raise NotAllowed(permission=permission)
    if not why.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])


def _note(tx: Tx, actor: Actor, subjects: list[str], what: str, why: str) -> None:
    values = {"city": actor.city, "now": tx.now, "actor": actor.id, "subjects": subjects}
    tx.execute(_sql()["note_access"], {**values, "what": what, "why": why})


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform", "personal.sql")
