"""Workbooks (XLSX, XLS, ODS) through calamine, with what it does not tell: merged cells and failed formulas."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

import python_calamine

from xiuhua.platform.tables import sheet_xml, titles
from xiuhua.platform.tables.cells import Cell
from xiuhua.platform.tables.rows import HEAD, Flaw, Record
from xiuhua.platform.tables.texts import place, refusal

_LARGEST_MB: Final = 2_000
"""Unpacked; a few kB of zip can unpack to more than any machine has."""
_OLD: Final = b"\xd0\xcf\x11\xe0"
_MOST_CELLS: Final = 50_000_000
"""From A1 to the last one used: calamine keeps 32 bytes for each, filled or not."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# [MS-XLS] 2.4.117: FilePass follows the first BOF record, or the WriteProtect record behind it.
_LOCKED: Final = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_PROBE: Final = """
import sys, python_calamine
try:
    book = python_calamine.CalamineWorkbook.from_filelike(open(sys.argv[1], "rb"))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
except BaseException as error:
    print(error)
    sys.exit(1)
"""
_PROBE_S: Final = 300
Region = tuple[tuple[int, int], tuple[int, int]]


class Workbook:
    """One open workbook."""

    def __init__(self, path: Path) -> None:
        """Raises `Invalid` when it is damaged, locked by a password, too large or no workbook."""
        self._path = path
        _check_package(path)
        with _refusing(path):
            self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))

    def visible(self) -> list[str]:
        """Names of the sheets that a person sees."""
        return [
            one.name
            for one in self._book.sheets_metadata
            if one.visible == python_calamine.SheetVisibleEnum.Visible
            and one.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]

    def sheet(self, name: str) -> Sheet:
        """One sheet; raises `Invalid` when it is damaged."""
        scan = sheet_xml.scan(self._path, self._book.sheet_names.index(name))
        if scan.rows * scan.columns > _MOST_CELLS:
            corner = f"{titles.column_letter(scan.columns - 1)}{scan.rows}"
            raise refusal([place(self._path.name, 0, "", "too_wide", sheet=name, corner=corner)])
        if scan.cells > _MOST_CELLS:
            told = {"sheet": name, "cells": scan.cells, "most": _MOST_CELLS}
            raise refusal([place(self._path.name, 0, "", "too_full", **told)])
        with _refusing(self._path):
            return Sheet(self._book.get_sheet_by_name(name), scan.failures)


class Sheet:
    """One sheet, held in memory by calamine, converted row by row."""

    def __init__(self, sheet: python_calamine.CalamineSheet, failures: sheet_xml.Failures) -> None:
        self.sheet = sheet.name
        self._cells, self._failures = sheet, failures
        self._left = sheet.start[1] if sheet.start else 0
        self._read = 0

    @cached_property
    def _regions(self) -> dict[int, list[Region]]:
        """Merged cells by their first row, counted from 0."""
        found: dict[int, list[Region]] = {}
        for region in self._cells.merged_cell_ranges or ():
            found.setdefault(region[0][0], []).append(region)
        return found

    def head(self) -> list[Record]:
        """The first records, every merged cell filled with what stands in its region."""
        return [record for record, _ in zip(self._plain(fill=True), range(HEAD), strict=False)]

    def first_below(self, header_row: int, used: Collection[int]) -> int:
        """The row below the header and below titles of used columns that are merged over several rows."""
        reaching = (
            last_row + 1
            for regions in self._regions.values()
            for (first_row, left), (last_row, right) in regions
            if first_row < header_row <= last_row and any(left <= column <= right for column in used)
        )
        return max([header_row, *reaching]) + 1

    def fraction(self) -> float:
        """How much has been read, 0 to 1, in rows."""
        return min(self._read / max(self._cells.total_height, 1), 1.0)

    def close(self) -> None:
        """Nothing is held open."""

    def records(self, width: int) -> Iterator[Record]:
        """Every record from the first row on, with its failed formulas and cells hidden by a merge."""
        yield from self._plain(fill=False)

    def _plain(self, fill: bool) -> Iterator[Record]:
        """Records in the sheet's own columns; `fill` repeats the value of merged cells."""
        active: list[tuple[Region, Cell]] = []
        for index, found in enumerate(self._cells.iter_rows()):
            self._read = index + 1
            cells: list[Cell] = [""] * self._left + list(found)
            flaws: list[Flaw] = []
            for column, error in self._failures.get(index, ()):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = error
            active = [one for one in active if one[0][1][0] >= index]
            active += [(one, _at(cells, one[0][1])) for one in self._regions.get(index, ())]
            for region, value in active:
                for column in _hidden(region, index, len(cells)):
                    if fill:
                        cells[column] = value
                    elif value != "" and cells[column] == "":
                        code = "merged_down" if region[0][1] == region[1][1] else "merged_across"
                        flaws.append(Flaw(code, {"region": _name(region)}, column))
            yield Record(index + 1, cells, tuple(flaws))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """What calamine raises, as the refusal of the file."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise refusal([place(path.name, 0, "", "password")]) from error
    except python_calamine.CalamineError as error:
        raise refusal([place(path.name, 0, "", "corrupt", detail=_plain(error))]) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic in Rust has a base of its own
            raise
        raise refusal([place(path.name, 0, "", "corrupt", detail=_plain(error))]) from error


def _check_package(path: Path) -> None:
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == _OLD:
        return _check_old(path)
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(one.file_size for one in package.infolist()) // 1_000_000
    except (zipfile.BadZipFile, OSError) as error:
        raise refusal([place(path.name, 0, "", "corrupt", detail=_plain(error))]) from error
    if size > _LARGEST_MB:
        raise refusal([place(path.name, 0, "", "too_large", size=size, limit=_LARGEST_MB)])
    return None


def _check_old(path: Path) -> None:
    """Look for a lock, then open it in a process of its own: a damaged one makes the reader panic, with a trace."""
    raw = path.read_bytes()
    if _ENCRYPTED in raw or _LOCKED.search(raw):
        raise refusal([place(path.name, 0, "", "password")])
    command = [sys.executable, "-I", "-c", _PROBE, str(path)]
    try:
        probe = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PROBE_S)
    except subprocess.TimeoutExpired as error:
        raise refusal([place(path.name, 0, "", "corrupt", detail=f"{_PROBE_S} s")]) from error
    if probe.returncode != 0:
        detail = " ".join(probe.stdout.split())[:120] or f"exit {probe.returncode}"
        raise refusal([place(path.name, 0, "", "corrupt", detail=detail)])


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]


def _at(cells: list[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else ""


def _hidden(region: Region, index: int, width: int) -> Iterator[int]:
    """Columns of a row that a merge hides: all of its columns but the upper left one."""
    (top, left), (_, right) = region
    for column in range(left, min(right + 1, width)):
        if (index, column) != (top, left):
            yield column


def _name(region: Region) -> str:
    return ":".join(f"{titles.column_letter(column)}{row + 1}" for row, column in region)
