"""Requests counted as they pass: by operation and status, and how long each took.

Counting is a dictionary and a bisection, about a microsecond in the one thread that sends answers; the library that
writes it down for a monitor is loaded when a monitor asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the histogram; one part more holds what took longer."""


@dataclass(slots=True)
class Durations:
    """A histogram of one operation."""

    parts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    total_s: float = 0.0

    def cumulated(self) -> Iterator[tuple[str, int]]:
        """Upper end and how many took at most that long."""
        so_far = 0
        for bound, part in zip((*map(str, BOUNDS_S), "+Inf"), self.parts, strict=True):
            so_far += part
            yield bound, so_far


class Tally:
    """The requests of one process since its start."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        """By operation and status."""
        self.durations: dict[str, Durations] = {}
        """By operation."""

    def __call__(self, operation: str, status: int, seconds: float) -> None:
        """Count one request that was answered."""
        key = operation, status
        self.counts[key] = self.counts.get(key, 0) + 1
        found = self.durations.get(operation)
        if found is None:
            found = self.durations[operation] = Durations()
        found.parts[bisect_left(BOUNDS_S, seconds)] += 1
        found.total_s += seconds
