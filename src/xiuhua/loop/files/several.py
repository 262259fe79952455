"""Other processes that take batches of an import in: one interpreter uses one core, a city's server has more."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

import psycopg

from xiuhua.loop.files.run import Answer, Take
from xiuhua.loop.model import PlaceIn, Receipt, Reporter, ReportIn
from xiuhua.platform import garbage
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.parents import signal_when_parent_dies

_AHEAD: Final = 2
"""Batches for each process: one that it works on, one that waits for it."""
_WHOLE, _PLACE, _REPORTER = (
    attrgetter(*(one.name for one in fields(kind) if one.name not in ("place", "reporter")))
    for kind in (ReportIn, PlaceIn, Reporter)
)
_NAMES: Final = [one.name for one in fields(ReportIn) if one.name not in ("place", "reporter")]
_RECEIPT: Final = attrgetter(*(one.name for one in fields(Receipt)))
_take: list[Take] = []


class Several:
    """Processes that each have services of their own."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool, self.most = pool, count * _AHEAD

    def take(self, reports: Sequence[ReportIn]) -> Answer:
        """Have a batch taken in; an error of the intake or of its database comes as `XiuhuaError`."""
        return _Later(self._pool.submit(_taken, [packed(one) for one in reports]))


class _Later:
    """Receipts on their way from another process, as plain values."""

    def __init__(self, rows: Future[list[tuple[Any, ...]]]) -> None:
        self._rows = rows

    def result(self) -> list[Receipt]:
        return [Receipt(*row) for row in self._rows.result()]


@contextmanager
def several(count: int, begin: Callable[..., Take], *given: Any) -> Iterator[Several]:
    """So many processes; each calls `begin(*given)` once (importable, and what it is given goes to it by pickle)."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, spawn, initializer=_begin, initargs=(begin, given)) as pool:
        yield Several(pool, count)


def packed(report: ReportIn) -> tuple[Any, ...]:
    """A report as plain values: of a frozen dataclass each goes through Python code to be pickled."""
    place, reporter = report.place, report.reporter
    return _WHOLE(report), place and _PLACE(place), reporter and _REPORTER(reporter)


def unpacked(values: tuple[Any, ...]) -> ReportIn:
    """The report again."""
    whole, place, reporter = values
    return ReportIn(
        **dict(zip(_NAMES, whole, strict=True)),
        place=place and PlaceIn(*place),
        reporter=reporter and Reporter(*reporter),
    )


def _begin(begin: Callable[..., Take], given: Sequence[Any]) -> None:
    signal_when_parent_dies(signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops when it is told to, and with it the pool
    _take.append(begin(*given))
    garbage.settle()


def _taken(packs: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    try:
        return [_RECEIPT(one) for one in _take[0]([unpacked(one) for one in packs])]
    except (XiuhuaError, psycopg.Error) as error:
        # Errors with parameters of their own do not survive the way between two processes.
        raise XiuhuaError(" ".join(str(error).split())) from None
