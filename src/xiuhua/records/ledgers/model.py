"""What an entry of a ledger is: its state, what lists find it by, what it is summed by, which store it moves. Pure.

A state has the keys of `flow.model`: `procedure` is the ledger, `data` the declared fields with what every entry has:
`day`, `quantity` (decimal text in the ledger's unit), `given` (quantity and unit as they were written), `thing`,
`thing_key`, `place`, `scopes`, `unit_grid`, `of_unit`, `photos`, `note`, `late` (days), `key`, `digest`, and of those
that are no plain entries `counters`, `countered_by`, `instead`, `counted`, `why`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import Ledger
from xiuhua.records.model import is_facet

ENTER: Final = "ledger.enter"
READ: Final = "ledger.read"
STANDING: Final = "standing"
COUNTERED: Final = "countered"
MOST_PHOTOS: Final = 20
LONGEST_NOTE: Final = 2000
_MANY: Final = frozenset({"ref", "person", "plate", "credit_code", "part_code", "device"})
"""Types of fields with so many values that sums by them are kept by month, not by day."""
BY_MONTH: Final = "*"
"""Ends the name of such a dimension."""
THING: Final = f"thing{BY_MONTH}"


@dataclass(frozen=True, slots=True)
class Declared:
    """A ledger as it is in force in a city."""

    name: str
    digest: str
    """Of the pack version."""
    ledger: Ledger

    def given(self) -> dict[str, FieldSpec]:
        """The fields that somebody fills in."""
        return {name: spec for name, spec in self.ledger.fields.items() if spec.type != "computed"}

    def dimensions(self) -> dict[str, FieldSpec]:
        """The fields that lists are narrowed and sums are made by."""
        return {name: spec for name, spec in self.ledger.fields.items() if is_facet(spec) and not spec.many}


@dataclass(slots=True)
class Stock:
    """What came into one store and went out of it, by day."""

    nets: dict[date, Decimal] = field(default_factory=dict)

    def on(self, day: date) -> Decimal:
        """What is in it at the end of a day."""
        return sum((net for one, net in self.nets.items() if one <= day), Decimal())

    def least(self, day: date) -> Decimal:
        """The least that is ever in it from the end of a day on."""
        balance = least = self.on(day)
        for one in sorted(self.nets):
            if one > day:
                balance += self.nets[one]
                least = min(least, balance)
        return least

    def copy(self) -> Stock:
        """One of its own."""
        return Stock(dict(self.nets))

    def move(self, day: date, quantity: Decimal) -> None:
        """Something comes in, or goes out (below zero)."""
        self.nets[day] = self.nets.get(day, Decimal()) + quantity


def dimension(name: str, spec: FieldSpec) -> str:
    """A field as sums name it."""
    return f"{name}{BY_MONTH}" if spec.type in _MANY else name


def named_by(specs: Mapping[str, FieldSpec], wanted: str) -> list[str]:
    """The fields that name a person (`person`) or a record of a register (its name), one each."""
    return [
        name
        for name, spec in specs.items()
        if is_facet(spec) and not spec.many and (spec.to if spec.type == "ref" else spec.type) == wanted
    ]


def facets(declared: Declared, data: Mapping[str, Any]) -> list[str]:
    """`ledger:dimension=value` of an entry."""
    return sorted(_facets(declared, data))


def _facets(declared: Declared, data: Mapping[str, Any]) -> Iterator[str]:
    for name in declared.dimensions():
        value = data.get(name)
        if value is not None:
            yield facet(declared, name, value)


def facet(declared: Declared, name: str, value: Any) -> str:
    """A value of a dimension as lists find it."""
    plain = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return f"{declared.name}:{dimension(name, declared.ledger.fields[name])}={plain}"


def store(declared: Declared, data: Mapping[str, Any]) -> str | None:
    """The store that an entry moves; None where the ledger keeps no balance."""
    if not declared.ledger.balance:
        return None
    parts = [str(data[name]) for name in declared.ledger.store]
    return "\x1f".join([*([str(data["thing"])] if declared.ledger.of else []), *parts])


def weight(data: Mapping[str, Any]) -> int:
    """How many entries it counts for: a counter-entry takes one away, a stocktake is none."""
    return 0 if data.get("counted") is not None else -1 if data.get("counters") else 1


def text(quantity: Decimal) -> str:
    """A quantity as it is kept: without zeros at its end, and none below zero."""
    return f"{(quantity + 0).normalize():f}"
