"""The collector of circles: work in batches makes tens of thousands of objects and hardly ever a circle.

Looked for after every seven hundred objects, as the interpreter does by default, it takes a third of an import's time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OBJECTS: Final = 50_000
"""Made before the youngest are looked through."""


def settle() -> None:
    """What there is stays for good, and the rest is looked through seldom; for a process that has started up."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)


@contextmanager
def rarely() -> Iterator[None]:
    """The same for a while."""
    before = gc.get_threshold()
    settle()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
