"""Tables as offices keep them: TSV, CSV (UTF-8 or GB 18030) and XLSX, read as text with the row's number."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import python_calamine

from xiuhua.platform.errors import Invalid

HEADER_WITHIN: Final = 20
"""Titles and notes may stand above the header; it is looked for in this many rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by header, stripped, and where it stands."""

    file: str
    number: int
    """As a person counts: the first row of the file is 1."""
    cells: Mapping[str, str]
    sheet: str = ""

    def place(self, field: str, why: str) -> dict[str, str | int]:
        """An error or remark about a field of this row, as reports and `Invalid` list it."""
        file = f"{self.file}#{self.sheet}" if self.sheet else self.file
        return {"file": file, "row": self.number, "field": field, "why": why}


def read_table(path: Path, needed: Collection[str]) -> list[Row]:
    """All rows of a table, of every sheet that has the needed headers; empty rows are left out.

    Raises `Invalid` when the file cannot be read or lacks a header.
    """
    sheets = _sheets(path)
    rows: list[Row] = []
    found = False
    for sheet, lines in sheets.items():
        header = next((i for i, line in enumerate(lines[:HEADER_WITHIN]) if set(needed) <= set(line)), None)
        if header is None:
            continue
        found = True
        names = lines[header]
        for number, line in enumerate(lines[header + 1 :], header + 2):
            if any(line):
                cells = {name: cell for name, cell in zip(names, line, strict=False) if name}
                rows.append(Row(path.name, number, cells, sheet))
    if not found:
        seen = {cell for lines in sheets.values() for line in lines[:HEADER_WITHIN] for cell in line}
        missing = sorted(set(needed) - seen) or sorted(needed)
        raise Invalid(
            f"{path.name} has no header row with {', '.join(sorted(needed))}.",
            errors=[{"file": path.name, "row": 1, "field": one, "why": "no such column"} for one in missing],
        )
    return rows


def rows_of(records: Iterable[Mapping[str, str]], file: str) -> list[Row]:
    """Rows that are in memory already, numbered as if a header stood above them."""
    return [
        Row(file, number, {name: str(cell).strip() for name, cell in record.items()})
        for number, record in enumerate(records, 2)
    ]


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm", ".xls", ".ods"}:
        return _workbook(path)
    if suffix in {".tsv", ".csv", ".txt"}:
        reader = csv.reader(
            io.StringIO(_text(path), newline=""),
            delimiter="," if suffix == ".csv" else "\t",
            quoting=csv.QUOTE_MINIMAL if suffix == ".csv" else csv.QUOTE_NONE,
        )
        return {"": [[cell.strip() for cell in line] for line in reader]}
    raise _unreadable(path, "it is none of tsv, csv, xlsx")


def _text(path: Path) -> str:
    """UTF-8, else GB 18030, in which Chinese spreadsheets save CSV."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, str(error)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "it is neither UTF-8 nor GB 18030")


def _workbook(path: Path) -> dict[str, list[list[str]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        return {
            name: [_cells(line) for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError) as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, why: str) -> Invalid:
    error = {"file": path.name, "row": 0, "field": "", "why": why}
    return Invalid(f"{path.name} cannot be read: {why}.", errors=[error])


def _cells(line: Sequence[object]) -> list[str]:
    """Numbers lose the `.0` of a workbook; a code typed as a number has lost its zeros already."""
    return [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip() for cell in line]
