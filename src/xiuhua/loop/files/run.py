"""Brings a file of reports in: batch by batch, each in a transaction of its own, every row accounted for.

A run that was stopped is simply repeated: what is in already is unchanged. So is a row that repeats one of the
same file; the same id with other content is rejected with the row of the first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.readers import Table, open_table
from xiuhua.loop.files.rejects import RejectedRows
from xiuhua.loop.files.rows import Row
from xiuhua.loop.files.shaping import Shaper
from xiuhua.loop.files.texts import ZH, Fault, excerpt, fault, say
from xiuhua.loop.model import Problem, Receipt, ReportIn
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Internal
from xiuhua.platform.identity.model import Actor

BATCH: Final = 1_000
"""Rows in one transaction: large enough for set-based statements, small enough to lose little when stopped."""
_ROWS_NAMED: Final = 3


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
) -> Outcome:
    """Import one file. `zone` is the bureau's time zone, `rejected` another place for the rejected rows.

    Raises `FileRefused` before anything is written when the file does not fit the mapping; an error of the intake
    or the database passes through, what was committed before it stays.
    """
    started = time.perf_counter()
    with open_table(path, mapping) as table:
        rows = RejectedRows(path, table.header, lang, rejected)
        of_file = ZoneInfo(mapping.times.zone or zone)
        converter = Converter(mapping, table.header, of_file, database.clock.now())
        shaper = Shaper(mapping, table.header)
        one = _Import(database, city, actor, submit, table, converter, rows, progress)
        try:
            skipped = 0
            for row in table.rows():
                if shaper.skips(row):
                    skipped += 1
                else:
                    one.add(shaper.filled(row), batch)
            one.flush()
            kept_in = rows.finish()
        finally:
            rows.discard()
    seconds = time.perf_counter() - started
    return Outcome(one.new, one.unchanged, one.rejected, seconds, kept_in, skipped, tuple(one.reasons.values()))


class _Import:
    """The state of one run."""

    def __init__(
        self,
        database: Transactions,
        city: str,
        actor: Actor,
        submit: Submit,
        table: Table,
        converter: Converter,
        rejected_rows: RejectedRows,
        progress: Progress,
    ) -> None:
        self._database, self._city, self._actor, self._submit = database, city, actor, submit
        self._table, self._converter, self._out, self._progress = table, converter, rejected_rows, progress
        self._pending: dict[int, tuple[Row, ReportIn]] = {}
        self._refused: list[tuple[Row, Sequence[Fault]]] = []
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
            self._refuse(row, converted)
        if len(self._pending) + len(self._refused) >= batch:
            self.flush()

    def _consider(self, row: Row, report: ReportIn) -> None:
        key = _digest(report.source, report.external_id)
        if key in self._pending:
            self.flush()  # whether the first one is taken in decides about this one
        first = self._seen.get(key)
        if first is None:
            self._pending[key] = (row, report)
        elif first[1] == _content_digest(report):
            self.unchanged += 1
        else:
            title = self._converter.mapping.titles_of("external_id")[0]
            value = excerpt(report.external_id)
            self._refuse(row, [fault(title, "same_id_differs", value=value, first=first[0])])

    def _refuse(self, row: Row, faults: Sequence[Fault]) -> None:
        self._refused.append((row, faults))
        self.rejected += 1
        for one in faults:
            kind = (one.column, one.code)
            known = self.reasons.get(kind, Reason(one, 0, ()))
            rows = known.rows if len(known.rows) >= _ROWS_NAMED else (*known.rows, row.number)
            self.reasons[kind] = Reason(known.first, known.count + 1, rows)

    def flush(self) -> None:
        """Hand what has gathered to the intake, in one transaction; write down what is rejected, in order."""
        gathered, self._pending = self._pending, {}
        reports = [report for _, report in gathered.values()]
        keys = list(gathered)
        for receipt in self._submitted(reports):
            key = keys[receipt.index]
            row, report = gathered[key]
            if receipt.status == "rejected":
                self._refuse(row, self._faults(receipt))
                continue
            self._seen[key] = (row.number, _content_digest(report))
            self.new += receipt.status == "new"
            self.unchanged += receipt.status == "unchanged"
        refused, self._refused = self._refused, []
        for row, faults in sorted(refused, key=lambda one: one[0].number):
            self._out.add(row.number, row.cells, faults)
        taken = self.new + self.unchanged + self.rejected
        self._progress(Standing(taken, self.new, self.unchanged, self.rejected, self._table.fraction()))

    def _submitted(self, reports: Sequence[ReportIn]) -> list[Receipt]:
        if not reports:
            return []
        with self._database.transaction() as tx:
            receipts = self._submit(tx, self._city, reports, self._actor)
            if sorted(one.index for one in receipts) != list(range(len(reports))):
                raise Internal("The intake did not answer each report once; nothing of this batch was kept.")
        return receipts

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
    """64 bits of all that the mapping reads of a row."""
    return int.from_bytes(blake2b(repr(report).encode(), digest_size=8).digest())
