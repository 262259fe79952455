"""The one port for time and chance: services never call `datetime.now` or `uuid4` themselves.

In service both come from the database's clock and the system's randomness; in a simulation from a clock
that is moved by hand and from a seed, so that a year can be played in minutes and played again.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, NamedTuple, Protocol


class Clock(Protocol):
    """What the time is, and ids that sort by it."""

    def now(self) -> datetime:
        """The present moment: aware, UTC, microseconds."""

    def new_id(self) -> str:
        """A new UUID of version 7 (RFC 9562), 36 characters, ordered by time."""


def uuid7(at: datetime, random_bits: int) -> str:
    """UUIDv7 of a moment and 74 random bits (PostgreSQL 15 has no `uuidv7()` of its own)."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    high, low = random_bits >> 62 & 0xFFF, random_bits & (1 << 62) - 1
    text = f"{milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Chance:
    """The system's randomness, asked for in blocks: each asking costs a switch between threads."""

    _BLOCK: Final = 4096

    def __init__(self) -> None:
        self._left: list[bytes] = []
        self._lock = Lock()

    def bits74(self) -> int:
        """74 random bits, given once."""
        with self._lock:
            if not self._left:
                block = secrets.token_bytes(self._BLOCK)
                self._left = [block[at : at + 10] for at in range(0, self._BLOCK - 9, 10)]
            return int.from_bytes(self._left.pop()) >> 6


class _Kept(NamedTuple):
    base: datetime
    """A moment of the database."""
    mark: float
    """The monotonic clock when it held, s."""
    ahead_s: float = 0.0
    """How much later it had been taken to be, since recording time must not go back."""

    def now(self) -> datetime:
        """That moment, carried on; what it is ahead is made up by going at half the pace."""
        gone_s = time.monotonic() - self.mark
        return self.base + timedelta(seconds=gone_s + max(0.0, self.ahead_s - gone_s / 2))


class DatabaseClock:
    """The database's clock, read anew every `refresh_s` and carried on by this machine's monotonic clock.

    So all processes of an installation agree, a wrong clock on one application server does no harm, and no
    request pays a round trip for the time. Within a process it never goes back, also when that one is set back.
    """

    def __init__(self, read: Callable[[], datetime], refresh_s: float = 30.0) -> None:
        self._read, self._refresh_s = read, refresh_s
        self._chance = Chance()
        self._kept: _Kept | None = None
        """One value, so that threads see all of it."""
        self._lock = Lock()

    def now(self) -> datetime:
        """The database's present moment, at most `refresh_s` of drift away from it; never before an earlier one."""
        kept = self._kept
        if kept is None or time.monotonic() - kept.mark > self._refresh_s:
            kept = self._refreshed(self._read().astimezone(UTC))
        return kept.now()

    def _refreshed(self, read: datetime) -> _Kept:
        with self._lock:
            before = self._kept
            # Marked after the read: a slow one leaves the clock behind by its time, never ahead.
            ahead_s = 0.0 if before is None else max(0.0, (before.now() - read).total_seconds())
            self._kept = kept = _Kept(read, time.monotonic(), ahead_s)
        return kept

    def new_id(self) -> str:
        """A new UUIDv7 with bits of the system's randomness."""
        return uuid7(self.now(), self._chance.bits74())


class SimulatedClock:
    """A clock that stands still until it is moved; ids come from a seed."""

    def __init__(self, start: datetime, seed: int = 0) -> None:
        self._now = start.astimezone(UTC)
        self._random = random.Random(seed)

    def now(self) -> datetime:
        """The moment it was last moved to."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Go forward; never back, since recording time must not."""
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now}, {moment} is before it")
        self._now = moment.astimezone(UTC)

    def new_id(self) -> str:
        """A new UUIDv7 by the seed."""
        return uuid7(self._now, self._random.getrandbits(74))
