"""Reports over HTTP: taken in once, answered each, their senders masked; and cases that belong to another platform."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.acceptance.installation import Installation, report_form, told
from tests.acceptance.walking import Walk, taken_in

from xiuhua.platform.clock import SimulatedClock

PHONE = "13900001234"


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


def test_the_areas_follow_from_the_point_whatever_is_said(town: Installation) -> None:
    report, areas = town.report("intake_officer01"), town.view().areas
    middle = areas.area(areas.grid_codes[9]).geometry.representative_point()
    lied = {"scopes": [areas.grid_codes[200]], "unit_grid": areas.grid_codes[200]}
    place = {"lon": middle.x, "lat": middle.y, "words": "公园北门"}
    town.does("intake_officer01", "report", report, "place", {"place": place, **lied})
    data = town.state("report", report)["data"]

    assert (data["unit_grid"], data["scopes"]) == (areas.grid_codes[9], list(areas.scopes(9)))
    assert (data["place"]["by"], data["place"]["words"]) == ("officer", "公园北门")


@pytest.mark.parametrize(
    "place", [{"lon": 116.39, "lat": 39.9}, {"lon": 0, "lat": 0}, {"lon": 29.1, "lat": 105.3}, {"lon": 105.3}, {}]
)
def test_a_place_that_cannot_be_is_refused(town: Installation, place: dict[str, Any]) -> None:
    report = town.report("intake_officer01")
    answer = town.act("intake_officer01", "report", report, "place", {"place": place, "scopes": ["990101"]})

    assert told(answer) == (422, "invalid") and answer.json()["errors"][0]["field"] == "place"
    assert town.state("report", report)["data"]["place"] is None


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


def test_in_the_end_the_log_is_sound(town: Installation) -> None:
    town.demand_sound_log()
