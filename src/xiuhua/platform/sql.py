"""Named queries kept as SQL: a `.sql` file beside each store, every query with a name and a purpose line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import orjson

_NAME = re.compile(r"^-- name: (\w+)[ \t]*\n", re.MULTILINE)


RAW: Final = "doc"
"""A column that holds JSON already."""


def rows_as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows for `json_to_recordset`: a tenth of what the driver's arrays cost here. Bytes become hex digits."""
    at = columns.index(RAW) if RAW in columns else None
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    if at is not None:
        for record in records:
            record[RAW] = orjson.Fragment(record[RAW])
    return orjson.dumps(records, default=bytes.hex).decode()


@cache
def queries(package: str, file: str = "store.sql") -> dict[str, str]:
    """The queries of one file by name; `package` is dotted, e.g. `xiuhua.loop`.

    A query starts with `-- name: find_case` and a comment line that says what it is for.
    """
    return named(files(package).joinpath(file).read_text(encoding="utf-8"))


def named(text: str) -> dict[str, str]:
    """The queries of such a file by name."""
    parts = _NAME.split(text)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}
