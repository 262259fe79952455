"""What goes over HTTP about indicators, figures and scores. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, Field

from xiuhua.insight.figures import numbers
from xiuhua.insight.figures.measures import Definition
from xiuhua.insight.figures.numbers import Compared
from xiuhua.insight.figures.scores import Scored
from xiuhua.insight.figures.service import Answer, Appraised
from xiuhua.packs.kinds import Appraisal
from xiuhua.packs.pack import Pack
from xiuhua.plans.periods import Period

if TYPE_CHECKING:
    from xiuhua.insight.figures.engine import Figure, Records

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a unit, a person or an area is called."""
_ROOMS: Final[Mapping[str, str]] = {
    "case": "cases", "report": "reports", "register": "records", "record": "records", "ledger": "entries",
    "entry": "entries", "checklist": "inspections", "inspection": "inspections", "document": "documents",
    "subject": "proceedings",
}  # fmt: skip
"""Sort of a record, or of a stream → where it is read."""


class IndicatorOut(BaseModel):
    """A named formula in force."""

    name: str = Field(examples=["on_time_handling_rate"])
    title: Titled
    pack: str
    version: int
    unit: str = Field(examples=["%"])
    decimals: int
    better: Literal["higher", "lower"] | None
    period: str = Field(description="which moment of a record lies in the period")
    by: list[str] = Field(description="the dimensions that it is usually told by")
    dimensions: list[str] = Field(description="all that it can be told by")
    law: str | None
    source: str | None = Field(description="where the formula was found, and how sure it is")
    problem: str = Field(description="why it cannot be computed; empty: it can")

    @classmethod
    def of(cls, one: Definition) -> IndicatorOut:
        """One as it is in force."""
        told = one.indicator
        return cls(
            name=one.name, title=told.title.model_dump(), pack=one.pack, version=told.version, unit=told.unit,
            decimals=told.decimals, better=told.better, period=told.period, by=list(told.by),
            dimensions=sorted(one.dimensions()), law=told.law, source=told.source, problem=one.problem,
        )  # fmt: skip


class SpanOut(BaseModel):
    """Some days, both included."""

    name: str = Field(examples=["2026-03"])
    first: date
    last: date

    @classmethod
    def of(cls, period: Period) -> SpanOut:
        """A period."""
        return cls(name=period.name, first=period.first, last=period.last)


class BesideOut(BaseModel):
    """A value beside that of another period."""

    period: SpanOut
    value: str | None
    difference: str | None = Field(description="percentage points where the indicator is told in percent")
    change_percent: str | None = Field(description="of counts and sums only")

    @classmethod
    def of(cls, period: Period, told: Compared) -> BesideOut:
        """What was found."""
        value, difference, change = (
            None if one is None else f"{one:f}" for one in (told.value, told.difference, told.change)
        )
        return cls(period=SpanOut.of(period), value=value, difference=difference, change_percent=change)


class FigureOut(BaseModel):
    """The value of an indicator for a period and for values of dimensions."""

    period: SpanOut
    by: dict[str, str | None] = Field(examples=[{"unit": "sanitation"}])
    names: dict[str, str | None] = Field(description="what units, people and areas among them are called")
    numerator: str = Field(description="above the line, or the whole of a count or sum", examples=["41"])
    denominator: str | None = Field(description="below the line; null: it is no rate", examples=["50"])
    value: str | None = Field(description="divided once, rounded once; null: nothing is below the line")
    shown: str = Field(description="the same as it is shown", examples=["82.00", "—"])
    where: list[str] = Field(description="what to ask the records with", examples=[["unit:sanitation"]])
    against: BesideOut | None

    @classmethod
    def of(
        cls, one: Figure, by: Sequence[str], where: Sequence[str], beside: tuple[Period, Compared] | None, names: Names
    ) -> FigureOut:
        """One of an answer; `where`: what narrowed the question besides."""
        values = {name: None if value is None else str(value) for name, value in zip(by, one.by, strict=True)}
        kept = [each for each in where if each.partition(":")[0] not in values]
        return cls(
            period=SpanOut.of(one.period), by=values,
            names={name: None if value is None else names(value) for name, value in values.items()},
            numerator=numbers.plain(one.numerator),
            denominator=None if one.denominator is None else numbers.plain(one.denominator),
            value=None if one.value is None else numbers.text(one.value), shown=numbers.text(one.value),
            where=[*kept, *(f"{name}:{value or ''}" for name, value in values.items())],
            against=None if beside is None else BesideOut.of(*beside),
        )  # fmt: skip


class FiguresOut(BaseModel):
    """What an indicator says."""

    indicator: IndicatorOut
    as_of: date | None = Field(description="as known at the end of this day; null: now")
    figures: list[FigureOut]

    @classmethod
    def of(
        cls, answer: Answer, by: Sequence[str], where: Sequence[str], as_of: date | None, names: Names
    ) -> FiguresOut:
        """An answer."""
        dimensions = tuple(dict.fromkeys(by))
        figures = [
            FigureOut.of(one, dimensions, where, beside, names)
            for one, beside in zip(answer.figures, answer.compared, strict=True)
        ]
        return cls(indicator=IndicatorOut.of(answer.definition), as_of=as_of, figures=figures)


class BehindOut(BaseModel):
    """A record behind a figure."""

    id: str
    part: str = Field(description="which leg, clock run or track of it; empty: the record itself")
    adds: str = Field(description="a number, or the value whose kinds are counted", examples=["1"])
    path: str | None = Field(description="where it is read, by whoever may", examples=["/api/cases/0195a1b2"])


class BehindsOut(BaseModel):
    """The records of one table behind one side of a figure."""

    table: str = Field(examples=["subject.case.leg"])
    count: int
    sum: str = Field(description="what they add up to; those of all tables together make the figure's side")
    digest: str = Field(description="SHA-256 over `id part value` of each record, a line for one")
    records: list[BehindOut] = Field(description="the first of them, by id")

    @classmethod
    def of(cls, found: Records) -> BehindsOut:
        """What was found."""
        return cls(
            table=found.table, count=found.count, sum=numbers.plain(found.sum), digest=found.digest,
            records=[
                BehindOut(id=id_, part=part, adds=_told(value), path=path_of(found.table, id_))
                for (id_, part), value in zip(found.ids, found.values, strict=True)
            ],
        )  # fmt: skip


class GradeOut(BaseModel):
    """What a score is called."""

    name: str
    title: Titled
    at_least: str
    colour: str | None


class AppraisalPartOut(BaseModel):
    """One indicator of an appraisal."""

    name: str
    indicator: str
    weight: str
    score: Literal["value", "inverse", "bands"]


class AppraisalOut(BaseModel):
    """Scores of units, people or areas, as a pack declares them."""

    name: str = Field(examples=["unit_appraisal"])
    title: Titled
    pack: str
    version: int
    of: str = Field(description="who is appraised: a dimension of its indicators", examples=["unit"])
    every: str
    parts: list[AppraisalPartOut]
    grades: list[GradeOut]
    source: str | None

    @classmethod
    def told(cls, name: str, pack: str, one: Appraisal) -> AppraisalOut:
        """One as it is in force."""
        return cls(
            name=name, title=one.title.model_dump(), pack=pack, version=one.version, of=one.of, every=one.every,
            parts=[
                AppraisalPartOut(name=part, indicator=told.indicator, weight=str(told.weight), score=told.score)
                for part, told in one.parts.items()
            ],
            grades=[
                GradeOut(name=code, title=told.title.model_dump(), at_least=str(told.at_least), colour=told.colour)
                for code, told in one.grades.items()
            ],
            source=one.source,
        )  # fmt: skip


class ScoredPartOut(BaseModel):
    """What one indicator brings; ask its figures for the same period and `where` to open it."""

    name: str
    indicator: str
    value: str | None
    score: str | None = Field(description="0 to 100; null: it has none")
    weight: str


class ScoreOut(BaseModel):
    """Somebody appraised."""

    code: str
    name: str | None
    score: str | None
    grade: str | None
    rank: int | None
    parts: list[ScoredPartOut]
    where: str = Field(examples=["unit:sanitation"])

    @classmethod
    def of(cls, one: Scored, found: Appraised, names: Names) -> ScoreOut:
        """One of an appraisal."""
        parts = [
            ScoredPartOut(
                name=name, indicator=found.definitions[name].name, value=_or_none(part.value),
                score=_or_none(part.score), weight=str(part.weight),
            )
            for name, part in one.parts.items()
        ]  # fmt: skip
        return cls(
            code=one.code, name=names(one.code), score=_or_none(one.score), grade=one.grade, rank=one.rank, parts=parts,
            where=f"{found.appraisal.of}:{one.code}",
        )  # fmt: skip


class AppraisedOut(BaseModel):
    """Everybody's scores for a period, the best first."""

    appraisal: AppraisalOut
    period: SpanOut
    as_of: date | None
    scores: list[ScoreOut]

    @classmethod
    def of(cls, found: Appraised, as_of: date | None, names: Names) -> AppraisedOut:
        """What was found."""
        return cls(
            appraisal=AppraisalOut.told(found.name, found.pack, found.appraisal), period=SpanOut.of(found.period),
            as_of=as_of, scores=[ScoreOut.of(one, found, names) for one in found.scores],
        )  # fmt: skip


def appraisals(known: Mapping[str, tuple[Pack, Appraisal]]) -> list[AppraisalOut]:
    """All of them."""
    return [AppraisalOut.told(name, pack.name, one) for name, (pack, one) in known.items()]


def path_of(table: str, id_: str) -> str | None:
    """Where a record of a table of facts is read; of an event the thing that it happened to."""
    sort, _, name = table.partition(".")
    if sort == "event":
        sort, _, id_ = id_.partition("/")
    elif sort == "subject" and name.partition(".")[0] in _ROOMS:
        sort = name.partition(".")[0]
    return f"/api/{_ROOMS[sort]}/{id_}" if sort in _ROOMS else None


def _told(value: Any) -> str:
    return numbers.plain(value) if isinstance(value, Decimal) else str(value)


def _or_none(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
