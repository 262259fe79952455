"""When somebody gets to what waits for them: how long it takes, how many people there are, how units behave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.loop.surroundings import CityView
from xiuhua.simulate.profile import Absence, Manners, Profile, Shift
from xiuhua.simulate.turn import ORDINARY, Manner, Plan

_AT_WORK: Final = frozenset({"unit_officer", "handler"})
_SPREAD: Final = 0.6
"""Of the logarithm of a person's minutes."""
_LOOK_AHEAD_DAYS: Final = 60
MANNERS: Final = {
    "perfect": Manner("perfect", slow=60, never_wrong=True),
    "late": Manner("late", slow=2000),
    "shirking": Manner("shirking", slow=400, wrong_returns=30, false_hand_backs=30),
}


class Units:
    """How each unit behaves; a squad as its department, where nothing is said of itself."""

    def __init__(self, told: Sequence[Manners], seed: int) -> None:
        self._told, self._random, self._of = told, Random(seed), dict[str, Manner]()
        self._drawn = False

    def manner(self, view: CityView, unit: str | None) -> Manner:
        """The manner of a unit; the ordinary one for nobody."""
        if not self._told or unit is None:
            return ORDINARY
        if not self._drawn:
            self._draw(view)
        seen: str | None = unit
        while seen is not None and seen not in self._of:
            seen = view.directory.units[seen].parent if seen in view.directory.units else None
        return self._of[seen] if seen is not None else ORDINARY

    def _draw(self, view: CityView) -> None:
        self._drawn = True
        named = {unit for one in self._told for unit in one.units}
        free = sorted(
            code for code, unit in view.directory.units.items() if unit.kind != "bureau" and code not in named
        )
        self._random.shuffle(free)
        total = len(free)
        for one in self._told:
            count = total * one.percent // 100
            mine, free = free[:count], free[count:]
            self._of |= {unit: _manner(one) for unit in (*one.units, *mine)}


def _manner(told: Manners) -> Manner:
    base = MANNERS[told.manner]

    def given(value: int | None, usual: int) -> int:
        return usual if value is None else value

    return Manner(
        base.name, given(told.slow, base.slow), given(told.wrong_returns, base.wrong_returns),
        given(told.false_hand_backs, base.false_hand_backs), base.never_wrong,
    )  # fmt: skip


@dataclass(slots=True)
class _Team:
    """The people of one role in one place, by shift; `free` says from when each has nothing to do."""

    shifts: Sequence[Shift]
    free: list[list[int]]


class Staffing:
    """Who is there to do it: queues for the roles whose number of people is told."""

    def __init__(self, profile: Profile, zone: tzinfo) -> None:
        self._staff = {one.role: one for one in profile.staffing}
        self._absences: dict[str, list[Absence]] = {}
        for one in profile.absences:
            self._absences.setdefault(one.role, []).append(one)
        self._zone = zone
        self._teams: dict[tuple[str, str | None], _Team] = {}

    def minutes(self, role: str, usual: float) -> float:
        """Minutes a person of a role works on one thing."""
        told = self._staff.get(role)
        return told.minutes if told is not None and told.minutes is not None else usual

    def knows(self, role: str) -> bool:
        """Whether it is told how many people the role has."""
        return role in self._staff

    def done_at(self, role: str, unit: str | None, ready: int, seconds: int) -> int:
        """When a thing that is ready to be done is done: the first free person takes it, in order of asking."""
        team = self._teams.get((role, unit))
        if team is None:
            shifts = self._staff[role].shifts
            team = self._teams[role, unit] = _Team(shifts, [[0] * one.people for one in shifts])
        found: tuple[int, int, int] | None = None
        for number, shift in enumerate(team.shifts):
            one = self._earliest(role, shift, team.free[number], ready)
            if one is not None and (found is None or one[0] < found[0]):
                found = (one[0], number, one[1])
        if found is None:
            return ready + _LOOK_AHEAD_DAYS * 86_400
        start, number, person = found
        team.free[number][person] = start + seconds
        return start + seconds

    def _earliest(self, role: str, shift: Shift, free: Sequence[int], ready: int) -> tuple[int, int] | None:
        """The first moment at which someone of a shift can begin, and who."""
        day = datetime.fromtimestamp(ready, self._zone).date() - timedelta(days=1)
        for _ in range(_LOOK_AHEAD_DAYS):
            there = max(0, len(free) - self._missing(role, day))
            if there:
                begin, end = self._hours(shift, day)
                person = min(range(there), key=free.__getitem__)
                start = max(ready, free[person], begin)
                if start < end:
                    return start, person
            day += timedelta(days=1)
        return None

    def _hours(self, shift: Shift, day: date) -> tuple[int, int]:
        first, last = time.fromisoformat(shift.first), time.fromisoformat(shift.last)
        begin = datetime.combine(day, first, self._zone)
        end = datetime.combine(day if last > first else day + timedelta(days=1), last, self._zone)
        return int(begin.timestamp()), int(end.timestamp())

    def _missing(self, role: str, day: date) -> int:
        return sum(one.people for one in self._absences.get(role, ()) if one.days.holds(day.isoformat()))


class Attention:
    """When somebody answers."""

    def __init__(self, habits: Mapping[str, Any], random: Random, profile: Profile, zone: tzinfo) -> None:
        self._minutes, self._random = habits["minutes"], random
        self._staffing = Staffing(profile, zone)
        self.units = Units(profile.units, profile.seed)

    def moment(self, view: CityView, wait: Mapping[str, Any], plan: Plan, state: State, now: int) -> int:
        """When somebody of a role answers what stands in their inbox since now."""
        role = wait["role"]
        manner = self.units.manner(view, wait.get("unit") or state["data"].get("unit"))
        minutes = self._staffing.minutes(role, self._minutes[role])
        late = plan.story.startswith("late") and state["state"] in ("received", "assigned") and role == "handler"
        late = late and "late" not in plan.done and not manner.never_wrong
        if late:
            plan.done.add("late")
            minutes = self._minutes["late"]
        seconds = int(minutes * 60 * self._random.lognormvariate(0, _SPREAD))
        if role in _AT_WORK:
            seconds = seconds * manner.slow // 100
        if not late and role in _AT_WORK and _is_urgent(state):
            return now + seconds // 2
        if self._staffing.knows(role):
            return self._staffing.done_at(role, wait.get("unit"), now, seconds)
        return int(view.calendars.of_role(role).add_worked_one(now, seconds))


def _is_urgent(state: State) -> bool:
    """Whether the work's limit runs day and night: then people are called out, and hurry."""
    limit = state["data"].get("limit")
    return bool(limit) and str(limit[-1]["kind"]).startswith("urgent")
