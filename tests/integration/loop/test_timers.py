"""What the clock does by itself: in time, once, and though another timer cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.acceptance.installation import Installation, opened
from tests.conftest import START
from tests.integration.loop.acting import brought_on

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster

DISPATCHED = 3
LATER = START + timedelta(hours=3)
"""Past the two hours in which a unit receives; the district then deems it received."""


@pytest.fixture
def cases(server: Cluster, tmp_path: Path, clock: SimulatedClock) -> Iterator[tuple[Installation, list[str]]]:
    """Three cases that wait to be received."""
    with opened(server, tmp_path, clock) as district:
        yield district, [str(brought_on(district, DISPATCHED)[1]) for _ in range(3)]


def rung(district: Installation) -> int:
    with district.database.transaction() as tx:
        return district.loop.run_timers(tx)


def states(district: Installation, cases: list[str]) -> list[str]:
    return [district.state("case", case)["state"] for case in cases]


def test_timers_ring_when_their_time_has_come_and_once(
    cases: tuple[Installation, list[str]], clock: SimulatedClock
) -> None:
    district, waiting = cases
    early = rung(district)
    clock.move_to(LATER)

    assert (early, rung(district), rung(district)) == (0, 3, 0)
    assert states(district, waiting) == ["received"] * 3
    district.demand_sound_log()


def test_a_timer_that_cannot_be_done_does_not_hold_up_the_others(
    cases: tuple[Installation, list[str]], clock: SimulatedClock, caplog: pytest.LogCaptureFixture
) -> None:
    district, waiting = cases
    with district.database.transaction() as tx:
        tx.execute("update timer set action = 'close_split' where subject = %s", (waiting[1],))
    clock.move_to(LATER)

    assert rung(district) == 2
    assert states(district, waiting) == ["received", "dispatched", "received"]
    assert f"timer close_split of case {waiting[1]}: not_now" in caplog.text
