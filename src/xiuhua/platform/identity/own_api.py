"""Oneself: who one is, one's password, second factor, sessions and tokens."""

from __future__ import annotations

from typing import Annotated, Any, Final

from xiuhua.platform.identity import second_factor, signin, tokens
from xiuhua.platform.identity.authentication import Known
from xiuhua.platform.identity.browser import ThisCall
from xiuhua.platform.identity.forms import (
    CodeIn,
    FactorOut,
    FactorSetup,
    Me,
    PasswordChange,
    PasswordProof,
    RecoveryCodes,
    SessionId,
    SessionListed,
    TokenId,
    TokenIn,
    TokenMade,
    TokenOut,
)
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.sessions import end_sessions, list_sessions
from xiuhua.platform.web import (
    Call,
    CurrentActor,
    Reading,
    Router,
    ShownOnce,
    Transaction,
    UnsettledActor,
    require,
)
from xiuhua.platform.web.work import signed_in

router = Router(prefix="/me", tags=["identity"])
TokenOwner = Annotated[Actor, require("token.manage")]
SIGNED_IN: Final[dict[str, Any]] = {"security": [{"session": []}, {"token": []}]}
"""For operations that look up who asks by themselves, since they hold no transaction while they hash."""


@router.get("")
def me(actor: UnsettledActor, call: ThisCall) -> Me:
    """Who is signed in, with posts and permissions."""
    return Me.of(actor, _known(call).must, call.services.settings.time_zone)


@router.post("/password", status_code=204, openapi_extra=SIGNED_IN)
def change_password(body: PasswordChange, call: ThisCall) -> None:
    """Choose a password; ends all other sessions."""
    known = signed_in(call, unsettled=True)
    assert call.credentials is not None
    services = call.services
    signin.change_password(services.database, services.identity, known.actor, call.credentials, body.old, body.new)


@router.get("/second-factor")
def get_second_factor(actor: UnsettledActor, tx: Reading, call: ThisCall) -> FactorOut:
    """Whether one has a second factor."""
    since, codes = second_factor.standing(tx, actor.city, _known(call).account) or (None, 0)
    return FactorOut(since=since, recovery_codes=codes)


@router.post("/second-factor", status_code=201, openapi_extra=SIGNED_IN)
def begin_second_factor(body: PasswordProof, call: ThisCall) -> FactorSetup:
    """A secret for an authenticator, shown once; it counts once a code of it has come back."""
    known, services = signed_in(call, unsettled=True), call.services
    signin.demand_password(services.database, services.identity, known.actor, body.password)
    with services.database.transaction() as tx:
        return FactorSetup.of(second_factor.begin(tx, services.identity, known.actor, known.account))


@router.post("/second-factor/confirm", status_code=201)
def confirm_second_factor(
    body: CodeIn, actor: UnsettledActor, tx: Transaction, call: ThisCall, reply: ShownOnce
) -> RecoveryCodes:  # fmt: skip
    """Put the second factor in force by its first code; recovery codes are shown this once."""
    codes = second_factor.confirm(tx, call.services.identity, actor, _known(call).account, body.code)
    return RecoveryCodes(codes=codes)


@router.post("/second-factor/end", status_code=204, openapi_extra=SIGNED_IN)
def end_second_factor(body: CodeIn, call: ThisCall) -> None:
    """Do without a second factor, by a code of it; wrong ones are counted as at sign-in."""
    known = signed_in(call, unsettled=True)
    signin.end_second_factor(call.services.database, call.services.identity, known.actor, body.code)


@router.get("/sessions")
def my_sessions(actor: UnsettledActor, tx: Reading, call: ThisCall) -> list[SessionListed]:
    """Where one is signed in, newest first."""
    found = list_sessions(tx, call.services.identity, actor.city, _known(call).account, call.credentials)
    return [SessionListed.of(one) for one in found]


@router.delete("/sessions", status_code=204)
def end_my_other_sessions(actor: UnsettledActor, tx: Transaction, call: ThisCall) -> None:
    """Sign out everywhere else."""
    end_sessions(tx, actor, _owner(call), but=call.credentials)


@router.delete("/sessions/{id}", status_code=204)
def end_my_session(id: SessionId, actor: UnsettledActor, tx: Transaction, call: ThisCall) -> None:
    """End one of one's own sessions."""
    end_sessions(tx, actor, _owner(call), id)


@router.get("/tokens")
def my_tokens(actor: CurrentActor, tx: Reading, call: ThisCall) -> list[TokenOut]:
    """One's own tokens that still hold, newest first."""
    return [TokenOut.of(token) for token in tokens.list_tokens(tx, actor.city, _known(call).account)]


@router.post("/tokens", status_code=201)
def make_token(body: TokenIn, actor: TokenOwner, tx: Transaction, call: ThisCall, reply: ShownOnce) -> TokenMade:
    """Make a token; its text is shown this once."""
    token, text = tokens.make_token(
        tx, call.services.identity, actor, _known(call).account, body.name, body.scopes, body.days
    )
    return TokenMade(token=TokenOut.of(token), text=text)


@router.delete("/tokens", status_code=204)
def revoke_my_tokens(actor: CurrentActor, tx: Transaction, call: ThisCall) -> None:
    """End all of one's own tokens, the one that asks among them."""
    tokens.revoke_tokens_of(tx, actor, _owner(call))


@router.delete("/tokens/{id}", status_code=204)
def revoke_token(id: TokenId, actor: TokenOwner, tx: Transaction, call: ThisCall) -> None:
    """End one of one's own tokens."""
    tokens.revoke_token(tx, actor, _known(call).account, id)


def _known(call: Call) -> Known:
    assert call.known is not None
    return call.known


def _owner(call: Call) -> tokens.Owner:
    known = _known(call)
    return tokens.Owner(known.account, known.actor.id)
