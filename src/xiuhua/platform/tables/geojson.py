"""GeoJSON as a table: a collection of features, or one feature on each line; properties are the columns.

The column `geometry` holds the geometry as JSON text, so that a row that was rejected can be mended in its table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from xiuhua.platform.tables.cells import Cell
from xiuhua.platform.tables.rows import HEAD, Flaw, Record
from xiuhua.platform.tables.texts import place, refusal

GEOMETRY: Final = "geometry"
MOST_BYTES: Final = 256 * 1024 * 1024
"""Of a collection, which is read whole; features on lines may be of any size together."""
_BOM: Final = b"\xef\xbb\xbf"


def is_geojson(start: bytes) -> bool:
    """Whether a file that begins so is one."""
    return start.removeprefix(_BOM).lstrip().startswith(b"{")


class GeoJson:
    """One file. Records are numbered by feature, from 1; record 0 holds the names of the columns."""

    sheet = ""

    def __init__(self, path: Path) -> None:
        """Raises `FileRefused` when the file holds no features."""
        self._path, self._done = path, 0
        self._collection = self._whole()
        self._total = max(path.stat().st_size, 1) if self._collection is None else max(len(self._collection), 1)
        names: dict[str, None] = {}
        for one in self._features():
            if isinstance(one, dict) and isinstance(one.get("properties"), dict):
                names.update(dict.fromkeys(one["properties"]))
        names.pop(GEOMETRY, None)
        self._names = (*names, GEOMETRY)

    def head(self) -> list[Record]:
        """The names of the columns, and the first features."""
        found = [Record(0, self._names)]
        for record in self.records(0):
            found.append(record)
            if len(found) >= HEAD:
                break
        return found

    def first_below(self, header_row: int, used: Collection[int]) -> int:
        """The first feature."""
        return 1

    def fraction(self) -> float:
        """How much has been read, 0 to 1."""
        return min(self._done / self._total, 1.0)

    def close(self) -> None:
        """Nothing is held open."""

    def records(self, width: int) -> Iterator[Record]:
        """Every feature; one that is none costs itself, not its neighbours."""
        for number, one in enumerate(self._features(), 1):
            if not isinstance(one, dict) or one.get("type") != "Feature":
                yield Record(number, [_text(one)], (Flaw("not_a_feature", {}),))
                continue
            properties = one.get("properties") or {}
            if not isinstance(properties, dict):
                yield Record(number, [_text(one)], (Flaw("not_a_feature", {}),))
                continue
            geometry = one.get("geometry")
            cells = [_cell(properties.get(name)) for name in self._names[:-1]]
            yield Record(number, [*cells, "" if geometry is None else _text(geometry)])

    def _features(self) -> Iterator[Any]:
        self._done = 0
        if self._collection is not None:
            for one in self._collection:
                self._done += 1
                yield one
            return
        with self._path.open("rb") as stream:
            for line in stream:
                self._done += len(line)
                bare = line.removeprefix(_BOM).strip(b" \t\r\n\x1e")  # RFC 8142 begins each with a record separator
                if bare:
                    try:
                        yield orjson.loads(bare)
                    except orjson.JSONDecodeError:
                        yield bare.decode("utf-8", "replace")

    def _whole(self) -> list[Any] | None:
        """The features of a collection; None where each stands on a line of its own."""
        with self._path.open("rb") as stream:
            first = stream.readline().removeprefix(_BOM).strip(b" \t\r\n\x1e")
        try:
            if isinstance(told := orjson.loads(first), dict) and told.get("type") == "Feature":
                return None
        except orjson.JSONDecodeError:
            pass
        if self._path.stat().st_size > MOST_BYTES:
            raise refusal([place(self._path.name, 0, "", "geojson_too_large", most=MOST_BYTES // 1024**2)])
        try:
            told = orjson.loads(self._path.read_bytes().removeprefix(_BOM))
        except orjson.JSONDecodeError as error:
            raise refusal([place(self._path.name, error.lineno, "", "broken_json", detail=error.msg)]) from None
        if isinstance(told, dict) and told.get("type") == "Feature":
            return [told]
        if not isinstance(told, dict) or not isinstance(found := told.get("features"), list):
            raise refusal([place(self._path.name, 0, "", "no_features")])
        return found


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    return value if isinstance(value, str | int | float | bool) else _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
