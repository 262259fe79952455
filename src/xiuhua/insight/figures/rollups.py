"""Roll-ups: what all measures of a file's facts add up to, by month and one dimension, made once and read many times.

Sums of sums are sums, so a question about whole months and at most one dimension is answered from the roll-ups of the
files that hold what stands, and from the rows of the files of changes. Of anything else the rows are read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from xiuhua.insight.facts import manifest, reading
from xiuhua.insight.facts.manifest import File
from xiuhua.insight.facts.model import Table
from xiuhua.insight.facts.reading import literal, quoted, sql
from xiuhua.insight.figures.measures import Definition, Measure
from xiuhua.plans.periods import Period
from xiuhua.platform.database import Database
from xiuhua.platform.datafolder import make_folder, on_disk

FOLDER: Final = "_rollups"
_DIMENSIONS: Final = (
    "unit", "organisation", "person", "district", "street", "community", "duty_grid", "unit_grid", "category", "source",
)  # fmt: skip
"""By which everything is rolled up that has them, besides what indicators name in `by`."""
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rolled up of a table."""

    table: Table
    measures: tuple[Measure, ...]
    dimensions: tuple[str, ...]
    """Columns."""

    @property
    def digest(self) -> str:
        """What tells it from others: a new indicator makes another."""
        told = "\x1f".join((*sorted(one.key for one in self.measures), "", *self.dimensions))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def plans(definitions: Iterable[Definition]) -> dict[str, Plan]:
    """What is rolled up, by the key of the table: sums that fall into periods."""
    measures: defaultdict[str, dict[str, Measure]] = defaultdict(dict)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for definition in definitions:
        for one in definition.measures():
            if one.additive and one.day is not None and not definition.problem:
                measures[one.table.key][one.key] = one
                found = (one.column(name) for name in (*_DIMENSIONS, *definition.indicator.by))
                named[one.table.key].update(name for name in found if name is not None)
    return {
        key: Plan(next(iter(some.values())).table, tuple(some.values()), tuple(sorted(named[key])))
        for key, some in measures.items()
    }


def serves(measure: Measure, periods: Sequence[Period], dimensions: Collection[str], today: date) -> bool:
    """Whether a question can be answered from roll-ups: whole months, one dimension at most.

    One that looks at the end of its period: of single months that are over only.
    """
    if len(dimensions) > 1 or measure.day is None or not measure.additive:
        return False
    months = all(one.first.day == 1 and (one.last + _ONE).day == 1 for one in periods)
    single = all((one.first.year, one.first.month) == (one.last.year, one.last.month) for one in periods)
    return months and (not measure.of_period or (single and all(one.last < today for one in periods)))


def path_of(root: Path, table: str, id_: str) -> Path:
    """Where a roll-up is in the folder of a city."""
    return root / FOLDER / table / f"{id_}.parquet"


def question(paths: Sequence[Path], measures: Sequence[Measure], column: str | None) -> str:
    """SQL of what roll-ups add up to by a column, as `queries.sums` over rows: over the spans named `span`."""
    sums = ", ".join(f"sum({quoted(one.key)}) AS {quoted(one.key)}" for one in measures)
    return sql()["rolled"].format(
        sums=sums, files=reading.literal_list(map(str, paths)), day=literal(str(measures[0].day)),
        dimension=literal(column or ""),
    )  # fmt: skip


class Roller:
    """Makes the roll-ups that are missing."""

    def __init__(self, database: Database, root: Path, city: str, zone: str) -> None:
        self._database, self._root, self._city, self._zone = database, root / city, city, zone

    def turn(self, definitions: Iterable[Definition]) -> int:
        """Of every file that holds what stands; how many were made."""
        wanted = plans(definitions)
        with self._database.reading() as tx:
            known = manifest.rollups(tx, self._city)
            files = [one for one in manifest.files(tx, self._city, list(wanted)) if one.kind == "current"]
        done = 0
        for one in files:
            plan = wanted[one.table]
            if (one.id, plan.digest) not in known:
                self._roll(one, plan)
                done += 1
        return done

    def _roll(self, file: File, plan: Plan) -> None:
        from xiuhua.insight.facts import duck  # noqa: PLC0415 - as wherever DuckDB is not always needed

        id_ = f"{file.id}-{plan.digest}"
        path = path_of(self._root, file.table, id_)
        make_folder(path.parent)
        source = reading.source(plan.table, [file], self._root)
        with closing(duck.connect(threads=1)) as connection:
            for n, part in enumerate(self._parts(plan, source.weighed())):
                connection.execute(f"CREATE TEMP TABLE part{n} AS {part}")
                count = n + 1
            rows = " UNION ALL BY NAME ".join(f"FROM part{n}" for n in range(count))
            told = {"rows": rows, "path": literal(str(waiting := path.with_suffix(".making")))}
            connection.execute(sql()["write_rows"].format(**told))
        on_disk(waiting)
        waiting.replace(path)
        on_disk(path.parent)
        with self._database.transaction() as tx:
            manifest.add_rollup(tx, self._city, id_, file, plan.digest)

    def _parts(self, plan: Plan, rows: str) -> Iterator[str]:
        """SQL of the sums by each day column and each dimension."""
        from xiuhua.insight.figures import queries  # noqa: PLC0415 - ibis

        days: defaultdict[str, list[Measure]] = defaultdict(list)
        for one in plan.measures:
            days[str(one.day)].append(one)
        for day, measures in days.items():
            monthly = sql()["by_month"].format(rows=rows, day=quoted(day), zone=literal(self._zone))
            for column in ("", *plan.dimensions):
                asked = queries.sums(measures, [column] if column else [])
                value = quoted(column) if column else "NULL"
                told = {"day": literal(day), "dimension": literal(column), "value": value}
                names = ", ".join(quoted(one.key) for one in measures)
                summed = sql()["over"].format(rows=monthly, question=asked)
                yield sql()["rolled_part"].format(rows=summed, names=names, **told)
