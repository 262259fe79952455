"""What a plan is in a city: declared by a pack, its targets set by people, its periods told once. Pure.

States have the keys of `flow.model`, so that events fold the same way. `data` of a plan: `since` (day from which
periods count), `told_until` (last day of the last period that was told), `targets` (versions, the newest last), `parts`
(part → `{"share", "note", "by", "at"}`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xiuhua.flow.context import Context
from xiuhua.packs import units
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.kinds import Ledger, Plan
from xiuhua.packs.procedure import Procedure
from xiuhua.plans.periods import Every, Period, days_of
from xiuhua.plans.progress import Frame, Key
from xiuhua.records.ledgers import model

READ: Final = "plan.read"
KEEP: Final = "plan.keep"
CAMPAIGN: Final = "campaign.keep"
RESULT: Final = "result.keep"
WHOLE: Final = Key("", "")
"""The key of a plan for the whole city."""
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Declared:
    """A plan as it is in force in a city."""

    name: str
    digest: str
    """Of the pack version."""
    plan: Plan
    ledger: Ledger | None = None
    """In which what is done is entered."""
    procedure: Procedure | None = None
    """Which ends when it is done."""

    @property
    def every(self) -> Every | None:
        """How often it comes round; a target alone is one of the year; None: it has no periods."""
        if self.plan.every is None:
            return Every(1, "year") if self.plan.done_by else None
        return Every.parsed(self.plan.every)

    @property
    def unit(self) -> str | None:
        """What quantities are told in: the plan's own unit, else the ledger's."""
        return self.plan.unit or (self.ledger.quantity if self.ledger is not None and self.by_quantity else None)

    def measured(self, quantity: Decimal | None) -> Decimal | None:
        """A quantity of the ledger in the plan's unit."""
        if quantity is None or self.ledger is None or self.unit is None:
            return quantity
        return units.convert(quantity, self.ledger.quantity, self.unit)

    def naming(self, kind: str) -> tuple[str, ...]:
        """The fields by which what is done names what the plan is per, where it is not about that: dimensions of a
        ledger's entries, fields of a proceeding's data."""
        per = str(self.plan.per)
        if kind == "ledger" and self.ledger is not None and per != self.ledger.of:
            name, specs = self.plan.done_by["ledger"], self.ledger.fields
            return tuple(f"{name}:{model.dimension(one, specs[one])}" for one in model.named_by(specs, per))
        if kind == "proceeding" and self.procedure is not None and per != "person":
            return tuple(model.named_by(self.procedure.data, per))
        return ()

    @property
    def by_quantity(self) -> bool:
        """Whether quantities are added up: what ledgers measure, against a target. Else deeds are counted."""
        return "ledger" in self.plan.done_by and self.plan.target is not None

    @property
    def grace(self) -> int:
        """Days after a period in which what was done may still be put down."""
        return days_of(self.plan.grace)

    def first_of(self, since: date) -> date:
        """The first day that counts, of a plan known since a day: whole periods, but of a target the one it is in."""
        every = self.every
        if every is None:
            return since
        period = every.at(since)
        return period.first if self.plan.target is not None or period.first == since else period.last + _ONE


def begun(declared: Declared, since: date) -> dict[str, Any]:
    """What a plan's first event sets."""
    first = declared.first_of(since)
    return {
        "since": first.isoformat(), "told_until": (first - _ONE).isoformat(), "targets": [], "parts": {},
    }  # fmt: skip


def frame(
    declared: Declared, targets: Sequence[Mapping[str, Any]], today: date, work_days: frozenset[date] | None = None
) -> Frame:
    """How a plan is calculated. A version of its targets holds for periods that begin on its `from` or later."""
    plan = declared.plan

    def expected(key: Key, period: Period) -> Decimal:
        held = _in_force(targets, period)
        if held is not None and held.get("of"):
            return Decimal(held["of"].get(key.code, 0))
        if held is not None and held.get("target") is not None:
            return Decimal(held["target"])
        if plan.target is not None:
            return _valued(plan.target, key, period)
        if held is not None and held.get("times") is not None:
            return Decimal(held["times"])
        if plan.times_by is not None:
            return Decimal(plan.times_by.of.get(str(key.fields.get(plan.times_by.field)), plan.times))
        return Decimal(plan.times)

    return Frame(today, expected, declared.by_quantity, declared.grace, work_days if plan.work_days else None)


def _in_force(targets: Sequence[Mapping[str, Any]], period: Period) -> Mapping[str, Any] | None:
    held = [one for one in targets if date.fromisoformat(one["from"]) <= period.first]
    return held[-1] if held else None


def _valued(text: str, key: Key, period: Period) -> Decimal:
    """A target as declared; 0 where it cannot be worked out for a key."""
    span = {"start": period.first.isoformat(), "end": period.last.isoformat()}
    try:
        value = Context({"per": {**key.fields, "code": key.code}, "period": span, "now": 0}).value(text)
        return Decimal(str(value))
    except (ExpressionError, InvalidOperation):
        return Decimal(0)


def to_tell(declared: Declared, data: Mapping[str, Any], today: date) -> Iterator[Period]:
    """Periods that are over, with their days of grace, and not yet told; the oldest first."""
    every = declared.every
    if every is None:
        return
    period = every.at(date.fromisoformat(data["told_until"]) + _ONE)
    while period.last + timedelta(days=declared.grace) < today:
        yield period
        period = every.at(period.last + _ONE)


def part_shares(
    declared: Declared, said: Mapping[str, Mapping[str, Any]], of_plan: Callable[[str], Decimal | None]
) -> dict[str, Decimal]:
    """How far each part of a task tree is, in percent.

    A leaf is as far as its plan (at most 100) or as people say; what stands over others is their mean, exact.
    """
    parts, found = declared.plan.parts, dict[str, Decimal]()

    def share(name: str) -> Decimal:
        if name not in found:
            below = [one for one, part in parts.items() if part.under == name]
            if below:
                found[name] = sum(map(share, below), Decimal(0)) / len(below)
            elif (plan := parts[name].plan) is not None:
                found[name] = min(of_plan(plan) or Decimal(0), Decimal(100))
            else:
                found[name] = Decimal(said.get(name, {}).get("share", 0))
        return found[name]

    return {name: share(name) for name in parts}
