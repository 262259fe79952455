"""Takes the rows of a table in: batch by batch, each in a transaction of its own, every row accounted for.

Batches may be under way side by side; what becomes of a row is settled in the order of the file. A run that was
stopped is simply repeated: what is in already is unchanged. So is a row that repeats one of the same file; the same
key with other content is rejected with the row of the first.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict
from xiuhua.platform.imports.model import Item, Outcome, Put, Reader, Reason, Settled, Standing, Target
from xiuhua.platform.tables.readers import Layout, Table, open_table
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, Fault, excerpt, fault
from xiuhua.platform.wording import why

Item_contra = TypeVar("Item_contra", contravariant=True)
BATCH: Final = 2_000
"""Rows in one transaction: large enough for set-based statements, small enough to lose little when stopped."""
_TRIES: Final = 3
_ROWS_NAMED: Final = 3
Progress = Callable[[Standing], None]
Take = Callable[[Sequence[Item]], Sequence[Put]]
"""Takes a batch in, in a transaction of its own; one answer for each."""


class Watch(Protocol):
    """Looks on."""

    def begin(self, header: Sequence[str]) -> None:
        """The titles of the table."""

    def see(self, one: Settled) -> None:
        """A row and what became of it, in the order of the file."""


class Puts(Protocol[Item_contra]):
    """What takes batches in (`Target`)."""

    def put(self, tx: Tx, items: Sequence[Item_contra], trial: bool, /) -> Sequence[Put]:
        """One answer for each."""


class Transactions(Protocol):
    """What an import needs of the database."""

    clock: Clock

    def transaction(self) -> AbstractContextManager[Tx]:
        """One transaction, committed at its end."""


class Answer(Protocol):
    """What came of a batch, once it is there."""

    def result(self) -> Sequence[Put]:
        """One for each item; waits for it."""


class Helpers(Protocol[Item_contra]):
    """Others that take batches in (`platform.helpers`)."""

    @property
    def most(self) -> int:
        """Batches that may be under way at once."""

    def submit(self, batch: Sequence[Item_contra], /) -> Answer:
        """Begin with a batch."""


class Ourselves(Generic[Item]):
    """Nobody helps: a batch is in before the next is read."""

    most: Final = 1

    def __init__(self, take: Take[Item]) -> None:
        self._take = take

    def submit(self, batch: Sequence[Item]) -> Future[Sequence[Put]]:
        """Take it in now."""
        done: Future[Sequence[Put]] = Future()
        done.set_result(self._take(batch))
        return done


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is taken in."""

    layout: Layout
    lang: str = ZH
    rejected: Path | None = None
    """Where rejected rows go; beside the file unless told."""
    trial: bool = False
    """Only look: everything is checked, nothing is kept."""
    batch: int = BATCH
    most: int | None = None
    """Only so many of the first rows."""


class _Undone(Exception):
    """Leaves a transaction without a trace."""


def taking(database: Transactions, target: Puts[Item], trial: bool = False) -> Take[Item]:
    """Takes batches in, each in a transaction of its own; again when somebody else added a key meanwhile."""

    def take(items: Sequence[Item]) -> Sequence[Put]:
        for again in reversed(range(_TRIES)):
            answers: Sequence[Put] = ()
            try:
                with database.transaction() as tx:
                    answers = target.put(tx, items, trial)
                    if trial:
                        raise _Undone
            except _Undone:
                pass
            except Conflict:
                if again:
                    continue
                raise
            return answers
        raise AssertionError

    return take


def run(
    path: Path, target: Target[Item], wanted: Wanted, helpers: Helpers[Item], now: datetime,
    progress: Progress = lambda _: None, watch: Watch | None = None,
) -> Outcome:  # fmt: skip
    """Take one file in. Raises `FileRefused` before anything is written when the file does not fit its layout.

    An error of the target or the database passes through; what was committed before it stays.
    """
    began = time.perf_counter()
    with open_table(path, wanted.layout) as table:
        reader = target.reader(wanted.layout, table.header, now)
        if watch is not None:
            watch.begin(table.header)
        out = RejectedRows(path, table.header, wanted.lang, wanted.rejected)
        one = _Import(helpers, table, reader, out, progress, watch)
        rows = table.rows()
        try:
            for row in rows if wanted.most is None else islice(rows, wanted.most):
                one.add(row, wanted.batch)
            one.finish()
            kept_in = out.finish()
        finally:
            out.discard()
        used = set(wanted.layout.titles())
        unused = tuple(each for each in table.header if each and each not in used)
        whole = wanted.most is None or next(rows, None) is None
    counts = one.counts
    return Outcome(
        counts["new"], counts["changed"], counts["unchanged"], counts["rejected"], time.perf_counter() - began, kept_in,
        one.skipped, tuple(one.reasons.values()), unused, reader.about, whole,
    )  # fmt: skip


def bring_in(
    database: Transactions, target: Target[Item], path: Path, wanted: Wanted, progress: Progress = lambda _: None,
    helpers: Helpers[Item] | None = None,
) -> Outcome:  # fmt: skip
    """Take one file in; with `helpers` these take the batches in, each as `taking` does. Raises as `run` does."""
    helpers = helpers or Ourselves(taking(database, target, wanted.trial))
    return run(path, target, wanted, helpers, database.clock.now(), progress)


@dataclass(slots=True)
class _Batch(Generic[Item]):
    """Rows that go together: good ones by a number for their key, and those that are settled already."""

    good: dict[int, tuple[Row, Item]] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    answer: Answer | None = None

    def __len__(self) -> int:
        return len(self.good) + len(self.settled)


class _Import(Generic[Item]):
    """The state of one run."""

    def __init__(
        self, helpers: Helpers[Item], table: Table, reader: Reader[Item], out: RejectedRows, progress: Progress,
        watch: Watch | None,
    ) -> None:  # fmt: skip
        self._helpers, self._table, self._reader, self._out = helpers, table, reader, out
        self._progress, self._watch = progress, watch
        self._batch, self._under_way = _Batch[Item](), deque[_Batch[Item]]()
        # 128 bits of a key → row and 64 bits of the content: about 250 bytes a row, so that a repeat within the
        # file is told from a clash of keys, which the target alone could not show with its first row.
        self._seen: dict[int, tuple[int, int]] = {}
        self.counts, self.reasons, self.skipped = Counter[str](), dict[tuple[str, str], Reason](), 0

    def add(self, row: Row, batch: int) -> None:
        """Take one row; what has gathered is handed on when the batch is full."""
        given = self._reader.read(row)
        if given is None:
            self.skipped += 1
        elif isinstance(given, list | tuple):
            self._batch.settled.append(Settled(row, "rejected", given))
        else:
            self._consider(row, given)
        if len(self._batch) >= batch:
            self._send()

    def finish(self) -> None:
        """Hand on what has gathered and settle all that is under way."""
        self._send()
        self._settle(0)

    def _consider(self, row: Row, item: Any) -> None:
        key = self._reader.key(item)
        number = -row.number if key is None else int.from_bytes(blake2b(key.encode(), digest_size=16).digest())
        if number in self._batch.good or any(number in one.good for one in self._under_way):
            self.finish()  # whether the first one is taken in decides about this one
        first = self._seen.get(number)
        if first is None:
            self._batch.good[number] = row, item
        elif first[1] == self._reader.content(item):
            self._batch.settled.append(Settled(row, "unchanged"))
        else:
            title = self._reader.title(self._reader.key_field)
            twice = fault(title, "same_id_differs", value=excerpt(self._reader.called(item)), first=first[0])
            self._batch.settled.append(Settled(row, "rejected", [twice]))

    def _send(self) -> None:
        """Hand what has gathered on, and settle what is more than may be under way."""
        batch, self._batch = self._batch, _Batch[Item]()
        if batch.good:
            batch.answer = self._helpers.submit([item for _, item in batch.good.values()])
        self._under_way.append(batch)
        self._settle(self._helpers.most - 1)

    def _settle(self, left: int) -> None:
        """Note what became of the oldest batches, until so many are left, in the order of the file."""
        while len(self._under_way) > left:
            batch = self._under_way[0]
            answers = batch.answer.result() if batch.answer else ()
            for (number, (row, item)), answer in zip(batch.good.items(), answers, strict=True):
                if answer.status == "rejected":
                    faults = [self._fault(one) for one in answer.problems]
                    batch.settled.append(Settled(row, "rejected", faults))
                    continue
                self._seen[number] = row.number, self._reader.content(item)
                if self._watch is None:
                    self.counts[answer.status] += 1
                else:
                    batch.settled.append(Settled(row, answer.status, (), answer.changes))
            self._under_way.popleft()
            for one in sorted(batch.settled, key=lambda one: one.row.number):
                self._note(one)
            counts = self.counts
            self._progress(Standing(
                counts["new"], counts["changed"], counts["unchanged"], counts["rejected"], self._table.fraction(),
            ))  # fmt: skip

    def _note(self, one: Settled) -> None:
        self.counts[one.status] += 1
        if self._watch is not None:
            self._watch.see(one)
        if one.status == "rejected":
            self._out.add(one.row.number, one.row.cells, one.faults)
            for each in one.faults:
                kind = (each.column, each.code)
                known = self.reasons.get(kind, Reason(each, 0, ()))
                rows = known.rows if len(known.rows) >= _ROWS_NAMED else (*known.rows, one.row.number)
                self.reasons[kind] = Reason(known.first, known.count + 1, rows)

    def _fault(self, one: Mapping[str, Any]) -> Fault:
        code = f"service {one['field']} {one.get('reason', '')}".rstrip()
        return Fault(self._reader.title(one["field"]), code, why(one, "en"), why(one, "zh"))
