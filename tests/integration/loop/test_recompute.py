"""Clocks across a new year: what an arrangement of holidays moves, what it leaves, and the check of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from tests.acceptance.installation import Installation, opened
from tests.integration.loop.dispatched import LAST_DAY, ZONE, Dispatched, announce_2027, dispatched

from xiuhua.city.duties.model import DutyRow
from xiuhua.city.duties.service import save_duties, try_draft
from xiuhua.loop import clock_check, past
from xiuhua.loop.recompute import Recomputed, recompute
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.platform.postgres.cluster import Cluster


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(LAST_DAY)


@pytest.fixture
def town(server: Cluster, tmp_path_factory: pytest.TempPathFactory, clock: SimulatedClock) -> Iterator[Installation]:
    with opened(server, tmp_path_factory.mktemp("town"), clock) as found:
        yield found


@pytest.fixture
def case(town: Installation) -> Dispatched:
    return dispatched(town)


def recomputed(town: Installation) -> Recomputed:
    return recompute(town.database.transaction, town.loop, town.city)


def checked(town: Installation) -> clock_check.Checked:
    with town.database.reading() as tx:
        return clock_check.verify(tx, town.city)


def test_an_announced_holiday_moves_what_runs_across_it(town: Installation, case: Dispatched) -> None:
    before = case.due()
    announce_2027(town)
    done = recomputed(town)
    told = case.events()[-1]

    assert (before, case.due()) == ("2027-01-01 11:00", "2027-01-04 11:00")
    assert (done.changed, told.type, told.actor, told.role) == (
        {"case": 1, "report": 0}, "ClocksRecomputed", "system", "system",
    )  # fmt: skip
    assert sorted(told.payload["clocks"]) == ["handling", "receive"]
    assert not any(run["provisional"] for run in told.payload["clocks"].values())


def test_the_inbox_and_the_replay_follow(town: Installation, case: Dispatched) -> None:
    case.act("receive")
    announce_2027(town)
    recomputed(town)

    assert case.inbox_due() == datetime(2027, 1, 4, 11, 0, tzinfo=ZONE)
    assert town.replayed().equal and checked(town).wrong == 0


def test_a_second_run_changes_nothing(town: Installation, case: Dispatched) -> None:
    announce_2027(town)
    recomputed(town)
    events = town.events()

    assert recomputed(town).changed == {"case": 0, "report": 0}
    assert town.events() == events


def test_nothing_moves_before_anything_is_announced(town: Installation, case: Dispatched) -> None:
    done = recomputed(town)

    assert (done.looked_at["case"], done.changed["case"]) == (1, 0)


def test_a_suspended_clock_moves_too(town: Installation, case: Dispatched) -> None:
    case.act("receive")
    case.act("ask_suspension", until="2027-01-01T09:00:00+08:00")
    case.act("approve_suspension")
    before = case.due()
    announce_2027(town)
    recomputed(town)

    assert (before, case.due()) == ("2027-01-01 15:00", "2027-01-04 14:30")
    assert town.replayed().equal and checked(town).wrong == 0


def test_a_clock_that_has_stopped_keeps_its_deadline(town: Installation, case: Dispatched) -> None:
    case.act("receive")
    case.act("hand_back")
    announce_2027(town)

    assert recomputed(town).changed["case"] == 0
    assert case.due() == "2027-01-01 11:00" and checked(town).wrong == 0


def test_a_clock_that_was_tampered_with_is_told(town: Installation, case: Dispatched) -> None:
    with town.database.transaction() as tx:
        tx.execute(
            "update city_case set doc = jsonb_set(doc::jsonb, '{clocks,handling,due}', '1767232800')::json"
            " where id = %s",
            (case.id,),
        )

    done = checked(town)
    [difference] = done.differences
    assert (done.wrong, difference.id, difference.clock) == (1, case.id, "handling")
    assert difference.why == "due 1767232800, computed 1798772400"


def test_past_cases_are_what_was_dispatched_and_where_it_went(town: Installation, case: Dispatched) -> None:
    day = date(2026, 12, 31)
    with town.database.reading() as tx:
        [found] = past.past_cases(tx, town.city, day, day)
        nothing = list(past.past_cases(tx, town.city, date(2027, 1, 1), date(2027, 12, 31)))

    state = town.state("case", case.id)["data"]
    assert (found.id, found.unit, found.at) == (case.id, "sanitation", LAST_DAY) and nothing == []
    assert (found.category, list(found.scopes), found.segment) == (
        state["category"], state["scopes"], state["road_segment"],
    )  # fmt: skip
    assert "GB/T 30428.2/matter/0110" in found.mapped


@pytest.mark.parametrize("unit", ["sanitation", "roads"])
def test_a_draft_is_tried_on_them(town: Installation, case: Dispatched, unit: str) -> None:
    row = DutyRow("handle", "*", "everywhere", "*", unit, date(2026, 1, 1))
    with town.database.transaction() as tx:
        save_duties(tx, system(town.city), [row], "new")
        run = try_draft(tx, town.city, "new", date(2026, 12, 1), date(2026, 12, 31), past.past_cases)

    assert (run.cases, run.stayed) == (1, int(unit == "sanitation"))
