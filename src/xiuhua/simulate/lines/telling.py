"""Figures that people of the fictional district tell, and what they do about the findings of rules."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

import orjson

from xiuhua.rules.service import Rules
from xiuhua.simulate.lines.shape import Figure, Line
from xiuhua.simulate.lines.world import World

_TAKEN_H: Final = (2, 20)
_ENDED_H: Final = (4, 60)
"""Hours of work."""
_LEFT: Final = 25
"""Percent of findings that nobody gets to."""
_DISMISSED: Final = 20
_MOST: Final = 10_000
_TELLER: Final = "appraiser"


class Telling:
    """The figures of all lines, and whatever rules raise."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told = [one for line in lines for one in line.figures]
        self._rules = world.services.port(Rules)
        self._seen: set[str] = set()

    def night(self) -> int:
        """The rules look at what happened, and at the dates of today; how much that was."""
        return self._rules.turn_of(self._world.tx, self._world.city)

    def day(self, nth: int) -> None:
        """What is told today, and who gets to what was raised since yesterday."""
        world = self._world
        self._findings()
        for told in self._told:
            if nth == 0 and told.back:
                world.plan(world.within([8, 9]), partial(self._tell_back, told))
            if world.falls_on(told.when, nth):
                world.plan(world.within(told.when.hours), partial(self._tell, told, world.day))

    def _tell_back(self, told: Figure) -> None:
        """The months before, the earliest first."""
        days, day = list[date](), self._world.day.replace(day=1)
        for _ in range(told.back):
            day = (day - timedelta(days=1)).replace(day=1)
            days.append(day)
        for one in reversed(days):
            self._tell(told, one)

    def _tell(self, told: Figure, day: date) -> None:
        """Of each thing of the register."""
        world, by = self._world, self._world.anyone(_TELLER)
        if by is None:
            return
        for thing in world.things.get(told.by, {}).values():
            value = world.drawn(told.value, thing=thing.key, own=thing.data)
            self._rules.tell_figure(world.tx, by, told.figure, told.every, day, {told.by: thing.key}, str(value))
            world.done["figure told"] += 1

    def _findings(self) -> None:
        world = self._world
        for row in self._rules.page(world.tx, world.city, ("open", "taken"), None, None, None, _MOST):
            if row.id in self._seen:
                continue
            self._seen.add(row.id)
            data = orjson.loads(row.doc)["data"]
            role = data["role"] or "supervisor"
            if row.state == "taken":
                self._plan_end(row.id, data["by"], role)
            elif not world.likely(_LEFT):
                at = world.after(role, world.chance.randint(*_TAKEN_H) * 3600)
                world.plan(at, partial(self._take, row.id, role))

    def _take(self, id_: str, role: str) -> None:
        world, by = self._world, self._world.anyone(role)
        if by is not None:
            self._rules.act(world.tx, by, id_, "take", "", None)
            world.done["finding taken"] += 1
            self._plan_end(id_, by.id, role)

    def _plan_end(self, id_: str, by: str, role: str) -> None:
        at = self._world.after(role, self._world.chance.randint(*_ENDED_H) * 3600)
        self._world.plan(at, partial(self._end, id_, by))

    def _end(self, id_: str, by: str) -> None:
        world, verb = self._world, "dismiss" if self._world.likely(_DISMISSED) else "settle"
        why = world.words("dismissed" if verb == "dismiss" else "settled")
        self._rules.act(world.tx, world.actor(by), id_, verb, why, None)
        world.done["finding ended"] += 1
