"""Text files (CSV, TSV) record by record with bounded memory; a broken line costs itself, not its neighbours."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from xiuhua.platform.tables.rows import HEAD, Flaw, Record

SEPARATORS: Final = (",", "\t", ";", "|")
_LONGEST_LINE: Final = 1_000_000
"""Characters; what is longer is read in pieces, so that a file without line ends does not fill the memory."""


class TextFile:
    """One text file under one encoding and separator."""

    sheet = ""

    def __init__(self, path: Path, encoding: str, separator: str) -> None:
        self.encoding, self.separator = encoding, separator
        self._path, self._size = path, max(path.stat().st_size, 1)
        self._raw: io.BufferedReader | None = None

    def head(self) -> list[Record]:
        """The first records."""
        with closing(self.records(0)) as records:
            return list(islice(records, HEAD))

    def first_below(self, header_row: int, used: Collection[int]) -> int:
        """The row in which data begin."""
        return header_row + 1

    def fraction(self) -> float:
        """How much has been read, 0 to 1, in bytes."""
        if self._raw is None or self._raw.closed:
            return 0.0 if self._raw is None else 1.0
        return min(self._raw.tell() / self._size, 1.0)

    def close(self) -> None:
        """Give the file back."""
        if self._raw is not None:
            self._raw.close()

    def records(self, width: int) -> Generator[Record, None, None]:
        """Every record from the first row on; a `width` above 0 refuses records with more cells."""
        with self._path.open("rb") as self._raw:
            text = io.TextIOWrapper(self._raw, encoding=self.encoding, errors="replace", newline="")
            for number, (cells, flaw) in enumerate(_split(_Lines(text), self.separator, width), 1):
                flaws = [flaw] if flaw else []
                flaws += [
                    Flaw("undecodable", {"encoding": self.encoding}, column)
                    for column, cell in enumerate(cells)
                    if "\ufffd" in cell
                ]
                yield Record(number, cells, tuple(flaws))


class _Lines:
    """Lines of a file, some of which may be given back."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        """Lines since `taken` was last emptied."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def keep_first(self) -> str:
        """Give all lines taken but the first back; returns the first."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        return first.rstrip("\r\n")


def _split(lines: _Lines, separator: str, width: int) -> Iterator[tuple[list[str], Flaw | None]]:
    """Records and what is wrong with each.

    A quotation mark that is never closed would swallow the rows below it: whenever a record of several lines
    does not come out right, its first line alone is the broken one and the others are read anew.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reader = csv.reader(lines, delimiter=separator, strict=True)
            yield [lines.keep_first()], Flaw("broken_quotes", {})
            continue
        excess = [cell for cell in cells[width:] if cell.strip()] if width else []
        if excess and len(lines.taken) > 1:
            yield [lines.keep_first()], Flaw("broken_quotes", {})
        elif excess:
            flaw = Flaw("too_many_cells", {"count": len(cells), "columns": width})
            yield [*cells[: width - 1], separator.join(cells[width - 1 :])], flaw
        else:
            yield cells, None
