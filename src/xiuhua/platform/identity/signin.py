"""Signing in and out, and one's own password.

Hashing takes 40 ms, so it happens between two short transactions and no connection waits for it. A name
that does not exist goes the same way as a wrong password: same time, same counting, same lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import NotAllowed, SignInFailed, SignInLocked
from xiuhua.platform.identity import passwords
from xiuhua.platform.identity.authentication import Credentials, Identity, new_secret
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.model import Account, Actor
from xiuhua.platform.identity.service import normal_name, set_password
from xiuhua.platform.sql import queries


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened; the secret is shown once."""

    secret: str
    account: Account
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Try:
    name: str
    city: str
    account: Account | None
    hashed: str | None


def sign_in(database: Database, identity: Identity, name: str, password: str, city: str | None = None) -> SignedIn:
    """Open a session. A name that exists in several cities needs the city, also written `name@city`.

    Raises `SignInFailed` for a wrong name or password alike, `SignInLocked` after too many tries,
    `TooMany` when too many sign in at once.
    """
    typed, at, behind = normal_name(name).partition("@")
    with database.transaction() as tx:
        attempt = _look(tx, typed, city or (behind if at else None))
    fits = identity.hasher.verify(attempt.hashed, password)
    with database.transaction() as tx:
        if fits and attempt.account is not None and _free(tx, attempt):
            return _open(tx, identity, attempt, password)
        locked_until = _note_failure(tx, identity, attempt)
        now = tx.now
    if locked_until is not None:
        raise SignInLocked(retry_after_s=_seconds(locked_until, now))
    raise SignInFailed


def sign_out(tx: Tx, credentials: Credentials) -> None:
    """End this session."""
    tx.execute(_sql()["close_session"], {"city": credentials.city, "digest": credentials.digest})


def change_password(
    database: Database, identity: Identity, actor: Actor, session: Credentials, old: str, new: str
) -> None:
    """Choose a password; the account's other sessions end.

    Raises `NotAllowed` for a token, `SignInFailed` and `SignInLocked` for the old password as at sign-in,
    `Invalid` with all that speaks against the new one.
    """
    if actor.via != "session":
        raise NotAllowed("Only who is signed in by password may change it.")
    with database.transaction() as tx:
        row = tx.execute(_sql()["account_of"], {"city": actor.city, "person": actor.id}).fetchone()
        if row is None:
            raise SignInFailed
        attempt = _Try(row.name, row.city, _account(row), row.password_hash)
        _demand_unlocked(tx, attempt)
    if not identity.hasher.verify(attempt.hashed, old):
        with database.transaction() as tx:
            _note_failure(tx, identity, attempt)
        raise SignInFailed
    passwords.demand(new, attempt.name, "new")
    if passwords.normal(new) == passwords.normal(old):
        passwords.refuse_same("new")
    hashed = identity.hasher.hash(new)
    with database.transaction() as tx:
        set_password(tx, _account(row), attempt.hashed, hashed, must_change=False)
        values = {"city": actor.city, "accounts": [attempt.name], "but": session.digest}
        tx.execute(_sql()["close_sessions"], values)
        tx.execute(_sql()["unlock"], {"city": attempt.city, "name": attempt.name})
        tell(tx, actor, "", "PasswordChanged", [(actor.id, {})])


def _look(tx: Tx, name: str, city: str | None) -> _Try:
    """The account that a name means, if it means one; raises `SignInLocked`."""
    rows = tx.execute(_sql()["find_accounts"], {"name": name, "city": city}).fetchall()
    if len(rows) == 1:
        row = rows[0]
        attempt = _Try(name, row.city, _account(row), row.password_hash)
    else:
        attempt = _Try(name[:64], (city or "")[:6], None, None)
    _demand_unlocked(tx, attempt)
    return attempt


def _demand_unlocked(tx: Tx, attempt: _Try) -> None:
    values = {"city": attempt.city, "name": attempt.name, "now": tx.now}
    locked = tx.execute(_sql()["locked_until"], values).fetchone()
    if locked is not None:
        raise SignInLocked(retry_after_s=_seconds(locked.locked_until, tx.now))


def _free(tx: Tx, attempt: _Try) -> bool:
    """Whether no lock came while the password was looked at; many guesses at once gain nothing."""
    values = {"city": attempt.city, "name": attempt.name, "now": tx.now}
    return tx.execute(_sql()["forget_failures"], values).fetchone() is not None


def _open(tx: Tx, identity: Identity, attempt: _Try, password: str) -> SignedIn:
    account = attempt.account
    assert account is not None
    if attempt.hashed is not None and identity.hasher.outdated(attempt.hashed):
        new = {"city": account.city, "name": account.name, "old": attempt.hashed}
        tx.execute(_sql()["rehash"], {**new, "new": identity.hasher.hash(password)})
    secret, digest = new_secret(account.city)
    expires_at = tx.now + timedelta(hours=identity.policy.session_hours)
    values = {
        "city": account.city, "account": account.name, "digest": digest, "now": tx.now, "expires_at": expires_at
    }  # fmt: skip
    tx.execute(_sql()["open_session"], values)
    return SignedIn(secret, account, expires_at)


def _note_failure(tx: Tx, identity: Identity, attempt: _Try) -> datetime | None:
    policy = identity.policy
    lock = timedelta(minutes=policy.lock_minutes)
    values = {
        "city": attempt.city, "name": attempt.name, "now": tx.now, "forget": tx.now - lock,
        "most": policy.most_failures, "until": tx.now + lock,
    }  # fmt: skip
    row = tx.execute(_sql()["note_failure"], values).fetchone()
    return None if row is None else row.locked_until


def _account(row: Any) -> Account:
    return Account(row.city, row.name, row.person, row.title, tuple(row.roles), True, row.must_change, row.version)


def _seconds(until: datetime, now: datetime) -> int:
    return max(1, int((until - now).total_seconds()) + 1)


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
