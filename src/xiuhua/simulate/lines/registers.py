"""Records of the fictional district: there from the beginning, added later, changed and moved as time goes by."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from xiuhua.platform.errors import Conflict, Internal
from xiuhua.platform.identity.model import Actor, system
from xiuhua.records.model import unit as unit_of
from xiuhua.records.model import waiting
from xiuhua.records.service import Records
from xiuhua.simulate.lines.shape import Asked, Line, Step, Things
from xiuhua.simulate.lines.world import Thing, World

_DECIDED: Final = [10, 60]
"""Hours of work in which a change that was asked for is decided."""
_LEFT: Final = 20
"""Percent of these that wait on."""


class Registers:
    """The registers of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told = [one for line in lines for one in line.things]
        self._records = world.services.port(Records)

    def prepare(self) -> None:
        """Put the records into registers that are empty, in an order in which what is referred to comes first."""
        for told in self._told:
            self._world.learn(told.of)
            if told.count and not self._world.things[told.of]:
                self._put(told, [self._row(told, n) for n in range(1, told.count + 1)])
                self._world.fresh = True
            for one in self._world.things[told.of].values():
                self._live(told, one, begun=True)

    def day(self, nth: int) -> None:
        """What is added, asked for."""
        world = self._world
        for told in self._told:
            if told.more is not None and world.falls_on(told.more, nth):
                for _ in range(world.times(told.more)):
                    world.plan(world.within(told.more.hours), partial(self._add, told))
            if told.asked is not None and world.falls_on(told.asked.when, nth):
                for _ in range(world.times(told.asked.when)):
                    world.plan(world.within(told.asked.when.hours), partial(self._ask, told, told.asked))

    # ---- how

    def _row(self, told: Things, n: int) -> dict[str, Any]:
        """What is given of a new one; a field sees those before it as `own`."""
        row: dict[str, Any] = {}
        for name, value in told.fields.items():
            row |= self._world.fields({name: value}, n=n, own=row, city=self._world.city)
        return row

    def _put(self, told: Things, rows: list[dict[str, Any]]) -> None:
        world = self._world
        answers = self._records.put_many(world.tx, system(world.city), told.of, rows)
        wrong = [one for one in answers if one.status == "rejected"]
        if wrong:
            raise Internal(f"{told.of}: {wrong[0].problems}")
        world.learn(told.of)

    def _keeper(self, unit: str | None) -> Actor | None:
        return self._world.officer(unit) or self._world.anyone("supervisor")

    def _add(self, told: Things) -> None:
        world = self._world
        row = self._row(told, len(world.things[told.of]) + 1)
        register = self._records.register(world.tx, world.city, told.of).register
        keeper = self._keeper(unit_of(register, row))
        if keeper is not None:
            made = self._records.add(world.tx, keeper, told.of, row)
            self._live(told, world.note(made.state))
            world.done["record added"] += 1

    def _live(self, told: Things, one: Thing, *, begun: bool = False) -> None:
        """Plan what may become of a record in its state; `begun`: it has been in it for a while."""
        world = self._world
        for step in told.life.get(one.state, ()):
            if world.likely(step.share):
                first, last = step.days
                days = world.chance.randint(1 if begun else first, last)
                world.plan(world.within([9, 17], days), partial(self._go, told, one.key, one.state, step))
                return

    def _go(self, told: Things, key: str, state: str, step: Step) -> None:
        world, one = self._world, self._world.things[told.of][key]
        keeper = self._keeper(one.unit)
        if one.state != state or keeper is None:
            return
        fields = world.fields(step.fields, own=one.data)
        if fields:
            self._records.change(world.tx, keeper, one.id, fields)
        why = world.drawn(step.why) or world.words("reasons")
        moved = self._records.move(world.tx, keeper, one.id, step.to, why)
        self._live(told, world.note(moved.state))
        world.done["record moved"] += 1

    def _ask(self, told: Things, asked: Asked) -> None:
        world, one = self._world, self._world.some(told.of)
        who = world.anyone("collector", scopes=one.data.get("scopes") or ()) if one is not None else None
        if one is None or who is None:
            return
        fields = _other(world.fields(asked.fields, own=one.data), one.data)
        if not fields:
            return
        why = world.drawn(asked.why) or world.words("asked")
        found = self._records.ask(world.tx, who, one.id, fields, None, why)
        world.done["change asked for"] += 1
        if not world.likely(_LEFT):
            n = max(each["n"] for each in waiting(found.state))
            at = world.after("unit_officer", world.chance.randint(*_DECIDED) * 3600)
            world.plan(at, partial(self._decide, told.of, one.key, n, asked.refused))

    def _decide(self, register: str, key: str, n: int, refused: int) -> None:
        world, one = self._world, self._world.things[register][key]
        keeper = self._keeper(one.unit)
        if keeper is None:
            return
        world.done["change decided"] += 1
        if not world.likely(refused):
            with suppress(Conflict):  # what was asked for first has changed the same field
                world.note(self._records.approve(world.tx, keeper, one.id, n).state)
                return
        self._records.refuse(world.tx, keeper, one.id, n, world.words("refused"))


def _other(fields: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """What is not so already."""
    return {name: value for name, value in fields.items() if data.get(name) != value}
