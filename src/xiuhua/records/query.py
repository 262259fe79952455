"""Records by filter, a page at a time; bound values only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xiuhua.packs.kinds import Register
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, TooLarge
from xiuhua.platform.sql import queries
from xiuhua.records import model
from xiuhua.records.model import Declared

_CHUNK: Final = 1000
MOST_STRETCHES: Final = 200_000
"""Stretches that one question adds up."""


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What records must be, all of it together."""

    state: tuple[str, ...] = ()
    """Any of these."""
    area: str | None = None
    unit: str | None = None
    """That answers for it by any duty."""
    field: tuple[str, ...] = ()
    """`name=value`, all of these."""
    q: str | None = None
    """Part of its key or name, two signs or more."""
    expires_before: date | None = None
    waits: bool = False
    """Has change requests that wait."""
    invalid_refs: bool = False
    """Refers to a record that must be valid and is not."""


def page(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    after: str | None, limit: int, invalid: Callable[[str], list[str]] = lambda _: [],
) -> list[Any]:  # fmt: skip
    """Rows by key. `mine`: only in these areas, of these units; `invalid`: keys of a register's records that are not.

    Raises `Invalid` for a filter that is none.
    """
    conditions, values = narrowed(city, declared, wanted, mine, invalid)
    if after is not None:
        conditions, values = [*conditions, _sql()["after"]], values | {"after": after}
    query = _sql()["page"].format(conditions=" ".join(conditions))
    # Planned anew each time: a plan for any values would not know which of them are rare.
    return tx.connection.execute(query, values | {"limit": limit}, prepare=False).fetchall()


def every(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None, most: int,
    invalid: Callable[[str], list[str]] = lambda _: [],
) -> Iterator[Any]:  # fmt: skip
    """All rows of a filter by key, a thousand at a time. Raises `TooLarge` where there are more than `most`."""
    conditions, values = narrowed(city, declared, wanted, mine, invalid)
    told = " ".join(conditions)
    counting = _sql()["how_many"].format(conditions=told)
    [counted] = tx.connection.execute(counting, {**values, "limit": most + 1}, prepare=False)
    if counted.n > most:
        raise TooLarge(f"The list has more than {most} rows; narrow it down.", most=most)
    after: str | None = None
    while rows := page(tx, city, declared, wanted, mine, after, _CHUNK, invalid):
        yield from rows
        after = rows[-1].key


def stretches(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    line: str | None, invalid: Callable[[str], list[str]] = lambda _: [],
) -> list[Any]:  # fmt: skip
    """Line, from and to of every record, as texts; null where it does not say. Raises `Invalid`, `TooLarge`."""
    along = declared.register.along
    if along is None:
        raise Invalid(errors=[{"field": "register", "why": f"{declared.name} holds no stretches of lines"}])
    conditions, values = narrowed(city, declared, wanted, mine, invalid)
    told = " ".join(conditions)
    values |= {"line": along.line, "from": along.from_, "to": along.to}
    if line is not None:
        told += " " + _sql()["facets_of_line"]
        values["of_line"] = [model.facet(declared.name, along.line, line)]
    values["limit"] = MOST_STRETCHES + 1
    rows = tx.connection.execute(_sql()["stretches"].format(conditions=told), values, prepare=False).fetchall()
    if len(rows) > MOST_STRETCHES:
        raise TooLarge(f"There are more than {MOST_STRETCHES:,} stretches; narrow them down.", most=MOST_STRETCHES)
    return rows


def narrowed(
    city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    invalid: Callable[[str], list[str]] = lambda _: [],
) -> tuple[list[str], dict[str, Any]]:  # fmt: skip
    """The conditions of a filter, and their values."""
    conditions: list[str] = []
    values: dict[str, Any] = {"city": city, "register": declared.name}

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    if mine is not None:
        and_("seen", areas=mine[0], units=mine[1])
    if wanted.state:
        and_("state", state=list(wanted.state))
    if wanted.area is not None:
        and_("area", area=wanted.area)
    if wanted.unit is not None:
        and_("of_unit", unit=wanted.unit)
        if indexed := _of_unit(declared, wanted.unit):
            and_("of_unit_indexed", of_unit=indexed)
    found = _facets(declared, wanted)
    if found:
        and_("facets", facets=found)
    if wanted.q is not None:
        and_("named", text=wanted.q.strip().lower())
    if wanted.expires_before is not None:
        and_("expires_before", expires_before=wanted.expires_before)
    if wanted.waits:
        and_("waits")
    if wanted.invalid_refs:
        and_("any_facet", any_facet=[
            model.facet(declared.name, name, key)
            for name, spec in declared.register.fields.items()
            if spec.valid and spec.to is not None and model.is_facet(spec)
            for key in invalid(spec.to)
        ])  # fmt: skip
    return conditions, values


def _of_unit(declared: Declared, unit: str) -> list[str]:
    """How the index knows that a unit answers for a record, by any duty; empty where it does not."""
    fields = declared.register.fields
    holders = sorted({one for one in declared.register.duty.values() if one != "by-area"})
    if not all(one in fields and model.is_facet(fields[one]) for one in holders):
        return []
    return [model.facet(declared.name, one, unit) for one in holders]


def _facets(declared: Declared, wanted: RecordFilter) -> list[str]:
    found = [_facet(declared.name, declared.register, one) for one in wanted.field]
    if wanted.q is not None:
        grams = model.grams(declared.name, [wanted.q])
        if not grams:
            raise Invalid(errors=[{"field": "q", "why": "has fewer than two signs"}])
        found += sorted(grams)
    return found


def _facet(name: str, register: Register, said: str) -> str:
    field, _, value = said.partition("=")
    spec = register.fields.get(field)
    if spec is None or not model.is_facet(spec):
        known = ", ".join(one for one, each in register.fields.items() if model.is_facet(each)) or "none"
        raise Invalid(errors=[{"field": "field", "why": f"{field} is none of those lists are narrowed by: {known}"}])
    return model.facet(name, field, value)


def _sql() -> dict[str, str]:
    return queries("xiuhua.records")
