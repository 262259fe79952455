"""Facts as SQL: rows of committed files as known on a day, in DuckDB within the process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.model import CITY, IDENTITY, KNOWN, Table, Type, day_column
from xiuhua.insight.facts.stores import path_of
from xiuhua.platform.sql import queries

SQL_TYPES: dict[Type, str] = {
    "text": "VARCHAR", "texts": "VARCHAR[]", "int": "BIGINT", "decimal": "DECIMAL(24, 6)", "bool": "BOOLEAN",
    "date": "DATE", "moment": "BIGINT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What is read of a table: committed files, as known on a day."""

    table: Table
    paths: tuple[tuple[str, Path], ...]
    """Kind of file, and where it is."""
    as_of: date | None = None
    """None: now."""

    def weighed(self) -> str:
        """SQL of rows with their `_weight`: what held no more takes away what it was. Right for sums, and quick."""
        return rows(self.table, [path for _, path in self.paths], self._known())

    def net(self) -> str:
        """SQL of the rows that hold, each once."""
        deltas = [path for kind, path in self.paths if kind == "delta"]
        rest = rows(self.table, [path for kind, path in self.paths if kind != "delta"], self._known())
        if not deltas:
            return rest
        changes = rows(self.table, deltas, self._known())
        moved = sql()["moved"].format(changes=changes)
        newest = sql()["newest"].format(changes=changes, moved=moved)
        return sql()["both"].format(first=sql()["stay"].format(rows=rest, moved=moved), second=newest)

    def _known(self) -> str:
        if self.as_of is None:
            return "_known_until IS NULL"
        day = f"DATE '{self.as_of.isoformat()}'"
        return f"_known_from <= {day} AND (_known_until IS NULL OR _known_until > {day})"


def source(table: Table, files: Iterable[File], root: Path, as_of: date | None = None) -> Source:
    """What is read of a table; files that say nothing about the day are left alone."""
    wanted = [
        one for one in files
        if one.table == table.key and (one.kind != "past" if as_of is None else one.known_from <= as_of)
    ]  # fmt: skip
    return Source(table, tuple((one.kind, path_of(root, one.table, one.month, one.id)) for one in wanted), as_of)


def rows(table: Table, paths: Sequence[Path], which: str = "true") -> str:
    """SQL of the rows of some files of a table."""
    typed = columns(table).items()
    if not paths:
        nothing = ", ".join(f"NULL::{type_} AS {quoted(name)}" for name, type_ in typed)
        return sql()["nothing"].format(columns=nothing)
    chosen = ", ".join(f"{quoted(name)}::{type_} AS {quoted(name)}" for name, type_ in typed)
    return sql()["rows"].format(columns=chosen, files=literal_list(map(str, paths)), which=which)


def columns(table: Table) -> dict[str, str]:
    """Every column of a table's files with its SQL type."""
    found = {CITY: "VARCHAR", **dict.fromkeys(IDENTITY, "VARCHAR")}
    for one in table.columns:
        found[one.name] = SQL_TYPES[one.type]
        if one.type == "moment":
            found[day_column(one.name)] = "DATE"
    return {**found, **dict(zip(KNOWN, ("INTEGER", "DATE", "DATE", "TINYINT"), strict=True))}


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def literal_list(texts: Iterable[str]) -> str:
    """A list of texts as SQL writes it."""
    return "[" + ", ".join(map(literal, texts)) + "]"


def sql() -> dict[str, str]:
    """Queries for DuckDB, as templates."""
    return queries("xiuhua.insight.facts", "duck.sql")
