"""Units, people, posts, time bands and duty cards from a table that an office edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from xiuhua.city.categories.tables import Row, read_table
from xiuhua.city.units import service
from xiuhua.city.units.bands import TimeBand
from xiuhua.city.units.model import DutyCard, Holding, Person, Unit
from xiuhua.city.units.sheet import parse
from xiuhua.city.units.timeline import Plan
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor


@dataclass(frozen=True, slots=True)
class _Table:
    make: type[Any]
    needed: tuple[str, ...]
    label: Callable[[Any], str]
    """How errors name a row, as in `check.py`."""
    save: Callable[[Tx, Actor, Sequence[Any], date | None], Plan[Any]]


_TABLES: Final = {
    "units": _Table(Unit, ("code", "kind", "name"), lambda one: one.code, service.save_units),
    "people": _Table(Person, ("code", "name", "unit"), lambda one: one.code, service.save_people),
    "posts": _Table(
        Holding, ("person", "role"), lambda one: f"{one.person}/{one.role}", service.save_posts
    ),
    "time_bands": _Table(TimeBand, ("code", "hours"), lambda one: one.code, service.save_time_bands),
    "duty_cards": _Table(
        DutyCard, ("duty_grid",), lambda one: "/".join(filter(None, (one.duty_grid, one.person))),
        service.save_duty_cards,
    ),
}  # fmt: skip
TABLES: Final = tuple(_TABLES)


def import_table(
    tx: Tx,
    actor: Actor,
    what: str,
    source: Path | Sequence[Row],
    valid_from: date,
    close_vanished: bool = False,
) -> Plan[Any]:
    """Take a CSV, TSV or XLSX file of one of `TABLES`, wholly or not at all; columns carry the fields' names.

    `valid_from` is the first day of rows that name none, and with `close_vanished` the day from which rows
    that are not in the file no longer hold. Raises `Invalid` with every error (file, row, field, why).
    """
    if what not in _TABLES:
        raise Invalid(f"{what!r} is none of {', '.join(TABLES)}", errors=[{"field": "what", "why": "is unknown"}])
    table = _TABLES[what]
    rows = read_table(source, table.needed) if isinstance(source, Path) else list(source)
    parsed, errors = parse(table.make, rows, {"valid_from": valid_from})
    if errors:
        raise Invalid(f"{len(errors)} cells of {what} cannot be read.", errors=errors)
    try:
        return table.save(tx, actor, [one.value for one in parsed], valid_from if close_vanished else None)
    except Invalid as error:
        places = {table.label(one.value): one.row for one in reversed(parsed)}
        raise Invalid(error.detail, errors=[_placed(one, places) for one in error.params["errors"]]) from error


def _placed(error: dict[str, Any], places: dict[str, Row]) -> dict[str, Any]:
    row = places.get(error["row"])
    return {**row.place(error["field"], error["why"]), "code": error["row"]} if row else error
