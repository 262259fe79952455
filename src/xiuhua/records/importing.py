"""Brings a file of records in: batch by batch, each in a transaction of its own, every row accounted for.

Repeatable by key: what is in already and the same is unchanged, what differs is changed in what the file gives.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Protocol

from xiuhua.city.compiled import CityReader
from xiuhua.platform.database import Database
from xiuhua.platform.errors import Conflict, Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables.readers import heads, open_table, titles_in
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault, excerpt, fault
from xiuhua.records.converting import Columns, Converter, matched, spellings
from xiuhua.records.filling import Filling
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


Rows = Sequence[Mapping[str, Any]]
Told = tuple[str, tuple[Mapping[str, str], ...]]
"""What became of a row: status of `Put`, and what is wrong."""
Take = Callable[[Rows], list[Told]]


class Answer(Protocol):
    """What came of a batch, once it is there."""

    def result(self) -> list[Told]:
        """One for each row; waits for it."""


class Helpers(Protocol):
    """Others that take batches in (`platform.helpers`)."""

    @property
    def most(self) -> int:
        """Batches that may be under way at once."""

    def submit(self, batch: Rows) -> Answer:
        """Begin with a batch."""


class _Ourselves:
    """Nobody helps: a batch is in before the next is read."""

    most: Final = 1

    def __init__(self, take: Take) -> None:
        self._take = take

    def submit(self, batch: Rows) -> Future[list[Told]]:
        done: Future[list[Told]] = Future()
        done.set_result(self._take(batch))
        return done


class _Undone(Exception):
    """Leaves a transaction without a trace."""


def run(
    database: Database, records: Records, cities: CityReader, actor: Actor, wanted: Wanted,
    progress: Progress = lambda rows, fraction: None, helpers: Helpers | None = None,
) -> Outcome:  # fmt: skip
    """Import one file. Raises `Invalid` before anything is written when it does not fit the register.

    With `helpers` these take the batches in, each as `taking` does.
    """
    began = time.perf_counter()
    with database.reading() as tx:
        declared = records.register(tx, actor.city, wanted.register)
        city = cities.of(tx, actor.city)
        zone, named = city.zone, codes_by_name(city)
        filling = Filling(city, declared, _anything, int(tx.now.timestamp()))
    if helpers is None or any(spec.to == declared.name for spec in declared.register.fields.values()):
        helpers = _Ourselves(
            taking(database, records, actor, wanted.register, wanted.dry)
        )  # rows refer to earlier ones
    columns = layout(wanted, declared)
    with open_table(wanted.path, columns) as table:
        converter = Converter(declared, columns, table.header, zone, named, wanted.datum)
        out = RejectedRows(wanted.path, table.header, wanted.lang, wanted.rejected)
        one = _Import(helpers, columns, filling, out, wanted.lang, lambda rows: progress(rows, table.fraction()))
        try:
            for row in table.rows():
                one.add(row, converter.convert(row))
            one.finish()
            progress(one.counts.total(), 1.0)
            kept_in = out.finish()
        finally:
            out.discard()
        unused = tuple(each for each in table.header if each and each not in set(columns.of.values()))
    counts = one.counts
    return Outcome(
        counts["new"], counts["changed"], counts["unchanged"], counts["rejected"], time.perf_counter() - began,
        columns.of, unused, converter.about, kept_in, one.reasons,
    )  # fmt: skip


def taking(database: Database, records: Records, actor: Actor, register: str, dry: bool) -> Take:
    """Takes batches in, each in a transaction of its own; again when somebody else added a key meanwhile."""

    def take(rows: Rows) -> list[Told]:
        for again in reversed(range(_TRIES)):
            answers: list[Put] = []
            try:
                with database.transaction() as tx:
                    answers = records.put_many(tx, actor, register, rows)
                    if dry:
                        raise _Undone
            except _Undone:
                pass
            except Conflict:
                if again:
                    continue
                raise
            return [(one.status, one.problems) for one in answers]
        raise AssertionError

    return take


@dataclass(slots=True)
class _Batch:
    """Rows that go together: good ones by a number for their key, and bad ones."""

    good: dict[int, tuple[Row, Mapping[str, Any]]] = field(default_factory=dict)
    refused: list[tuple[Row, Sequence[Fault]]] = field(default_factory=list)
    answer: Answer | None = None

    def __len__(self) -> int:
        return len(self.good) + len(self.refused)


class _Import:
    """The state of one run."""

    def __init__(
        self, helpers: Helpers, columns: Columns, filling: Filling, out: RejectedRows, lang: str,
        told: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._helpers, self._columns, self._filling = helpers, columns, filling
        self._out, self._lang, self._told = out, lang, told
        self._batch, self._under_way = _Batch(), deque[_Batch]()
        self._seen: dict[int, int] = {}
        """128 bits of a key that was taken in → its row."""
        self.counts, self.reasons = Counter[str](), Counter[tuple[str, str]]()

    def add(self, row: Row, given: dict[str, Any] | list[Fault]) -> None:
        """Take one row; what has gathered is handed on when the batch is full."""
        if isinstance(given, list):
            self._batch.refused.append((row, given))
        else:
            self._consider(row, given)
        if len(self._batch) >= BATCH:
            self._send()

    def finish(self) -> None:
        """Hand on what has gathered and settle all that is under way."""
        self._send()
        self._settle(0)

    def _consider(self, row: Row, given: dict[str, Any]) -> None:
        key = self._filling.key(given)
        number = -row.number if key is None else int.from_bytes(blake2b(key.encode(), digest_size=16).digest())
        if number in self._batch.good or any(number in one.good for one in self._under_way):
            self.finish()  # whether the first one is taken in decides about this one
        first = self._seen.get(number)
        if first is None:
            self._batch.good[number] = row, given
        else:
            title = self._columns.of[self._filling.key_field]
            self._batch.refused.append((row, [fault(title, "same_key", value=excerpt(key or ""), first=first)]))

    def _send(self) -> None:
        batch, self._batch = self._batch, _Batch()
        if batch.good:
            batch.answer = self._helpers.submit([given for _, given in batch.good.values()])
        self._under_way.append(batch)
        self._settle(self._helpers.most - 1)

    def _settle(self, left: int) -> None:
        """Note what became of the oldest batches, until so many are left; what is rejected in the order of the file."""
        while len(self._under_way) > left:
            batch = self._under_way[0]
            told = batch.answer.result() if batch.answer else []
            for (number, (row, _)), (status, problems) in zip(batch.good.items(), told, strict=True):
                if status == "rejected":
                    batch.refused.append((row, [self._fault(one) for one in problems]))
                else:
                    self.counts[status] += 1
                    self._seen[number] = row.number
            self._under_way.popleft()
            for row, faults in sorted(batch.refused, key=lambda one: one[0].number):
                self.counts["rejected"] += 1
                self.reasons.update((one.column, one.text(self._lang)) for one in faults)
                self._out.add(row.number, row.cells, faults)
            self._told(self.counts.total())

    def _fault(self, one: Mapping[str, str]) -> Fault:
        column = self._columns.of.get(one["field"], one["field"])
        return Fault(column, "service", one["why"], one.get("why_zh", one["why"]))


def _anything(kind: str, code: str) -> dict[str, Any]:
    return {"code": code}


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
