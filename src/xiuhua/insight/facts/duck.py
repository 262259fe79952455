"""DuckDB within the process: nothing is fetched from anywhere, nothing is read but what is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb

from xiuhua.insight.facts.reading import literal_list
from xiuhua.platform.errors import Invalid

_CONFIG: Final = {
    "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}  # fmt: skip


def connect(memory_mib: int = 1024, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database of its own in memory."""
    chosen = {"memory_limit": f"{memory_mib}MiB", "threads": str(threads or os.cpu_count() or 1)}
    return duckdb.connect(config={**_CONFIG, **chosen})


def lock(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> None:
    """From now on only these files can be read, and nobody can change that."""
    connection.execute(f"SET allowed_paths = {literal_list(map(str, paths))}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def demand_question(text: str) -> None:
    """Raises `Invalid` for anything but one question: SQL of others changes nothing, and writes no file."""
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise Invalid(str(error)) from None
    if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
        raise Invalid("this must be one SELECT")
