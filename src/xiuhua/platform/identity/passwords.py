"""Passwords: argon2id with bounded cost and bounded concurrency, a small policy, readable one-time ones."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from xiuhua.platform.errors import Invalid, TooMany

SHORTEST: Final = 10
LONGEST: Final = 128
# Without what is mistaken for something else when read out or copied by hand: 0 O 1 l I and the like.
_UPPER: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LOWER: Final = "abcdefghijkmnpqrstuvwxyz"
_DIGITS: Final = "23456789"


class Hasher:
    """Argon2id (RFC 9106): 19 MiB, two passes, one lane; about 40 ms of one core.

    At most `at_once` are computed side by side and as many as `waiting` wait; more are turned away with
    `TooMany`, so that a flood of sign-ins takes neither the memory nor all threads of the server.
    """

    def __init__(
        self,
        *,
        time_cost: int = 2,
        memory_kib: int = 19_456,
        at_once: int = 2,
        waiting: int = 8,
        wait_s: float = 5.0,
    ) -> None:
        self._argon2 = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._nobody = self._argon2.hash(secrets.token_hex())
        self._wait_s = wait_s
        self._places = BoundedSemaphore(at_once + waiting)
        self._running = BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        """The text to be kept, salt and parameters in it."""
        with self._turn():
            return self._argon2.hash(normal(password))

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether a password fits; without a hash it takes the same time and is False."""
        against = hashed or self._nobody
        with self._turn():
            try:
                return self._argon2.verify(against, normal(password)) and hashed is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, hashed: str) -> bool:
        """Whether the parameters have changed since, so that it should be hashed anew."""
        return self._argon2.check_needs_rehash(hashed)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise TooMany(retry_after_s=int(self._wait_s))
        try:
            if not self._running.acquire(timeout=self._wait_s):
                raise TooMany(retry_after_s=int(self._wait_s))
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._places.release()


def normal(password: str) -> str:
    """One form for what keyboards write in several (NFC), cut to a bounded length."""
    return unicodedata.normalize("NFC", password)[: LONGEST + 1]


def generate() -> str:
    """A password that can be read out: `K7m-R2p-Q9x-W4d`, 48 bits, far beyond what the lock lets anyone try."""
    kinds = (_UPPER, _DIGITS, _LOWER)
    return "-".join("".join(secrets.choice(kind) for kind in kinds) for _ in range(4))


def demand(password: str, name: str, field: str = "password") -> None:
    """Raise `Invalid` with everything that speaks against a password chosen by a person."""
    plain = normal(password).casefold()
    faults: list[dict[str, Any]] = []
    if len(plain) < SHORTEST:
        limits = {"min_length": SHORTEST}
        faults.append({"reason": "string_too_short", "limits": limits, "why": f"is shorter than {SHORTEST}"})
    if len(plain) > LONGEST:
        limits = {"max_length": LONGEST}
        faults.append({"reason": "string_too_long", "limits": limits, "why": f"is longer than {LONGEST}"})
    if name.casefold() in plain:
        faults.append({"reason": "holds_name", "why": "holds the sign-in name"})
    if plain in _common() or len(set(plain)) < 5:
        faults.append({"reason": "common", "why": "is among the first that an attacker tries"})
    if faults:
        raise Invalid(errors=[{"field": field, **fault} for fault in faults])


def refuse_same(field: str) -> None:
    """Raise `Invalid`: the new password is the old one."""
    raise Invalid(errors=[{"field": field, "reason": "same", "why": "is the old one"}])


@cache
def _common() -> frozenset[str]:
    text = files("xiuhua.platform.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))
