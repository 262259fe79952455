"""The parameters an endpoint may ask for. What needs the database is only noted here, and filled in by the
route in the one thread and the one transaction that the endpoint runs in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotSignedIn
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import known_permissions
from xiuhua.platform.web.call import Call, current_call
from xiuhua.platform.web.language import negotiate
from xiuhua.platform.wording import Code

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AsTx:
    """Stands for the request's transaction."""

    call: Call
    reading: bool = False


@dataclass(frozen=True, slots=True)
class AsActor:
    """Stands for the one who asks."""

    call: Call
    permission: str | None = None
    unsettled: bool = False
    """Whether a person who must first choose a password may pass."""


async def transaction(request: Request) -> AsTx:
    """The request's transaction, read and write."""
    return AsTx(await current_call(request))


async def reading(request: Request) -> AsTx:
    """The request's transaction, read only, with one snapshot."""
    return AsTx(await current_call(request), reading=True)


async def current_actor(request: Request) -> AsActor:
    """Whoever is signed in."""
    return AsActor(await _signed_in(request))


async def unsettled_actor(request: Request) -> AsActor:
    """Whoever is signed in, also one who must choose a password first."""
    return AsActor(await _signed_in(request), unsettled=True)


def require(permission: str) -> Any:
    """Whoever holds a permission: `actor: Annotated[Actor, require("case.read")]`.

    Says nothing of where: ask `identity.permissions.covers` once the subject's area and unit are known.
    """
    if permission not in known_permissions():
        raise KeyError(f"{permission} is not in roles.yaml")
    return Depends(_requirement(permission))


def provided(kind: type[T]) -> Any:
    """What the bootstrap registered for a type: `areas: Annotated[Areas, provided(Areas)]`."""

    async def given(request: Request) -> T:
        call = await current_call(request)
        return call.services.port(kind)

    return Depends(given)


async def if_match(request: Request) -> int | None:
    """The version that a change is based on; None when the request does not say (`*` says: any)."""
    header = request.headers.get("if-match", "*").strip()
    if header == "*":
        return None
    version = header.removeprefix('"').removesuffix('"')
    if not version.isdecimal() or header != f'"{version}"':
        raise Conflict("If-Match holds no version of ours.")
    return int(version)


async def language(request: Request) -> Code:
    """`zh` or `en`, as the reader asks for."""
    call = await current_call(request)
    default: Code = "en" if call.services.settings.language == "en" else "zh"
    return negotiate(request.headers.get("accept-language", ""), default)


@dataclass(frozen=True)
class Requirement:
    """A dependency that can be asked which permission it demands (for the API's description)."""

    permission: str

    async def __call__(self, request: Request) -> AsActor:
        """Whoever holds the permission."""
        return AsActor(await _signed_in(request), self.permission)


def _requirement(permission: str) -> Callable[[Request], Awaitable[AsActor]]:
    return Requirement(permission)


async def _signed_in(request: Request) -> Call:
    call = await current_call(request)
    if call.credentials is None:
        raise NotSignedIn
    return call


Transaction = Annotated[Tx, Depends(transaction)]
Reading = Annotated[Tx, Depends(reading)]
CurrentActor = Annotated[Actor, Depends(current_actor)]
UnsettledActor = Annotated[Actor, Depends(unsettled_actor)]
IfMatch = Annotated[int | None, Depends(if_match)]
Language = Annotated[Code, Depends(language)]
