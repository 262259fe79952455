"""The queue of approvals: what waits for a verdict, who asked and why, and its brakes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in

OFFICER = "officer-sanitation"
SHORT: dict[str, Any] = {"amount": 4, "kind": "work_hour"}
TEN_DAYS = {"until": "2026-03-12T09:00:00+08:00"}
LONG: dict[str, Any] = {"amount": 20, "kind": "work_day"}


def waiting(town: Installation, person: str, walk: Walk) -> list[dict[str, Any]]:
    return [one for one in town.get(person, "/api/approvals", limit=200) if one["id"] == walk.case]


@pytest.mark.parametrize(
    ("action", "fields", "judge", "verdicts", "used", "most"),
    [
        ("ask_extension", SHORT, "dispatcher", {"grant_extension", "refuse_extension"}, [0, 4], [1, 240]),
        ("ask_extension", LONG, "supervisor", {"grant_extension", "refuse_extension"}, [0, 160], [1, 240]),
        ("ask_suspension", TEN_DAYS, "dispatcher", {"approve_suspension", "refuse_suspension"}, [0, 10], [2, 180]),
        ("ask_return", {}, "dispatcher", {"approve_return", "refuse_return"}, [0], [2]),
    ],
)
def test_an_application_waits_for_its_judge(
    town: Installation, action: str, fields: dict[str, Any], judge: str, verdicts: set[str], used: Any, most: Any
) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    town.does(OFFICER, "case", walk.case, action, fields, reason="路面尚未干透")
    person = town.who(judge, walk.scopes)
    [one] = waiting(town, person, walk)

    assert verdicts <= {each["action"] for each in one["actions"]}
    assert ([each["used"] for each in one["brakes"]], [each["most"] for each in one["brakes"]]) == (used, most)
    assert (one["asked"]["person"], one["asked"]["role"]) == (OFFICER, "unit_officer") and one["asked"]["name"]
    assert (one["asked"]["reason"], one["unit"]) == ("路面尚未干透", "sanitation")
    assert one["track_title"]["zh"] and {clock["name"] for clock in one["clocks"]} >= {"handling"}
    assert waiting(town, OFFICER, walk) == []


def test_a_voiding_waits_for_the_shift_leader(town: Installation) -> None:
    walk = taken_in(town).to_be("accepted")
    town.does("dispatcher01", "case", walk.case, "ask_void", reason="重复")
    [one] = waiting(town, town.who("shift_leader", walk.scopes), walk)

    assert (one["track"], one["brakes"], one["asked"]["person"]) == ("voiding", [], "dispatcher01")


def test_what_was_judged_or_is_ordinary_work_does_not_wait(town: Installation) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    town.does(OFFICER, "case", walk.case, "ask_extension", {"amount": 2, "kind": "work_hour"}, reason="缺人")
    dispatcher = town.who("dispatcher", walk.scopes)
    before = len(waiting(town, dispatcher, walk))
    town.does(dispatcher, "case", walk.case, "refuse_extension", reason="不同意")

    assert (before, waiting(town, dispatcher, walk)) == (1, [])


def test_the_first_application_stays_told_beside_a_second(town: Installation) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    dispatcher = town.who("dispatcher", walk.scopes)
    for reason in ("第一次", "第二次"):
        town.does(OFFICER, "case", walk.case, "ask_extension", {"amount": 2, "kind": "work_hour"}, reason=reason)
        if reason == "第一次":
            town.does(dispatcher, "case", walk.case, "refuse_extension", reason="不同意")
    [one] = waiting(town, dispatcher, walk)

    assert (one["n"], one["asked"]["reason"]) == (2, "第二次")
