"""Facts made by hand: rows as dictionaries, kept in files as the export keeps them, and an engine over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from xiuhua.insight.facts import files
from xiuhua.insight.facts.files import Folder
from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.tables import Tables, of_packs
from xiuhua.insight.figures.engine import Engine, Store
from xiuhua.insight.figures.measures import Definition, definitions
from xiuhua.packs.check import check_path

CITY = "990101"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 30, 12, tzinfo=ZONE)
_EPOCH = date(1970, 1, 1)


@cache
def tables() -> Tables:
    return of_packs(check_path().packs)


@cache
def library() -> dict[str, Definition]:
    """Every indicator of the library."""
    return definitions({pack.name: pack for pack in check_path().packs}, tables())


def at(text: str) -> int:
    """A local time as epoch seconds: `2026-03-02` or `2026-03-02 09:30`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


@dataclass
class Made:
    """Facts of a city in a folder."""

    folder: Path
    files: list[File] = field(default_factory=list)

    def keep(
        self, table: str, rows: Sequence[Mapping[str, Any]], kind: str = "current", of: Tables | None = None
    ) -> None:
        """A file of a table. Rows may tell `_id`, `_part`, `_version`, `_from`, `_until` (days) and `_weight`."""
        one = (of or tables()).by_key()[table]
        unknown = {name for row in rows for name in row if not name.startswith("_")} - set(one.types)
        assert not unknown, unknown
        made = []
        for n, row in enumerate(rows):
            values = (_plain(row.get(column.name), column.type) for column in one.columns)
            until = row.get("_until")
            made.append((
                *values, row.get("_id", f"{table}-{len(self.files)}-{n:05}"), row.get("_part", ""),
                row.get("_version", 1), (row.get("_from", date(2026, 1, 1)) - _EPOCH).days, row.get("_weight", 1),
                None if until is None else (until - _EPOCH).days,
            ))  # fmt: skip
        content = files.content(one, CITY, made, ZONE)
        kept = Folder(self.folder, CITY).keep(one, 2026 * 12, kind, lambda path: files.write(content, path))
        days = {name: (date.fromisoformat(a), date.fromisoformat(b)) for name, (a, b) in kept.days.items()}
        self.files.append(
            File(
                kept.id, kept.table, kept.month, kind, kept.rows, kept.size, kept.digest, kept.known_from,
                kept.known_to, days, datetime.now(UTC),
            )
        )  # fmt: skip

    def engine(self, now: datetime = NOW) -> Engine:
        """What computes figures over them."""
        return Engine(Store(duckdb.connect(), self.files, self.folder / CITY, ZONE, now))


def _plain(value: Any, type_: str) -> Any:
    if type_ == "moment" and isinstance(value, str):
        return at(value)
    return str(value) if type_ in ("decimal", "date") and value is not None else value
