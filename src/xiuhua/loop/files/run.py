"""Brings a file of reports in: batch by batch, each in a transaction of its own, every row accounted for.

Batches may be under way side by side (`several.py`); what becomes of a row is settled in the order of the file. A
run that was stopped is simply repeated: what is in already is unchanged. So is a row that repeats one of the same
file; the same id with other content is rejected with the row of the first.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.shaping import Shaper
from xiuhua.loop.model import Problem, Receipt, ReportIn
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Internal
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables.readers import Table, open_table
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault, excerpt, fault, say

BATCH: Final = 1_000
"""Rows in one transaction: large enough for set-based statements, small enough to lose little when stopped."""
_ROWS_NAMED: Final = 3
_hashed: Final = attrgetter(*(one.name for one in fields(ReportIn) if one.name != "extra"))


class Transactions(Protocol):
    """What an import needs of the database."""

    clock: Clock

    def transaction(self) -> AbstractContextManager[Tx]:
        """One transaction, committed at its end."""


class Submit(Protocol):
    """The intake: takes a batch, leaves repeats alone, answers each report."""

    def __call__(self, tx: Tx, city: str, reports: Sequence[ReportIn], actor: Actor, /) -> list[Receipt]:
        """One receipt for each report."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an import has come."""

    rows: int
    new: int
    unchanged: int
    rejected: int
    fraction: float
    """Of the file, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of fault, over all rows that have it."""

    first: Fault
    count: int
    rows: tuple[int, ...]
    """The first few."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every row: `new + unchanged + rejected` is their number, totals and empty rows aside."""

    new: int
    unchanged: int
    rejected: int
    seconds: float
    rejected_path: Path | None
    skipped: int = 0
    reasons: tuple[Reason, ...] = ()


Progress = Callable[[Standing], None]
Take = Callable[[Sequence[ReportIn]], list[Receipt]]
"""Takes a batch in, in a transaction of its own; one receipt for each."""


class Answer(Protocol):
    """What came of a batch, once it is there."""

    def result(self) -> list[Receipt]:
        """One receipt for each report; waits for it."""


class Helpers(Protocol):
    """Others that take batches in."""

    @property
    def most(self) -> int:
        """Batches that may be under way at once."""

    def take(self, reports: Sequence[ReportIn]) -> Answer:
        """Begin with a batch."""


class _Ourselves:
    """Nobody helps: a batch is in before the next is read."""

    most: Final = 1

    def __init__(self, take: Take) -> None:
        self._take = take

    def take(self, reports: Sequence[ReportIn]) -> Future[list[Receipt]]:
        done: Future[list[Receipt]] = Future()
        done.set_result(self._take(reports))
        return done


@dataclass(slots=True)
class _Batch:
    """Rows that go together."""

    pending: dict[int, tuple[Row, ReportIn]] = field(default_factory=dict)
    refused: list[tuple[Row, Sequence[Fault]]] = field(default_factory=list)
    receipts: Answer | None = None

    def __len__(self) -> int:
        return len(self.pending) + len(self.refused)


def run(
    database: Transactions,
    city: str,
    path: Path,
    mapping: FileMapping,
    actor: Actor,
    submit: Submit,
    progress: Progress = lambda _: None,
    *,
    zone: str = "Asia/Shanghai",
    lang: str = ZH,
    rejected: Path | None = None,
    batch: int = BATCH,
    helpers: Helpers | None = None,
) -> Outcome:
    """Import one file. `zone` is the bureau's time zone, `rejected` another place for the rejected rows.

    With `helpers` these take the batches in, and `submit` is not called.

    Raises `FileRefused` before anything is written when the file does not fit the mapping; an error of the intake
    or the database passes through, what was committed before it stays.
    """
    started = time.perf_counter()
    with open_table(path, mapping) as table:
        rows = RejectedRows(path, table.header, lang, rejected)
        of_file = ZoneInfo(mapping.times.zone or zone)
        converter = Converter(mapping, table.header, of_file, database.clock.now())
        shaper = Shaper(mapping, table.header)
        one = _Import(helpers or _Ourselves(taking(database, city, submit, actor)), table, converter, rows, progress)
        try:
            skipped = 0
            for row in table.rows():
                if shaper.skips(row):
                    skipped += 1
                else:
                    one.add(shaper.filled(row), batch)
            one.finish()
            kept_in = rows.finish()
        finally:
            rows.discard()
    seconds = time.perf_counter() - started
    return Outcome(one.new, one.unchanged, one.rejected, seconds, kept_in, skipped, tuple(one.reasons.values()))


def taking(database: Transactions, city: str, submit: Submit, actor: Actor) -> Take:
    """The intake of one city, in a transaction for each batch."""

    def take(reports: Sequence[ReportIn]) -> list[Receipt]:
        with database.transaction() as tx:
            receipts = submit(tx, city, reports, actor)
            if sorted(one.index for one in receipts) != list(range(len(reports))):
                raise Internal("The intake did not answer each report once; nothing of this batch was kept.")
        return receipts

    return take


class _Import:
    """The state of one run."""

    def __init__(
        self,
        helpers: Helpers,
        table: Table,
        converter: Converter,
        rejected_rows: RejectedRows,
        progress: Progress,
    ) -> None:
        self._helpers, self._table, self._converter = helpers, table, converter
        self._out, self._progress = rejected_rows, progress
        self._batch = _Batch()
        self._under_way: deque[_Batch] = deque()
        # 128 bits of the id → row and 64 bits of the content: about 250 bytes a row, so that a repeat within
        # the file is told from a clash of ids, which the intake alone could not show with its first row.
        self._seen: dict[int, tuple[int, int]] = {}
        self.new = self.unchanged = self.rejected = 0
        self.reasons: dict[tuple[str, str], Reason] = {}

    def add(self, row: Row, batch: int) -> None:
        """Take one row; what has gathered is handed on when the batch is full."""
        converted = self._converter.convert(row)
        if isinstance(converted, ReportIn):
            self._consider(row, converted)
        else:
            self._refuse(self._batch, row, converted)
        if len(self._batch) >= batch:
            self._send()

    def finish(self) -> None:
        """Hand on what has gathered and settle all that is under way."""
        self._send()
        self._settle(0)

    def _consider(self, row: Row, report: ReportIn) -> None:
        key = _digest(report.source, report.external_id)
        if key in self._batch.pending or any(key in one.pending for one in self._under_way):
            self.finish()  # whether the first one is taken in decides about this one
        first = self._seen.get(key)
        if first is None:
            self._batch.pending[key] = (row, report)
        elif first[1] == _content_digest(report):
            self.unchanged += 1
        else:
            title = self._converter.mapping.titles_of("external_id")[0]
            value = excerpt(report.external_id)
            self._refuse(self._batch, row, [fault(title, "same_id_differs", value=value, first=first[0])])

    def _refuse(self, batch: _Batch, row: Row, faults: Sequence[Fault]) -> None:
        batch.refused.append((row, faults))
        self.rejected += 1
        for one in faults:
            kind = (one.column, one.code)
            known = self.reasons.get(kind, Reason(one, 0, ()))
            rows = known.rows if len(known.rows) >= _ROWS_NAMED else (*known.rows, row.number)
            self.reasons[kind] = Reason(known.first, known.count + 1, rows)

    def _send(self) -> None:
        """Hand what has gathered to the intake, in one transaction, and settle what is more than may be under way."""
        batch, self._batch = self._batch, _Batch()
        if batch.pending:
            batch.receipts = self._helpers.take([report for _, report in batch.pending.values()])
        self._under_way.append(batch)
        self._settle(self._helpers.most - 1)

    def _settle(self, left: int) -> None:
        """Note what became of the oldest batches, until so many are left; write down what is rejected, in order."""
        while len(self._under_way) > left:
            batch = self._under_way[0]
            keys = list(batch.pending)
            for receipt in batch.receipts.result() if batch.receipts else ():
                key = keys[receipt.index]
                row, report = batch.pending[key]
                if receipt.status == "rejected":
                    self._refuse(batch, row, self._faults(receipt))
                    continue
                self._seen[key] = (row.number, _content_digest(report))
                self.new += receipt.status == "new"
                self.unchanged += receipt.status == "unchanged"
            self._under_way.popleft()
            for row, faults in sorted(batch.refused, key=lambda one: one[0].number):
                self._out.add(row.number, row.cells, faults)
            taken = self.new + self.unchanged + self.rejected
            self._progress(Standing(taken, self.new, self.unchanged, self.rejected, self._table.fraction()))

    def _faults(self, receipt: Receipt) -> list[Fault]:
        found = [self._fault(problem) for problem in receipt.problems]
        return found or [fault("", "not_accepted", why=receipt.status)]

    def _fault(self, problem: Problem) -> Fault:
        columns = self._converter.mapping.titles_of(problem.field) or [problem.field]
        zh = problem.why_zh or say(ZH, "not_accepted", why=problem.why)
        return Fault(columns[0], f"service {problem.field}", problem.why, zh)


def _digest(*parts: str) -> int:
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=16).digest())


def _content_digest(report: ReportIn) -> int:
    """64 bits of all that the mapping reads of a row; good within one process."""
    return hash((*_hashed(report), *report.extra.items()))
