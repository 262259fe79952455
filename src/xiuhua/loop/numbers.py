"""Visible case numbers: `<city>-<yyyymmdd>-<nnnn>`, counted per city and day.

Numbers are taken in blocks by a transaction of their own, so that no two cases wait for each other's commit;
a number once taken is never given again, and after a crash a few of a block stay unused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

Take = Callable[[str, str, int], int]
"""(city, counter, count) → the last number of a block of `count`, committed."""


def take_in(tx: Tx, city: str, counter: str, count: int) -> int:
    """A block of numbers; to be called in a transaction of its own."""
    row = tx.execute(queries("xiuhua.loop")["next_numbers"], {"city": city, "name": counter, "count": count}).fetchone()
    return int(row.value) if row else 0


class Numbers:
    """Numbers for one process; threads share it."""

    def __init__(self, take: Take, pattern: str = "{city}-{date}-{n:04}", block: int = 1) -> None:
        self._take, self._pattern, self._block = take, pattern, block
        self._left: dict[tuple[str, str], list[int]] = {}
        self._lock = Lock()

    def next(self, city: str, now: datetime, zone: ZoneInfo) -> str:
        """The next number of the local day."""
        day = now.astimezone(zone).strftime("%Y%m%d")
        with self._lock:
            left = self._left.setdefault((city, day), [])
            if not left:
                last = self._take(city, f"case/{day}", self._block)
                left.extend(range(last, last - self._block, -1))
            number = left.pop()
        return self._pattern.format(city=city, date=day, n=number)
