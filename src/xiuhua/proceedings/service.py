"""What can be done with proceedings; every way in (HTTP, other rooms, clock, schedule) ends here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import orjson

from xiuhua.flow import photos
from xiuhua.flow.beside import ring
from xiuhua.flow.engine import Birth, Engine
from xiuhua.flow.model import Allowed, Attempt, CallOut, Decided, State
from xiuhua.flow.surroundings import CityView, view_of
from xiuhua.flow.work import Following, Handler, Loaded, Work
from xiuhua.packs import service as packs
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries
from xiuhua.proceedings import model, seeing
from xiuhua.proceedings.kinds import Kinds
from xiuhua.proceedings.model import ACT
from xiuhua.proceedings.numbers import Drawn
from xiuhua.proceedings.ports import Beyond, Nowhere
from xiuhua.proceedings.surroundings import Surroundings

BEGUN: Final = "child_begun"
ENDED: Final = "child_ended"
"""Actions by which a procedure hears of its children, where it declares them."""


@dataclass(frozen=True, slots=True)
class Proceeding:
    """A proceeding as it stands."""

    version: int
    state: State
    procedure: Procedure
    """Of the version it began under."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a proceeding is about, or is a child of: the kind of its stream, and its id."""

    kind: str
    id: str

    def kept(self) -> dict[str, str]:
        """As it stands in the data."""
        return {"kind": self.kind, "id": self.id}


@dataclass(frozen=True, slots=True)
class Wish:
    """One proceeding to begin."""

    procedure: str
    fields: Mapping[str, Any]
    action: str | None = None
    """None: the first that brings it into being."""
    data: Mapping[str, Any] | None = None
    """What it holds besides, by whoever begins it: `scopes`, `unit`, `day` …"""
    about: Thing | None = None
    parent: Thing | None = None
    reason: str | None = None
    at: datetime | None = None


class Proceedings:
    """The proceedings of one process' cities."""

    def __init__(
        self, memory: Memory | None = None, beyond: Beyond | None = None,
        more: Mapping[str, Handler] = MappingProxyType({}), following: Following | None = None,
    ) -> None:  # fmt: skip
        """`memory` may be shared with other readers of the city's reference data. `more`: calls of other rooms;
        `following`: what one of them does of every event."""
        self._more, self._following = more, following
        self._memory, self._beyond = memory or Memory(), beyond or Nowhere()
        self._engines: dict[tuple[str, str], Engine] = {}

    # ---- what is declared

    def view(self, tx: Tx, city: str) -> CityView:
        """The city's reference data as this transaction sees it."""
        return view_of(tx, self._memory, city)

    def procedures(self, tx: Tx, city: str) -> dict[str, Procedure]:
        """The procedures in force that run here, by name."""
        return model.of_room(self.view(tx, city).procedures)

    def procedure_of(self, tx: Tx, city: str, state: State) -> Procedure:
        """The procedure of a proceeding, of the version that it began under."""
        return self._engine(tx, self.view(tx, city), state["procedure"], state["pack"]).procedure

    def work(self, tx: Tx, city: str, view: CityView | None = None) -> Work:
        """A unit of work in this transaction."""
        seen = view or self.view(tx, city)
        return Work(
            tx,
            city,
            kinds=Kinds(lambda state: self._engine(tx, seen, state["procedure"], state["pack"]).procedure),
            engine_of=lambda name, digest: self._engine(tx, seen, name, digest),
            surroundings_of=lambda name, work: Surroundings(seen, name, work, self._beyond),
            handlers={"begin_child": self._begin_child, **self._more},
            follow=self._following(tx, city) if self._following is not None else None,
        )

    def _engine(self, tx: Tx, view: CityView, name: str, digest: str | None) -> Engine:
        if digest is None:
            if name not in view.procedures or not model.owns(view.procedures[name][1].subject):
                raise NotFound(f"no pack with the procedure {name} is installed in {view.city}")
            digest = view.procedures[name][0]
        if (name, digest) not in self._engines:
            self._engines[name, digest] = Engine(packs.procedure(tx, digest, name), name, digest)
        return self._engines[name, digest]

    # ---- beginning

    def begin(
        self, tx: Tx, actor: Actor, procedure: str, fields: Mapping[str, Any], data: Mapping[str, Any] | None = None,
        *, action: str | None = None, about: Thing | None = None, parent: Thing | None = None,
        reason: str | None = None, at: datetime | None = None,
    ) -> Proceeding:  # fmt: skip
        """A new proceeding, under the version in force. Raises `NotFound`, `NotAllowed`, `Invalid`."""
        work = self.work(tx, actor.city)
        [made] = self.begin_in(work, actor, Wish(procedure, fields, action, data, about, parent, reason, at))
        work.flush()
        return self._told(work, made)

    def begin_in(self, work: Work, actor: Actor, *wishes: Wish) -> list[Loaded]:
        """The same for several within a unit of work of this room (`work`) that the caller flushes."""
        view, made = self.view(work.tx, work.city), []
        for wish in wishes:
            parent = self._parent(work, wish)
            engine = self._engine(work.tx, view, wish.procedure, None)
            numbers = Drawn(work.tx, work.city, wish.procedure, engine.procedure.number, view.zone)
            [number] = numbers.next(1)
            data = self._seed(work, view, actor, wish, parent, engine.procedure)
            attempt = Attempt(wish.action or model.beginning(engine.procedure), wish.fields, wish.reason, at=wish.at)
            birth = Birth(work.tx.new_id(), number, work.city, data)
            action = engine.procedure.actions.get(attempt.action)
            photos.demand(work, engine.procedure.subject, birth.id, action, attempt, _no_photo)
            one = work.create(engine.procedure.subject, wish.procedure, birth, attempt, actor)
            numbers.take(1)
            self._tell_parent(work, one, BEGUN)
            if model.is_final(engine.procedure, one.state):
                self._tell_parent(work, one, ENDED)
            made.append(one)
        return made

    def begin_alike(
        self, work: Work, actor: Actor, procedure: str, action: str, held: Sequence[Mapping[str, Any]]
    ) -> list[Loaded]:
        """Many of one procedure that differ in what they hold alone, written in batches: a round of a day."""
        view = self.view(work.tx, work.city)
        engine = self._engine(work.tx, view, procedure, None)
        numbers = Drawn(work.tx, work.city, procedure, engine.procedure.number, view.zone)
        births = [
            Birth(work.tx.new_id(), number, work.city, {"begun_by": actor.id, "about": None, "parent": None, **data})
            for number, data in zip(numbers.next(len(held)), held, strict=True)
        ]
        made = work.create_many(engine.procedure.subject, procedure, births, Attempt(action), actor)
        numbers.take(len(made))
        return made

    def _parent(self, work: Work, wish: Wish) -> Loaded | None:
        """What it becomes a child of, locked before anything else. Raises `Invalid`."""
        if wish.parent is None:
            return None
        found = work.find(wish.parent.kind, wish.parent.id) if model.owns(wish.parent.kind) else None
        if found is None:
            raise Invalid(errors=[{"field": "parent", "why": f"there is no {wish.parent.kind} {wish.parent.id}"}])
        if model.is_final(work.engine(found.state).procedure, found.state):
            raise NotNow("what it would be a child of has ended", state=found.state["state"])
        return found

    def _seed(
        self, work: Work, view: CityView, actor: Actor, wish: Wish, parent: Loaded | None, procedure: Procedure
    ) -> dict[str, Any]:
        data = dict(wish.data or {})
        if "scopes" not in data:
            things = self._things(work, wish, procedure)
            data["scopes"] = seeing.scopes_of(view, actor, wish.fields, parent.state if parent else None, things)
        return {
            **data, "begun_by": actor.id, "about": wish.about.kept() if wish.about else None,
            "parent": wish.parent.kept() if wish.parent else None,
        }  # fmt: skip

    def _things(self, work: Work, wish: Wish, procedure: Procedure) -> Iterator[Mapping[str, Any]]:
        """What it is about, and the records that its form names, as far as they are there."""
        if wish.about is not None:
            yield self.look_at(work.tx, work.city, wish.about.kind, wish.about.id) or {}
        action = procedure.actions.get(wish.action or model.beginning(procedure))
        for name, spec in action.fields.items() if action is not None else ():
            if spec.type == "ref" and isinstance(wish.fields.get(name), str):
                yield self._beyond.record_by_key(work.tx, work.city, str(spec.to), wish.fields[name]) or {}

    def _begin_child(self, work: Work, one: Loaded, call: CallOut, actor: Actor) -> None:
        """The call of a pack: a proceeding begins as a child of the one that asks for it, by the system."""
        given, procedure = dict(call.args), str(call.args.get("procedure"))
        fields = given.get("fields") or {}
        wish = Wish(
            procedure, fields, given.get("action"), parent=Thing(one.kind, one.state["id"]),
            data={"scopes": list(one.state["data"].get("scopes") or ())},
        )  # fmt: skip
        self.begin_in(work, system(work.city), wish)

    # ---- acting

    def act(
        self, tx: Tx, actor: Actor, id_: str, attempt: Attempt, expect: int | None = None
    ) -> tuple[Proceeding, list[Decided]]:
        """One action, with all that follows from it. Raises `Conflict` when it has moved on since `expect`."""
        if not actor.may(ACT):
            raise NotAllowed(permission=ACT)
        work, subject = self.work(tx, actor.city), self._subject_of(tx, actor.city, id_)
        one, decided = self.act_in(work, subject, id_, attempt, actor, expect)
        work.flush()
        return self._told(work, one), decided

    def act_in(
        self, work: Work, subject: str, id_: str, attempt: Attempt, actor: Actor, expect: int | None = None
    ) -> tuple[Loaded, list[Decided]]:
        """The same within a unit of work of this room that the caller flushes."""
        here = work.get(subject, id_)
        if not self._sees(work, actor, here.state):
            raise NotFound(f"there is no proceeding {id_}")
        procedure = work.engine(here.state).procedure
        was_final = model.is_final(procedure, here.state)
        photos.demand(work, subject, id_, procedure.actions.get(attempt.action), attempt, _no_photo)
        try:
            one, decided = work.act(subject, id_, attempt, actor, expect)
        except (Conflict, NotNow) as error:
            self._tell_current(here, procedure, error)
            raise
        if was_final != model.is_final(procedure, one.state):
            self._tell_parent(work, one, BEGUN if was_final else ENDED)
        return one, decided

    def act_on_many(
        self, tx: Tx, actor: Actor, ids: Sequence[str], attempt: Attempt
    ) -> list[tuple[Proceeding, list[Decided]] | XiuhuaError]:
        """The same action on each, each on its own: what became of it, or why not, in the order of `ids`.

        They and all that they are children of are locked first, the youngest first as everywhere in this room.
        """
        asked = {"city": actor.city, "ids": list(dict.fromkeys(ids))}
        lines = [row.id for row in tx.execute(_sql()["lines_with_ancestors"], asked)]
        tx.execute(_sql()["lock"], {"city": actor.city, "ids": lines})
        found: list[tuple[Proceeding, list[Decided]] | XiuhuaError] = []
        for id_ in ids:
            try:
                with tx.connection.transaction():
                    found.append(self.act(tx, actor, id_, attempt))
            except XiuhuaError as error:
                found.append(error)
        return found

    def _tell_current(self, here: Loaded, procedure: Procedure, error: XiuhuaError) -> None:
        """Where it stands, for whoever was late."""
        state = here.state
        title = procedure.tracks["main"].states[state["state"]].title.model_dump()
        stands = {"state": state["state"], "since": state["since"], "title": title}
        error.params["current"] = {"version": here.head.version, **stands}

    def _tell_parent(self, work: Work, one: Loaded, action: str) -> None:
        """Its parent hears that it began, or ended, where the parent's procedure has an action for it now."""
        told = one.state["data"].get("parent")
        parent = work.find(told["kind"], told["id"]) if told else None
        if parent is None:
            return
        procedure = work.engine(parent.state).procedure
        declared = procedure.actions.get(action)
        if declared is None or parent.state["state"] not in declared.from_:
            return
        known = {
            "child": one.state["id"], "outcome": model.outcome(work.engine(one.state).procedure, one.state),
            "procedure": one.state["procedure"], "open": self._open_children(work, parent.state["id"]),
        }  # fmt: skip
        given = {name: value for name, value in known.items() if name in declared.fields}
        self.act_in(work, parent.kind, parent.state["id"], Attempt(action, given), system(work.city))

    def _open_children(self, work: Work, parent: str) -> int:
        at_hand = [one for one in work.at_hand() if (one.state["data"].get("parent") or {}).get("id") == parent]
        asked = {"city": work.city, "parent": parent, "but": [one.state["id"] for one in at_hand]}
        row = work.tx.execute(_sql()["open_children"], asked).fetchone()
        mine = sum(not model.is_final(work.engine(one.state).procedure, one.state) for one in at_hand)
        return mine + (int(row.n) if row is not None else 0)

    # ---- reading

    def get(self, tx: Tx, actor: Actor, id_: str) -> Proceeding:
        """A proceeding that a person may see. Raises `NotFound` (what is not yours to see is not told of)."""
        row = tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound
        state, view = orjson.loads(row.doc), self.view(tx, actor.city)
        if not seeing.sees(view, actor, state):
            raise NotFound
        return Proceeding(row.version, state, self._engine(tx, view, state["procedure"], state["pack"]).procedure)

    def allowed(self, tx: Tx, actor: Actor, state: State) -> list[Allowed]:
        """The actions that this person may take on it now."""
        if not actor.may(ACT):
            return []
        work = self.work(tx, actor.city)
        return work.engine(state).allowed(state, actor, tx.now, work.surroundings(state["procedure"]))

    def allowed_after(
        self, tx: Tx, actor: Actor, state: State, actions: Sequence[Allowed]
    ) -> dict[str, list[Allowed]]:  # fmt: skip
        """What this person could do after each action that leads into another state, for who has no network."""
        work = self.work(tx, actor.city)
        engine, world = work.engine(state), work.surroundings(state["procedure"])
        found = {one.action: engine.allowed_after(state, one.action, actor, tx.now, world) for one in actions}
        return {name: after for name, after in found.items() if after is not None}

    def beginnings(self, tx: Tx, actor: Actor, view: CityView) -> dict[str, list[Allowed]]:
        """By procedure in force the actions by which this person may begin one, with what each needs."""
        if not actor.may(ACT):
            return {}
        work, found = self.work(tx, actor.city, view), {}
        data = {"scopes": seeing.everywhere(view, actor), "begun_by": actor.id, "about": None, "parent": None}
        for name, procedure in model.of_room(view.procedures).items():
            engine, world = self._engine(tx, view, name, None), work.surroundings(name)
            if model.beginnings(procedure):
                found[name] = engine.openings(Birth("", "", actor.city, data), actor, tx.now, world)
        return found

    def docs(self, tx: Tx, city: str, kind: str, ids: Sequence[str]) -> dict[str, tuple[int, State]]:
        """Version and state of subjects by id, without locks; unknown ids are missing."""
        rows = tx.execute(_sql()["docs"], {"city": city, "ids": list(ids)})
        return {row.id: (row.version, orjson.loads(row.doc)) for row in rows if row.subject == kind}

    def owns(self, kind: str) -> bool:
        """Whether subjects of a kind are proceedings."""
        return model.owns(kind)

    def thing(self, tx: Tx, actor: Actor, kind: str, id_: str) -> Thing:
        """What a proceeding is said to be about. Raises `Invalid` when there is no such thing."""
        if self.look_at(tx, actor.city, kind, id_) is None:
            raise Invalid(errors=[{"field": "about", "why": f"there is no {kind} {id_}"}])
        return Thing(kind, id_)

    def all_about(self, tx: Tx, city: str, things: Sequence[Thing]) -> tuple[Thing, ...]:
        """Some things, and what other rooms keep of them that proceedings may be about: inspections of a record."""
        found = dict.fromkeys(things)
        for one in things:
            found |= dict.fromkeys(Thing(*each) for each in self._beyond.beneath(tx, city, one.kind, one.id))
        return tuple(found)

    def look_at(self, tx: Tx, city: str, kind: str, id_: str) -> Mapping[str, Any] | None:
        """What something is called that a proceeding may be about (`called`), where it lies (`scopes`), and the `unit`
        that answers for it; None where there is no such thing."""
        if kind == "record":
            return self._beyond.record(tx, city, id_)
        if not model.owns(kind):
            return self._beyond.subject(tx, city, kind, id_)
        found = self.docs(tx, city, kind, [id_]).get(id_)
        if found is None:
            return None
        data = found[1]["data"]
        return {"called": model.called(found[1]), "unit": data.get("unit"), "scopes": data.get("scopes") or []}

    # ---- by the clock

    def ring(self, tx: Tx, city: str, rows: Sequence[Any]) -> int:
        """Do what due timers say; returns how much was done."""

        def do(some: Sequence[Any]) -> None:
            work = self.work(tx, city)
            asked = {"city": city, "ids": sorted({row.subject for row in some})}
            lines = tx.execute(_sql()["lines_with_ancestors"], asked).fetchall()
            tx.execute(_sql()["lock"], {"city": city, "ids": [row.id for row in lines]})
            for subject in {row.subject for row in lines}:
                work.load(subject, [row.id for row in lines if row.subject == subject])
            for row in some:
                attempt = Attempt(row.action, n=row.n, at=row.at)
                self.act_in(work, row.kind, row.subject, attempt, system(city))
            work.flush()

        return ring(tx, rows, do)

    # ---- how

    def _subject_of(self, tx: Tx, city: str, id_: str) -> str:
        row = tx.execute(_sql()["docs"], {"city": city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound(f"there is no proceeding {id_}")
        return str(row.subject)

    def _sees(self, work: Work, actor: Actor, state: State) -> bool:
        return actor.id == "system" or seeing.sees(self.view(work.tx, work.city), actor, state)

    def _told(self, work: Work, one: Loaded) -> Proceeding:
        return Proceeding(one.head.version, one.state, work.engine(one.state).procedure)


def _no_photo(id_: str) -> str:
    return f"there is no photo {id_[:64]!r}"


def _sql() -> dict[str, str]:
    return queries("xiuhua.proceedings")
