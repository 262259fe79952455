"""What a browser shows at sign-in, and the cookies it is given."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Request

from xiuhua.platform.identity.authentication import of_session
from xiuhua.platform.identity.model import Client
from xiuhua.platform.identity.signin import SignedIn
from xiuhua.platform.web import Call, current_call
from xiuhua.platform.web.call import cookie_name
from xiuhua.platform.web.reply import Reply

ThisCall = Annotated[Call, Depends(current_call)]
_DEVICE: Final = "_device"
_LONGEST_NAME: Final = 200


def client_of(call: Call) -> Client:
    """Address (behind proxies that are trusted), User-Agent, and the cookie of a browser that was here before."""
    request = call.request
    shown = of_session(request.cookies.get(cookie_name(request) + _DEVICE, ""))
    agent = "".join(sign for sign in request.headers.get("user-agent", "") if sign.isprintable())
    address = request.client.host if request.client else ""
    return Client(address, agent[:_LONGEST_NAME], shown.digest if shown else None)


def cookie(request: Request, value: str, seconds: int, suffix: str = "", same_site: str = "Strict") -> str:
    """A `Set-Cookie` out of the reach of scripts; over TLS for this very host only."""
    secure = "; Secure" if request.url.scheme == "https" else ""
    name = cookie_name(request) + suffix
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site}{secure}"


def signed_in_cookies(call: Call, signed: SignedIn) -> list[str]:
    """Those of a session just opened: its own, and that of the device if it is new."""
    policy = call.services.identity.policy
    cookies = [cookie(call.request, signed.secret, policy.session_hours * 3600)]
    if signed.device is not None:
        cookies.append(cookie(call.request, signed.device, policy.device_days * 86_400, _DEVICE))
    return cookies


def sign_out_cookie(call: Call, reply: Reply) -> None:
    """Take the session's cookie away; the device stays known."""
    reply.cookies.append(cookie(call.request, "", 0))


def secret_digest(secret: str) -> bytes:
    """The digest under which a secret of ours is kept."""
    return sha256(secret.encode()).digest()
