"""Measures as SQL of an engine: expressions of ibis, compiled once for each question's shape."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from xiuhua.insight.figures import columns
from xiuhua.insight.figures.measures import Measure
from xiuhua.packs.expressions.parser import parse

BUCKET: Final = "_bucket"
"""First day of the period that a row is counted in; beside it `_period_start` and `_period_end`, epoch seconds."""
_SPAN: Final = {BUCKET: "date", "_period_start": "int64", "_period_end": "int64"}
_SECONDS: Final = ("_period_start", "_period_end")


def sums(measures: Sequence[Measure], by: Sequence[str], dialect: str = "duckdb") -> str:
    """SQL that adds measures of one table up by dimensions and period, over the rows named `facts`.

    Columns: the dimensions, the bucket, a column for each measure by its key. Raises `ExpressionError`.
    """
    return _sums(tuple(_Key(one) for one in measures), tuple(by), dialect)


def records(measure: Measure, dialect: str = "duckdb") -> str:
    """SQL of the rows that a measure counts: id, part, and what each adds to it. Over rows that hold, each once."""
    rows = facts(measure)
    where, value = _parts(measure, rows)
    chosen = rows.filter(where).select(id=rows["_id"], part=rows["_part"], value=value)
    return str(ibis.to_sql(chosen.order_by("id", "part"), dialect=dialect))


def facts(measure: Measure) -> ir.Table:
    """The rows of a measure's table, each with the period it is counted in."""
    schema = columns.facts(measure.table).schema()
    return ibis.table({**dict(schema.items()), **_SPAN}, name="facts")


class _Key:
    """A measure that is the same as another when it says the same."""

    def __init__(self, measure: Measure) -> None:
        self.measure, self.key = measure, measure.key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=512)
def _sums(keys: tuple[_Key, ...], by: tuple[str, ...], dialect: str) -> str:
    rows = facts(keys[0].measure)
    types = keys[0].measure.table.types
    told = {name: _told(rows[name], types[name]) for name in by if types[name] != "text"}
    if told:
        rows = rows.mutate(**told)
    added = {one.key: _added(one.measure, rows) for one in keys}
    return str(ibis.to_sql(rows.group_by([*by, BUCKET]).aggregate(**added), dialect=dialect))


def _told(column: Any, type_: str) -> Any:
    """A dimension as a text; of a list each value."""
    return column.unnest() if type_ == "texts" else column.cast("string")


def _added(measure: Measure, rows: ir.Table) -> Any:
    where, value = _parts(measure, rows)
    if measure.counted.distinct is not None:
        return value.nunique(where=where)
    signed = ibis.cases((rows["_weight"] > 0, value), else_=-value)
    return signed.sum(where=where)


def _parts(measure: Measure, rows: ir.Table) -> tuple[Any, Any]:
    """Which rows are counted, and what each adds: a number, or the value whose kinds are counted."""
    counted, table = measure.counted, measure.table
    look = columns.scope(table, rows, {"start": rows[_SECONDS[0]], "end": rows[_SECONDS[1]]})
    where = columns.condition(parse(counted.where), look) if counted.where else ibis.literal(True)
    if counted.sum is not None:
        return where, columns.number(parse(counted.sum), look)
    if counted.distinct is not None:
        value = columns.built(parse(counted.distinct), look).of
        if table.counted:  # an entry that was taken back, and what took it back, are of no kind
            where = where & (rows[table.counted] == 1) & (rows["state"] == "standing")
        return where & value.notnull(), value
    return where, rows[table.counted] if table.counted else ibis.literal(1, "int64")
