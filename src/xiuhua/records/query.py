"""Records by filter, a page at a time; bound values only."""

from __future__ import annotations

from collections.abc import Iterator
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


def page(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    after: str | None, limit: int,
) -> list[Any]:  # fmt: skip
    """Rows by key. `mine`: only in these areas, of these units. Raises `Invalid` for a filter that is none."""
    narrowed, values = _narrowed(city, declared, wanted, mine, after)
    # Planned anew each time: a plan for any values would not know which of them are rare.
    query = _sql()["page"].format(conditions=narrowed)
    return tx.connection.execute(query, {**values, "limit": limit}, prepare=False).fetchall()


def every(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None, most: int
) -> Iterator[Any]:
    """All rows of a filter by key, a thousand at a time. Raises `TooLarge` where there are more than `most`."""
    narrowed, values = _narrowed(city, declared, wanted, mine, None)
    counted = tx.connection.execute(
        _sql()["how_many"].format(conditions=narrowed), {**values, "limit": most + 1}, prepare=False
    )
    if counted.fetchone().n > most:  # type: ignore[union-attr]
        raise TooLarge(f"The list has more than {most} rows; narrow it down.", most=most)
    after: str | None = None
    while rows := page(tx, city, declared, wanted, mine, after, _CHUNK):
        yield from rows
        after = rows[-1].key


def stretches(
    tx: Tx, city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    line: str | None,
) -> list[Any]:  # fmt: skip
    """Line, from and to of every record, as texts; null where it does not say. Raises `Invalid`."""
    along = declared.register.along
    if along is None:
        raise Invalid(errors=[{"field": "register", "why": f"{declared.name} holds no stretches of lines"}])
    narrowed, values = _narrowed(city, declared, wanted, mine, None)
    values |= {"line": along.line, "from": along.from_, "to": along.to}
    if line is not None:
        narrowed += " " + _sql()["facets_of_line"]
        values["of_line"] = [model.facet(declared.name, along.line, line)]
    return tx.connection.execute(
        _sql()["stretches"].format(conditions=narrowed), values, prepare=False
    ).fetchall()  # fmt: skip


def _narrowed(
    city: str, declared: Declared, wanted: RecordFilter, mine: tuple[list[str], list[str]] | None,
    after: str | None,
) -> tuple[str, dict[str, Any]]:  # fmt: skip
    """Conditions as text, and the values they refer to."""
    conditions: list[str] = []
    values: dict[str, Any] = {"city": city, "register": declared.name}

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    if after is not None:
        and_("after", after=after)
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
    return " ".join(conditions), values


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
