"""What a person may list, and the filters that people keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from xiuhua.loop import scope
from xiuhua.loop.lists.forms import kept_filter
from xiuhua.loop.lists.model import Kind, ListFilter, not_of
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.sql import queries

READ: Final[dict[Kind, str]] = {"case": "case.read", "report": "report.read"}
"""The permission by which each kind is listed."""


def wanted(tx: Tx, loop: Loop, actor: Actor, kind: Kind, given: ListFilter, saved: str | None = None) -> Wanted:
    """A list as this person sees it; `saved` is a filter kept before, what is given goes before it.

    Raises `Invalid` for filters that rows of this kind have not, `NotFound` for a filter that is not theirs to see.
    """
    if not actor.may(READ[kind]):
        raise NotAllowed(permission=READ[kind])
    if saved is not None:
        row = tx.execute(_sql()["saved"], {**_who(actor), "id": saved}).fetchone()
        if row is None or row.kind != kind:
            raise NotFound("There is no such filter for this list.")
        given = kept_filter(row.filter).over(given)
    if foreign := not_of(kind, given):
        raise Invalid(errors=[{"field": name, "why": f"is no filter of {kind}s"} for name in foreign])
    seen = scope.sight(loop.view(tx, actor.city), actor, READ[kind])
    return Wanted(actor.city, kind, given, seen, tx.now)


def save(tx: Tx, actor: Actor, title: str, kind: Kind, chosen: ListFilter, role: str | None) -> str:
    """Keep a filter, for oneself or for all who hold one of one's own roles too; its id. Raises `Invalid`."""
    if role is not None and (role not in roles() or role not in actor.roles()):
        raise Invalid(errors=[{"field": "role", "why": "is no role of yours"}])
    if foreign := not_of(kind, chosen):
        raise Invalid(errors=[{"field": name, "why": f"is no filter of {kind}s"} for name in foreign])
    id_ = tx.new_id()
    values = {"title": title, "kind": kind, "filter": orjson.dumps(chosen.to_json()).decode(), "role": role}
    tx.execute(_sql()["save_filter"], {**_who(actor), **values, "id": id_, "now": tx.now})
    return id_


def saved(tx: Tx, actor: Actor) -> Sequence[Any]:
    """The person's own filters and those shared with their roles, by title."""
    return tx.execute(_sql()["saved_filters"], _who(actor)).fetchall()


def drop(tx: Tx, actor: Actor, id_: str) -> None:
    """Take a filter of one's own away. Raises `NotFound`."""
    if tx.execute(_sql()["drop_filter"], {**_who(actor), "id": id_}).rowcount == 0:
        raise NotFound


def _who(actor: Actor) -> dict[str, Any]:
    return {"city": actor.city, "owner": actor.id, "roles": sorted(actor.roles())}


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.lists", "filters.sql")
