"""How often what was said with such a score was right: scores turned into probabilities that hold. Pure.

Each decision is first guessed and only then learnt from, so the record is of guesses about things not seen
before; nothing has to be held back from learning. Old guesses fade, since the model has changed since.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS: Final = 20
_PRIOR: Final = 4.0
"""Guesses that each bin is taken to have seen beforehand, right as often as its score says."""
_FADE: Final = 0.999
"""What one guess leaves of all before it: the record is mostly of the last thousand."""


class Record:
    """What came of guesses, by score."""

    def __init__(self, made: ArrayLike | None = None, right: ArrayLike | None = None, trust: float = 1.0) -> None:
        """`trust` is what scores are worth before anything was seen: 0.5 halves them."""
        self.made: NDArray[Any] = np.zeros(BINS) if made is None else np.asarray(made, float)
        self.right: NDArray[Any] = np.zeros(BINS) if right is None else np.asarray(right, float)
        self.trust = trust
        self._curve = self._fitted()

    def note(self, scores: ArrayLike, right: ArrayLike) -> None:
        """Guesses with their scores (0 to 1), and which were right, in the order they were made."""
        given = np.asarray(scores, float)
        if not len(given):
            return
        left = _FADE ** np.arange(len(given) - 1, -1, -1)
        fade = _FADE ** len(given)
        bins = _bins(given)
        self.made = self.made * fade + np.bincount(bins, left, BINS)
        self.right = self.right * fade + np.bincount(bins, left * np.asarray(right, float), BINS)
        self._curve = self._fitted()

    def confidence(self, scores: ArrayLike) -> NDArray[np.float64]:
        """The probability that a guess of such a score is right; never falls as the score rises."""
        middles = (np.arange(BINS) + 0.5) / BINS
        return np.asarray(np.interp(np.asarray(scores, float), middles, self._curve))

    def _fitted(self) -> NDArray[np.float64]:
        """Shares of right guesses by bin, made to rise (pool adjacent violators)."""
        weight = self.made + _PRIOR
        said = (np.arange(BINS) + 0.5) / BINS * self.trust
        share = (self.right + _PRIOR * said) / weight
        blocks: list[list[float]] = []
        for value, mass in zip(share.tolist(), weight.tolist(), strict=True):
            blocks.append([value, mass, 1])
            while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
                value2, mass2, size2 = blocks.pop()
                value1, mass1, size1 = blocks.pop()
                total = mass1 + mass2
                blocks.append([(value1 * mass1 + value2 * mass2) / total, total, size1 + size2])
        return np.repeat([one[0] for one in blocks], [int(one[2]) for one in blocks])


def _bins(scores: NDArray[Any]) -> NDArray[np.int64]:
    return np.minimum((scores * BINS).astype(np.int64), BINS - 1)
