"""The colour of a clock, of whole columns. Pure."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SUSPENDED: Final = 2
OVERDUE: Final = 1
GREY, GREEN, YELLOW, RED = 0, 1, 2, 3
"""No clock or suspended; up to four fifths of the limit; up to its end; over it. A stopped clock as it stood then."""
LIGHTS: Final = ("grey", "green", "yellow", "red")


def lights(columns: dict[str, NDArray[Any]], now: int) -> NDArray[np.uint8]:
    """[n] colour of each handling clock at a moment, of the columns `due`, `yellow`, `stopped`, `flags`."""
    due, stopped = columns["due"], columns["stopped"]
    at = np.where(stopped > 0, stopped, now)
    colour = np.where(at > due, RED, np.where(at > columns["yellow"], YELLOW, GREEN))
    return np.where((due == 0) | (columns["flags"] & SUSPENDED > 0), GREY, colour).astype(np.uint8)
