"""What was answered to the items with choices of a questionnaire: shares and means. Pure, exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xiuhua.checks import ranking, scoring
from xiuhua.packs.kinds import Checklist


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one item."""

    item: str
    count: int
    mean: Fraction | None
    """Of the points of what was chosen."""
    by_choice: Mapping[str, int]

    def share(self, choice: str) -> Fraction:
        """Percent of all answers, two places."""
        return scoring.rounded(Fraction(100 * self.by_choice[choice], self.count), 2) if self.count else Fraction(0)


def answers(checklist: Checklist, scores: Iterable[Mapping[str, Any]]) -> list[Answers]:
    """The items with choices, of scores as inspections keep them (`scoring.Scored` as JSON)."""
    chosen: dict[str, Counter[str]] = {name: Counter() for name, item in checklist.items.items() if item.choices}
    for score in scores:
        for line in score["lines"]:
            if line["item"] in chosen and line["choice"] is not None:
                chosen[line["item"]][line["choice"]] += 1
    found = []
    for name, counts in chosen.items():
        choices = checklist.items[name].choices
        points = [
            Fraction(Decimal(choices[one].score))
            for one, count in counts.items()
            if one in choices
            for _ in range(count)
        ]
        mean = ranking.mean(points)
        found.append(
            Answers(
                name, sum(counts.values()), None if mean is None else scoring.rounded(mean, 2),
                {one: counts[one] for one in choices},
            )
        )  # fmt: skip
    return found
