"""What can be done with figures: which indicators there are, what they say, which records say it, who scores how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import manifest
from xiuhua.insight.facts.service import Facts
from xiuhua.insight.figures import measures, numbers, periods, rollups, scores
from xiuhua.insight.figures.measures import Definition, Side
from xiuhua.insight.figures.numbers import Compared
from xiuhua.insight.figures.scores import Scored
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import Appraisal
from xiuhua.packs.pack import Pack
from xiuhua.plans.periods import Period
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.revision import Memory

if TYPE_CHECKING:
    from xiuhua.insight.figures.engine import Engine, Figure, Records

Against = Literal["before", "year_before"]
MOST_FIGURES: Final = 5000
"""Of one answer."""
_MOST_COMPARED: Final = 60
"""Periods of one question that are compared with others."""
_KIND = f"{packs.FACTS}.indicators"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an indicator, as people write it."""

    period: str
    split: str | None = None
    by: Sequence[str] = ()
    where: Sequence[str] = ()
    """`unit:u1`: a dimension and a value that counts; `unit:` of records that have none."""
    as_of: date | None = None
    against: Against | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an indicator says."""

    definition: Definition
    figures: Sequence[Figure]
    compared: Sequence[tuple[Period, Compared] | None]
    """Of each figure, when asked for: another period, and how they differ."""


@dataclass(frozen=True, slots=True)
class Appraised:
    """Scores of a period."""

    name: str
    pack: str
    appraisal: Appraisal
    period: Period
    scores: Sequence[Scored]
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    """Part → its indicator."""


class Figures:
    """The indicators of the cities of one process."""

    def __init__(self, cities: CityReader, memory: Memory, facts: Facts) -> None:
        self._cities, self._memory, self._facts = cities, memory, facts
        self._lock = Lock()
        self._duck: Any = None

    def definitions(self, tx: Tx, city: str) -> dict[str, Definition]:
        """The indicators of the packs in force, by name."""
        tables = self._facts.tables(tx, city)
        return self._memory.get(
            tx, city, packs.FACTS, lambda tx, city: measures.definitions(packs.active_packs(tx, city), tables), _KIND
        )

    def definition(self, tx: Tx, city: str, name: str) -> Definition:
        """One of them. Raises `NotFound`."""
        found = self.definitions(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack in force has the indicator {name}")
        return found

    @contextmanager
    def engine(self, tx: Tx, city: str) -> Iterator[Engine]:
        """What computes them over the facts as they are committed now. Raises `NotFound` where there are none."""
        from xiuhua.insight.facts import duck  # noqa: PLC0415 - a hundred megabytes that only who asks needs
        from xiuhua.insight.figures.engine import Engine, Store  # noqa: PLC0415 - as above

        data, files, root = self._cities.of(tx, city), self._facts.files(tx, city), self._facts.root / city
        plans = rollups.plans(self.definitions(tx, city).values())
        wanted = {key: plan.digest for key, plan in plans.items()}
        known = manifest.rollups(tx, city)
        rolled = {
            one.id: rollups.path_of(root, one.table, known[one.id, wanted[one.table]])
            for one in files
            if (one.id, wanted.get(one.table, "")) in known
        }
        with self._lock:
            self._duck = self._duck or duck.connect()
            connection = self._duck.cursor()
        try:
            yield Engine(Store(connection, files, root, data.zone, tx.now.astimezone(data.zone), rolled, plans))
        finally:
            connection.close()

    def ask(self, tx: Tx, city: str, name: str, question: Question) -> Answer:
        """What an indicator says. Raises `NotFound`, and `Invalid` for what it cannot be asked."""
        definition = self.definition(tx, city, name)
        asked = _asked(question)
        with self.engine(tx, city) as engine:
            found = engine.figures([definition], asked)
            if len(found) > MOST_FIGURES:
                raise Invalid(f"these are {len(found)} figures; {MOST_FIGURES} at most are told at once")
            compared = _compared(engine, definition, found, asked, question.against) if question.against else None
        return Answer(definition, found, compared or [None] * len(found))

    def records(
        self, tx: Tx, city: str, name: str, side: Side, question: Question, most: int
    ) -> tuple[Definition, list[Records]]:
        """The records behind one side of a figure, of each table that it counts; up to so many are told.

        Raises `NotFound`, also of records of which only the number may be told.
        """
        definition = self.definition(tx, city, name)
        asked = _asked(question)
        [period] = asked.periods
        counted = definition.sides.get(side, ())
        if not counted:
            raise Invalid(f"{name} has no {side}", errors=[{"field": "side", "why": f"is not of {name}"}])
        if any(one.table.counts_only for one in counted):
            raise NotFound(f"of what {name} counts only the number may be told")
        with self.engine(tx, city) as engine:
            engine.demand(definition, asked)
            return definition, [engine.records(one, period, asked, most) for one in counted]

    def appraisals(self, tx: Tx, city: str) -> dict[str, tuple[Pack, Appraisal]]:
        """The appraisals of the packs in force, by name."""
        found = packs.active_packs(tx, city).values()
        return {name: (pack, one) for pack in found for name, one in pack.appraisals.items()}

    def appraise(self, tx: Tx, city: str, name: str, period: str, as_of: date | None = None) -> Appraised:
        """Everybody's scores for a period. Raises `NotFound`, and `Invalid` for a period that it is not for."""
        known = self.appraisals(tx, city)
        if name not in known:
            raise NotFound(f"no pack in force has the appraisal {name}")
        pack, appraisal = known[name]
        asked = _asked(Question(period, by=(appraisal.of,), as_of=as_of))
        periods.demand(name, asked.periods, appraisal.since, appraisal.until)
        parts = {part: self.definition(tx, city, one.indicator) for part, one in appraisal.parts.items()}
        with self.engine(tx, city) as engine:
            figures = engine.figures({one.name: one for one in parts.values()}.values(), asked)
        scored = scores.scored(appraisal, _values(parts, figures))
        return Appraised(name, pack.name, appraisal, asked.periods[0], scored, parts)


def _asked(question: Question) -> Any:
    """The same as the engine takes it. Raises `Invalid`."""
    from xiuhua.insight.figures.engine import Asked  # noqa: PLC0415 - as above

    where: dict[str, list[str]] = {}
    for one in question.where:
        dimension, colon, value = one.partition(":")
        if not colon or not one.isprintable():
            raise Invalid(errors=[{"field": "where", "why": "is written dimension:value"}])
        where.setdefault(dimension, []).append(value)
    spans = periods.split(periods.parsed(question.period), question.split)
    return Asked(spans, tuple(dict.fromkeys(question.by)), where, question.as_of)


def _compared(
    engine: Engine, definition: Definition, found: Sequence[Figure], asked: Any, against: Against
) -> list[tuple[Period, Compared] | None]:
    """Each figure beside that of another period. Periods before cut ones may overlap, so each is asked by itself."""
    if len(asked.periods) > _MOST_COMPARED:
        raise Invalid(
            f"{_MOST_COMPARED} periods at most are compared", errors=[{"field": "against", "why": "too many"}]
        )
    other = {
        one.name: (periods.before if against == "before" else periods.year_before)(one) for one in asked.periods
    }  # fmt: skip
    then = {
        (name, one.by): one.value
        for name, period in other.items()
        for one in engine.figures([definition], replace(asked, periods=[period]))
    }
    return [
        (
            other[one.period.name],
            numbers.compared(definition.indicator, one.value, then.get((one.period.name, one.by))),
        )
        for one in found
    ]


def _values(parts: Mapping[str, Definition], figures: Sequence[Figure]) -> dict[str, dict[str, Decimal | None]]:
    """Part → code → value; who has nothing of a count or sum has 0 of it."""
    by_name: dict[str, dict[str, Decimal | None]] = {one.name: {} for one in parts.values()}
    for figure in figures:
        if figure.by[0] is not None:
            by_name[figure.indicator][str(figure.by[0])] = figure.value
    everybody = {code for found in by_name.values() for code in found}
    for definition in parts.values():
        if "denominator" not in definition.sides:
            found = by_name[definition.name]
            found.update(dict.fromkeys(everybody - found.keys(), Decimal()))
    return {part: by_name[definition.name] for part, definition in parts.items()}
