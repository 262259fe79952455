"""The short way of a request that is carried out together with others: read, checked once, put to the rest.

FastAPI's way through its layers costs 0.5 ms a request, more than a tenth of a batch's work on it. Here the
same models and the same dependencies are asked directly. Whatever is not plain and right (another content type,
a body that is too long or does not fit) goes FastAPI's way with what has been read, so that there is one
answer to it.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, get_args, get_origin

from fastapi import Request, Response
from fastapi.params import Depends, Path
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiuhua.platform.web import work
from xiuhua.platform.web.together import CarryOut, Desk

LONGEST: Final = 64 * 1024
"""Bytes of a body that goes this way."""
_JSON: Final = b"application/json"
NUL: Final = rb"\u0000"
"""As JSON writes the one character that PostgreSQL keeps in no text."""


class Unfit(Exception):
    """Not for the short way."""


class Quick:
    """The short way to one endpoint."""

    def __init__(self, endpoint: Callable[..., Any], carry_out: CarryOut, render: work.Render) -> None:
        """Raises `Unfit` when the endpoint has a parameter of another kind than body, path and dependency."""
        self._endpoint, self._carry_out, self._render = endpoint, carry_out, render
        self._paths: dict[str, TypeAdapter[Any]] = {}
        self._asked: dict[str, tuple[Callable[..., Awaitable[Any]], bool]] = {}
        self._body: tuple[str, TypeAdapter[Any]] | None = None
        for name, parameter in inspect.signature(endpoint, eval_str=True).parameters.items():
            self._note(name, parameter.annotation)

    def _note(self, name: str, annotation: Any) -> None:
        notes = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        depends = next((one for one in notes if isinstance(one, Depends)), None)
        if depends is not None and depends.dependency is not None:
            asked = depends.dependency
            self._asked[name] = (asked, bool(inspect.signature(asked).parameters))
        elif any(isinstance(one, Path) for one in notes):
            self._paths[name] = TypeAdapter(annotation)
        elif inspect.isclass(annotation) and issubclass(annotation, BaseModel) and self._body is None:
            self._body = (name, TypeAdapter(annotation))
        else:
            raise Unfit(name)

    async def __call__(self, scope: Scope, receive: Receive) -> Response:
        """The answer. Raises `Again` with what was read when the request has to go the long way."""
        request = Request(scope, receive)
        body = await self._read(scope, receive) if self._body is not None else b""
        # An idempotency key's digest is over the body, which has been read here.
        request._body = body
        try:
            values = {
                name: adapter.validate_python(scope["path_params"][name]) for name, adapter in self._paths.items()
            }
            if self._body is not None:
                name, adapter = self._body
                values[name] = adapter.validate_json(body)
        except ValidationError as error:
            raise Again(body) from error
        for name, (asked, of_request) in self._asked.items():
            values[name] = await (asked(request) if of_request else asked())
        desk: Desk = scope["app"].state.desk
        return await desk.answer(self._carry_out, self._endpoint, values, self._render)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        length, kind = 0, b""
        for name, value in scope["headers"]:
            if name == b"content-length":
                length = int(value) if value.isdigit() else 0
            elif name == b"content-type":
                kind = value
        if not 0 < length <= LONGEST or kind.partition(b";")[0].strip().lower() != _JSON:
            raise Again(None)
        read: bytes = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise Again(read)
            read += message.get("body", b"")
            if not message.get("more_body", False):
                break
        if NUL in read:
            raise Again(read)
        return read


class Again(Exception):
    """The request goes the long way, with the body that was read; None when none was."""

    def __init__(self, body: bytes | None) -> None:
        super().__init__()
        self.body = body

    def receive(self, receive: Receive) -> Receive:
        """Gives the body again, then goes on with what comes."""
        if self.body is None:
            return receive
        waiting: list[Message] = [{"type": "http.request", "body": self.body, "more_body": False}]

        async def again() -> Message:
            return waiting.pop() if waiting else await receive()

        return again


async def answered(
    quick: Quick,
    scope: Scope,
    receive: Receive,
    send: Send,
    long_way: ASGIApp,
    on_error: Callable[[Request, Exception], Response],
) -> None:
    """Send the answer of the short way, or of the long one."""
    try:
        response = await quick(scope, receive)
    except Again as again:
        await long_way(scope, again.receive(receive), send)
        return
    except Exception as error:  # noqa: BLE001 - as the app's handlers do, the unforeseen included
        response = on_error(Request(scope), error)
    await response(scope, receive, send)
