"""Brings a file of records in: batch by batch, each in a transaction of its own, every row accounted for.

Repeatable by key: what is in already and the same is unchanged, what differs is changed in what the file gives.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.platform.database import Database
from xiuhua.platform.errors import Conflict, Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables.readers import heads, open_table, titles_in
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault
from xiuhua.records.converting import Columns, Converter, matched, spellings
from xiuhua.records.model import Declared
from xiuhua.records.service import Put, Records

BATCH: Final = 2_000
_TRIES: Final = 3
Progress = Callable[[int, float], None]
"""Told of rows done, and of the file's fraction (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, and how it is read."""

    path: Path
    register: str
    columns: Mapping[str, str]
    """Field → title of its column, where the titles do not say it themselves."""
    datum: str = "wgs84"
    sheet: str | int | None = None
    rejected: Path | None = None
    lang: str = ZH
    dry: bool = False
    """Only look: everything is checked, nothing is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every row: the four add up to their number."""

    new: int
    changed: int
    unchanged: int
    rejected: int
    seconds: float
    columns: Mapping[str, str]
    """Field → title of the column that it was read from."""
    unused: tuple[str, ...]
    """Columns that no field is read from."""
    about: int
    """Cells that said "about": the number in them was taken as it stands."""
    rejected_path: Path | None
    reasons: Mapping[tuple[str, str], int]
    """Column and reason → how many rows."""


class _Undone(Exception):
    """Leaves a transaction without a trace."""


def run(
    database: Database, records: Records, cities: CityReader, actor: Actor, wanted: Wanted,
    progress: Progress = lambda rows, fraction: None,
) -> Outcome:  # fmt: skip
    """Import one file. Raises `Invalid` before anything is written when it does not fit the register."""
    began, counts, reasons = time.perf_counter(), Counter[str](), Counter[tuple[str, str]]()
    with database.reading() as tx:
        declared = records.register(tx, actor.city, wanted.register)
        city = cities.of(tx, actor.city)
        zone, named = city.zone, codes_by_name(city)
    columns = layout(wanted, declared)
    with open_table(wanted.path, columns) as table:
        converter = Converter(declared, columns, table.header, zone, named, wanted.datum)
        out = RejectedRows(wanted.path, table.header, wanted.lang, wanted.rejected)
        try:
            batch: list[tuple[Row, dict[str, Any] | list[Fault]]] = []
            for row in table.rows():
                batch.append((row, converter.convert(row)))
                if len(batch) >= BATCH:
                    _take(database, records, actor, wanted, columns, batch, out, counts, reasons)
                    progress(counts.total(), table.fraction())
                    batch = []
            _take(database, records, actor, wanted, columns, batch, out, counts, reasons)
            progress(counts.total(), 1.0)
            kept_in = out.finish()
        finally:
            out.discard()
        unused = tuple(one for one in table.header if one and one not in set(columns.of.values()))
    return Outcome(
        counts["new"], counts["changed"], counts["unchanged"], counts["rejected"], time.perf_counter() - began,
        columns.of, unused, converter.about, kept_in, reasons,
    )  # fmt: skip


def layout(wanted: Wanted, declared: Declared) -> Columns:
    """Which column holds what: what was said, else what the titles say. Raises `Invalid` without the key's column."""
    known = spellings(declared)
    wrong = [{"field": name, "why": f"is no field of {declared.name}"} for name in wanted.columns if name not in known]
    if wrong:
        raise Invalid(errors=wrong)
    first = [(name, [titles_in(one) for one in rows]) for name, rows in heads(wanted.path)]
    found = {**matched(declared, first), **wanted.columns}
    if declared.register.key not in found:
        told = " / ".join(known[declared.register.key])
        raise Invalid(
            f"No column is called {told}: that is what names a record.",
            errors=[{"file": wanted.path.name, "row": 0, "field": declared.register.key, "why": f"no column {told}"}],
        )
    return Columns(found, wanted.sheet)


def _take(
    database: Database, records: Records, actor: Actor, wanted: Wanted, columns: Columns,
    batch: list[tuple[Row, dict[str, Any] | list[Fault]]], out: RejectedRows, counts: Counter[str],
    reasons: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    """One batch in one transaction; what is wrong goes to the file of rejected rows, in the order of the file."""
    good = [given for _, given in batch if isinstance(given, dict)]
    told = iter(_put(database, records, actor, wanted, good))
    for row, given in batch:
        answer = next(told) if isinstance(given, dict) else None
        faults = given if isinstance(given, list) else _faults(answer, columns)
        status = "rejected" if faults else answer.status if answer else "rejected"
        counts[status] += 1
        for one in faults:
            reasons[one.column, one.text(wanted.lang)] += 1
        if faults:
            out.add(row.number, row.cells, faults)


def _put(database: Database, records: Records, actor: Actor, wanted: Wanted, rows: list[dict[str, Any]]) -> list[Put]:
    """One transaction; again when somebody else added a record of the same key meanwhile, which is then known."""
    answers: list[Put] = []
    for again in reversed(range(_TRIES)):
        try:
            with database.transaction() as tx:
                answers = records.put_many(tx, actor, wanted.register, rows)
                if wanted.dry:
                    raise _Undone
            break
        except _Undone:
            break
        except Conflict:
            if not again:
                raise
    return answers


def _faults(answer: Put | None, columns: Columns) -> list[Fault]:
    if answer is None or answer.status != "rejected":
        return []
    return [
        Fault(columns.of.get(one["field"], one["field"]), "service", one["why"], one.get("why_zh", one["why"]))
        for one in answer.problems
    ]


def codes_by_name(city: Any) -> dict[str, dict[str, str]]:
    """Names that one unit, person or area alone has, with its code."""
    directory = city.directory()
    found: dict[str, dict[str, str]] = {}
    for kind, things in (
        ("unit", ((one.name, one.code) for one in directory.units.values())),
        ("person", ((one.name, one.code) for one in directory.people.values())),
        ("area", ((one.name, one.code) for one in city.areas().areas())),
    ):
        listed = list(things)
        times = Counter(name for name, _ in listed)
        found[kind] = {name: code for name, code in listed if times[name] == 1}
    return found
