"""What follows from a likely category: filing condition, deadline, unit. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from xiuhua.city.calendars.limits import thousandths
from xiuhua.city.categories.model import FilingCondition
from xiuhua.city.duties.model import Asked as Question
from xiuhua.city.duties.model import Won
from xiuhua.loop.placing import Placed
from xiuhua.loop.suggest.result import CategoryGuess, ConditionGuess, UnitGuess
from xiuhua.loop.suggest.tally import Share, Tally
from xiuhua.loop.surroundings import CityView


def condition(
    view: CityView, tally: Tally, best: CategoryGuess, area_class: str | None, now: datetime
) -> ConditionGuess | None:
    """The condition that most cases of the category were filed under, else its first one with a limit."""
    held = view.catalogue.conditions(best.category, view.day, area_class)
    if not held:
        return None
    share = tally.condition(best.category)
    chosen = next((one for one in held if share and one.id == share.value), None)
    if chosen is None:
        share = None
        chosen = next((one for one in held if one.milestones_on(view.day)), held[0])
    sure = share.confidence if share else 1 / len(held)
    limit, due = _limit(view, chosen, now)
    times, of = (share.times, share.of) if share else (0, 0)
    return ConditionGuess(chosen.id, round(best.confidence * sure, 4), times, of, limit, due)


def _limit(view: CityView, chosen: FilingCondition, now: datetime) -> tuple[dict[str, str] | None, datetime | None]:
    milestones = chosen.milestones_on(view.day)
    if not milestones:
        return None, None
    last = milestones[-1]
    calendar = view.calendars.of_role("handler")
    due, _ = calendar.deadline_one(int(now.timestamp()), thousandths(Decimal(last.amount)), last.kind.value)
    return last.limit(), datetime.fromtimestamp(due, UTC)


def unit(view: CityView, tally: Tally, best: CategoryGuess, placed: Placed, now: datetime) -> UnitGuess | None:
    """Who answers by the duty matrix; where it has a gap or quarrels, who handled such cases before."""
    extra = placed.extra or {}
    share = tally.unit(best.category, street_of(view, placed.scopes))
    times, of = (share.times, share.of) if share else (0, 0)
    if placed.scopes:
        mapped = tuple(key for key in view.catalogue.family(best.category) if key != best.category)
        asked = Question(
            "handle", best.category, now, tuple(placed.scopes), mapped, segment=extra.get("road_segment"),
            record=extra.get("part"),
        )  # fmt: skip
        answer = view.duties.resolve(asked)
        if isinstance(answer, Won):
            same = share if share and share.value == answer.unit else Share(answer.unit, 0, of)
            return UnitGuess(answer.unit, best.confidence, "duty", answer.why(), same.times, of)
    if share is None or share.value not in view.directory.units:
        return None
    return UnitGuess(share.value, round(best.confidence * share.confidence, 4), "likeness", {}, times, of)


def street_of(view: CityView, scopes: object) -> str:
    """The street among the areas of a place; empty when there is none."""
    codes = scopes if isinstance(scopes, list | tuple) else ()
    return next((code for code in codes if code in view.areas and view.areas.area(code).kind == "street"), "")
