"""Plays the scenarios of a register: records in memory, decided on as the service does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.wording import wrong
from xiuhua.records import deciding, model, refs, shapes, totals
from xiuhua.records.deciding import Told
from xiuhua.records.model import Declared
from xiuhua.records.reading import computed

_SAID: Final = ("why", "to", "into", "n")
"""What a step says besides fields of the record: as `fields.why` …"""


class RegisterStage:
    """The records of a register; `item` of a step is the number of a record, the newest unless told.

    Fields of the steps: `add`, `change`: the record's; `move`: `to`; `ask`: the record's with `to`, `why`; `approve`,
    `refuse`, `withdraw`: `n`, `why`; `merge`: `into`, the number of another record. Who may do it is not asked.
    A record `expired` that is referred to is over. Expressions see `record` (the newest), `records` (all, in order),
    `now`, `expires` (text or null), `told` (of that day: `warned`, `expired` or null), `totals` (as `given.data` says),
    `figures` and `unmet` (names of demands).
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        register, digest = library("registers")[name]
        self._declared = Declared(name, digest, register)
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        self._records: list[State] = []
        self._totals = {one: str(given.data.get(one, "0")) for one in register.totals}

    @property
    def state(self) -> str | None:
        """Of the newest record."""
        return self._records[-1]["state"] if self._records else None

    def wait(self, until: datetime) -> None:
        """Each day the clock looks after what expires."""
        self._watch()
        while self.now.date() < until.date():
            self.now = min(until, datetime.combine(self.now.date() + timedelta(days=1), time(), self.now.tzinfo))
            self._watch()
        self.now = until

    def _watch(self) -> None:
        for number, state in enumerate(self._records, start=1):
            if (told := deciding.expiring(self._declared.register, state, self.now.date())) is not None:
                self._keep(number, told)

    def do(self, step: Step, actor: Actor) -> None:
        """One of the verbs."""
        if step.do == "add":
            self._keep(None, deciding.added(self._declared, str(len(self._records) + 1), self._read(step.fields, None)))
            return
        number = step.item or len(self._records)
        here, said, at = self._at(number), step.fields, int(self.now.timestamp())
        given = {name: value for name, value in said.items() if name not in _SAID or name in self._specs}
        why = str(said.get("why") or step.reason or "")
        match step.do:
            case "change":
                told = deciding.changed(here, self._read(given, here["data"]))
                if told is None:
                    return
            case "move":
                told = deciding.moved(self._declared.register, here, str(said.get("to")), step.reason)
            case "ask":
                wish = {"set": self._read(given, here["data"]), "to": said.get("to")}
                told = deciding.asked(here, wish, why, actor.id, at)
            case "approve":
                told = deciding.approved(self._declared.register, here, int(said.get("n", 1)), actor.id, at, dict)
            case "refuse":
                told = deciding.refused(here, int(said.get("n", 1)), actor.id, why, at)
            case "withdraw":
                told = deciding.withdrawn(here, int(said.get("n", 1)), actor.id, at)
            case _:
                into = int(said.get("into", 0))
                told, taken = deciding.merged(here, self._at(into))
                self._keep(into, taken)
        self._keep(number, told)

    def scope(self) -> dict[str, Any] | None:
        """What `that` sees."""
        if not self._records:
            return None
        views = [self._view(one) for one in self._records]
        worked = self._reckoned(self._records[-1])
        until = model.expires(self._declared.register, self._records[-1]["data"])
        return {
            "record": views[-1], "records": views, "now": int(self.now.timestamp()),
            "expires": until.isoformat() if until else None,
            "totals": worked.totals, "figures": worked.figures, "unmet": list(worked.unmet),
            "told": model.told(self._declared.register, self._records[-1]["data"]),
        }  # fmt: skip

    def _reckoned(self, state: State) -> totals.Reckoned:
        return totals.reckoned(self._declared.register, state["data"], self._totals, int(self.now.timestamp()))

    def _view(self, state: State) -> dict[str, Any]:
        empty = dict.fromkeys(self._specs)
        asked = len(model.waiting(state))
        return {**empty, "merged_into": None, **state["data"], "state": state["state"], "asked": asked}

    @property
    def _specs(self) -> Mapping[str, Any]:
        return self._declared.register.fields

    def _at(self, number: int) -> State:
        if not 1 <= number <= len(self._records):
            raise NotFound(f"there is no record {number}")
        return self._records[number - 1]

    def _read(self, given: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        specs = {name: spec for name, spec in self._declared.given().items() if not spec.personal}
        told = {name: value for name, value in given.items() if name not in ("place", "shape")}
        context = Context({"record": dict(before or {}), "now": int(self.now.timestamp())})
        if before is None:
            values, _, errors = fields.read(specs, told, context, _anything)
            taken = {one["number"] for one in self._records if not one["data"].get("merged_into")}
            if str(values.get(self._declared.register.key)) in taken:
                raise Conflict(f"there is a record {values[self._declared.register.key]} already")
        else:
            values, errors = fields.read_some(
                {name: specs[name] for name in told if name in specs}, told, context, _anything
            )
            errors += [wrong(name, "unknown_field") for name in told if name not in specs]
        errors += refs.refused(specs, values, before, _anything)
        if errors:
            raise Invalid(f"{len(errors)} fields do not fit.", errors=errors)
        if "place" in given:
            values["place"] = given["place"]
        if given.get("shape") is not None:
            try:
                shape = shapes.read(given["shape"], self._declared.register.geometry)
            except shapes.NoShape as error:
                raise Invalid(errors=[error.at("shape")]) from None
            values |= {"place": shape.middle, **shape.kept()}
        return values | computed(self._specs, {**(before or {}), **values}, int(self.now.timestamp()))

    def _keep(self, number: int | None, told: Told) -> None:
        type_, payload = told
        before = self._at(number) if number is not None else None
        state = apply(before, payload, int(self.now.timestamp()))
        demands = self._declared.register.demands
        for one in self._reckoned(state).unmet:
            if demands[one].refuse:
                raise ConditionUnmet(demands[one].title.en, demand=one)
        self.events.append(type_)
        if number is None:
            self._records.append(state)
        else:
            self._records[number - 1] = state


def _anything(kind: str, code: str) -> dict[str, Any] | None:
    """Every code exists but `nothing`; the record `expired` is over."""
    found = {"id": code, "key": code, "code": code, "fault": "expired" if code == "expired" else None}
    return None if code == "nothing" else found
