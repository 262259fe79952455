"""On duty and off duty, the board, handovers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.acceptance.installation import Installation, told
from tests.acceptance.walking import taken_in
from tests.reading import caught_up

from xiuhua.platform import eventlog, personal
from xiuhua.platform.clock import SimulatedClock


def post(town: Installation, person: str, verb: str, **body: Any) -> Any:
    return town.client(person).post(f"/api/shifts/{verb}", json=body)


def board(town: Installation, person: str = "shift_leader01") -> dict[str, Any]:
    return {line["person"]: line for line in town.get(person, "/api/shifts/board")}


def test_a_turn_begins_once_and_ends_once(town: Installation, town_clock: SimulatedClock) -> None:
    first, again = post(town, "collector05", "start"), post(town, "collector05", "start")
    town_clock.move_to(town_clock.now() + timedelta(hours=2))
    ended, twice = post(town, "collector05", "end"), post(town, "collector05", "end")

    assert (first.status_code, again.status_code) == (201, 200) and first.json()["id"] == again.json()["id"]
    assert ended.json()["ended_at"] is not None and told(twice) == (409, "not_now")
    assert town.get("collector05", "/api/shifts/mine") == {"turn": None}
    town.demand_sound_log()


def test_a_phone_tells_late_when_a_turn_began_and_ended(town: Installation) -> None:
    now = town.database.clock.now().replace(microsecond=0)
    moments = [now - timedelta(hours=hours) for hours in (3, 1)]
    post(town, "collector06", "start", at=moments[0].isoformat())
    ended = post(town, "collector06", "end", at=moments[1].isoformat()).json()
    far = post(town, "collector06", "start", at=(now - timedelta(days=2)).isoformat())
    with town.database.reading() as tx:
        events = eventlog.read(tx, town.city, f"turn/{ended['id']}")

    assert [one.at for one in events] == moments
    assert [datetime.fromisoformat(ended[name]) for name in ("started_at", "ended_at")] == moments
    assert told(far) == (422, "invalid")
    town.demand_sound_log()


def test_the_board_shows_who_is_on_duty_where(town: Installation, town_clock: SimulatedClock) -> None:
    post(town, "collector01", "start", lon=105.3, lat=29.1)
    post(town, "collector24", "start")
    walk = taken_in(town)
    town.does("intake_officer01", "report", walk.report, "verify", {"verifier": "collector01"})
    town_clock.move_to(town_clock.now() + timedelta(hours=3))
    line = board(town)["collector01"]

    assert line["areas"] and line["name"] and (line["lon"], line["lat"]) == (105.3, 29.1)
    assert (line["tasks"], line["late"], line["silent_s"]) == (1, 1, 3 * 3600)
    assert board(town)["collector24"]["tasks"] == 0
    post(town, "collector01", "end")
    assert board(town).keys() == {"collector24"}


def test_of_whom_no_post_tells(town: Installation) -> None:
    assert told(town.client("collector01").get("/api/shifts/board")) == (403, "not_allowed")
    assert told(post(town, "officer-sanitation", "start")) == (403, "not_allowed")
    assert told(post(town, "collector02", "start", role="shift_leader")) == (422, "invalid")


@pytest.mark.parametrize("body", [{"lon": 105.3}, {"lon": 0, "lat": 0}, {"lon": 29.1, "lat": 105.3}, {"datum": "x"}])
def test_a_place_that_cannot_be_meant_is_refused(town: Installation, body: dict[str, Any]) -> None:
    assert told(post(town, "collector03", "start", **body)) == (422, "invalid")


def test_a_shift_is_handed_over_and_taken_over_once(town: Installation) -> None:
    walk = taken_in(town).to_be("accepted")
    caught_up(town.services)
    made = post(town, "shift_leader01", "handover", note="东街塌陷已围挡，联系人 13812345678")
    id_ = made.json()["id"]
    own = post(town, "shift_leader01", "acknowledge", id=id_)
    taken, twice = (post(town, person, "acknowledge", id=id_) for person in ("shift_leader02", "shift_leader02"))
    [seen] = [one for one in town.get("shift_leader02", "/api/shifts/handovers") if one["id"] == id_]

    assert made.status_code == 201 and made.json()["snapshot"]["open"]["accepted"] >= 1 and walk.case
    assert (told(own), told(twice)) == ((403, "not_allowed"), (409, "conflict"))
    assert taken.json()["acknowledged_by"] == seen["acknowledged_by"] == "shift_leader02"
    assert "13812345678" not in seen["note"] and "东街塌陷" in seen["note"]
    assert town.get("shift_leader02", "/api/shifts/handovers", waiting=True) == []
    assert told(post(town, "shift_leader02", "acknowledge", id="nothing")) == (404, "not_found")


def test_the_log_holds_no_note(town: Installation) -> None:
    id_ = post(town, "shift_leader01", "handover", note="夜间须复看").json()["id"]
    with town.database.reading() as tx:
        rows = tx.execute("select payload::text as told from event where stream = %s", (f"handover/{id_}",)).fetchall()
        kept = personal.get(tx, town.city, [f"handover/{id_}"])

    assert len(rows) == 1 and "夜间" not in rows[0].told and kept[f"handover/{id_}"] == {"text": "夜间须复看"}
