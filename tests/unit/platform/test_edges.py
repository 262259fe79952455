"""Loops go on: what goes wrong in one thing is told and leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from xiuhua.flow.beside import ring
from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict
from xiuhua.worker import Chore, _done

FORESEEN, UNFORESEEN, LOST = Conflict("moved on"), KeyError("13800001234"), psycopg.OperationalError("gone")


class Savepoints:
    """A connection that counts what was taken back."""

    def __init__(self) -> None:
        self.undone = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.undone += 1
            raise


def tx() -> Tx:
    return cast(Tx, SimpleNamespace(connection=Savepoints()))


def failing_at(bad: object, error: Exception, done: list[Any]) -> Callable[[Any], int]:
    def do(one: Any) -> int:
        if one == bad:
            raise error
        done.append(one)
        return 2

    return do


@pytest.mark.parametrize("error", [FORESEEN, UNFORESEEN, LOST])
def test_the_others_are_done_and_the_fault_is_told_without_its_words(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    assert edges.each(["a", "b", "c"], failing_at("b", error, done), "city") == 4

    assert done == ["a", "c"] and [one for one in caplog.messages if "city b" in one]
    assert "13800001234" not in caplog.text


def test_of_what_fails_within_a_transaction_nothing_stays() -> None:
    within, done = tx(), list[str]()

    assert edges.each_within(within, "abc", failing_at("b", UNFORESEEN, done)) == 4
    assert done == ["a", "c"] and cast(Any, within.connection).undone == 1
    with pytest.raises(psycopg.OperationalError):
        edges.each_within(within, "abc", failing_at("b", LOST, done))


@pytest.mark.parametrize("error", [FORESEEN, UNFORESEEN])
def test_a_timer_that_cannot_ring_stops_no_other(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    rows = [SimpleNamespace(action="close", kind="case", subject=name) for name in "abc"]
    rung: list[str] = []

    def do(some: Any) -> None:
        if any(row.subject == "b" for row in some):
            raise error
        rung.extend(row.subject for row in some)

    assert ring(tx(), rows, do) == 2
    assert rung == ["a", "c"] and "timer close of case b" in caplog.text


def test_a_lost_database_is_not_told_timer_by_timer() -> None:
    def do(some: Any) -> None:
        raise LOST

    with pytest.raises(psycopg.OperationalError):
        ring(tx(), [SimpleNamespace(action="close", kind="case", subject="a")] * 3, do)


@pytest.mark.parametrize("error", [FORESEEN, UNFORESEEN, LOST])
def test_a_chore_of_the_worker_takes_no_other_with_it(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> int:
        raise error

    assert _done(Chore("rules", 0, broken)) == 0
    assert "worker: rules" in caplog.text and _done(Chore("plans", 0, lambda: 3)) == 3
