"""Rosters: gaps and overlaps of planned turns, and how they compare with who was on duty. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Literal
from zoneinfo import ZoneInfo

from xiuhua.packs.kinds import Shift

Attendance = Literal["ahead", "on_time", "late", "absent", "running"]
LATE_S: Final = 300
"""Who comes so many seconds after the begin is not yet late."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A person is to be on duty."""

    id: str
    person: str
    begins: int
    """Epoch seconds, as is `ends`."""
    ends: int
    shift: str | None = None
    place: str = ""
    """Area or unit it is for; empty: the whole city."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Too few are planned."""

    place: str
    begins: int
    ends: int
    have: int
    need: int
    shift: str | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """One person is planned twice at a time."""

    person: str
    first: str
    second: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody was on duty."""

    person: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Attended:
    """What came of a turn."""

    turn: Turn
    standing: Attendance
    came: int | None
    late_min: int


def hours(shift: Shift, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """When a shift of a day begins and ends, epoch seconds; one that ends at or before its begin ends a day later."""
    begin, end = time.fromisoformat(shift.begin), time.fromisoformat(shift.end)
    last = day if end > begin else day + timedelta(days=1)
    return (
        int(datetime.combine(day, begin, zone).timestamp()), int(datetime.combine(last, end, zone).timestamp()),
    )  # fmt: skip


def gaps(
    turns: Iterable[Turn], places: Sequence[str], days: Sequence[date], shifts: Mapping[str, Shift], zone: ZoneInfo
) -> Iterator[Gap]:
    """Where fewer are planned than a shift needs; a roster without shifts needs one at any time."""
    by_place: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_place[turn.place].append(turn)
    for place in places:
        for day in days:
            for name, (begin, end, need) in _windows(shifts, day, zone).items():
                yield from _short(by_place[place], place, begin, end, need, name or None)


def _windows(shifts: Mapping[str, Shift], day: date, zone: ZoneInfo) -> dict[str, tuple[int, int, int]]:
    if shifts:
        return {name: (*hours(one, day, zone), one.need) for name, one in shifts.items()}
    begin = int(datetime.combine(day, time(), zone).timestamp())
    return {"": (begin, int(datetime.combine(day + timedelta(days=1), time(), zone).timestamp()), 1)}


def _short(
    turns: Iterable[Turn], place: str, begin: int, end: int, need: int, shift: str | None
) -> Iterator[Gap]:  # fmt: skip
    """The parts of a window in which too few are there; parts beside each other with as many are one."""
    inside = [one for one in turns if one.begins < end and one.ends > begin]
    edges = sorted(
        {begin, end, *(max(one.begins, begin) for one in inside), *(min(one.ends, end) for one in inside)}
    )  # fmt: skip
    found: list[Gap] = []
    for left, right in pairwise(edges):
        have = len({one.person for one in inside if one.begins <= left and one.ends >= right})
        if have >= need:
            continue
        if found and found[-1].ends == left and found[-1].have == have:
            found[-1] = Gap(place, found[-1].begins, right, have, need, shift)
        else:
            found.append(Gap(place, left, right, have, need, shift))
    yield from found


def overlaps(turns: Iterable[Turn]) -> Iterator[Overlap]:
    """Turns of one person that lie over each other, each pair once."""
    by_person: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_person[turn.person].append(turn)
    for person in sorted(by_person):
        standing: list[Turn] = []
        for turn in sorted(by_person[person], key=lambda one: (one.begins, one.id)):
            standing = [one for one in standing if one.ends > turn.begins]
            for one in standing:
                yield Overlap(person, one.id, turn.id, turn.begins, min(one.ends, turn.ends))
            standing.append(turn)


def attended(turns: Iterable[Turn], there: Iterable[Presence], now: int) -> Iterator[Attended]:
    """Each turn against who was on duty: who came, how late, who never did."""
    by_person: dict[str, list[Presence]] = defaultdict(list)
    for one in there:
        by_person[one.person].append(one)
    for turn in turns:
        came = min(
            (max(one.begins, turn.begins) for one in by_person[turn.person]
             if one.begins < turn.ends and one.ends > turn.begins),
            default=None,
        )  # fmt: skip
        if came is not None:
            late = came - turn.begins
            standing: Attendance = "late" if late > LATE_S else "on_time"
            yield Attended(turn, standing, came, late // 60 if standing == "late" else 0)
        elif turn.begins > now:
            yield Attended(turn, "ahead", None, 0)
        else:
            over = turn.ends <= now
            yield Attended(turn, "absent" if over else "running", None, 0)


def unplanned(turns: Iterable[Turn], there: Iterable[Presence]) -> list[Presence]:
    """Who was on duty without a turn at that time."""
    by_person: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_person[turn.person].append(turn)
    return [
        one
        for one in there
        if not any(turn.begins < one.ends and turn.ends > one.begins for turn in by_person[one.person])
    ]
