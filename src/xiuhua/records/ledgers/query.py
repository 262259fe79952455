"""Entries by filter, a page at a time, and what they add up to; bound values only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, TooLarge
from xiuhua.platform.sql import queries
from xiuhua.records.ledgers import model
from xiuhua.records.ledgers.model import BY_MONTH, THING, Declared

Period = Literal["none", "day", "month", "quarter", "year"]
_PERIODS: Final[dict[Period, str]] = {
    "none": "null::date", "day": "day", "month": "date_trunc('month', day)::date",
    "quarter": "date_trunc('quarter', day)::date", "year": "date_trunc('year', day)::date",
}  # fmt: skip
_CHUNK: Final = 1000
MOST_SUMS: Final = 20_000
"""Lines of one answer with sums."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What entries must be, all of it together."""

    from_day: date | None = None
    to_day: date | None = None
    area: str | None = None
    units: tuple[str, ...] = ()
    """Any of these: a unit with those below it."""
    thing: str | None = None
    """Id of a record."""
    field: tuple[str, ...] = ()
    """`name=value`, all of these."""
    standing: bool = False
    """Neither countered nor a counter-entry."""
    late: int | None = None
    """Entered this many days after its day, or later."""


def page(
    tx: Tx, city: str, declared: Declared | None, wanted: EntryFilter, after: tuple[date, str] | None, limit: int
) -> list[Any]:
    """Rows, the newest day first; of every ledger when none is told. Raises `Invalid` for a filter that is none."""
    conditions, values = _conditions(declared, wanted)
    values |= {"city": city, "limit": limit}
    if after is not None:
        conditions.append(_sql()["after"])
        values |= {"after_day": after[0], "after_id": after[1]}
    return tx.execute(_sql()["page"].format(conditions=" ".join(conditions)), values).fetchall()


def every(tx: Tx, city: str, declared: Declared, wanted: EntryFilter, most: int) -> Iterator[Any]:
    """All rows of a filter, the newest day first, a thousand at a time. Raises `TooLarge` for more than `most`."""
    conditions, values = _conditions(declared, wanted)
    counting = _sql()["how_many"].format(conditions=" ".join(conditions))
    [counted] = tx.execute(counting, {**values, "city": city, "limit": most + 1})
    if counted.n > most:
        raise TooLarge(f"The list has more than {most} rows; narrow it down.", most=most)
    after: tuple[date, str] | None = None
    while rows := page(tx, city, declared, wanted, after, _CHUNK):
        yield from rows
        after = rows[-1].day, rows[-1].id


@dataclass(frozen=True, slots=True)
class By:
    """What sums are made by."""

    dimension: str = ""
    """As `ledger_sum` names it; empty: all in one."""
    values: tuple[str, ...] | None = None
    """Of these only; None: all."""


def by(declared: Declared, said: str, areas: Sequence[str] = ()) -> By:
    """`unit`, `thing`, `area` (of the codes in `areas`), or a field. Raises `Invalid`."""
    if not said:
        return By()
    if said == "area":
        return By("area", tuple(areas))
    if said == "unit":
        return By("unit")
    if said == "thing" and declared.ledger.of is not None:
        return By(THING)
    spec = declared.dimensions().get(said)
    if spec is None:
        known = ", ".join(["area", "unit", *(["thing"] if declared.ledger.of else []), *declared.dimensions()])
        raise Invalid(errors=[{"field": "by", "why": f"{said} is none of those sums are made by: {known}"}])
    return By(model.dimension(said, spec))


def sums(tx: Tx, city: str, declared: Declared, wanted: EntryFilter, period: Period, chosen: By) -> list[Any]:
    """Rows of period, value, quantity and number of entries; at most `MOST_SUMS`, one more tells that there are more.

    From what is kept of sums where that can tell it, otherwise from the entries.
    """
    kept = _kept(declared, wanted, period, chosen)
    limit = MOST_SUMS + 1
    if kept is not None:
        one, show = kept
        conditions: list[str] = [_sql()["sums_values"]] if one.values is not None else []
        conditions += [_sql()[name] for name, day in (("from_day", wanted.from_day), ("to_day", wanted.to_day)) if day]
        query = _sql()["sums"].format(
            period=_PERIODS[period], value="value" if show else "''", conditions=" ".join(conditions)
        )
        values = {"city": city, "ledger": declared.name, "dimension": one.dimension, "limit": limit,
                  "values": list(one.values or ()), "from_day": wanted.from_day, "to_day": wanted.to_day}  # fmt: skip
        return tx.execute(query, values).fetchall()
    conditions, values = _conditions(declared, wanted)
    value, source = "''", ""
    if chosen.dimension == "area":
        value, source = "each_scope.value", _sql()["each_scope"]
        if chosen.values is not None:
            conditions.append(_sql()["among"])
            values["values"] = list(chosen.values)
    elif chosen.dimension == "unit":
        value = "coalesce(of_unit, '')"
    elif chosen.dimension == THING:
        value = "coalesce(thing, '')"
    elif chosen.dimension:
        value, source = "each_facet.value", _sql()["each_facet"]
        values["prefix"] = f"{declared.name}:{chosen.dimension}="
    query = _sql()["sums_of_entries"].format(
        period=_PERIODS[period], value=value, values_from=source, conditions=" ".join(conditions)
    )
    return tx.execute(query, {**values, "city": city, "limit": limit}).fetchall()


def _kept(declared: Declared, wanted: EntryFilter, period: Period, chosen: By) -> tuple[By, bool] | None:
    """The dimension whose kept sums tell it, and whether its values are shown; None: only the entries do."""
    narrowed: list[By] = []
    if wanted.area is not None:
        narrowed.append(By("area", (wanted.area,)))
    if wanted.units:
        narrowed.append(By("unit", wanted.units))
    if wanted.thing is not None:
        narrowed.append(By(THING, (wanted.thing,)))
    for said in wanted.field:
        name, _, value = said.partition("=")
        narrowed.append(By(model.dimension(name, _field(declared, name)), (value,)))
    if wanted.standing or wanted.late is not None or len(narrowed) + bool(chosen.dimension) > 1:
        return None
    one = narrowed[0] if narrowed else chosen
    if one.dimension.endswith(BY_MONTH) and (period == "day" or not _whole_months(wanted)):
        return None
    return one, not narrowed


def _whole_months(wanted: EntryFilter) -> bool:
    begins = wanted.from_day is None or wanted.from_day.day == 1
    return begins and (wanted.to_day is None or (wanted.to_day + timedelta(days=1)).day == 1)


def _conditions(declared: Declared | None, wanted: EntryFilter) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    if declared is not None:
        and_("of_ledger", ledger=declared.name)
    if wanted.from_day is not None:
        and_("from_day", from_day=wanted.from_day)
    if wanted.to_day is not None:
        and_("to_day", to_day=wanted.to_day)
    if wanted.area is not None:
        and_("area", area=wanted.area)
    if wanted.units:
        and_("of_unit", units=list(wanted.units))
    if wanted.thing is not None:
        and_("of_thing", thing=wanted.thing)
    if wanted.field and declared is not None:
        and_("facets", facets=[_facet(declared, one) for one in wanted.field])
    if wanted.standing:
        and_("standing")
    if wanted.late is not None:
        and_("late", late=wanted.late)
    return conditions, values


def _facet(declared: Declared, said: str) -> str:
    name, _, value = said.partition("=")
    _field(declared, name)
    return model.facet(declared, name, value)


def _field(declared: Declared, name: str) -> Any:
    spec = declared.dimensions().get(name)
    if spec is None:
        known = ", ".join(declared.dimensions()) or "none"
        raise Invalid(errors=[{"field": "field", "why": f"{name} is none of those lists are narrowed by: {known}"}])
    return spec


def _sql() -> dict[str, str]:
    return queries("xiuhua.records.ledgers")
