"""What the loop's endpoints answer: to those who may, to those who may not, and to those who come too late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, report_form
from tests.acceptance.walking import Walk, taken_in

from xiuhua.platform.clock import SimulatedClock

PHONE = "13900001234"


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]


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


# ---- reports


def test_a_report_sent_again_is_the_same_report(town: Installation) -> None:
    form = report_form()
    first, second = (town.client("intake_officer01").post("/api/reports", json=form) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json()["status"], second.json()["status"]) == ("new", "unchanged")
    assert first.json()["id"] == second.json()["id"]
    assert first.headers["location"] == f"/api/reports/{first.json()['id']}"


def test_of_a_batch_the_good_ones_are_kept(town: Installation) -> None:
    good, known = report_form(), report_form()
    town.report("intake_officer01", **known)
    bad = report_form(category="GB/T 47678.5/matter/99999", place={"lon": 0, "lat": 0}, text="  ")
    answer = town.client("intake_officer01").post("/api/reports/batch", json=[good, bad, known, good])

    assert [one["status"] for one in answer.json()] == ["new", "rejected", "unchanged", "unchanged"]
    assert {one["field"] for one in answer.json()[1]["problems"]} == {"category", "place", "text"}


def test_the_reporter_is_masked_and_each_look_is_written_down(town: Installation) -> None:
    report = town.report("intake_officer01", text=f"路灯坏了，打{PHONE}", reporter={"name": "张三丰", "contact": PHONE})
    shown = town.client("intake_officer01").get(f"/api/reports/{report}")
    client, path = town.client("intake_officer01"), f"/api/reports/{report}/unmask"
    without, seen = client.post(path, json={}), client.post(path, json={"why": "回访核实情况"})

    assert PHONE not in shown.text and "139****1234" in shown.text
    assert told(without) == (422, "invalid") and seen.json()["phone"] == PHONE
    assert told(town.client("collector01").post(path, json={"why": "想看看"})) == (403, "not_allowed")
    assert looks(town, report) == [("intake_officer01", "unmask", "回访核实情况")]


def looks(town: Installation, report: str) -> list[tuple[str, str, str]]:
    with town.database.reading() as tx:
        rows = tx.execute("select actor, what, why from access_log where subject = %s", (f"report/{report}",))
        return [(row.actor, row.what, row.why) for row in rows]


def test_a_question_is_answered_and_makes_no_case(town: Installation) -> None:
    walk = taken_in(town, text="请问路灯几点开？", question=True)
    done = town.does("intake_officer01", "report", walk.report, "answer_directly", {"answer": "18:40 至次日 6:30"})
    shown = town.get("intake_officer01", f"/api/reports/{walk.report}")

    assert (done["state"], shown["data"]["case"], shown["data"]["outcome"]) == ("done", None, "answered_directly")


def test_what_the_collector_has_mended_is_confirmed(town: Installation) -> None:
    before, after = (town.photo("collector01", shows) for shows in ("before", "after"))
    walk = taken_in(town, "collector01", source="collector", self_handled=True, photos=[before], photos_after=[after])
    walk.do("intake_officer01", "accept")
    assert town.state("case", walk.case)["state"] == "self_handled"
    town.does("shift_leader01", "case", walk.case, "confirm_self_handle")

    assert town.state("case", walk.case)["data"]["close_kind"] == "self_handled"
    assert town.state("report", walk.report)["data"]["outcome"] == "self_handled"


# ---- the case's reporters and its owner


def test_both_reporters_of_a_case_are_answered(town: Installation) -> None:
    first, second = taken_in(town).to_be("dispatched"), taken_in(town)
    town.does("intake_officer02", "report", second.report, "join", {"case": first.case})
    for action in ("receive", "assign", "finish", "review", "hand_back", "send_check", "report_check", "close"):
        first.do(first.person(action), action)
    answers = [town.state("report", one.report)["data"] for one in (first, second)]

    assert [one["answer"] for one in answers] == ["已处理", "已处理"]
    assert [one["case"] for one in answers] == [first.case, first.case]


def test_who_is_dissatisfied_gets_it_done_again(town: Installation) -> None:
    walk = taken_in(town).to_be("closed")
    fields = {"reached": True, "responded": True, "solved": False, "satisfied": "dissatisfied"}
    town.does("intake_officer01", "report", walk.report, "call_back", fields)
    case = town.state("case", walk.case)

    assert (case["state"], case["data"]["reworks"], case["data"]["unit"]) == ("received", 1, "sanitation")
    assert town.state("report", walk.report)["state"] == "joined"
    assert "ReopenedDissatisfied" in [one["type"] for one in walk.timeline()]


def owned(town: Installation, **more: Any) -> Walk:
    """A report that belongs to another platform, which closes it."""
    return taken_in(town, source="upper_level", mandate={"owner": "990100", "number": "SJ1", **more})


def test_what_belongs_to_another_is_returned_in_time_only(town: Installation, town_clock: SimulatedClock) -> None:
    until = (town_clock.now() + timedelta(hours=2)).isoformat()
    early, late = (owned(town, return_until=until).to_be("accepted") for _ in range(2))
    returned = town.act("shift_leader01", "case", early.case, "return_to_owner", reason="不属本区")
    town_clock.move_to(town_clock.now() + timedelta(hours=3))
    refused = town.act("shift_leader01", "case", late.case, "return_to_owner", reason="不属本区")

    assert returned.json()["state"] == "returned_to_owner"
    assert told(refused) == (409, "condition_unmet")
    assert "over" in refused.json()["detail"]


def test_what_belongs_to_another_is_closed_by_its_owner(town: Installation) -> None:
    walk = owned(town).to_be("checked")
    refused = town.act("shift_leader01", "case", walk.case, "close", {"answer": "已处理"})
    town.does("shift_leader01", "case", walk.case, "submit", {"answer": "已处理并核查"})
    town.does("intake_officer01", "case", walk.case, "owner_close")

    assert told(refused) == (409, "condition_unmet")
    assert town.state("case", walk.case)["data"]["close_kind"] == "by_owner"
    assert town.state("report", walk.report)["data"]["answer"] == "已处理并核查"


# ---- lists and timelines


def pages(town: Installation, person: str, path: str, **params: Any) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = town.get(person, path, limit=7, **params, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


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


def test_in_the_end_the_log_is_sound(town: Installation) -> None:
    town.demand_sound_log()
