"""Whatever happens to cases: parts add up to the whole, and what is added bit by bit is what is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.insight.making import Made, library

from xiuhua.insight.figures import periods
from xiuhua.insight.figures.engine import Asked

SHARE = library()["handled_share"]
QUARTER = periods.parsed("2026-Q1")
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 89).map(lambda n: FIRST + timedelta(days=n))
CASES = st.fixed_dictionaries({
    "state": st.sampled_from(["closed", "void", "received"]), "source": st.sampled_from(["public", "video", None]),
    "due": st.one_of(st.none(), DAYS.map(lambda day: f"{day} 12:00")),
    "handed_back_at": st.one_of(st.none(), DAYS.map(lambda day: f"{day} 13:00")),
})  # fmt: skip
LIVES = st.lists(st.lists(st.tuples(DAYS, st.one_of(st.none(), CASES)), min_size=1, max_size=4), min_size=1, max_size=8)
"""Of each case how it stood from which day on; None: it was no more."""
Life = list[tuple[date, dict[str, Any] | None]]


def turns(life: Life) -> Life:
    """In the order of the days, the last word of each day."""
    return sorted(dict(sorted(life, key=lambda one: one[0])).items())


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="xiuhua-facts-") as name:
        yield Path(name)


def grown(path: Path, lives: list[Life]) -> Made:
    """As the export tells it: a file of changes for each day."""
    made, rows = Made(path), list[dict[str, Any]]()
    for n, life in enumerate(lives):
        before: dict[str, Any] | None = None
        for version, (day, now) in enumerate(turns(life), start=1):
            told = {"_id": f"c{n}", "_version": version, "_from": day}
            rows += [{**before, **told, "_weight": -1}] if before is not None else []
            rows += [{**now, **told}] if now is not None else []
            before = now
    for day in sorted({row["_from"] for row in rows}):
        made.keep("subject.case", [row for row in rows if row["_from"] == day], "delta")
    return made


def anew(path: Path, lives: list[Life], on: date) -> Made:
    """As it stood on a day, in one file."""
    made = Made(path)
    last = [[now for day, now in turns(life) if day <= on][-1:] for life in lives]
    rows = [{**now, "_id": f"c{n}"} for n, found in enumerate(last) for now in found if now is not None]
    if rows:
        made.keep("subject.case", rows)
    return made


def sums(made: Made, asked: Asked) -> dict[Any, tuple[Decimal, Decimal | None]]:
    found = made.engine().figures([SHARE], asked)
    return {(one.period.name, one.by): (one.numerator, one.denominator) for one in found if one.denominator}


@settings(max_examples=25)
@given(lives=LIVES, on=DAYS)
def test_what_grew_says_of_any_day_what_is_computed_anew(lives: list[Life], on: date) -> None:
    months = periods.split(QUARTER, "month")
    with folder() as one, folder() as other:
        assert sums(grown(one, lives), Asked(months, ("source",), as_of=on)) == sums(
            anew(other, lives, on), Asked(months, ("source",))
        )


@settings(max_examples=25)
@given(lives=LIVES)
def test_parts_add_up_to_the_whole(lives: list[Life]) -> None:
    with folder() as path:
        engine = grown(path, lives).engine()
        [whole] = engine.figures([SHARE], Asked([QUARTER]))
        for asked in (
            Asked([QUARTER], ("source",)), Asked(periods.split(QUARTER, "month")),
            Asked(periods.split(QUARTER, "week")), Asked(periods.split(QUARTER, "month"), ("source", "state")),
        ):  # fmt: skip
            parts = engine.figures([SHARE], asked)
            assert sum(one.numerator for one in parts) == whole.numerator
            assert sum(one.denominator or 0 for one in parts) == whole.denominator


@settings(max_examples=25)
@given(lives=LIVES)
def test_as_many_records_stand_behind_a_figure_as_it_says(lives: list[Life]) -> None:
    with folder() as path:
        engine = grown(path, lives).engine()
        [whole] = engine.figures([SHARE], Asked([QUARTER]))
        found = engine.records(SHARE.sides["denominator"][0], QUARTER, Asked([QUARTER]))

        assert found.sum == whole.denominator == len(set(found.ids))
