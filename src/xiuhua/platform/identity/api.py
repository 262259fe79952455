"""Signing in and out, roles, and accounts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Path

from xiuhua.platform.database import Tx
from xiuhua.platform.identity import second_factor, service, signin, tokens
from xiuhua.platform.identity.browser import ThisCall, client_of, sign_out_cookie, signed_in_cookies
from xiuhua.platform.identity.forms import (
    AccountChange,
    AccountIn,
    AccountOut,
    PasswordOut,
    RoleOut,
    SessionId,
    SessionIn,
    SessionListed,
    SessionOut,
    TokenId,
    TokenOut,
    WaysOut,
)
from xiuhua.platform.identity.model import Actor, NewAccount
from xiuhua.platform.identity.passwords import generate
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.identity.sessions import end_sessions, list_sessions
from xiuhua.platform.web import (
    CurrentActor,
    IfMatch,
    Page,
    Paging,
    Reading,
    Reply,
    Replying,
    Router,
    ShownOnce,
    Transaction,
    UnsettledActor,
    require,
)

router = Router(tags=["identity"])
Manager = Annotated[Actor, require("account.manage")]
AccountName = Annotated[str, Path(max_length=64, examples=["dispatcher01"])]


@router.post("/session", status_code=201)
def sign_in(body: SessionIn, call: ThisCall, reply: Replying) -> SessionOut:
    """Sign in: opens a session and sets its cookie. Wrong names and wrong passwords look alike.

    `second_factor_needed` says that the password fits and `code` is wanted as well.
    """
    services = call.services
    signed = signin.sign_in(
        services.database, services.identity, body.name, body.password, body.city, code=body.code,
        client=client_of(call),
    )  # fmt: skip
    reply.cookies += signed_in_cookies(call, signed)
    account = signed.account
    return SessionOut(
        city=account.city, name=account.name, person=account.person,
        must_change_password=account.must_change, expires_at=signed.expires_at,
    )  # fmt: skip


@router.get("/session")
def tell_ways_in(call: ThisCall) -> WaysOut:
    """How one signs in here; for the page that asks strangers for their name."""
    settings = call.services.settings
    return WaysOut(shown=call.credentials is not None, provider=bool(settings.oidc_issuer), language=settings.language)


@router.delete("/session", status_code=204)
def sign_out(actor: UnsettledActor, tx: Transaction, call: ThisCall, reply: Replying) -> None:
    """Sign out: ends this session."""
    if actor.via == "session" and call.credentials is not None:
        signin.sign_out(tx, call.credentials)
        sign_out_cookie(call, reply)


@router.get("/roles")
def list_roles(actor: CurrentActor) -> list[RoleOut]:
    """Every role with what it permits."""
    return [
        RoleOut(name=role.name, title=role.title, permissions=sorted(role.permissions)) for role in roles().values()
    ]


@router.get("/accounts")
def list_accounts(actor: Manager, tx: Reading, paging: Paging) -> Page[AccountOut]:
    """The city's accounts by name."""
    (after,) = paging.after(str) or ("",)
    found = service.list_accounts(tx, actor.city, after, paging.limit + 1)
    return paging.page([AccountOut.of(one) for one in found], lambda one: (one.name,))


@router.post("/accounts", status_code=201)
def create_account(body: AccountIn, actor: Manager, tx: Transaction, call: ThisCall, reply: ShownOnce) -> PasswordOut:
    """Make an account; its password is shown this once and must be changed at the first sign-in."""
    password = generate()
    new = NewAccount(body.name, body.person, body.title, tuple(body.roles), password)
    [name] = service.create_accounts(tx, actor, [new], call.services.identity.hasher)
    reply.location(f"/api/accounts/{quote(name, safe='')}")
    return PasswordOut(name=name, password=password)


@router.get("/accounts/{name}")
def get_account(name: AccountName, actor: Manager, tx: Reading, reply: Replying) -> AccountOut:
    """One account."""
    return _versioned(reply, AccountOut.of(service.get_account(tx, actor.city, name)))


@router.patch("/accounts/{name}")
def change_account(
    name: AccountName,
    body: AccountChange,
    actor: Manager,
    tx: Transaction,
    version: IfMatch,
    reply: Replying,
) -> AccountOut:
    """Change roles, title or validity."""
    changed = service.change_account(
        tx, actor, name, version=version, title=body.title, roles=body.roles, valid=body.valid
    )
    return _versioned(reply, AccountOut.of(changed))


@router.post("/accounts/{name}/password", status_code=201)
def reset_password(name: AccountName, actor: Manager, tx: Transaction, call: ThisCall, reply: ShownOnce) -> PasswordOut:
    """A new password for someone who lost theirs: shown this once, to be changed; sessions and tokens end."""
    password = service.reset_password(tx, actor, name, call.services.identity.hasher)
    return PasswordOut(name=name, password=password)


@router.get("/accounts/{name}/sessions")
def list_account_sessions(name: AccountName, actor: Manager, tx: Reading, call: ThisCall) -> list[SessionListed]:
    """Where somebody is signed in, newest first."""
    owner = _owner(tx, actor, name)
    return [SessionListed.of(one) for one in list_sessions(tx, call.services.identity, actor.city, owner.account)]


@router.delete("/accounts/{name}/sessions", status_code=204)
def end_account_sessions(name: AccountName, actor: Manager, tx: Transaction) -> None:
    """Sign somebody out everywhere, at once."""
    end_sessions(tx, actor, _owner(tx, actor, name))


@router.delete("/accounts/{name}/sessions/{id}", status_code=204)
def end_account_session(name: AccountName, id: SessionId, actor: Manager, tx: Transaction) -> None:
    """End one of somebody's sessions."""
    end_sessions(tx, actor, _owner(tx, actor, name), id)


@router.get("/accounts/{name}/tokens")
def list_account_tokens(name: AccountName, actor: Manager, tx: Reading) -> list[TokenOut]:
    """Somebody's personal tokens that still hold, newest first."""
    return [TokenOut.of(one) for one in tokens.list_tokens(tx, actor.city, _owner(tx, actor, name).account)]


@router.delete("/accounts/{name}/tokens", status_code=204)
def revoke_account_tokens(name: AccountName, actor: Manager, tx: Transaction) -> None:
    """End all of somebody's tokens."""
    tokens.revoke_tokens_of(tx, actor, _owner(tx, actor, name))


@router.delete("/accounts/{name}/tokens/{id}", status_code=204)
def revoke_account_token(name: AccountName, id: TokenId, actor: Manager, tx: Transaction) -> None:
    """End one of somebody's tokens."""
    tokens.revoke_tokens_of(tx, actor, _owner(tx, actor, name), id)


@router.delete("/accounts/{name}/second-factor", status_code=204)
def take_second_factor_away(name: AccountName, actor: Manager, tx: Transaction) -> None:
    """Take somebody's second factor away, who lost phone and recovery codes."""
    second_factor.take_away(tx, actor, service.get_account(tx, actor.city, name).account)


def _owner(tx: Tx, actor: Actor, name: str) -> tokens.Owner:
    account = service.get_account(tx, actor.city, name).account
    return tokens.Owner(account.name, account.person)


def _versioned(reply: Reply, account: AccountOut) -> AccountOut:
    reply.version(account.version)
    return account
