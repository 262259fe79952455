"""What a file holds before anybody has said how to read it: sheets, the row of titles, samples, a guess. Pure.

Nothing is taken in by a guess: a person confirms each column, and the datum of coordinates is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from xiuhua.platform.masking import mask_name, mask_text
from xiuhua.platform.tables import rejects, titles
from xiuhua.platform.tables.cells import one_line, plain, tidy
from xiuhua.platform.tables.readers import heads, titles_in
from xiuhua.platform.tables.rows import Record
from xiuhua.platform.tables.texts import place, refusal

SAMPLES: Final = 3
MOST_WORDS: Final = 12
_LONGEST: Final = 60
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


def peek(path: Path, sheet: str | None = None) -> Peeked:
    """Look into a file, or one of its sheets; raises `Invalid` when it is none, or holds nothing."""
    found = [(name, head, _header(head)) for name, head in heads(path)]
    readable = [one for one in found if one[2] is not None and sheet in (None, one[0])]
    if not readable:
        raise refusal([place(path.name, 0, "", "empty_file")])
    # Of a text file under several separators the right one gives the most columns.
    name, head, header = max(readable, key=lambda one: one[2].score if one[2] and not one[0] else 0)
    assert header is not None
    guess = _guessed(header.titles)
    below = [record for record in head if record.number > header.row and not record.empty()]
    names = tuple(dict.fromkeys(one for one, _, _ in found if one))
    return Peeked(name, names, header.row, tuple(_columns(header.titles, below, guess)), guess)


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    titles: tuple[str, ...]
    score: int


def _header(head: Sequence[Record]) -> _Header | None:
    """The row that reads most like titles: known words count most, then how many cells are filled with text."""
    best: _Header | None = None
    for record in head:
        names = titles_in(record)
        if rejects.is_header(names):
            names = names[: -rejects.ADDED]
        texts = sum(isinstance(cell, str) and bool(cell.strip()) for cell in record.cells)
        score = 100 * len(_guessed(names)) + texts
        if texts and (best is None or score > best.score):
            best = _Header(record.number, tuple(names), score)
    return best


def _guessed(names: Sequence[str]) -> dict[str, str]:
    """Field → title; each title is used once, titles that stand twice are left to the person."""
    keys = {titles.key(name).lower(): name for name in names if name and names.count(name) == 1}
    free, found = dict(keys), {}
    for whole in (True, False):
        for field, words in _words().items():
            hit = None if field in found else next(_hits(free, words, whole), None)
            if hit is not None:
                found[field] = free.pop(hit)
    if ("place.lon" in found) != ("place.lat" in found) or "place.point" in found:
        found = {field: title for field, title in found.items() if field not in ("place.lon", "place.lat")}
    return found


def _hits(free: Mapping[str, str], words: Sequence[str], whole: bool) -> Iterator[str]:
    for word in words:
        key = titles.key(word).lower()
        if whole and key in free:
            yield key
        elif not whole and len(key) >= _SHORTEST_PART and not key.isascii():
            yield from (one for one in free if key in one)


def _columns(names: Sequence[str], below: Sequence[Record], guess: Mapping[str, str]) -> Iterator[Column]:
    field_of = {title: field for field, title in guess.items()}
    for position, title in enumerate(names):
        if not title:
            continue
        cells = (plain(record.cells[position]) for record in below if position < len(record.cells))
        contents = [text for text in (one_line(tidy(cell)) for cell in cells) if text]
        different = dict.fromkeys(contents)
        words = tuple(map(_shown, different)) if len(different) <= MOST_WORDS and len(contents) > len(different) else ()
        named = field_of.get(title) == "reporter.name"
        samples = tuple(mask_name(one) if named else _shown(one) for one in list(different)[:SAMPLES])
        yield Column(title, titles.column_letter(position), samples, () if named else words)


def _shown(text: str) -> str:
    masked = mask_text(text)
    return masked if len(masked) <= _LONGEST else masked[:_LONGEST] + "…"


@cache
def _words() -> dict[str, list[str]]:
    text = files("xiuhua.loop.imports").joinpath("guesses.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {field: [str(word) for word in words] for field, words in loaded.items()}
