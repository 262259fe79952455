"""What follows from a likely category: filing condition, deadline, unit. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from xiuhua.city.calendars.limits import thousandths
from xiuhua.city.categories.model import FilingCondition
from xiuhua.city.duties.model import Asked as Question
from xiuhua.city.duties.model import Won
from xiuhua.loop.placing import Placed
from xiuhua.loop.suggest.result import CategoryGuess, ConditionGuess, UnitGuess
from xiuhua.loop.suggest.tally import Tally
from xiuhua.loop.surroundings import CityView


class Consequences:
    """What follows in one city at one moment; the same question of a batch is worked out once."""

    def __init__(self, view: CityView, tally: Tally, now: datetime) -> None:
        self._view, self._tally, self._now = view, tally, now
        self._conditions: dict[tuple[str, str | None], ConditionGuess | None] = {}
        self._mapped: dict[str, tuple[str, ...]] = {}

    def condition(self, best: CategoryGuess, area_class: str | None) -> ConditionGuess | None:
        """The condition that most cases of the category were filed under, else its first one with a limit."""
        key = (best.category, area_class)
        if key not in self._conditions:
            self._conditions[key] = self._condition(*key)
        found = self._conditions[key]
        return found and replace(found, confidence=round(best.confidence * found.confidence, 4))

    def _condition(self, category: str, area_class: str | None) -> ConditionGuess | None:
        view = self._view
        held = view.catalogue.conditions(category, view.day, area_class)
        if not held:
            return None
        share = self._tally.condition(category)
        chosen = next((one for one in held if share and one.id == share.value), None)
        if chosen is None:
            share = None
            chosen = next((one for one in held if one.milestones_on(view.day)), held[0])
        limit, due = self._limit(chosen)
        if share is None:
            return ConditionGuess(chosen.id, 1 / len(held), 0, 0, limit, due)
        return ConditionGuess(chosen.id, share.confidence, share.times, share.of, limit, due)

    def _limit(self, chosen: FilingCondition) -> tuple[dict[str, str] | None, datetime | None]:
        milestones = chosen.milestones_on(self._view.day)
        if not milestones:
            return None, None
        last, calendar = milestones[-1], self._view.calendars.of_role("handler")
        due, _ = calendar.deadline_one(int(self._now.timestamp()), thousandths(last.amount), last.kind.value)
        return last.limit(), datetime.fromtimestamp(due, UTC)

    def unit(self, best: CategoryGuess, placed: Placed) -> UnitGuess | None:
        """Who answers by the duty matrix; where it has a gap or quarrels, who handled such cases before."""
        view, category, share = self._view, best.category, None
        if self._tally.knows_unit(category):
            share = self._tally.unit(category, street_of(view, placed.scopes))
        times, of = (share.times, share.of) if share else (0, 0)
        if placed.scopes:
            answer = view.duties.resolve(self._question(category, placed))
            if isinstance(answer, Won):
                same = times if share and share.value == answer.unit else 0
                return UnitGuess(answer.unit, best.confidence, "duty", answer.why(), same, of)
        if share is None or share.value not in view.directory.units:
            return None
        return UnitGuess(share.value, round(best.confidence * share.confidence, 4), "likeness", {}, times, of)

    def _question(self, category: str, placed: Placed) -> Question:
        extra = placed.extra or {}
        if category not in self._mapped:
            family = self._view.catalogue.family(category)
            self._mapped[category] = tuple(key for key in family if key != category)
        return Question(
            "handle", category, self._now, tuple(placed.scopes), self._mapped[category],
            segment=extra.get("road_segment"), record=extra.get("part"),
        )  # fmt: skip


def street_of(view: CityView, scopes: object) -> str:
    """The street among the areas of a place; empty when there is none."""
    codes = scopes if isinstance(scopes, list | tuple) else ()
    return next((code for code in codes if code in view.areas and view.areas.area(code).kind == "street"), "")
