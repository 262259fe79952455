"""Plays the scenarios of a rule: what is told is seen by the very functions that the worker calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import ZONE
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.kinds import ROOM_EVENTS
from xiuhua.packs.scenario import Given, Step
from xiuhua.plans.model import Declared
from xiuhua.plans.periods import Every
from xiuhua.platform.errors import Invalid
from xiuhua.platform.eventlog import Event
from xiuhua.platform.identity.model import Actor
from xiuhua.rules import deciding, model, watching
from xiuhua.rules.model import Known, Memory, Occurrence
from xiuhua.rules.raising import proposed, task_fields


class RuleStage:
    """A rule and what it is told; nobody settles what it raises.

    Fields of `tell`: of an event what it sets, with `subject` (a name for the thing it happens to, `1` unless told);
    of a figure `value`, `by`, `previous`, `rank`, `ranked`, `day`; of a date the fields of the record and its `state`,
    `day` for the date itself; of a plan `expected`, `done`, `per`, `day`. Expressions see `raised` (each `task`,
    `fields`, `alarm`, `to`, `about`, `change`, `state`, `notice`) and `now`.
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        rule, digest = library("rules")[name]
        self._known = Known(name, rule, model.parsed(rule.on), digest)
        if self._known.on.form in ("position", "reading"):
            raise Invalid(f"nothing plays a rule on a {self._known.on.form} yet")
        self.now, self._data = at, dict(given.data)
        self.events: list[str] = []
        self.calls: list[str] = []
        self._subject = _subject_of(self._known, library)
        self._every = _every_of(self._known, library)
        self._first = _first_state(self._known, library)
        self._memories: dict[str, Memory] = {}
        self._raised: dict[str, dict[str, Any]] = {}
        self._subjects: dict[str, State] = {}

    @property
    def state(self) -> str | None:
        """A rule has none."""
        return None

    def wait(self, until: datetime) -> None:
        """Dates are looked at each day."""
        while self.now < until:
            midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            self.now = min(midnight, until)
            if self.now == midnight:
                self._look_at_dates()

    def do(self, step: Step, actor: Actor) -> None:
        """Something happens, is figured or is due."""
        said, on = dict(step.fields), self._known.on
        day = date.fromisoformat(str(said.pop("day"))) if "day" in said else None
        match on.form:
            case "event":
                self._see(self._happened(said, actor))
            case "date":
                if day is not None:
                    said[str(on.part)] = day.isoformat()
                self._put(str(said.get("key") or said.get("subject") or "1"), said)
                self._look_at_dates()
            case _:
                by = said.pop("by", None) or said.pop("per", None) or {}
                told = {**said, "by": by, **self._span(day or self.now.date())}
                self._see(watching.due(self._known, told, self._at, ZONE))

    def scope(self) -> dict[str, Any]:
        """What `that` sees."""
        return {"raised": list(self._raised.values()), "now": self._at}

    def _span(self, day: date) -> dict[str, str]:
        """The period that a day lies in: of a figure as the rule says, of a plan as it comes round."""
        if self._every is None:
            return {"period": model.begin_of(self._known.on.part or "day", day).isoformat()}
        period = self._every.at(day)
        return {"period": period.first.isoformat(), "until": period.last.isoformat()}

    @property
    def _at(self) -> int:
        return int(self.now.timestamp())

    def _happened(self, said: dict[str, Any], actor: Actor) -> Occurrence:
        name = str(said.pop("subject", "1"))
        state = self._put(name, said)
        payload = {"set": said, "type": self._known.on.name, "actor": actor.id, "role": actor.posts[0].role}
        event = Event(
            "", f"{self._subject}/{name}", 1, self._known.on.name, 1, payload, actor.id, "", self.now, self.now
        )
        return watching.happened(state, {**said, **payload}, event)

    def _put(self, name: str, said: dict[str, Any]) -> State:
        before = self._subjects.get(name)
        birth = {
            "id": name, "number": name, "procedure": self._known.on.part or "", "pack": "", "subject": self._subject,
            "set": {**self._data, **said},
        }  # fmt: skip
        self._subjects[name] = apply(before, birth if before is None else {"set": said}, self._at)
        return self._subjects[name]

    def _look_at_dates(self) -> None:
        if self._known.on.form == "date":
            for name, state in list(self._subjects.items()):
                now = {**state, "state": state["data"].get("state") or self._first}
                one = watching.dated(self._known, name, name, now, self.now.astimezone(ZONE))
                if one is not None:
                    self._see(one)

    def _see(self, one: Occurrence) -> None:
        key = model.key_of(self._known, one)
        seen = model.step(self._known, self._memories.get(key, Memory()), one, model.holds(self._known, one) is True)
        self._memories[key] = seen.memory
        if not seen.raises or key in self._raised:
            return
        raises = self._known.rule.raises
        try:
            change, to = proposed(self._known, one.scope)
            fields = task_fields(self._known, one.scope)
        except ExpressionError as error:
            raise Invalid(f"what it raises cannot be told: {error}") from None
        self.events.append(deciding.RAISED)
        self._raised[key] = {
            "task": raises.task, "fields": fields, "alarm": raises.alarm, "to": raises.to, "about": key,
            "change": change, "state": to, "notice": raises.notice is not None,
        }  # fmt: skip


def _subject_of(known: Known, library: Callable[[str], Library]) -> str:
    """What the rule's expressions call the thing."""
    if known.on.form != "event":
        return known.on.name
    if known.on.name in ROOM_EVENTS:
        return ROOM_EVENTS[known.on.name][1]
    for name, (procedure, _) in library("procedures").items():
        events = {action.event for action in procedure.actions.values()}
        if known.on.name in events and known.on.part in (None, name):
            return str(procedure.subject)
    raise Invalid(f"no procedure tells {known.on.name}")


def _every_of(known: Known, library: Callable[[str], Library]) -> Every | None:
    """How often the plan comes round that a rule is on."""
    if known.on.form != "plan":
        return None
    plan, digest = library("plans")[known.on.name]
    return Declared(known.on.name, digest, plan).every


def _first_state(known: Known, library: Callable[[str], Library]) -> str:
    """Of a record that says none."""
    if known.on.form != "date":
        return ""
    register, _ = library("registers")[known.on.name]
    return next(iter(register.states), "live")
