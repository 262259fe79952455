"""Figures over HTTP: indicators, what they say, the records behind, and scores."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query

from xiuhua.city.web import City
from xiuhua.insight import forms
from xiuhua.insight.figures.measures import Side
from xiuhua.insight.figures.service import Against, Figures, Question
from xiuhua.insight.forms import AppraisalOut, AppraisedOut, BehindsOut, FiguresOut, IndicatorOut
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Day, Reading, Router, provided, require

READ: Final = "figure.read"
MOST_RECORDS: Final = 10_000
router = Router(tags=["figures"])
TheFigures = Annotated[Figures, provided(Figures)]
Reader = Annotated[Actor, require(READ)]
Name = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")]
Span = Annotated[
    str,
    Query(
        max_length=24, description="2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-02 or 2026-02-26..2026-03-25",
        examples=["2026-03"],
    ),
]  # fmt: skip
Where = Annotated[
    tuple[Annotated[str, Query(max_length=200)], ...],
    Query(
        max_length=50,
        description="`unit:u1`: only records with this value of a dimension; more of one: any of them; `unit:`: none",
    ),
]
AsOf = Annotated[Day | None, Query(description="as known at the end of this day; default: now")]


@router.get("/indicators")
def list_indicators(actor: Reader, tx: Reading, figures: TheFigures) -> list[IndicatorOut]:
    """The indicators of the packs in force."""
    return [IndicatorOut.of(one) for one in figures.definitions(tx, actor.city).values()]


@router.get("/indicators/{name}/figures")
def get_figures(
    name: Name, actor: Reader, tx: Reading, figures: TheFigures, city: City, period: Span, where: Where = (),
    by: Annotated[tuple[str, ...], Query(max_length=4, description="dimensions")] = (),
    split: Annotated[str | None, Query(max_length=8, description="day, week, month, quarter or year")] = None,
    as_of: AsOf = None,
    against: Annotated[Against | None, Query(description="each beside the period before, or a year before")] = None,
) -> FiguresOut:  # fmt: skip
    """What an indicator says of a period, whole or in parts."""
    answer = figures.ask(tx, actor.city, name, Question(period, split, by, where, as_of, against))
    return FiguresOut.of(answer, by, where, as_of, city.of(tx, actor.city).name_of)


@router.get("/indicators/{name}/records")
def list_records_of_figure(
    name: Name, actor: Reader, tx: Reading, figures: TheFigures, period: Span, side: Side = "count", where: Where = (),
    as_of: AsOf = None, limit: Annotated[int, Query(ge=1, le=MOST_RECORDS)] = 200,
) -> list[BehindsOut]:  # fmt: skip
    """The records behind one side of a figure: all are counted and digested, the first are told."""
    _, found = figures.records(tx, actor.city, name, side, Question(period, where=where, as_of=as_of), limit)
    return [BehindsOut.of(one) for one in found]


@router.get("/appraisals")
def list_appraisals(actor: Reader, tx: Reading, figures: TheFigures) -> list[AppraisalOut]:
    """The appraisals of the packs in force."""
    return forms.appraisals(figures.appraisals(tx, actor.city))


@router.get("/appraisals/{name}/scores")
def get_scores(
    name: Name, actor: Reader, tx: Reading, figures: TheFigures, city: City, period: Span, as_of: AsOf = None
) -> AppraisedOut:
    """Scores, grades and ranks of a period, each part with the value that it comes of."""
    found = figures.appraise(tx, actor.city, name, period, as_of)
    return AppraisedOut.of(found, as_of, city.of(tx, actor.city).name_of)
