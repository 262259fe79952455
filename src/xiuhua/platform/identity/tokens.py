"""Personal tokens: for programs and phones that act in a person's name, with a part of what that person may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.authentication import PREFIX, Identity, changed, new_secret
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

MANAGE: Final = "token.manage"
MANAGE_OTHERS: Final = "account.manage"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose session or token it is."""

    account: str
    person: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it later: not what it is."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None = None


def make_token(
    tx: Tx, identity: Identity, actor: Actor, account: str, name: str, scopes: Sequence[str], days: int
) -> tuple[Token, str]:
    """A token for oneself and its text, which is shown once.

    Raises `NotAllowed` without `token.manage`, `Invalid` for scopes that one does not hold oneself and for a
    life longer than the policy's.
    """
    _demand(actor)
    errors = [
        {"field": "scopes", "reason": "not_held", "why": f"{scope} is not yours"}
        for scope in sorted(set(scopes))
        if not actor.may(scope)
    ]
    if not scopes:
        errors.append({"field": "scopes", "reason": "missing", "why": "is needed"})
    if not 1 <= days <= identity.policy.token_days:
        why = f"is not from 1 to {identity.policy.token_days}"
        errors.append({"field": "days", "reason": "out_of_range", "why": why})
    if not name.strip():
        errors.append({"field": "name", "reason": "missing", "why": "is needed"})
    if errors:
        raise Invalid(errors=errors)
    expires_at = tx.now + timedelta(days=days)
    [(id, text)] = make_tokens(tx, actor.city, [account], name, scopes, expires_at)
    tell(tx, actor, MANAGE, "TokenMade", [(actor.id, {"id": id, "scopes": sorted(set(scopes))})])
    return Token(id, name, tuple(sorted(set(scopes))), tx.now, expires_at), text


def make_tokens(
    tx: Tx, city: str, accounts: Sequence[str], name: str, scopes: Sequence[str], expires_at: datetime
) -> list[tuple[str, str]]:
    """Ids and texts of a token for each account, in order; for bootstrap and simulation, asks no permission."""
    secrets = [new_secret(city) for _ in accounts]
    ids = [tx.new_id() for _ in accounts]
    values = {
        "city": city, "now": tx.now, "expires_at": expires_at, "ids": ids, "accounts": list(accounts),
        "names": [name] * len(ids), "digests": [digest for _, digest in secrets],
        "scopes": [",".join(sorted(set(scopes)))] * len(ids),
    }  # fmt: skip
    tx.execute(_sql()["add_tokens"], values)
    texts = [PREFIX + text.replace(".", "_", 1) for text, _ in secrets]
    return list(zip(ids, texts, strict=True))


def list_tokens(tx: Tx, city: str, account: str) -> list[Token]:
    """An account's tokens that still hold, newest first."""
    rows = tx.execute(_sql()["tokens"], {"city": city, "account": account, "now": tx.now})
    return [_token(row) for row in rows]


def revoke_token(tx: Tx, actor: Actor, account: str, id: str) -> None:
    """End one of one's own tokens; raises `NotFound`."""
    _demand(actor)
    _revoke(tx, actor, MANAGE, Owner(account, actor.id), id)


def revoke_tokens_of(tx: Tx, actor: Actor, owner: Owner, id: str | None = None) -> int:
    """End one token of somebody's, or all; how many. Raises `NotAllowed` without `account.manage`, `NotFound`."""
    if owner.person != actor.id and not actor.may(MANAGE_OTHERS):
        raise NotAllowed(permission=MANAGE_OTHERS)
    permission = "" if owner.person == actor.id else MANAGE_OTHERS
    if id is not None:
        _revoke(tx, actor, permission, owner, id)
        return 1
    values = {"city": actor.city, "accounts": [owner.account], "now": tx.now}
    ids = sorted(row.id for row in tx.execute(_sql()["revoke_tokens"], values))
    changed(tx, actor.city)
    tell(tx, actor, permission, "TokenRevoked", [(owner.person, {"id": one}) for one in ids])
    return len(ids)


def _revoke(tx: Tx, actor: Actor, permission: str, owner: Owner, id: str) -> None:
    values = {"city": actor.city, "account": owner.account, "id": id, "now": tx.now}
    if tx.execute(_sql()["revoke_token"], values).fetchone() is None:
        raise NotFound(token=id)
    changed(tx, actor.city)
    tell(tx, actor, permission, "TokenRevoked", [(owner.person, {"id": id})])


def _demand(actor: Actor) -> None:
    if not actor.may(MANAGE):
        raise NotAllowed(permission=MANAGE)


def _token(row: Any) -> Token:
    return Token(row.id, row.name, tuple(row.scopes), row.created_at, row.expires_at, row.seen_at)


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
