"""The edges of loops: what goes wrong in one thing is told in the log, and the others do not wait for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

import psycopg

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.logging import log_exception

_log = logging.getLogger(__name__)
T = TypeVar("T")


def each(of: Iterable[T], do: Callable[[T], int], what: str = "") -> int:
    """`do` for each of some things; how much was done. A fault is told and tried again with the next turn.

    `what` they are, for the log: each is named behind it, so that nothing personal may stand there.
    """
    return sum(_one(one, do, what) for one in of)


def each_within(tx: Tx, of: Iterable[T], do: Callable[[T], int], what: str = "") -> int:
    """The same within a transaction: of what goes wrong nothing stays. Raises what the database says of itself."""

    def one(thing: T) -> int:
        with tx.connection.transaction():
            return do(thing)

    return sum(_one(thing, one, what, psycopg.OperationalError) for thing in of)


def _one(thing: T, do: Callable[[T], int], what: str, passed_on: type[Exception] | tuple[()] = ()) -> int:
    try:
        return do(thing)
    except passed_on:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of a loop: neither the others nor the clock wait
        tell(f"{what} {thing}".strip(), error)
    return 0


def tell(what: str, error: Exception) -> None:
    """Write down what an edge has caught: what is foreseen in one line, all else with its places in the code."""
    match error:
        case XiuhuaError():
            _log.warning("%s: %s: %s", what, error.code(), error.detail)
        case psycopg.OperationalError():
            _log.warning("%s: %s %s", what, type(error).__name__, error.sqlstate)
        case _:
            _log.error("%s: see %s", what, log_exception(error))
