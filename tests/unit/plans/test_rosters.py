"""Rosters: gaps, overlaps, and who came."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from xiuhua.packs.kinds import Shift
from xiuhua.plans.rosters import Presence, Turn, attended, gaps, hours, overlaps, unplanned

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 2)
H = 3600
EARLY = Shift.model_validate({"title": {"zh": "早", "en": "Early"}, "from": "06:00", "to": "14:00"})
NIGHT = Shift.model_validate({"title": {"zh": "夜", "en": "Night"}, "from": "22:00", "to": "06:00", "need": 2})
SIX, FOURTEEN = hours(EARLY, DAY, ZONE)


def turn(id_: str, begins: int, ends: int, person: str = "", place: str = "") -> Turn:
    return Turn(id_, person or id_, begins, ends, None, place)


def test_a_night_shift_ends_on_the_next_day() -> None:
    begin, end = hours(NIGHT, DAY, ZONE)

    assert (SIX, FOURTEEN - SIX, begin - FOURTEEN, end - begin) == (1772402400, 8 * H, 8 * H, 8 * H)


def test_a_gap_is_where_too_few_are_planned() -> None:
    turns = [turn("a", SIX, SIX + 3 * H), turn("b", SIX + 4 * H, FOURTEEN)]
    found = list(gaps(turns, [""], [DAY], {"early": EARLY}, ZONE))

    assert [(one.begins, one.ends, one.have, one.need) for one in found] == [(SIX + 3 * H, SIX + 4 * H, 0, 1)]


def test_the_same_person_twice_is_one() -> None:
    begin, end = hours(NIGHT, DAY, ZONE)
    turns = [turn("a", begin, end, "x"), turn("b", begin, end, "x"), turn("c", begin, begin + H, "y")]
    [found] = gaps(turns, [""], [DAY], {"night": NIGHT}, ZONE)

    assert (found.begins, found.ends, found.have) == (begin + H, end, 1)


def test_a_roster_without_shifts_needs_somebody_round_the_clock_at_each_place() -> None:
    midnight = SIX - 6 * H
    found = list(gaps([turn("a", midnight, midnight + 24 * H, place="north")], ["north", "south"], [DAY], {}, ZONE))

    assert [(one.place, one.begins, one.ends) for one in found] == [("south", midnight, midnight + 24 * H)]


def test_nobody_is_at_two_places() -> None:
    turns = [
        turn("a", SIX, FOURTEEN, "x"),
        turn("b", FOURTEEN - H, FOURTEEN + H, "x"),
        turn("c", FOURTEEN, FOURTEEN + H, "x"),
    ]
    found = [(one.first, one.second, one.begins, one.ends) for one in overlaps(turns)]

    assert found == [("a", "b", FOURTEEN - H, FOURTEEN), ("b", "c", FOURTEEN, FOURTEEN + H)]
    assert list(overlaps([turn("a", SIX, FOURTEEN, "x"), turn("b", FOURTEEN, FOURTEEN + H, "x")])) == []


def test_turns_against_who_was_on_duty() -> None:
    turns = [
        turn("came", SIX, FOURTEEN), turn("late", SIX, FOURTEEN), turn("never", SIX, FOURTEEN),
        turn("tonight", FOURTEEN + 8 * H, FOURTEEN + 16 * H),
    ]  # fmt: skip
    there = [
        Presence("came", SIX - 600, FOURTEEN),
        Presence("late", SIX + 1800, FOURTEEN),
        Presence("guest", SIX, SIX + H),
    ]
    found = {one.turn.id: (one.standing, one.late_min) for one in attended(turns, there, FOURTEEN + H)}

    assert found == {"came": ("on_time", 0), "late": ("late", 30), "never": ("absent", 0), "tonight": ("ahead", 0)}
    assert [one.person for one in unplanned(turns, there)] == ["guest"]
    assert next(attended(turns[2:3], [], SIX + H)).standing == "running"
