"""Inspections of the fictional district: rounds, what fails, what is put right in time, late, or never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final

from xiuhua.checks import model
from xiuhua.checks import rounds as rounds_of
from xiuhua.checks.query import InspectionFilter, page
from xiuhua.checks.rounds import Chosen, Rounds
from xiuhua.checks.service import Checks
from xiuhua.checks.sight import is_of_same
from xiuhua.flow.model import State
from xiuhua.packs.kinds import Checklist, ChecklistItem
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.sql import queries
from xiuhua.simulate.lines import shape
from xiuhua.simulate.lines.shape import Line
from xiuhua.simulate.lines.world import Thing, World

_ENDS: Final = time(18)
_MOST_FOUND: Final = 3
_LEFT_OUT: Final = 8
"""Percent of items that do not apply, of those that may not."""
_LATE_DAYS: Final = (1, 6)
_RECHECKED_H: Final = (3, 14)
"""Hours of work after which somebody looks again."""
_MOST_TRIES: Final = 3


class Inspecting:
    """The checklists of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._rounds = [one for line in lines for one in line.rounds]
        self._checks = [one for line in lines for one in line.checks]
        self._service, self._of_rounds = world.services.port(Checks), world.services.port(Rounds)

    def resume(self) -> None:
        """What is to be put right, and rounds that are open."""
        world = self._world
        sight, wanted = self._service.sight(world.tx, system(world.city)), InspectionFilter(state=(model.RECTIFYING,))
        for row in page(world.tx, world.city, "system", wanted, sight, None, rounds_of.MOST_THINGS):
            self._follow(self._service.get(world.tx, system(world.city), row.id).state)
        asked = {"city": world.city, "checklist": None, "state": "open", "after": None, "after_at": None, "limit": 100}
        for row in world.tx.execute(queries("xiuhua.checks")["rounds"], asked).fetchall():
            told = next((one for one in self._rounds if one.checklist == row.checklist), None)
            if told is not None:
                self._share_out(told, row.id, int(row.due.timestamp()))

    def day(self, nth: int) -> None:
        """Rounds that are opened, and inspections outside of any."""
        world = self._world
        for told in self._rounds:
            if world.falls_on(told.when, nth):
                world.plan(world.within(told.when.hours), partial(self._open, told))
        for check in self._checks:
            if world.falls_on(check.when, nth):
                for _ in range(world.times(check.when)):
                    world.plan(world.within(check.when.hours), partial(self._check, check))

    # ---- rounds

    def _open(self, told: shape.Rounds) -> None:
        world, by = self._world, self._world.anyone(told.by)
        if by is None:
            return
        last = world.day + timedelta(days=told.days)
        due = datetime.combine(last, _ENDS, world.zone)
        opened = self._of_rounds.open(
            world.tx, by, told.checklist, world.drawn(told.title), due, self._chosen(told)
        )  # fmt: skip
        world.done["round opened"] += 1
        self._share_out(told, opened.state["id"], int(due.timestamp()))

    def _chosen(self, told: shape.Rounds) -> Chosen:
        """The units; or all areas of the kind, each with the unit that answers for it; or all things."""
        world, seed = self._world, f"{self._world.seed} {self._world.day}"
        declared = self._service.named(world.tx, world.city, told.checklist)
        if declared.inspects != "area":
            return Chosen(tuple(told.units), draw=told.draw, each=told.each, seed=seed)
        areas = sorted(one.code for one in world.view.areas.areas(str(declared.checklist.of)))
        return Chosen(units=dict(zip(areas, told.units, strict=bool(told.units))), draw=told.draw, seed=seed)

    def _share_out(self, told: shape.Rounds, id_: str, due: int) -> None:
        """When each thing of a round is inspected, by each party that has not done so."""
        world = self._world
        round_ = self._of_rounds.get(world.tx, system(world.city), id_)
        days = max(0, (due - world.now) // 86_400 - 1)
        for thing in self._of_rounds.things(world.tx, world.city, round_):
            if world.likely(told.left_out):
                continue
            for party in thing.missing:
                at = world.within([9, 17], world.chance.randint(0, days))
                do = partial(self._inspect_in, told, id_, thing, party or None)
                world.plan(min(max(at, world.now + 60), due - 60), do)

    def _inspect_in(self, told: shape.Rounds, id_: str, thing: rounds_of.Thing, party: str | None) -> None:
        checklist = self._of_round(id_)
        roles, own = told.inspectors, checklist.own
        if party is not None:
            roles, own = checklist.parties[party].roles or roles, checklist.parties[party].own
        by = self._world.officer(thing.unit) if own else self._inspector(roles, thing.unit, thing.inspectors)
        if by is not None:
            given = {"thing": thing.id, "round": id_, "party": party, "unit": thing.unit}
            self._inspect(by, told.checklist, checklist, given, thing.unit, told.fails)

    def _of_round(self, id_: str) -> Checklist:
        """As it was when the round was opened."""
        world = self._world
        return self._of_rounds.get(world.tx, system(world.city), id_).declared.checklist

    def _inspector(self, roles: Sequence[str], unit: str | None, drawn: Sequence[str] = ()) -> Actor | None:
        world = self._world
        if drawn:
            mine = [one for one in drawn if not is_of_same(world.view.directory, one, unit)]
            return world.actor(mine[0]) if mine else None
        return world.outsider(roles, unit)

    # ---- inspections

    def _check(self, told: shape.Checks) -> None:
        """One of some thing of the register, or at some place."""
        world = self._world
        declared = self._service.named(world.tx, world.city, told.checklist)
        given: dict[str, Any] = {}
        unit = world.drawn(told.unit)
        if declared.inspects == "record":
            thing: Thing | None = world.some(str(declared.checklist.of))
            if thing is None:
                return
            given["thing"], unit = thing.id, unit or thing.unit
        elif declared.inspects == "place":
            given |= {"place": world.drawn({"place": True}), "called": world.drawn(told.called)}
        else:
            given["thing"] = unit if declared.inspects == "unit" else world.area(str(declared.checklist.of))
        by = self._inspector(told.inspectors, unit)
        if by is not None:
            self._inspect(by, told.checklist, declared.checklist, {**given, "unit": unit}, unit, told.fails)

    def _inspect(
        self, by: Actor, name: str, checklist: Checklist, given: Mapping[str, Any], unit: str | None, fails: int
    ) -> None:
        world = self._world
        percent = world.percent(unit, "fails") * fails // 100
        found = [one for item in checklist.items.items() if (one := self._finding(*item, percent)) is not None]
        given = {**{name: one for name, one in given.items() if one is not None}, "findings": found, "finish": True}
        made = self._service.begin(world.tx, by, name, given)
        world.done["inspection"] += 1
        self._follow(made.state)

    def _finding(self, name: str, item: ChecklistItem, percent: int) -> dict[str, Any] | None:
        """What is found of an item; None where nothing is wrong and nothing must be said."""
        world, fails = self._world, self._world.likely(percent)
        if item.may_not_apply and world.likely(_LEFT_OUT):
            return {"item": name, "applies": False}
        told: dict[str, Any] = {"item": name}
        if item.choices:
            order = sorted(item.choices, key=lambda one: float(item.choices[one].score), reverse=True)
            best = 0 if world.likely(75) else min(1, len(order) - 1)
            told["choice"] = world.chance.choice(order[1:] or order) if fails else order[best]
            fails = fails or item.choices[told["choice"]].fails
        elif fails:
            told["count"] = world.chance.randint(1, _MOST_FOUND)
        elif item.evidence:
            return {"item": name, "count": 0, "note": world.words("nothing")}
        else:
            return None
        if fails:
            told["note"] = world.words("found")
            told["photos"] = [world.photo("before")] if item.photo or item.evidence else []
        return told

    # ---- putting right

    def _follow(self, state: State) -> None:
        """When somebody puts right what is open, and looks again at what was."""
        for one in model.rectifications(state):
            if one["state"] == model.OPEN and one["round"] <= _MOST_TRIES:
                self._plan_rectified(state, one)
            elif one["state"] == model.RECTIFIED:
                self._plan_recheck(state["id"], one["n"])

    def _plan_rectified(self, state: State, one: Mapping[str, Any]) -> None:
        world, unit = self._world, state["data"].get("unit")
        if world.happens(unit, "never"):
            return
        if world.happens(unit, "late"):
            at = one["due"] + world.chance.randint(*_LATE_DAYS) * 86_400 - world.chance.randrange(0, 6 * 3600)
        else:
            at = world.now + (one["due"] - world.now) * world.chance.randint(20, 95) // 100
        world.plan(max(at, world.now + 60), partial(self._rectify, state["id"], one["n"], unit))

    def _rectify(self, id_: str, n: int, unit: str | None) -> None:
        world, by = self._world, self._world.officer(unit)
        if by is None:
            return
        given = {"photos": [world.photo("after")], "note": world.words("done")}
        self._service.rectified(world.tx, by, id_, n, given)
        world.done["rectification"] += 1
        self._plan_recheck(id_, n)

    def _plan_recheck(self, id_: str, n: int) -> None:
        world = self._world
        at = world.after("supervisor", world.chance.randint(*_RECHECKED_H) * 3600)
        world.plan(at, partial(self._recheck, id_, n))

    def _recheck(self, id_: str, n: int) -> None:
        """By one of those who inspected, or by somebody of the same role from elsewhere."""
        world = self._world
        found = self._service.get(world.tx, system(world.city), id_)
        data = found.state["data"]
        by = self._inspector((), data.get("unit"), data["inspectors"]) or world.outsider(
            ["supervisor", "appraiser"], data.get("unit")
        )
        if by is None:
            return
        passes = not world.happens(data.get("unit"), "not_really")
        given = {"passed": passes, "photos": [world.photo("check")], "note": world.words(
            "passed" if passes else "not_passed"
        )}  # fmt: skip
        done = self._service.recheck(world.tx, by, id_, n, given)
        world.done["recheck"] += 1
        if not passes:
            [again] = [one for one in model.rectifications(done.state) if one["n"] == n]
            if again["round"] <= _MOST_TRIES:
                self._plan_rectified(done.state, again)
