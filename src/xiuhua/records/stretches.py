"""Stretches along lines: how many metres they cover, each metre counted once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Covered:
    """What some stretches cover of one line."""

    line: str
    metres: Decimal
    """Each metre counted once."""
    told: Decimal
    """The sum of their lengths: more than `metres` by what overlaps."""
    stretches: int


def covered(stretches: Iterable[tuple[str, Decimal, Decimal]]) -> Iterator[Covered]:
    """By line; of each stretch line, from and to in metres, in either direction."""
    by_line: dict[str, list[Interval]] = {}
    for line, begin, end in stretches:
        by_line.setdefault(line, []).append((min(begin, end), max(begin, end)))
    for line in sorted(by_line):
        intervals = by_line[line]
        told = sum((end - begin for begin, end in intervals), Decimal(0))
        yield Covered(line, union(intervals), told, len(intervals))


def union(intervals: Iterable[Interval]) -> Decimal:
    """The length of the union of intervals, each from the smaller end to the larger."""
    total, reached = Decimal(0), None
    for begin, end in sorted(intervals):
        if reached is None or begin > reached:
            total, reached = total + (end - begin), end
        elif end > reached:
            total, reached = total + (end - reached), end
    return total
