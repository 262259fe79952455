"""The file of rejected rows: the original columns, the row, the field and why; mended, it is imported as it is."""

from __future__ import annotations

import csv
import filecmp
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from xiuhua.platform.tables.cells import Cell, plain
from xiuhua.platform.tables.texts import EN, ZH, Fault, place, refusal, say

_ADDED: Final = ("column_row", "column_field", "column_why")
ADDED: Final = len(_ADDED)
"""Columns behind the original ones."""

# What a spreadsheet program would run as a formula (OWASP, CSV injection; also the signs of full width), or spoil when
# it saves: leading zeros, long numbers. An apostrophe in front makes it text; taken off again when the file comes back.
_RUN: Final = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA: Final = re.compile(f"'*{_RUN}")
_DISARMED: Final = re.compile(f"'+{_RUN}")
_DANGER: Final = re.compile(rf"'*(?:{_RUN}|0\d|\d{{12,}}$)")
_GUARDED: Final = re.compile(rf"'+(?:{_RUN}|0\d|\d{{12,}}$)")


def guarded(text: str) -> str:
    """A cell that a spreadsheet program leaves as it is."""
    return f"'{text}" if _DANGER.match(text) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def disarmed(text: str) -> str:
    """A cell that a spreadsheet program does not run."""
    return f"'{text}" if _FORMULA.match(text) else text


def armed(text: str) -> str:
    """The cell as it was before `disarmed`."""
    return text[1:] if _DISARMED.match(text) else text


def is_header(names: Sequence[str]) -> bool:
    """Whether a first row is the header of a file of rejected rows, in either language."""
    return any(list(names[-ADDED:]) == [say(lang, key) for key in _ADDED] for lang in (ZH, EN))


class RejectedRows:
    """Rejected rows on their way to their file; nothing is written where none is rejected."""

    def __init__(self, path: Path, header: Sequence[str], lang: str, target: Path | None = None) -> None:
        """Beside `path` or, where one may not write, in the working folder; or exactly at `target`.

        Raises `Invalid` when the target is the input or its folder cannot be written.
        """
        if target is not None and target.exists() and target.samefile(path):
            raise refusal([place(path.name, 0, "", "target_is_input")])
        folder = path.parent if os.access(path.parent, os.W_OK) else Path.cwd()
        self._exact = target is not None
        self._target = target or folder / f"{path.name}.rejected.csv"
        if not os.access(self._target.parent, os.W_OK):
            raise refusal([place(path.name, 0, "", "cannot_write", folder=self._target.parent)])
        self._header, self._lang = header, lang
        self._part = self._target
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, number: int, cells: Sequence[Cell], faults: Sequence[Fault]) -> None:
        """Keep one row with everything wrong in it."""
        if self._file is None:
            self._start()
        whole = say(self._lang, "whole_row")
        names = list(dict.fromkeys(fault.column or whole for fault in faults))
        whys = [f"{fault.column or whole}: {fault.text(self._lang)}" for fault in faults]
        self._writer.writerow([*(guarded(plain(cell)) for cell in cells), number, "; ".join(names), "; ".join(whys)])

    def finish(self) -> Path | None:
        """Put the file in its place; returns where, or None when no row was rejected.

        Without an exact target a file that a person may be mending is never overwritten: the same rows leave
        it alone, other rows go to the next free name.
        """
        if self._file is None:
            return None
        self._file.close()
        target, number = self._target, 1
        while not self._exact and target.exists() and not filecmp.cmp(self._part, target, shallow=False):
            number += 1
            target = self._target.with_name(f"{self._target.stem}-{number}.csv")
        self._part.replace(target)
        self._file = None
        return target

    def discard(self) -> None:
        """Throw away what was not finished."""
        if self._file is not None:
            self._file.close()
            self._part.unlink(missing_ok=True)
            self._file = None

    def _start(self) -> None:
        # Readable by its owner only, as files of mkstemp are: it holds what citizens wrote.
        handle, name = tempfile.mkstemp(".part", f".{self._target.name}.", self._target.parent)
        self._part = Path(name)
        self._file = os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        added = (say(self._lang, key) for key in _ADDED)
        self._writer.writerow([*(plain(one) for one in self._header), *added])
