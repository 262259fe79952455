from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from xiuhua.platform.clock import DatabaseClock, SimulatedClock, uuid7

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_ids_are_version_7_and_sort_by_time() -> None:
    first, second = uuid7(START, 2**74 - 1), uuid7(START + timedelta(milliseconds=1), 0)

    assert UUID(first).version == 7 and UUID(first).variant == "specified in RFC 4122"
    assert first < second


def test_the_same_seed_gives_the_same_ids() -> None:
    assert SimulatedClock(START, 7).new_id() == SimulatedClock(START, 7).new_id()
    assert SimulatedClock(START, 7).new_id() != SimulatedClock(START, 8).new_id()


def test_a_simulated_clock_never_goes_back() -> None:
    clock = SimulatedClock(START)

    with pytest.raises(ValueError, match="before"):
        clock.move_to(START - timedelta(seconds=1))


def test_the_databases_clock_set_back_does_not_take_time_back() -> None:
    told = iter([START, START + timedelta(seconds=60), START - timedelta(hours=1), START - timedelta(minutes=59)])
    clock = DatabaseClock(lambda: next(told), refresh_s=-1)

    seen = [clock.now() for _ in range(4)]

    assert seen == sorted(seen)
    assert seen[3] < START + timedelta(minutes=2)


def test_a_clock_set_back_a_little_is_followed_again() -> None:
    told = iter([START, START - timedelta(seconds=1), START + timedelta(seconds=5)])
    clock = DatabaseClock(lambda: next(told), refresh_s=-1)

    seen = [clock.now() for _ in range(3)]

    assert seen == sorted(seen)
    assert START + timedelta(seconds=5) <= seen[2] < START + timedelta(seconds=6)
