"""What every kind of file is turned into: numbered records, as they stand in the file. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from xiuhua.platform.tables.cells import Cell
from xiuhua.platform.tables.texts import Fault

HEAD: Final = 50
"""Titles and notes may stand above the header; it is looked for in this many records."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a reader saw in a record: a key of `messages.yaml`, its parameters, where."""

    code: str
    params: dict[str, Any]
    column: int | None = None
    """Position of the cell; None for the whole record."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file."""

    number: int
    """As a spreadsheet counts: the first row is 1, empty rows count, a cell of several lines is one row."""
    cells: Sequence[Cell]
    flaws: tuple[Flaw, ...] = ()

    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell if not isinstance(cell, str) else cell.strip() for cell in self.cells)


class Source(Protocol):
    """A text file or one sheet of a workbook."""

    sheet: str
    """Name of the sheet; empty for a text file."""

    def head(self) -> list[Record]:
        """The first records, merged cells of titles filled in."""

    def records(self, width: int) -> Iterator[Record]:
        """Every record from the first row on; `width` is the number of the header's columns."""

    def first_below(self, header_row: int, used: Collection[int]) -> int:
        """The row in which data begin, when titles of the used columns may be merged over several rows."""

    def fraction(self) -> float:
        """How much has been read, 0 to 1."""

    def close(self) -> None:
        """Give the file back."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header, its cells in the header's order."""

    number: int
    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...] = field(default=())
