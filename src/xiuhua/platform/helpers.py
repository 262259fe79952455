"""Other processes that work on batches of a file: one interpreter uses one core, a city's server has more."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from xiuhua.platform import garbage
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.parents import signal_when_parent_dies

Take = Callable[[Any], Any]
"""Works on one batch; what goes to it and comes of it are plain values."""
_AHEAD: Final = 2
"""Batches for each process: one that it works on, one that waits for it."""
_LARGE_BYTES: Final = 5_000_000
_MOST: Final = 4
_take: list[Take] = []


class Helpers:
    """Processes that each have services of their own."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool, self.most = pool, count * _AHEAD
        """Batches that may be under way at once."""

    def submit(self, batch: Any) -> Future[Any]:
        """Have a batch worked on; an error of the service or of its database comes as `XiuhuaError`."""
        return self._pool.submit(_taken, batch)


@contextmanager
def helpers(count: int, begin: Callable[..., Take], *given: Any) -> Iterator[Helpers]:
    """So many processes; each calls `begin(*given)` once (importable, and what it is given goes to it by pickle)."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, spawn, initializer=_begin, initargs=(begin, given)) as pool:
        yield Helpers(pool, count)


def fitting(path: Path) -> int:
    """How many processes a file is worth: one for a small one, at most so many as there are cores."""
    return 1 if path.stat().st_size < _LARGE_BYTES else min(_MOST, os.cpu_count() or 1)


def _begin(begin: Callable[..., Take], given: Sequence[Any]) -> None:
    signal_when_parent_dies(signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops when it is told to, and with it the pool
    _take.append(begin(*given))
    garbage.settle()


def _taken(batch: Any) -> Any:
    try:
        return _take[0](batch)
    except (XiuhuaError, psycopg.Error) as error:
        # Errors with parameters of their own do not survive the way between two processes.
        raise XiuhuaError(" ".join(str(error).split())) from None
