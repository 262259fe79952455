"""What a proceeding's data say of it: whose, when due, how it is numbered; without a database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from xiuhua.packs.loader import load_library
from xiuhua.packs.procedure import Procedure, Round
from xiuhua.platform.eventlog import Head
from xiuhua.proceedings import kinds, model, numbers, rounds

LOCAL = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def task() -> Procedure:
    found, problems = load_library()
    assert problems == []
    return found["supervision"].procedures["task"]


def state(**data: Any) -> dict[str, Any]:
    return {
        "id": "1", "number": "T2026-00001", "procedure": "task", "pack": "p", "subject": "task", "state": "working",
        "since": 2000, "opened": 1000, "data": {"scopes": ["g", "c"], **data}, "tracks": {}, "clocks": {},
        "waits": [], "timers": [],
    }  # fmt: skip


def test_units_and_people_are_those_of_the_data_and_of_whose_turn_it_is() -> None:
    one = state(unit="u1", units=["u2", "u1"], person="p1", begun_by="p0")
    one["waits"] = [{"role": "unit_officer", "unit": "u3"}, {"role": "handler", "person": "p2"}]

    assert model.units(one) == ["u1", "u2", "u3"]
    assert model.people(one) == ["p1", "p0", "p2"]


def test_fields_of_a_pack_that_are_called_so_and_hold_something_else_name_nobody() -> None:
    one = state(unit="u1", units=3, people=12)

    assert (model.units(one), model.people(one)) == (["u1"], [])


@pytest.mark.parametrize(
    ("data", "clocks", "waits", "expected"),
    [
        ({"due": 50}, {"a": {"due": 10}}, [], 50),
        ({}, {"a": {"due": 30}, "b": {"due": 20}}, [], 20),
        ({"due": None}, {}, [{"role": "x", "due": 9}, {"role": "y"}], 9),
        ({}, {}, [], None),
    ],
)
def test_it_is_due_as_its_data_say_else_by_clocks_and_turns(
    data: dict[str, Any], clocks: dict[str, Any], waits: list[dict[str, Any]], expected: int | None
) -> None:
    one = state(**data)
    one["clocks"], one["waits"] = clocks, waits

    assert model.due(one) == expected


def test_it_is_overdue_when_found_late_or_ended_late(task: Procedure) -> None:
    ended = state(due=1999)
    ended["state"] = "done"

    assert model.overdue(task, ended)
    assert not model.overdue(task, {**ended, "data": {"due": 2000}})
    assert not model.overdue(task, state(due=1)), "going on: the clock of whoever reads says it"
    assert model.overdue(task, state(due=9999, overdue=True))


@pytest.mark.parametrize(("given", "expected"), [("2026-03-02", "2026-03-02"), ("soon", None), (5, None), (None, None)])
def test_a_day_is_a_date(given: Any, expected: str | None) -> None:
    assert model.day(state(day=given)) == expected


def test_the_row_depends_on_state_and_version_alone(task: Procedure) -> None:
    one = state(
        title="Drains", unit="u1", due=5000, about={"kind": "record", "id": "r"}, parent={"kind": "p", "id": "0"}
    )
    row = dict(zip(kinds.COLUMNS, kinds.row(one, Head(3, b"h"), task), strict=True))

    assert (row["title"], row["unit"], row["about_kind"], row["about_id"]) == ("Drains", "u1", "record", "r")
    assert (row["parent"], row["due"], row["closed_at"], row["overdue"], row["scopes"]) == (
        "0",
        5000,
        None,
        False,
        "g c",
    )
    one["state"] = "done"
    row = dict(zip(kinds.COLUMNS, kinds.row(one, Head(4, b"h"), task), strict=True))
    assert (row["closed_at"], row["outcome"]) == (2000, "done")


@pytest.mark.parametrize(
    ("pattern", "number", "counter"),
    [
        ("T{year}-{n:05}", "T2026-00007", "proceeding/task/2026"),
        ("{city}-{date}-{n:03}", "990101-20260302-007", "proceeding/task/20260302"),
        ("{month}/{n}", "202603/7", "proceeding/task/202603"),
        ("No. {n}", "No. 7", "proceeding/task"),
    ],
)
def test_numbers_follow_their_pattern_and_begin_anew_with_its_period(pattern: str, number: str, counter: str) -> None:
    assert numbers.filled(pattern, "990101", 7, LOCAL) == number
    assert numbers.counter("task", pattern, LOCAL) == counter


@pytest.mark.parametrize(
    ("every", "on", "day", "expected"),
    [
        ("day", 1, date(2026, 3, 3), True),
        ("week", 1, date(2026, 3, 2), True),
        ("week", 1, date(2026, 3, 3), False),
        ("month", 3, date(2026, 3, 3), True),
        ("month", 3, date(2026, 3, 2), False),
    ],
)
def test_a_round_begins_on_its_days(every: Any, on: int, day: date, expected: bool) -> None:
    assert rounds.is_day_of(Round(per="duty_grid", every=every, on=on), day) is expected


def test_streams_of_other_rooms_are_none_of_this_one() -> None:
    assert model.owns("task") and model.owns("talk")
    assert not any(model.owns(one) for one in ("case", "report", "record", "entry", "inspection", "packs"))
