"""Erasure by age: texts, contacts and photos go, the log and every figure stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.acceptance.installation import Installation, served
from tests.acceptance.walking import taken_in
from tests.conftest import START

from xiuhua.loop import retention
from xiuhua.platform import personal
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.platform.media import erasure
from xiuhua.platform.media.service import Store
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.simulate import pictures


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def town(server: Cluster, tmp_path: Path, clock: SimulatedClock) -> Iterator[Installation]:
    with served(server, tmp_path, clock) as found:
        yield found


def aged(town: Installation, days: int = 30) -> int:
    settings = town.services.settings.model_copy(update={"retention_days": days})
    return retention.erase_old(replace(town.services, settings=settings))


def texts(town: Installation, *reports: str) -> list[bool]:
    """Whether each report's text is still there."""
    ids = [f"report/{one}" for one in reports]
    with town.database.reading() as tx:
        found = personal.get(tx, town.city, ids)
    return [found[one] is not None for one in ids]


def let_time_pass(town: Installation, clock: SimulatedClock, days: int) -> None:
    """Procedures' timers run as they would."""
    clock.move_to(clock.now() + timedelta(days=days))
    with town.database.transaction() as tx:
        while town.loop.run_timers(tx, limit=100):
            pass


def files(town: Installation) -> int:
    """How many files of photos lie in the data folder: two for each."""
    return len(list((town.services.settings.data / "media").rglob("*.*")))


def figures(town: Installation) -> list[object]:
    with town.database.reading() as tx:
        cases = tx.execute("select id, state, category, lon, lat, closed_at from city_case order by id").fetchall()
        reports = tx.execute("select id, state, outcome, case_id, doc::text from report order by id").fetchall()
    return [*cases, *reports]


def test_what_is_long_over_is_erased_and_the_figures_stay(town: Installation, clock: SimulatedClock) -> None:
    photo, shared = town.photo("intake_officer01", "before"), town.photo("intake_officer01", "after")
    closed = taken_in(town, photos=[photo, shared]).to_be("closed")
    running = taken_in(town, photos=[shared]).to_be("dispatched")
    let_time_pass(town, clock, 20)
    assert aged(town) == 0
    let_time_pass(town, clock, 40)
    before, lying = figures(town), files(town)
    forgotten: list[str] = []
    personal.copies["test"] = lambda tx, city, ids: forgotten.extend(ids)

    assert (aged(town), aged(town)) == (1, 0)
    del personal.copies["test"]

    assert texts(town, closed.report, running.report) == [False, True]
    assert forgotten == [f"report/{closed.report}"]
    seen = [town.client("intake_officer01").get(f"/api/media/{one}").status_code for one in (photo, shared)]
    assert seen == [404, 200] and figures(town) == before
    assert erasure.sweep(town.database, town.services.port(Store)) == 1
    assert files(town) == lying - 2
    town.demand_sound_log()


def test_erasure_is_told_in_the_log_and_to_the_auditor(town: Installation) -> None:
    photo = town.photo("intake_officer01", "before")
    report = town.report("intake_officer01", photos=[photo])
    with town.database.transaction() as tx:
        retention.erase(tx, system(town.city), [f"report/{report}"], "asked for by the reporter")

    with town.database.reading() as tx:
        rows = personal.accesses(tx, town.city, personal.Accesses(what="erase"))
    assert {(one.subject, one.why) for one in rows} == {
        (f"report/{report}", "asked for by the reporter"),
        (f"media/{photo}", "asked for by the reporter"),
    }
    again = town.client("intake_officer01").post("/api/media", files={"file": ("b.png", pictures.drawn("before"))})
    assert again.json()["id"] != photo
    town.demand_sound_log()


def test_nothing_is_erased_unless_a_number_of_days_is_set(town: Installation, clock: SimulatedClock) -> None:
    town.report("intake_officer01")
    let_time_pass(town, clock, 4000)

    assert aged(town, 0) == 0
