"""Plays the scenarios of a plan: what is done is put down, time passes, periods are told as the service does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from xiuhua.city.calendars import shipped
from xiuhua.flow.model import State, apply
from xiuhua.flow.scenarios import Declared as Library
from xiuhua.packs.scenario import Given, Step
from xiuhua.plans import deciding, model
from xiuhua.plans.deciding import Told
from xiuhua.plans.model import Declared
from xiuhua.plans.periods import Period
from xiuhua.plans.progress import Cell, Done, Key, cells, total
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor


class PlanStage:
    """One plan, known since the scenario begins, or since `since` of its data.

    `data` of the scenario: `keys`, a list of what something is expected for (`code`, and fields of a record);
    `targets`, versions as a city sets them (`from`, `target` | `times`, `of`). The step `done` has `by` (kind of
    `done_by`), `per` (code of a key), `quantity`, `count`, `day` (today unless told). Expressions see `plan`
    (`expected`, `done`, `missed`, `late`, `share`; numbers but `share`, a text of percent or null), `periods` (each
    `name` with the same), `now`.
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        plan, digest = library("plans")[name]
        self._declared = Declared(name, digest, plan)
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        keys = [Key(str(one["code"]), str(one["code"]), None, one) for one in given.data.get("keys", ())]
        self._keys = keys if plan.per is not None else [model.WHOLE]
        self._done: list[Done] = []
        self._state: State = {}
        since = date.fromisoformat(str(given.data["since"])) if "since" in given.data else at.date()
        self._keep(deciding.begun(self._declared, since))
        self.events.clear()
        for version in given.data.get("targets", ()):
            told = {"from": str(since), **{name: _plain(value) for name, value in version.items()}}
            self._keep(deciding.target_set(self._declared, told))
        self.events.clear()

    @property
    def state(self) -> str | None:
        """A plan runs."""
        return str(self._state["state"])

    def wait(self, until: datetime) -> None:
        """Each day that passes, periods that are over are told."""
        while self.now.date() < until.date():
            self.now = (self.now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            for period in list(model.to_tell(self._declared, self._state["data"], self.now.date())):
                for told in deciding.period_ended(period, self._declared.plan.per, self._cells([period])):
                    self._keep(told)
        self.now = until

    def do(self, step: Step, actor: Actor) -> None:
        """Something was done."""
        said, plan = step.fields, self._declared.plan
        wrong = []
        known = {one.code for one in self._keys}
        if said.get("by", next(iter(plan.done_by), None)) not in plan.done_by:
            wrong.append({"field": "by", "why": f"is one of {', '.join(plan.done_by)}"})
        if plan.per is not None and str(said.get("per")) not in known:
            wrong.append({"field": "per", "why": "is not planned for"})
        try:
            quantity = Decimal(str(said["quantity"])) if "quantity" in said else None
            day = date.fromisoformat(str(said.get("day", self.now.date())))
        except (InvalidOperation, ValueError):
            raise Invalid(errors=[{"field": "quantity", "why": "quantity is a number, day is a day"}]) from None
        if day > self.now.date():
            wrong.append({"field": "day", "why": "has not come yet"})
        if wrong:
            raise Invalid(f"{len(wrong)} fields do not fit.", errors=wrong)
        key = str(said["per"]) if plan.per is not None else ""
        self._done.append(Done(key, day, int(said.get("count", 1)), quantity, self.now.date()))

    def scope(self) -> dict[str, Any] | None:
        """What `that` sees: from the day it began to now."""
        every = self._declared.every
        periods = list(every.within(self._first(), self.now.date())) if every else []
        found = self._cells(periods)
        views = [{"name": one.name, **_view([cell for cell in found if cell.period == one])} for one in periods]
        return {"plan": _view(found), "periods": views, "now": int(self.now.timestamp())}

    def _first(self) -> date:
        return min(date.fromisoformat(self._state["data"]["since"]), self.now.date())

    def _cells(self, periods: list[Period]) -> list[Cell]:
        work_days = _work_days(periods, self.now) if periods and self._declared.plan.work_days else None
        frame = model.frame(self._declared, self._state["data"]["targets"], self.now.date(), work_days)
        return list(cells(self._keys, periods, self._done, frame))

    def _keep(self, told: Told) -> None:
        type_, payload = told
        self.events.append(type_)
        self._state = apply(self._state or None, payload, int(self.now.timestamp()))


def _work_days(periods: list[Period], at: datetime) -> frozenset[date]:
    """As the shipped calendar of offices has them."""
    calendar, found = shipped.calendars().of("office"), set[date]()
    for period in periods:
        for day in period.days():
            begin = int(datetime(day.year, day.month, day.day, tzinfo=at.tzinfo).timestamp())
            if calendar.worked_one(begin, begin + 86_400) > 0:
                found.add(day)
    return frozenset(found)


def _view(some: list[Cell]) -> dict[str, Any]:
    sum_ = total(some)
    return {
        "expected": _number(sum_.expected), "done": _number(sum_.done), "missed": sum_.missed, "late": sum_.late,
        "share": None if sum_.share is None else str(sum_.share),
    }  # fmt: skip


def _number(value: Decimal) -> Any:
    """Whole numbers as such; others as text, so that nothing is rounded."""
    return int(value) if value == value.to_integral_value() else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: str(one) for name, one in value.items()}
    return value if isinstance(value, int) else str(value)
