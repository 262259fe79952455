"""What the board of the day looks like over HTTP. Shapes only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from xiuhua.loop.lists.forms import ListOf

Titled = dict[str, str]
By = Literal["unit", "street", "community", "category"]


class Number(BaseModel):
    """How many of something."""

    code: str = Field(examples=["hotline_12345"])
    title: Titled
    count: int
    records: ListOf


class Numbers(BaseModel):
    """Parts that add up."""

    total: int
    records: ListOf
    items: list[Number]


class LateCase(BaseModel):
    """A case that should have been handed back."""

    id: str
    number: str
    state: str
    state_title: Titled
    category: str | None
    category_title: Titled | None
    unit: str | None
    unit_title: Titled | None
    unit_grid: str | None
    due: datetime
    late_s: int


class Late(BaseModel):
    """Past their moment now, and not handed back."""

    count: int
    records: ListOf
    worst: list[LateCase] = Field(description="the latest ten, the latest first")


class OnTime(BaseModel):
    """What was handed back on time."""

    numerator: int = Field(description="handed back on time")
    denominator: int = Field(description="handed back")
    percent: float = Field(description="two decimals", examples=[98.53])
    numerator_records: ListOf
    denominator_records: ListOf


class Rate(OnTime):
    """What a unit handed back on time."""

    unit: str
    title: Titled


class Counts(BaseModel):
    """A number of a day, and its list."""

    count: int
    records: ListOf


class Day(BaseModel):
    """What a day brought."""

    day: date
    reports: Counts | None = Field(description="reports that came in; null without `report.read`")
    opened: Counts = Field(description="cases opened")
    handed_back: Counts = Field(description="cases that units handed back")


class HotSpot(BaseModel):
    """A unit grid with many reports."""

    unit_grid: str
    name: str
    lon: float = Field(description="of a point in it")
    lat: float
    count: int
    records: ListOf


class CockpitOut(BaseModel):
    """The board of the day, as this person sees the city; up to five seconds old."""

    now: datetime
    intake: Numbers | None = Field(description="reports of today by source; null without `report.read`")
    open: Numbers = Field(description="cases that have not ended, by state")
    late: Late
    on_time: OnTime | None = Field(description="of all units in the last 30 days; null when nothing was handed back")
    rates: list[Rate] = Field(description="of the last 30 days, the lowest first")
    trend: list[Day] = Field(description="the last 30 days, today the last")
    hot_spots: list[HotSpot] | None = Field(description="reports of the last 7 days; null without `report.read`")


class Compared(BaseModel):
    """What one of several compared had to do."""

    code: str = Field(description="empty: all together, with those that belong to none")
    title: Titled
    opened: Counts = Field(description="cases opened in the period")
    handed_back: Counts = Field(description="cases handed back in the period")
    on_time: Counts = Field(description="of those, on time")
    late: Counts = Field(description="of those, late; `on_time` and `late` make `handed_back`")
    percent: float | None = Field(description="on time of handed back, two decimals; null when nothing was")
    median_handling_s: int | None = Field(description="of those handed back: by the wall clock, from start to stop")
    late_now: Counts = Field(description="past their moment now, and not handed back")


class ComparisonOut(BaseModel):
    """Units, streets, communities or categories beside each other; counts of records, no scores."""

    now: datetime
    by: By
    first: date
    last: date
    rows: list[Compared] = Field(description="the lowest rate first")
    total: Compared
