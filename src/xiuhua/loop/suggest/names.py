"""What a text may be about by the names of the catalogue alone: what there is before anybody has decided. Pure.

A name counts by the rarity of its characters and pairs among all names: how much of it stands in the text, of
all that it is made of. So a pair that twenty names share says little, and a name that stands there whole much.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from xiuhua.city.categories.model import Category, Status
from xiuhua.loop.suggest.features import SPACE, Bags, bags

LEAST: Final = 0.3
"""Names of which less stands in the text are not told."""
_EASE: Final = 6.0
"""A short name that stands there whole is not as sure as a long one."""


class Named(NamedTuple):
    """A category whose name stands in a text, more or less."""

    category: str
    name: str
    score: float
    """0 to 1: how much of the name stands there."""


class Names:
    """The names of a catalogue, ready to be looked for."""

    def __init__(self, categories: Iterable[Category], on: date) -> None:
        """Only standards in force on the day; of a part and its fault both are named, as the catalogue does."""
        held = [
            (one.key, name)
            for one in categories
            if one.status is Status.IN_FORCE and (one.valid_to is None or on <= one.valid_to)
            for name in (one.name, *one.also)
            if name
        ]
        self._keys, self._names = [key for key, _ in held], [name for _, name in held]
        found = bags(self._names)
        often = np.bincount(found.index, minlength=SPACE)
        rare = np.where(often > 0, np.log((1 + len(held)) / (1 + often)) + 1, 0.0)
        owner = np.repeat(np.arange(len(held)), np.diff(found.starts))
        self._whole = np.bincount(owner, rare[found.index], len(held)) + _EASE
        order = np.argsort(found.index, kind="stable")
        self._owner = owner[order]
        self._weight = rare[found.index][order]
        self._ends = np.cumsum(often)
        self._begins = self._ends - often

    def find(self, asked: Bags, most: int = 3) -> list[list[Named]]:
        """For each text the likeliest categories, the best first."""
        features, names = asked.index, len(self._keys)
        sizes = self._ends[features] - self._begins[features]
        places = np.repeat(self._begins[features] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        text = np.repeat(np.repeat(np.arange(len(asked)) * names, np.diff(asked.starts)), sizes)
        score = np.bincount(text + self._owner[places], self._weight[places], len(asked) * names)
        score = score.reshape(len(asked), names) / self._whole
        found: list[dict[str, Named]] = [{} for _ in range(len(asked))]
        rows, columns = np.nonzero(score >= LEAST)
        values = score[rows, columns]
        order = np.argsort(-values, kind="stable")
        for row, name, value in zip(rows[order].tolist(), columns[order].tolist(), values[order].tolist(), strict=True):
            held, key = found[row], self._keys[name]
            if len(held) < most and key not in held:
                held[key] = Named(key, self._names[name], round(value, 4))
        return [list(one.values()) for one in found]
