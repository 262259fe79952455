"""A line of business as the fictional district lives it: a YAML file of `declared/`. No line has code of its own.

Names of registers, ledgers, checklists, procedures, plans, kinds of document and figures are those of the packs. What
is drawn anew each time is a `Value` (`drawing.py`). Shares are percent; spans are two whole numbers, both included.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from xiuhua.packs.common import Declaration, Expression, Name, Title
from xiuhua.simulate.lines.drawing import checked
from xiuhua.simulate.profile import Percent

Portion = Annotated[int, Field(ge=0, le=1000)]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]
Value = Annotated[Any, AfterValidator(checked)]
Values = dict[Name, Value]


class When(Declaration):
    """On which days something comes round, how often on each, and between which hours."""

    every: Literal["day", "week", "month"]
    on: list[int] = Field(default=[1], description="weekdays 1 to 7, or days of the month; each day of `day`")
    months: list[int] = Field(default=[], description="only in these months")
    first: int | None = Field(default=None, description="the first time, as a day of the play that begins with 0")
    times: Span = Field(default=[1, 1])
    hours: Span = Field(default=[9, 17])


class Step(Declaration):
    """What may become of a record in a state."""

    to: Name
    days: Span = Field(description="after so many days")
    share: Percent = 100
    fields: Values = Field(default={})
    why: Value = None


class Asked(Declaration):
    """Changes of records that collectors ask for."""

    when: When
    fields: Values
    why: Value
    refused: Percent = 15


class Things(Declaration):
    """The records of a register."""

    of: Name = Field(description="the register")
    count: int = Field(ge=0, description="there from the beginning")
    more: When | None = Field(default=None, description="when others are added")
    fields: Values
    life: dict[Name, list[Step]] = Field(default={}, description="state → what may come of it, the likeliest first")
    asked: Asked | None = None


class Store(Declaration):
    """A store that is filled up before it is empty."""

    filled: int = Field(gt=0, description="what comes in at a time")
    least: int = Field(ge=0, description="below which it is filled up")


class TimesBy(Declaration):
    """How often, by a field of the thing."""

    field: Name
    of: dict[str, int]


class Entries(Declaration):
    """Entries of a ledger."""

    ledger: Name
    when: When
    of: Name | None = Field(default=None, description="for the things of this register")
    per: Name | None = Field(default=None, description="for the areas of this kind, at a place in each")
    share: Percent = Field(default=100, description="of the things or areas, on a day")
    times_by: TimesBy | None = None
    quantity: Value
    unit: Value = Field(default=None, description="whose work it is; else the unit that answers for the thing")
    fields: Values = Field(default={})
    place: bool = Field(default=False, description="lies somewhere in the district")
    store: Store | None = Field(default=None, description="of a balance: what goes out, and comes in")


class Rounds(Declaration):
    """Rounds of a checklist."""

    checklist: Name
    title: Value
    when: When
    days: int = Field(ge=1, description="time for the round")
    draw: int | None = None
    each: int = Field(default=0, description="inspectors drawn for each thing")
    units: list[str] = Field(default=[], description="of a checklist for units: which; for areas: whose each is")
    by: Name = "supervisor"
    inspectors: list[Name] = Field(default=["supervisor", "appraiser"])
    left_out: Percent = Field(default=4, description="of the things that nobody gets to")
    fails: Portion = Field(default=100, description="percent of the usual share of items that fail")


class Checks(Declaration):
    """Inspections outside of rounds."""

    checklist: Name
    when: When
    inspectors: list[Name] = Field(default=["supervisor", "collector"])
    unit: Value = None
    called: Value = Field(default=None, description="what a place is called")
    fails: Portion = 100


class Begins(Declaration):
    """How proceedings of a procedure begin."""

    when: When
    by: Name = Field(description="the role of who begins it")
    unit: Value = Field(default=None, description="at whose desk, of a unit's own")
    action: Name | None = None
    fields: Values = Field(default={})
    about: Name | None = Field(default=None, description="a thing of this register")
    parent: Name | None = Field(default=None, description="a child of the newest of this procedure that is open")


class Does(Declaration):
    """What somebody does with a proceeding in a state, or with an instance of a track (`track.state`)."""

    action: Name
    hours: Span = Field(default=[1, 8], description="of work, after it came there")
    of_due: Span | None = Field(default=None, description="instead: percent of the time until it is due")
    share: int = Field(default=1, ge=1, description="how likely, beside the others that may be done")
    when: Expression | None = Field(default=None, description="over the subject, `item` and `now`")
    by: Name | None = Field(default=None, description="a role that does it unasked")
    misses: bool = Field(default=False, description="those who are careless never get to it")
    careless: Portion = Field(default=100, description="percent of how often people are careless, or late")
    fields: Values = Field(default={})
    reason: Value = None


class Runs(Declaration):
    """How proceedings of a procedure begin and go on."""

    begins: list[Begins] = Field(default=[])
    does: dict[str, list[Does]] = Field(default={})


class Target(Declaration):
    """What is aimed at in the district, where the pack says otherwise."""

    plan: Name
    target: str | None = None
    times: int | None = None
    why: Value = ""


class Part(Declaration):
    """A part of a task tree that people say how far it is."""

    plan: Name
    part: Name
    when: When
    points: Span = Field(description="percent more each time")


class Roster(Declaration):
    """Turns of duty."""

    plan: Name
    role: Name
    units: list[str] = Field(default=[], description="only people of these units")
    absent: Percent = 2
    late: Percent = 6
    hands_over: Percent = Field(default=0, description="how often whoever goes hands over")


class Papers(Declaration):
    """Documents of a kind."""

    kind: Name
    when: When
    by: Name = "unit_officer"
    title: Value
    text: Value
    fields: Values = Field(default={})
    items: Span = Field(default=[0, 0])
    item: Values = Field(default={})
    sent_back: Percent = 12
    revised: Percent = 0
    revoked: Percent = 0


class Result(Declaration):
    """A rank or score that others decide."""

    title: Value
    issuer: Value
    when: When
    days: int = Field(ge=1, description="before it, that it is about")
    level: str | None = None
    about: Value = None
    value: Value = None
    unit: str | None = None
    rank: Span | None = None
    of: int | None = None


class Goal(Declaration):
    """What a campaign aims at."""

    title: str
    kind: Name
    target: int


class Campaign(Declaration):
    """A campaign: days over all kinds."""

    title: Value
    when: When
    days: int = Field(ge=1)
    kinds: list[Name]
    categories: list[str] = Field(default=[])
    units: list[str] = Field(default=[])
    goals: list[Goal] = Field(default=[])
    posts: Value = Field(description="a line of its log, every few days")
    links: list[Name] = Field(default=[], description="kinds of which the newest are linked: inspection, proceeding")
    summary: Value


class Figure(Declaration):
    """A figure that people tell, of each thing of a register."""

    figure: Name
    by: Name = Field(description="the register whose things it is told of, by key")
    when: When
    every: Literal["month", "quarter", "year"] = "month"
    value: Value
    back: int = Field(default=0, ge=0, description="months before the play that are told on its first day")


class Line(Declaration):
    """One line of business."""

    title: Title
    packs: list[str] = Field(min_length=1)
    things: list[Things] = Field(default=[])
    entries: list[Entries] = Field(default=[])
    rounds: list[Rounds] = Field(default=[])
    checks: list[Checks] = Field(default=[])
    procedures: dict[Name, Runs] = Field(default={})
    targets: list[Target] = Field(default=[])
    parts: list[Part] = Field(default=[])
    rosters: list[Roster] = Field(default=[])
    papers: list[Papers] = Field(default=[])
    results: list[Result] = Field(default=[])
    campaigns: list[Campaign] = Field(default=[])
    figures: list[Figure] = Field(default=[])
