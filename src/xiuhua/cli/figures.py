"""`xiuhua figures`: what indicators say, the records behind each figure, and scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

import click

from xiuhua.cli.output import DAY, desk, options
from xiuhua.insight import forms
from xiuhua.insight.figures import periods
from xiuhua.insight.figures.measures import SIDES, Side
from xiuhua.insight.figures.service import Against, Figures, Question
from xiuhua.insight.forms import AppraisedOut, BehindsOut, FigureOut, FiguresOut, IndicatorOut

_period = click.option("--period", required=True, help="2026, 2026-Q1, 2026-03, 2026-W10, a day, or DAY..DAY.")
_where = click.option("--where", multiple=True, help="unit:u1: only records with this value of a dimension.")
_as_of = click.option("--as-of", "day", type=DAY, help="As known at the end of this day; default: now.")


@click.group()
def figures() -> None:
    """Figures of indicators, opened to their records; scores."""


@figures.command("list")
@options
def list_(city: str | None, as_json: bool) -> None:
    """The indicators in force, and by what they can be told."""
    with desk(city, as_json) as here, here.reading() as data:
        found = here.services.port(Figures).definitions(data.tx, here.city).values()
    told = [IndicatorOut.of(one) for one in found]
    here.out.json(told)
    here.out.table(
        ("code", "name", "pack", "unit", "dimensions"),
        [(one.name, one.title[here.out.lang], one.pack, one.unit, ", ".join(one.by)) for one in told],
    )


@figures.command()
@click.argument("indicator")
@_period
@click.option("--by", multiple=True, help="A dimension; may be told several times.")
@click.option("--split", type=click.Choice(periods.SPLITS), help="Into parts of the calendar.")
@_where
@click.option("--against", type=click.Choice(get_args(Against)), help="Beside another period.")
@_as_of
@options
def show(
    indicator: str, period: str, by: tuple[str, ...], split: str | None, where: tuple[str, ...],
    against: Against | None, day: datetime | None, city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """What INDICATOR says of a period, whole or in parts."""
    as_of = _day(day)
    with desk(city, as_json) as here, here.reading() as data:
        question = Question(period, split, by, where, as_of, against)
        answer = here.services.port(Figures).ask(data.tx, here.city, indicator, question)
        told = FiguresOut.of(answer, by, where, as_of, data.name_of)
    here.out.json(told)
    dimensions = tuple(dict.fromkeys(by))
    beside = ("against", "difference") if against else ()
    words = [here.out.text(f"column_{name}") for name in ("numerator", "denominator", "value", *beside)]
    here.out.rows(
        [here.out.text("column_period"), *dimensions, *words],
        [
            (
                one.period.name, *(_named(one, name) for name in dimensions), one.numerator, one.denominator,
                one.shown, *((one.against.value, one.against.difference) if one.against else ()),
            )
            for one in told.figures
        ],
    )  # fmt: skip


@figures.command()
@click.argument("indicator")
@_period
@click.option("--side", type=click.Choice(SIDES), default="count", show_default=True, help="Of a rate: which one.")
@_where
@_as_of
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="Records at most.")
@options
def records(
    indicator: str, period: str, side: Side, where: tuple[str, ...], day: datetime | None, limit: int,
    city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """The records behind one side of a figure of INDICATOR, with their sum and the digest of them all."""
    with desk(city, as_json) as here, here.reading() as data:
        question = Question(period, where=where, as_of=_day(day))
        _, found = here.services.port(Figures).records(data.tx, here.city, indicator, side, question, limit)
    told = [BehindsOut.of(one) for one in found]
    here.out.json(told)
    here.out.table(
        ("id", "part", "adds", "path"),
        [(one.id, one.part, one.adds, one.path) for each in told for one in each.records],
    )
    for each in told:
        here.out.say("figure_records", table=each.table, count=each.count, sum=each.sum, digest=each.digest)


@figures.command()
@options
def appraisals(city: str | None, as_json: bool) -> None:
    """The appraisals in force, and who is appraised."""
    with desk(city, as_json) as here, here.reading() as data:
        told = forms.appraisals(here.services.port(Figures).appraisals(data.tx, here.city))
    here.out.json(told)
    here.out.table(
        ("code", "name", "pack", "appraised"), [(one.name, one.title[here.out.lang], one.pack, one.of) for one in told]
    )


@figures.command()
@click.argument("appraisal")
@_period
@_as_of
@options
def scores(appraisal: str, period: str, day: datetime | None, city: str | None, as_json: bool) -> None:
    """Scores, grades and ranks of APPRAISAL for a period, with what each part brings."""
    as_of = _day(day)
    with desk(city, as_json) as here, here.reading() as data:
        found = here.services.port(Figures).appraise(data.tx, here.city, appraisal, period, as_of)
        told = AppraisedOut.of(found, as_of, data.name_of)
    here.out.json(told)
    words = [here.out.text(f"column_{name}") for name in ("rank", "code", "name", "score", "grade")]
    here.out.rows(
        [*words, *found.appraisal.parts],
        [
            (one.rank, one.code, one.name, one.score, one.grade, *(part.value for part in one.parts))
            for one in told.scores
        ],
    )


def _named(one: FigureOut, dimension: str) -> str | None:
    return one.names[dimension] or one.by[dimension]


def _day(told: datetime | None) -> date | None:
    return told.date() if told else None
