"""Reading ahead: order kept, faults passed on, nobody left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from xiuhua.platform.ahead import ahead


def running() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "ahead"]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 100])
def test_the_same_in_the_same_order(count: int) -> None:
    assert list(ahead(range(count))) == list(range(count))
    assert running() == []


def test_a_fault_comes_after_what_came_before_it() -> None:
    def source() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("the third")

    seen = []
    with pytest.raises(ValueError, match="the third"):
        for one in ahead(source()):
            seen.append(one)
    assert seen == [1, 2]
    assert running() == []


def test_leaving_early_ends_the_thread() -> None:
    taken = []

    def source() -> Iterator[int]:
        for one in range(10_000):
            taken.append(one)
            yield one

    reader = ahead(source(), depth=3)
    assert next(reader) == 0
    reader.close()

    assert running() == []
    assert len(taken) < 10
