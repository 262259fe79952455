"""Plays the scenarios of an appraisal: values of its parts are told, and scored as the service scores them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from xiuhua.flow.scenarios import Declared as Library
from xiuhua.insight.figures import numbers, scores
from xiuhua.packs.kinds import Appraisal
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor


class AppraisalStage:
    """An appraisal, and what its indicators say of those appraised.

    Fields of `tell`: `who`, and the value of each part that has one. Expressions see `scores`: by who, `score`,
    `grade`, `rank` and `parts` (the points of each); numbers as texts, as they are shown.
    """

    def __init__(self, name: str, given: Given, at: datetime, library: Callable[[str], Library]) -> None:
        appraisal, _ = library("appraisals")[name]
        self._appraisal: Appraisal = appraisal
        self.now = at
        self.events: list[str] = []
        self.calls: list[str] = []
        self._values: dict[str, dict[str, Decimal | None]] = {part: {} for part in self._appraisal.parts}
        self._who: set[str] = set()

    @property
    def state(self) -> str | None:
        """An appraisal has none."""
        return None

    def wait(self, until: datetime) -> None:
        """Nothing happens by itself."""
        self.now = until

    def do(self, step: Step, actor: Actor) -> None:
        """What the indicators say of somebody."""
        said = dict(step.fields)
        who = str(said.pop("who", ""))
        unknown = sorted(said.keys() - self._values.keys())
        if not who or unknown:
            raise Invalid(f"tells who, and values of parts; not {', '.join(unknown) or 'who'}")
        self._who.add(who)
        for part, value in said.items():
            try:
                self._values[part][who] = Decimal(str(value))
            except InvalidOperation:
                raise Invalid(f"{part}: {value} is no number") from None

    def scope(self) -> dict[str, Any]:
        """What `that` sees."""
        found = scores.scored(self._appraisal, self._values, self._who)
        return {
            "scores": {
                one.code: {
                    "score": numbers.text(one.score), "grade": one.grade, "rank": one.rank,
                    "parts": {name: numbers.text(part.score) for name, part in one.parts.items()},
                }
                for one in found
            }
        }  # fmt: skip
