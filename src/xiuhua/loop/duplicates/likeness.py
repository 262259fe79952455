"""How alike texts are, from 32 bytes each: no text is kept for it, and none can be read back. Pure.

Of each text's features (characters and pairs) the smallest is kept under each of 32 hash functions, one byte of
it (MinHash): the share of equal bytes estimates how many features two texts have in common, of all they have.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.suggest.features import Bags

WIDTH: Final = 32
"""Bytes of a sketch."""
_CHANCE: Final = 1 / 256
"""Bytes that are equal by chance alone."""
_MIXERS: Final = (
    (np.arange(1, WIDTH + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ np.uint64(0xD1B54A32D192ED03)
).astype(np.uint32) | np.uint32(1)

Sketches = NDArray[np.uint8]


def sketches(found: Bags) -> Sketches:
    """One row of 32 bytes for each text; all zero where a text has no features."""
    if not len(found.index):
        return np.zeros((len(found), WIDTH), np.uint8)
    spread = (found.index.astype(np.uint32) + np.uint32(1)) * np.uint32(0x85EBCA6B)
    spread ^= spread >> np.uint32(13)
    mixed = spread[:, None] * _MIXERS
    mixed ^= mixed >> np.uint32(15)
    empty = np.diff(found.starts) == 0
    starts = np.minimum(found.starts[:-1], len(mixed) - 1)
    least = np.minimum.reduceat(mixed, starts, axis=0)
    low = ((least * np.uint32(0xC2B2AE35)) >> np.uint32(24)).astype(np.uint8)
    low[empty] = 0
    return low


def likeness(left: Sketches, right: Sketches) -> NDArray[np.float64]:
    """0 to 1 for each pair of rows, give or take 0.08; 0 where one of the texts is empty."""
    same = (left == right).mean(-1)
    said = left.any(-1) & right.any(-1)
    return np.asarray(np.where(said, np.maximum((same - _CHANCE) / (1 - _CHANCE), 0.0), 0.0))
