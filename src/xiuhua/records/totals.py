"""Sums over the records that refer to one, and what must hold of them: without binary fractions, as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.flow.context import Context
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.kinds import Register
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.records import model


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is worked out of a record."""

    totals: Mapping[str, str]
    """Name → decimal text."""
    figures: Mapping[str, Any]
    """Name → value; null where what it follows from is missing."""
    unmet: tuple[str, ...]
    """Names of the demands that do not hold. One that cannot be told, since a value is missing, is none of them."""


def of(tx: Tx, city: str, register: Register, key: str, data: Mapping[str, Any]) -> Reckoned:
    """The totals of a record, one query each, and what follows from them."""
    totals = {name: total_of(tx, city, register, name, key) for name in register.totals}
    return reckoned(register, data, totals, int(tx.now.timestamp()))


def total_of(tx: Tx, city: str, register: Register, name: str, key: str) -> str:
    """One total of the record with a key."""
    total = register.totals[name]
    values = {
        "city": city, "register": total.of, "facet": model.facet(total.of, total.by, key), "sum": total.sum,
        "states": total.states,
    }  # fmt: skip
    row = tx.execute(queries("xiuhua.records")["total"], values).fetchone()
    assert row is not None
    return plain(row.total)


def plain(number: str) -> str:
    """A decimal as it is kept: no zeros behind the last digit that says something."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def reckoned(register: Register, data: Mapping[str, Any], totals: Mapping[str, str], now: int) -> Reckoned:
    """What follows from a record and its totals."""
    record = {name: data.get(name) for name in register.fields}
    context = Context({"record": record, "totals": dict(totals), "now": now})

    def value(text: str) -> Any:
        try:
            return context.value(text)
        except ExpressionError:
            return None

    unmet = tuple(name for name, one in register.demands.items() if value(one.that) is False)
    return Reckoned(dict(totals), {name: value(one.value) for name, one in register.figures.items()}, unmet)
