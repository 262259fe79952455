"""Plays days of the fictional district through the public services, one transaction for each hour of its life.

Everything is drawn from one seed and the clock is moved by hand, so the same seed gives the same events,
figures, ids and order. Within an hour each thing happens at its own moment; what they come to is written
together, as of the last of them. Of every action a sample goes over HTTP as well, as that person (`over_http.py`).
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from xiuhua.flow.model import Attempt, State
from xiuhua.flow.work import Work
from xiuhua.loop.kinds import KINDS
from xiuhua.loop.model import Receipt
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import revision
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor, Post, system
from xiuhua.platform.sql import queries
from xiuhua.simulate import posts
from xiuhua.simulate.agenda import Agenda, Due
from xiuhua.simulate.arrivals import Arrivals, Batch
from xiuhua.simulate.attention import Attention
from xiuhua.simulate.beside import Alone, Beside
from xiuhua.simulate.ideas import unasked
from xiuhua.simulate.minds import Minds
from xiuhua.simulate.policy import decide
from xiuhua.simulate.profile import Profile
from xiuhua.simulate.turn import Turn
from xiuhua.simulate.words import habits

STRETCH = timedelta(hours=1)
"""What is written in one transaction: whole hours, so that none goes over midnight."""
PUBLIC = "public"
"""The role of those who have no account."""
_AGAIN_S = 600
"""When somebody whose way is barred tries the ordinary one."""
_HTTP_EVERY = 97
_COLLECT_EVERY_DAYS = 10


class OverHttp(Protocol):
    """Does an action as a person over HTTP."""

    def act(self, kind: str, id_: str, attempt: Attempt, actor: Actor) -> None:
        """Do it; raises when the answer is an error."""


@dataclass(slots=True)
class Played:
    """What came of it."""

    days: int = 0
    reports: int = 0
    rejected: int = 0
    """Reports that the intake did not take."""
    actions: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Actions that a person tried and the platform refused, with the code."""
    over_http: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    """What was done in the lines of business, by what it is."""


class Play:
    """One run of the fictional district."""

    def __init__(
        self, database: Database, loop: Loop, city: str, clock: SimulatedClock, profile: Profile,
        photos: Mapping[str, str], zone: ZoneInfo,
    ) -> None:  # fmt: skip
        """`photos` are ids by what they show (see `pictures.put`); `zone` is the city's time."""
        self._database, self._loop, self._city, self._clock = database, loop, city, clock
        self._random, self._habits = Random(profile.seed), {**habits(), "photos": photos}
        self._days = profile.days
        self._arrivals = Arrivals(self._habits, self._random, profile, zone)
        self._attention = Attention(self._habits, self._random, profile, zone)
        self._agenda, self._minds = Agenda(), Minds()
        self._revisions: tuple[str, dict[str, int]] | None = None
        self._seen: set[tuple[str, str]] = set()
        self.played = Played()
        self.over_http: OverHttp | None = None
        self.beside: Beside = Alone()

    def run(self, progress: Callable[[int], None] | None = None) -> Played:
        """Play the days of the profile from where the clock stands."""
        begin = self._clock.now()
        self._remember_timers(begin + timedelta(days=self._days))
        with _rare_collections():
            for day in range(1, self._days + 1):
                self.beside.begin_day()
                for _ in range(timedelta(days=1) // STRETCH):
                    self._play_until(begin + STRETCH)
                    begin += STRETCH
                self.played.days += 1
                if progress is not None:
                    progress(day)
                if day % _COLLECT_EVERY_DAYS == 0:
                    gc.collect()
                    gc.freeze()
            self.beside.night()
        return self.played

    def _remember_timers(self, end: datetime) -> None:
        """What the clock has to do with subjects of before."""
        with self._database.transaction() as tx:
            values = {"now": end, "city": self._city, "limit": 10_000_000}
            rows = tx.execute(queries("xiuhua.flow", "tasks.sql")["due_timers"], values)
            for row in (one for one in rows if one.kind in KINDS):
                timer = {"at": int(row.at.timestamp()), "do": row.action, "track": row.track, "n": row.n}
                self._agenda.ring(row.kind, row.subject, timer)

    def _play_until(self, end: datetime) -> None:
        coming, last = self._arrivals.batches(end - STRETCH, end), int(end.timestamp())
        while coming or self._agenda.is_due(last) or self._beside_is_first(coming, last):
            with self._database.transaction(durable=False) as tx:
                tx.revisions = self._revisions or (self._city, revision.current(tx, self._city))
                view = self._loop.view(tx, self._city)
                work = self._loop.work(tx, self._city, view)
                work.seen |= self._seen  # nothing goes while the play is on
                self._minds.load(work, self._agenda.until(last))
                self.beside.enter(tx, last)
                later: Due | None = None
                # Reference data that this very transaction changes (an adjudicated duty) ends it: all see it then.
                while later is None and tx.revisions is not None:
                    first = self._agenda.next_at()
                    if self._beside_is_first(coming, last):
                        self._step_beside(work)
                    elif coming and (first is None or coming[0].at <= first):
                        self._arrive(work, view, coming.pop(0))
                    elif self._agenda.is_due(last):
                        later = self._next(work, view)
                    else:
                        break
                self.beside.leave()
                work.flush()
                self._revisions, self._seen = tx.revisions, work.seen
            if later is not None:
                self._by_http(view, later)
        self._clock.move_to(max(end, self._clock.now()))

    def _beside_is_first(self, coming: Sequence[Batch], last: int) -> bool:
        """Whether what is lived beside the cases comes before a moment, and before all of theirs."""
        at, first = self.beside.next_at(), self._agenda.next_at()
        moments = [last, *([] if first is None else [first]), *(one.at for one in coming[:1])]
        return at is not None and at < min(moments)

    def _step_beside(self, work: Work) -> None:
        at = self.beside.next_at()
        assert at is not None
        self._move_to(work, at)
        self.beside.step()

    def _move_to(self, work: Work, at: int) -> None:
        self._clock.move_to(max(self._clock.now(), datetime.fromtimestamp(at, UTC)))
        work.tx.now = self._clock.now()

    def _arrive(self, work: Work, view: CityView, batch: Batch) -> None:
        self._move_to(work, batch.at)
        mark = work.noted()
        made = self._arrivals.made(view, self._clock.now(), batch)
        receipts: list[Receipt] = self._loop.submit_in(work, view, [one.report for one in made], system(self._city))
        for one, receipt in zip(made, receipts, strict=True):
            if receipt.id is not None:
                self._minds.plans["report", receipt.id] = one.plan
            self.played.reports += receipt.status == "new"
            self.played.rejected += receipt.status == "rejected"
        self._plan_next(view, work.moved(mark))

    def _next(self, work: Work, view: CityView) -> Due | None:
        """Do what is first on the agenda; what is to be done over HTTP is given back."""
        due = self._agenda.pop()
        self._move_to(work, due.at)
        mark = work.noted()
        later: Due | None = None
        if due.timer is not None:
            self._ring(work, due, due.timer)
        else:
            later = self._turn(work, view, due)
        if work.noted() > mark:
            self._plan_next(view, work.moved(mark))
        return later

    def _ring(self, work: Work, due: Due, timer: Mapping[str, Any]) -> None:
        state = work.get(due.kind, due.id).state
        if timer not in state["timers"]:
            return
        attempt = Attempt(timer["do"], n=timer["n"], at=datetime.fromtimestamp(timer["at"], UTC))
        try:
            self._loop.act_in(work, due.kind, due.id, attempt, system(self._city))
        except XiuhuaError as error:
            self.played.refused[f"timer {timer['do']}: {error.code()} {error.detail}"] += 1

    def _turn(self, work: Work, view: CityView, due: Due) -> Due | None:
        state = work.get(due.kind, due.id).state
        if due.wait is not None and due.wait not in state["waits"]:
            return None
        attempt, aim = due.attempt, due.id
        if due.wait is not None:
            turn = self._as_turn(view, state, due.wait)
            attempt = decide(turn)
            aim = turn.aim or due.id
        if attempt is None or (actor := self._actor(view, state, due)) is None:
            return None
        sampled = actor.id != PUBLIC and aim == due.id and self.played.actions[attempt.action] % _HTTP_EVERY == 0
        if self.over_http is not None and sampled:
            self.played.actions[attempt.action] += 1
            due.attempt = attempt
            return due
        try:
            self._loop.act_in(work, due.kind, aim, attempt, actor)
        except XiuhuaError as error:
            self.played.refused[f"{attempt.action}: {error.code()} {error.detail}"] += 1
            self._try_plainly(state, due)
        else:
            self.played.actions[attempt.action] += 1
        return None

    def _by_http(self, view: CityView, due: Due) -> None:
        assert self.over_http is not None and due.attempt is not None
        [state] = self._read(due.kind, [due.id])
        actor = self._actor(view, state, due)
        assert actor is not None
        try:
            self.over_http.act(due.kind, due.id, due.attempt, actor)
            self.played.over_http += 1
        except XiuhuaError as error:
            self.played.refused[f"{due.attempt.action} over http: {error.code()} {error.detail}"] += 1
            self._try_plainly(state, due)
        self._revisions = None
        [state] = self._read(due.kind, [due.id])
        data = state["data"]
        case = data.get("case") if due.kind == "report" else None
        others = [*(data.get("parts") or ()), *filter(None, [case, data.get("parent"), data.get("merged_into")])]
        touched = [(due.kind, state), *(("case", one) for one in self._read("case", others))]
        touched += [("report", one) for one in self._read("report", data.get("reports") or ())]
        self._plan_next(view, touched)

    def _read(self, kind: str, ids: Any) -> list[State]:
        with self._database.reading() as tx:
            return [state for _, state in self._loop.docs(tx, self._city, kind, list(ids)).values()]

    def _try_plainly(self, state: State, due: Due) -> None:
        """Whose way is barred takes the ordinary one a little later."""
        plan = self._minds.plan_of(state)
        if due.wait is not None and plan.story != "plain":
            plan.story = "plain"
            self._agenda.ask(int(self._clock.now().timestamp()) + _AGAIN_S, due.kind, due.id, due.wait)

    def _as_turn(self, view: CityView, state: State, wait: Mapping[str, Any]) -> Turn:
        now, minds = int(self._clock.now().timestamp()), self._minds
        manner = self._attention.units.manner(view, state["data"].get("unit"))
        return Turn(state, wait, minds.plan_of(state), view, self._random, now, minds.near, self._habits, manner)

    def _actor(self, view: CityView, state: State, due: Due) -> Actor | None:
        wait = due.wait or {}
        wanted, named = wait.get("role", due.role), wait.get("person", due.person)
        if wanted == PUBLIC:
            return Actor(PUBLIC, self._city, PUBLIC, (Post(PUBLIC, self._city),), frozenset({"*"}), "simulation")
        unit = wait.get("unit")
        if due.wait is None and due.role == "unit_officer":
            unit = state["data"]["unit"]
        people = (named,) if named else posts.holders(view.directory, wanted, unit, state["data"]["scopes"])
        if not people:
            self.played.refused[f"nobody is {wanted} for {unit or 'that place'}"] += 1
            return None
        person = people[0] if len(people) == 1 else self._random.choice(people)
        return posts.actor(view, person)

    def _plan_next(self, view: CityView, touched: list[tuple[str, State]]) -> None:
        """Who will get to what has moved, what comes to somebody's mind, and what the clock will do."""
        now, agenda = int(self._clock.now().timestamp()), self._agenda
        for kind, state in touched:
            id_ = state["id"]
            self._minds.note(kind, state)
            plan = self._minds.plan_of(state)
            for wait in state["waits"]:
                if not agenda.is_asked(kind, id_, wait):
                    agenda.ask(self._attention.moment(view, wait, plan, state, now), kind, id_, wait)
            for timer in state["timers"]:
                agenda.ring(kind, id_, timer)
            for idea in unasked(self._as_turn(view, state, {"track": "main", "role": "", "n": None})):
                at = now + self._random.randrange(300, 1500)
                agenda.intend(at, kind, id_, idea.role, idea.attempt, idea.person)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """What is there already is not looked through again and again; garbage in rings is rare here."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
