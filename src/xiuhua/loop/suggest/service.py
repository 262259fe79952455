"""Suggestions for reports, many at once, and learning from what was decided.

Nothing here changes a report or a case: what is suggested binds nobody, and the officer decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson

from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.loop.placing import Placed
from xiuhua.loop.suggest import consequences
from xiuhua.loop.suggest.features import Bags, bags
from xiuhua.loop.suggest.model import NOT_OURS, Guess, Model, loaded
from xiuhua.loop.suggest.names import Named, Names
from xiuhua.loop.suggest.result import AreaGuess, CategoryGuess, Suggestion
from xiuhua.loop.suggest.tally import Tally
from xiuhua.loop.suggest.urgency import urgency
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries

REVISION: Final = "suggest"
"""The kind under which a `revision.Memory` keeps a city's model."""
MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that something is to be suggested for."""

    text: str
    """Title and text; masked or not makes little difference, numbers are no features."""
    placed: Placed
    """Where it is, as intake placed it."""
    source: str | None = None
    category: str | None = None
    """The category that the source itself named."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A city's model in use."""

    version: int
    model: Model
    tally: Tally


class Suggester:
    """What one process knows of all cities; threads share it."""

    def __init__(self, memory: Memory | None = None) -> None:
        """`memory` may be shared with other readers of a city's data."""
        self._memory = memory or Memory()
        self._names: dict[str, tuple[Catalogue, date, Names]] = {}

    def learnt(self, tx: Tx, city: str) -> Learnt:
        """The model in use, kept in memory until there is a newer one."""
        return self._memory.get(tx, city, REVISION, load)

    def names(self, view: CityView) -> Names:
        """The names of the city's catalogue, made anew when it changes."""
        held = self._names.get(view.city)
        if held is None or held[0] is not view.catalogue or held[1] != view.day:
            held = self._names[view.city] = (view.catalogue, view.day, Names(view.catalogue, view.day))
        return held[2]

    def suggest(self, tx: Tx, view: CityView, asked: Sequence[Asked], *, why: bool = True) -> list[Suggestion]:
        """One suggestion for each report, in order; one small statement for all of them.

        Without `why` the words that weighed are left out, which halves the time.
        """
        learnt, found = self.learnt(tx, view.city), bags([one.text for one in asked])
        guessed, named = self.guesses(view, learnt.model, found), learnt.model.ours(found)
        return [
            self._one(tx, view, learnt, one, categories, ours, why)
            for one, categories, ours in zip(asked, guessed, named.tolist(), strict=True)
        ]

    def guesses(self, view: CityView, model: Model, found: Bags) -> list[list[CategoryGuess]]:
        """The likeliest categories of each text by what was learnt and by names; why is left out."""
        learnt = model.guess(found, MOST + 1)
        by_name = self.names(view).find(found, MOST)
        return [_merged(view, model, ours, named) for ours, named in zip(learnt, by_name, strict=True)]

    def _one(
        self,
        tx: Tx,
        view: CityView,
        learnt: Learnt,
        one: Asked,
        categories: list[CategoryGuess],
        ours: float,
        why: bool,
    ) -> Suggestion:
        if one.category is not None and one.category in view.catalogue:
            rest = [each for each in categories if each.category != one.category]
            categories = [CategoryGuess(one.category, 0.95, "source"), *rest][:MOST]
        if why:
            categories = [_told(learnt.model, one.text, each) for each in categories]
        placed, extra = one.placed, one.placed.extra or {}
        area = None
        if placed.scopes:
            area = AreaGuess(placed.unit_grid, tuple(placed.scopes), (placed.percent or 0) / 100)
        words = str(view.settings.get("report", {}).get("urgent_words") or "")
        condition = unit = None
        if categories:
            best = categories[0]
            condition = consequences.condition(view, learnt.tally, best, extra.get("area_class"), tx.now)
            unit = consequences.unit(view, learnt.tally, best, placed, tx.now)
        return Suggestion(
            round(ours, 4), tuple(categories), urgency(one.text, one.source, words), area, condition, unit,
            learnt.model.learnt,
        )  # fmt: skip


def load(tx: Tx, city: str, to_learn: bool = False) -> Learnt:
    """The newest model; an empty one where nothing was learnt yet."""
    row = tx.execute(queries("xiuhua.loop.suggest")["newest"], {"city": city}).fetchone()
    if row is None:
        return Learnt(0, Model(), Tally())
    return Learnt(row.version, loaded(bytes(row.content), to_learn), Tally(orjson.loads(row.tally)))


def _merged(view: CityView, model: Model, learnt: Sequence[Guess], named: Sequence[Named]) -> list[CategoryGuess]:
    """Both kinds of guess, each category once under the surer one."""
    found: dict[str, CategoryGuess] = {}
    for guess in learnt:
        if guess.label != NOT_OURS and (key := newest(view.catalogue, guess.label)) is not None:
            found.setdefault(key, CategoryGuess(key, guess.confidence, "learnt"))
    if named:
        sure = model.named.confidence([one.score for one in named]).tolist()
        for one, value in zip(named, sure, strict=True):
            if one.category not in found or found[one.category].confidence < value:
                found[one.category] = CategoryGuess(one.category, round(value, 4), "name", (one.name,))
    return sorted(found.values(), key=lambda one: -one.confidence)[:MOST]


def newest(catalogue: Catalogue, key: str) -> str | None:
    """What a category that was learnt is called today; None when it is no more."""
    return catalogue.newest(key).key if key in catalogue else None


def _told(model: Model, text: str, guess: CategoryGuess) -> CategoryGuess:
    if guess.by != "learnt":
        return guess
    return CategoryGuess(guess.category, guess.confidence, guess.by, tuple(model.why(text, guess.category)))


def in_json(values: Mapping[str, Any]) -> str:
    """A value for a json column."""
    return orjson.dumps(values).decode()
