"""Indicators computed over facts: by dimensions and periods, as known on a day, with the records behind each figure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from xiuhua.insight.facts import reading
from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.reading import literal, literal_list, quoted
from xiuhua.insight.figures import numbers, periods, queries, rollups
from xiuhua.insight.figures.measures import Definition, Measure, Side
from xiuhua.insight.figures.rollups import Plan
from xiuhua.plans.periods import Period
from xiuhua.platform.errors import Invalid

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

By = tuple[Any, ...]
"""Values of the dimensions, in their order; None where a record has none."""
NONE: Final = ""
"""As a value of a dimension: of records that have none."""
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of indicators."""

    periods: Sequence[Period]
    """Apart from one another, in order."""
    by: Sequence[str] = ()
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Dimension → the values that count."""
    as_of: date | None = None
    """As known at the end of this day; None: now."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of an indicator for a period and for values of dimensions."""

    indicator: str
    period: Period
    by: By
    numerator: Decimal
    denominator: Decimal | None
    """None: it is no rate."""
    value: Decimal | None
    """None: nothing is below the line."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records that one side of a figure counts."""

    table: str
    ids: Sequence[tuple[str, str]]
    """Id and part (empty: the thing itself), in order."""
    values: Sequence[Any]
    """What each adds: a number, or the value whose kinds are counted."""
    count: int
    """Of all of them, told or not."""
    sum: Decimal
    digest: str
    """SHA-256 over `id part value` of each, a line for one."""


@dataclass(frozen=True, slots=True)
class Store:
    """The facts of a city, and the clock they are asked by."""

    connection: DuckDBPyConnection
    files: Sequence[File]
    root: Path
    """Folder of the city's files."""
    zone: ZoneInfo
    now: datetime
    """In that zone."""
    rolled: Mapping[str, Path] = field(default_factory=dict)
    """File → its roll-up."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    """Table → what is rolled up of it."""

    def files_of(self, table: str) -> list[File]:
        """The files of a table."""
        return [one for one in self.files if one.table == table]


class Engine:
    """Computes indicators over the facts of a city."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._today = store.now.astimezone(store.zone).date()

    def figures(self, definitions: Iterable[Definition], asked: Asked) -> list[Figure]:
        """Every indicator for every period and value of the dimensions that any of its measures has.

        Without dimensions there is one figure for each period also where nothing was counted. Raises `Invalid` for
        an indicator that cannot be computed, or not by these dimensions.
        """
        wanted = list(definitions)
        for one in wanted:
            self.demand(one, asked)
        sums = self.sums({m.key: m for one in wanted for m in one.measures()}.values(), asked)
        return [figure for one in wanted for figure in _figures(one, asked, sums)]

    @staticmethod
    def demand(one: Definition, asked: Asked) -> None:
        """Raises `Invalid` for an indicator that cannot be computed, or not for such periods or by such dimensions."""
        if one.problem or not one.sides:
            raise Invalid(f"{one.name} cannot be computed: {one.problem}", indicator=one.name)
        periods.demand(one.name, asked.periods, one.indicator.since, one.indicator.until)
        for name, told in (("by", asked.by), ("where", asked.where)):
            if unknown := sorted({*told} - one.dimensions()):
                which = ", ".join(unknown)
                raise Invalid(f"{one.name} is not told by {which}", errors=[{"field": name, "why": f"has no {which}"}])

    def sums(self, measures: Iterable[Measure], asked: Asked) -> dict[str, dict[tuple[By, date], Decimal]]:
        """By the key of a measure: (dimensions, first day of the period) → what it adds up to."""
        found: dict[str, dict[tuple[By, date], Decimal]] = {}
        for together, spans in self._together(measures, asked):
            sums = [found.setdefault(one.key, {}) for one in together]
            for key, values in self._added(together, spans, asked):
                for added, value in zip(sums, values, strict=True):
                    if value is not None:
                        added[key] = added.get(key, 0) + Decimal(value)
        return found

    def _added(
        self, together: Sequence[Measure], periods: Sequence[Period], asked: Asked
    ) -> Iterator[tuple[tuple[By, date], Sequence[Any]]]:
        """What measures of one table add up to: of files that have roll-ups by these, of others by their rows."""
        first, rolled = together[0], list[Path]()
        by = [_column(first, name) for name in asked.by]
        files = self._files(first, periods)
        if self._is_rolled(first, asked):
            rolled = [self.store.rolled[one.id] for one in files if one.id in self.store.rolled]
            files = [one for one in files if one.id not in self.store.rolled]
        answers = [self._rolled(rolled, together, periods, asked)] if rolled else []
        if files or not rolled:
            answers.append(self._all(self._rows(first, periods, asked, files), queries.sums(together, by)))
        for row in (row for rows in answers for row in rows):
            yield (row[: len(by)], row[len(by)]), row[len(by) + 1 :]

    def _is_rolled(self, measure: Measure, asked: Asked) -> bool:
        """Whether roll-ups may answer, where there are any."""
        plan = self.store.plans.get(measure.table.key)
        if plan is None or (asked.as_of is not None and asked.as_of < self._today):
            return False
        dimensions = {*asked.by, *asked.where}
        if any(measure.table.types[_column(measure, one)] == "texts" for one in asked.where):
            return False  # who has two of the values counts once
        return all(measure.column(one) in plan.dimensions for one in dimensions) and rollups.serves(
            measure, asked.periods, dimensions, self._today
        )

    def _rolled(
        self, paths: Sequence[Path], together: Sequence[Measure], periods: Sequence[Period], asked: Asked
    ) -> list[Any]:
        """Rows as `queries.sums` gives them, from roll-ups."""
        dimension = next(iter((*asked.by, *asked.where)), None)
        column = None if dimension is None else _column(together[0], dimension)
        question = rollups.question(paths, together, column)
        spans = ", ".join(f"({_day(one.first)}, {_day(one.last)})" for one in periods)
        rows = self.store.connection.execute(reading.sql()["spans"].format(spans=spans, question=question)).fetchall()
        wanted = next((set(values) for values in asked.where.values()), None)
        return [row if asked.by else row[1:] for row in rows if wanted is None or (row[0] or NONE) in wanted]

    def _together(self, measures: Iterable[Measure], asked: Asked) -> Iterator[tuple[list[Measure], Sequence[Period]]]:
        """Measures that one query can add up, and the periods that it can do so for."""
        groups: defaultdict[tuple[Any, ...], list[Measure]] = defaultdict(list)
        for one in measures:
            groups[one.table.key, one.day, one.additive, self._is_rolled(one, asked)].append(one)
        for together in groups.values():
            if together[0].day is not None:
                yield together, asked.periods
            else:  # what stands on the last day of each
                for period in asked.periods:
                    yield together, [period]

    def records(self, measure: Measure, period: Period, asked: Asked, most: int | None = None) -> Records:
        """The records behind one side of a figure, of the dimensions' values in `asked.where`."""
        rows = self._rows(measure, [period], asked, self._files(measure, [period]), net=True)
        found = self._all(rows, queries.records(measure))
        digest = hashlib.sha256()
        for id_, part, value in found:
            digest.update(f"{id_} {part} {value}\n".encode())
        values = [value for *_, value in found]
        sum_ = sum(map(Decimal, values), Decimal()) if measure.additive else Decimal(len(set(values)))
        ids = [(id_, part) for id_, part, _ in found[:most]]
        return Records(measure.table.key, ids, values[:most], len(found), sum_, digest.hexdigest())

    def _all(self, rows: str, question: str) -> list[Any]:
        return self.store.connection.execute(
            reading.sql()["over"].format(rows=rows, question=question)
        ).fetchall()  # fmt: skip

    def _files(self, measure: Measure, periods: Sequence[Period]) -> list[File]:
        """The files that may hold rows of some periods."""
        first, last = periods[0].first, periods[-1].last
        found = self.store.files_of(measure.table.key)
        return [one for one in found if one.may_hold(measure.day, first, last)]

    def _rows(
        self, measure: Measure, periods: Sequence[Period], asked: Asked, files: Sequence[File], *, net: bool = False
    ) -> str:
        """SQL of the rows that may count, each with its period."""
        first, last = periods[0].first, periods[-1].last
        as_of = asked.as_of if measure.day is not None else min(last, asked.as_of or self._today)
        as_of = None if as_of is not None and as_of >= self._today else as_of
        source = reading.source(measure.table, files, self.store.root, as_of)
        rows = source.weighed() if measure.additive and not net else source.net()
        which = [_among(measure, name, values) for name, values in asked.where.items()]
        if measure.day is None or len(periods) == 1:
            if measure.day is not None:
                which.append(f"{quoted(measure.day)} BETWEEN {_day(first)} AND {_day(last)}")
            start, end = self._seconds(periods[0] if len(periods) == 1 else periods[-1], asked)
            told = {"rows": rows, "bucket": _day(first), "start": start, "end": end}
            return reading.sql()["in_one"].format(which=" AND ".join(which) or "true", **told)
        spans = []
        for one in periods:
            start, end = self._seconds(one, asked)
            spans.append(f"({_day(one.first)}, {_day(one.last)}, {start}::BIGINT, {end}::BIGINT)")
        return reading.sql()["in_several"].format(
            rows=rows, spans=", ".join(spans), day=quoted(measure.day), which=" AND ".join(which) or "true"
        )

    def _seconds(self, period: Period, asked: Asked) -> tuple[int, int]:
        """Begin and end of a period as expressions see them; not beyond what was known."""
        zone = self.store.zone
        known = min(period.last, asked.as_of or self._today)
        start, end = (datetime.combine(one, time(), zone) for one in (period.first, known + _ONE))
        return int(start.timestamp()), int(max(start, min(end, self.store.now)).timestamp())


def _figures(one: Definition, asked: Asked, sums: Mapping[str, Mapping[tuple[By, date], Decimal]]) -> Iterator[Figure]:
    sides: dict[Side, dict[tuple[By, date], Decimal]] = {}
    for side, measures in one.sides.items():
        added = sides[side] = {}
        for measure in measures:
            for key, value in sums.get(measure.key, {}).items():
                added[key] = added.get(key, Decimal()) + value
    keys = {key for found in sides.values() for key in found}
    if not asked.by:
        keys |= {((), period.first) for period in asked.periods}
    names = {period.first: period for period in asked.periods}
    for by, first in sorted(keys, key=_order):
        zero = Decimal()
        above = sides["count" if "count" in sides else "numerator"].get((by, first), zero)
        below = sides["denominator"].get((by, first), zero) if "denominator" in sides else None
        yield Figure(one.name, names[first], by, above, below, numbers.value(one.indicator, above, below))


def _order(key: tuple[By, date]) -> tuple[Any, ...]:
    """By period, then by the values of the dimensions (texts), those that have none last."""
    by, first = key
    return first, *((value is None, value or "") for value in by)


def _column(measure: Measure, dimension: str) -> str:
    column = measure.column(dimension)
    assert column is not None  # asked of `Engine.demand`
    return column


def _among(measure: Measure, dimension: str, values: Sequence[str]) -> str:
    """SQL of the rows that have one of some values; `NONE` among them: or none at all."""
    name, told = _column(measure, dimension), [one for one in values if one != NONE]
    either = [f"{quoted(name)} IS NULL"] if NONE in values else []
    if told and measure.table.types[name] == "texts":
        either.append(f"list_has_any({quoted(name)}, {literal_list(told)})")
    elif told:
        either.append(f"CAST({quoted(name)} AS VARCHAR) IN ({', '.join(map(literal, told))})")
    return f"({' OR '.join(either)})" if either else "false"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
