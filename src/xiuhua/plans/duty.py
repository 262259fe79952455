"""Rosters in a city: turns planned, swapped, cancelled, brought in by tables; the board of some days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import orjson

from xiuhua.flow.model import State
from xiuhua.plans import deciding, keeping, rosters
from xiuhua.plans.keeping import ROSTER
from xiuhua.plans.model import KEEP, Declared
from xiuhua.plans.rosters import Attended, Gap, Overlap, Presence, Turn
from xiuhua.plans.service import Plans
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

MOST_DAYS = 62
_YEARS: Final = range(1949, 3000)


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one row of a table."""

    status: Literal["new", "unchanged", "rejected"]
    id: str | None
    problems: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The roster of some days."""

    declared: Declared
    turns: tuple[tuple[State, Attended], ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    unplanned: tuple[Presence, ...]


class Rosters:
    """The rosters of one process' cities."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def roster(self, tx: Tx, city: str, name: str) -> Declared:
        """A plan that is a roster. Raises `NotFound`."""
        found = self._plans.plan(tx, city, name)
        if not found.plan.roster:
            raise NotFound(f"the plan {name} is no roster")
        return found

    def board(self, tx: Tx, city: str, name: str, first: date, last: date) -> Board:
        """Turns that begin in some local days, with what came of each, what lacks and what is twice."""
        if not 0 <= (last - first).days < MOST_DAYS:
            raise Invalid(errors=[{"field": "to", "why": f"is at most {MOST_DAYS} days from the first"}])
        declared, place = self.roster(tx, city, name), self._plans.city(tx, city)
        begin, end = _moment(first, place.zone), _moment(last + timedelta(days=1), place.zone)
        asked = {"city": city, "from": begin, "until": end, "now": tx.now}
        # Overlaps are found against the rosters of all plans: nobody is in two places.
        everyone = [orjson.loads(row.doc) for row in tx.execute(_sql()["turns"], {**asked, "plan": None})]
        mine = [one for one in everyone if one["data"]["plan"] == name]
        there = [
            Presence(row.person, int(row.started_at.timestamp()), int((row.ended_at or tx.now).timestamp()))
            for row in tx.execute(_sql()["duty"], asked)
        ]
        turns, now = [_turn(one) for one in mine], int(tx.now.timestamp())
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        places = [one.code for one in self._plans.keys(tx, place, declared, {})] if declared.plan.per else [""]
        people = {one.person for one in turns}
        shown = [
            (state, one) for state, one in zip(mine, rosters.attended(turns, there, now), strict=True)
            if one.turn.begins >= int(begin.timestamp())
        ]  # fmt: skip
        return Board(
            declared, tuple(shown), tuple(rosters.gaps(turns, places, days, declared.plan.shifts, place.zone)),
            tuple(one for one in rosters.overlaps(map(_turn, everyone)) if one.person in people),
            tuple(one for one in rosters.unplanned(map(_turn, everyone), there) if one.person in people),
        )  # fmt: skip

    def put_many(self, tx: Tx, actor: Actor, name: str, rows: Sequence[Mapping[str, Any]]) -> list[Put]:
        """Turns of a table: `person`, `day`, and `shift` or `begins` and `ends` (times of the day); `place`.

        A turn that is there already (same person, begin and place) is unchanged. A row with errors is left out with
        all of them. One answer for each row.
        """
        declared, place = self.roster(tx, actor.city, name), self._plans.city(tx, actor.city)
        people = place.directory().people
        known_places = (
            {one.code for one in self._plans.keys(tx, place, declared, {})} if declared.plan.per else set[str]()
        )
        read = [_read(declared, row, people, known_places, place.zone) for row in rows]
        keys = [_key(one) if isinstance(one, dict) else None for one in read]
        wanted = {"city": actor.city, "keys": sorted({one for one in keys if one})}
        known = {row.key: row.id for row in tx.execute(_sql()["turn_keys"], wanted)}
        answers: list[Put] = []
        work: list[tuple[None, list[deciding.Told]]] = []
        for one, key in zip(read, keys, strict=True):
            if not isinstance(one, dict):
                answers.append(Put("rejected", None, tuple(one)))
            elif key in known:
                answers.append(Put("unchanged", known[key]))
            else:
                id_ = tx.new_id()
                try:
                    told = deciding.turn_planned(id_, one)
                except Invalid as error:
                    answers.append(Put("rejected", None, tuple(error.params["errors"])))
                    continue
                known[str(key)] = id_
                work.append((None, [told]))
                answers.append(Put("new", id_))
        if work:
            keeping.write(tx, actor, KEEP, work)
        return answers

    def swap(
        self, tx: Tx, actor: Actor, id_: str, person: str | None, with_: str | None, reason: str
    ) -> list[tuple[State, int]]:
        """Another person takes a turn; or (`with_`) two turns change hands. Raises `NotFound`, `Conflict`."""
        if (person is None) == (with_ is None):
            raise Invalid(errors=[{"field": "person", "why": "say either a person or another turn"}])
        if with_ is None:
            if person not in self._plans.city(tx, actor.city).directory().people:
                raise Invalid(errors=[{"field": "person", "why": "is unknown"}])
            held = keeping.locked(tx, actor.city, ROSTER, id_)
            told = deciding.turn_swapped(held.state, str(person), reason, actor.id)
            return keeping.write(tx, actor, KEEP, [(held, [told])])
        both = keeping.lock(tx, actor.city, ROSTER, [id_, with_])
        for one in (id_, with_):
            if one not in both:
                raise NotFound(f"there is no turn {one}")
        mine, other = both[id_], both[with_]
        to_other = deciding.turn_swapped(mine.state, other.state["data"]["person"], reason, actor.id)
        to_mine = deciding.turn_swapped(other.state, mine.state["data"]["person"], reason, actor.id)
        return keeping.write(tx, actor, KEEP, [(mine, [to_other]), (other, [to_mine])])

    def cancel(self, tx: Tx, actor: Actor, id_: str, reason: str, expect: int | None = None) -> tuple[State, int]:
        """A turn falls out."""
        held = keeping.locked(tx, actor.city, ROSTER, id_, expect)
        [done] = keeping.write(tx, actor, KEEP, [(held, [deciding.turn_cancelled(held.state, reason)])])
        return done


def _read(
    declared: Declared, row: Mapping[str, Any], people: Mapping[str, Any], places: set[str], zone: ZoneInfo
) -> dict[str, Any] | list[dict[str, str]]:
    wrong: list[dict[str, str]] = []

    def fault(field: str, why: str) -> None:
        wrong.append({"field": field, "why": why})

    person, shift, place = row.get("person"), row.get("shift"), row.get("place") or ""
    if person not in people:
        fault("person", "is unknown" if person else "is needed")
    if place and place not in places:
        fault("place", "is not planned for")
    if not place and places:
        fault("place", "is needed")
    day = _parsed(_day, row.get("day"))
    if day is None:
        fault("day", "is a day such as 2026-03-02")
    begins, ends = _parsed(_hour, row.get("begins")), _parsed(_hour, row.get("ends"))
    span: tuple[int, int] | None = None
    if shift:
        known = declared.plan.shifts.get(str(shift))
        if known is None:
            fault("shift", f"is one of {', '.join(declared.plan.shifts) or 'none'}")
        elif day is not None:
            span = rosters.hours(known, day, zone)
    elif begins is None or ends is None:
        fault("shift", "is needed, or begins and ends such as 06:00")
    elif day is not None:
        last = day if ends > begins else day + timedelta(days=1)
        span = (
            int(datetime.combine(day, begins, zone).timestamp()), int(datetime.combine(last, ends, zone).timestamp()),
        )  # fmt: skip
    if wrong or span is None or day is None:
        return wrong
    return {
        "plan": declared.name, "person": str(person), "day": day.isoformat(), "shift": shift or None,
        "place": str(place), "begins": span[0], "ends": span[1], "swaps": [],
    }  # fmt: skip


def _parsed(read: Any, text: Any) -> Any:
    try:
        return read(str(text))
    except ValueError:
        return None


def _day(text: str) -> date:
    """A day on which somebody may be on duty. Raises `ValueError`."""
    found = date.fromisoformat(text)
    if found.year not in _YEARS:
        raise ValueError(text)
    return found


def _hour(text: str) -> time:
    """A time of the local day. Raises `ValueError`."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(text)
    return found


def _key(data: Mapping[str, Any]) -> str:
    return f"{data['plan']}|{data['person']}|{data['begins']}|{data['place']}"


def _turn(state: State) -> Turn:
    data = state["data"]
    return Turn(state["id"], data["person"], data["begins"], data["ends"], data.get("shift"), data.get("place") or "")


def _moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
