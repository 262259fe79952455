"""Rows as the mapping wants them: totals left out, values that stand once for several rows repeated. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import SchemaValidator, core_schema

from xiuhua.loop.files.mapping import FileMapping
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.cells import Cell, one_line, plain, tidy
from xiuhua.platform.tables.rows import Row


def pattern_of(expression: str) -> SchemaValidator:
    """A regular expression that takes time in proportion to the cell, whatever it says: mappings come from outside.

    `isinstance_python` looks for it in a text. Raises `SchemaError` for what is none, or looks around or back.
    """
    return SchemaValidator(core_schema.str_schema(pattern=expression, regex_engine="rust-regex"))


class Shaper:
    """The skip and fill_down rules of one table; takes its rows in order."""

    def __init__(self, mapping: FileMapping, header: Sequence[str]) -> None:
        self._skip = [
            (pattern_of(one.matches), titles.where(one.column, header)[0] if one.column else None)
            for one in mapping.skip
        ]
        self._fill = [titles.where(title, header)[0] for title in mapping.fill_down]
        self._header = header
        self._above: dict[int, Cell] = {}

    def skips(self, row: Row) -> bool:
        """Whether the row is no report."""
        return any(
            pattern.isinstance_python(one_line(tidy(plain(cell))))
            for pattern, column in self._skip
            for cell in (row.cells if column is None else [row.cells[column]])
        )

    def filled(self, row: Row) -> Row:
        """The row with the values above it where it is empty and the mapping says so."""
        if not self._fill:
            return row
        cells = list(row.cells)
        repeated = set()
        for column in self._fill:
            if cells[column] == "" or (isinstance(cells[column], str) and not tidy(str(cells[column]))):
                cells[column] = self._above.get(column, "")
                repeated.add(self._header[column])
            else:
                self._above[column] = cells[column]
        faults = [one for one in row.faults if not (one.code == "merged_down" and one.column in repeated)]
        return Row(row.number, tuple(cells), tuple(faults))
