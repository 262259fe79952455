"""Signing in through the provider of the office: to it, back from it, and out of it."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from fastapi import Query, Response
from pydantic import BaseModel, Field

from xiuhua.platform.errors import ProviderRefused
from xiuhua.platform.identity import signin
from xiuhua.platform.identity.browser import ThisCall, client_of, cookie, sign_out_cookie, signed_in_cookies
from xiuhua.platform.identity.oidc import FLOW_MINUTES, Provider
from xiuhua.platform.web import Call, Replying, Router, Transaction, UnsettledActor, provided
from xiuhua.platform.web.call import cookie_name

router = Router(prefix="/session/oidc", tags=["identity"])
TheProvider = Annotated[Provider, provided(Provider)]
_FLOW: Final = "_flow"
_PAGE: Final = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>绣花</title>'
"""Not a redirect: browsers keep a strict cookie back on one that began at another site."""


class ProviderOut(BaseModel):
    """Where the browser goes on to."""

    url: str | None = Field(description="of the provider's own sign-out; null where it has none")


@router.get("", status_code=303, response_class=Response)
def begin_provider_sign_in(
    call: ThisCall, provider: TheProvider,
    city: Annotated[str | None, Query(pattern=r"^\d{6}$", examples=["990101"])] = None,
) -> Response:  # fmt: skip
    """To the provider; 404 where none is set up. `city` where several cities know the name."""
    url, state = provider.begin(call.services.database, _base(call), city)
    response = Response(status_code=303, headers={"Location": url})
    # Lax, since the browser comes back from another site.
    response.headers.append("Set-Cookie", cookie(call.request, state, FLOW_MINUTES * 60, _FLOW, "Lax"))
    return response


@router.get("/callback", response_class=Response)
def finish_provider_sign_in(
    call: ThisCall, provider: TheProvider,
    state: Annotated[str, Query(max_length=200)] = "", code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:  # fmt: skip
    """Back from the provider: opens a session for the account that the provider's person has."""
    request, services = call.request, call.services
    kept = request.cookies.get(cookie_name(request) + _FLOW, "")
    if not code or not state or not secrets.compare_digest(kept.encode(), state.encode()):
        raise ProviderRefused("The sign-in was not begun in this browser, or the provider refused it.")
    signed = provider.finish(services.database, services.identity, _base(call), state, code, client_of(call))
    response = Response(_PAGE, media_type="text/html")
    for one in [*signed_in_cookies(call, signed), cookie(request, "", 0, _FLOW, "Lax")]:
        response.headers.append("Set-Cookie", one)
    return response


@router.post("/end")
def end_provider_session(
    actor: UnsettledActor, tx: Transaction, call: ThisCall, provider: TheProvider, reply: Replying
) -> ProviderOut:  # fmt: skip
    """Sign out here, and learn where to sign out of the provider."""
    if actor.via == "session" and call.credentials is not None:
        signin.sign_out(tx, call.credentials)
        sign_out_cookie(call, reply)
    return ProviderOut(url=provider.sign_out_url(_base(call)))


def _base(call: Call) -> str:
    url = call.request.url
    return f"{url.scheme}://{url.netloc}"
