"""What goes over HTTP about calendars. Shapes only; a calendar as it is written is in `forms.py`."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.calendars.service import Imported
from xiuhua.platform.web.times import Day, Moment

LimitKind = Literal[
    "urgent_minute", "urgent_hour", "urgent_day", "calendar_day", "work_minute", "work_hour", "work_day"
]
Code = Annotated[str, Field(max_length=48, examples=["office"])]


class Form(BaseModel):
    """Base of what comes in: unknown members are errors."""

    model_config = ConfigDict(extra="forbid")


class CalendarOut(BaseModel):
    """A calendar."""

    model_config = ConfigDict(from_attributes=True)

    code: Code
    name: str
    zone: str = Field(examples=["Asia/Shanghai"])
    digest: str = Field(description="of everything its deadlines depend on")
    follows_holidays: bool
    announced_through: int = Field(description="last year whose arrangement is known; later deadlines are provisional")
    roles: list[str] = Field(description="roles whose clocks follow it")
    versions: list[dict[str, Any]] = Field(description="`from`, `to` and the written form of each")


class CalendarIn(Form):
    """The hours of a calendar from a day on."""

    valid_from: Day
    calendar: dict[str, Any] = Field(description="as docs/how-to/calendars.md shows it; `code` is that of the path")


class CodesOut(BaseModel):
    """Which calendars changed."""

    changed: list[str]


class HolidayOut(BaseModel):
    """A day that an official arrangement changes."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    kind: Literal["holiday", "workday"]
    name: str = Field(examples=["国庆节"])


class HolidaysOut(BaseModel):
    """Days that arrangements change, and the years whose arrangement is known."""

    announced: list[int]
    days: list[HolidayOut]


class HolidayImportOut(BaseModel):
    """What an import of holidays came to, in days. Clocks that run are to be computed anew after it."""

    new: int
    changed: int
    unchanged: int
    withdrawn: int
    announced: list[int] = Field(description="years that this import announced for the first time")
    announced_through: int
    warnings: list[dict[str, Any]] = Field(description="row, field, why")

    @classmethod
    def of(cls, done: Imported) -> HolidayImportOut:
        """As it goes out."""
        return cls(
            new=done.new, changed=done.changed, unchanged=done.unchanged, withdrawn=done.withdrawn,
            announced=list(done.announced), announced_through=done.announced_through, warnings=list(done.warnings),
        )  # fmt: skip


class DeadlineIn(Form):
    """A limit and when it starts. The calendar is named, or is that of a role."""

    start: Moment = Field(examples=["2026-09-30T16:00:00+08:00"])
    amount: Annotated[Decimal, Field(ge=0, le=100_000, max_digits=12, decimal_places=3)] = Field(examples=["4"])
    kind: LimitKind = Field(examples=["work_hour"])
    role: Annotated[str | None, Field(max_length=48, examples=["handler"])] = None
    calendar: Annotated[str | None, Field(max_length=48)] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.role is None) == (self.calendar is None):
            raise ValueError("name either role or calendar")
        return self


class DeadlineOut(BaseModel):
    """When the limit is over."""

    due: datetime = Field(description="met as long as what is done is done at or before it")
    provisional: bool = Field(description="an arrangement of holidays still to be announced may move it")
    calendar: str
    digest: str = Field(description="of the calendar it was computed with")

    @classmethod
    def at(cls, zone: tzinfo, due: int, provisional: bool, calendar: WorkCalendar) -> DeadlineOut:
        """As the bureau's own clock shows it."""
        return cls(
            due=datetime.fromtimestamp(due, zone), provisional=provisional, calendar=calendar.code,
            digest=calendar.digest,
        )  # fmt: skip
