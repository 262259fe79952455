"""A profile: what a play of the fictional district is like. YAML by a published schema; `docs/reference/profiles.md`.

Shares and weights are whole numbers, so that nothing depends on how a machine rounds.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from xiuhua.packs.common import Declaration, Title


def _a_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("no_such_day", "there is no such day") from error
    return text


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_a_day)]
"""A date, `2025-01-31`."""
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day in quotation marks, `"08:30"`."""
Weight = Annotated[int, Field(ge=0, le=1_000_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
MannerName = Literal["perfect", "late", "shirking"]


class Span(Declaration):
    """Days from the first to the last, both included."""

    first: Day = Field(description="first day")
    last: Day = Field(description="last day, included")

    def holds(self, day: str) -> bool:
        """Whether a day, written `2025-01-31`, is one of them."""
        return self.first <= day <= self.last


class Season(Declaration):
    """How the reports of the play spread over months, weekdays and hours; only the ratios count."""

    months: list[Weight] = Field(default=[1] * 12, min_length=12, max_length=12, description="January to December")
    weekdays: list[Weight] = Field(
        default=[4, 4, 4, 4, 4, 3, 3], min_length=7, max_length=7, description="Monday to Sunday"
    )
    hours: list[Weight] = Field(
        default=[1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 11, 8, 6, 7, 9, 10, 10, 9, 7, 6, 5, 4, 2, 1],
        min_length=24, max_length=24, description="the hour from 0 to the hour from 23",
    )  # fmt: skip


class Burst(Declaration):
    """Days on which much more comes in than usual."""

    name: str = Field(min_length=1, description="what it is: snow, a festival, a wave of calls")
    days: list[Span] = Field(default=[], description="when; not needed where a rule says it")
    month_days: list[Annotated[int, Field(ge=1, le=31)]] = Field(default=[], description="these days of every month")
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field(default=[], description="every Monday (1) to Sunday (7)")
    percent: Annotated[int, Field(ge=1, le=5000)] = Field(description="of a usual day; 300 is three times as much")
    categories: dict[str, Weight] = Field(
        default={}, description="what the added reports are about: category to weight; as usual when not given"
    )
    sources: dict[str, Weight] = Field(default={}, description="where they come from: source to weight")

    def holds(self, day: date) -> bool:
        """Whether it is on that day."""
        named = any(one.holds(day.isoformat()) for one in self.days)
        return named or day.day in self.month_days or day.isoweekday() in self.weekdays


class Shift(Declaration):
    """People who work at the same hours, every day."""

    first: Time = Field(description="when it begins")
    last: Time = Field(description="when it ends; earlier than the beginning: on the next day")
    people: Annotated[int, Field(ge=0, le=500)] = Field(description="how many, in each unit that has the role")


class Staff(Declaration):
    """How many people hold a role; where nothing is said there are always enough."""

    role: str = Field(min_length=1, description="the role")
    shifts: list[Shift] = Field(min_length=1, description="when and how many")
    minutes: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="minutes one of them works on one thing; the district's own when not given"
    )


class Absence(Declaration):
    """Days on which people of a role are not there."""

    role: str = Field(min_length=1, description="the role")
    days: Span = Field(description="when")
    people: Annotated[int, Field(ge=1, le=500)] = Field(description="how many of each shift are missing")


class Manners(Declaration):
    """How units behave."""

    manner: MannerName = Field(description="`perfect`: at once, right and never back; `late`; `shirking`")
    units: list[str] = Field(default=[], description="which units")
    percent: Percent = Field(default=0, description="or so many of all units of the district, drawn by the seed")
    slow: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="percent of the usual time to receive and to handle"
    )
    wrong_returns: Percent | None = Field(default=None, description="percent of dispatches sent back without reason")
    false_hand_backs: Percent | None = Field(default=None, description="percent handed back with nothing done")


class Adversary(Declaration):
    """Somebody who does not mean well, or does not care."""

    kind: Literal["flooding", "wrong_places", "false_duplicates"] = Field(
        description="`flooding`: one person, the same again and again; `wrong_places`: points outside the city;"
        " `false_duplicates`: what looks like another's report and is not"
    )
    days: Span = Field(description="when")
    per_day: Annotated[int, Field(ge=1, le=20_000)] = Field(description="how many reports a day")
    source: str = Field(default="public", description="where they come from")
    way: Literal["same_place_other_matter", "same_text_other_place"] | None = Field(
        default=None, description="of false duplicates; both in turn when not given"
    )


class Profile(Declaration):
    """One play."""

    title: Title = Field(description="what it plays")
    first_day: Day = Field(description="the day it begins; its year is the year of reports made of it")
    days: Annotated[int, Field(ge=1, le=400)] = Field(description="how many days")
    cases: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        description="about so many cases in all, without bursts and adversaries"
    )
    seed: int = Field(default=1, description="the same seed gives the same play")
    over_http: bool = Field(default=False, description="whether a sample of every action goes over HTTP as well")
    lines: bool = Field(default=False, description="whether the lines of business are played beside the cases")
    season: Season = Field(default=Season(), description="when reports come")
    bursts: list[Burst] = Field(default=[], description="days with much more")
    staffing: list[Staff] = Field(default=[], description="how many people there are")
    absences: list[Absence] = Field(default=[], description="when people are missing")
    units: list[Manners] = Field(default=[], description="how units behave; the ordinary way when not named")
    adversaries: list[Adversary] = Field(default=[], description="who makes it harder")

    @property
    def year(self) -> int:
        """The year it is about."""
        return int(self.first_day[:4])
