"""Answers that many ask for at once and that may be some seconds old: a board on every wall costs one query."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, TypeVar

T = TypeVar("T")
FOR_S: Final = 5
_MOST: Final = 512


class Kept:
    """The answers of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[datetime, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The answer of a key, made anew when it is older than `FOR_S` seconds. The key names who sees what."""
        with self._lock:
            found = self._kept.get(key)
        if found is not None and timedelta() <= now - found[0] < timedelta(seconds=FOR_S):
            return found[1]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._kept[key] = (now, made)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made
