"""Scores of several parties put together, and who stands where. Pure, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from xiuhua.packs.kinds import Checklist

Ties = Literal["gaps", "dense"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking."""

    name: str
    score: Fraction | None
    """None: nothing to rank it by; such stand at the end and have no rank."""
    rank: int | None
    before: int | None = None
    """Its rank in the ranking before."""

    @property
    def up(self) -> int | None:
        """How many ranks it rose since; negative: it fell. None where there is nothing to compare."""
        return None if self.rank is None or self.before is None else self.before - self.rank


def mean(scores: Sequence[Fraction]) -> Fraction | None:
    """The arithmetic mean; None of none."""
    return sum(scores, Fraction(0)) / len(scores) if scores else None


def together(
    scores: Mapping[str | None, Sequence[Fraction]],
    weights: Mapping[str, Fraction],
    missing: Literal["leave_out", "wait"],
) -> Fraction | None:
    """One score of a thing from those of its parties: the mean of each, weighed. Without weights the mean of all.

    A party that has not scored is left out, and the others count for all, or (`wait`) there is no score yet.
    """
    if not weights:
        return mean([one for some in scores.values() for one in some])
    means = {party: mean(scores.get(party, ())) for party in weights}
    there = {party: found for party, found in means.items() if found is not None}
    if not there or (missing == "wait" and len(there) < len(weights)):
        return None
    whole = sum((weights[party] for party in there), Fraction(0))
    return sum((weights[party] * found for party, found in there.items()), Fraction(0)) / whole


def ranked(
    scores: Mapping[str, Fraction | None], ties: Ties, before: Mapping[str, int | None] | None = None
) -> list[Ranked]:
    """The best first; equal scores have equal ranks: 1, 2, 2, 4 (`gaps`) or 1, 2, 2, 3 (`dense`)."""
    earlier = before or {}
    standing = sorted(
        ((score, name) for name, score in scores.items() if score is not None), key=lambda one: (-one[0], one[1])
    )
    found: list[Ranked] = []
    rank, last = 0, None
    for place, (score, name) in enumerate(standing, start=1):
        if score != last:
            rank = rank + 1 if ties == "dense" else place
            last = score
        found.append(Ranked(name, score, rank, earlier.get(name)))
    rest = sorted(name for name, score in scores.items() if score is None)
    return [*found, *(Ranked(name, None, None, earlier.get(name)) for name in rest)]


def grouped(scores: Iterable[tuple[str, Fraction | None]]) -> dict[str, Fraction | None]:
    """The mean of each group; a group in which nothing has a score has none."""
    found: dict[str, list[Fraction]] = {}
    for group, score in scores:
        some = found.setdefault(group, [])
        if score is not None:
            some.append(score)
    return {group: mean(some) for group, some in found.items()}


def weights_of(checklist: Checklist) -> dict[str, Fraction]:
    """The declared parties' weights."""
    return {name: Fraction(party.weight) for name, party in checklist.parties.items()}
