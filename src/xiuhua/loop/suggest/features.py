"""Texts as hashed bags of single characters and pairs of characters, many at once. Pure.

No dictionary of words is needed: Chinese characters and their pairs carry as much for this as cut words do
(docs/why/suggestions.md has the figures), at a third of the time and without 60 MB of dictionary in each process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 16
SPACE: Final = 1 << BITS
"""How many different features there are; unlike ones may share a place, which costs little."""
LONGEST: Final = 300
"""Characters of a text that are looked at: what it is about is said in the first sentences."""
_ONE: Final = np.uint64(0x9E3779B97F4A7C15)
_TWO: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT: Final = np.uint64(29)
_TOP: Final = np.uint64(64 - BITS)
_ZERO, _NINE = ord("0"), ord("9")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """The features of many texts, one after the other; those of text n are `starts[n]:starts[n + 1]`."""

    index: Ints
    """Hashed features, each once a text, in order."""
    count: NDArray[np.float32]
    """How often each stands in its text."""
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def taken(self, wanted: Sequence[int]) -> Bags:
        """Some of the texts, in the order asked for."""
        spans = [np.arange(self.starts[one], self.starts[one + 1]) for one in wanted]
        sizes = np.array([0, *(len(span) for span in spans)])
        chosen = np.concatenate(spans) if spans else np.zeros(0, np.int64)
        return Bags(self.index[chosen], self.count[chosen], np.cumsum(sizes))


def squeezed(text: str) -> str:
    """A text as it is looked at: small letters, no blanks, its beginning only."""
    return "".join(text[: 2 * LONGEST].lower().split())[:LONGEST]


def bags(texts: Sequence[str]) -> Bags:
    """The bags of many texts. Digits count alike, so that house and phone numbers are no features."""
    codes = codes_of(texts)
    first, second, breaks = hashed(codes)
    number = np.cumsum(breaks) - breaks
    one = ~breaks
    two = one[:-1] & one[1:]
    keys = np.concatenate([(number[one] << BITS) | first[one], (number[:-1][two] << BITS) | second[two]])
    keys.sort()
    fresh = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
    kept = keys[fresh]
    count = np.diff(np.append(fresh, len(keys))).astype(np.float32)
    return Bags(kept & (SPACE - 1), count, np.searchsorted(kept, np.arange(len(texts) + 1) << BITS))


def codes_of(texts: Sequence[str]) -> NDArray[np.uint32]:
    """The characters of many texts as numbers, each text followed by a zero."""
    joined = "".join([squeezed(text).replace("\0", " ") + "\0" for text in texts])
    codes: NDArray[np.uint32] = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    return np.where((codes >= _ZERO) & (codes <= _NINE), np.uint32(_ZERO), codes)


def hashed(codes: NDArray[np.uint32]) -> tuple[Any, Any, Any]:
    """The feature of each character, of each pair that begins with it, and where a text ends."""
    wide = codes.astype(np.uint64)
    first = (wide * _ONE) ^ (wide >> np.uint64(7))
    second = wide[:-1] * _TWO + wide[1:] * _ONE
    return _folded(first), _folded(second), codes == 0


def _folded(values: NDArray[np.uint64]) -> Ints:
    return (((values ^ (values >> _SHIFT)) * _MIX) >> _TOP).astype(np.int64)
