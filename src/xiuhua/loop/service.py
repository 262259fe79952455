"""What can be done with reports and cases; every way in (HTTP, files, clock, simulation) ends here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import orjson

from xiuhua.city.duties import service as duties
from xiuhua.city.duties.model import DutyRow
from xiuhua.flow import tasks
from xiuhua.flow.beside import Beside, ring
from xiuhua.flow.engine import Engine
from xiuhua.flow.model import Allowed, Attempt, Decided, State
from xiuhua.flow.sight import stands_in_for
from xiuhua.flow.surroundings import view_of
from xiuhua.flow.work import Following, Handler, Loaded, Work
from xiuhua.loop import calls, intake, photos, placing, scope
from xiuhua.loop.kinds import KINDS
from xiuhua.loop.model import Receipt, ReportIn
from xiuhua.loop.numbers import Numbers, Take, take_in
from xiuhua.loop.surroundings import CityView, Surroundings
from xiuhua.packs import service as packs
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotFound, NotNow, XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry of an inbox."""

    task: Any
    state: State
    version: int
    actions: tuple[Allowed, ...]


class Loop:
    """The loop of one process: what it remembers between transactions, and all it can do in one."""

    def __init__(
        self, take: Take, number_block: int = 1, memory: Memory | None = None, beside: Beside | None = None,
        more: Mapping[str, Handler] = MappingProxyType({}), following: Following | None = None,
    ) -> None:  # fmt: skip
        """`take` hands out blocks of case numbers, committed apart from the transaction at hand.

        `memory` may be shared with other readers of the city's reference data; `beside` has the subjects that stand
        in the same inboxes and are none of the loop's. `more`: calls that other rooms answer; `following`: what one
        of them does of every event.
        """
        self._beside, self._more, self._following = beside, more, following
        self._memory = memory or Memory()
        self._numbers = Numbers(take, block=number_block)
        self._engines: dict[tuple[str, str], Engine] = {}

    def view(self, tx: Tx, city: str) -> CityView:
        """The city's reference data as this transaction sees it."""
        return view_of(tx, self._memory, city)

    def work(self, tx: Tx, city: str, view: CityView | None = None) -> Work:
        """A unit of work in this transaction."""
        seen = view or self.view(tx, city)
        return Work(
            tx,
            city,
            kinds=KINDS,
            engine_of=lambda name, digest: self._engine(tx, seen, name, digest),
            surroundings_of=lambda name, work: Surroundings(seen, name, work),
            handlers={
                **calls.handlers(
                    lambda work: self._numbers.next(work.city, work.tx.now, seen.zone),
                    lambda actor, **ruling: duties.add_duty(tx, actor, adjudicated(seen, **ruling)),
                ),
                **self._more,
            },
            follow=self._following(tx, city) if self._following is not None else None,
        )

    def _engine(self, tx: Tx, view: CityView, name: str, digest: str | None) -> Engine:
        if digest is None:
            if name not in view.procedures:
                raise NotFound(f"no pack with the procedure {name} is installed in {view.city}")
            digest = view.procedures[name][0]
        if (name, digest) not in self._engines:
            self._engines[name, digest] = Engine(packs.procedure(tx, digest, name), name, digest)
        return self._engines[name, digest]

    def submit(self, tx: Tx, city: str, reports: Sequence[ReportIn], actor: Actor) -> list[Receipt]:
        """Take in reports; see `intake.submit`."""
        view = self.view(tx, city)
        work = self.work(tx, city, view)
        receipts = self.submit_in(work, view, reports, actor)
        work.flush()
        return receipts

    def submit_in(self, work: Work, view: CityView, reports: Sequence[ReportIn], actor: Actor) -> list[Receipt]:
        """The same within a unit of work that the caller flushes."""
        return intake.submit(work, view, reports, [actor] * len(reports))

    def act(
        self, tx: Tx, kind: str, id_: str, attempt: Attempt, actor: Actor, expect: int | None = None
    ) -> tuple[Loaded, list[Decided]]:
        """One action of a person on a report or a case, with all that follows from it."""
        work = self.work(tx, actor.city)
        done = self.act_in(work, kind, id_, attempt, actor, expect)
        work.flush()
        return done

    def act_in(
        self, work: Work, kind: str, id_: str, attempt: Attempt, actor: Actor, expect: int | None = None
    ) -> tuple[Loaded, list[Decided]]:
        """The same within a unit of work that the caller flushes."""
        self._lock(work, kind, id_, attempt)
        if isinstance(attempt.fields.get("place"), dict):
            attempt = self._placed(work, kind, id_, attempt)
        photos.demand(work, kind, id_, attempt)
        try:
            return work.act(kind, id_, attempt, actor, expect)
        except (Conflict, NotNow) as error:
            self._tell_current(work, kind, id_, actor, error)
            raise

    def _tell_current(self, work: Work, kind: str, id_: str, actor: Actor, error: XiuhuaError) -> None:
        """Where the subject stands, for whoever was late: a phone that had no network shows it at once."""
        here = work.get(kind, id_)
        view, permission = self.view(work.tx, work.city), f"{kind}.read"
        if actor.may(permission) and scope.sees(scope.sight(view, actor, permission), actor, here.state):
            title = self.title_of(work.tx, work.city, here.state)
            stands = {"state": here.state["state"], "since": here.state["since"], "title": title}
            error.params["current"] = {"version": here.head.version, **stands}

    def _placed(self, work: Work, kind: str, id_: str, attempt: Attempt) -> Attempt:
        """The areas of a point follow from the map, whatever a client says they are. Raises `Invalid`."""
        state = work.get(kind, id_).state
        action = work.engine(state).procedure.actions.get(attempt.action)
        if action is None or not {"place", "scopes"} <= action.fields.keys():
            return attempt
        found = placing.by_officer(self.view(work.tx, work.city), attempt.fields["place"])
        areas = {"place": found.place, "scopes": list(found.scopes), "unit_grid": found.unit_grid}
        return replace(attempt, fields={**attempt.fields, **areas})

    def _lock(self, work: Work, kind: str, id_: str, attempt: Attempt) -> None:
        self.lock_many(work, [(kind, id_, attempt)])

    def lock_many(self, work: Work, deeds: Sequence[tuple[str, str, Attempt]]) -> None:
        """Read and lock all that these (kind, id, attempt) need: cases before reports, each by id.

        So no two transactions wait for each other, but where a case came to have a parent in between.
        """
        cases = {
            attempt.fields[name]
            for _, _, attempt in deeds
            for name in ("case", "into")
            if isinstance(attempt.fields.get(name), str)
        }
        cases |= {id_ for kind, id_, _ in deeds if kind == "case"}
        reports = [id_ for kind, id_, _ in deeds if kind == "report"]
        unread = [id_ for id_ in reports if work.loaded("report", id_) is None]
        states = [state for _, state in self.docs(work.tx, work.city, "report", unread).values()] if unread else []
        states += [here.state for id_ in reports if (here := work.loaded("report", id_)) is not None]
        cases |= {linked for state in states if (linked := state["data"].get("case"))}
        work.load("case", cases)
        parents = {
            found.state["data"]["parent"]
            for case in cases
            if (found := work.find("case", case)) is not None and found.state["data"].get("parent")
        }
        work.load("case", parents)
        work.load("report", reports)

    def knows(self, kind: str) -> bool:
        """Whether `docs` has subjects of a kind: of the loop, or of the room beside it."""
        return kind in KINDS or (self._beside is not None and self._beside.owns(kind))

    def docs(self, tx: Tx, city: str, kind: str, ids: Sequence[str]) -> dict[str, tuple[int, State]]:
        """Version and state of subjects by id, without locks; unknown ids are missing."""
        if kind not in KINDS:
            return self._beside.docs(tx, city, kind, ids) if self._beside is not None and ids else {}
        rows = tx.execute(queries("xiuhua.loop")[f"{kind}_docs"], {"city": city, "ids": list(ids)})
        return {row.id: (row.version, orjson.loads(row.doc)) for row in rows}

    def allowed(self, tx: Tx, kind: str, id_: str, actor: Actor) -> tuple[int, State, list[Allowed]]:
        """A subject with the actions this person may take now."""
        found = self.docs(tx, actor.city, kind, [id_])
        if id_ not in found:
            raise NotFound(f"there is no {kind} {id_}")
        version, state = found[id_]
        return version, state, self._allowed(self.work(tx, actor.city), state, actor)

    def _allowed(self, work: Work, state: State, actor: Actor) -> list[Allowed]:
        world = work.surroundings(state["procedure"])
        return work.engine(state).allowed(state, actor, work.tx.now, world)

    def title_of(self, tx: Tx, city: str, state: State) -> dict[str, str]:
        """The title of a subject's state, in both languages."""
        engine = self._engine(tx, self.view(tx, city), state["procedure"], state["pack"])
        return engine.procedure.tracks["main"].states[state["state"]].title.model_dump()

    def duties_of(self, tx: Tx, city: str, state: State) -> dict[str, Any]:
        """Who answers for a case now, for each duty kind, with the reason."""
        world = self.work(tx, city).surroundings(state["procedure"])
        return world.duties(state, int(tx.now.timestamp()))

    def inbox(
        self, tx: Tx, actor: Actor, kind: str | None = None, limit: int = 50, offset: int = 0,
        places: Sequence[str] | None = None,
    ) -> list[Waiting]:  # fmt: skip
        """What waits for this person, most urgent first, with what they may do; at some places only, if told."""
        view = self.view(tx, actor.city)
        rows = tasks.inbox(tx, actor, stands_in_for(view, actor), kind, limit, offset, places)
        work = self.work(tx, actor.city, view)
        states: dict[tuple[str, str], tuple[int, State]] = {}
        for one in {row.kind for row in rows}:
            ids = [row.subject for row in rows if row.kind == one]
            states |= {(one, id_): found for id_, found in self.docs(tx, actor.city, one, ids).items()}
        return [
            Waiting(row, state, version, tuple(self._allowed(work, state, actor)))
            for row in rows
            if (row.kind, row.subject) in states
            for version, state in (states[row.kind, row.subject],)
        ]

    def run_timers(self, tx: Tx, city: str | None = None, limit: int = 200) -> int:
        """Do what the clock has to do now; returns how much was done."""
        rows = tx.execute(
            queries("xiuhua.flow", "tasks.sql")["due_timers"], {"now": tx.now, "city": city, "limit": limit}
        ).fetchall()
        return sum(self._ring(tx, one, [row for row in rows if row.city == one]) for one in {row.city for row in rows})

    def _ring(self, tx: Tx, city: str, rows: Sequence[Any]) -> int:
        """Timers of one city, all together, each by the room whose subject it is."""
        mine = [row for row in rows if row.kind in KINDS]
        others = [row for row in rows if row.kind not in KINDS]

        def do(some: Sequence[Any]) -> None:
            work = self.work(tx, city)
            self._act_by_clock(work, some)
            work.flush()

        done = ring(tx, mine, do)
        if others and self._beside is not None:
            done += self._beside.ring(tx, city, others)
        return done

    def _act_by_clock(self, work: Work, rows: Sequence[Any]) -> None:
        for kind in KINDS:
            work.load(kind, [row.subject for row in rows if row.kind == kind])
        for row in rows:
            self.act_in(work, row.kind, row.subject, Attempt(row.action, n=row.n, at=row.at), system(work.city))

    def run_timers_in(self, work: Work) -> None:
        """The same for one city within a unit of work that the caller flushes; moved subjects are left out."""
        due = queries("xiuhua.flow", "tasks.sql")["due_timers"]
        rows = work.tx.execute(due, {"now": work.tx.now, "city": work.city, "limit": 1000}).fetchall()
        mine = [row for row in rows if row.kind in KINDS]
        for kind in KINDS:
            work.load(kind, [row.subject for row in mine if row.kind == kind])
        self._act_by_clock(work, [row for row in mine if not work.get(row.kind, row.subject).dirty])
        others = [row for row in rows if row.kind not in KINDS]
        if others and self._beside is not None:
            self._beside.ring(work.tx, work.city, others)


def adjudicated(
    view: CityView, *, unit: str, category: str, scopes: Sequence[str], until: date | None, number: str
) -> DutyRow:
    """The dated duty row that an adjudication makes: this category, in the smallest area of the case."""
    place = scopes[0]
    kind = view.areas.area(place).kind
    return DutyRow("handle", category, kind, place, unit, view.day, source_case=number, valid_to=until)


def numbers_of(transaction: Callable[[], Any]) -> Take:
    """Case numbers from a database: each block in a transaction of its own, on the disk before it is used.

    Else a crash of the database alone would give a block again that this process still holds.
    """

    def take(city: str, counter: str, count: int) -> int:
        with transaction() as tx:
            return take_in(tx, city, counter, count)

    return take
