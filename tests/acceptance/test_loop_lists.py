"""Lists, timelines and numbers of the loop over HTTP."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import taken_in

from xiuhua.platform.clock import SimulatedClock


def test_pages_show_every_row_once(town: Installation) -> None:
    sent = {town.report("intake_officer01", source="media") for _ in range(20)}
    rows = pages(town, "intake_officer01", "/api/reports", source="media")

    assert {row["id"] for row in rows} == sent and len(rows) == 20
    assert [row["opened_at"] for row in rows] == sorted((row["opened_at"] for row in rows), reverse=True)


def test_filters_are_kept_to(town: Installation, town_clock: SimulatedClock) -> None:
    town_clock.move_to(town_clock.now() + timedelta(days=1))
    morning = town_clock.now().isoformat()
    walks = [taken_in(town).to_be(state) for state in ("accepted", "dispatched", "closed")]
    kept = {"opened_from": morning}
    ids = {
        name: {row["id"] for row in pages(town, "shift_leader01", "/api/cases", **kept, **filters)}
        for name, filters in {
            "all": {}, "state": {"state": ["accepted", "closed"]}, "unit": {"unit": "sanitation"},
            "area": {"area": "990101"}, "elsewhere": {"area": town.view().areas.grid_codes[200]},
        }.items()
    }  # fmt: skip
    first, second, third = (walk.case for walk in walks)

    assert ids["all"] == ids["area"] == {first, second, third}
    assert (ids["state"], ids["unit"], ids["elsewhere"]) == ({first, third}, {second, third}, set())


def test_a_case_is_found_by_its_number(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")
    number = town.state("case", walk.case)["number"]

    assert town.get("shift_leader01", f"/api/cases/{number}")["id"] == walk.case
    assert len(town.get("shift_leader01", f"/api/cases/{number}/events")) == 2
    assert told(town.client("shift_leader01").get("/api/cases/990101-20260302-9999")) == (404, "not_found")


def test_a_timeline_is_told_as_it_was_known_then(town: Installation, town_clock: SimulatedClock) -> None:
    walk = taken_in(town).to_be("filed")
    then = town_clock.now().isoformat()
    town_clock.move_to(town_clock.now() + timedelta(minutes=5))
    walk.do("dispatcher01", "dispatch")
    path = f"/api/cases/{walk.case}/events"

    assert [one["type"] for one in walk.timeline()] == ["CaseAccepted", "CaseFiled", "Dispatched"]
    assert [one["type"] for one in town.get("dispatcher01", path, as_of=then)] == ["CaseAccepted", "CaseFiled"]
    assert told(town.client("dispatcher01").get(path, params={"as_of": "2026-03-02T09:00:00"})) == (422, "invalid")
