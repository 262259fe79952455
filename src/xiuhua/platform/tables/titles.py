"""Titles of columns as people write them: compared without spaces, line breaks and full-width forms. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def key(title: str) -> str:
    """What two spellings of one title have in common."""
    return "".join(unicodedata.normalize("NFKC", title).split())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like one that is not known, if any is like it."""
    by_key = {key(one): one for one in known}
    found = get_close_matches(key(name), list(by_key), n=1, cutoff=0.6)
    return by_key[found[0]] if found else None


def column_letter(index: int) -> str:
    """Name of a column in a spreadsheet, from 0: A, B … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def where(title: str, header: Sequence[str]) -> list[int]:
    """Every position of a title in a header."""
    wanted = key(title)
    return [index for index, one in enumerate(header) if key(one) == wanted]
