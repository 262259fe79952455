"""One action on all rows of a filter: the rows are fixed when it is asked, each gets a result of its own.

Small runs are done at once, large ones by the worker, in chunks that are committed whole: after a crash a chunk was
done or was not, and an item that has a result is never touched again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import orjson
import psycopg

from xiuhua.flow.model import Attempt
from xiuhua.loop.lists import query
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.service import Loop
from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Internal, Invalid, NotFound, TooLarge, XiuhuaError
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries

AT_ONCE: Final = 20
"""Items that are done within the request."""
CHUNK: Final = 50
MOST: Final = 20_000
"""Items of one run."""
_RACES: Final = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable)


def ask(
    tx: Tx, loop: Loop, actor: Actor, wanted: Wanted, attempt: Attempt, only: Collection[str] | None = None
) -> str:  # fmt: skip
    """Begin a run over what the filter gives now, or over `only` these; its id. Raises `Invalid`, `TooLarge`."""
    if only is None and not wanted.filter.to_json():
        # What would be meant is every case of the city.
        raise Invalid(errors=[{"field": "filter", "why": "says nothing"}])
    # Chosen rows are not narrowed down again: each is told what came of it, also when it has moved on meanwhile.
    found = list(dict.fromkeys(only)) if only is not None else query.ids(tx, wanted, MOST + 1)
    if len(found) > MOST:
        raise TooLarge(f"The filter gives more than {MOST} rows; narrow it down.", most=MOST)
    id_ = tx.new_id()
    posts = [[post.role, post.unit, post.area] for post in actor.posts]
    tx.execute(
        _sql()["add_run"],
        {
            "city": actor.city, "id": id_, "kind": wanted.kind, "actor": actor.id, "posts": _json(posts),
            "permissions": sorted(actor.permissions), "action": attempt.action, "fields": _json(dict(attempt.fields)),
            "reason": attempt.reason, "filter": _json(wanted.filter.to_json()), "now": tx.now,
        },
    )  # fmt: skip
    tx.execute(_sql()["add_items"], {"city": actor.city, "id": id_, "subjects": found})
    if len(found) <= AT_ONCE:
        carry_on_in(tx, loop, id_)
    return id_


def carry_on(services: Services) -> int:
    """The next chunk of the oldest run, in a transaction of its own; how many items were done."""
    with services.database.transaction() as tx:
        return carry_on_in(tx, services.port(Loop))


def carry_on_in(tx: Tx, loop: Loop, id_: str | None = None) -> int:
    """The next chunk of a run, else of the oldest; how many items were done."""
    run = tx.execute(_sql()["next_run"], {"id": id_}).fetchone()
    if run is None:
        return 0
    where = {"city": run.city, "id": run.id}
    items = tx.execute(_sql()["waiting"], {**where, "limit": CHUNK}).fetchall()
    # By id, so that no two transactions wait for each other in a ring.
    ordered = sorted(items, key=lambda one: str(one.subject))
    results = [(item.ordinal, *_one(tx, loop, run, item.subject)) for item in ordered]
    if results:
        names = ("ordinal", "status", "version", "code", "why")
        tx.execute(_sql()["done"], {**where, **dict(zip(names, map(list, zip(*results, strict=True)), strict=True))})
    if len(items) < CHUNK:
        tx.execute(_sql()["end"], {**where, "now": tx.now})
    return len(items)


def _one(tx: Tx, loop: Loop, run: Any, subject: str) -> tuple[str, int | None, str | None, str | None]:
    posts = tuple(Post(role, run.city, unit, area) for role, unit, area in run.posts)
    actor = Actor(run.asked_by, run.city, "", posts, frozenset(run.permissions), "bulk")
    try:
        with tx.connection.transaction():
            done, _ = loop.act(tx, run.kind, subject, Attempt(run.action, run.fields, run.reason), actor)
    except XiuhuaError as error:
        return "refused", None, error.code(), error.detail
    except _RACES:
        return "refused", None, Conflict.code(), Conflict.message()
    except Exception as error:  # noqa: BLE001 - the edge of a loop: one item must not hold up all runs behind it
        edges.tell(f"bulk action {run.id} on {run.kind} {subject}", error)
        return "refused", None, Internal.code(), Internal.message()
    return "done", done.head.version, None, None


def progress(tx: Tx, actor: Actor, id_: str) -> Any:
    """A run of one's own and how far it has come. Raises `NotFound`."""
    row = tx.execute(_sql()["run"], {"city": actor.city, "id": id_, "actor": actor.id}).fetchone()
    if row is None:
        raise NotFound
    return row


def items(tx: Tx, actor: Actor, id_: str, status: str | None, after: int, limit: int) -> list[Any]:
    """What came of each item of a run of one's own. Raises `NotFound`."""
    progress(tx, actor, id_)
    values: Mapping[str, Any] = {"city": actor.city, "id": id_, "status": status, "after": after, "limit": limit}
    return tx.execute(_sql()["items"], values).fetchall()


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.lists", "bulk.sql")
