"""What calamine does not tell of a sheet of an XLSX: which cells show an error, and how far the sheet reaches.

Read from the sheet's XML as a stream, by patterns, so that nothing in it is ever expanded. Other kinds of workbooks
(XLS, ODS) are not looked into: their failed formulas are empty cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

Failures = dict[int, list[tuple[int, str]]]
"""Row from 0 → (column from 0, what it shows, e.g. `#N/A`)."""

_CHUNK: Final = 1 << 20
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
"""What reading a broken package raises."""
_SHEETS: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\b\w+:id=[\"']([^\"']+)[\"']")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_FAILED: Final = re.compile(
    rb"<c\b(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>", re.DOTALL
)
_ROW: Final = re.compile(rb"<row\b[^>]*?\br=\"(\d{1,7})\"")
_FAR: Final = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]{2,3})\d")


@dataclass(slots=True)
class Scan:
    """What was seen of one sheet."""

    rows: int = 0
    columns: int = 26
    """At least this; columns A to Z are not counted one by one."""
    cells: int = 0
    """That are written down, wherever they stand: a cell need not say where."""
    failures: Failures = field(default_factory=dict)


def scan(path: Path, index: int) -> Scan:
    """Look through the sheet at a position; nothing is seen of what is no XLSX."""
    found = Scan()
    if not zipfile.is_zipfile(path):
        return found
    with zipfile.ZipFile(path) as package:
        part = _part(package, index)
        for text in _pieces(package, part) if part else ():
            found.cells += text.count(b"<c ") + text.count(b"<c>")
            found.rows = max([found.rows, *map(int, _ROW.findall(text))])
            found.columns = max([found.columns, *(_column(letters) + 1 for letters in _FAR.findall(text))])
            if b't="e"' in text:
                for letters, row, error in _FAILED.findall(text):
                    shown = error.decode("utf-8", "replace")
                    found.failures.setdefault(int(row) - 1, []).append((_column(letters), shown))
    return found


def _part(package: zipfile.ZipFile, index: int) -> str | None:
    """Path of a sheet in its package."""
    try:
        ids = _SHEETS.findall(package.read("xl/workbook.xml"))
        relations = _RELATION.findall(package.read("xl/_rels/workbook.xml.rels"))
        wanted = re.compile(rb"\bId=[\"']" + re.escape(ids[index]) + rb"[\"']")
    except (KeyError, IndexError, *_DAMAGE):
        return None
    for relation in relations:
        target = re.search(rb"\bTarget=[\"']([^\"']+)", relation)
        if target and wanted.search(relation):
            name = target[1].decode("utf-8", "replace")
            path = name.removeprefix("/") if name.startswith("/") else f"xl/{name}"
            return path if path in package.namelist() else None
    return None


def _pieces(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The XML in pieces that end between cells."""
    try:
        with package.open(part) as stream:
            tail = b""
            while chunk := stream.read(_CHUNK):
                text = tail + chunk
                cut = max(text.rfind(b"<c "), text.rfind(b"<row "))
                yield text[:cut] if cut > 0 else text
                tail = text[cut:] if cut > 0 else b""
            yield tail
    except _DAMAGE:
        return  # calamine meets the same damage and says so


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
