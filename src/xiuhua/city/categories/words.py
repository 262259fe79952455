"""The words of Chinese case standards, as data: `limit_words.yaml` beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from ruamel.yaml import YAML

from xiuhua.city.categories.model import Kind, LimitKind, Proof


@dataclass(frozen=True, slots=True)
class Words:
    """What is read as what; every list in the file's order."""

    units: dict[str, LimitKind]
    """Spelling → kind; the first spelling of a kind is the one written out."""
    plain_units: dict[str, str]
    """Spelling → `hour` or `day`, of units that do not say whether they run at night."""
    counters: tuple[str, ...]
    within: tuple[str, ...]
    up_to: tuple[str, ...]
    numerals: dict[str, int]
    ten: str
    half: str
    stages: tuple[str, ...]
    actions: tuple[str, ...]
    joiners: tuple[str, ...]
    seasons: tuple[str, ...]
    proof: dict[str, Proof]
    no_limit: frozenset[str]
    kinds: dict[str, Kind]
    yes: frozenset[str]
    close_by_notice: tuple[str, ...]
    closing_by_season: tuple[str, ...]
    extension_codes: tuple[str, ...]


@cache
def words() -> Words:
    """The words that ship with this version."""
    path = files("xiuhua.city.categories").joinpath("limit_words.yaml")
    raw = cast(dict[str, Any], YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    lists = ("counters", "within", "up_to", "stages", "actions", "joiners", "seasons", "close_by_notice",
             "closing_by_season", "extension_codes")  # fmt: skip
    return Words(
        units={spelling: LimitKind(kind) for spelling, kind in _inverted(raw["units"])},
        plain_units=dict(_inverted(raw["plain_units"])),
        proof={spelling: Proof(proof) for spelling, proof in _inverted(raw["proof"])},
        kinds={spelling: Kind(kind) for spelling, kind in _inverted(raw["kinds"])},
        numerals=raw["numerals"],
        ten=raw["ten"],
        half=raw["half"],
        no_limit=frozenset(raw["no_limit"]),
        yes=frozenset(raw["yes"]),
        **{name: tuple(raw[name]) for name in lists},
    )


def _inverted(lists: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(spelling, name) for name, spellings in lists.items() for spelling in spellings]
