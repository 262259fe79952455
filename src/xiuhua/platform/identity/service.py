"""Accounts: made, changed, given a new password. Signing in is in `signin.py`, tokens in `tokens.py`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.authentication import changed
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.model import Account, Actor, NewAccount, Post, system
from xiuhua.platform.identity.passwords import Hasher, generate
from xiuhua.platform.identity.permissions import permissions_of, roles
from xiuhua.platform.sql import queries

MANAGE: Final = "account.manage"
ADMINISTRATOR: Final = "administrator"
FIRST_NAME: Final = "admin"
_NAME: Final = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """To be shown once: the password is kept nowhere."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as managers see it."""

    account: Account
    created_at: datetime
    changed_at: datetime


def normal_name(name: str) -> str:
    """The form in which sign-in names are kept and looked up: full-width letters and case do not matter."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def create_first_administrator(tx: Tx, city: str, hasher: Hasher) -> FirstAdministrator | None:
    """An administrator with a generated password that must be changed; None when the city has one already.

    Safe when several processes start at once: one of them gets the answer.
    """
    if tx.execute(_sql()["has_administrator"], {"city": city}).fetchone():
        return None
    password = generate()
    new = NewAccount(FIRST_NAME, ADMINISTRATOR, roles=(ADMINISTRATOR,), password=password)
    made = _insert(tx, city, [new], hasher)
    if not made:
        return None
    tell(tx, system(city), MANAGE, "AccountCreated", [(ADMINISTRATOR, {"roles": [ADMINISTRATOR]})])
    return FirstAdministrator(FIRST_NAME, password)


def create_accounts(tx: Tx, actor: Actor, accounts: Sequence[NewAccount], hasher: Hasher) -> list[str]:
    """Make many accounts; returns their names in the form they are kept.

    Each password costs 40 ms; accounts without one (for tokens) cost nothing. Raises `NotAllowed` without
    `account.manage` or for roles that permit more than the actor may, `Invalid` with every fault of every
    row, `Conflict` with the names that exist or whose person has an account.
    """
    _demand(actor, [role for account in accounts for role in account.roles])
    errors = [error for row, account in enumerate(accounts, 1) for error in _errors(account, row)]
    errors += _twice(accounts)
    if errors:
        raise Invalid(errors=errors)
    made = _insert(tx, actor.city, accounts, hasher)
    names = [normal_name(account.name) for account in accounts]
    if missing := sorted(set(names) - made):
        raise Conflict("These accounts exist, or their persons have one.", names=missing)
    told = [(account.person, {"roles": sorted(account.roles)}) for account in accounts]
    tell(tx, actor, MANAGE, "AccountCreated", told)
    return names


def list_accounts(tx: Tx, city: str, after: str = "", limit: int = 50) -> list[Listed]:
    """A page of a city's accounts by name, those behind `after`."""
    rows = tx.execute(_sql()["accounts"], {"city": city, "after": after, "limit": limit})
    return [_listed(city, row) for row in rows]


def get_account(tx: Tx, city: str, name: str) -> Listed:
    """One account; raises `NotFound`."""
    row = tx.execute(_sql()["account"], {"city": city, "name": normal_name(name)}).fetchone()
    if row is None:
        raise NotFound(account=name)
    return _listed(city, row)


def change_account(
    tx: Tx,
    actor: Actor,
    name: str,
    *,
    version: int | None = None,
    title: str | None = None,
    roles: Sequence[str] | None = None,
    valid: bool | None = None,
) -> Listed:
    """Change what is given; an account that is no longer valid loses its sessions and tokens.

    Raises `NotFound`, `NotAllowed`, `Invalid`, and `Conflict` when `version` is not the present one or the
    actor would lock themself out.
    """
    old = get_account(tx, actor.city, name).account
    wanted = old.roles if roles is None else tuple(sorted(set(roles)))
    _demand(actor, {*wanted, *old.roles})
    if unknown := [_fault(None, "roles", "unknown", f"{role} is no role") for role in _unknown(wanted)]:
        raise Invalid(errors=unknown)
    if old.person == actor.id and (valid is False or wanted != old.roles):
        raise Conflict("Let somebody else change your own account.")
    valid = old.valid if valid is None else valid
    values = {
        "city": actor.city, "name": old.name, "title": old.title if title is None else title,
        "roles": list(wanted), "valid": valid, "now": tx.now, "version": version or old.version,
    }  # fmt: skip
    if tx.execute(_sql()["change_account"], values).fetchone() is None:
        raise Conflict
    if not valid:
        end_access(tx, actor.city, [old.name])
    changed(tx, actor.city)
    tell(tx, actor, MANAGE, "AccountChanged", [(old.person, {"roles": list(wanted), "valid": valid})])
    return get_account(tx, actor.city, name)


def reset_password(tx: Tx, actor: Actor, name: str, hasher: Hasher) -> str:
    """A generated password, shown once, to be changed at the next sign-in; sessions and tokens end.

    Raises `NotFound`, `NotAllowed` (also when the account may more than the actor).
    """
    account = get_account(tx, actor.city, name).account
    _demand(actor, account.roles)
    password = generate()
    row = tx.execute(_sql()["account_of"], {"city": actor.city, "person": account.person}).fetchone()
    if row is None:
        raise NotFound(account=name)
    set_password(tx, account, row.password_hash, hasher.hash(password), must_change=True)
    end_access(tx, actor.city, [account.name])
    tx.execute(_sql()["forget_devices"], {"city": actor.city, "accounts": [account.name]})
    tx.execute(_sql()["unlock"], {"city": actor.city, "name": account.name})
    tell(tx, actor, MANAGE, "PasswordReset", [(account.person, {})])
    return password


def set_password(tx: Tx, account: Account, old: str | None, new: str, *, must_change: bool) -> None:
    """Put one hash in place of another; raises `Conflict` when it is not there any more."""
    values = {
        "city": account.city, "name": account.name, "old": old, "new": new, "must_change": must_change,
        "now": tx.now,
    }  # fmt: skip
    if tx.execute(_sql()["set_password"], values).fetchone() is None:
        raise Conflict


def end_access(tx: Tx, city: str, accounts: Sequence[str]) -> None:
    """End every session and token of some accounts."""
    values = {"city": city, "accounts": list(accounts), "but": None, "now": tx.now}
    tx.execute(_sql()["close_sessions"], values)
    tx.execute(_sql()["revoke_tokens"], values)
    changed(tx, city)


def _insert(tx: Tx, city: str, accounts: Sequence[NewAccount], hasher: Hasher) -> set[str]:
    hashes = [None if account.password is None else hasher.hash(account.password) for account in accounts]
    values = {
        "city": city, "now": tx.now, "hashes": hashes,
        "names": [normal_name(account.name) for account in accounts],
        "persons": [account.person for account in accounts],
        "titles": [account.title for account in accounts],
        "roles": [",".join(sorted(set(account.roles))) for account in accounts],
        "must_change": [account.must_change and account.password is not None for account in accounts],
    }  # fmt: skip
    return {row.name for row in tx.execute(_sql()["add_accounts"], values)}


def _demand(actor: Actor, granted: Sequence[str] | set[str]) -> None:
    """Nobody hands out, or takes over, more than they hold."""
    if not actor.may(MANAGE):
        raise NotAllowed(permission=MANAGE)
    wanted = permissions_of(Post(role, actor.city) for role in granted)
    beyond = sorted(permission for permission in wanted if not actor.may(permission))
    # An administrator may make any role known but the system's own: these people act within procedures.
    if beyond and ADMINISTRATOR not in actor.roles():
        raise NotAllowed("The roles permit more than you may.", permissions=beyond)
    if "system" in granted:
        raise NotAllowed("Nobody holds the role of the system.")


def _errors(account: NewAccount, row: int) -> list[dict[str, Any]]:
    faults = [
        ("name", "malformed", "is not 1-64 letters, digits, . _ -", not _NAME.fullmatch(normal_name(account.name))),
        ("person", "missing", "is needed", not account.person.strip()),
    ]
    errors = [_fault(row, field, reason, why) for field, reason, why, wrong in faults if wrong]
    return errors + [_fault(row, "roles", "unknown", f"{role} is no role") for role in _unknown(account.roles)]


def _twice(accounts: Sequence[NewAccount]) -> list[dict[str, Any]]:
    names = Counter(normal_name(account.name) for account in accounts)
    persons = Counter(account.person for account in accounts)
    return [
        _fault(row, field, "twice", f"{value} stands here twice")
        for row, account in enumerate(accounts, 1)
        for field, value, count in (
            ("name", account.name, names[normal_name(account.name)]),
            ("person", account.person, persons[account.person]),
        )
        if count > 1
    ]


def _unknown(names: Sequence[str]) -> list[str]:
    return sorted(set(names) - roles().keys())


def _fault(row: int | None, field: str, reason: str, why: str) -> dict[str, Any]:
    place = {} if row is None else {"row": row}
    return {**place, "field": field, "reason": reason, "why": why}


def _listed(city: str, row: Any) -> Listed:
    account = Account(city, row.name, row.person, row.title, tuple(row.roles), row.valid, row.must_change, row.version)
    return Listed(account, row.created_at, row.changed_at)


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
