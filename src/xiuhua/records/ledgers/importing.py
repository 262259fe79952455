"""Brings a file of entries in: batch by batch, each in a transaction of its own, every row accounted for.

Repeatable by key: of a column that names each row, else by what the row holds (the second of two equal rows in one
file is an entry of its own). An entry that is in already stays as it is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.packs.common import FieldSpec, Title
from xiuhua.packs.kinds import Register
from xiuhua.platform.database import Database
from xiuhua.platform.errors import Conflict, Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.readers import heads, open_table, titles_in
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault, excerpt, fault
from xiuhua.records import measures
from xiuhua.records.converting import Columns, Converter, spellings
from xiuhua.records.importing import codes_by_name
from xiuhua.records.ledgers.model import Declared
from xiuhua.records.ledgers.service import Ledgers, Put, digest_of
from xiuhua.records.measures import NoQuantity
from xiuhua.records.model import Declared as AsRegister
from xiuhua.records.words import words

BATCH: Final = 2_000
_TRIES: Final = 3
_NEEDED: Final = ("day", "quantity")
Progress = Callable[[int, float], None]
"""Told of rows done, and of the file's fraction (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, and how it is read."""

    path: Path
    ledger: str
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
    """What became of every row: the first three add up to their number."""

    new: int
    known: int
    rejected: int
    seconds: float
    columns: Mapping[str, str]
    """Field → title of the column that it was read from."""
    unused: tuple[str, ...]
    """Columns that no field is read from."""
    about: int
    """Quantities that said "about": the number was taken as it stands."""
    rejected_path: Path | None
    reasons: Mapping[tuple[str, str], int]
    """Column and reason → how many rows."""


class _Undone(Exception):
    """Leaves a transaction without a trace."""


def run(
    database: Database, ledgers: Ledgers, cities: CityReader, actor: Actor, wanted: Wanted,
    progress: Progress = lambda rows, fraction: None,
) -> Outcome:  # fmt: skip
    """Import one file. Raises `Invalid` before anything is written when it does not fit the ledger."""
    began, counts, reasons = time.perf_counter(), Counter[str](), Counter[tuple[str, str]]()
    with database.reading() as tx:
        declared = ledgers.ledger(tx, actor.city, wanted.ledger)
        city = cities.of(tx, actor.city)
        zone, named = city.zone, codes_by_name(city)
    columns = layout(wanted, declared)
    with open_table(wanted.path, columns) as table:
        reader = Reader(declared, Converter(as_register(declared), columns, table.header, zone, named, wanted.datum))
        out = RejectedRows(wanted.path, table.header, wanted.lang, wanted.rejected)
        seen: Counter[str] = Counter()
        try:
            batch: list[tuple[Row, dict[str, Any] | list[Fault]]] = []

            def take() -> None:
                good = [given for _, given in batch if isinstance(given, dict)]
                told = iter(_put(database, ledgers, actor, wanted, good))
                for row, given in batch:
                    answer = next(told) if isinstance(given, dict) else None
                    faults = given if isinstance(given, list) else _faults(answer, columns)
                    counts["rejected" if faults or answer is None else answer.status] += 1
                    for one in faults:
                        reasons[one.column, one.text(wanted.lang)] += 1
                    if faults:
                        out.add(row.number, row.cells, faults)
                batch.clear()

            for row in table.rows():
                given = reader.read(row, columns)
                if isinstance(given, dict) and "key" not in given:
                    digest = digest_of(given)
                    seen[digest] += 1
                    given["key"] = digest if seen[digest] == 1 else f"{digest}#{seen[digest]}"
                batch.append((row, given))
                if len(batch) >= BATCH:
                    take()
                    progress(counts.total(), table.fraction())
            take()
            progress(counts.total(), 1.0)
            kept_in = out.finish()
        finally:
            out.discard()
        unused = tuple(one for one in table.header if one and one not in set(columns.of.values()))
    return Outcome(
        counts["new"], counts["known"], counts["rejected"], time.perf_counter() - began, columns.of, unused,
        reader.about, kept_in, reasons,
    )  # fmt: skip


class Reader:
    """Rows of one file as entries are given."""

    def __init__(self, declared: Declared, converter: Converter) -> None:
        self._declared, self._converter = declared, converter
        self._about = 0

    @property
    def about(self) -> int:
        """Cells that said "about"."""
        return self._about + self._converter.about

    def read(self, row: Row, columns: Columns) -> dict[str, Any] | list[Fault]:
        """What the row gives, or all that is wrong in it."""
        given = self._converter.convert(row)
        if isinstance(given, list):
            return given
        faults = [
            Fault(columns.of[name], "service", "is needed", words()["needed"]) for name in _NEEDED if name not in given
        ]
        if faults:
            return faults
        own = self._declared.ledger.quantity
        try:
            number, about = measures.read(given["quantity"], given.get("unit") or own)
        except NoQuantity as error:
            told = given.get("unit") or own
            return [fault(columns.of["quantity"], str(error), value=excerpt(given["quantity"]), unit=told)]
        self._about += about
        return {**given, "quantity": f"{number:f}"}


def as_register(declared: Declared) -> AsRegister:
    """The ledger as tables are read by: its fields, and what every entry has."""
    types: dict[str, Any] = {"day": "date", "quantity": "long_text", "of_unit": "unit", "note": "long_text"}
    told = words()["titles"]
    own = {
        name: FieldSpec(type=types.get(name, "text"), title=Title(**told[name]) if name in told else None)
        for name in words()["entries"]
        if name != "thing" or declared.ledger.of is not None
    }
    register = Register(
        title=declared.ledger.title, key="day", geometry="point", fields={**own, **declared.ledger.fields}, cites=[]
    )
    return AsRegister(declared.name, declared.digest, register)


def layout(wanted: Wanted, declared: Declared) -> Columns:
    """Which column holds what: what was said, else what the titles say. Raises `Invalid` without day and quantity."""
    known = spellings(as_register(declared))
    for name, more in words()["entries"].items():
        if name in known:
            known[name] = [*known[name], *more]
    wrong = [{"field": name, "why": f"is no field of {declared.name}"} for name in wanted.columns if name not in known]
    if wrong:
        raise Invalid(errors=wrong)
    by_title = {titles.key(one): name for name, all_ in reversed(known.items()) for one in all_}
    by_title |= {titles.key(one): name for name in declared.given() for one in known[name]}
    best: dict[str, str] = {}
    for _, rows in heads(wanted.path):
        for row in rows:
            found: dict[str, str] = {}
            for title in titles_in(row):
                if (name := by_title.get(titles.key(title))) is not None:
                    found.setdefault(name, title)
            best = found if len(found) > len(best) else best
    best = {**best, **wanted.columns}
    missing = [name for name in _NEEDED if name not in best]
    if missing:
        raise Invalid(
            "No column says " + " or ".join(missing) + ".",
            errors=[{"file": wanted.path.name, "row": 0, "field": name, "why": "no column " + " / ".join(known[name])}
                    for name in missing],
        )  # fmt: skip
    return Columns(best, wanted.sheet)


def _put(database: Database, ledgers: Ledgers, actor: Actor, wanted: Wanted, rows: list[dict[str, Any]]) -> list[Put]:
    """One transaction; again when somebody else entered one of the same key meanwhile, which is then known."""
    answers: list[Put] = []
    for again in reversed(range(_TRIES)):
        try:
            with database.transaction() as tx:
                answers = ledgers.put_many(tx, actor, wanted.ledger, rows)
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
