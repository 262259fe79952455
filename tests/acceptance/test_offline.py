"""A phone that had no network: in order, once, with place and time, and told where things stand when it was late."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.acceptance.installation import Installation, report_form, told
from tests.acceptance.walking import Walk, taken_in

from xiuhua.platform.clock import SimulatedClock
from xiuhua.simulate import pictures

WITNESS = {"at": "2026-03-02T08:58:00+08:00", "sent_at": "2026-03-02T08:59:00+08:00", "lon": 105.3, "lat": 29.1}


def verifying(town: Installation) -> tuple[Walk, str]:
    walk = taken_in(town)
    collector = town.who("collector", walk.scopes)
    town.does("intake_officer01", "report", walk.report, "verify", {"verifier": collector})
    return walk, collector


def test_an_action_carries_its_witness(town: Installation, town_clock: SimulatedClock) -> None:
    walk, collector = verifying(town)
    town_clock.move_to(town_clock.now() + timedelta(minutes=20))
    now = town_clock.now()
    witness = {
        "at": (now - timedelta(minutes=9)).isoformat(), "sent_at": (now - timedelta(seconds=40)).isoformat(),
        "lon": 105.3, "lat": 29.1, "accuracy_m": 7.6, "sensor_mock": True,
    }  # fmt: skip
    found = {"found": "true_as_told"}
    at = (now - timedelta(minutes=9)).isoformat()
    town.does(collector, "report", walk.report, "report_verification", found, at=at, witness=witness)
    events = walk.timeline("reports")

    assert events[-1]["witness"] | {"at": ""} == {
        "at": "", "lon": 105.3, "lat": 29.1, "accuracy_m": 8, "sensor_mock": True, "skew_s": 40,
    }  # fmt: skip
    assert [one["witness"] for one in events[:-1]] == [None, None]
    town.demand_sound_log()


def test_a_report_carries_its_witness(town: Installation) -> None:
    id_ = town.report("collector01", source="collector", witness=WITNESS | {"datum": "gcj02"})
    [event] = town.get("shift_leader01", f"/api/reports/{id_}/events")

    assert event["witness"]["lon"] != 105.3 and abs(event["witness"]["lon"] - 105.3) < 0.01
    assert event["witness"]["accuracy_m"] is None and event["witness"]["skew_s"] is not None
    town.demand_sound_log()


@pytest.mark.parametrize(
    "given",
    [
        {"source": "public"},
        {"witness": {"lon": 105.3, "lat": 29.1}},
        {"witness": WITNESS | {"lat": None}},
        {"witness": WITNESS | {"lon": 29.1, "lat": 105.3}},
        {"witness": WITNESS | {"lon": "105.3"}},
        {"witness": WITNESS | {"accuracy_m": -3}},
        {"witness": WITNESS | {"person": "李四"}},
        {"witness": WITNESS | {"at": 1772409600}},
    ],
)
def test_what_is_no_witness_is_refused(town: Installation, given: dict[str, Any]) -> None:
    body = report_form(**{"source": "collector", "witness": WITNESS, **given})

    assert told(town.client("collector01").post("/api/reports", json=body)) == (422, "invalid")


def test_what_was_sent_twice_happens_once(town: Installation) -> None:
    walk, collector = verifying(town)
    phone, key = town.client(collector), {"Idempotency-Key": uuid4().hex}
    body = {"fields": {"found": "true_as_told"}}
    path = f"/api/reports/{walk.report}/actions/report_verification"
    answers = [phone.post(path, json=body, headers=key) for _ in range(3)]
    report, again = report_form(source="collector"), {"Idempotency-Key": uuid4().hex}
    sent = [phone.post("/api/reports", json=report, headers=again) for _ in range(2)]

    assert [one.status_code for one in answers] == [200] * 3 and len({one.text for one in answers}) == 1
    assert [one.headers.get("idempotent-replayed") for one in answers] == [None, "true", "true"]
    assert len(walk.timeline("reports")) == 3
    assert [one.status_code for one in sent] == [201, 201] and sent[0].json() == sent[1].json()


def test_who_was_late_is_told_where_it_stands(town: Installation) -> None:
    walk, collector = verifying(town)
    version = town.get("intake_officer01", f"/api/reports/{walk.report}")["version"]
    town.does(collector, "report", walk.report, "report_verification", {"found": "gone"})
    path = f"/api/reports/{walk.report}/actions/report_verification"
    late = town.client(collector).post(path, json={"fields": {"found": "true_as_told"}})
    stale = town.client("intake_officer01").post(
        f"/api/reports/{walk.report}/actions/verify", json={"fields": {"verifier": collector}},
        headers={"If-Match": f'"{version}"'},
    )  # fmt: skip

    assert stale.status_code == 412 and stale.json()["code"] == "conflict"
    assert stale.json()["current"]["state"] == "received" and stale.json()["current"]["version"] == version + 1
    assert stale.json()["current"]["title"]["zh"] == "待受理"
    assert late.status_code in (403, 409)


def test_a_handler_who_was_late_is_told(town: Installation) -> None:
    walk = taken_in(town).to_be("assigned")
    town.does("worker1-cleaning-1", "case", walk.case, "finish", {"photos": [town.photo("worker1-cleaning-1")]})
    late = town.act("officer-sanitation", "case", walk.case, "finish")

    assert told(late) == (409, "not_now")
    assert late.json()["current"]["state"] == "finished" and late.json()["current"]["title"]["zh"] == "待单位审核"


def test_actions_done_offline_are_applied_in_their_order(town: Installation, town_clock: SimulatedClock) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    begun = town_clock.now()
    town_clock.move_to(begun + timedelta(hours=2))
    steps = [("officer-sanitation", "assign", {"squad": "cleaning-1"}, 20), ("worker1-cleaning-1", "finish", {}, 40)]
    for person, action, fields, minutes in steps:
        town.does(person, "case", walk.case, action, fields, at=(begun + timedelta(minutes=minutes)).isoformat())
    early = town.act("officer-sanitation", "case", walk.case, "review", at=(begun + timedelta(minutes=30)).isoformat())
    town.does("officer-sanitation", "case", walk.case, "review", at=(begun + timedelta(minutes=50)).isoformat())

    assert told(early) == (422, "invalid")
    assert [one["type"] for one in walk.timeline()][-3:] == ["Assigned", "WorkFinished", "Reviewed"]


def test_a_photo_resumes_in_the_middle_and_is_named_once(town: Installation) -> None:
    phone, content = town.client("collector01"), pictures.drawn("before")
    tus = {"Tus-Resumable": "1.0.0"}
    name = base64.b64encode("现场.png".encode()).decode()
    made = phone.post(
        "/api/media/uploads", headers=tus | {"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name}"}
    )
    where = made.headers["location"]
    half = len(content) // 2
    part = {**tus, "Content-Type": "application/offset+octet-stream"}
    phone.patch(where, content=content[:half], headers=part | {"Upload-Offset": "0"})
    again = phone.patch(where, content=content[:half], headers=part | {"Upload-Offset": "0"})
    offset = int(phone.head(where, headers=tus).headers["upload-offset"])
    phone.patch(where, content=content[offset:], headers=part | {"Upload-Offset": str(offset)})
    id_ = phone.get(where).json()["media"]
    report = town.report("collector01", source="collector", photos=[id_])

    assert (again.status_code, offset) == (409, half)
    assert town.state("report", report)["data"]["photos"] == [id_]
