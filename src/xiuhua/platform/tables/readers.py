"""Opens any table an office sends: tells its kind by its content, finds its header, hands over its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol

from xiuhua.platform.errors import Invalid
from xiuhua.platform.tables import rejects, titles
from xiuhua.platform.tables.cells import Cell, one_line, plain, tidy
from xiuhua.platform.tables.encodings import encoding_of
from xiuhua.platform.tables.geojson import GeoJson, is_geojson
from xiuhua.platform.tables.rows import Flaw, Record, Row, Source
from xiuhua.platform.tables.textfile import SEPARATORS, TextFile
from xiuhua.platform.tables.texts import Fault, excerpt, fault, place, refusal
from xiuhua.platform.tables.workbook import Sheet, Workbook

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NO_TABLES: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06", b"RIFF",
    b"\x7fELF", b"SQLite format 3",
)  # fmt: skip
_MARKUP: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<div")
_MOST_SHOWN: Final = 40


class Layout(Protocol):
    """What must be known of a file to find its rows."""

    @property
    def sheet(self) -> str | int | None:
        """Name or number (from 1); None: the only one that has the columns."""

    @property
    def header(self) -> Literal["find"] | int:
        """Row of the titles, or the first that holds all of them."""

    @property
    def encoding(self) -> str:
        """Of a text file; or `auto`."""

    @property
    def separator(self) -> str:
        """Of a text file: one character, `tab` or `auto`."""

    def titles(self) -> list[str]:
        """Every column that the file must have."""


@dataclass(frozen=True, slots=True)
class Header:
    """The row of titles."""

    row: int
    titles: tuple[str, ...]
    ours: bool
    """Whether the file is one of rejected rows: its last columns say why, its cells are guarded."""


class Table:
    """An open table; a context manager."""

    def __init__(self, source: Source, header: Header, used: Collection[int]) -> None:
        """`used` are the positions of the columns that the mapping names."""
        self._source, self._ours, self._used = source, header.ours, used
        # What exports disarm comes back as it was; a workbook holds texts as they are.
        self._clean = rejects.unguarded if header.ours else rejects.armed if isinstance(source, TextFile) else None
        self.header = header.titles
        self.header_row = header.row
        self.sheet = source.sheet

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.close()

    def fraction(self) -> float:
        """How much has been read, 0 to 1."""
        return self._source.fraction()

    def rows(self) -> Iterator[Row]:
        """The rows below the header that are not empty, read as they are asked for."""
        first = self._source.first_below(self.header_row, self._used)
        width = len(self.header) + (rejects.ADDED if self._ours else 0)
        for record in self._source.records(width):
            if record.number >= first and not record.empty():
                yield self._row(record)

    def _row(self, record: Record) -> Row:
        count = len(self.header)
        cells: tuple[Cell, ...] = tuple(record.cells[:count])
        cells += ("",) * (count - len(cells))
        if self._clean is not None:
            cells = tuple(self._clean(cell) if isinstance(cell, str) else cell for cell in cells)
        return Row(record.number, cells, tuple(self._fault(flaw) for flaw in record.flaws))

    def _fault(self, flaw: Flaw) -> Fault:
        if flaw.column is None:
            return fault("", flaw.code, **flaw.params)
        named = dict(enumerate(self.header)).get(flaw.column)
        return fault(named or titles.column_letter(flaw.column), flaw.code, **flaw.params)


def open_table(path: Path, mapping: Layout) -> Table:
    """Open a file for a mapping; raises `Invalid` with what keeps it from being read, in both languages."""
    kind = _kind(path)
    if kind == "geojson":
        source = GeoJson(path)
        return _table(path, source, source.head(), mapping)
    return _from_workbook(path, mapping) if kind == "workbook" else _from_text(path, mapping)


def heads(path: Path) -> list[tuple[str, list[Record]]]:
    """Where no mapping is known yet: name and first records of each sheet; of a text file under each separator.

    Raises as `open_table` does.
    """
    kind = _kind(path)
    if kind == "workbook":
        book = Workbook(path)
        return [(name, book.sheet(name).head()) for name in book.visible()]
    if kind == "geojson":
        return [("", GeoJson(path).head())]
    return [("", head) for _, head in _text_heads(path, "auto", "auto")]


def _kind(path: Path) -> Literal["workbook", "geojson", "text"]:
    """Told by its content; raises `Invalid` for what is no table at all."""
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
    except OSError as error:
        raise refusal([place(path.name, 0, "", "cannot_open", detail=error.strerror)]) from error
    if not start:
        raise refusal([place(path.name, 0, "", "empty_file")])
    if start.startswith(_NO_TABLES):
        raise refusal([place(path.name, 0, "", "not_a_table")])
    if start.startswith(_WORKBOOKS):
        return "workbook"
    if is_geojson(start):
        return "geojson"
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise refusal([place(path.name, 0, "", "web_page")])
    return "text"


def _from_workbook(path: Path, mapping: Layout) -> Table:
    heads = [(sheet, sheet.head()) for sheet in _chosen(path, Workbook(path), mapping)]
    fitting = [one for one in heads if _find(one[1], mapping) is not None]
    if len(fitting) > 1:
        names = [sheet.sheet for sheet, _ in fitting]
        raise refusal([place(path.name, 0, "", "several_sheets", present=names)])
    for sheet, head in fitting:
        return _table(path, sheet, head, mapping)
    raise _no_header(path, [head for _, head in heads], mapping, "no_sheet_with_rows")


def _chosen(path: Path, book: Workbook, mapping: Layout) -> list[Sheet]:
    """The sheets that may be meant; rejected rows that a person saved as a workbook are on its only sheet."""
    names = book.visible()
    if mapping.sheet is None:
        return [book.sheet(name) for name in names]
    if len(names) == 1:
        header = _find(book.sheet(names[0]).head(), mapping)
        if header is not None and header.ours:
            return [book.sheet(names[0])]
    return [book.sheet(names[_sheet_number(path, names, mapping.sheet)])]


def _sheet_number(path: Path, visible: Sequence[str], wanted: str | int) -> int:
    """Position of a sheet by its name, else by its number from 1."""
    if str(wanted) in visible:
        return visible.index(str(wanted))
    if str(wanted).isdecimal() and 0 < int(wanted) <= len(visible):
        return int(wanted) - 1
    raise refusal([place(path.name, 0, "", "no_such_sheet", sheet=wanted, present=list(visible))])


def _from_text(path: Path, mapping: Layout) -> Table:
    # Rejected rows are in our own form, whatever the mapping says of the original; or a person saved them anew.
    ours = _text_heads(path, "auto", "auto") if _told(path) else []
    for source, head in ours:
        if (header := _find(head, mapping)) is not None and header.ours:
            return _table(path, source, head, mapping)
    heads = _text_heads(path, mapping.encoding, mapping.separator)
    for source, head in heads:
        if _find(head, mapping) is not None:
            return _table(path, source, head, mapping)
    raise _no_header(path, [head for _, head in heads], mapping, "empty_file")


def _told(path: Path) -> bool:
    """Whether the encoding can be told without the mapping's help."""
    try:
        encoding_of(path, "auto")
    except Invalid:
        return False
    return True


def _text_heads(path: Path, encoding: str, separator: str) -> list[tuple[TextFile, list[Record]]]:
    """The head of a text file under each separator that may be meant."""
    separators = SEPARATORS if separator == "auto" else ("\t",) if separator == "tab" else (separator,)
    found = encoding_of(path, encoding)
    sources = [TextFile(path, found, one) for one in separators]
    return [(source, source.head()) for source in sources]


def titles_in(record: Record) -> list[str]:
    """A record read as a row of titles."""
    return [one_line(tidy(plain(cell))) for cell in record.cells]


def _find(head: Sequence[Record], mapping: Layout) -> Header | None:
    """The header in the first rows, if one holds all columns of the mapping."""
    needed = {titles.key(title) for title in mapping.titles()}
    for record in head:
        names = titles_in(record)
        ours = record.number == 1 and rejects.is_header(names)
        here = ours or mapping.header in ("find", record.number)
        if here and needed <= {titles.key(name) for name in names}:
            return Header(record.number, tuple(names[: -rejects.ADDED] if ours else names), ours)
    return None


def _table(path: Path, source: Source, head: Sequence[Record], mapping: Layout) -> Table:
    header = _find(head, mapping)
    if header is None:
        raise _no_header(path, [head], mapping, "empty_file")
    positions = {title: titles.where(title, header.titles) for title in mapping.titles()}
    twice = [
        place(path.name, header.row, title, "twice_column", count=len(found), where=_letters(found))
        for title, found in positions.items()
        if len(found) > 1
    ]
    if twice:
        raise refusal(twice)
    return Table(source, header, [found[0] for found in positions.values()])


def _letters(columns: Sequence[int]) -> list[str]:
    return [titles.column_letter(column) for column in columns]


def _no_header(path: Path, heads: Sequence[Sequence[Record]], mapping: Layout, when_empty: str) -> Invalid:
    """Why no row is the header: the row that comes nearest, what it lacks and what it has."""
    rows = [record for head in heads for record in head if not record.empty()]
    if not rows:
        return refusal([place(path.name, 0, "", when_empty)])
    if mapping.header != "find":
        rows = [record for record in rows if record.number == mapping.header]
        if not rows:
            return refusal([place(path.name, 0, "", "no_such_row", row=mapping.header)])
    needed = mapping.titles()

    def nearness(record: Record) -> tuple[int, int]:
        names = titles_in(record)
        return sum(bool(titles.where(title, names)) for title in needed), sum(map(bool, names))

    best = max(rows, key=nearness)
    present = [excerpt(name) for name in titles_in(best) if name][:_MOST_SHOWN]
    return refusal(
        place(
            path.name, best.number, title, "missing_column",
            nearest=titles.nearest(title, present), present=present,
        )
        for title in needed
        if not titles.where(title, present)
    )  # fmt: skip
