"""Texts as pairs of characters, places as squares. Pure.

Chinese has no spaces and its words are mostly of two characters; trigrams cannot find those. Every pair of
neighbouring characters is a token with its position, so a word of any length is a phrase of its pairs.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from xiuhua.platform.masking import mask

SHORTEST, LONGEST = 2, 50
"""Characters of what is searched for."""
CELL_DEGREES: Final = 0.0009
"""Height of a square of places: 100 m."""
_RUN: Final = re.compile(r"\w+")
_NOT_SEARCHED: Final = frozenset({"name", "phone", "contact", "mobile", "id_number", "email"})
_CONTEXT: Final = 24
"""Characters shown on both sides of a hit."""


def normal(text: str) -> str:
    """Full-width forms, compatibility forms and capitals made one."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(content: Mapping[str, Any] | None) -> str:
    """The text form of a tsvector of all that a masked view of some personal content shows in words.

    What is masked (numbers of phones, people, houses) is in no index, so a search tells no more than a look.
    """
    places: dict[str, list[int]] = {}
    position = 1
    for text in _texts(mask(dict(content or {}))):
        for run in _RUN.findall(normal(text)):
            for at in range(len(run) - 1):
                places.setdefault(run[at : at + 2], []).append(position + at)
            # A gap: the end of one run and the beginning of the next are no phrase.
            position += len(run) + 1
    return " ".join(f"'{pair}':{','.join(map(str, sorted(found)[:255]))}" for pair, found in places.items())


def _texts(content: Mapping[str, Any]) -> Iterable[str]:
    for name, value in content.items():
        if isinstance(value, str) and name not in _NOT_SEARCHED:
            yield value
        elif isinstance(value, dict):
            yield from _texts(value)


def searched(text: str) -> str | None:
    """The tsquery of what somebody typed: all its words, each as a phrase; None when a word is too short."""
    runs = _RUN.findall(normal(text))
    if not runs or any(len(run) < SHORTEST for run in runs):
        return None
    phrases = (" <-> ".join(f"'{run[at : at + 2]}'" for at in range(len(run) - 1)) for run in runs)
    return " & ".join(f"({phrase})" for phrase in phrases)


def snippet(content: Mapping[str, Any] | None, typed: str) -> str:
    """The masked text around the first word that is found in it."""
    runs = _RUN.findall(normal(typed))
    texts = list(_texts(mask(dict(content or {}))))
    for run in runs:
        for text in texts:
            if (at := normal(text).find(run)) >= 0:
                begin, end = max(0, at - _CONTEXT), at + len(run) + _CONTEXT
                return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
    return texts[0][: 2 * _CONTEXT] if texts else ""


def same_contact(contact: str) -> str:
    """A contact as it is compared: digits of a number without country code, else small letters."""
    digits = re.sub(r"\D", "", contact)
    if len(digits) >= 7 and "@" not in contact:
        return digits[2:] if len(digits) > 11 and digits.startswith("86") else digits
    return normal(contact).strip()


def cell(lon: float | None, lat: float | None, part: str | None) -> str | None:
    """The thing itself where it is known, else the square of about 100 m by 100 m; None without a place."""
    if part:
        return f"part:{part}"
    if lon is None or lat is None:
        return None
    row = math.floor(lat / CELL_DEGREES)
    width = CELL_DEGREES / max(0.01, math.cos(math.radians((row + 0.5) * CELL_DEGREES)))
    return f"{row}:{math.floor(lon / width)}"


def fields(doc: Mapping[str, Any], declared: Mapping[str, str]) -> list[str]:
    """`name=value` of declared fields; `declared` gives the type of each that can be searched."""
    data = doc["data"]
    found = []
    for name, kind in declared.items():
        value = data.get(name)
        if value is None or isinstance(value, list | dict):
            continue
        text = str(value).lower() if kind == "boolean" else str(value)
        if len(text) <= 64:
            found.append(f"{name}={text}")
    return sorted(found)
