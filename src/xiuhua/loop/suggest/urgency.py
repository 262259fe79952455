"""How urgent a report is, by words that stand in it and by where it comes from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind
from ruamel.yaml import YAML

Level = Literal["danger", "soon", "ordinary"]
LEVELS: Final[tuple[Level, ...]] = ("danger", "soon", "ordinary")
_BY_WORD: Final = {"danger": 0.9, "soon": 0.7}
_BY_SOURCE: Final = 0.6
_NO_SIGN: Final = 0.5


class Urgency(NamedTuple):
    """How urgent, and what says so."""

    level: Level
    confidence: float
    why: tuple[str, ...]
    """Words of the text, or the source; empty for an ordinary one."""


def urgency(text: str, source: str | None, more: str = "") -> Urgency:
    """`more`: a city's own words of danger, parted by blanks."""
    words, finder = _finder(more)
    found = list(dict.fromkeys(words[match[0]] for match in finder.find_matches_as_indexes(text)))
    for level in LEVELS[:2]:
        if said := tuple(word for word, one in found if one == level):
            return Urgency(level, _BY_WORD[level], said[:3])
    by_source = _words()["sources"].get(source)
    if by_source is not None:
        return Urgency(by_source, _BY_SOURCE, (str(source),))
    return Urgency("ordinary", _NO_SIGN, ())


@cache
def _words() -> dict[str, Any]:
    text = files("xiuhua.loop.suggest").joinpath("words.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


@lru_cache(maxsize=64)
def _finder(more: str) -> tuple[Sequence[tuple[str, str]], AhoCorasick]:
    given = _words()
    words = [(word, level) for level in LEVELS[:2] for word in given[level]]
    words += [(word, "danger") for word in more.split()]
    return words, AhoCorasick([word for word, _ in words], matchkind=MatchKind.LeftmostLongest)
