"""What indicators add up: each count, numerator and denominator is one measure of one table. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from xiuhua.insight.facts.model import Anchor, Table, of_subject
from xiuhua.insight.facts.tables import Tables
from xiuhua.packs.expressions import ExpressionError, compiled
from xiuhua.packs.kinds import Counted, Indicator
from xiuhua.packs.pack import Pack

Side = Literal["count", "numerator", "denominator"]
SIDES: tuple[Side, ...] = ("count", "numerator", "denominator")
_TOLD_BY: Final = frozenset({"text", "texts", "int", "bool", "date"})
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("actor", "opened_by"),
    "organisation": ("unit_organisation",),
    "unit": ("of_unit",),
}
"""Dimensions that have other names in some tables."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one side of an indicator adds up."""

    table: Table
    counted: Counted
    day: str | None
    """The column of days that must lie in the period; None: what stands on the last day."""

    @property
    def key(self) -> str:
        """What tells it apart from others: two that say the same are one."""
        one = self.counted
        told = "\x1f".join((self.table.key, self.day or "", one.where or "", one.sum or "", one.distinct or ""))
        return f"m_{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    @property
    def additive(self) -> bool:
        """Whether sums of parts add up to the whole: not of how many different values there are."""
        return self.counted.distinct is None

    @property
    def of_period(self) -> bool:
        """Whether it looks at the begin or end of the period."""
        one = self.counted
        return any("period" in compiled(text).variables() for text in (one.where, one.sum, one.distinct) if text)

    def column(self, dimension: str) -> str | None:
        """The column of a dimension: of the part itself, else of its thing."""
        types = self.table.types
        names = (dimension, *_CALLED.get(dimension, ()))
        for name in (*names, *(of_subject(self.table.subject, one) for one in names)):
            if types.get(name) in _TOLD_BY:
                return name
        return None

    def dimensions(self) -> set[str]:
        """What it can be told by."""
        types = self.table.types
        names = {name for name, type_ in types.items() if type_ in _TOLD_BY}
        if self.table.part:
            prefix = of_subject(self.table.subject, "")
            names |= {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        return names | {one for one, others in _CALLED.items() if names.intersection(others)}


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it is in force in a city."""

    name: str
    pack: str
    digest: str
    """Of the pack version."""
    indicator: Indicator
    sides: Mapping[Side, tuple[Measure, ...]] = field(default_factory=dict)
    """Of each side one measure, or several that are added up."""
    problem: str = ""
    """Why it cannot be computed; empty: it can."""

    def measures(self) -> Iterator[Measure]:
        """All measures of all sides."""
        for some in self.sides.values():
            yield from some

    def dimensions(self) -> set[str]:
        """What it can be told by: the columns that all of its measures have, texts and choices."""
        found = [one.dimensions() for one in self.measures()]
        return set.intersection(*found) if found else set()


def definitions(packs: Mapping[str, Pack], tables: Tables) -> dict[str, Definition]:
    """All indicators of the packs in force, by name."""
    named = tables.named()
    return {
        name: _definition(name, pack, indicator, named)
        for pack in packs.values()
        for name, indicator in pack.indicators.items()
    }


def _definition(name: str, pack: Pack, indicator: Indicator, named: Mapping[str, Table]) -> Definition:
    sides: dict[Side, tuple[Measure, ...]] = {}
    problem = "its values are told by people" if indicator.told else ""
    for side in SIDES:
        counted: Counted | None = getattr(indicator, side)
        if counted is None:
            continue
        missing = [one.of for one in (counted, *counted.also) if one.of not in named]
        if missing:
            problem = f"no pack in force has {', '.join(missing)}"
            continue
        try:
            sides[side] = tuple(
                Measure(named[one.of], one, _day(named[one.of], indicator, one)) for one in (counted, *counted.also)
            )
        except ExpressionError as error:
            problem = error.detail
    return Definition(name, pack.name, pack.digest, indicator, sides, problem)


def _day(table: Table, indicator: Indicator, counted: Counted) -> str | None:
    """The column of days by which records fall into periods. Raises `ExpressionError` where there is none."""
    if indicator.date is not None:
        type_ = table.types.get(indicator.date)
        if type_ != "date":
            raise ExpressionError("expression_no_column", found=f"{counted.of}.{indicator.date}")
        return indicator.date
    if indicator.period == "end":
        return None
    anchor: Anchor = indicator.period
    day = table.day_of(anchor)
    if day is None:
        raise ExpressionError("expression_no_column", found=f"{counted.of}: {indicator.period}")
    return day
