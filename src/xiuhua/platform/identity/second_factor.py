"""The second factor: six digits by time (RFC 6238) from any authenticator, and recovery codes for a lost phone.

A code is taken once: the step of the newest one taken is kept, and only later ones pass.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

import pyotp

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotAllowed, NotFound, SecondFactorWrong
from xiuhua.platform.identity.authentication import Identity, changed
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.model import Account, Actor
from xiuhua.platform.sql import queries

MANAGE: Final = "account.manage"
_STEP_S: Final = 30
_AROUND: Final = (0, -1, 1)
"""Steps beside the present one that are taken, for clocks that differ and people who type slowly."""
_RECOVERY_CODES: Final = 10
_SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Setup:
    """What an authenticator needs; shown once."""

    secret: str
    """Base32, to be typed where no camera is."""
    uri: str
    """`otpauth://…`"""
    qr: str
    """The same as a picture: `data:image/svg+xml…`"""


def begin(tx: Tx, identity: Identity, actor: Actor, account: str) -> Setup:
    """A fresh secret; it counts once a code of it has come back. Raises `Conflict` when there is a factor already."""
    import segno  # noqa: PLC0415 - 90 ms that only this needs

    _demand_session(actor)
    secret = pyotp.random_base32()
    values = {**_key(actor.city, account), "secret": identity.vault.seal(secret.encode()), "now": tx.now}
    if tx.execute(_sql()["begin_factor"], values).fetchone() is None:
        raise Conflict("There is a second factor already; end it first.")
    uri = pyotp.TOTP(secret).provisioning_uri(name=f"{account}@{actor.city}", issuer_name="Xiuhua")
    return Setup(secret, uri, segno.make(uri, error="m").svg_data_uri(scale=4, border=4))


def confirm(tx: Tx, identity: Identity, actor: Actor, account: str, code: str) -> list[str]:
    """Put the factor in force by its first code; returns recovery codes, shown once. Raises `SecondFactorWrong`."""
    _demand_session(actor)
    if not _takes(tx, identity, actor.city, account, code, confirmed=False):
        raise SecondFactorWrong
    tx.execute(_sql()["confirm_factor"], {**_key(actor.city, account), "now": tx.now})
    codes = ["-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
             for _ in range(_RECOVERY_CODES)]  # fmt: skip
    tx.execute(_sql()["add_recovery_codes"], {**_key(actor.city, account), "digests": [_digest(one) for one in codes]})
    changed(tx, actor.city)
    tell(tx, actor, "", "SecondFactorSet", [(actor.id, {})])
    return codes


def end(tx: Tx, identity: Identity, actor: Actor, account: Account, code: str) -> None:
    """Do without one's own factor, by a code or a recovery code. Raises `NotFound`, `SecondFactorWrong`."""
    _demand_session(actor)
    if standing(tx, actor.city, account.name) is None:
        raise NotFound
    if not passes(tx, identity, account, code):
        raise SecondFactorWrong
    _take_away(tx, actor, "", account.name, account.person)


def take_away(tx: Tx, actor: Actor, account: Account) -> None:
    """Take somebody's factor away, who lost phone and codes. Raises `NotAllowed`, `NotFound`."""
    if not actor.may(MANAGE):
        raise NotAllowed(permission=MANAGE)
    if standing(tx, actor.city, account.name) is None:
        raise NotFound
    _take_away(tx, actor, MANAGE, account.name, account.person)


def standing(tx: Tx, city: str, account: str) -> tuple[datetime, int] | None:
    """Since when the factor is in force and how many recovery codes are left; None without one."""
    row = tx.execute(_sql()["factor"], _key(city, account)).fetchone()
    return None if row is None or row.confirmed_at is None else (row.confirmed_at, row.codes)


def passes(tx: Tx, identity: Identity, account: Account, code: str) -> bool:
    """Whether a code is good, and from now on used up; recovery codes as well."""
    if _takes(tx, identity, account.city, account.name, code, confirmed=True):
        return True
    values = {**_key(account.city, account.name), "digest": _digest(code)}
    return tx.execute(_sql()["use_recovery_code"], values).fetchone() is not None


def _takes(tx: Tx, identity: Identity, city: str, account: str, code: str, *, confirmed: bool) -> bool:
    plain = "".join(code.split())
    row = tx.execute(_sql()["factor"], _key(city, account)).fetchone()
    if row is None or (row.confirmed_at is not None) is not confirmed or not (plain.isascii() and plain.isdecimal()):
        return False
    totp = pyotp.TOTP(identity.vault.open(bytes(row.secret)).decode())
    now = int(tx.now.timestamp()) // _STEP_S
    for step in (now + around for around in _AROUND):
        if secrets.compare_digest(totp.generate_otp(step), plain):
            # The row decides, so that of two who show one code at once one passes.
            return tx.execute(_sql()["take_step"], {**_key(city, account), "step": step}).fetchone() is not None
    return False


def _take_away(tx: Tx, actor: Actor, permission: str, account: str, person: str) -> None:
    tx.execute(_sql()["end_factor"], _key(actor.city, account))
    changed(tx, actor.city)
    tell(tx, actor, permission, "SecondFactorEnded", [(person, {})])


def _demand_session(actor: Actor) -> None:
    if actor.via != "session":
        raise NotAllowed("A token sets up no second factor.")


def _digest(code: str) -> bytes:
    """Of a recovery code, however it is typed: 59 random bits, so a plain digest tells nothing."""
    return sha256("".join(sign for sign in code.lower() if sign.isalnum()).encode()).digest()


def _key(city: str, account: str) -> dict[str, str]:
    return {"city": city, "account": account}


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
