"""A register as a table: every declared field that is not personal, and where each record stands.

Cells are written as `importing` reads them, so that a file that was mended comes back the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.packs.common import FieldSpec
from xiuhua.records.forms import Names, state_title, titles
from xiuhua.records.model import Declared
from xiuhua.records.words import words

_LAST: Final = ("state", "lon", "lat", "unit_grid", "changed_at", "version", "id")
GEOJSON: Final = "application/geo+json"
Cell = Callable[[Any], Any]


def heads(declared: Declared, lang: str) -> list[str]:
    """What stands above the columns."""
    said, told = titles(declared.register), {**words()["titles"], **words()["export"]}
    found = []
    for name, spec in _fields(declared):
        found.append(said[name][lang])
        if spec.type in ("unit", "person"):
            found.append(told["called"][lang].format(title=said[name][lang]))
    return found + [told[name][lang] for name in _LAST]


def rows(declared: Declared, found: Iterable[Any], names: Names, zone: ZoneInfo, lang: str) -> Iterator[Sequence[Any]]:
    """A row of cells for each record (a row of `query.every`)."""
    register = declared.register
    readers = [(name, spec.type in ("unit", "person"), _cell(spec, zone, lang)) for name, spec in _fields(declared)]
    for row in found:
        data = orjson.loads(row.doc)["data"]
        cells: list[Any] = []
        for name, named, read in readers:
            value = data.get(name)
            many = value if isinstance(value, list) else [] if value is None else [value]
            cells.append(_joined([read(one) for one in many]))
            if named:
                cells.append(_joined([names(one) or "" for one in many]))
        yield [
            *cells, state_title(register, row.state)[lang], row.lon, row.lat, row.unit_grid,
            row.changed_at.astimezone(zone), row.version, row.id,
        ]  # fmt: skip


def geojson(
    declared: Declared, found: Sequence[Any], names: Names, zone: ZoneInfo, lang: str
) -> Iterator[bytes]:  # fmt: skip
    """The same as a collection of features: columns as properties, places and shapes in WGS-84 (RFC 7946)."""
    titles_, between = heads(declared, lang), b""
    yield b'{"type":"FeatureCollection","features":[\n'
    for row, cells in zip(found, rows(declared, found, names, zone, lang), strict=True):
        feature = {
            "type": "Feature", "geometry": _geometry(orjson.loads(row.doc)["data"]),
            "properties": dict(zip(titles_, cells, strict=True)),
        }  # fmt: skip
        yield between + orjson.dumps(feature, default=_number)
        between = b",\n"
    yield b"\n]}\n"


def _geometry(data: Mapping[str, Any]) -> dict[str, Any] | None:
    if shape := data.get("shape"):
        return dict(shape)
    place = data.get("place")
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if place else None


def _number(value: Any) -> Any:
    """Decimals as programs that draw maps read them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{value!r} is no value of GeoJSON")


def text(spec: FieldSpec, names: Names, zone: ZoneInfo, lang: str, value: Any) -> str:
    """A value as a cell of the table reads, in one text."""
    if value is None or value == []:
        return ""
    many = value if isinstance(value, list) else [value]
    if spec.type in ("unit", "person"):
        return ", ".join(names(one) or str(one) for one in many)
    read = _cell(spec, zone, lang)
    return ", ".join(f"{one:%Y-%m-%d %H:%M}" if isinstance(one, datetime) else str(one) for one in map(read, many))


def _fields(declared: Declared) -> list[tuple[str, FieldSpec]]:
    return [(name, spec) for name, spec in declared.register.fields.items() if not spec.personal]


def _cell(spec: FieldSpec, zone: ZoneInfo, lang: str) -> Cell:
    match spec.type:
        case "choice":
            known = {value: title.model_dump()[lang] for value, title in spec.titles.items()}
            return lambda value: known.get(value, value)
        case "boolean":
            told = words()["export"]
            return lambda value: told["yes" if value else "no"][lang]
        case "decimal" | "money":
            return Decimal
        case "datetime":
            return lambda value: datetime.fromtimestamp(value, zone)
    return lambda value: value if isinstance(value, str | int | float) else orjson.dumps(value).decode()


def _joined(cells: Sequence[Any]) -> Any:
    if len(cells) < 2:
        return cells[0] if cells else None
    return ", ".join(map(str, cells))
