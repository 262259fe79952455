"""One request on its way: what it shows, taken apart once, before any thread or connection is used for it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

from fastapi import Request

from xiuhua.platform.errors import CrossSite, Invalid
from xiuhua.platform.identity.authentication import Credentials, Known, of_bearer, of_session
from xiuhua.platform.services import Services

COOKIE: Final = "xiuhua"
SECURE_COOKIE: Final = "__Host-xiuhua"
"""Over TLS: a browser takes it only from this very host, path / and encrypted (RFC 6265bis §4.1.3.2)."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SCOPE_KEY: Final = "xiuhua.call"
_LONGEST_KEY: Final = 200


@dataclass(slots=True)
class Call:
    """A request, who it says it is from, and under which key it may be repeated."""

    request: Request
    services: Services
    credentials: Credentials | None
    key: str | None = None
    """Idempotency-Key of a POST."""
    digest: bytes = b""
    """SHA-256 of method, path, query and body, where there is a key."""
    known: Known | None = None
    """Who it is, once the endpoint's work has begun."""


async def current_call(request: Request) -> Call:
    """The call of a request, made when first asked for. Raises `CrossSite`, `Invalid` for a malformed key."""
    known = request.scope.get(_SCOPE_KEY)
    if known is not None:
        return cast(Call, known)
    call = Call(request, request.app.state.services, _credentials(request))
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    if key is not None:
        if not 8 <= len(key) <= _LONGEST_KEY or not key.isprintable():
            why = f"is not 8 to {_LONGEST_KEY} printable characters"
            raise Invalid(errors=[{"field": "Idempotency-Key", "reason": "malformed", "why": why}])
        call.key, call.digest = key, await _digest(request)
    request.scope[_SCOPE_KEY] = call
    return call


def cookie_name(request: Request) -> str:
    """The session cookie's name for this connection."""
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE


def _credentials(request: Request) -> Credentials | None:
    bearer = request.headers.get("authorization")
    if bearer is not None:
        return of_bearer(bearer)
    if request.method not in SAFE:
        _demand_same_site(request)
    cookie = request.cookies.get(cookie_name(request))
    return None if cookie is None else of_session(cookie)


def _demand_same_site(request: Request) -> None:
    """A browser sends cookies along with forms of other sites; what such a form cannot send is asked for."""
    site = request.headers.get("sec-fetch-site")
    if site == "same-origin" or "x-requested-with" in request.headers:
        return
    if site is not None or cookie_name(request) in request.cookies:
        raise CrossSite


async def _digest(request: Request) -> bytes:
    # A form's files have been read into files already; what they hold is told by their length alone.
    form = request.headers.get("content-type", "").startswith("multipart/")
    body = request.headers.get("content-length", "").encode() if form else await request.body()
    target = f"{request.method} {request.url.path}?{request.url.query}\n"
    return sha256(target.encode() + body).digest()
