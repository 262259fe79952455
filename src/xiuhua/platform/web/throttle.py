"""How often one address may ask without being signed in: counted in this process, costs the signed-in nothing.

A request that shows a cookie or a token passes without a look, unless its address has just had too many refused: then
it passes only if its sign-in is one that this process knows. So one who floods from behind a bureau's address with
made-up tokens is stopped, and the bureau goes on working.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xiuhua.platform.errors import TooMany
from xiuhua.platform.identity.authentication import Identity, of_bearer, of_session
from xiuhua.platform.identity.lock import network_of
from xiuhua.platform.web.call import cookie_name
from xiuhua.platform.web.problems import answer
from xiuhua.platform.wording import Code

if TYPE_CHECKING:
    from limits import RateLimitItem

_SIGN_IN: Final = "/api/session"
_SHOWN: Final = frozenset({b"authorization", b"cookie"})
_FREE: Final = frozenset({"/health"})
_OPEN: Final = "/report"
"""The public page, where nobody signs in: what looks like a sign-in there makes nobody a friend."""


class Throttle:
    """ASGI layer inside the edge; 429 with `Retry-After` beyond the limits."""

    def __init__(
        self, app: ASGIApp, identity: Identity, language: Code, *, sign_ins: int, strangers: int
    ) -> None:  # fmt: skip
        """`sign_ins` and `strangers` are requests a minute and address; 0: no limit."""
        # Loaded with the app and not with the module: commands of the shell need none of it.
        from limits import RateLimitItemPerMinute  # noqa: PLC0415
        from limits.storage import MemoryStorage  # noqa: PLC0415
        from limits.strategies import SlidingWindowCounterRateLimiter  # noqa: PLC0415

        self._app, self._identity, self._language = app, identity, language
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._sign_ins = RateLimitItemPerMinute(sign_ins, namespace="sign-in") if sign_ins else None
        self._strangers = RateLimitItemPerMinute(strangers, namespace="stranger") if strangers else None
        self._refused: dict[str, float] = {}
        """Addresses that had too many requests refused, and until when."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or not."""
        if scope["type"] != "http" or scope["path"] in _FREE:
            await self._app(scope, receive, send)
            return
        # Every page that opens asks which ways in there are: no try of anybody's.
        asks = (scope["method"], scope["path"]) == ("GET", _SIGN_IN)
        signing_in = scope["path"].startswith(_SIGN_IN) and scope["method"] != "DELETE" and not asks
        shows = (
            not signing_in
            and not scope["path"].startswith(_OPEN)
            and any(name in _SHOWN for name, _ in scope["headers"])
        )
        if shows and not self._refused:
            await self._app(scope, receive, self._watching(scope, send))
            return
        wait = self._friend_waits(scope) if shows else self._stranger_waits(scope, signing_in)
        if wait:
            response = answer(Request(scope), TooMany(retry_after_s=wait), self._language)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, self._watching(scope, send) if shows else send)

    def _stranger_waits(self, scope: Scope, signing_in: bool) -> int:
        address = _address(scope)
        limits = (self._sign_ins, self._strangers) if signing_in else (self._strangers,)
        return max(self._hit(limit, address) for limit in limits)

    def _friend_waits(self, scope: Scope) -> int:
        until = self._refused.get(_address(scope))
        if until is None:
            return 0
        left = until - time.monotonic()
        if left <= 0:
            self._refused = {one: at for one, at in self._refused.items() if at > time.monotonic()}
            return 0
        return 0 if self._is_known(Request(scope)) else int(left) + 1

    def _is_known(self, request: Request) -> bool:
        bearer = request.headers.get("authorization")
        shown = of_session(request.cookies.get(cookie_name(request), "")) if bearer is None else of_bearer(bearer)
        return shown is not None and self._identity.remembers(shown)

    def _hit(self, limit: RateLimitItem | None, address: str) -> int:
        """Count one; seconds to wait when that was one too many."""
        if limit is None or self._limiter.hit(limit, address):
            return 0
        reset = self._limiter.get_window_stats(limit, address).reset_time
        return max(1, int(reset - time.time()) + 1)

    def _watching(self, scope: Scope, send: Send) -> Send:
        """Count what is refused for want of a sign-in."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401:
                address = _address(scope)
                if wait := self._hit(self._strangers, address):
                    self._refused[address] = time.monotonic() + wait
            await send(message)

        return watched


def _address(scope: Scope) -> str:
    """The client's, as uvicorn takes it from proxies that are trusted; an IPv6 network counts as one."""
    client = scope.get("client")
    return network_of(client[0]) if client else ""
