"""Clock runs: every move by example, and by properties against a walk over active minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.city.calendars import shipped
from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.holidays import table
from xiuhua.city.calendars.limits import KINDS, epoch, moment
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.spec import Content, Dated, Holidays
from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.platform.errors import Invalid, NotNow, XiuhuaError

SPECS = {written["code"]: parse_spec(written) for written in shipped.declared()[0]}
OFFICIAL = table(shipped.holidays().rows, range(2004, 2027))
ZONE = ZoneInfo("Asia/Shanghai")


def compiled(code: str, holidays: Holidays = OFFICIAL) -> WorkCalendar:
    return compile_calendar(Content((Dated(SPECS[code], date(2000, 1, 1)),), holidays))


CALENDARS = {code: compiled(code) for code in SPECS}
OFFICE = CALENDARS["office"]


def at(text: str) -> int:
    """`02 10:00` is a moment of March 2026, which begins with a Sunday and has no holiday."""
    return epoch(datetime.fromisoformat(text if len(text) > 8 else f"2026-03-{text}").replace(tzinfo=ZONE))


def shown(second: int) -> str:
    return f"{moment(second).astimezone(ZONE):%d %H:%M}"


def begun(amount: str = "4", kind: str = "work_hour", start: str = "02 10:00") -> ClockRun:
    return clocks.start(OFFICE, "handle", amount, kind, at(start))


def test_a_clock_starts_runs_and_stops_in_time() -> None:
    run = begun()

    stopped = clocks.stop(run, OFFICE, run.due)

    assert shown(run.due) == "02 16:00" and run.state == "running" and not run.provisional
    assert stopped.state == "stopped" and not stopped.overdue(at("30 10:00")) and stopped.consumed == 4 * 3600
    assert clocks.stop(run, OFFICE, run.due + 1).overdue(0)
    assert run.overdue(run.due + 1) and not run.overdue(run.due)


@pytest.mark.parametrize(
    ("amount", "kind", "begin", "until", "due"),
    [
        ("4", "work_hour", "02 11:00", "03 11:00", "03 16:00"),  # one hour used, three left
        ("4", "work_hour", "02 18:00", "03 08:00", "02 16:00"),  # when it is late, nothing is left
        ("4", "work_hour", "02 12:30", "02 13:30", "02 16:00"),  # nobody worked meanwhile
        ("4", "urgent_hour", "02 11:00", "03 11:00", "03 14:00"),
        ("3", "work_day", "03 10:00", "09 10:00", "11 17:30"),  # the ends of four working days were in it
        ("3", "work_day", "03 10:00", "03 16:00", "05 17:30"),  # no end of a day was in it
        ("3", "work_day", "06 17:30", "10 10:00", "05 17:30"),
        ("1.5", "work_day", "03 09:30", "03 11:30", "04 16:00"),  # parts of a day go by work time
        ("2", "calendar_day", "03 10:00", "05 10:00", "07 00:00"),
        ("1", "urgent_day", "02 12:00", "02 12:30", "03 10:30"),
    ],
)
def test_a_suspension_gives_back_its_time(amount: str, kind: str, begin: str, until: str, due: str) -> None:
    run = clocks.suspend(begun(amount, kind), OFFICE, at(begin), at(until))

    assert shown(run.due) == due and run.state == "suspended"
    assert run.state_at(at(until)) == "running" and run.state_at(at(until) - 1) == "suspended"


def test_resuming_early_gives_back_less_and_late_nothing_more() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("06 11:00"))

    assert shown(clocks.resume(run, OFFICE, at("03 11:00")).due) == "03 16:00"
    assert shown(clocks.resume(run, OFFICE, at("02 11:00")).due) == "02 16:00"
    assert clocks.resume(run, OFFICE, at("09 11:00")).due == run.due


def test_a_suspension_that_is_over_needs_nobody_to_end_it() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("03 11:00"))

    again = clocks.suspend(run, OFFICE, at("03 14:00"), at("04 14:00"))
    stopped = clocks.stop(run, OFFICE, at("03 14:30"))

    assert shown(again.due) == "04 16:00" and len(again.pauses) == 2
    assert stopped.consumed == 2 * 3600 + 1800 and stopped.pauses == run.pauses


def test_stopping_ends_a_suspension() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("06 11:00"))

    stopped = clocks.stop(run, OFFICE, at("03 09:30"))

    assert stopped.consumed == 3600 and not stopped.overdue(0)
    assert clocks.used(stopped, OFFICE, at("30 10:00")) == (3600, 4 * 3600)


@pytest.mark.parametrize(
    ("amount", "kind", "more", "more_kind", "due"),
    [
        ("4", "work_hour", "4", "work_hour", "03 11:00"),
        ("4", "work_hour", "2", "urgent_hour", "02 18:00"),
        ("4", "work_hour", "1", "work_day", "03 17:30"),
        ("4", "work_hour", "1", "calendar_day", "04 00:00"),
        ("3", "work_day", "2", "work_day", "09 17:30"),
        ("3", "work_day", "1", "work_hour", "06 09:30"),
        ("5", "urgent_day", "1", "work_day", "09 17:30"),  # from a Saturday
        ("2", "calendar_day", "1", "calendar_day", "06 00:00"),
    ],
)
def test_an_extension_adds_to_the_due(amount: str, kind: str, more: str, more_kind: str, due: str) -> None:
    run = clocks.extend(begun(amount, kind), OFFICE, at("02 11:00"), more, more_kind)

    assert shown(run.due) == due


def test_an_extension_within_a_suspension_counts_on_from_its_due() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("04 11:00"))
    longer = clocks.extend(run, OFFICE, at("03 09:00"), "1", "work_hour")

    assert shown(longer.due) == "04 17:00" and longer.state == "suspended"
    assert shown(clocks.resume(longer, OFFICE, at("03 11:00")).due) == "03 17:00"


def test_a_late_clock_suspended_and_then_extended_did_not_run_meanwhile() -> None:
    run = clocks.suspend(begun("2", "urgent_hour"), OFFICE, at("02 13:00"), at("02 20:00"))

    longer = clocks.extend(run, OFFICE, at("02 14:00"), "3", "urgent_hour")

    assert shown(run.due) == "02 12:00" and run.overdue(at("02 12:01"))
    assert shown(longer.due) == "02 22:00"


def test_a_new_due_stands_until_a_later_suspension_moves_it() -> None:
    run = clocks.extend_to(begun(), OFFICE, at("02 11:00"), at("05 10:00"))
    later = clocks.suspend(run, OFFICE, at("03 10:00"), at("04 10:00"))

    assert shown(run.due) == "05 10:00" and shown(later.due) == "06 10:00"
    with pytest.raises(Invalid, match="not after"):
        clocks.extend_to(run, OFFICE, at("02 12:00"), run.due)


def test_a_new_due_settles_the_suspension_it_was_made_in() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("04 11:00"))
    fixed = clocks.extend_to(run, OFFICE, at("03 11:00"), at("06 12:00"))

    assert shown(clocks.resume(fixed, OFFICE, at("03 14:00")).due) == "06 12:00"


def test_rework_continues_with_the_rest_or_starts_over() -> None:
    stopped = clocks.stop(begun(), OFFICE, at("02 14:30"))

    went_on = clocks.continue_(stopped, OFFICE, at("04 09:00"))
    anew = clocks.restart(stopped, OFFICE, at("04 09:00"))

    assert stopped.consumed == 2 * 3600 + 1800 and shown(went_on.due) == "04 10:30"
    assert shown(anew.due) == "04 15:00" and anew.round == 2 and anew.consumed == 0 and not anew.steps


def test_a_late_clock_that_goes_on_stays_late() -> None:
    run = clocks.continue_(clocks.stop(begun(), OFFICE, at("03 09:00")), OFFICE, at("04 09:00"))

    assert shown(run.due) == "02 16:00" and run.overdue(at("04 09:00"))


def test_a_new_unit_may_follow_another_calendar() -> None:
    anew = clocks.restart(begun(), CALENDARS["patrol"], at("02 19:00"))

    assert anew.calendar == "patrol" and shown(anew.due) == "03 10:00"
    assert clocks.verify(anew, CALENDARS["patrol"])


def test_bundled_limits_follow_one_another() -> None:
    run = clocks.start(OFFICE, "handle", "4", "work_hour", at("02 10:50"), (("15", "urgent_minute"),))

    assert shown(run.due) == "02 17:05" and clocks.verify(run, OFFICE)
    assert ClockRun.from_json(run.to_json()) == run


def test_new_holidays_move_a_provisional_due() -> None:
    days = frozenset(date(2027, 1, day) for day in (1, 2, 3))
    later = compiled("office", Holidays(OFFICIAL.off | days, OFFICIAL.working, 2027))
    run = clocks.start(OFFICE, "handle", "4", "work_hour", at("2026-12-31 15:30"))

    fresh = clocks.recompute(run, later)

    assert run.provisional and moment(run.due).astimezone(ZONE).day == 1
    assert not fresh.provisional and moment(fresh.due).astimezone(ZONE).day == 4
    assert not clocks.verify(run, later) and clocks.verify(fresh, later) and fresh.digest == later.digest


def test_a_new_due_that_was_decided_is_not_provisional() -> None:
    run = clocks.start(OFFICE, "handle", "4", "work_hour", at("2026-12-31 15:30"))

    assert not clocks.extend_to(run, OFFICE, run.started, at("2027-02-01 10:00")).provisional
    assert clocks.extend(run, OFFICE, run.started, "1", "urgent_day").provisional


@pytest.mark.parametrize(
    ("now", "light", "fraction"),
    [
        ("02 10:00", "green", 0.0),
        ("02 14:42", "green", 0.675),
        ("02 15:12", "green", 0.8),
        ("02 15:13", "yellow", 0.8041666666666667),
        ("02 16:00", "yellow", 1.0),
        ("02 16:01", "red", 1.0041666666666667),
        ("02 20:00", "red", 1.375),
    ],
)
def test_lights_by_the_share_of_the_limit_used(now: str, light: str, fraction: float) -> None:
    run = begun()

    assert clocks.light(run, OFFICE, at(now)) == light
    assert clocks.fraction_used(run, OFFICE, at(now)) == pytest.approx(fraction)


def test_a_clock_that_is_late_at_night_is_red_though_no_work_time_has_passed() -> None:
    run = begun("1", "work_day")

    assert shown(run.due) == "03 17:30"
    assert clocks.fraction_used(run, OFFICE, at("03 23:00")) == 1 and clocks.light(run, OFFICE, at("03 23:00")) == "red"


def test_a_limit_of_nothing_is_used_up_as_soon_as_it_is_late() -> None:
    run = begun("0")

    assert clocks.fraction_used(run, OFFICE, run.due) == 0 and clocks.light(run, OFFICE, run.due) == "green"
    assert clocks.fraction_used(run, OFFICE, run.due + 60) == 1


MOVES: dict[str, Callable[[ClockRun, int], ClockRun]] = {
    "stop": lambda run, now: clocks.stop(run, OFFICE, now),
    "suspend": lambda run, now: clocks.suspend(run, OFFICE, now, now + 86400),
    "resume": lambda run, now: clocks.resume(run, OFFICE, now),
    "extend": lambda run, now: clocks.extend(run, OFFICE, now, "1", "work_hour"),
    "extend_to": lambda run, now: clocks.extend_to(run, OFFICE, now, run.due + 3600),
    "continue": lambda run, now: clocks.continue_(run, OFFICE, now),
    "restart": lambda run, now: clocks.restart(run, OFFICE, now),
}
ALLOWED = {
    "running": {"stop": "stopped", "suspend": "suspended", "extend": "running", "extend_to": "running",
                "restart": "running"},
    "suspended": {"stop": "stopped", "resume": "running", "extend": "suspended", "extend_to": "suspended",
                  "restart": "running"},
    "stopped": {"continue": "running", "restart": "running"},
}  # fmt: skip


def in_state(state: str) -> ClockRun:
    run = begun("3", "work_day")
    if state == "stopped":
        return clocks.stop(run, OFFICE, at("02 11:00"))
    return clocks.suspend(run, OFFICE, at("02 11:00"), at("06 11:00")) if state == "suspended" else run


@pytest.mark.parametrize(("state", "move"), [(state, move) for state, to in ALLOWED.items() for move in to])
def test_every_allowed_move(state: str, move: str) -> None:
    run = MOVES[move](in_state(state), at("02 12:00"))

    assert run.state == ALLOWED[state][move]
    assert clocks.verify(run, OFFICE) and ClockRun.from_json(run.to_json()) == run


@pytest.mark.parametrize(
    ("state", "move"), [(state, move) for state, to in ALLOWED.items() for move in MOVES if move not in to]
)
def test_every_forbidden_move(state: str, move: str) -> None:
    with pytest.raises(NotNow):
        MOVES[move](in_state(state), at("02 12:00"))


@pytest.mark.parametrize(("state", "move"), [(state, move) for state, to in ALLOWED.items() for move in to])
def test_no_move_goes_back_in_time(state: str, move: str) -> None:
    with pytest.raises(Invalid, match="after that moment"):
        MOVES[move](in_state(state), at("02 09:00"))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: begun("x"),
        lambda: begun("-1"),
        lambda: begun("1", "lunar_day"),
        lambda: clocks.extend(begun(), OFFICE, at("02 11:00"), "1", "until"),
        lambda: clocks.suspend(begun(), OFFICE, at("02 11:00"), at("02 11:00")),
        lambda: clocks.stop(begun(), CALENDARS["patrol"], at("02 11:00")),
        lambda: ClockRun.from_json(begun().to_json() | {"steps": [["wait", 1, 2]]}),
    ],
)
def test_wrong_input_is_refused(wrong: Callable[[], ClockRun]) -> None:
    with pytest.raises(Invalid):
        wrong()


def test_the_kept_form_stays_as_it_is() -> None:
    run = clocks.suspend(begun(), OFFICE, at("02 11:00"), at("03 11:00"))
    run = clocks.extend(run, OFFICE, at("03 10:00"), "1.5", "work_day")
    run = clocks.stop(clocks.extend_to(run, OFFICE, at("03 12:00"), at("20 10:00")), OFFICE, at("04 10:00"))

    assert run.to_json() == {
        "name": "handle", "kind": "work_hour", "amount": 4000, "calendar": "office", "digest": OFFICE.digest,
        "started": 1772416800, "due": 1773972000, "provisional": False, "state": "stopped", "round": 1,
        "steps": [
            ["suspend", 1772420400, 1772506800], ["extend", 1772503200, 1500, "work_day"],
            ["extend_to", 1772510400, 1773972000],
        ],
        "stopped_at": 1772589600, "consumed": 25200,
    }  # fmt: skip


runs_of = st.tuples(
    st.sampled_from(sorted(CALENDARS)), st.sampled_from(KINDS), st.integers(0, 5000), st.integers(0, 20 * 86400)
)
lives = st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 3 * 86400)), max_size=8)
SPRING = at("2026-02-09 00:00")


def lived(
    first: tuple[str, str, int, int], life: list[tuple[str, int]], bundled: bool = False
) -> tuple[ClockRun, WorkCalendar, int]:
    """A run after whatever of a random life is allowed, its calendar, and the moment reached."""
    code, kind, amount, offset = first
    calendar, now = CALENDARS[code], SPRING + offset
    before = (("15", "urgent_minute"), ("0.5", "work_day")) if bundled else ()
    run = clocks.start(calendar, "handle", f"{amount / 1000:.3f}", kind, now, before)
    for move, later in life:
        now += later
        try:
            run = _move(run, calendar, move, now, later)
        except XiuhuaError:
            continue
    return run, calendar, now


def _move(run: ClockRun, calendar: WorkCalendar, move: str, now: int, later: int) -> ClockRun:
    moves: dict[str, Callable[[], ClockRun]] = {
        "stop": lambda: clocks.stop(run, calendar, now),
        "suspend": lambda: clocks.suspend(run, calendar, now, now + 2 * later),
        "resume": lambda: clocks.resume(run, calendar, now),
        "extend": lambda: clocks.extend(run, calendar, now, later % 5, KINDS[later % 7]),
        "extend_to": lambda: clocks.extend_to(run, calendar, now, now + later),
        "continue": lambda: clocks.continue_(run, calendar, now),
        "restart": lambda: clocks.restart(run, calendar, now),
    }
    return moves[move]()


@settings(max_examples=300, deadline=None)
@given(first=runs_of, life=lives, bundled=st.booleans())
def test_every_due_follows_from_what_is_kept(
    first: tuple[str, str, int, int], life: list[tuple[str, int]], bundled: bool
) -> None:
    run, calendar, _ = lived(first, life, bundled)
    kept = orjson.loads(orjson.dumps(run.to_json()))

    assert ClockRun.from_json(kept) == run
    assert clocks.verify(ClockRun.from_json(kept), calendar)
    assert not any(isinstance(value, float) for value in _leaves(kept))


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for each in (value.values() if isinstance(value, dict) else value) for leaf in _leaves(each)]
    return [value]


@settings(max_examples=60, deadline=None)
@given(firsts=st.lists(st.tuples(runs_of, lives, st.booleans()), max_size=8), now=st.integers(0, 40 * 86400))
def test_a_batch_equals_its_runs_one_by_one(firsts: list[Any], now: int) -> None:
    second = SPRING + now
    runs = [lived(*each)[0] for each in firsts]
    old = {code: compiled(code, Holidays(frozenset(), frozenset(), 2025)) for code in CALENDARS}

    fractions, overdue = clocks.fractions_batch(runs, CALENDARS, second)

    assert clocks.recompute_batch(runs, old) == [clocks.recompute(run, old[run.calendar]) for run in runs]
    assert overdue.tolist() == [run.overdue(second) for run in runs]
    assert fractions.tolist() == [clocks.fraction_used(run, CALENDARS[run.calendar], second) for run in runs]


@settings(max_examples=200, deadline=None)
@given(first=runs_of, life=lives, steps=st.lists(st.integers(0, 86400), min_size=2, max_size=6))
def test_the_share_used_only_grows_and_passes_one_only_when_late(
    first: tuple[str, str, int, int], life: list[tuple[str, int]], steps: list[int]
) -> None:
    run, calendar, now = lived(first, life)
    moments = [now + sum(steps[:n]) for n in range(len(steps))]

    shares = [clocks.fraction_used(run, calendar, second) for second in moments]

    assert shares == sorted(shares) and shares[0] >= 0
    assert all(run.overdue(second) for second, share in zip(moments, shares, strict=True) if share > 1)


seconds_kinds = st.sampled_from(["urgent_minute", "urgent_hour", "work_minute", "work_hour"])
pauses = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(
    code=st.sampled_from(sorted(CALENDARS)), kind=seconds_kinds, amount=st.integers(1, 30),
    offset=st.integers(0, 14 * 1440), gaps=pauses, stops=st.booleans(),
)  # fmt: skip
def test_pauses_leave_out_just_their_minutes(
    code: str, kind: str, amount: int, offset: int, gaps: list[tuple[int, int]], stops: bool
) -> None:
    calendar, begin = CALENDARS[code], SPRING + offset * 60
    run, paused, now = clocks.start(calendar, "handle", amount, kind, begin), list[tuple[int, int]](), begin
    for wait, length in gaps:
        first, last = now + wait * 60, now + (wait + length) * 60
        run = _paused(run, calendar, first, last, stops)
        paused.append((first, last))
        now = last
    left, second = amount * (60 if kind.endswith("hour") else 1), begin
    while left > 0:
        active = kind.startswith("urgent") or calendar.worked_one(second, second + 60) == 60
        left -= active and not any(first <= second < last for first, last in paused)
        second += 60

    assert run.due == second


def _paused(run: ClockRun, calendar: WorkCalendar, first: int, last: int, stops: bool) -> ClockRun:
    if stops:
        return clocks.continue_(clocks.stop(run, calendar, first), calendar, last)
    return clocks.resume(clocks.suspend(run, calendar, first, last + 86400), calendar, last)


@settings(max_examples=200, deadline=None)
@given(
    amount=st.integers(1, 9),
    offset=st.integers(0, 20 * 86400),
    wait=st.integers(0, 9 * 86400),
    length=st.integers(1, 9 * 86400),
)
def test_a_suspension_keeps_the_working_days_left(amount: int, offset: int, wait: int, length: int) -> None:
    run = clocks.start(OFFICE, "handle", amount, "work_day", SPRING + offset)
    begin = run.started + wait
    ends = [
        SPRING + day * 86400 + 63000
        for day in range(90)
        if OFFICE.worked_one(SPRING + day * 86400, SPRING + day * 86400 + 86400)
    ]

    moved = clocks.suspend(run, OFFICE, begin, begin + length)

    left = sum(begin < end <= run.due for end in ends)
    left_after = sum(begin + length < end <= moved.due for end in ends)
    assert moved.due in ends and (moved.due == run.due if begin >= run.due else left_after == left)


@pytest.mark.parametrize("percent", [1, 50, 80, 100])
@pytest.mark.parametrize(("amount", "kind"), [("4", "work_hour"), ("90", "urgent_minute"), ("3", "work_day")])
@pytest.mark.parametrize(
    "pauses", [(), (("02 11:00", "03 09:30"),), (("02 10:05", "02 10:20"), ("02 11:00", "04 12:00"))]
)
def test_the_moment_a_share_is_reached_is_the_first(
    percent: int, amount: str, kind: str, pauses: tuple[tuple[str, str], ...]
) -> None:
    run = begun(amount, kind)
    for begin, end in pauses:
        run = clocks.resume(clocks.suspend(run, OFFICE, at(begin), at(end)), OFFICE, at(end))
    moment_of = clocks.reached(run, OFFICE, percent)
    _, whole = clocks.used(run, OFFICE, moment_of)

    assert clocks.used(run, OFFICE, moment_of)[0] * 100 >= whole * percent
    assert clocks.used(run, OFFICE, moment_of - 1)[0] * 100 < whole * percent
