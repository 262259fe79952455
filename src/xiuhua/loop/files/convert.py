"""One row of a table into one report, or everything that is wrong with it. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, TypeVar, cast, get_args
from zoneinfo import ZoneInfo

from xiuhua.loop.files.mapping import Coordinates, ExtraColumn, FieldName, FileMapping
from xiuhua.loop.model import LONGEST_TEXT, SOURCES, Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.platform.tables import cells as reading
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.cells import Cell
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault, Unreadable, excerpt, fault

T = TypeVar("T")
Closes = Literal["owner", "us"]
_AHEAD: Final = timedelta(days=1)
"""How far the clock of a source may run ahead of ours before its time is taken for a slip."""
_IDS: Final = frozenset(
    {"external_id", "reporter.contact", "place.unit_grid", "place.road_segment", "place.part", "mandate.number"}
)
"""Fields whose long numbers a spreadsheet may have shortened."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the text of a field comes from."""

    columns: tuple[tuple[str, int], ...]
    """Title and position of each column that is joined."""
    by: str
    constant: str | None
    is_id: bool


class Converter:
    """Rows of one table under one mapping."""

    def __init__(self, mapping: FileMapping, header: Sequence[str], zone: ZoneInfo, now: datetime) -> None:
        self.mapping, self.zone, self.now = mapping, zone, now
        self.position = {title: titles.where(title, header)[0] for title in mapping.titles()}
        self.formats = tuple(mapping.times.formats)
        self.given = frozenset([*mapping.columns, *mapping.constants])
        self.values = {
            field: {titles.key(word): value for word, value in table.items()} for field, table in mapping.values.items()
        }
        self.sources = {field: self._source_of(field) for field in self.given}
        self.parts = [(name, read) for name, read in _PARTS.items() if self._gives(name)]
        self._used = {titles.key(title) for title in mapping.titles()}

    def _source_of(self, field: FieldName) -> _Source:
        column, constant = self.mapping.columns.get(field), self.mapping.constants.get(field)
        return _Source(
            tuple((title, self.position[title]) for title in column.join) if column else (),
            column.by if column else "",
            constant if isinstance(constant, str) else None,
            field in _IDS,
        )

    def _gives(self, part: str) -> bool:
        """Whether a mapping says anything of a part of a report."""
        if part == "extra":
            return bool(self.mapping.extra)
        return any(one == part or one.startswith(f"{part}.") for one in self.given)

    def convert(self, row: Row) -> ReportIn | tuple[Fault, ...]:
        """The report, or its faults, each with its column's title."""
        # What the reader saw counts in the columns that the mapping uses; a broken line is broken as a whole.
        seen = [one for one in row.faults if not one.column or titles.key(one.column) in self._used]
        if any(not one.column for one in seen):
            return tuple(seen)
        reader = _RowReader(self, row.cells, {one.column for one in seen})
        report = reader.report()
        if seen or reader.faults or report is None:
            return (*seen, *reader.faults)
        return report


class _RowReader:
    """Reads one row and gathers its faults; a column with a fault is not complained of again."""

    def __init__(self, converter: Converter, cells: Sequence[Cell], faulty: set[str]) -> None:
        self._by, self._mapping, self._cells = converter, converter.mapping, cells
        self._faulty = {titles.key(one) for one in faulty}
        self.faults: list[Fault] = []

    def report(self) -> ReportIn | None:
        """The report; None, with faults, where one of its parts could not be read."""
        external_id, source, text = self._id(), self._source(), self._long_text()
        rest = {name: read(self) for name, read in self._by.parts}
        if self.faults or not (external_id and source and text):
            return None
        return ReportIn(source, external_id, text, **rest)

    # --- parts of a report ------------------------------------------------------------------------------------

    def _id(self) -> str | None:
        column = self._mapping.columns["external_id"]
        if not column.digest_of:
            return self._required("external_id", self._line("external_id"))
        parts = [self._try(title, reading.content, self._cell(title)) or "" for title in column.digest_of]
        if not any(parts):
            return self._required("external_id", None)
        # As a list, so that a text moved from one column to the next makes another id.
        return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]

    def _source(self) -> str | None:
        return self._required("source", self._choice("source", SOURCES))

    def _long_text(self) -> str | None:
        text = self._required("text", self._text("text"))
        if text is not None and len(text) > LONGEST_TEXT:
            self._fail(self._label("text"), "too_long", length=len(text), limit=LONGEST_TEXT)
        return text

    def _reporter(self) -> Reporter | None:
        name, contact = self._line("reporter.name"), self._line("reporter.contact")
        anonymous = self._flag("reporter.anonymous")
        return Reporter(name, contact, anonymous) if name or contact or anonymous else None

    def _place(self) -> PlaceIn | None:
        lon, lat = self._point() or (None, None)
        words, unit_grid = self._line("place.words"), self._line("place.unit_grid")
        road_segment, part = self._line("place.road_segment"), self._line("place.part")
        if lon is None and not (words or unit_grid or road_segment or part):
            return None
        coordinates = self._mapping.coordinates
        datum = coordinates.datum if coordinates else "wgs84"
        return PlaceIn(lon, lat, datum, words, unit_grid, road_segment, part)

    def _point(self) -> tuple[float, float] | None:
        coordinates = self._mapping.coordinates
        if coordinates is None:
            return None
        whole = "place.point" in self._by.given
        found = self._one_cell(coordinates) if whole else self._two_cells(coordinates)
        if found is not None:
            self._try(self._label("place.point" if whole else "place.lon"), reading.check_point, *found)
        return found

    def _one_cell(self, coordinates: Coordinates) -> tuple[float, float] | None:
        text = self._line("place.point")
        if not text:
            return None
        found = self._try(self._label("place.point"), reading.pair, text, coordinates.decimal_comma)
        return (found[1], found[0]) if found and coordinates.order == "lat_lon" else found

    def _two_cells(self, coordinates: Coordinates) -> tuple[float, float] | None:
        lon, lat = self._line("place.lon"), self._line("place.lat")
        if not lon and not lat:
            return None
        x = self._half("place.lon", lon, coordinates)
        y = self._half("place.lat", lat, coordinates)
        return None if x is None or y is None else (x, y)

    def _half(self, field: FieldName, text: str | None, coordinates: Coordinates) -> float | None:
        if not text:
            self._fail(self._label(field), "half_a_point")
            return None
        return self._try(self._label(field), reading.degrees, text, coordinates.decimal_comma)

    def _mandate(self) -> Mandate | None:
        owner, number = self._line("mandate.owner"), self._line("mandate.number")
        due, return_until = self._moment("mandate.due"), self._moment("mandate.return_until")
        answers = self._list("mandate.answer_fields")
        closes = self._choice("mandate.closes", get_args(Closes)) or "owner"
        if not (owner or number or due or return_until):
            return None
        if not (owner and number):
            self._fail(self._label("mandate.number" if owner else "mandate.owner"), "mandate_incomplete")
            return None
        return Mandate(owner, number, due, return_until, answers, cast(Closes, closes))

    def _extra(self) -> dict[str, Any]:
        kept = ((name, self._kept(spec)) for name, spec in self._mapping.extra.items())
        return {name: value for name, value in kept if value}

    def _kept(self, spec: ExtraColumn) -> str | None:
        cell = self._cell(spec.column)
        text = self._try(spec.column, reading.content, cell)
        if spec.as_ == "text" or not text:
            return text
        found = self._try(spec.column, reading.moment, cell, self._by.zone, self._by.formats)
        if found is None:
            return None
        local = found[0].astimezone(self._by.zone)
        return local.isoformat() if found[1] else str(local.date())

    # --- one field --------------------------------------------------------------------------------------------

    def _text(self, field: FieldName) -> str | None:
        """The text of a field after its table of values; its constant where the cells are empty."""
        source = self._by.sources.get(field)
        if source is None:
            return None
        joined = self._joined(source)
        if not joined:
            return source.constant
        if field not in self._by.values:
            return joined
        found = self._translated(field, joined)
        return found if isinstance(found, str) else None

    def _joined(self, source: _Source) -> str:
        if len(source.columns) == 1:
            return self._tidied(source, *source.columns[0])
        parts = [self._tidied(source, title, position) for title, position in source.columns]
        return source.by.join(part for part in parts if part)

    def _tidied(self, source: _Source, title: str, position: int) -> str:
        try:
            text = reading.content(self._cells[position])
            return reading.identifier(text) if source.is_id and text else text
        except Unreadable as error:
            self._fail(title, error.code, **error.params)
            return ""

    def _translated(self, field: FieldName, text: str) -> str | bool | None:
        table = self._by.values.get(field)
        if table is None:
            return text
        found = table.get(titles.key(text), table.get("*"))
        if found is None:
            known = [word for word in self._mapping.values[field] if word != "*"]
            self._fail(self._label(field), "unknown_value", value=excerpt(text), field=field, known=known)
        return found

    def _line(self, field: FieldName) -> str | None:
        text = self._text(field)
        return reading.one_line(text) if text else None

    def _choice(self, field: FieldName, known: Sequence[str]) -> str | None:
        text = self._line(field)
        if text and text not in known:
            self._fail(self._label(field), "unknown_choice", value=excerpt(text), field=field, known=known)
            return None
        return text

    def _list(self, field: FieldName) -> tuple[str, ...]:
        text = self._text(field)
        if text:
            return reading.pieces(text)
        constant = self._mapping.constants.get(field)
        return tuple(constant) if isinstance(constant, list) else ()

    def _flag(self, field: FieldName) -> bool:
        column = self._mapping.columns.get(field)
        text = self._try(self._label(field), reading.content, self._cell(column.join[0])) if column else None
        if not text:
            return self._mapping.constants.get(field) is True
        if field in self._by.values:
            return self._translated(field, text) is True
        return self._try(self._label(field), reading.flag, text) is True

    def _moment(self, field: FieldName, past: bool = False) -> datetime | None:
        column = self._mapping.columns.get(field)
        cell: Cell = self._cell(column.join[0]) if column and len(column.join) == 1 else ""
        if isinstance(cell, str):
            cell = self._text(field) or ""
        if cell == "":
            return None
        label = self._label(field)
        found = self._try(label, reading.moment, cell, self._by.zone, self._by.formats)
        if found is None:
            return None
        if past and found[0] > self._by.now + _AHEAD:
            now = self._by.now.astimezone(self._by.zone).strftime("%Y-%m-%d %H:%M")
            self._fail(label, "in_future", value=excerpt(reading.plain(cell)), now=now)
        return found[0]

    # --- cells and faults -------------------------------------------------------------------------------------

    def _cell(self, title: str) -> Cell:
        return self._cells[self._by.position[title]]

    def _label(self, field: FieldName) -> str:
        """The title of a field's first column, or the field itself when it has none."""
        column = self._mapping.columns.get(field)
        return column.titles[0] if column else field

    def _required(self, field: FieldName, value: str | None) -> str | None:
        if not value:
            self._fail(self._label(field), "required")
        return value

    def _try(self, title: str, read: Callable[..., T], *args: Any) -> T | None:
        """What `read` gives; a fault of the column and None where it raises `Unreadable`."""
        try:
            return read(*args)
        except Unreadable as error:
            self._fail(title, error.code, **error.params)
            return None

    def _fail(self, title: str, code: str, **params: Any) -> None:
        if titles.key(title) not in self._faulty:
            self._faulty.add(titles.key(title))
            self.faults.append(fault(title, code, **params))


_PARTS: Final[dict[str, Callable[[_RowReader], Any]]] = {
    "at": lambda row: row._moment("at", past=True),
    "place": _RowReader._place,
    "photos": lambda row: row._list("photos"),
    "photos_after": lambda row: row._list("photos_after"),
    "reporter": _RowReader._reporter,
    "tags": lambda row: row._list("tags"),
    "title": lambda row: row._line("title"),
    "category": lambda row: row._line("category"),
    "question": lambda row: row._flag("question"),
    "self_handled": lambda row: row._flag("self_handled"),
    "mandate": _RowReader._mandate,
    "extra": _RowReader._extra,
}
"""What a report has besides id, source and text, in the order in which faults are told; what no mapping gives is
not looked for."""
