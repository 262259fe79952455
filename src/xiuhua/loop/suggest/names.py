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
        self._ends = np.cumsum(np.bincount(found.index, minlength=SPACE))

    def find(self, asked: Bags, most: int = 3) -> list[list[Named]]:
        """For each text the likeliest categories, the best first."""
        return [
            self._one(asked.index[start:end], most)
            for start, end in zip(asked.starts[:-1].tolist(), asked.starts[1:].tolist(), strict=True)
        ]

    def _one(self, features: np.ndarray, most: int) -> list[Named]:
        begins, ends = np.where(features > 0, self._ends[features - 1], 0), self._ends[features]
        sizes = ends - begins
        hit = sizes > 0
        begins, sizes = begins[hit], sizes[hit]
        if not len(sizes):
            return []
        places = np.repeat(begins - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        score = np.bincount(self._owner[places], self._weight[places], len(self._keys)) / self._whole
        best = np.flatnonzero(score >= LEAST)
        best = best[np.argsort(-score[best], kind="stable")]
        found: dict[str, Named] = {}
        for one in best.tolist():
            found.setdefault(self._keys[one], Named(self._keys[one], self._names[one], round(float(score[one]), 4)))
            if len(found) == most:
                break
        return list(found.values())
