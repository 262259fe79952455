"""Proceedings of the fictional district: orders, tasks, talks, reports; begun, carried on, kept, late, never done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from xiuhua.flow.context import Context
from xiuhua.flow.model import Attempt, State, described, instance, subject_view
from xiuhua.flow.work import Loaded, Work
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.proceedings import model, query, rounds
from xiuhua.proceedings import service as proceedings
from xiuhua.proceedings.query import Wanted
from xiuhua.simulate import posts
from xiuhua.simulate.agenda import Due
from xiuhua.simulate.lines.manners import What
from xiuhua.simulate.lines.shape import Begins, Does, Line, Runs
from xiuhua.simulate.lines.world import World

_MOST_OPEN = 10_000
_LATE_PERCENT = (104, 190)
"""Of the time until something is due, for those who are late with it."""


class Proceedings:
    """The procedures of all lines; rounds of a day and children go on by them as well."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told: dict[str, Runs] = {name: one for line in lines for name, one in line.procedures.items()}
        self._service = world.services.port(proceedings.Proceedings)
        self._open: dict[str, dict[str, str]] = {}
        """Procedure → id → subject, of those that are open."""
        self._unasked: set[tuple[str, str, int]] = set()
        self._work: Work | None = None

    # ---- transactions

    @property
    def work(self) -> Work:
        """The unit of work of this transaction."""
        if self._work is None:
            self._work = self._service.work(self._world.tx, self._world.city, self._world.view)
        return self._work

    def load(self, dues: Sequence[Due]) -> None:
        """Read at once what these are about."""
        wanted: dict[str, set[str]] = {}
        for due in dues:
            if due.do is None:
                wanted.setdefault(due.kind, set()).add(due.id)
        for kind, ids in wanted.items():
            self.work.load(kind, ids)

    def flush(self) -> None:
        """Write all of it."""
        if self._work is not None:
            self._work.flush()
            self._work = None

    # ---- what comes

    def resume(self) -> None:
        """What is open goes on."""
        world = self._world
        wanted, everyone = Wanted(going="open"), system(world.city)
        rows = query.page(world.tx, world.view, everyone, wanted, "newest", None, _MOST_OPEN)
        for kind in sorted({row.subject for row in rows}):
            ids = [row.id for row in rows if row.subject == kind]
            for _, (_, state) in sorted(self._service.docs(world.tx, world.city, kind, ids).items()):
                self.note(kind, state)

    def day(self, nth: int) -> None:
        """What begins, and the rounds that the clock begins."""
        world = self._world
        for name, told in self._told.items():
            for begins in told.begins:
                if world.falls_on(begins.when, nth):
                    for _ in range(world.times(begins.when)):
                        world.plan(world.within(begins.when.hours), partial(self._begin, name, begins))
        declared = self._service.procedures(world.tx, world.city).values()
        for at in sorted({one.round.at for one in declared if one.round is not None}):
            hour, minute = map(int, at.split(":"))
            world.agenda.plan(world.at(hour, minute), self._begin_rounds)

    def _begin_rounds(self) -> None:
        for one in rounds.begun_of(self._world.tx, self._service, self._world.city):
            self._world.done["proceeding begun"] += 1
            self.note(one.kind, one.state)

    def _begin(self, name: str, begins: Begins) -> None:
        world = self._world
        unit = world.drawn(begins.unit)
        by = world.officer(unit) if unit and begins.by == "unit_officer" else world.anyone(begins.by, unit)
        about = world.some(begins.about) if begins.about else None
        parent = self._newest(begins.parent)
        if by is None or (begins.about and about is None) or (begins.parent and parent is None):
            return
        own = about.data if about else {}
        fields = world.fields(begins.fields, own=own, thing=about.key if about else None)
        thing = proceedings.Thing("record", about.id) if about else None
        mark = self.work.noted()
        wish = proceedings.Wish(name, fields, begins.action, None, thing, parent)
        self._service.begin_in(self.work, by, wish)
        world.done["proceeding begun"] += 1
        self._note_all(self.work.moved(mark))

    def _newest(self, procedure: str | None) -> proceedings.Thing | None:
        found = self._open.get(procedure or "")
        if not found:
            return None
        id_ = next(reversed(found))
        return proceedings.Thing(found[id_], id_)

    def _note_all(self, moved: Sequence[tuple[str, State]]) -> None:
        for kind, state in moved:
            self.note(kind, state)

    def note(self, kind: str, state: State) -> None:
        """A proceeding as it has become: who will get to it, and what the clock will do."""
        agenda, id_, name = self._world.agenda, state["id"], state["procedure"]
        is_over = not state["waits"] and not state["timers"]
        known = self._open.setdefault(name, {})
        if is_over:
            known.pop(id_, None)
        else:
            known.setdefault(id_, kind)
        for timer in state["timers"]:
            agenda.ring(kind, id_, timer)
        for wait in state["waits"]:
            if not agenda.is_asked(kind, id_, wait):
                at = self._moment(state, wait)
                if at is not None:
                    agenda.ask(at, kind, id_, wait)
        self._intend(kind, state)

    def _intend(self, kind: str, state: State) -> None:
        """What somebody will do with it unasked, once for each time that it came to its state."""
        world = self._world
        steps = [one for one in self._steps(state["procedure"], state["state"]) if one.by is not None]
        key = (state["id"], state["state"], state["since"])
        if not steps or key in self._unasked:
            return
        self._unasked.add(key)
        step = world.chance.choices(steps, [one.share for one in steps])[0]
        if step.misses and self._is_careless(step, _whose(state), "misses"):
            return
        at = world.after(str(step.by), self._seconds(step))
        world.agenda.plan(at, partial(self._unasked_act, kind, state["id"], state["state"], step))

    def _is_careless(self, step: Does, who: str | None, what: What) -> bool:
        return self._world.likely(self._world.percent(who, what) * step.careless // 100)

    def _steps(self, procedure: str, place: str) -> Sequence[Does]:
        told = self._told.get(procedure)
        return told.does.get(place, ()) if told is not None else ()

    def _seconds(self, step: Does) -> int:
        low, high = step.hours
        return self._world.chance.randint(low * 3600, high * 3600)

    def _moment(self, state: State, wait: Mapping[str, Any]) -> int | None:
        """When somebody gets to what waits for them; None: never."""
        world, who = self._world, wait.get("unit") or wait.get("person") or _whose(state)
        if not self._people(state, wait):
            return None
        steps = [one for one in self._steps(state["procedure"], _place(state, wait)) if one.by is None]
        if not steps or any(one.misses and self._is_careless(one, who, "misses") for one in steps[:1]):
            return None
        step = world.chance.choice(steps)
        due = wait.get("due") or model.due(state)
        if step.of_due is not None and due is not None and due > world.now:
            is_late = self._is_careless(step, who, "late")
            percent = world.chance.randint(*(_LATE_PERCENT if is_late else step.of_due))
            return world.now + (due - world.now) * percent // 100
        return world.after(wait["role"], self._seconds(step))

    # ---- turns

    def turn(self, due: Due) -> None:
        """Somebody gets to it, or the clock does something."""
        here = self.work.find(due.kind, due.id)
        if here is None:
            return
        if due.timer is not None:
            if due.timer in here.state["timers"]:
                at = datetime.fromtimestamp(due.timer["at"], UTC)
                attempt = Attempt(due.timer["do"], n=due.timer["n"], at=at)
                self._act(here, attempt, system(self._world.city))
            return
        wait = due.wait
        if wait is None or wait not in here.state["waits"]:
            return
        for step in self._likely(here.state, wait):
            actor = self._actor(here.state, wait)
            if actor is not None:
                self._act(here, self._attempt(here.state, step, wait.get("n")), actor)
            return

    def _unasked_act(self, kind: str, id_: str, state: str, step: Does) -> None:
        here = self.work.find(kind, id_)
        if here is None or here.state["state"] != state:
            return
        wait = {"role": step.by, "unit": here.state["data"].get("unit"), "person": here.state["data"].get("person")}
        actor = self._actor(here.state, wait)
        if actor is not None:
            self._act(here, self._attempt(here.state, step, None), actor)

    def _likely(self, state: State, wait: Mapping[str, Any]) -> Iterator[Does]:
        """One of the steps that may be taken now, by how likely they are; none when none may."""
        steps = [one for one in self._steps(state["procedure"], _place(state, wait)) if one.by is None]
        open_ = [one for one in steps if one.when is None or self._context(state, wait).holds(one.when)]
        if open_:
            yield self._world.chance.choices(open_, [one.share for one in open_])[0]

    def _context(self, state: State, wait: Mapping[str, Any]) -> Context:
        scope = {state["subject"]: subject_view(state), "item": _item(state, wait), "now": self._world.now}
        return Context(scope)

    def _attempt(self, state: State, step: Does, n: int | None) -> Attempt:
        own = {**state["data"], "number": state["number"]}
        fields = self._world.fields(step.fields, own=own)
        return Attempt(step.action, fields, self._world.drawn(step.reason), n)

    def _people(self, state: State, wait: Mapping[str, Any]) -> Sequence[str]:
        """Whose turn it may be."""
        if wait.get("person"):
            return [wait["person"]]
        scopes = state["data"].get("scopes") or ()
        return posts.holders(self._world.view.directory, str(wait["role"]), wait.get("unit"), scopes)

    def _actor(self, state: State, wait: Mapping[str, Any]) -> Actor | None:
        found = self._people(state, wait)
        return self._world.actor(self._world.chance.choice(found)) if found else None

    def _act(self, here: Loaded, attempt: Attempt, actor: Actor) -> None:
        mark = self.work.noted()
        try:
            self._service.act_in(self.work, here.kind, here.state["id"], attempt, actor)
        except XiuhuaError as error:
            self._world.refuse(error, f"{here.state['procedure']}.{attempt.action}")
        else:
            self._world.done["proceeding moved"] += 1
        self._note_all(self.work.moved(mark))


def _place(state: State, wait: Mapping[str, Any]) -> str:
    """Where it waits: the state, or `track.state`."""
    item = _item(state, wait)
    return f"{wait['track']}.{item['state']}" if item else str(state["state"])


def _item(state: State, wait: Mapping[str, Any]) -> Mapping[str, Any]:
    """The instance of a side track that waits; empty for the main one."""
    one = instance(state, wait["track"], wait["n"]) if wait["track"] != "main" else None
    return described(one) if one is not None else {}


def _whose(state: State) -> str | None:
    """The unit or the person that answers for it."""
    found = state["data"].get("unit") or state["data"].get("person")
    return str(found) if found is not None else None
