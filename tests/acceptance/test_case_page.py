"""What the pages of reports and cases read: the timeline in words, names of codes, side tracks, repeats."""

from __future__ import annotations

from tests.acceptance.installation import Installation
from tests.acceptance.walking import taken_in
from tests.reading import caught_up


def test_a_timeline_tells_who_did_what_in_words(town: Installation) -> None:
    walk = taken_in(town).to_be("dispatched")

    dispatched = town.get("dispatcher01", f"/api/cases/{walk.case}/events")[-1]

    assert dispatched["title"] == {"zh": "派遣", "en": "Dispatch"}
    assert dispatched["state"] == {"zh": "待签收", "en": "To be received"}
    assert dispatched["name"] != dispatched["actor"]
    [unit] = [one for one in dispatched["told"] if one["name"] == "unit"]
    assert (unit["type"], unit["value"], unit["labels"][0]["zh"]) == ("unit", "sanitation", "环境卫生管理所")


def test_nothing_personal_is_told_in_a_timeline(town: Installation) -> None:
    walk = taken_in(town)
    fields = {"category": "GB/T 47678.5/matter/06010", "description": "张三家门口"}
    done = town.does("intake_officer01", "report", walk.report, "accept", fields)

    events = town.get("intake_officer01", f"/api/reports/{walk.report}/events")

    assert [one["name"] for one in events[1]["told"]] == ["category"]
    assert done["case"] and town.get("intake_officer01", f"/api/cases/{done['case']}")["titles"]["category"]


def test_a_case_names_its_codes_and_side_tracks(town: Installation) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    officer = town.who("unit_officer", unit="sanitation")
    asked = {"amount": 2, "kind": "work_hour"}
    town.does(officer, "case", walk.case, "ask_extension", asked, reason="等备件")

    case = town.get("dispatcher01", f"/api/cases/{walk.case}")

    assert case["titles"]["unit"]["zh"] == case["names"]["sanitation"]["zh"] == "环境卫生管理所"
    [side] = case["sides"]
    assert (side["track"], side["state_title"]["en"], side["over"]) == ("extension", "Asked", False)


def test_a_report_tells_how_often_the_like_came_in(town: Installation) -> None:
    reporter = {"name": "赵六", "contact": "13912340000"}
    reports = [taken_in(town, reporter=reporter).report for _ in range(3)]
    stranger = taken_in(town, reporter={"anonymous": True}).report
    caught_up(town.services)

    told = [town.get("intake_officer01", f"/api/reports/{one}")["repeated_by_reporter"] for one in (*reports, stranger)]

    assert told == [3, 3, 3, 0]


def test_a_suggestion_tells_what_follows_from_another_category(town: Installation) -> None:
    report, other = taken_in(town).report, "GB/T 47678.5/matter/01037"

    told = town.get("intake_officer01", f"/api/reports/{report}/suggestion", category=other)

    assert told["categories"][0]["category"] == other
    assert told["unit"]["unit"] == "lighting"


def test_words_of_actions_tell_whose_they_are_and_what_they_ask_for(town: Installation) -> None:
    actions = {one["name"]: one for one in town.get("intake_officer01", "/api/lists/case")["actions"]}

    assert (actions["file"]["roles"], actions["file"]["types"]) == (["shift_leader"], ["filing_condition", "text"])
