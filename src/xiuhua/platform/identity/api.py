"""Signing in, oneself, one's tokens, and accounts."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path

from xiuhua.platform.identity import service, signin, tokens
from xiuhua.platform.identity.forms import (
    AccountChange,
    AccountIn,
    AccountOut,
    Me,
    PasswordChange,
    PasswordOut,
    RoleOut,
    SessionIn,
    SessionOut,
    TokenIn,
    TokenMade,
    TokenOut,
)
from xiuhua.platform.identity.model import Actor, NewAccount
from xiuhua.platform.identity.passwords import generate
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.web import (
    Call,
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
    current_call,
    require,
)
from xiuhua.platform.web.call import cookie_name
from xiuhua.platform.web.work import signed_in

router = Router(tags=["identity"])
ThisCall = Annotated[Call, Depends(current_call)]
Manager = Annotated[Actor, require("account.manage")]
TokenOwner = Annotated[Actor, require("token.manage")]
AccountName = Annotated[str, Path(max_length=64, examples=["dispatcher01"])]


@router.post("/session", status_code=201)
def sign_in(body: SessionIn, call: ThisCall, reply: Replying) -> SessionOut:
    """Sign in: opens a session and sets its cookie. Wrong names and wrong passwords look alike."""
    services = call.services
    signed = signin.sign_in(services.database, services.identity, body.name, body.password, body.city)
    _set_cookie(call, reply, signed.secret, services.identity.policy.session_hours * 3600)
    account = signed.account
    return SessionOut(
        city=account.city, name=account.name, person=account.person,
        must_change_password=account.must_change, expires_at=signed.expires_at,
    )  # fmt: skip


@router.delete("/session", status_code=204)
def sign_out(actor: UnsettledActor, tx: Transaction, call: ThisCall, reply: Replying) -> None:
    """Sign out: ends this session."""
    if actor.via == "session" and call.credentials is not None:
        signin.sign_out(tx, call.credentials)
        _set_cookie(call, reply, "", 0)


@router.get("/me")
def me(actor: UnsettledActor, call: ThisCall) -> Me:
    """Who is signed in, with posts and permissions."""
    return Me.of(actor, call.known is not None and call.known.must_change)


@router.post("/me/password", status_code=204)
def change_password(body: PasswordChange, call: ThisCall) -> None:
    """Choose a password; ends all other sessions."""
    known = signed_in(call, unsettled=True)
    assert call.credentials is not None
    services = call.services
    signin.change_password(services.database, services.identity, known.actor, call.credentials, body.old, body.new)


@router.get("/me/tokens")
def my_tokens(actor: CurrentActor, tx: Reading, call: ThisCall) -> list[TokenOut]:
    """One's own tokens that still hold, newest first."""
    return [TokenOut.of(token) for token in tokens.list_tokens(tx, actor.city, _account(call))]


@router.post("/me/tokens", status_code=201)
def make_token(body: TokenIn, actor: TokenOwner, tx: Transaction, call: ThisCall, reply: ShownOnce) -> TokenMade:
    """Make a token; its text is shown this once."""
    token, text = tokens.make_token(
        tx, call.services.identity, actor, _account(call), body.name, body.scopes, body.days
    )
    return TokenMade(token=TokenOut.of(token), text=text)


@router.delete("/me/tokens/{id}", status_code=204)
def revoke_token(id: str, actor: TokenOwner, tx: Transaction, call: ThisCall) -> None:
    """End one of one's own tokens."""
    tokens.revoke_token(tx, actor, _account(call), id)


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
    reply.location(f"/api/accounts/{name}")
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


def _account(call: Call) -> str:
    assert call.known is not None
    return call.known.account


def _versioned(reply: Reply, account: AccountOut) -> AccountOut:
    reply.version(account.version)
    return account


def _set_cookie(call: Call, reply: Reply, value: str, seconds: int) -> None:
    name = cookie_name(call.request)
    secure = "; Secure" if call.request.url.scheme == "https" else ""
    reply.cookies.append(f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
