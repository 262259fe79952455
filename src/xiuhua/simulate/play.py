"""Plays days of the fictional district through the public services, one transaction per tick.

Everything is drawn from one seed and the clock is moved by hand, so the same seed gives the same events,
figures, ids and order. Of every action a sample goes over HTTP as well, as that person (`over_http.py`).
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from xiuhua.flow.model import Attempt, State
from xiuhua.flow.work import Work
from xiuhua.loop.model import Receipt
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor, Post, system
from xiuhua.simulate.arrivals import Arrivals
from xiuhua.simulate.ideas import unasked
from xiuhua.simulate.policy import decide
from xiuhua.simulate.turn import Plan, Turn

TICK = timedelta(minutes=10)
_REMEMBERED_OPEN = 200
_AT_WORK = frozenset({"unit_officer", "handler"})
_TIMERS_EVERY = 6
"""Ticks after which timers are looked for even when nothing else happens."""
_STILL_OPEN = frozenset({"accepted", "filed", "dispatched", "received", "assigned", "finished", "reviewed"})


class OverHttp(Protocol):
    """Does an action as a person over HTTP."""

    def act(self, kind: str, id_: str, attempt: Attempt, actor: Actor) -> None:
        """Do it; raises when the answer is an error."""


@dataclass(order=True, slots=True)
class Due:
    """Somebody will get to something at a moment."""

    at: int
    order: int
    kind: str = field(compare=False)
    id: str = field(compare=False)
    wait: Mapping[str, Any] | None = field(compare=False, default=None)
    """What they answer; None for what nobody asked for."""
    role: str = field(compare=False, default="")
    attempt: Attempt | None = field(compare=False, default=None)
    person: str | None = field(compare=False, default=None)
    """Who gets to it, when it is not for everybody in the role."""


@dataclass(slots=True)
class Played:
    """What came of it."""

    days: int = 0
    reports: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Actions that a person tried and the platform refused, with the code."""
    over_http: int = 0
    ticks: int = 0


def habits() -> dict[str, Any]:
    """How the people behave."""
    text = files("xiuhua.simulate").joinpath("habits.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


class Play:
    """One run of the fictional district."""

    def __init__(
        self, database: Database, loop: Loop, city: str, clock: SimulatedClock, seed: int, cases_per_day: int,
        photos: Mapping[str, str], zone: ZoneInfo,
    ) -> None:  # fmt: skip
        """`photos` are ids by what they show (see `pictures.put`); `zone` is the city's time."""
        self._database, self._loop, self._city, self._clock = database, loop, city, clock
        self._random, self._habits = Random(seed), habits() | {"photos": photos}
        self._arrivals = Arrivals(self._habits, self._random, cases_per_day, zone)
        self._queue: list[Due] = []
        self._order = count()
        self._plans: dict[tuple[str, str], Plan] = {}
        self._open: dict[tuple[str, str], list[str]] = {}
        self._seen: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
        self.played = Played()
        self.over_http: OverHttp | None = None

    def run(self, days: int, progress: Callable[[int], None] | None = None) -> Played:
        """Play so many days from where the clock stands."""
        end = self._clock.now() + timedelta(days=days)
        while self._clock.now() < end:
            self._tick()
            self.played.ticks += 1
            if progress is not None and self.played.ticks % 144 == 0:
                progress(self.played.ticks // 144)
            self._clock.move_to(self._clock.now() + TICK)
        self.played.days += days
        return self.played

    def _tick(self) -> None:
        now = int(self._clock.now().timestamp())
        due: list[Due] = []
        while self._queue and self._queue[0].at <= now:
            due.append(heapq.heappop(self._queue))
        expected = self._arrivals.number(self._clock.now(), TICK)
        if not due and not expected and self.played.ticks % _TIMERS_EVERY:
            return
        with self._database.transaction() as tx:
            view = self._loop.view(tx, self._city)
            work = self._loop.work(tx, self._city, view)
            self._arrive(work, view, expected)
            for kind in ("case", "report"):
                work.load(kind, [one.id for one in due if one.kind == kind])
            later = [one for one in due if not self._turn(work, view, one)]
            self._loop.run_timers_in(work)
            work.flush()
            touched = work.touched()
        self._plan_next(view, touched, now)
        for one in later:
            self._by_http(view, one)

    # ---- arrivals

    def _arrive(self, work: Work, view: CityView, expected: int) -> None:
        if not expected:
            return
        made = self._arrivals.made(view, self._clock.now(), expected)
        receipts: list[Receipt] = self._loop.submit_in(work, view, [one.report for one in made], system(self._city))
        for one, receipt in zip(made, receipts, strict=True):
            if receipt.id is not None:
                self._plans["report", receipt.id] = one.plan
                self.played.reports += receipt.status == "new"

    # ---- turns

    def _turn(self, work: Work, view: CityView, due: Due) -> bool:
        """Do it now; False when it is to be done over HTTP after the tick."""
        one = work.get(due.kind, due.id)
        if due.wait is not None and due.wait not in one.state["waits"]:
            return True
        attempt, aim = self._decided(view, one.state, due)
        if attempt is None:
            return True
        actor = self._actor(view, one.state, due)
        if actor is None:
            return True
        if self.over_http is not None and aim == due.id and self.played.actions[attempt.action] % 97 == 0:
            self.played.actions[attempt.action] += 1
            due.attempt = attempt
            return False
        try:
            self._loop.act_in(work, due.kind, aim, attempt, actor)
        except XiuhuaError as error:
            self.played.refused[f"{attempt.action}: {error.code()} {error.detail}"] += 1
            self._try_plainly(one.state, due)
        else:
            self.played.actions[attempt.action] += 1
        return True

    def _by_http(self, view: CityView, due: Due) -> None:
        assert self.over_http is not None and due.attempt is not None
        with self._database.reading() as tx:
            state = self._loop.docs(tx, self._city, due.kind, [due.id])[due.id][1]
        actor = self._actor(view, state, due)
        assert actor is not None
        try:
            self.over_http.act(due.kind, due.id, due.attempt, actor)
            self.played.over_http += 1
        except XiuhuaError as error:
            self.played.refused[f"{due.attempt.action} over http: {error.code()} {error.detail}"] += 1
            self._try_plainly(state, due)
        with self._database.reading() as tx:
            found = self._loop.docs(tx, self._city, due.kind, [due.id])
        case = found[due.id][1]["data"].get("case") if due.kind == "report" else None
        touched = [(due.kind, found[due.id][1])]
        if case:
            with self._database.reading() as tx:
                touched.append(("case", self._loop.docs(tx, self._city, "case", [case])[case][1]))
        self._plan_next(view, touched, int(self._clock.now().timestamp()))

    def _try_plainly(self, state: State, due: Due) -> None:
        """Whose way is barred takes the ordinary one a little later."""
        plan = self._plan_of(state)
        if due.wait is not None and plan.story != "plain":
            plan.story = "plain"
            soon = int((self._clock.now() + TICK).timestamp())
            heapq.heappush(self._queue, Due(soon, next(self._order), due.kind, due.id, due.wait))

    def _decided(self, view: CityView, state: State, due: Due) -> tuple[Attempt | None, str]:
        """What is done, and to which subject: mostly the one whose turn it is."""
        if due.wait is None:
            return due.attempt, due.id
        turn = self._as_turn(view, state, due.wait)
        attempt = decide(turn)
        return attempt, turn.aim or due.id

    def _as_turn(self, view: CityView, state: State, wait: Mapping[str, Any]) -> Turn:
        now = int(self._clock.now().timestamp())
        return Turn(state, wait, self._plan_of(state), view, self._random, now, self._near, self._habits)

    def _plan_of(self, state: State) -> Plan:
        key = (state["subject"], state["id"])
        if key not in self._plans:
            data = state["data"]
            reports = data.get("reports") or ()
            first = self._plans.get(("report", reports[0])) if reports else None
            whole = self._plans.get(("case", data.get("parent") or ""))
            story = "reopened" if whole is not None and whole.story == "split_reopened" else "plain"
            self._plans[key] = first or Plan(story, category=data.get("category"))
        return self._plans[key]

    def _actor(self, view: CityView, state: State, due: Due) -> Actor | None:
        directory, wait = view.directory, due.wait or {}
        wanted, named = wait.get("role", due.role), wait.get("person", due.person)
        unit = wait.get("unit")
        if due.wait is None and due.role == "unit_officer":
            unit = state["data"]["unit"]
        if named:
            people: tuple[str, ...] = (named,)
        elif unit is not None:
            people = directory.holders(wanted, (), directory.desk_of(unit))
            people = people or directory.holders("unit_officer", (), directory.desk_of(unit))
        else:
            people = directory.holders(wanted, state["data"]["scopes"])
        if not people:
            self.played.refused[f"nobody is {wanted} for {unit or 'that place'}"] += 1
            return None
        person = people[0] if len(people) == 1 else self._random.choice(people)
        posts: tuple[Post, ...] = directory.posts_of(person)
        return Actor(person, self._city, person, posts, frozenset({"*"}), "simulation")

    # ---- what comes next

    def _plan_next(self, view: CityView, touched: list[tuple[str, State]], now: int) -> None:
        for kind, state in touched:
            self._remember_open(kind, state)
            plan = self._plan_of(state)
            for wait in state["waits"]:
                at = now + self._delay(view, wait["role"], plan, state, now)
                heapq.heappush(self._queue, Due(at, next(self._order), kind, state["id"], wait))
            turn = self._as_turn(view, state, {"track": "main", "role": "", "n": None})
            for idea in unasked(turn):
                at = now + self._random.randrange(300, 1500)
                asked = (None, idea.role, idea.attempt, idea.person)
                heapq.heappush(self._queue, Due(at, next(self._order), kind, state["id"], *asked))

    def _delay(self, view: CityView, role: str, plan: Plan, state: State, now: int) -> int:
        minutes = self._habits["minutes"][role]
        late = plan.story.startswith("late") and state["state"] in ("received", "assigned") and role == "handler"
        if late and "late" not in plan.done:
            plan.done.add("late")
            minutes = self._habits["minutes"]["late"]
        seconds = int(minutes * 60 * self._random.lognormvariate(0, 0.6))
        if not late and role in _AT_WORK and _is_urgent(state):
            return seconds // 2
        return int(view.calendars.of_role(role).add_worked_one(now, seconds)) - now

    def _remember_open(self, kind: str, state: State) -> None:
        """Open cases by grid and category, for twins and merges; the newest few are enough."""
        if kind != "case" or state["state"] not in _STILL_OPEN:
            return
        found = self._open.setdefault((state["data"]["unit_grid"], state["data"]["category"]), [])
        if state["id"] not in found:
            found.append(state["id"])
            del found[:-_REMEMBERED_OPEN]

    def _near(self, state: State) -> str | None:
        data = state["data"]
        category = str(data["category"] or self._plan_of(state).category)
        found = self._open.get((data["unit_grid"], category), ())
        with self._database.reading() as tx:
            others = [one for one in found if one != state["id"]]
            docs = self._loop.docs(tx, self._city, "case", others)
        still = [one for one in others if docs[one][1]["state"] in _STILL_OPEN]
        return still[-1] if still else None


def _is_urgent(state: State) -> bool:
    """Whether the work's limit runs day and night: then people are called out, and hurry."""
    limit = state["data"].get("limit")
    return bool(limit) and str(limit[-1]["kind"]).startswith("urgent")
