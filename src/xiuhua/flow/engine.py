"""The procedure engine: decides what an action does, and tells whose turn it is. Pure.

`Engine.act` takes a state and an attempt and gives the events and the new state, or raises: `NotAllowed`
(no post for it), `NotNow` (not in this state), `Invalid` (fields), `ConditionUnmet` (a requirement, a brake).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from xiuhua.flow import authority, effects, fields
from xiuhua.flow.context import Context
from xiuhua.flow.model import (
    Allowed,
    Attempt,
    Decided,
    State,
    Surroundings,
    apply,
    described,
    instance,
    places,
)
from xiuhua.flow.moments import done_at
from xiuhua.packs.expressions import compiled
from xiuhua.packs.procedure import Action, Procedure, Requirement
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotNow
from xiuhua.platform.identity.model import Actor, system

_MOST_FOLLOWING = 20
_LONGEST_REASON = 2000
_OF_THE_SUBJECT = frozenset({"clock", "joined", "standing", "duty", "item"})
"""What expressions see of a subject, besides itself."""


@dataclass(slots=True)
class Step:
    """One action being worked out."""

    name: str
    action: Action
    state: State | None
    at: int
    context: Context
    item: dict[str, Any] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Birth:
    """What a new subject is given."""

    id: str
    number: str
    city: str
    data: Mapping[str, Any]


class Engine:
    """One version of one procedure."""

    def __init__(self, procedure: Procedure, name: str, pack: str) -> None:
        """`pack` is the digest of the pack version; it stays with every subject that begins under it."""
        self.procedure, self.name, self.pack = procedure, name, pack
        self._unfilled: dict[str, list[Requirement]] = {}
        self._empty: dict[str, Any] = {
            name: ([] if spec.many else None) for name, spec in procedure.data.items()
        } | dict(procedure.starts_with)  # fmt: skip

    def create(
        self, birth: Birth, attempt: Attempt, actor: Actor, now: datetime, world: Surroundings
    ) -> tuple[list[Decided], State]:
        """Bring a subject into being by one of the procedure's creating actions."""
        return self._create(birth, attempt, actor, now, world)[:2]

    def create_many(
        self, births: Sequence[Birth], attempt: Attempt, actor: Actor, now: datetime, world: Surroundings
    ) -> list[tuple[list[Decided], State]]:
        """The same for each; worked out once for all where it depends on nothing of what they hold."""
        if not births:
            return []
        first, *others = births
        decided, state, asked = self._create(first, attempt, actor, now, world)
        own = {self.procedure.subject, *_OF_THE_SUBJECT}
        # Apart from expressions, the data are looked at by fields and for the areas of posts.
        bound = any(
            post.area is not None and post.role == who.role and not (who.anywhere or who.unit or who.person)
            for who in self._action(attempt.action).by
            for post in actor.posts
        )
        depends = asked & own or attempt.fields or bound
        if depends or any(event.calls for event in decided):
            rest = [self._create(birth, attempt, actor, now, world)[:2] for birth in others]
        else:
            rest = [self._like(birth, decided) for birth in others]
        return [(decided, state), *rest]

    def _create(
        self, birth: Birth, attempt: Attempt, actor: Actor, now: datetime, world: Surroundings
    ) -> tuple[list[Decided], State, set[str]]:
        if not self._action(attempt.action).creates:
            raise NotNow(f"{attempt.action} needs something that exists")
        seed = self._seed(birth)
        moment = int((attempt.at or now).timestamp())
        return self._perform(apply(None, seed, moment), attempt, actor, now, world, seed)

    def _seed(self, birth: Birth) -> dict[str, Any]:
        return {
            "id": birth.id, "number": birth.number, "procedure": self.name, "pack": self.pack,
            "subject": self.procedure.subject, "set": {**self._empty, **birth.data},
        }  # fmt: skip

    def _like(self, birth: Birth, decided: Sequence[Decided]) -> tuple[list[Decided], State]:
        """What came of one, for another that differs in what it holds alone."""
        begun, *more = decided
        seed = self._seed(birth)
        held = seed["set"]
        held |= {name: begun.payload["set"][name] for name in self._action(begun.payload["action"]).effects.set}
        payload = {**begun.payload, "id": birth.id, "number": birth.number, "set": held}
        state = apply(None, payload, begun.at)
        for event in more:
            state = apply(state, event.payload, event.at, in_place=True)
        return [replace(begun, payload=payload), *more], state

    def act(
        self, state: State, attempt: Attempt, actor: Actor, now: datetime, world: Surroundings
    ) -> tuple[list[Decided], State]:
        """Do one action, with all that follows from it by itself."""
        return self._perform(state, attempt, actor, now, world, None)[:2]

    def allowed(self, state: State, actor: Actor, now: datetime, world: Surroundings) -> list[Allowed]:
        """What this person may do now, with what each needs; nothing is changed."""
        moment, open_now = int(now.timestamp()), []
        context = self._context(state, moment, world)
        for name, action in self.procedure.actions.items():
            if action.creates or (action.on == "main" and state["state"] not in action.from_):
                continue
            for n, item in self._where(state, action):
                step = Step(name, action, state, moment, context.but(item=item), item)
                if not self._open(step):
                    continue
                granted = authority.find(action, state, actor, step.context, world)
                if granted is None:
                    continue
                step.context = step.context.but(actor=granted.described)
                open_now.append(
                    Allowed(
                        name, action.title.model_dump(), n, granted.post.role,
                        fields.json_schema(action.fields, step.context), action.backward, tuple(self._unmet(step)),
                    )
                )  # fmt: skip
        return open_now

    def allowed_after(
        self, state: State, name: str, actor: Actor, now: datetime, world: Surroundings
    ) -> list[Allowed] | None:  # fmt: skip
        """What this person could do once an action has led into another state; None where it leads into none.

        Of what the action sets nothing is known before: what is told here is tried, and may be refused.
        """
        action = self._action(name)
        if action.on != "main" or action.to is None:
            return None
        return self.allowed({**state, "state": action.to, "since": int(now.timestamp())}, actor, now, world)

    def openings(self, birth: Birth, actor: Actor, now: datetime, world: Surroundings) -> list[Allowed]:
        """The actions by which this person may bring a subject into being, with what each needs."""
        moment, found = int(now.timestamp()), []
        state = apply(None, self._seed(birth), moment)
        context = self._context(state, moment, world)
        for name, action in self.procedure.actions.items():
            granted = authority.find(action, state, actor, context, world) if action.creates else None
            if granted is not None:
                schema = fields.json_schema(action.fields, context.but(actor=granted.described))
                title = action.title.model_dump()
                found.append(Allowed(name, title, None, granted.post.role, schema, reason_needed=False))
        return found

    def _unmet(self, step: Step) -> Iterator[dict[str, str]]:
        """What cannot be met by filling in the fields in another way."""
        if step.name not in self._unfilled:
            self._unfilled[step.name] = [
                one for one in step.action.requires if not {"fields", "found"} & {*compiled(one.that).variables()}
            ]
        for requirement in self._unfilled[step.name]:
            if not step.context.holds(requirement.that):
                # Those behind it may rely on it (`x != null`, then `x.y`).
                yield requirement.otherwise.model_dump()
                break
        opens = step.action.opens
        if opens is not None and opens.for_each is None:
            try:
                effects.demand_room(self.procedure, opens, step.state, step.context)
            except ConditionUnmet as error:
                yield error.params["texts"]

    def _perform(
        self,
        state: State,
        attempt: Attempt,
        actor: Actor,
        now: datetime,
        world: Surroundings,
        seed: dict[str, Any] | None,
    ) -> tuple[list[Decided], State, set[str]]:
        """Also the names that expressions asked for."""
        decided: list[Decided] = []
        asked: set[str] = set()
        queue: list[tuple[Attempt, Actor]] = [(attempt, actor)]
        while queue:
            if len(decided) > _MOST_FOLLOWING:
                raise ConditionUnmet(f"{attempt.action}: what follows by itself goes round in circles")
            one, who = queue.pop(0)
            step, event = self._one(state, one, who, now, world, seed)
            state = apply(None if seed else state, event.payload, step.at)
            seed = None
            decided.append(event)
            queue += [(follow, system(actor.city)) for follow in self._following(step, state, one.at, now, world)]
            asked |= step.context.asked
        return decided, state, asked

    def _one(
        self,
        state: State,
        attempt: Attempt,
        actor: Actor,
        now: datetime,
        world: Surroundings,
        seed: dict[str, Any] | None,
    ) -> tuple[Step, Decided]:
        action = self._action(attempt.action)
        if action.creates and seed is None:
            raise NotNow(f"{attempt.action} brings something into being, and this exists", action=attempt.action)
        item = self._item(state, action, attempt)
        step = Step(attempt.action, action, state, self._moment(state, item, attempt, now), Context({}), item)
        step.context = self._context(state, step.at, world).but(item=item)
        granted = authority.demand(action, state, actor, step.context, world)
        step.context = step.context.but(actor=granted.described)
        self._demand_open(step)
        self._read_fields(step, attempt, world)
        for requirement in action.requires:
            if not step.context.holds(requirement.that):
                raise ConditionUnmet(requirement.otherwise.en, texts=requirement.otherwise.model_dump())
        step.payload = {**(seed or {}), "action": attempt.action}
        if step.values:
            step.payload["fields"] = {
                name: value
                for name, value in step.values.items()
                if value not in (None, []) and not action.fields[name].personal
            }
        if attempt.reason:
            step.payload["reason"] = attempt.reason
        if attempt.witness:
            step.payload["witness"] = dict(attempt.witness)
        if granted.on_behalf_of:
            step.payload["on_behalf_of"] = granted.on_behalf_of
        calls = effects.work_out(self.procedure, step, world)
        return step, Decided(action.event, step.payload, actor.id, granted.post.role, step.at, calls)

    def _action(self, name: str) -> Action:
        action = self.procedure.actions.get(name)
        if action is None:
            raise Invalid(f"there is no action {name!r}", errors=[{"field": "action", "why": "unknown"}])
        return action

    def _moment(self, state: State, item: dict[str, Any] | None, attempt: Attempt, now: datetime) -> int:
        since = state["since"] if item is None else max(state["since"], item["since"])
        return done_at(now, attempt.at, since)

    def _context(self, state: State, at: int, world: Surroundings) -> Context:
        return effects.context_of(self.procedure, state, at, world)

    def _where(self, state: State, action: Action) -> list[tuple[int | None, dict[str, Any] | None]]:
        if action.on == "main":
            return [(None, None)]
        return [(one["n"], described(one)) for one in state["tracks"].get(action.on, ())]

    def _item(self, state: State, action: Action, attempt: Attempt) -> dict[str, Any] | None:
        if action.on == "main":
            return None
        if attempt.n is not None:
            one = instance(state, action.on, attempt.n)
        else:
            fitting = [one for one in state["tracks"].get(action.on, ()) if one["state"] in action.from_]
            one = fitting[0] if len(fitting) == 1 else None
            if len(fitting) > 1:
                raise Invalid(f"which {action.on}? give its number", errors=[{"field": "n", "why": "is needed"}])
        if one is None:
            raise NotNow(f"there is no {action.on} open for {attempt.action}")
        return described(one)

    def _open(self, step: Step) -> bool:
        try:
            self._demand_open(step)
        except NotNow:
            return False
        return True

    def _demand_open(self, step: Step) -> None:
        action, state = step.action, step.state
        if action.creates:
            return
        assert state is not None
        if step.item is not None and effects.is_over(self.procedure, state, action.on):
            raise NotNow(f"{step.name} is not open: all ended with {state['state']}", action=step.name)
        current = state["state"] if step.item is None else step.item["state"]
        if current not in action.from_:
            raise NotNow(
                f"{step.name} is not open: the state is {current} since {state['since']}",
                state=current, since=state["since"], action=step.name,
            )  # fmt: skip
        stands = places(state)
        if action.while_ and not stands & set(action.while_):
            raise NotNow(f"{step.name} is not open while {state['state']}", state=state["state"], action=step.name)
        if forbidden := stands & set(action.not_while):
            raise NotNow(f"{step.name} is not open while {sorted(forbidden)[0]}", action=step.name)

    def _read_fields(self, step: Step, attempt: Attempt, world: Surroundings) -> None:
        step.values, step.found, errors = fields.read(
            step.action.fields,
            attempt.fields,
            step.context,
            lambda kind, code: world.look_up(kind, code, step.state or {"data": {}}),
        )
        if step.action.backward and not (attempt.reason or "").strip():
            errors.append({"field": "reason", "why": "is needed: this goes back"})
        if attempt.reason and (unfit := fields.unfit(attempt.reason, _LONGEST_REASON)):
            errors.append(unfit.at("reason"))
        if errors:
            raise Invalid(f"{step.name}: {errors[0]['field']} {errors[0]['why']}", errors=errors)
        step.context = step.context.but(fields=step.values, found=step.found)

    def _following(
        self, step: Step, state: State, at: datetime | None, now: datetime, world: Surroundings
    ) -> list[Attempt]:
        follow: list[Attempt] = []
        context = effects.renewed(self.procedure, step, state, world) if step.action.then else step.context
        for then in step.action.then:
            if then.when is None or context.holds(then.when):
                same = step.item is not None and self._action(then.do).on == step.action.on
                given = {name: context.value(text) for name, text in then.fields.items()}
                follow.append(Attempt(then.do, given, n=step.item["n"] if step.item and same else None, at=at))
        return follow + [Attempt(do, at=at) for do in self._joins(step, state)]

    def _joins(self, step: Step, state: State) -> list[str]:
        """What goes on because the instances of a track have come together in this step, where it is open."""
        if not any(track.join is not None and track.join.do is not None for track in self.procedure.tracks.values()):
            return []
        before = effects.joined(self.procedure, step.state or state)
        joins = [
            (self.procedure.tracks[name].join, name)
            for name, now in effects.joined(self.procedure, state).items()
            if now
        ]
        return [
            one.do for one, name in joins
            if one is not None and one.do is not None and not before[name]
            and state["state"] in self._action(one.do).from_
        ]  # fmt: skip
