"""The outermost layer of the server: a number for each request, headers that protect, one line in the log."""

from __future__ import annotations

import itertools
import re
import secrets
import time
from collections.abc import Callable
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiuhua.platform import logging
from xiuhua.platform.errors import Internal, TooLarge, XiuhuaError
from xiuhua.platform.web.problems import MEDIA_TYPE, answer
from xiuhua.platform.wording import Code

_ID: Final = re.compile(r"[\w-]{8,64}")
_PROTECTION: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_RAW: Final = [(name.lower().encode(), value.encode()) for name, value in _PROTECTION.items()]
"""Set where the answer says nothing else; a page of the console brings its own policy."""
_ENCRYPTED: Final = (b"strict-transport-security", b"max-age=31536000")


class Edge:
    """ASGI middleware; also answers errors that nobody foresaw, without their insides."""

    def __init__(
        self, app: ASGIApp, language: Code = "zh", count: Callable[[str, int, float], None] | None = None
    ) -> None:
        """`count` is told the operation, status and seconds of every request answered."""
        self._app, self._language, self._count = app, language, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._language)
        token, begun = logging.request_id.set(exchange.id), time.perf_counter()
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:  # noqa: BLE001
            # The edge of the process: what comes here would otherwise end in a page of the server's own.
            logging.log_exception(error)
            if exchange.status == 0:
                await exchange.answer(Internal(id=exchange.id))
        finally:
            duration_s = time.perf_counter() - begun
            logging.log_request(scope["method"], _pattern(scope), exchange.status, duration_s * 1000)
            if self._count is not None:
                route = scope.get("route")
                self._count("unknown" if route is None else route.name, exchange.status, duration_s)
            logging.request_id.reset(token)


_process, _numbers = secrets.token_hex(4), itertools.count(secrets.randbits(24))


def _next_id() -> str:
    """A request's number: asking the system for chance each time would cost a switch between threads."""
    return f"{_process}{next(_numbers) & 0xFFFFFFFF:08x}"


class _Exchange:
    """One request and its answer on the way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, language: Code) -> None:
        self._request, self._receive, self._send, self._language = Request(scope), receive, send, language
        given = self._request.headers.get("x-request-id", "")
        self.id = given if _ID.fullmatch(given) else _next_id()
        self.status = 0
        self._replaced = False

    async def send(self, message: Message) -> None:
        """Send on, protected; the plain text by which the limit of bodies answers becomes a problem."""
        if self._replaced:
            return
        if message["type"] == "http.response.start" and message["status"] == 413 and not _is_problem(message):
            self._replaced = True
            await self.answer(TooLarge())
            return
        await self._out(message)

    async def answer(self, error: XiuhuaError) -> None:
        """Answer by a problem."""
        response = answer(self._request, error, self._language)
        await response(self._request.scope, self._receive, self._out)

    async def _out(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [one for one in message["headers"] if one[0] != b"x-request-id"]
            given = {name for name, _ in headers}
            headers += [one for one in _RAW if one[0] not in given]
            headers.append((b"x-request-id", self.id.encode()))
            if self._request.scope["scheme"] == "https" and _ENCRYPTED[0] not in given:
                headers.append(_ENCRYPTED)
            message["headers"] = headers
        await self._send(message)


def _is_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type") == MEDIA_TYPE


def _pattern(scope: Scope) -> str:
    """The route's pattern: names of things may stand in the path itself."""
    route = scope.get("route")
    return "unknown" if route is None else route.path
