"""What the loop's endpoints answer: to those who may, to those who may not, and to those who come too late."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx
import orjson
import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, pages, report_form, told
from tests.acceptance.walking import taken_in

from xiuhua.http.server import listening


def test_small_answers_are_sent_at_once() -> None:
    """Without the protocol named, asyncio leaves Nagle's algorithm on: 40 ms for every answer."""
    with closing(listening("127.0.0.1", 0)) as bound:
        assert bound.proto == socket.IPPROTO_TCP


# ---- who may


@pytest.mark.parametrize(
    ("state", "person", "action", "fields"),
    [
        ("received", "dispatcher01", "accept", {"category": STREET_CLEANING}),
        ("accepted", "intake_officer01", "file", {}),
        ("filed", "shift_leader01", "dispatch", {"unit": "sanitation"}),
        ("dispatched", "officer-roads", "receive", {}),
        ("dispatched", "worker1-cleaning-1", "receive", {}),
        ("assigned", "worker1-cleaning-2", "finish", {}),
        ("checking", "collector24", "report_check", {"verdict": "done"}),
        ("checked", "supervisor01", "close", {}),
        ("checked", "shift_leader01", "void", {}),
    ],
)
def test_what_is_not_yours_to_do_is_refused_and_changes_nothing(
    town: Installation, state: str, person: str, action: str, fields: dict[str, Any]
) -> None:
    walk = taken_in(town).to_be(state)
    kind, id_ = ("case", walk.case) if walk.case else ("report", walk.report)
    before = town.state(kind, id_)

    assert told(town.act(person, kind, id_, action, fields)) == (403, "not_allowed")
    assert town.state(kind, id_) == before


@pytest.mark.parametrize("person", ["officer-roads", "worker1-roads-1", "collector24"])
def test_what_is_not_yours_to_see_is_not_there(town: Installation, person: str) -> None:
    walk = taken_in(town).to_be("dispatched")
    client = town.client(person)

    assert told(client.get(f"/api/cases/{walk.case}")) == (404, "not_found")
    assert told(client.get(f"/api/cases/{walk.case}/events")) == (404, "not_found")
    assert walk.case not in [one["id"] for one in pages(town, person, "/api/cases")]


def test_strangers_see_nothing(town: Installation) -> None:
    walk = taken_in(town).to_be("accepted")
    paths = ("inbox", "reports", "cases", f"reports/{walk.report}", f"cases/{walk.case}", f"cases/{walk.case}/events")
    with httpx.Client(base_url=town.url) as stranger:
        answers = [stranger.get(f"/api/{path}") for path in paths]
        answers.append(stranger.post("/api/reports", json=report_form()))
        answers.append(stranger.post(f"/api/cases/{walk.case}/actions/file", json={"fields": {}}))

    assert {told(answer) for answer in answers} == {(401, "not_signed_in")}


# ---- when it is open, and what it needs


@pytest.mark.parametrize(
    ("state", "person", "action"),
    [
        ("accepted", "shift_leader01", "close"),
        ("filed", "shift_leader01", "file"),
        ("accepted", "dispatcher01", "dispatch"),
        ("received_by_unit", "officer-sanitation", "receive"),
        ("closed", "shift_leader01", "close"),
    ],
)
def test_what_is_not_open_says_how_it_stands(town: Installation, state: str, person: str, action: str) -> None:
    walk = taken_in(town).to_be(state)
    answer = town.act(person, "case", walk.case, action)

    assert told(answer) == (409, "not_now")
    assert answer.json()["state"] == town.state("case", walk.case)["state"]
    assert action in answer.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"unit"}),
        ({"unit": "nowhere"}, {"unit"}),
        ({"unit": "sanitation", "colour": "red"}, {"colour"}),
        ({"unit": 7, "helpers": "roads", "note": ["x"], "colour": "red"}, {"unit", "helpers", "note", "colour"}),
    ],
)
def test_all_wrong_fields_are_told_at_once(town: Installation, fields: dict[str, Any], wrong: set[str]) -> None:
    walk = taken_in(town).to_be("filed")
    answer = town.act("dispatcher01", "case", walk.case, "dispatch", fields)

    assert told(answer) == (422, "invalid")
    assert {one["field"] for one in answer.json()["errors"]} == wrong
    assert all(one["why"] for one in answer.json()["errors"])


def test_what_goes_back_needs_a_reason(town: Installation) -> None:
    walk = taken_in(town).to_be("accepted")
    without = town.act("shift_leader01", "case", walk.case, "decline")
    with_reason = town.act("shift_leader01", "case", walk.case, "decline", reason="不符合立案条件")

    assert told(without) == (422, "invalid") and without.json()["errors"][0]["field"] == "reason"
    assert with_reason.json()["state"] == "declined"


def test_a_stale_version_is_refused(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")
    shown = town.client("dispatcher01").get(f"/api/cases/{walk.case}")
    town.does("dispatcher02", "case", walk.case, "add_note", {"note": "先看一下"})
    fields, etag = {"unit": "sanitation"}, shown.headers["etag"]
    stale = town.act("dispatcher01", "case", walk.case, "dispatch", fields, {"If-Match": etag})
    fresh = town.client("dispatcher01").get(f"/api/cases/{walk.case}").headers["etag"]

    assert told(stale) == (412, "conflict")
    assert town.act("dispatcher01", "case", walk.case, "dispatch", fields, {"If-Match": fresh}).is_success


def test_a_repeated_request_is_done_once(town: Installation) -> None:
    walk = taken_in(town).to_be("dispatched")
    headers = {"Idempotency-Key": f"urge-{walk.case}"}
    answers = [town.act("dispatcher01", "case", walk.case, "urge", {"note": "请抓紧"}, headers) for _ in range(3)]

    assert len({answer.content for answer in answers}) == 1 and answers[0].is_success
    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None, "true", "true"]
    assert [one["type"] for one in walk.timeline()].count("Urged") == 1


def test_of_eight_dispatchers_one_wins(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")
    people = [f"dispatcher{number:02}" for number in range(1, 9)]
    for person in people:
        town.client(person)
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda who: town.act(who, "case", walk.case, "dispatch", {"unit": "sanitation"}), people)
        )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert {told(answer) for answer in answers if not answer.is_success} == {(409, "not_now")}
    assert [one["type"] for one in walk.timeline()].count("Dispatched") == 1


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b'{"source": "public"', "application/json", 422, "invalid"),
        (b'{"source": "public"}', "application/json", 422, "invalid"),
        (b"\xff\xfe", "application/json", 422, "invalid"),
        (b"source=public", "application/x-www-form-urlencoded", 422, "invalid"),
        (b'{"text": "' + b"x" * 2_000_000 + b'"}', "application/json", 413, "too_large"),
        (b"", "application/json", 422, "invalid"),
    ],
)
def test_a_body_that_does_not_fit_is_told(
    town: Installation, content: bytes, kind: str, status: int, code: str
) -> None:
    answer = town.client("intake_officer01").post("/api/reports", content=content, headers={"Content-Type": kind})

    assert told(answer) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_in_pieces_is_read_to_its_end(town: Installation) -> None:
    body = orjson.dumps(report_form(external_id="in-pieces"))
    answer = town.client("intake_officer01").post(
        "/api/reports", content=iter([body[:10], body[10:]]), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 201, answer.text


def test_an_operator_accepts_what_is_told_on_the_telephone(town: Installation) -> None:
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    call = report_form(
        place={"lon": middle.x, "lat": middle.y},
        then={"action": "accept", "fields": {"category": STREET_CLEANING}},
    )
    operator, collector = town.client("intake_officer01"), town.client("collector01")

    first, again = operator.post("/api/reports", json=call), operator.post("/api/reports", json=call)
    other = collector.post("/api/reports", json={**call, "external_id": "not-mine"})

    assert (first.status_code, first.json()["state"]) == (201, "joined")
    assert town.state("case", first.json()["case"])["state"] == "accepted"
    assert (again.status_code, again.json()["status"]) == (200, "unchanged")
    assert told(other) == (403, "not_allowed")


def test_the_receipt_gives_advice_to_those_who_may_read_reports(town: Installation) -> None:
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    place = {"lon": middle.x, "lat": middle.y}
    officer, collector = town.client("intake_officer01"), town.client("collector01")

    told_officer = officer.post("/api/reports", json=report_form(place=place, advice=True)).json()
    plain = officer.post("/api/reports", json=report_form(place=place)).json()
    stranger = collector.post("/api/reports", json=report_form(place=place, advice=True)).json()

    assert told_officer["suggestion"]["area"]["unit_grid"] == town.view().areas.grid_codes[0]
    assert 0 <= told_officer["suggestion"]["ours"] <= 1
    assert plain["suggestion"] is None
    assert stranger["id"]


def test_in_the_end_the_log_is_sound(town: Installation) -> None:
    town.demand_sound_log()
