"""What a phone carries along, and where it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.acceptance.installation import Installation, told
from tests.acceptance.walking import taken_in

from xiuhua.platform.clock import SimulatedClock
from xiuhua.shifts import tracks

WALKER = "collector01"


@pytest.fixture
def on_duty(town: Installation, town_clock: SimulatedClock) -> Installation:
    """The collector began an hour ago."""
    town.client(WALKER).post("/api/shifts/start", json={})
    town_clock.move_to(town_clock.now() + timedelta(hours=1))
    return town


def position(clock: SimulatedClock, minutes: float = 1, **more: Any) -> dict[str, Any]:
    return {"at": (clock.now() - timedelta(minutes=minutes)).isoformat(), "lon": 105.3, "lat": 29.1, **more}


def told_as(moment: str) -> str:
    """As the API writes a moment: in UTC, with Z."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat().replace("+00:00", "Z")


def sent(town: Installation, *positions: dict[str, Any], **more: Any) -> Any:
    return town.client(WALKER).post("/api/field/track", json={"positions": list(positions), **more})


def test_the_bundle_is_whole_and_small(town: Installation) -> None:
    walk = taken_in(town)
    town.does("intake_officer01", "report", walk.report, "verify", {"verifier": WALKER})
    answer = town.client(WALKER).get("/api/field/bundle")
    plain = town.client(WALKER).get("/api/field/bundle", headers={"Accept-Encoding": "identity"})
    told_ = answer.json()
    [task] = [one for one in told_["tasks"] if one["id"] == walk.report]

    assert {"day", "grids", "categories", "report", "reasons", "states", "tasks", "settings"} == told_.keys()
    assert told_["grids"]["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert all(one["conditions"] for one in told_["categories"]) and len(told_["categories"]) > 50
    assert (
        task["place"]
        and task["due"]
        and task["text"]
        and "report_verification" in {one["action"] for one in task["actions"]}
    )
    assert {one["field"] for one in told_["reasons"]} >= {"found", "verdict"}
    assert answer.headers["content-encoding"] == "gzip" and plain.json() == told_
    assert int(answer.headers["content-length"]) < 60_000


def test_the_bundle_is_not_sent_twice(town: Installation) -> None:
    first = town.client("collector09").get("/api/field/bundle")
    again = town.client("collector09").get("/api/field/bundle", headers={"If-None-Match": first.headers["etag"]})

    assert (first.status_code, again.status_code) == (200, 304)


def test_positions_are_kept_once_in_any_order(on_duty: Installation, town_clock: SimulatedClock) -> None:
    batch = [position(town_clock, 3, accuracy_m=8.5), position(town_clock, 5), position(town_clock, 5)]
    first, again = sent(on_duty, *batch).json(), sent(on_duty, *batch).json()
    rows = on_duty.get(WALKER, "/api/field/track")[-2:]

    assert first == {"kept": 2, "repeated": 1, "outside": 0, "ahead": 0}
    assert again == {"kept": 0, "repeated": 3, "outside": 0, "ahead": 0}
    assert [row["accuracy_m"] for row in rows] == [None, 8.5] and rows[0]["at"] < rows[1]["at"]


def test_nothing_is_kept_off_duty_or_ahead_of_time(on_duty: Installation, town_clock: SimulatedClock) -> None:
    batch = [position(town_clock, 60 * 24 * 13), position(town_clock, 60 * 24 * 30), position(town_clock, -30)]

    assert sent(on_duty, *batch).json() == {"kept": 0, "repeated": 0, "outside": 2, "ahead": 1}


def test_a_turn_that_is_told_late_takes_its_positions(town: Installation, town_clock: SimulatedClock) -> None:
    client, person = town.client("collector07"), "collector07"
    ago = {hours: (town_clock.now() - timedelta(hours=hours)).isoformat() for hours in (1, 2, 3, 30)}
    began = client.post("/api/shifts/start", json={"at": ago[3]}).json()
    kept = client.post("/api/field/track", json={"positions": [position(town_clock, 100)]}).json()
    ended = client.post("/api/shifts/end", json={"at": ago[1]}).json()
    again = client.post("/api/shifts/start", json={"at": ago[2]}).json()

    assert (began["started_at"], ended["ended_at"], kept["kept"]) == (told_as(ago[3]), told_as(ago[1]), 1)
    assert again["started_at"] == told_as(ago[1]) and again["person"] == person
    assert told(client.post("/api/shifts/end", json={"at": ago[30]})) == (422, "invalid")


def test_what_one_did_is_not_sent_as_another(town: Installation) -> None:
    client = town.client("collector08")
    asked = [
        client.get("/api/field/bundle", headers={"X-Xiuhua-Person": one}) for one in ("collector08", "collector01")
    ]
    sent_ = client.post("/api/shifts/start", json={}, headers={"X-Xiuhua-Person": "collector01"})

    assert [one.status_code for one in asked] == [200, 401] and told(sent_) == (401, "not_signed_in")
    assert town.get("collector08", "/api/shifts/mine") == {"turn": None}


def test_what_comes_after_the_turn_ended_is_still_kept(on_duty: Installation, town_clock: SimulatedClock) -> None:
    on_duty.client(WALKER).post("/api/shifts/end", json={})
    late, now = position(town_clock, 30), position(town_clock, -1)
    town_clock.move_to(town_clock.now() + timedelta(hours=5))

    assert sent(on_duty, late, now).json() == {"kept": 1, "repeated": 0, "outside": 1, "ahead": 0}


@pytest.mark.parametrize(
    "given",
    [
        {"lon": 29.1, "lat": 105.3},
        {"lon": 0, "lat": 0},
        {"lon": "105"},
        {"accuracy_m": -1},
        {"at": 1772409600},
        {"at": "2026-03-02T09:00:00"},
        {"mock": 1},
        {"speed": 3},
    ],
)
def test_what_is_no_position_is_refused(on_duty: Installation, town_clock: SimulatedClock, given: Any) -> None:
    assert told(sent(on_duty, position(town_clock) | given)) == (422, "invalid")


def test_a_batch_has_an_end(on_duty: Installation, town_clock: SimulatedClock) -> None:
    assert sent(on_duty, *[position(town_clock)] * 1001).status_code == 422
    assert sent(on_duty).status_code == 422


def test_a_look_at_anothers_track_is_written_down(on_duty: Installation, town_clock: SimulatedClock) -> None:
    sent(on_duty, position(town_clock))
    leader, asked = on_duty.client("shift_leader01"), {"person": WALKER, "why": "居民投诉未巡查"}
    seen = leader.get("/api/field/track", params=asked)
    with on_duty.database.reading() as tx:
        rows = tx.execute("select actor, subject, why from access_log where what = 'track'").fetchall()

    assert len(seen.json()) >= 1 and rows[-1].actor == "shift_leader01" and WALKER in rows[-1].subject
    assert told(leader.get("/api/field/track", params={"person": WALKER})) == (422, "invalid")
    assert told(leader.get("/api/field/track", params={**asked, "person": "nobody"})) == (404, "not_found")
    assert told(on_duty.client("collector02").get("/api/field/track", params=asked)) == (403, "not_allowed")


def test_coverage_tells_cells_that_were_passed(on_duty: Installation, town_clock: SimulatedClock) -> None:
    view = on_duty.view()
    [grid] = on_duty.get(WALKER, "/api/field/coverage")
    middle = view.areas.area(grid["grid"]).geometry.representative_point()
    here = {"lon": middle.x, "lat": middle.y}
    sent(on_duty, position(town_clock, 4, **here), position(town_clock, 3, **here, mock=True))
    [after] = on_duty.get(WALKER, "/api/field/coverage")

    assert after["passed"] == grid["passed"] + 1 and after["cells"] == grid["cells"] > 1
    assert after["percent"] == round(100 * after["passed"] / after["cells"], 2)


def test_old_months_go_as_a_whole(on_duty: Installation, town_clock: SimulatedClock) -> None:
    sent(on_duty, position(town_clock, 2.5))
    before = len(on_duty.get(WALKER, "/api/field/track"))
    kept = tracks.forget(on_duty.database, 30)
    town_clock.move_to(town_clock.now() + timedelta(days=300))
    gone = tracks.forget(on_duty.database, 30)

    assert (before > 0, kept) == (True, 0) and gone >= 1
