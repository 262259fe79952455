"""Makes the files that offices send, good and broken, and an intake in memory that fulfils the contract."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from xiuhua.loop.files.loading import parse
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.model import Problem, Receipt, ReportIn
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.errors import Invalid
from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import ZH, place_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 31, 23, 0, tzinfo=SHANGHAI)
TITLES = ("编号", "时间", "内容")
MAPPING = """\
columns: {external_id: 编号, at: 时间, text: 内容}
constants: {source: public}
"""


def mapping(more: str = "", base: str = MAPPING) -> FileMapping:
    """The plain mapping with other keys behind it."""
    return parse(base + more, "m.yaml")


def rows_of(*texts: str) -> list[tuple[Any, ...]]:
    """Rows for `TITLES`, one for each text."""
    return [(f"A{number}", "2026-03-02 14:05", text) for number, text in enumerate(texts, 1)]


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file as it stands."""
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), sheet: str = "数据") -> Path:
    """A workbook of one sheet; texts such as `#N/A` become failed formulas."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith("#"):
                cell.data_type = "e"
    for region in merged:
        page.merge_cells(region)
    book.save(path)
    return path


def old_workbook(path: Path, rows: Sequence[Sequence[Any]], locked: bool = False) -> Path:
    """An .xls file (BIFF8 in a compound file) of one sheet with texts and numbers."""
    cells = b"".join(_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line))
    lock = _record(0x2F, struct.pack("<HHH", 1, 0x1234, 0x5678)) if locked else b""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + lock
    name = "数据"
    position = len(start) + 4 + 8 + 2 * len(name) + 4
    sheet = struct.pack("<IBBBB", position, 0, 0, len(name), 1) + name.encode("utf-16-le")
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    path.write_bytes(_compound("Workbook", start + _record(0x85, sheet) + _record(0x0A, b"") + page))
    return path


def _cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: header, one sector of table, one of folder, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    return header.ljust(512, b"\xff") + table + folder.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def rows(path: Path, by: FileMapping | None = None) -> list[Row]:
    """The rows of a file under the plain mapping or another."""
    with open_table(path, by or mapping()) as table:
        return list(table.rows())


def texts(path: Path, by: FileMapping | None = None) -> list[Any]:
    """What stands in its third column."""
    return [row.cells[2] for row in rows(path, by)]


def refused(path: Path, by: FileMapping | None = None, lang: str = ZH) -> list[str]:
    """What a person sees of a file that is refused."""
    with pytest.raises(Invalid) as error:
        rows(path, by)
    return [place_text(one, lang) for one in error.value.params["errors"]]


def faults(row: Row) -> list[tuple[str, str]]:
    """Columns and reasons of what the reader saw in a row."""
    return [(one.column, one.why_zh) for one in row.faults]


@dataclass
class MemoryIntake:
    """Database and intake in memory: what a transaction took in stays when it ends well, else it is gone."""

    kept: dict[tuple[str, str], ReportIn] = field(default_factory=dict)
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(NOW))
    batches: list[int] = field(default_factory=list)
    fails_in_batch: int | None = None
    unknown_categories: frozenset[str] = frozenset()

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        before = dict(self.kept)
        try:
            yield None
        except BaseException:
            self.kept = before
            raise

    def submit(self, _tx: Any, _city: str, reports: Sequence[ReportIn], _actor: Any) -> list[Receipt]:
        receipts = [self._take(index, report) for index, report in enumerate(reports)]
        self.batches.append(len(reports))
        if len(self.batches) == self.fails_in_batch:
            raise ConnectionError("gone")
        return receipts

    def _take(self, index: int, report: ReportIn) -> Receipt:
        if report.category in self.unknown_categories:
            problem = Problem(index, "category", "no such category", "没有这个类别")
            return Receipt(index, report.external_id, "rejected", None, (problem,))
        key = (report.source, report.external_id)
        status = "unchanged" if key in self.kept else "new"
        self.kept.setdefault(key, report)
        return Receipt(index, report.external_id, status, f"id-{report.external_id}")
