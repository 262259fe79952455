"""The binary form in which cases and records go to a map; `docs/reference/map.md` describes it byte by byte. Pure.

Bytes 0–3 `XHM1`; 4–7 the header's length, unsigned; the header, JSON in UTF-8, filled up with blanks so that what
follows begins at a multiple of 8; then the columns one after another, each beginning at a multiple of 8. All numbers
are little-endian. The header says of each column its name, type, offset behind the header, and its length where it is
not that of the things told of (`count`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

MEDIA_TYPE: Final = "application/vnd.xiuhua.columns"
MAGIC: Final = b"XHM1"
_STEP: Final = 8


def encode(columns: Mapping[str, NDArray[Any]], told: Mapping[str, Any]) -> bytes:
    """Columns [n] with whatever the header tells besides `count` and `columns`; the first is as long as `count`."""
    described: list[dict[str, Any]] = []
    parts, offset = [], 0
    count = len(next(iter(columns.values())))
    for name, column in columns.items():
        raw = np.ascontiguousarray(column, column.dtype.newbyteorder("<")).tobytes()
        described.append({"name": name, "type": column.dtype.name, "offset": offset})
        if len(column) != count:
            described[-1]["length"] = len(column)
        parts.append(raw + bytes(-len(raw) % _STEP))
        offset += len(parts[-1])
    header = orjson.dumps({"count": count, **told, "columns": described})
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % _STEP)
    return b"".join([MAGIC, len(header).to_bytes(4, "little"), header, *parts])


def decode(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Header and columns, as a client reads them. Raises `ValueError` for anything else."""
    if content[:4] != MAGIC:
        raise ValueError("these are no columns of a map")
    start = 8 + int.from_bytes(content[4:8], "little")
    header: dict[str, Any] = orjson.loads(content[8:start])
    columns = {
        one["name"]: np.frombuffer(
            content, np.dtype(one["type"]).newbyteorder("<"), one.get("length", header["count"]), start + one["offset"]
        )
        for one in header["columns"]
    }
    return header, columns
