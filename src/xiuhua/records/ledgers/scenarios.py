"""Plays the scenarios of a ledger: entries in memory, decided on as the service does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from xiuhua.flow import fields
from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import Conflict, Invalid, NotFound, NotNow
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.wording import wrong
from xiuhua.records.ledgers import deciding, model, reading
from xiuhua.records.ledgers.deciding import Told
from xiuhua.records.ledgers.model import Declared, Stock

_SAID: Final = ("entry", "why")
"""What a step says besides what is in an entry: as `fields.why` …"""


class LedgerStage:
    """The entries of a ledger; who may enter them is not asked.

    Fields of the steps: `enter`: the entry's; `counter`: `entry` (number of an entry, the newest unless told), `why`,
    and what is otherwise in the right entry; `take_stock`: `counted`, `why`, and what names the store.
    Expressions see `entry` (the newest), `entries` (all, in order), `total`, `balance` (of the newest entry's store;
    null without a balance), and `now`; quantities are decimal
    texts: `decimal(total) == decimal("3")`.
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        ledger, digest = library("ledgers")[name]
        self._declared = Declared(name, digest, ledger)
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        self._entries: list[State] = []
        self._stocks: dict[str, Stock] = {}

    @property
    def state(self) -> str | None:
        """Of the newest entry."""
        return self._entries[-1]["state"] if self._entries else None

    def wait(self, until: datetime) -> None:
        """Nothing happens by itself."""
        self.now = until

    def do(self, step: Step, actor: Actor) -> None:
        """One of the verbs."""
        given = {name: value for name, value in step.fields.items() if name not in _SAID or name in self._specs}
        why = str(step.fields.get("why") or step.reason or "").strip()
        match step.do:
            case "enter":
                told = self._made(given, actor)
                self._move([told])
                self._keep(told)
            case "counter":
                self._counter(step, given, why, actor)
            case _:
                self._take_stock(given, _needed(why), actor)

    def scope(self) -> dict[str, Any] | None:
        """What `that` sees."""
        if not self._entries:
            return None
        views = [self._view(one) for one in self._entries]
        newest = self._entries[-1]["data"]
        store, on = model.store(self._declared, newest), self.now.date()
        return {
            "entry": views[-1], "entries": views, "now": int(self.now.timestamp()),
            "total": model.text(sum((Decimal(one["data"]["quantity"]) for one in self._entries), Decimal())),
            "balance": model.text(self._stocks[store].on(on)) if store is not None else None,
        }  # fmt: skip

    def _counter(self, step: Step, given: Mapping[str, Any], why: str, actor: Actor) -> None:
        number = int(step.fields.get("entry") or step.item or len(self._entries))
        if not 1 <= number <= len(self._entries):
            raise NotFound(f"there is no entry {number}")
        held = self._entries[number - 1]
        mark, back = deciding.countered(self._declared, held, self._next(0), _needed(why), self.now.date())
        new = [back]
        if given:
            data = held["data"]
            again = {name: data[name] for name in self._specs if data.get(name) is not None}
            again |= {"quantity": data["quantity"], "day": data["day"], "thing": data.get("thing_key")}
            new.append(self._made({**again, **given}, actor, 1))
        self._move(new)
        self.events.append(mark[0])
        self._entries[number - 1] = apply(held, mark[1], int(self.now.timestamp()))
        for told in new:
            self._keep(told)

    def _take_stock(self, given: Mapping[str, Any], why: str, actor: Actor) -> None:
        if not self._declared.ledger.balance:
            raise NotNow(f"the ledger {self._declared.name} keeps no balance")
        _, payload = self._made(given, actor, counted=True)
        data = {**payload["set"], "why": why}
        counted, on = Decimal(data.pop("counted")), date.fromisoformat(data["day"])
        stock = self._stocks.setdefault(str(model.store(self._declared, data)), Stock())
        told = deciding.stock_taken(self._declared, payload["id"], data, counted, stock.on(on))
        self._move([told])
        self._keep(told)

    def _made(self, given: Mapping[str, Any], actor: Actor, further: int = 0, counted: bool = False) -> Told:
        data, faults = reading.read(
            self._declared, given, self.now.date(), int(self.now.timestamp()), _anything, counted
        )
        thing = given.get("thing")
        if thing == "nothing" or (thing is not None and self._declared.ledger.of is None):
            faults.append(fields.nothing_such(str(self._declared.ledger.of), str(thing), record=True).at("thing"))
        elif thing is not None:
            data |= {"thing": str(thing), "thing_key": str(thing)}
        elif self._declared.ledger.balance and self._declared.ledger.of is not None:
            faults.append(wrong("thing", "missing"))
        if faults:
            raise Invalid(f"{len(faults)} fields do not fit.", errors=faults)
        if isinstance(given.get("place"), dict):
            data["place"] = given["place"]
        unit = next((post.unit for post in actor.posts if post.unit is not None), None)
        if "of_unit" not in data and unit is not None:
            data["of_unit"] = unit
        key = data.get("key")
        if key is not None and any(one["data"].get("key") == key for one in self._entries):
            raise Conflict(f"there is an entry {key} already")
        return deciding.entered(self._declared, self._next(further), data)

    def _move(self, told: list[Told]) -> None:
        moves: dict[str, list[tuple[date, Decimal]]] = {}
        for _, payload in told:
            data = payload["set"]
            if (store := model.store(self._declared, data)) is not None:
                one = (date.fromisoformat(data["day"]), Decimal(data["quantity"]))
                moves.setdefault(store, []).append(one)
        for store, these in moves.items():
            deciding.move(self._declared, self._stocks.setdefault(store, Stock()), these)

    def _keep(self, told: Told) -> None:
        self.events.append(told[0])
        self._entries.append(apply(None, told[1], int(self.now.timestamp())))

    def _next(self, further: int) -> str:
        return str(len(self._entries) + 1 + further)

    @property
    def _specs(self) -> Mapping[str, Any]:
        return self._declared.ledger.fields

    def _view(self, state: State) -> dict[str, Any]:
        data = state["data"]
        empty = dict.fromkeys((*self._specs, "thing_key", "of_unit", "counted", "counters", "countered_by", "why"))
        told = {"unit": self._declared.ledger.quantity, "state": state["state"], "late": data.get("late") or 0}
        return {**empty, **data, **told}


def _needed(why: str) -> str:
    if not why:
        raise Invalid("why is needed", errors=[wrong("why", "missing")])
    return why


def _anything(kind: str, code: str) -> dict[str, Any] | None:
    """Every code exists but `nothing`."""
    return None if code == "nothing" else {"id": code, "key": code, "code": code}
