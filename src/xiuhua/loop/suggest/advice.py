"""What is suggested for reports, and what they may repeat: many at once, as they go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xiuhua.flow.model import State
from xiuhua.loop.duplicates import service as duplicates
from xiuhua.loop.duplicates.forms import DuplicateOut
from xiuhua.loop.duplicates.likeness import sketches
from xiuhua.loop.duplicates.service import Wanted
from xiuhua.loop.placing import Placed
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.suggest.forms import SuggestionOut
from xiuhua.loop.suggest.result import Suggestion
from xiuhua.loop.suggest.service import Asked, Suggester
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report that has just come in, with its title and text."""

    state: State
    text: str


def advise(tx: Tx, view: CityView, suggester: Suggester, reports: Sequence[Fresh]) -> list[SuggestionOut]:
    """For each what is suggested, without the words that weighed, and their traces kept; four statements for all."""
    seen = bags([one.text for one in reports])
    found = suggester.suggest(tx, view, [asked_of(one.state, one.text) for one in reports], why=False, seen=seen)
    wanted = {
        number: asked
        for number, (one, each) in enumerate(zip(reports, found, strict=True))
        if (asked := _wanted(one, likeliest(each))) is not None
    }
    repeats: list[list[DuplicateOut]] = [[] for _ in reports]
    if wanted:
        drawn, placed = sketches(seen)[list(wanted)], list(wanted.values())
        for number, each in zip(wanted, duplicates.find(tx, view, placed, drawn=drawn), strict=True):
            repeats[number] = [DuplicateOut.model_validate(one) for one in each]
        duplicates.note(tx, view.city, placed, drawn)
    return [told(view, one, each) for one, each in zip(found, repeats, strict=True)]


def _wanted(one: Fresh, category: str | None) -> Wanted | None:
    data = one.state["data"]
    place: dict[str, Any] = data["place"] or {}
    if place.get("lon") is None or place.get("lat") is None:
        return None
    at = datetime.fromtimestamp(data["reported_at"], UTC)
    chosen = data["category"] or category
    return Wanted(place["lon"], place["lat"], at, one.text, chosen, one.state["id"], data["case"])


def asked_of(state: State, text: str) -> Asked:
    """What is asked for a report as it stands."""
    data = state["data"]
    placed = Placed(
        data["place"], tuple(data["scopes"]), data["unit_grid"], data["place_extra"], data["place_confidence"] or 100
    )
    return Asked(text, placed, data["source"], data["category"])


def likeliest(found: Suggestion) -> str | None:
    """The category that duplicates are compared by: only one that is more likely than not."""
    best = found.categories[0] if found.categories else None
    return best.category if best is not None and best.confidence >= 0.5 else None


def told(view: CityView, found: Suggestion, repeats: list[DuplicateOut]) -> SuggestionOut:
    """As it goes out, with the names of categories and unit."""
    out = SuggestionOut.model_validate(found)
    out.duplicates = repeats
    for one in out.categories:
        category = view.catalogue.get(one.category)
        if category is not None:
            one.name, one.name_en = category.name, category.name_en
    if out.unit is not None and out.unit.unit in view.directory.units:
        out.unit.name = view.directory.units[out.unit.unit].name
    return out
