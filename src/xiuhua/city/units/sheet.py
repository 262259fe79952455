"""Reference data as offices edit it: rows of a CSV or XLSX file to dated rows and back.

Reading takes the tables of `city.categories.tables` (text cells with their place). Writing gives text cells
only, in columns marked as text, so that a spreadsheet program leaves codes such as 0101 as they are.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar, cast
from xml.sax.saxutils import escape

from xiuhua.city.categories.tables import Row

T = TypeVar("T")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A row of a file made into what it means."""

    row: Row
    value: T


def parse(
    make: type[T], rows: Iterable[Row], defaults: Mapping[str, Any] | None = None
) -> tuple[list[Parsed[T]], list[dict[str, str | int]]]:
    """Rows by the fields of a dataclass (columns carry the fields' names), and every error.

    An empty cell takes `defaults`, then the field's own default; other columns are ignored.
    """
    parsed: list[Parsed[T]] = []
    errors: list[dict[str, str | int]] = []
    columns = [field for field in fields(cast(Any, make)) if field.init]
    for row in rows:
        cells: dict[str, Any] = {}
        faults = []
        for field in columns:
            text = row.cells.get(field.name, "").strip()
            try:
                cells[field.name] = _cell(field, text) if text else _default(field, defaults or {})
            except ValueError as error:
                faults.append(row.place(field.name, str(error)))
        errors += faults
        if not faults:
            parsed.append(Parsed(row, make(**cells)))
    return parsed, errors


def _cell(field: Field[Any], text: str) -> Any:
    if "date" in str(field.type):
        match = _DATE.fullmatch(text)
        try:
            return date(*map(int, match.groups()[:3])) if match else date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is no date like 2026-01-31") from None
    if "bool" in str(field.type):
        if text.lower() not in _TRUTH:
            raise ValueError(f"{text!r} is neither true nor false")
        return _TRUTH[text.lower()]
    if "int" in str(field.type):
        return int(text)
    return tuple(part.strip() for part in text.split(";")) if "tuple" in str(field.type) else text


def _default(field: Field[Any], defaults: Mapping[str, Any]) -> Any:
    if field.name in defaults:
        return defaults[field.name]
    if field.default is MISSING:
        raise ValueError("is needed")
    return field.default


def cells_of(value: Any, columns: Sequence[str]) -> list[str]:
    """One dated row as text cells; None is empty."""
    found = (getattr(value, column) for column in columns)
    return ["" if cell is None else ";".join(cell) if isinstance(cell, tuple) else str(cell) for cell in found]


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs take Chinese for another encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook of one sheet of text cells; equal rows give equal bytes."""
    lines = [
        f'<row r="{number}">{"".join(_inline(cell) for cell in line)}</row>'
        for number, line in enumerate([columns, *rows], 1)
    ]
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(columns)}" width="22" style="1" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )
    parts = {**_PARTS, "xl/workbook.xml": _WORKBOOK.format(title=escape(title, {'"': "&quot;"}))}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*parts.items(), ("xl/worksheets/sheet1.xml", sheet)):
            archive.writestr(zipfile.ZipInfo(name), _HEAD + text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _inline(cell: str) -> str:
    text = escape(_UNPRINTABLE.sub("", cell))
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews><sheets>'
    '<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Format 49 is "text": what is typed into these cells later stays text as well.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
