"""Ladders on the simulated clock: warned, late, up the ladder, again; quiet nights, holidays, days without a worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.integration.loop.acting import brought_on
from tests.integration.notices.conftest import Town

from xiuhua.packs import service as packs
from xiuhua.platform.identity.model import system

OFFICER = "officer-sanitation"
ROLES = {"shift_leader", "supervisor", "leader"}


def heard(town: Town, case: str, clock: str = "Handling") -> list[tuple[str, str]]:
    """Who was told of a clock of a case, a role for all who hold it, and the first words; in the order of time."""
    holders = {one: role for role in ROLES for one in town.district.view().directory.holders(role)}
    told = [
        (holders.get(person, person), head.partition(":")[0])
        for person, _, head in town.told("late", case)
        if head.endswith(f" {clock}")
    ]
    return [one for place, one in enumerate(told) if one not in told[:place] or one[0] not in ROLES]


def set_(town: Town, **values: Any) -> None:
    with town.district.database.transaction() as tx:
        packs.put_settings(tx, system(town.district.city), "city_case", values, date(2026, 1, 1))


def test_the_whole_ladder_of_one_clock(town: Town) -> None:
    """Four work hours from nine, with two at noon that do not count, end at 15:00; a working day ends at 17:30."""
    case = town.case(4)
    seen = []
    for moment in (
        "03-02 14:11", "03-02 14:12", "03-02 15:00", "03-02 15:01", "03-02 16:59", "03-02 17:00", "03-03 17:29",
        "03-03 17:30", "03-05 17:29", "03-05 17:30", "03-06 17:29", "03-06 17:30",
    ):  # fmt: skip
        known = sum(len(new) for _, new in seen)
        seen.append((moment, heard(town.at(moment), case)[known:]))

    assert town.due(case, "handling") == "03-02 15:00"
    assert [(moment, new) for moment, new in seen if new] == [
        ("03-02 14:12", [(OFFICER, "Due soon")]),
        ("03-02 15:01", [(OFFICER, "Late")]),
        ("03-02 17:00", [("shift_leader", "Late")]),
        ("03-03 17:30", [("supervisor", "Late")]),
        ("03-05 17:30", [("leader", "Late"), (OFFICER, "Late")]),
        ("03-06 17:30", [(OFFICER, "Late")]),
    ]
    leaders = town.district.view().directory.holders("leader")
    assert len([one for one, *_ in town.told("late", case) if one in leaders]) == 2 * len(leaders)


def test_the_share_at_which_people_are_warned_is_a_setting(town: Town) -> None:
    set_(town, warn_percent=50)
    case = town.case(4)

    assert heard(town.at("03-02 10:59"), case) == []
    assert heard(town.at("03-02 11:00"), case) == [(OFFICER, "Due soon")]


def test_who_has_acted_hears_no_more(town: Town) -> None:
    case = town.case(3)
    town.at("03-02 10:00")
    town.act(OFFICER, case, "receive")
    town.at("03-02 12:00")

    assert heard(town, case, "Receiving") == []


def test_whoever_has_it_now_is_told(town: Town) -> None:
    """The clock of the handling runs while the case waits to be received, too."""
    set_(town, receive_limit={"amount": "30", "kind": "work_day"})
    set_(town, auto_receive=False)
    case = town.case(3)

    assert heard(town.at("03-02 14:12"), case) == [(OFFICER, "Due soon")]


def test_more_time_moves_the_ladder(town: Town) -> None:
    case = town.case(4)
    town.at("03-02 14:30")
    town.act(OFFICER, case, "ask_extension", {"amount": 2, "kind": "work_hour"}, reason="x")
    [item] = town.district.state("case", case)["tracks"]["extension"]
    town.act("dispatcher01", case, "grant_extension", n=item["n"])
    town.at("03-02 16:59")
    before = heard(town, case)
    town.at("03-02 17:01")

    assert town.due(case, "handling") == "03-02 17:00"
    assert before == [(OFFICER, "Due soon"), (OFFICER, "Due soon")]  # at 80 % of four hours, and of six
    assert heard(town, case)[2:] == [(OFFICER, "Late")]


def test_a_suspended_case_is_let_be(town: Town) -> None:
    case = town.case(4)
    until = int(town.clock.now().timestamp()) + 10 * 86400
    town.act(OFFICER, case, "ask_suspension", {"until": until}, reason="x")
    [item] = town.district.state("case", case)["tracks"]["suspension"]
    town.act("dispatcher01", case, "approve_suspension", n=item["n"])
    town.at("03-05 12:00")

    assert heard(town, case) == []


def test_quiet_hours_over_midnight_hold_a_rung_until_they_end(town: Town) -> None:
    set_(town, late_to_shift={"amount": "8", "kind": "urgent_hour"})
    case, acted = town.case(4), town.case(4)
    late = [(OFFICER, "Due soon"), (OFFICER, "Late")]
    for moment in ("03-02 14:30", "03-02 15:30", "03-02 23:30"):
        town.at(moment)
    at_night = heard(town, case)
    town.at("03-03 02:00")
    until = int(town.clock.now().timestamp()) + 86400
    town.act(OFFICER, acted, "ask_suspension", {"until": until}, reason="x")
    [item] = town.district.state("case", acted)["tracks"]["suspension"]
    town.act("dispatcher01", acted, "approve_suspension", n=item["n"])
    town.at("03-03 06:59")
    before = heard(town, case)
    town.at("03-03 07:00")

    assert at_night == before == late
    assert heard(town, case) == [*late, ("shift_leader", "Late")]
    assert heard(town, acted) == late  # somebody had acted in the night


def test_urgent_clocks_are_told_at_night(town: Town) -> None:
    town.at("03-02 23:00")
    case = town.case(1)
    town.at("03-02 23:12")
    warned = heard(town, case, "Filing")
    town.at("03-02 23:16")

    assert warned == [("shift_leader", "Due soon")]
    assert heard(town, case, "Filing") == [("shift_leader", "Due soon"), ("shift_leader", "Late")]


def test_holidays_do_not_count(town: Town) -> None:
    """The five days of Labour Day 2026 lie between the dispatch and the warning."""
    town.at("04-30 16:30")
    case = town.case(4)
    due = town.due(case, "handling")
    for day in range(1, 6):
        town.at(f"05-0{day} 12:00")
    during = heard(town, case)
    town.at("05-06 12:00")

    assert due == "05-06 11:30" and during == []
    assert [words for _, words in heard(town, case)] == ["Late"]


def test_a_worker_that_was_down_for_two_days_says_what_holds_now_and_once(town: Town) -> None:
    late, acted = town.case(4), town.case(3)
    town.act(OFFICER, acted, "receive")
    town.at("03-04 09:00")
    first = heard(town, late)
    town.turn()

    assert sorted(first) == [(OFFICER, "Late"), ("shift_leader", "Late"), ("supervisor", "Late")]
    assert heard(town, late) == first
    assert heard(town, acted, "Receiving") == []


def test_what_was_missed_of_a_repeated_rung_is_told_once(town: Town) -> None:
    case = town.case(4)
    town.at("03-05 17:30")
    known = len(town.told("late", case))
    town.at("03-12 12:00")
    missed = town.told("late", case)[known:]
    leaders = town.district.view().directory.holders("leader")

    assert sorted(person for person, *_ in missed) == sorted([OFFICER, *leaders])


def test_reading_the_log_anew_tells_nothing_twice(town: Town) -> None:
    case = town.case(4)
    for moment in ("03-02 14:30", "03-02 15:30", "03-02 17:30"):
        town.at(moment)
    before = town.told("late", case)
    with town.district.database.transaction() as tx:
        tx.execute("delete from reminder")
        tx.execute("update notice_position set tx = 0, number = 0")
    town.turn()

    assert town.told("late", case) == before


def test_all_that_came_due_is_taken_in_one_turn(town: Town) -> None:
    cases = [town.case(4) for _ in range(3)]
    town.at("03-02 15:30")

    assert all(heard(town, case) for case in cases)
    with town.district.database.reading() as tx:
        assert tx.execute("select count(*) as n from reminder where at <= %s", (tx.now,)).fetchone().n == 0


def test_a_report_left_lying_goes_up_too(town: Town) -> None:
    """Fifteen minutes to accept; half an hour later the shift leader hears, then the supervisor, by day and night."""
    report, _ = brought_on(town.district, 0)
    town.at("03-02 09:16")
    first = {person for person, *_ in town.told("late_report", report)}
    town.at("03-02 09:46")
    second = {person for person, *_ in town.told("late_report", report)} - first
    town.at("03-02 11:16")
    third = {person for person, *_ in town.told("late_report", report)} - first - second

    holders = town.district.view().directory.holders
    assert (first, second, third) == tuple(
        set(holders(one)) for one in ("intake_officer", "shift_leader", "supervisor")
    )
