"""Names of places and the forms they are written in. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

_SHORTEST = 2
"""A single character is in every second text."""
_ODD = re.compile("[\u2460-\u2473\u2f00-\u2fdf\u3000\uf900-\ufaff\uff08-\uff0b\uff0d-\uff19\uff20-\uff5e\ud800-\udfff]")
"""What stands in names in another form than in texts: full-width and circled characters, radicals, brackets;
and halves of surrogate pairs. Full-width commas and the like, in every text, are left as they are."""


@dataclass(frozen=True, slots=True)
class Words:
    """`names.yaml`, compiled."""

    endings: dict[str, list[list[str]]]
    part_of_road: re.Pattern[str]
    joiner: re.Pattern[str]
    lister: re.Pattern[str]
    crossing: re.Pattern[str]
    house: re.Pattern[str]
    building: re.Pattern[str]


@cache
def words() -> Words:
    """How places are written, from the data file of this folder."""
    text = files("xiuhua.city.areas").joinpath("names.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe").load(text)
    return Words(data.pop("endings"), **{name: re.compile(pattern) for name, pattern in data.items()})


def plain(text: str) -> str:
    """A text with ordinary digits, letters and characters (NFKC where it holds others), safe to encode."""
    if not _ODD.search(text):
        return text
    made = unicodedata.normalize("NFKC", text)
    try:
        made.encode()
    except UnicodeEncodeError:  # half of an emoji, as broken clients cut them
        made = made.encode("utf-8", "replace").decode()
    return made


def road_name(segment_name: str) -> str:
    """The road that a segment belongs to: its name without "east part", brackets and numbers."""
    name = plain(segment_name).strip()
    while (shorter := words().part_of_road.sub("", name).strip()) != name and len(shorter) >= _SHORTEST:
        name = shorter
    return name


def forms(name: str, kind: str) -> Iterator[tuple[str, bool]]:
    """All ways to write a name, and whether it is a weak sign: with endings of the same meaning, without any."""
    name = plain(name).strip()
    if len(name) < _SHORTEST:
        return
    yield name, False
    rows = words().endings.get(kind, ())
    found = [(ending, row) for row in rows for ending in row if name.endswith(ending)]
    if not found:
        return
    ending, row = max(found, key=lambda pair: len(pair[0]))
    stem = name.removesuffix(ending)
    if len(stem) < _SHORTEST:
        return
    for other in row:
        if other != ending:
            yield stem + other, False
    yield stem, True
