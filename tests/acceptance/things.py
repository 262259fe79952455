"""A small room, with everything in it that a room can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import httpx
import psycopg
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from xiuhua.platform import errors
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    CurrentActor,
    IfMatch,
    Language,
    Page,
    Paging,
    Reading,
    Replying,
    Router,
    ShownOnce,
    Transaction,
    provided,
    require,
)

Submitter = Annotated[Actor, require("report.submit")]


class ThingIn(BaseModel):
    name: str = Field(min_length=2, max_length=20, pattern=r"^[\w\x00-]+$")
    value: int = Field(1, ge=1)


class Thing(BaseModel):
    name: str
    value: int
    by: str = ""


@dataclass
class Greeting:
    text: str


def room() -> Router:
    """Things that are counted."""
    router = Router(prefix="/things", tags=["things"])

    @router.post("", status_code=201)
    def add(body: ThingIn, actor: Submitter, tx: Transaction, reply: Replying) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": body.name, "by": body.value}).fetchone()
        reply.version(found.value)
        reply.location(f"/api/things/{body.name}")
        return Thing(name=body.name, value=found.value, by=actor.id)

    @router.post("/secret", status_code=201)
    def secret(actor: Submitter, tx: Transaction, reply: ShownOnce) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": "secret", "by": 1}).fetchone()
        return Thing(name="secret", value=found.value)

    @router.post("/unmasked", status_code=201)
    def unmasked(actor: Annotated[Actor, require("personal.unmask")], tx: Transaction) -> Thing:
        found = tx.execute(ADD, {"city": actor.city, "name": "unmasked", "by": 1}).fetchone()
        return Thing(name="张三", value=found.value)

    @router.get("")
    def some(actor: CurrentActor, tx: Reading, paging: Paging) -> Page[Thing]:
        (after,) = paging.after(str) or ("",)
        rows = tx.execute(LIST, {"city": actor.city, "after": after, "limit": paging.limit + 1}).fetchall()
        return paging.page([Thing(name=row.name, value=row.value) for row in rows], lambda one: (one.name,))

    @router.get("/{name}")
    def one(name: str, actor: CurrentActor, tx: Reading, reply: Replying) -> Thing:
        value = value_of(tx, actor.city, name)
        reply.version(value)
        return Thing(name=name, value=value)

    @router.patch("/{name}")
    def change(name: str, actor: Submitter, tx: Transaction, version: IfMatch) -> Thing:
        if version is not None and version != value_of(tx, actor.city, name):
            raise errors.Conflict
        tx.execute("update counter set value = value + 10 where name = %s", (name,))
        return Thing(name=name, value=value_of(tx, actor.city, name))

    @router.post("/{name}/close", status_code=204)
    def close(name: str, actor: Submitter, tx: Transaction) -> None:
        done = tx.execute("update counter set value = 0 where name = %s and value > 0", (name,))
        if done.rowcount == 0:
            raise errors.NotNow

    @router.post("/{name}/fail")
    def fail(name: str, actor: Submitter, tx: Transaction) -> Thing:
        tx.execute(ADD, {"city": actor.city, "name": "half", "by": 1})
        raise FAILURES[name]

    return router


def other_room() -> Router:
    router = Router(prefix="/other")

    @router.get("/hello")
    def hello(language: Language, greeting: Annotated[Greeting, provided(Greeting)]) -> Greeting:
        return Greeting(f"{greeting.text} {language}")

    @router.get("/plain")
    def plain(actor: CurrentActor) -> PlainTextResponse:
        return PlainTextResponse(actor.id)

    @router.get("/later")
    async def later() -> Greeting:
        return Greeting("later")

    @router.post("/large", max_body_size=4_000_000)
    def large(body: dict[str, str]) -> int:
        return len(body["x"])

    return router


ADD = (
    "insert into counter (city, name, value) values (%(city)s, %(name)s, %(by)s)"
    " on conflict (city, name) do update set value = counter.value + excluded.value"
    " returning value, pg_sleep(0.01)"
)
LIST = "select name, value from counter where city = %(city)s and name > %(after)s order by name limit %(limit)s"
FAILURES: dict[str, Exception] = {
    "not_found": errors.NotFound(),
    "invalid": errors.Invalid(errors=[{"field": "x", "reason": "missing", "why": "is needed"}]),
    "not_allowed": errors.NotAllowed("Only at night.", permission="case.read"),
    "not_now": errors.NotNow(),
    "condition_unmet": errors.ConditionUnmet(),
    "conflict": errors.Conflict(),
    "too_many": errors.TooMany(retry_after_s=7),
    "database_unavailable": errors.DatabaseUnavailable(),
    "pack_invalid": errors.PackInvalid(),
    "race": psycopg.errors.UniqueViolation("Key (name)=(张三) exists"),
    "nul": psycopg.DataError("text fields cannot contain NUL: 张三"),
    "foreseen": psycopg.errors.UndefinedTable("张三"),
    "unforeseen": RuntimeError("张三 13800001234"),
}


def value_of(tx: Tx, city: str, name: str) -> int:
    row = tx.execute("select value from counter where city = %s and name = %s", (city, name)).fetchone()
    if row is None:
        raise errors.NotFound(name=name)
    return int(row.value)


def add(client: httpx.Client, name: str = "lamp", key: str | None = None, **body: Any) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/api/things", json={"name": name, **body}, headers=headers)


def value(client: httpx.Client, name: str = "lamp") -> int | None:
    found = client.get(f"/api/things/{name}")
    return found.json()["value"] if found.is_success else None
