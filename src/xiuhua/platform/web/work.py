"""The work of one request: sign-in, transaction, endpoint, answer kept for repetitions, commit. In this order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import orjson
import psycopg
from fastapi import Response
from starlette.datastructures import URL

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import AlreadyDone, Conflict, NotAllowed, NotSignedIn, XiuhuaError
from xiuhua.platform.identity.authentication import Answer, Known
from xiuhua.platform.sql import queries
from xiuhua.platform.web.call import Call
from xiuhua.platform.web.dependencies import AsActor, AsTx
from xiuhua.platform.web.reply import Reply

Render = Callable[[Any, Reply | None, URL], Response]
REPLAYED = "Idempotent-Replayed"
MEANT = "x-xiuhua-person"
"""Whose request it is, percent-encoded; a phone that several people use says it with what one of them did."""
SHOWN_ONCE = frozenset({"personal.unmask"})
"""Permissions whose answers are never stored, whatever the endpoint says."""
_KEPT_HEADERS = ("etag", "location", "link")


class SomeoneElseAnswered(Exception):
    """Another request with the same key was first; what this one did is undone."""


def do(endpoint: Callable[..., Any], values: dict[str, Any], render: Render) -> Response:
    """Run an endpoint whose parameters may hold notes for a transaction and an actor."""
    tx_name, as_tx, actor_name, as_actor, reply = _notes(values)
    note = as_tx or as_actor
    if note is None:
        return render(endpoint(**values), reply, URL())
    call, known = note.call, None
    database = call.services.database
    try:
        with (database.reading if as_tx is not None and as_tx.reading else database.transaction)() as tx:
            if as_actor is not None:
                known = _known(tx, as_actor)
                if known.answer is not None:
                    return repeat(call, known.answer)
                values[actor_name] = known.actor
            if as_tx is not None:
                values[tx_name] = tx
            response = render(endpoint(**values), reply, call.request.url)
            changing = as_tx is None or not as_tx.reading  # what only reads may be asked again
            if changing and call.key is not None and known is not None and _may_be_kept(as_actor, reply):
                keep(tx, [(call, known, response)])
    except (SomeoneElseAnswered, XiuhuaError, psycopg.Error) as error:
        if call.key is None or known is None or as_actor is None:
            raise
        return _first_answer(call, as_actor, error)
    if known is not None and known.touch:
        touch(call)
    return _unless_known(call, response)


def signed_in(call: Call, *, unsettled: bool = False) -> Known:
    """Who asks, for an endpoint that must hold no transaction while it works. Raises `NotSignedIn`."""
    with call.services.database.transaction() as tx:
        return _known(tx, AsActor(call, unsettled=unsettled))


def reply_of(values: dict[str, Any]) -> Reply | None:
    """What an endpoint says beside its answer, if it asks for that."""
    return next((value for value in values.values() if isinstance(value, Reply)), None)


def _notes(values: dict[str, Any]) -> tuple[str, AsTx | None, str, AsActor | None, Reply | None]:
    tx_name, as_tx, actor_name, as_actor, reply = "", None, "", None, None
    for name, value in values.items():
        if isinstance(value, AsTx):
            tx_name, as_tx = name, value
        elif isinstance(value, AsActor):
            actor_name, as_actor = name, value
        elif isinstance(value, Reply):
            reply = value
    return tx_name, as_tx, actor_name, as_actor, reply


def _known(tx: Tx, wanted: AsActor) -> Known:
    """Who it is, if they may; the stored answer only if it is theirs to see still."""
    call = wanted.call
    if call.credentials is None:
        raise NotSignedIn
    return demanded(wanted, call.services.identity.known(tx, call.credentials, call.key))


def demanded(wanted: AsActor, known: Known | None) -> Known:
    """The one found, if it is somebody who may. Raises `NotSignedIn`, `NotAllowed` and its kinds."""
    if known is None:
        raise NotSignedIn
    if known.must is not None and not wanted.unsettled:
        raise known.must
    if wanted.permission is not None and not known.actor.may(wanted.permission):
        raise NotAllowed(permission=wanted.permission)
    meant = wanted.call.request.headers.get(MEANT)
    if meant is not None and unquote(meant) != known.actor.id:
        raise NotSignedIn("Somebody else is signed in.")
    wanted.call.known = known
    return known


def _may_be_kept(wanted: AsActor | None, reply: Reply | None) -> bool:
    """Neither secrets nor what was unmasked for one look is stored for repetitions."""
    return not (reply is not None and reply.once) and not (wanted is not None and wanted.permission in SHOWN_ONCE)


def keep(tx: Tx, answered: Sequence[tuple[Call, Known, Response]]) -> None:
    """Store answers under their keys, all of one city. Raises when another request was first with one."""
    rows = [
        (known.actor.id, call.key, call.digest, response.status_code, _kept_headers(response),
         bytes(response.body).decode() or "null")
        for call, known, response in answered
        if 200 <= response.status_code < 300 and isinstance(getattr(response, "body", None), bytes)
        and (not response.body or response.media_type == "application/json")
    ]  # fmt: skip
    if not rows:
        return
    names = ("actors", "keys", "requests", "statuses", "headers", "answers")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    values = {"city": answered[0][1].actor.city, "now": tx.now, **columns}
    if tx.execute(queries("xiuhua.platform.identity")["keep_answers"], values).rowcount < len(rows):
        raise SomeoneElseAnswered


def _kept_headers(response: Response) -> str:
    return orjson.dumps({name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}).decode()


def _first_answer(call: Call, wanted: AsActor, error: Exception) -> Response:
    """What failed may have failed because the first request with this key has succeeded: then that is the answer."""
    with call.services.database.transaction() as tx:
        known = _known(tx, wanted)
    if known.answer is not None:
        return repeat(call, known.answer)
    raise Conflict if isinstance(error, SomeoneElseAnswered) else error


def repeat(call: Call, answer: Answer) -> Response:
    """The answer given before to the same request. Raises `AlreadyDone` when the request was another."""
    if answer.request != call.digest:
        raise AlreadyDone
    body = b"" if answer.body == "null" else answer.body.encode()
    response = Response(body, answer.status, media_type="application/json" if body else None)
    response.headers.update(orjson.loads(answer.headers))
    response.headers[REPLAYED] = "true"
    return response


def touch(call: Call) -> None:
    """Write down that the credentials are in use."""
    # A transaction of its own, since the request's may be read only; losing one note of use does no harm.
    assert call.credentials is not None
    with suppress(XiuhuaError, psycopg.Error), call.services.database.transaction() as tx:
        call.services.identity.touch(tx, call.credentials)


def _unless_known(call: Call, response: Response) -> Response:
    """304 for a GET whose answer the client has already."""
    etag = response.headers.get("etag")
    if etag is None or call.request.method not in ("GET", "HEAD"):
        return response
    wanted = call.request.headers.get("if-none-match", "")
    if etag in [one.strip().removeprefix("W/") for one in wanted.split(",")]:
        # What an answer says of being kept, it says again (RFC 9110 §15.4.5).
        lasting = response.headers.get("cache-control")
        return Response(status_code=304, headers={"ETag": etag} | ({"Cache-Control": lasting} if lasting else {}))
    return response
