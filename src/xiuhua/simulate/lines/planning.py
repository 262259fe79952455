"""Plans of the fictional district: targets, parts of task trees, rosters and who comes on duty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from xiuhua.plans import keeping
from xiuhua.plans.duty import Rosters
from xiuhua.plans.model import Declared
from xiuhua.plans.service import Plans
from xiuhua.platform.identity.model import Actor
from xiuhua.shifts import handover
from xiuhua.shifts import service as shifts
from xiuhua.simulate.lines.shape import Line, Part, Roster
from xiuhua.simulate.lines.world import World

_AHEAD: Final = 14
"""Days for which turns are planned."""
_PLANNED_ON: Final = 7
"""Sundays."""
_KEEPER: Final = "supervisor"
_LATE_S: Final = (400, 3600)
_ONE_SWAP_IN: Final = 40
_DONE: Final = Decimal(100)


class Planning:
    """The plans of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world, self._lines = world, lines
        self._plans, self._rosters = world.services.port(Plans), world.services.port(Rosters)
        self._told = [one for line in lines for one in line.rosters]

    def prepare(self) -> None:
        """The targets of the district, where none were set."""
        world, states = self._world, self._plans.states(self._world.tx, self._world.city)
        for told in [one for line in self._lines for one in line.targets]:
            state = states.get(told.plan)
            by = world.anyone(_KEEPER)
            if (state is None or not state[0]["data"]["targets"]) and by is not None:
                target = None if told.target is None else Decimal(told.target)
                given = {"target": target, "times": told.times, "why": world.drawn(told.why)}
                self._plans.set_target(world.tx, by, told.plan, given)

    def night(self) -> int:
        """Periods that are over are told; how many."""
        declared = self._plans.declared(self._world.tx, self._world.city).values()
        return sum(self._plans.tell(self._world.tx, self._world.city, one) for one in declared)

    def day(self, nth: int) -> None:
        """Parts that move, turns that are planned, and those of today."""
        world = self._world
        for part in [one for line in self._lines for one in line.parts]:
            if world.falls_on(part.when, nth):
                world.plan(world.within(part.when.hours), partial(self._move, part))
        for told in self._told:
            if nth == 0 or world.day.isoweekday() == _PLANNED_ON:
                world.tried(partial(self._roll, told))
            self._expect(told)

    # ---- parts

    def _move(self, told: Part) -> None:
        world, by = self._world, self._world.anyone(_KEEPER)
        states = self._plans.states(world.tx, world.city)
        known = states[told.plan][0]["data"]["parts"] if told.plan in states else {}
        before = Decimal((known.get(told.part) or {"share": 0})["share"])
        if by is not None and before < _DONE:
            share = min(_DONE, before + world.chance.randint(*told.points))
            self._plans.move_part(world.tx, by, told.plan, told.part, share, "")
            world.done["part moved"] += 1

    # ---- rosters

    def _roll(self, told: Roster) -> None:
        """Turns of the days to come that are not planned yet, by people in turn."""
        world, by = self._world, self._world.anyone(_KEEPER)
        declared = self._rosters.roster(world.tx, world.city, told.plan)
        if by is None:
            return
        days = [world.day + timedelta(days=number) for number in range(_AHEAD)]
        rows = [row for place in self._places(declared) for row in self._turns(told, declared, place, days)]
        for one in self._rosters.put_many(world.tx, by, told.plan, rows):
            if one.status == "rejected":
                world.refused[f"{told.plan}: {one.problems}"] += 1
            world.done["turn planned"] += one.status == "new"

    def _turns(self, told: Roster, declared: Declared, place: str, days: Sequence[date]) -> Iterator[dict[str, Any]]:
        """Who is on which shift of some days in a place: the same whenever it is asked."""
        people, shifts_ = self._people(told, place), declared.plan.shifts
        for day in days if people else ():
            number = day.toordinal() * sum(one.need for one in shifts_.values())
            for shift in (name for name, one in shifts_.items() for _ in range(one.need)):
                person = people[number % len(people)]
                yield {"person": person, "day": day.isoformat(), "shift": shift, "place": place or None}
                number += 1

    def _places(self, declared: Declared) -> list[str]:
        if declared.plan.per is None:
            return [""]
        return sorted(one.code for one in self._world.view.areas.areas(declared.plan.per))

    def _people(self, told: Roster, place: str) -> list[str]:
        """Those in the role, of the units, whose posts lie in the place."""
        directory, areas = self._world.view.directory, self._world.view.areas
        found = []
        for person in sorted(directory.people):
            for post in directory.posts_of(person):
                if post.role != told.role or (told.units and post.unit not in told.units):
                    continue
                if not place or post.area is None or shifts.within(self._world.view, post.area, (place,)):
                    found.append(person)
        return [one for one in dict.fromkeys(found) if not place or place in areas]

    def _expect(self, told: Roster) -> None:
        """Who comes on duty today, late or not at all."""
        world = self._world
        board = self._rosters.board(world.tx, world.city, told.plan, world.day, world.day)
        for state, one in board.turns:
            if one.standing not in ("ahead", "running"):
                continue
            if world.chance.randrange(_ONE_SWAP_IN) == 0:
                busy = {each.turn.person for _, each in board.turns if each.turn.begins == one.turn.begins}
                free = [each for each in self._people(told, one.turn.place) if each not in busy]
                world.plan(max(world.now, one.turn.begins - 7200), partial(self._swap, state["id"], free))
            if not world.likely(told.absent):
                late = world.chance.randint(*_LATE_S) if world.likely(told.late) else world.chance.randrange(240)
                world.plan(one.turn.begins + late, partial(self._come, state["id"]))
            world.plan(one.turn.ends, partial(self._leave, told, state["id"]))

    def _swap(self, id_: str, free: list[str]) -> None:
        world, by = self._world, self._world.anyone(_KEEPER)
        if by is not None and free:
            self._rosters.swap(world.tx, by, id_, world.chance.choice(free), None, world.words("swapped"))
            world.done["turn swapped"] += 1

    def _whose(self, id_: str) -> Actor:
        """Who has a turn now."""
        state, _ = keeping.get(self._world.tx, self._world.city, keeping.ROSTER, id_)
        return self._world.actor(state["data"]["person"])

    def _come(self, id_: str) -> None:
        _, new = shifts.start(self._world.tx, self._whose(id_), None, self._world.point())
        self._world.done["turn begun"] += new

    def _leave(self, told: Roster, id_: str) -> None:
        world, who = self._world, self._whose(id_)
        if shifts.current(world.tx, world.city, who.id) is None:
            return
        shifts.end(world.tx, who, None)
        if world.likely(told.hands_over):
            left = handover.hand_over(world.tx, world.view, who, world.words("handed_over"))
            world.done["handover"] += 1
            next_ = world.anyone(told.role)
            if next_ is not None and next_.id != who.id:
                handover.acknowledge(world.tx, world.view, next_, left.id)
