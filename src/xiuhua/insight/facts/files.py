"""Files of facts: rows become columns, columns a Parquet file that is on the disk before anybody is told of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xiuhua.insight.facts.changes import Days, Row
from xiuhua.insight.facts.model import Table, Type, day_column
from xiuhua.insight.facts.stores import path_of
from xiuhua.platform.datafolder import make_folder, on_disk, usable

DECIMAL: Final = pa.decimal128(24, 6)
_TYPES: Final[dict[Type, pa.DataType]] = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "int": pa.int64(), "decimal": pa.string(), "bool": pa.bool_(),
    "date": pa.string(), "moment": pa.int64(),
}  # fmt: skip
"""As values come; decimals and dates are read from their texts, a whole column at once."""
_PYTHON: Final[dict[Type, type]] = {
    "text": str, "texts": list, "int": int, "decimal": str, "bool": bool, "date": str, "moment": int,
}  # fmt: skip
_FINAL: Final[dict[Type, pa.DataType]] = {"decimal": DECIMAL, "date": pa.date32()}
ROW_GROUP: Final = 122_880
_DAY_S: Final = 86_400
_WEEK_S: Final = 7 * _DAY_S


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is there; whether it counts the manifest says."""

    id: str
    table: str
    month: int
    kind: str
    rows: int
    size: int
    """Bytes."""
    digest: bytes
    known_from: date
    known_to: date
    days: dict[str, tuple[str, str]]
    """Column of a period rule → the first and last day in it; none where no row has one."""


class Folder:
    """The files of a city: `table/month/id.parquet`, named by what is in them."""

    def __init__(self, root: Path, city: str) -> None:
        self.root = root / city

    def path(self, table: str, month: int, id_: str) -> Path:
        """Where a file is."""
        return path_of(self.root, table, month, id_)

    def keep(self, table: Table, month: int, kind: str, write: Callable[[Path], None]) -> Made:
        """Have a file written and bring it to the disk. Raises `DataFolderUnusable`."""
        with usable(self.root.parent):
            folder = self.path(table.key, month, "").parent
            make_folder(folder)
            waiting = folder / f".{os.getpid()}-{kind}.parquet"
            write(waiting)
            with waiting.open("rb+") as stream:
                digest = hashlib.file_digest(stream, "sha256").digest()
                os.fsync(stream.fileno())
            path = self.path(table.key, month, f"{kind}-{digest[:16].hex()}")
            waiting.replace(path)
            on_disk(folder)
        return _made(table, month, kind, path, digest)

    def there(self) -> Iterator[tuple[str, Path]]:
        """Ids and paths of all files that lie in the folder, wanted or not."""
        for path in self.root.glob("*/*/*.parquet"):  # names that begin with a dot too: files half written
            yield path.stem, path


def write(content: pa.Table, path: Path) -> None:
    """Columns as a Parquet file."""
    pq.write_table(content, path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)


def _made(table: Table, month: int, kind: str, path: Path, digest: bytes) -> Made:
    described = pq.read_metadata(path)
    spans = _spans(described)
    days = {}
    for rule in table.anchors:
        name = table.day_of(rule)
        if name is not None and name in spans:
            days[name] = spans[name][0].isoformat(), spans[name][1].isoformat()
    first, last = spans["_known_from"]
    last = max(last, spans.get("_known_until", (last, last))[1])
    return Made(path.stem, table.key, month, kind, described.num_rows, path.stat().st_size, digest, first, last, days)


def _spans(described: pq.FileMetaData) -> dict[str, tuple[date, date]]:
    """The first and the last day of each column of days, as the file says itself."""
    found: dict[str, tuple[date, date]] = {}
    for group in range(described.num_row_groups):
        for at in range(described.num_columns):
            column = described.row_group(group).column(at)
            told = column.statistics
            if told is not None and told.has_min_max and isinstance(told.min, date):
                first, last = found.get(column.path_in_schema, (told.min, told.max))
                found[column.path_in_schema] = min(first, told.min), max(last, told.max)
    return found


def content(table: Table, city: str, rows: Sequence[Row], zone: ZoneInfo) -> pa.Table:
    """Rows as columns, days of moments beside them."""
    names = [one.name for one in table.columns]
    *values, ids, parts, versions, days, weights, ended = zip(*rows, strict=True)
    columns: dict[str, pa.Array] = {"_city": pa.repeat(city, len(rows)), "_id": pa.array(ids, pa.string())}
    columns["_part"] = pa.array(parts, pa.string())
    for name, column, given in zip(names, table.columns, values, strict=True):
        columns[name] = _array(given, column.type)
        if column.type == "moment":
            columns[day_column(name)] = _days(columns[name], Days(zone))
    columns["_version"] = pa.array(versions, pa.int32())
    columns["_known_from"] = pa.array(days, pa.int32()).cast(pa.date32())
    columns["_known_until"] = pa.array(ended, pa.int32()).cast(pa.date32())
    columns["_weight"] = pa.array(weights, pa.int8())
    return pa.table(columns)


def _array(values: Sequence[Any], type_: Type) -> pa.Array:
    try:
        return _cast(pa.array(values, _TYPES[type_]), type_)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # One value that is not of its type must not keep a city's facts back: it counts as missing.
        return pa.concat_arrays([_one(value, type_) for value in values])


def _one(value: Any, type_: Type) -> pa.Array:
    try:
        given = value if type(value) is _PYTHON[type_] else None
        return _cast(pa.array([given], _TYPES[type_]), type_)
    except pa.ArrowInvalid:
        return pa.nulls(1, _FINAL.get(type_, _TYPES[type_]))


def _cast(array: pa.Array, type_: Type) -> pa.Array:
    wanted = _FINAL.get(type_)
    return array if wanted is None else array.cast(wanted)


def _days(moments: pa.Array, days: Days) -> pa.Array:
    span = pc.min_max(moments).as_py()
    if span["min"] is None:
        return pa.nulls(len(moments), pa.date32())
    offsets = {days.offset(one) for one in (*range(span["min"], span["max"], _WEEK_S), span["max"])}
    if len(offsets) == 1:
        local = pc.add(moments, offsets.pop())
        return pc.divide(local, _DAY_S).cast(pa.int32()).cast(pa.date32())
    found = [None if one is None else days.of(one) for one in moments.to_pylist()]
    return pa.array(found, pa.int32()).cast(pa.date32())
