"""What a file holds before anybody has said how to read it: sheets, the row of titles, samples, a guess. Pure.

Nothing is taken in by a guess: a person confirms each column, and the datum of coordinates is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xiuhua.platform.imports.model import Field, Target
from xiuhua.platform.masking import mask_name, mask_text
from xiuhua.platform.tables import rejects, titles
from xiuhua.platform.tables.cells import Cell, one_line, plain, tidy
from xiuhua.platform.tables.readers import heads, titles_in
from xiuhua.platform.tables.rows import Record
from xiuhua.platform.tables.texts import place, refusal

SAMPLES: Final = 3
MOST_WORDS: Final = 12
_LONGEST: Final = 80
_SHORTEST_PART: Final = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    title: str
    letter: str
    """As a spreadsheet names it."""
    samples: tuple[str, ...]
    """The first contents, what is personal masked."""
    words: tuple[str, ...]
    """Its different contents among the first rows, where they are few: what a table of values would hold."""


@dataclass(frozen=True, slots=True)
class Peeked:
    """What was seen."""

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    guess: Mapping[str, str]
    """Field → title of its column."""


def peek(path: Path, target: Target[Any], sheet: str | None = None) -> Peeked:
    """Look into a file, or one of its sheets; raises `FileRefused` when it is none, or holds nothing."""
    found = [(name, head, _header(head, target)) for name, head in heads(path)]
    readable = [one for one in found if one[2] is not None and sheet in (None, one[0])]
    if not readable:
        raise refusal([place(path.name, 0, "", "empty_file")])
    # Of a workbook the first sheet with a row of titles that says something, of a text file under several separators
    # the one that gives the most columns.
    told = [one for one in readable if one[2] is not None and one[2].guess] or readable
    name, head, header = max(told, key=lambda one: one[2].score if one[2] and not one[0] else 0)
    assert header is not None
    below = [record for record in head if record.number > header.row and not record.empty()]
    names = tuple(dict.fromkeys(one for one, _, _ in found if one))
    columns = _columns(header.titles, below, header.guess, target.fields())
    return Peeked(name, names, header.row, tuple(columns), header.guess)


def guess(words: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, str]:
    """Field → title: the whole title above a part of it. `words`: how tables call each field, the surest first.

    Each title is used once; titles that stand twice are left to the person.
    """
    free = {titles.key(name).lower(): name for name in names if name and names.count(name) == 1}
    found: dict[str, str] = {}
    for whole in (True, False):
        for field, known in words.items():
            hit = None if field in found else next(_hits(free, known, whole), None)
            if hit is not None:
                found[field] = free.pop(hit)
    return found


def shown(cell: Cell, field: Field | None) -> str:
    """A cell as people may see it: what is personal masked, and short."""
    text = one_line(tidy(plain(cell)))
    if field is None or field.veil == "text":
        text = mask_text(text)
    elif field.veil == "name":
        text = mask_name(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    titles: tuple[str, ...]
    guess: Mapping[str, str]
    score: int


def _header(head: Sequence[Record], target: Target[Any]) -> _Header | None:
    """The row that reads most like titles: known words count most, then how many cells are filled with text."""
    best: _Header | None = None
    for record in head:
        names = titles_in(record)
        if rejects.is_header(names):
            names = names[: -rejects.ADDED]
        texts = sum(isinstance(cell, str) and bool(name) for name, cell in zip(names, record.cells, strict=False))
        found = target.guessed(names)
        score = 100 * len(found) + texts
        if texts and (best is None or score > best.score):
            best = _Header(record.number, tuple(names), found, score)
    return best


def _hits(free: Mapping[str, str], words: Sequence[str], whole: bool) -> Iterator[str]:
    for word in words:
        key = titles.key(word).lower()
        if whole and key in free:
            yield key
        elif not whole and len(key) >= _SHORTEST_PART and not key.isascii():
            yield from (one for one in free if key in one)


def _columns(
    names: Sequence[str], below: Sequence[Record], guessed: Mapping[str, str], fields: Mapping[str, Field]
) -> Iterator[Column]:
    field_of = {title: fields[name] for name, title in guessed.items()}
    for position, title in enumerate(names):
        if not title:
            continue
        field = field_of.get(title)
        cells = (plain(record.cells[position]) for record in below if position < len(record.cells))
        contents = [text for text in (one_line(tidy(cell)) for cell in cells) if text]
        different = dict.fromkeys(contents)
        few = len(different) <= MOST_WORDS and len(contents) > len(different)
        hidden = field is not None and field.veil == "name"
        words = tuple(shown(text, field) for text in different) if few and not hidden else ()
        samples = tuple(shown(text, field) for text in list(different)[:SAMPLES])
        yield Column(title, titles.column_letter(position), samples, words)
