"""Whose turn it is: the inbox of every role, step by step, with what each may do and must fill in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in

from xiuhua.platform.clock import SimulatedClock

NEXT = (
    ("intake_officer", "accept"), ("shift_leader", "file"), ("dispatcher", "dispatch"), ("unit_officer", "receive"),
    ("unit_officer", "assign"), ("handler", "finish"), ("unit_officer", "review"), ("unit_officer", "hand_back"),
    ("intake_officer", "send_check"), ("collector", "report_check"), ("shift_leader", "close"),
)  # fmt: skip
"""Who has the next turn, and what they do."""
OTHERS = {
    "unit_officer": "officer-roads", "handler": "worker1-roads-1", "collector": "collector24",
    "supervisor": "supervisor01", "leader": "leader01", "appraiser": "appraiser01",
}  # fmt: skip
"""People of the same or another role, of another place or unit, for whom this is nothing."""


@pytest.fixture
def people(town: Installation) -> dict[str, str]:
    """One person of each role, for a place in the first grid and the sanitation office."""
    scopes = town.view().areas.scopes(0)
    centre = {role: town.who(role, scopes) for role in ("intake_officer", "shift_leader", "dispatcher", "collector")}
    return centre | {"unit_officer": "officer-sanitation", "handler": "worker1-cleaning-1"}


def waiting(town: Installation, people: dict[str, str], walk: Walk) -> set[tuple[str, str]]:
    """For whom something of a walk waits, and in which state."""
    mine = {walk.report, walk.case}
    return {
        (role, task["state"]) for role, person in people.items() for task in town.inbox(person) if task["id"] in mine
    }


def test_each_step_waits_for_exactly_one_role(town: Installation, people: dict[str, str]) -> None:
    walk = taken_in(town)
    everybody = people | {f"other {role}": person for role, person in OTHERS.items()}
    seen = []
    for role, action in NEXT:
        seen.append({one for one, _ in waiting(town, everybody, walk)} == {role})
        walk.do(people[role], action)

    assert seen == [True] * len(NEXT)
    assert waiting(town, everybody, walk) == {("intake_officer", "answered")}


def test_the_most_urgent_comes_first(town: Installation, town_clock: SimulatedClock) -> None:
    for _ in range(3):
        taken_in(town).to_be("accepted")
        town_clock.move_to(town_clock.now() + timedelta(minutes=6))
    tasks = town.inbox(town.who("shift_leader"), "case")
    due = [datetime.fromisoformat(task["due"]) for task in tasks]

    assert due == sorted(due) and len(due) >= 3
    assert [task["late"] for task in tasks] == [moment < town_clock.now() for moment in due]
    assert {task["late"] for task in tasks[-3:]} == {True, False}


@pytest.mark.parametrize(
    ("state", "role", "action", "required", "reason"),
    [
        ("received", "intake_officer", "accept", ["category"], False),
        ("received", "intake_officer", "refuse", [], True),
        ("accepted", "shift_leader", "file", ["filing_condition"], False),
        ("accepted", "shift_leader", "decline", [], True),
        ("filed", "dispatcher", "dispatch", ["unit"], False),
        ("dispatched", "unit_officer", "ask_return", [], True),
        ("handed_back", "intake_officer", "send_check", ["checker"], False),
        ("checking", "collector", "report_check", ["verdict"], False),
    ],
)
def test_an_action_tells_what_it_needs(
    town: Installation, people: dict[str, str], state: str, role: str, action: str, required: list[str], reason: bool
) -> None:
    walk = taken_in(town).to_be(state)
    [task] = [one for one in town.inbox(people[role]) if one["id"] == (walk.case or walk.report)]
    [told] = [one for one in task["actions"] if one["action"] == action]

    assert (told["needs"]["required"], told["reason_needed"]) == (required, reason)
    assert told["role"] == role and {"zh", "en"} <= told["title"].keys()
    assert told["needs"]["additionalProperties"] is False


def test_what_is_asked_of_somebody_by_name_waits_for_them_alone(town: Installation) -> None:
    walk = taken_in(town).to_be("received_by_unit")
    order: dict[str, Any] = {"opinion": "请立即核实处理", "answer_due": "2026-03-20T12:00:00+08:00"}
    town.does("supervisor02", "case", walk.case, "supervise", order)
    town.does("officer-sanitation", "case", walk.case, "answer_supervision", {"answer": "正在办理"}, n=1)
    found = {
        person: [task["track"] for task in town.inbox(person) if task["id"] == walk.case]
        for person in ("supervisor01", "supervisor02", "leader01")
    }

    assert found == {"supervisor01": [], "supervisor02": ["supervision"], "leader01": []}
