"""One open report for each thing and kind that machines tell of; the rest is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, opened
from tests.integration.loop.acting import act

from xiuhua.flow.model import Attempt
from xiuhua.loop.model import MachineEvent, PlaceIn, Receipt, ReportIn
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.platform.postgres.cluster import Cluster


@pytest.fixture
def district(server: Cluster, tmp_path: Path, clock: SimulatedClock) -> Iterator[Installation]:
    """On a clock that is moved."""
    with opened(server, tmp_path, clock) as found:
        yield found


def told(district: Installation, *things: str, kind: str = "full", **more: Any) -> list[Receipt]:
    """Sensors tell of things, in one batch."""
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[3]).geometry.representative_point()
    place = PlaceIn(middle.x, middle.y)
    reports = [
        ReportIn("sensor", uuid4().hex, "满溢", place=place, machine=MachineEvent(thing, kind), **more)
        for thing in things
    ]
    with district.database.transaction() as tx:
        return district.loop.submit(tx, district.city, reports, system(district.city))


def times(district: Installation, thing: str) -> int:
    with district.database.reading() as tx:
        row = tx.execute("select times from machine_event where thing = %s", (thing,)).fetchone()
    return int(row.times)


def accepted(district: Installation, report: str) -> str:
    act(district, "intake_officer01", "report", report, Attempt("accept", {"category": STREET_CLEANING}))
    return str(district.state("report", report)["data"]["case"])


def test_what_is_told_again_is_counted(district: Installation) -> None:
    [first, other, same] = told(district, "bin-1", "bin-2", "bin-1")
    [again] = told(district, "bin-1")
    [another_kind] = told(district, "bin-1", kind="tilted")

    assert [one.status for one in (first, other, same, again, another_kind)] == [
        "new", "new", "counted", "counted", "new",
    ]  # fmt: skip
    assert first.id == same.id == again.id
    assert same.index == 2
    district.demand_sound_log()


def test_it_is_counted_as_long_as_the_case_is_open(district: Installation, clock: SimulatedClock) -> None:
    [first] = told(district, "bin-3")
    accepted(district, str(first.id))
    clock.move_to(clock.now() + timedelta(days=3))
    [again] = told(district, "bin-3")

    assert (again.status, again.id, times(district, "bin-3")) == ("counted", first.id, 2)


def test_after_the_end_and_the_cool_down_it_makes_a_new_one(district: Installation, clock: SimulatedClock) -> None:
    [first] = told(district, "bin-4")
    case = accepted(district, str(first.id))
    act(district, "shift_leader01", "case", case, Attempt("decline", {}, "empty"))
    clock.move_to(clock.now() + timedelta(minutes=59))
    [soon] = told(district, "bin-4")
    clock.move_to(clock.now() + timedelta(minutes=2))
    [later] = told(district, "bin-4")

    assert [one.status for one in (first, soon, later)] == ["new", "counted", "new"]
    assert times(district, "bin-4") == 1


def test_two_processes_at_once_make_one(district: Installation) -> None:
    found: list[Receipt] = []
    threads = [Thread(target=lambda: found.extend(told(district, "bin-5", "bin-6"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one.status for one in found].count("new") == 2
    assert len({one.id for one in found}) == 2
    assert times(district, "bin-5") == 4


def test_people_are_never_counted_away(district: Installation) -> None:
    report = ReportIn("public", "x1", "满溢", machine=MachineEvent("bin-7", "full"))
    with district.database.transaction() as tx:
        [receipt] = district.loop.submit(tx, district.city, [report], system(district.city))

    assert [one.field for one in receipt.problems] == ["machine"]
