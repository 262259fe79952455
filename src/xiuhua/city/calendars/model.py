"""Deadlines and worked time: the only place where they are computed, for one start or a million.

All moments are whole epoch seconds (int64, UTC). A moment with a fraction is floored to its second, starts
and ends alike (`limits.epoch`), so that what a screen shows to the second is what counts; a deadline is met
as long as the floored moment is not after it. Amounts are thousandths of the kind's unit; parts of a second
that come of them are rounded up.

A deadline in work time is the earliest moment by which the amount has been worked: one that falls on the
end of an interval stays there and does not move to the next morning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.calendars.limits import CALENDAR_DAY, FIRST_WORK_KIND, KINDS, UNIT_S, WORK_DAY, kind_code
from xiuhua.city.calendars.spec import Counting
from xiuhua.city.calendars.timeline import Days, Moments, WorkTime
from xiuhua.platform.errors import Invalid, NotFound, SettingsWrong


class WorkCalendar:
    """A compiled calendar: immutable, safe to share between threads.

    `compile.compile_calendar` makes it. Methods on arrays take int64 epoch seconds; those with `_one` take
    and give Python integers and run the same code. A moment outside the compiled years raises `Invalid`.
    """

    def __init__(
        self,
        code: str,
        digest: str,
        zone: str,
        years: tuple[int, int],
        work: WorkTime,
        work_days: Days,
        natural_days: Days,
        countings: Sequence[tuple[int, Counting]],
        bounds: tuple[int, int],
        announced_until: int,
    ) -> None:
        """`countings`: rules with the second they begin to hold; `announced_until`: see `provisional`."""
        self.code, self.digest, self.zone, self.years = code, digest, zone, years
        self._work, self._work_days, self._natural_days = work, work_days, natural_days
        self._countings, self._bounds, self._announced_until = tuple(countings), bounds, announced_until

    def counting_at(self, start: int) -> Counting:
        """The rules of counting for a clock that starts then."""
        rules = self._countings[0][1]
        for begins, counting in self._countings[1:]:
            if begins <= start:
                rules = counting
        return rules

    def deadline(self, starts: Moments, amounts: Moments, kinds: NDArray[np.int8]) -> tuple[Moments, NDArray[np.bool_]]:
        """When limits that start then are due, and which of these deadlines are provisional.

        `amounts` in thousandths, `kinds` as codes (`KIND_CODES`). Provisional are deadlines in work time
        after the last announced year, on a calendar that follows holidays: there only weekends are known.
        """
        starts, amounts = np.asarray(starts, np.int64), np.asarray(amounts, np.int64)
        kinds = np.asarray(kinds, np.int8)
        due = np.empty_like(starts)
        if not due.size:
            return due, np.empty(0, np.bool_)
        self._check(int(starts.min()), int(starts.max()))
        if amounts.min() < 0 or kinds.min() < 0 or kinds.max() >= len(KINDS):
            raise Invalid("A limit has an amount below zero or an unknown kind.")
        for counting, chosen in self._by_counting(starts):
            for kind in range(len(KINDS)):
                at = np.flatnonzero((kinds == kind) & chosen)
                if at.size:
                    due[at] = self._due(starts[at], amounts[at], kind, counting, False)
        return due, (due > self._announced_until) & (kinds >= FIRST_WORK_KIND)

    def deadline_one(self, start: int, amount: int, kind: str) -> tuple[int, bool]:
        """`deadline` of one limit."""
        return self._one(start, amount, kind, self.counting_at(start), False)

    def extended_one(self, due: int, amount: int, kind: str, counting: Counting) -> tuple[int, bool]:
        """A deadline that an extension moves: counted from the due, whose own day never counts."""
        return self._one(due, amount, kind, counting, True)

    def given_back_one(self, due: int, begin: int, end: int, kind: str, counting: Counting) -> int:
        """Where a due moves when its clock stood still from `begin` to `end`.

        A due at the end of a day moves by the days whose end lies in the pause. Any other moves by the
        clock's own time that passed in it. A pause that begins at the due or after it changes nothing.
        """
        code = kind_code(kind)
        if end <= begin or begin >= due:
            return due
        self._check(begin, max(due, end))
        days = self._days(code, counting)
        moved = self._inside(days.moved, due, begin, end) if days else None
        if moved is not None:
            return int(moved)
        if code < FIRST_WORK_KIND:
            return due + end - begin
        return self.add_worked_one(due, self.worked_one(begin, end))

    def worked(self, starts: Moments, ends: Moments) -> Moments:
        """Seconds of work between each start and end; negative where the end is before the start."""
        for moments in (starts, ends):
            if moments.size:
                self._check(int(moments.min()), int(moments.max()))
        return self._work.at(ends) - self._work.at(starts)

    def worked_one(self, start: int, end: int) -> int:
        """`worked` of one span."""
        self._check(min(start, end), max(start, end))
        return self._work.at_one(end) - self._work.at_one(start)

    def add_worked(self, starts: Moments, seconds: Moments) -> Moments:
        """The earliest moments by which so many seconds of work have passed since each start."""
        if starts.size:
            self._check(int(starts.min()), int(starts.max()))
        due: Moments = self._inside(self._work.after, starts, seconds)
        return due

    def add_worked_one(self, start: int, seconds: int) -> int:
        """`add_worked` of one start."""
        self._check(start, start)
        return int(self._inside(self._work.after_one, start, seconds))

    def own_time(self, starts: Moments, ends: Moments, kinds: NDArray[np.int8]) -> Moments:
        """Seconds that a clock of each kind counts between two moments: of work, or of plain time."""
        return np.where(kinds >= FIRST_WORK_KIND, self.worked(starts, ends), ends - starts)

    def own_time_one(self, start: int, end: int, kind: str) -> int:
        """`own_time` of one clock."""
        return self.worked_one(start, end) if kind_code(kind) >= FIRST_WORK_KIND else end - start

    def provisional(self, due: int, kind: str) -> bool:
        """Whether an arrangement still to be announced may move this deadline."""
        return due > self._announced_until and kind_code(kind) >= FIRST_WORK_KIND

    def _one(self, start: int, amount: int, kind: str, counting: Counting, from_due: bool) -> tuple[int, bool]:
        code = kind_code(kind)
        if amount < 0:
            raise Invalid("A limit has an amount below zero.")
        self._check(start, start)
        if self._days(code, counting) is None:
            unit_s = counting.work_day_minutes * 60 if code == WORK_DAY else UNIT_S[code]
            seconds = -(-amount * unit_s // 1000)
            due = start + seconds if code < FIRST_WORK_KIND else self.add_worked_one(start, seconds)
        else:
            due = int(self._due(np.array([start]), np.array([amount]), code, counting, from_due)[0])
        return due, due > self._announced_until and code >= FIRST_WORK_KIND

    def _due(self, starts: Moments, amounts: Moments, kind: int, counting: Counting, from_due: bool) -> Moments:
        """Deadlines of limits of one kind under one set of rules."""
        unit_s = counting.work_day_minutes * 60 if kind == WORK_DAY else UNIT_S[kind]
        days = self._days(kind, counting)
        if days is not None:
            counts = counting.start_day_counts and not from_due
            due: Moments = self._inside(self._day_due, days, starts, amounts, kind, unit_s, counts, from_due)
            return due
        return self._later(starts, amounts, kind, unit_s)

    def _day_due(
        self,
        days: Days,
        starts: Moments,
        amounts: Moments,
        kind: int,
        unit_s: int,
        counts: bool,
        from_due: bool,
    ) -> Moments:
        """Whole days by their ends; a part of a day goes on from there, at most to the end of the next."""
        whole, part = np.divmod(amounts, 1000)
        due = starts
        if whole.any():
            due = np.where(whole > 0, days.nth_end(starts, np.maximum(whole, 1), counts, from_due), starts)
        if part.any():
            limit = days.nth_end(starts, whole + 1, counts, from_due)
            due = np.where(part > 0, np.minimum(self._later(due, part, kind, unit_s), limit), due)
        return due

    def _later(self, starts: Moments, amounts: Moments, kind: int, unit_s: int) -> Moments:
        """Plain seconds later, or seconds of work later."""
        seconds = -(-amounts * unit_s // 1000)
        if kind < FIRST_WORK_KIND:
            return starts + seconds
        return self.add_worked(starts, seconds)

    def _days(self, kind: int, counting: Counting) -> Days | None:
        """The days a limit is counted by, none where it is counted in seconds."""
        if kind == WORK_DAY and counting.work_day_ends == "nth_day_end":
            return self._work_days
        if kind == CALENDAR_DAY and counting.calendar_day_ends == "day_end":
            return self._natural_days
        return None

    def _by_counting(self, starts: Moments) -> Iterator[tuple[Counting, NDArray[np.bool_] | bool]]:
        """Each set of rules with the starts that fall under it."""
        if len(self._countings) == 1:
            yield self._countings[0][1], True
            return
        begins = np.array([begin for begin, _ in self._countings[1:]], np.int64)
        place = begins.searchsorted(starts, "right")
        for index, (_, counting) in enumerate(self._countings):
            yield counting, place == index

    def _check(self, first: int, last: int) -> None:
        if first < self._bounds[0] or last >= self._bounds[1]:
            raise Invalid(f"The calendar {self.code} is known for the years {self.years[0]} to {self.years[1]}.")

    def _inside(self, compute: Any, *args: Any) -> Any:
        """A result that lies past the compiled years has no place in the arrays."""
        try:
            return compute(*args)
        except IndexError:
            raise Invalid(f"A deadline is past {self.years[1]}, the calendar's last year.") from None


@dataclass(frozen=True, slots=True)
class Calendars:
    """A city's compiled calendars and which role follows which."""

    by_code: Mapping[str, WorkCalendar]
    roles: Mapping[str, str]

    def of(self, code: str) -> WorkCalendar:
        """A calendar by its code; raises `NotFound`."""
        if (found := self.by_code.get(code)) is None:
            raise NotFound(f"There is no calendar {code}.", calendar=code)
        return found

    def of_role(self, role: str) -> WorkCalendar:
        """The calendar that a role's clocks follow; raises `SettingsWrong` where none is set."""
        if (code := self.roles.get(role)) is None:
            raise SettingsWrong(f"No calendar is set for the role {role}.", role=role)
        return self.of(code)
