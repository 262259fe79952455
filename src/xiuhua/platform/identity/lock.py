"""Wrong tries at signing in: counted, and answered with growing delays.

A try is counted by the name that was typed, known or not, and by the address it came from. A browser that has signed
in with the account before shows a cookie and is counted by that alone: strangers who guess at a name make it wait for
other strangers, and never for the one who works at that browser every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import SignInLocked
from xiuhua.platform.identity.model import Account, Client, Policy
from xiuhua.platform.sql import queries

_FIRST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: what was typed, the account if it means one, and the keys it is counted by."""

    name: str
    city: str
    account: Account | None
    hashed: str | None
    keys: tuple[tuple[str, str], ...]
    """City and name, `name/device` or `@address`; always in this order."""
    second_factor: bool = False


def try_of(row: Any, client: Client) -> Try:
    """A try at an account; `row` as `find_accounts` gives it."""
    known = client.cookie if row.known_device else None
    keys = _keys(row.city, row.name, client.address, known)
    return Try(row.name, row.city, account_of(row), row.password_hash, keys, row.second_factor)


def blind_try(name: str, city: str, client: Client) -> Try:
    """A try at a name that means no account, or several; it goes the same way."""
    name, city = name[:64], city[:6]
    return Try(name, city, None, None, _keys(city, name, client.address, None))


def account_of(row: Any) -> Account:
    """The account of a row with what is needed to sign in."""
    return Account(row.city, row.name, row.person, row.title, tuple(row.roles), True, row.must_change, row.version)


def demand_unlocked(tx: Tx, attempt: Try) -> None:
    """Raise `SignInLocked` while any key of the try is locked."""
    row = tx.execute(_sql()["locked_until"], {**_values(attempt.keys), "now": tx.now}).fetchone()
    if row is not None and row.locked_until is not None:
        raise SignInLocked(retry_after_s=seconds(row.locked_until, tx.now))


def free(tx: Tx, attempt: Try) -> bool:
    """Whether no lock came while the password was looked at; many guesses at once gain nothing. Counts end."""
    return tx.execute(_sql()["forget_failures"], {**_values(attempt.keys), "now": tx.now}).fetchone() is not None


def note_failure(tx: Tx, policy: Policy, attempt: Try) -> datetime | None:
    """Count a wrong try; until when the next is locked, if it is."""
    values = {
        **_values(attempt.keys), "now": tx.now, "forget": tx.now - timedelta(minutes=policy.forget_minutes),
        "most": policy.most_failures, "most_address": policy.most_failures_address, "first": _FIRST,
        "longest": timedelta(minutes=policy.lock_minutes),
    }  # fmt: skip
    row = tx.execute(_sql()["note_failure"], values).fetchone()
    return None if row is None else row.locked_until


def seconds(until: datetime, now: datetime) -> int:
    """Whole seconds to wait."""
    return max(1, int((until - now).total_seconds()) + 1)


def network_of(address: str) -> str:
    """What counts as one address: an IPv6 network of 64 bits is one customer's. Other texts stay as they are."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _keys(city: str, name: str, address: str, device: bytes | None) -> tuple[tuple[str, str], ...]:
    if device is not None:
        return ((city, f"{name}/{device.hex()[:24]}"),)
    return ((city, name), *([("", f"@{network_of(address)}")] if address else []))


def _values(keys: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    return {"cities": [city for city, _ in keys], "names": [name for _, name in keys]}


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
