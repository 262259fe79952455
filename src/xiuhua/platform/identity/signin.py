"""Signing in and out, and one's own password.

Hashing takes 40 ms, so it happens between two short transactions and no connection waits for it. A name
that does not exist goes the same way as a wrong password: same time, same counting, same lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import (
    NotAllowed,
    SecondFactorNeeded,
    SecondFactorWrong,
    SignInFailed,
    SignInLocked,
    XiuhuaError,
)
from xiuhua.platform.identity import lock, passwords, second_factor
from xiuhua.platform.identity.authentication import Credentials, Identity, changed, new_secret
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.lock import Try
from xiuhua.platform.identity.model import Account, Actor, Client
from xiuhua.platform.identity.service import normal_name, set_password
from xiuhua.platform.sql import queries

_NOBODY: Final = Client()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened; the secrets are shown once."""

    secret: str
    account: Account
    expires_at: datetime
    device: str | None = None
    """For the cookie by which this browser is known from now on; None when it is known already."""


def sign_in(
    database: Database, identity: Identity, name: str, password: str, city: str | None = None, *,
    code: str = "", client: Client = _NOBODY,
) -> SignedIn:  # fmt: skip
    """Open a session. A name that exists in several cities needs the city, also written `name@city`.

    Raises `SignInFailed` for a wrong name or password alike, `SecondFactorNeeded` and `SecondFactorWrong` once the
    password fits, `SignInLocked` after too many tries, `TooMany` when too many sign in at once.
    """
    typed, at, behind = normal_name(name).partition("@")
    with database.transaction() as tx:
        attempt = _look(tx, typed, city or (behind if at else None), client)
    wrong: XiuhuaError = SignInFailed()
    fits = identity.hasher.verify(attempt.hashed, password)
    with database.transaction() as tx:
        if fits and attempt.account is not None:
            if attempt.second_factor and not code:
                lock.demand_unlocked(tx, attempt)
                raise SecondFactorNeeded
            if not attempt.second_factor or second_factor.passes(tx, identity, attempt.account, code):
                if lock.free(tx, attempt):
                    _renew_hash(tx, identity, attempt, password)
                    return open_session(tx, identity, attempt.account, client)
            else:
                wrong = SecondFactorWrong()
        locked_until = lock.note_failure(tx, identity.policy, attempt)
        if attempt.account is not None:
            note(tx, attempt.account, "sign_in_failed", client)
        now = tx.now
    if locked_until is not None:
        raise SignInLocked(retry_after_s=lock.seconds(locked_until, now))
    raise wrong


def open_session(
    tx: Tx, identity: Identity, account: Account, client: Client, subject: str | None = None
) -> SignedIn:  # fmt: skip
    """A session for someone who has proved who they are; `subject` is the provider's, if one said so."""
    secret, digest = new_secret(account.city)
    expires_at = tx.now + timedelta(hours=identity.policy.session_hours)
    values = {
        "city": account.city, "account": account.name, "digest": digest, "now": tx.now, "expires_at": expires_at,
        "address": client.address, "device": client.device, "subject": subject,
    }  # fmt: skip
    tx.execute(_sql()["open_session"], values)
    device = _keep_device(tx, account, client)
    note(tx, account, "sign_in", client)
    return SignedIn(secret, account, expires_at, device)


def sign_out(tx: Tx, credentials: Credentials) -> None:
    """End this session."""
    tx.execute(_sql()["close_session"], {"city": credentials.city, "digest": credentials.digest})
    changed(tx, credentials.city)


def demand_password(database: Database, identity: Identity, actor: Actor, password: str) -> Try:
    """Let somebody who is signed in prove that it is them; tries are counted as at sign-in.

    Raises `NotAllowed` for a token, `SignInFailed`, `SignInLocked`.
    """
    if actor.via != "session":
        raise NotAllowed("Only who is signed in by password may change it.")
    with database.transaction() as tx:
        row = tx.execute(_sql()["account_of"], {"city": actor.city, "person": actor.id}).fetchone()
        if row is None:
            raise SignInFailed
        # Their own session stands for a known device: strangers who guess at the name do not disturb.
        account = lock.account_of(row)
        attempt = Try(row.name, row.city, account, row.password_hash, ((row.city, f"{row.name}/self"),))
        lock.demand_unlocked(tx, attempt)
    if not identity.hasher.verify(attempt.hashed, password):
        with database.transaction() as tx:
            lock.note_failure(tx, identity.policy, attempt)
        raise SignInFailed
    return attempt


def change_password(
    database: Database, identity: Identity, actor: Actor, session: Credentials, old: str, new: str
) -> None:
    """Choose a password; the account's other sessions end.

    Raises as `demand_password` does, and `Invalid` with all that speaks against the new one.
    """
    attempt = demand_password(database, identity, actor, old)
    account = attempt.account
    assert account is not None
    passwords.demand(new, attempt.name, "new")
    _refuse_known(database, identity, attempt, new)
    hashed = identity.hasher.hash(new)
    with database.transaction() as tx:
        set_password(tx, account, attempt.hashed, hashed, must_change=False)
        values = {"city": actor.city, "account": account.name, "limit": identity.policy.password_history}
        tx.execute(_sql()["forget_passwords"], values)
        tx.execute(_sql()["close_sessions"], {"city": actor.city, "accounts": [attempt.name], "but": session.digest})
        tx.execute(_sql()["unlock"], {"city": attempt.city, "name": attempt.name})
        changed(tx, actor.city)
        tell(tx, actor, "", "PasswordChanged", [(actor.id, {})])


def end_second_factor(database: Database, identity: Identity, actor: Actor, code: str) -> None:
    """Do without one's own second factor. Raises as `second_factor.end` does, and `SignInLocked`."""
    with database.transaction() as tx:
        row = tx.execute(_sql()["account_of"], {"city": actor.city, "person": actor.id}).fetchone()
        if row is None:
            raise SignInFailed
        attempt = Try(row.name, row.city, lock.account_of(row), None, ((row.city, f"{row.name}/self"),))
        lock.demand_unlocked(tx, attempt)
    try:
        with database.transaction() as tx:
            second_factor.end(tx, identity, actor, lock.account_of(row), code)
    except SecondFactorWrong:
        with database.transaction() as tx:
            lock.note_failure(tx, identity.policy, attempt)
        raise


def note(tx: Tx, account: Account, what: str, client: Client) -> None:
    """A sign-in for the auditor; names that mean no account are not written down, people type passwords there."""
    values = {
        "city": account.city, "now": tx.now, "actor": account.person, "subject": f"account/{account.person}",
        "what": what, "why": f"{client.address} {client.device}".strip(),
    }  # fmt: skip
    tx.execute(_sql()["note_sign_in"], values)


def _look(tx: Tx, name: str, city: str | None, client: Client) -> Try:
    """The account that a name means, if it means one; raises `SignInLocked`."""
    rows = tx.execute(_sql()["find_accounts"], {"name": name, "city": city, "device": client.cookie}).fetchall()
    attempt = lock.try_of(rows[0], client) if len(rows) == 1 else lock.blind_try(name, city or "", client)
    lock.demand_unlocked(tx, attempt)
    return attempt


def _renew_hash(tx: Tx, identity: Identity, attempt: Try, password: str) -> None:
    if attempt.hashed is not None and identity.hasher.outdated(attempt.hashed):
        new = {"city": attempt.city, "name": attempt.name, "old": attempt.hashed}
        tx.execute(_sql()["rehash"], {**new, "new": identity.hasher.hash(password)})


def _keep_device(tx: Tx, account: Account, client: Client) -> str | None:
    """Know the browser by the cookie it showed if that is one of ours, else by a new one."""
    values = {"city": account.city, "account": account.name, "now": tx.now}
    shown = client.cookie
    if shown is not None and tx.execute(_sql()["is_device"], {"digest": shown}).fetchone() is not None:
        tx.execute(_sql()["keep_device"], {**values, "digest": shown})
        return None
    secret, digest = new_secret(account.city)
    tx.execute(_sql()["keep_device"], {**values, "digest": digest})
    return secret


def _refuse_known(database: Database, identity: Identity, attempt: Try, new: str) -> None:
    """The present password and the last ones are not chosen again."""
    values = {"city": attempt.city, "account": attempt.name, "limit": identity.policy.password_history}
    with database.reading() as tx:
        past = [row.hash for row in tx.execute(_sql()["passwords_past"], values)]
    if any(identity.hasher.verify(hashed, new) for hashed in (attempt.hashed, *past)):
        passwords.refuse_same("new")


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
