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
from xiuhua.loop.suggest.consequences import Consequences
from xiuhua.loop.suggest.features import Bags, bags
from xiuhua.loop.suggest.model import Guess, Model, loaded
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
        self._newest: dict[str, tuple[Catalogue, Learnt, Mapping[str, str]]] = {}

    def learnt(self, tx: Tx, city: str) -> Learnt:
        """The model in use, kept in memory until there is a newer one."""
        return self._memory.get(tx, city, REVISION, load)

    def names(self, view: CityView) -> Names:
        """The names of the city's catalogue, made anew when it changes."""
        held = self._names.get(view.city)
        if held is None or held[0] is not view.catalogue or held[1] != view.day:
            held = self._names[view.city] = (view.catalogue, view.day, Names(view.catalogue, view.day))
        return held[2]

    def suggest(
        self, tx: Tx, view: CityView, asked: Sequence[Asked], *, why: bool = True, seen: Bags | None = None
    ) -> list[Suggestion]:
        """One suggestion for each report, in order; one small statement for all of them.

        Without `why` the words that weighed are left out, which halves the time. `seen`: the features of their
        texts, where the caller has them.
        """
        learnt, found = self.learnt(tx, view.city), bags([one.text for one in asked]) if seen is None else seen
        shares = learnt.model.shares(found)
        guessed = self._guesses(view, learnt, found, shares)
        ours = learnt.model.ours(found, shares).tolist()
        follows = Consequences(view, learnt.tally, tx.now)
        return [
            _one(view, learnt.model, follows, one, categories, chance, why)
            for one, categories, chance in zip(asked, guessed, ours, strict=True)
        ]

    def _guesses(self, view: CityView, learnt: Learnt, found: Bags, shares: Any) -> list[list[CategoryGuess]]:
        """The likeliest categories of each text by what was learnt and by names; why is left out."""
        by_name, model = self.names(view).find(found, MOST), learnt.model
        sure = iter(model.named.confidence([one.score for each in by_name for one in each]).tolist())
        today = self._today(view, learnt)
        return [
            _merged(today, guesses, [(one, next(sure)) for one in named])
            for guesses, named in zip(model.guess(found, MOST + 1, shares), by_name, strict=True)
        ]

    def _today(self, view: CityView, learnt: Learnt) -> Mapping[str, str]:
        """What the categories that were learnt are called today; those that are no more are left out."""
        held = self._newest.get(view.city)
        if held is None or held[0] is not view.catalogue or held[1] is not learnt:
            known = [label for label in learnt.model.labels if label in view.catalogue]
            names = {label: view.catalogue.newest(label).key for label in known}
            held = self._newest[view.city] = (view.catalogue, learnt, names)
        return held[2]


def _one(
    view: CityView, model: Model, follows: Consequences, one: Asked, categories: list[CategoryGuess], ours: float,
    why: bool,
) -> Suggestion:  # fmt: skip
    if one.category is not None and one.category in view.catalogue:
        rest = [each for each in categories if each.category != one.category]
        categories = [CategoryGuess(one.category, 0.95, "source"), *rest][:MOST]
    if why:
        categories = [_told(model, one.text, each) for each in categories]
    placed, area, condition, unit = one.placed, None, None, None
    if placed.scopes:
        area = AreaGuess(placed.unit_grid, tuple(placed.scopes), (placed.percent or 0) / 100)
    if categories:
        condition = follows.condition(categories[0], (placed.extra or {}).get("area_class"))
        unit = follows.unit(categories[0], placed)
    words = str(view.settings.get("report", {}).get("urgent_words") or "")
    urgent = urgency(one.text, one.source, words)
    return Suggestion(round(ours, 4), tuple(categories), urgent, area, condition, unit, model.learnt)


def load(tx: Tx, city: str, to_learn: bool = False) -> Learnt:
    """The newest model; an empty one where nothing was learnt yet."""
    row = tx.execute(queries("xiuhua.loop.suggest")["newest"], {"city": city}).fetchone()
    if row is None:
        return Learnt(0, Model(), Tally())
    return Learnt(row.version, loaded(bytes(row.content), to_learn), Tally(orjson.loads(row.tally)))


def _merged(
    today: Mapping[str, str], learnt: Sequence[Guess], named: Sequence[tuple[Named, float]]
) -> list[CategoryGuess]:
    """Both kinds of guess, each category once under the surer one."""
    found: dict[str, CategoryGuess] = {}
    for guess in learnt:
        if (key := today.get(guess.label)) is not None:
            found.setdefault(key, CategoryGuess(key, guess.confidence, "learnt"))
    for one, sure in named:
        if one.category not in found or found[one.category].confidence < sure:
            found[one.category] = CategoryGuess(one.category, round(sure, 4), "name", (one.name,))
    return sorted(found.values(), key=lambda one: -one.confidence)[:MOST]


def _told(model: Model, text: str, guess: CategoryGuess) -> CategoryGuess:
    if guess.by != "learnt":
        return guess
    return CategoryGuess(guess.category, guess.confidence, guess.by, tuple(model.why(text, guess.category)))


def in_json(values: Mapping[str, Any]) -> str:
    """A value for a json column."""
    return orjson.dumps(values).decode()
