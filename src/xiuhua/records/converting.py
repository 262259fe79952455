"""Rows of tables become what a register takes: columns found by their titles, cells read by the fields' types. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import orjson

from xiuhua.packs.common import FieldSpec
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.cells import Cell, content, degrees, flag, identifier, moment, one_line, pieces
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault, Unreadable, excerpt, fault
from xiuhua.records import measures
from xiuhua.records.measures import NoQuantity
from xiuhua.records.model import Declared
from xiuhua.records.words import words

Named = Mapping[str, Mapping[str, str]]
"""Type of field (`unit`, `person`, `area`) → what it is called → code; only names that one thing has."""
Reader = Callable[[Cell], Any]
SHAPE: Final = "shape"
"""The column of a GeoJSON geometry: of a point it is the place."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; a layout that `platform.tables.readers` opens files by."""

    of: Mapping[str, str]
    """Field, `lon`, `lat` or `shape` → title of its column in the file."""
    datum: str = "wgs84"
    """Of the coordinates."""
    sheet: str | int | None = None
    header: Literal["find"] | int = "find"
    encoding: str = "auto"
    separator: str = "auto"

    def titles(self) -> list[str]:
        """Every column that the file must have."""
        return list(dict.fromkeys(self.of.values()))


def spellings(declared: Declared) -> dict[str, list[str]]:
    """Field, `lon`, `lat` or `shape` → the titles by which its column is known."""
    found = {
        name: [*((spec.title.zh, spec.title.en) if spec.title else ()), name] for name, spec in declared.given().items()
    }
    if declared.register.geometry == "point":
        found |= {name: list(known) for name, known in words()["point"].items() if name not in found}
    if declared.register.geometry != "none" and SHAPE not in found:
        found[SHAPE] = list(words()["shape"])
    return found


def matched(known: Mapping[str, str], rows: Iterable[Sequence[str]], needed: Collection[str]) -> dict[str, str]:
    """Field → title, of the row of titles that knows most fields, those needed above all.

    `known`: how a title is compared (`titles.key`) → its field.
    """
    best: dict[str, str] = {}
    for row in rows:
        found: dict[str, str] = {}
        for title in row:
            if (name := known.get(titles.key(title))) is not None:
                found.setdefault(name, title)
        best = max(best, found, key=lambda one: (sum(name in one for name in needed), len(one)))
    return best


class Converter:
    """Reads the rows of one file."""

    def __init__(
        self, declared: Declared, columns: Columns, header: Sequence[str], zone: ZoneInfo, named: Named
    ) -> None:
        self._datum, self._empty = columns.datum, frozenset(words()["empty"])
        self._totals = frozenset(words()["totals"])
        self.about = 0
        """Cells that said "about"; the number in them is taken as it stands."""
        at = {name: titles.where(title, header)[0] for name, title in columns.of.items()}
        self._point = (at.get("lon"), at.get("lat")) if {"lon", "lat"} <= at.keys() else None
        self._shape, self._kind = at.get(SHAPE), declared.register.geometry
        given = declared.given()
        self._readers: list[tuple[str, str, int, Reader]] = [
            (name, columns.of[name], place, _reader(given[name], zone, named, self._noted))
            for name, place in at.items()
            if name in given
        ]
        self._titles = columns.of

    def convert(self, row: Row) -> dict[str, Any] | list[Fault]:
        """What the row gives, or all that is wrong in it. An empty cell gives nothing and empties nothing."""
        if self._is_total(row):
            return [fault("", "totals_row")]
        given: dict[str, Any] = {}
        faults = list(row.faults)
        for name, title, place, read in self._readers:
            cell = row.cells[place]
            if self._says_nothing(cell):
                continue
            try:
                given[name] = read(cell)
            except Unreadable as error:
                faults.append(fault(title, error.code, **error.params))
        if self._point is not None:
            self._place(row, given, faults)
        if self._shape is not None:
            self._geometry(row.cells[self._shape], given, faults)
        return faults or given

    def _is_total(self, row: Row) -> bool:
        """Whether its first cell that says something is a word for totals."""
        first = next((cell for cell in row.cells if cell != ""), "")
        return isinstance(first, str) and titles.key(first).rstrip(":").casefold() in self._totals

    def _geometry(self, cell: Cell, given: dict[str, Any], faults: list[Fault]) -> None:
        if self._says_nothing(cell):
            return
        try:
            told = orjson.loads(cell) if isinstance(cell, str) else None
        except orjson.JSONDecodeError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("coordinates"), list):
            faults.append(fault(self._titles[SHAPE], "not_a_geometry"))
        elif told.get("type") != "Point":
            given["shape"] = {**told, "datum": told.get("datum", self._datum)}
        elif len(told["coordinates"]) >= 2 and "place" not in given:
            lon, lat, *_ = told["coordinates"]
            given["place"] = {"lon": lon, "lat": lat, "datum": told.get("datum", self._datum)}

    def _says_nothing(self, cell: Cell) -> bool:
        return isinstance(cell, str) and cell.strip() in self._empty

    def _noted(self) -> None:
        self.about += 1

    def _place(self, row: Row, given: dict[str, Any], faults: list[Fault]) -> None:
        lon, lat = (row.cells[at] for at in self._point or () if at is not None)
        empty = [self._says_nothing(one) for one in (lon, lat)]
        if all(empty):
            return
        try:
            if any(empty):
                raise Unreadable("half_a_point")
            given["place"] = {"lon": degrees(content(lon)), "lat": degrees(content(lat)), "datum": self._datum}
        except Unreadable as error:
            faults.append(fault(self._titles["lon"], error.code, **error.params))


def _reader(spec: FieldSpec, zone: ZoneInfo, named: Named, about: Callable[[], None]) -> Reader:
    one = _single(spec, zone, named, about)
    if not spec.many:
        return one
    return lambda cell: [one(part) for part in pieces(content(cell))]


def _single(spec: FieldSpec, zone: ZoneInfo, named: Named, about: Callable[[], None]) -> Reader:
    match spec.type:
        case "choice":
            known = {value: value for value in spec.of or ()}
            for value, title in spec.titles.items():
                known |= {titles.key(title.zh): value, titles.key(title.en).casefold(): value}
            field = spec.title.zh if spec.title else ""
            return lambda cell: _known(field, known, content(cell))
        case "boolean":
            return lambda cell: cell if isinstance(cell, bool) else flag(content(cell))
        case "integer":
            return lambda cell: _whole(spec, cell, about)
        case "decimal" | "money":
            return lambda cell: f"{_quantity(spec, cell, about).normalize():f}"  # 12.50 and 12.5 are no change
        case "date":
            return lambda cell: moment(cell, zone)[0].astimezone(zone).date().isoformat()
        case "datetime":
            return lambda cell: int(moment(cell, zone)[0].timestamp())
        case "unit" | "person" | "area":
            names = named.get(spec.type, {})
            return lambda cell: names.get(text := one_line(content(cell)), text)
        case "long_text":
            return content
    return lambda cell: identifier(one_line(content(cell)))


def _known(field: str, known: Mapping[str, str], text: str) -> str:
    found = known.get(text) or known.get(titles.key(text)) or known.get(titles.key(text).casefold())
    if found is None:
        raise Unreadable("unknown_choice", value=excerpt(text), field=field, known=sorted(set(known)))
    return found


def _quantity(spec: FieldSpec, cell: Cell, about: Callable[[], None]) -> Decimal:
    text = content(cell)
    try:
        number, only_about = measures.read(text, spec.unit)
    except NoQuantity as error:
        raise Unreadable(str(error), value=excerpt(text), unit=spec.unit or "") from None
    if only_about:
        about()
    return number


def _whole(spec: FieldSpec, cell: Cell, about: Callable[[], None]) -> int:
    number = _quantity(spec, cell, about)
    if number != int(number):
        raise Unreadable("not_whole", value=excerpt(content(cell)))
    return int(number)
