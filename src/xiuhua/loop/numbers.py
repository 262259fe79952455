"""Visible case numbers: `<city>-<yyyymmdd>-<nnnn>`, counted per city and day.

Numbers are taken in blocks by a transaction of their own, so that no two cases wait for each other's commit;
a number once taken is never given again, and after a crash a few of a block stay unused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_SOON: Final = timedelta(seconds=1)
_MOST_BLOCKS: Final = 16
Take = Callable[[str, str, int], int]
"""(city, counter, count) → the last number of a block of `count`, committed."""


def take_in(tx: Tx, city: str, counter: str, count: int) -> int:
    """A block of numbers; to be called in a transaction of its own."""
    row = tx.execute(queries("xiuhua.loop")["next_numbers"], {"city": city, "name": counter, "count": count}).fetchone()
    return int(row.value) if row else 0


@dataclass(slots=True)
class _Block:
    """Numbers of a day that were taken and not given yet."""

    left: list[int] = field(default_factory=list)
    size: int = 0
    taken: datetime | None = None


class Numbers:
    """Numbers for one process; threads share it. Where a block lasts less than a second, the next is twice as large."""

    def __init__(self, take: Take, pattern: str = "{city}-{date}-{n:04}", block: int = 1) -> None:
        self._take, self._pattern, self._block = take, pattern, block
        self._blocks: dict[tuple[str, str], _Block] = {}
        self._lock = Lock()

    def next(self, city: str, now: datetime, zone: ZoneInfo) -> str:
        """The next number of the local day."""
        day = now.astimezone(zone).strftime("%Y%m%d")
        with self._lock:
            block = self._blocks.setdefault((city, day), _Block())
            if not block.left:
                rushed = block.taken is not None and now - block.taken < _SOON
                block.size = min(block.size * 2, self._block * _MOST_BLOCKS) if rushed else self._block
                last, block.taken = self._take(city, f"case/{day}", block.size), now
                block.left = list(range(last, last - block.size, -1))
            number = block.left.pop()
        return self._pattern.format(city=city, date=day, n=number)
