"""What a picture looks like in 64 bits, alike for pictures that look alike. Pure.

The usual perceptual hash: 32 × 32 greys, the lowest 8 × 8 frequencies of their cosine transform, each above or below
the middle one. Another size, another quality or a little more light change few bits; another picture about half.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from PIL import Image

SIDE: Final = 32
_LOW: Final = 8
NEAR: Final = 8
"""Bits by which two may differ and still be the same picture sent again."""
_FLAT: Final = 2.0
"""Spread of greys below which there is nothing to be alike in: a dark or a covered lens."""


def look_of(image: Image.Image) -> int | None:
    """The bits as a signed number, as the database keeps it; None for a picture that shows nothing."""
    greys = np.asarray(image.convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR), dtype=np.float32)
    if float(greys.std()) < _FLAT:
        return None
    waves = _waves()
    low = (waves @ greys @ waves.T).flatten()
    # The first tells how light it is, which is no likeness.
    bits = low > np.median(low[1:])
    number = int.from_bytes(np.packbits(bits).tobytes())
    return number - (1 << 64) if number >> 63 else number


def apart(one: int, other: int) -> int:
    """In how many bits two differ, 0 to 64."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()


@cache
def _waves() -> Any:
    """The lowest rows of the cosine transform (DCT-II)."""
    place, wave = np.arange(SIDE), np.arange(_LOW)[:, None]
    return np.cos(np.pi * (2 * place + 1) * wave / (2 * SIDE)).astype(np.float32)
