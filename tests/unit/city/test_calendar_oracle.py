"""Deadlines of any calendar against a walk minute by minute over the clock on the wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.limits import KIND_CODES, KINDS
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.spec import WEEKDAYS, Content, Dated, Holidays

DAYS_WALKED = 30
# Spring Festival, the new year past the last announced one, 29 February, summer time here and there (in
# Cairo it changes at midnight), the turn of a season.
WINDOWS = [date(2026, 2, 9), date(2026, 12, 22), date(2028, 2, 20), date(2026, 3, 24), date(2026, 10, 20),
           date(2026, 4, 20), date(2026, 4, 28)]  # fmt: skip
ZONES = ["Asia/Shanghai", "Europe/Berlin", "Africa/Cairo", "America/New_York", "Asia/Kolkata"]


class Oracle:
    """Minutes from the day before the window on, each with the days whose work it belongs to."""

    def __init__(self, written: dict[str, Any], off: set[date], working: set[date], first: date) -> None:
        self.written, self.off, self.working = written, off, working
        zone = ZoneInfo(written["zone"])
        self.begin = int(datetime(first.year, first.month, first.day, tzinfo=zone).timestamp()) // 60 - 2880
        minutes = range(self.begin, self.begin + DAYS_WALKED * 1440)
        self.walls = [datetime.fromtimestamp(minute * 60, zone) for minute in minutes]
        self.patterns = {day: self.pattern(day) for day in {wall.date() for wall in self.walls}}
        self.owners = [self.owned(wall) for wall in self.walls]
        self.over: dict[date, int] = {}
        for place, owners in enumerate(self.owners):
            self.over |= dict.fromkeys(owners, place + 1)
        latest = 0
        for day in sorted(self.over):
            self.over[day] = latest = max(latest, self.over[day])

    def pattern(self, day: date) -> list[tuple[int, int]]:
        if self.written["follows_holidays"] and day in self.off:
            return minutes_of(self.written["on_holidays"])
        name = WEEKDAYS[day.weekday()]
        if self.written["follows_holidays"] and day in self.working:
            name = self.written["workday_as"]
        key = f"{day:%m-%d}"
        for season in self.written["seasons"]:
            first, last = season["from"], season["to"].replace("02-28", "02-29")
            if first <= key <= last or (first > last and (key >= first or key <= last)):
                return minutes_of(season["weekdays"].get(name, []))
        raise AssertionError(day)

    def owned(self, wall: datetime) -> tuple[date, ...]:
        minute, today = wall.hour * 60 + wall.minute, wall.date()
        yesterday = today - timedelta(days=1)
        found = [today] if any(b <= minute < e for b, e in self.patterns[today]) else []
        before = self.patterns.get(yesterday, [])
        return (*found, *([yesterday] if any(b <= minute + 1440 < e for b, e in before) else []))

    def worked(self, place: int, minutes: int) -> int:
        while minutes > 0 and place < len(self.owners):
            minutes -= bool(self.owners[place])
            place += 1
        return place

    def nth_work_day(self, place: int, nth: int, start_day_counts: bool) -> int:
        today = self.walls[place].date()
        yesterday = today - timedelta(days=1)
        current = yesterday if self.over.get(yesterday, 0) > place else today
        days = sorted(
            day for day in self.over
            if day > current or (day == current and start_day_counts and self.over[day] > place)
        )  # fmt: skip
        return self.over[days[nth - 1]] if nth <= len(days) else len(self.owners)

    def nth_natural_day(self, place: int, nth: int, start_day_counts: bool) -> int:
        last = self.walls[place].date() + timedelta(days=nth - start_day_counts)
        while self.walls[place].date() <= last:
            place += 1
        return place

    def deadline(self, place: int, amount: int, kind: str) -> int:
        rules = self.written
        if kind.startswith("urgent"):
            return place + amount * {"urgent_minute": 1, "urgent_hour": 60, "urgent_day": 1440}[kind]
        if kind == "calendar_day" and rules["calendar_day_ends"] == "hours":
            return place + amount * 1440
        if kind == "calendar_day":
            return self.nth_natural_day(place, amount, rules["start_day_counts"])
        if kind == "work_day" and rules["work_day_ends"] == "nth_day_end":
            return self.nth_work_day(place, amount, rules["start_day_counts"])
        unit = {"work_minute": 1, "work_hour": 60, "work_day": rules["work_day_minutes"]}[kind]
        return self.worked(place, amount * unit)


def minutes_of(texts: list[str]) -> list[tuple[int, int]]:
    found = []
    for text in texts:
        (b_h, b_m), (e_h, e_m) = (map(int, part.split(":")) for part in text.split("-"))
        begin, end = b_h * 60 + b_m, e_h * 60 + e_m
        found.append((begin, end if end > begin else end + 1440))
    return found


def text_of(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


@st.composite
def intervals(draw: st.DrawFn) -> list[str]:
    """Up to three intervals of a day, the last possibly into the next morning."""
    points = sorted(draw(st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True)))
    spans = [(points[i] * 15, points[i + 1] * 15) for i in range(0, len(points) - 1, 2)]
    if draw(st.booleans()):
        longest = min(1439, spans[0][0] + 1440 - spans[-1][0])
        # Not shorter than the others: a minute a week would take 1,800 minutes of work past the calendar's last year.
        spans[-1] = (spans[-1][0], spans[-1][0] + draw(st.integers(15, longest)))
    return [f"{text_of(begin)}-{text_of(end)}" for begin, end in spans]


@st.composite
def calendars(draw: st.DrawFn) -> dict[str, Any]:
    """A calendar as it is written, with work on each Monday at least."""
    weekdays = st.fixed_dictionaries({"mon": intervals()}, optional={name: intervals() for name in WEEKDAYS[1:]})
    turn, back = draw(st.sampled_from([("05-01", "09-30"), ("11-16", "02-28"), ("02-29", "03-29"), ("12-25", "01-05")]))
    return {
        "code": "drawn", "name": "drawn", "zone": draw(st.sampled_from(ZONES)),
        "seasons": [
            {"from": turn, "to": back, "weekdays": draw(weekdays)},
            {"from": "01-01", "to": "12-31", "weekdays": draw(weekdays)},
        ],
        "follows_holidays": draw(st.booleans()), "on_holidays": draw(st.one_of(st.just([]), intervals())),
        "workday_as": draw(st.sampled_from(WEEKDAYS)),
        "work_day_ends": draw(st.sampled_from(["nth_day_end", "hours"])),
        "calendar_day_ends": draw(st.sampled_from(["day_end", "hours"])),
        "start_day_counts": draw(st.booleans()), "work_day_minutes": draw(st.integers(60, 600)),
    }  # fmt: skip


class Drawn(NamedTuple):
    written: dict[str, Any]
    first: date
    off: set[date]
    working: set[date]
    compiled: WorkCalendar


@st.composite
def cases(draw: st.DrawFn) -> Drawn:
    written, first = draw(calendars()), draw(st.sampled_from(WINDOWS))
    near = st.sets(st.integers(0, 20).map(lambda n: first + timedelta(days=n)), max_size=6)
    off = draw(near)
    working = draw(near) - off
    content = Content(
        (Dated(parse_spec(written), date(2020, 1, 1)),), Holidays(frozenset(off), frozenset(working), 2026)
    )
    return Drawn(written, first, off, working, compile_calendar(content, 2025, 2035))


@settings(max_examples=50, deadline=None)
@given(drawn=cases(), seed=st.integers(0, 2**32 - 1))
def test_deadlines_and_worked_time_are_those_found_by_walking(drawn: Drawn, seed: int) -> None:
    oracle = Oracle(drawn.written, drawn.off, drawn.working, drawn.first)
    random = np.random.default_rng(seed)
    places = random.integers(2880, 2880 + 8 * 1440, 42)
    kinds = np.resize(np.arange(7, dtype=np.int8), 42)
    most = np.array([2000, 60, 6, 6, 900, 15, 3])[kinds]
    amounts = random.integers(1, most + 1)

    due, provisional = drawn.compiled.deadline((oracle.begin + places) * 60, amounts * 1000, kinds)

    ends = [
        oracle.deadline(place, amount, KINDS[kind])
        for place, amount, kind in zip(places.tolist(), amounts.tolist(), kinds.tolist(), strict=True)
    ]
    horizon = (oracle.begin + len(oracle.owners)) * 60
    assert np.minimum(due, horizon).tolist() == [(oracle.begin + end) * 60 for end in ends]
    new_year = datetime(2027, 1, 1, tzinfo=ZoneInfo(drawn.written["zone"])).timestamp()
    may_move = drawn.written["follows_holidays"] & (kinds >= KIND_CODES["work_minute"])
    assert provisional.tolist() == (may_move & (due > new_year)).tolist()
    done = np.cumsum([0, *map(bool, oracle.owners)])
    seconds = drawn.compiled.worked((oracle.begin + places) * 60, (oracle.begin + places[::-1]) * 60)
    assert seconds.tolist() == ((done[places[::-1]] - done[places]) * 60).tolist()


moments = st.integers(1_767_225_600, 1_830_000_000)
"""From 2026 to the end of 2027, to the second."""


@settings(max_examples=150, deadline=None)
@given(drawn=cases(), points=st.tuples(moments, moments, moments))
def test_worked_time_adds_up(drawn: Drawn, points: tuple[int, int, int]) -> None:
    first, second, third = points
    worked = drawn.compiled.worked_one

    assert worked(first, second) + worked(second, third) == worked(first, third)
    assert worked(first, second) == -worked(second, first)


@settings(max_examples=150, deadline=None)
@given(drawn=cases(), start=moments, seconds=st.integers(1, 200_000))
def test_a_work_deadline_is_the_earliest_moment_by_which_it_is_worked(drawn: Drawn, start: int, seconds: int) -> None:
    due = drawn.compiled.add_worked_one(start, seconds)

    assert drawn.compiled.worked_one(start, due) == seconds
    assert drawn.compiled.worked_one(start, due - 1) == seconds - 1


@settings(max_examples=150, deadline=None)
@given(
    drawn=cases(),
    starts=st.lists(moments, min_size=2, max_size=20),
    amount=st.integers(0, 6000),
    kind=st.sampled_from(KINDS),
)
def test_who_starts_later_is_never_due_earlier(drawn: Drawn, starts: list[int], amount: int, kind: str) -> None:
    ordered = np.array(sorted(starts))
    kinds = np.full(ordered.shape, KIND_CODES[kind], np.int8)

    due, _ = drawn.compiled.deadline(ordered, np.full(ordered.shape, amount), kinds)

    assert (np.diff(due) >= 0).all() and (due >= ordered).all()


@settings(max_examples=150, deadline=None)
@given(
    drawn=cases(),
    start=moments,
    amounts=st.lists(st.integers(0, 6000), min_size=2, max_size=20),
    kind=st.sampled_from(KINDS),
)
def test_a_longer_limit_is_never_due_earlier(drawn: Drawn, start: int, amounts: list[int], kind: str) -> None:
    ordered = np.array(sorted(amounts))
    kinds = np.full(ordered.shape, KIND_CODES[kind], np.int8)

    due, _ = drawn.compiled.deadline(np.full(ordered.shape, start), ordered, kinds)

    assert (np.diff(due) >= 0).all()


@settings(max_examples=100, deadline=None)
@given(drawn=cases(), start=moments, amount=st.integers(0, 6000), kind=st.sampled_from(KINDS))
def test_one_limit_is_a_batch_of_one(drawn: Drawn, start: int, amount: int, kind: str) -> None:
    kinds = np.array([KIND_CODES[kind]], np.int8)

    due, provisional = drawn.compiled.deadline(np.array([start]), np.array([amount]), kinds)

    assert drawn.compiled.deadline_one(start, amount, kind) == (due[0], provisional[0])
