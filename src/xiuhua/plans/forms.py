"""What goes over HTTP about plans, rosters, campaigns and results. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.flow.model import State
from xiuhua.plans.duty import Board
from xiuhua.plans.model import Declared
from xiuhua.plans.progress import Cell, Sum, total
from xiuhua.plans.service import Progress
from xiuhua.platform.web import Day

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a unit, a person or an area is called."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
KeyAsked = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
"""What indexes find it by: they hold no longer ones."""
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
Share = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
_MOST_CELLS = 1000


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


# ---- plans


class TargetForm(Form):
    """Another target (of plans that have one) or frequency, for periods that begin on a day or later."""

    since: Day | None = Field(default=None, alias="from", description="default: first day of the running period")
    target: Amount | None = Field(default=None, examples=["800"])
    times: int | None = Field(default=None, ge=0, le=10_000)
    of: dict[Code, Amount] | None = Field(default=None, max_length=5000, description="target or frequency by key")
    why: str = Field(default="", max_length=2000)


class PartForm(Form):
    """How far a part of a task tree is."""

    share: Share = Field(description="percent")
    note: str = Field(default="", max_length=2000)


class SumOut(BaseModel):
    """Expected against done. Decimals are texts: nothing is rounded but the two shares, once, to two places."""

    expected: Decimal
    done: Decimal
    count: int = Field(description="deeds")
    cells: int = Field(description="keys times periods in which something was expected")
    over: int = Field(description="of these, those whose outcome is known: done, or over")
    met: int
    late: int = Field(description="done, but entered after the period and its days of grace")
    missed: int
    share: Decimal | None = Field(description="percent done of expected")
    on_time: Decimal | None = Field(description="percent of `over` that were done in time")

    @classmethod
    def of(cls, sum_: Sum) -> SumOut:
        """As it goes out."""
        return cls(
            expected=sum_.expected, done=sum_.done, count=sum_.count, cells=sum_.cells, over=sum_.over, met=sum_.met,
            late=sum_.late, missed=sum_.missed, share=sum_.share, on_time=sum_.on_time,
        )  # fmt: skip


class TargetOut(BaseModel):
    """A version of the targets."""

    since: date
    target: Decimal | None
    times: int | None
    of: dict[str, Decimal] | None
    why: str
    by: str


class PartOut(BaseModel):
    """A part of a task tree."""

    name: str
    title: Titled
    under: str | None
    plan: str | None
    due: str | None = Field(description="month and day of each year")
    share: Decimal = Field(description="percent; of what stands over others their mean")
    note: str
    follows: bool = Field(description="worked out from its parts or plan: nobody says it")


class ShiftOut(BaseModel):
    """Hours of a roster."""

    name: str
    title: Titled
    begin: str
    end: str
    need: int


class PlanOut(BaseModel):
    """A plan and how its running period stands."""

    name: str
    title: Titled
    pack: str = Field(description="digest of the version in force")
    every: str | None
    per: str | None
    unit: str | None = Field(description="unit of measure")
    by_quantity: bool = Field(description="quantities are added up; else deeds are counted")
    work_days: bool
    grace: int = Field(description="days after a period in which it may still be entered, on time")
    done_by: dict[str, str]
    unmeasured: list[str] = Field(description="kinds of `done_by` that nothing here measures")
    roster: bool
    shifts: list[ShiftOut]
    parts: list[PartOut]
    since: date | None = Field(description="from when periods are told; null: not yet in use")
    targets: list[TargetOut]
    version: int
    period: str | None = Field(description="the running one")
    running: SumOut
    may_keep: bool


class PeriodOut(BaseModel):
    """A period of a plan, or a key of it."""

    name: str
    title: str
    first: date
    last: date
    sum: SumOut


class CellOut(BaseModel):
    """A key in a period."""

    period: str
    first: date
    last: date
    key: str
    title: str
    expected: Decimal
    done: Decimal
    standing: str = Field(examples=["ahead", "running", "done", "late", "missed"])


class ProgressOut(BaseModel):
    """A plan over some whole periods."""

    plan: str
    first: date
    last: date
    total: SumOut
    periods: list[PeriodOut]
    keys: list[PeriodOut] = Field(description="those with the most missed periods first")
    missed: list[CellOut] = Field(description="the latest first, at most a thousand; `total` tells how many there are")
    unmeasured: list[str]


class DoneOut(BaseModel):
    """One thing that was done."""

    kind: str
    id: str
    title: str
    day: date
    key: str
    quantity: Decimal | None
    path: str | None


class PlanEventOut(BaseModel):
    """One step of a plan's history."""

    version: int
    type: str
    actor: str
    at: datetime
    payload: dict[str, Any]


# ---- rosters


class TurnForm(Form):
    """A person's turn: a shift of the roster, or hours of its own."""

    person: Code
    day: Text = Field(examples=["2026-03-02"], description="a row whose day is none is rejected alone")
    shift: Code | None = None
    begins: Text | None = Field(default=None, examples=["06:00"])
    ends: Text | None = Field(default=None, description="at or before `begins`: the next day")
    place: Code | None = Field(default=None, description="area or unit, where the roster is per area or unit")


class TurnsForm(Form):
    """Rows of a table, at most a thousand at once."""

    turns: list[TurnForm] = Field(min_length=1, max_length=1000)


class SwapForm(Form):
    """Another person takes the turn, or two turns change hands."""

    person: Code | None = None
    turn: Code | None = Field(default=None, description="id of the other turn")
    reason: Said


class ReasonForm(Form):
    """Why."""

    reason: Said


class PutOut(BaseModel):
    """What became of a row."""

    status: str = Field(examples=["new", "unchanged", "rejected"])
    id: str | None
    problems: list[dict[str, str]]


class RosterTurnOut(BaseModel):
    """A turn of a roster."""

    id: str
    person: str
    name: str
    day: date
    shift: str | None
    place: str
    place_title: str
    begins: datetime
    ends: datetime
    standing: str = Field(examples=["ahead", "on_time", "late", "absent", "running"])
    came: datetime | None
    late_min: int
    swaps: list[dict[str, str]] = Field(description="from, to, what the two are called, reason, by")


class GapOut(BaseModel):
    """Too few are planned."""

    place: str
    place_title: str
    shift: str | None
    begins: datetime
    ends: datetime
    have: int
    need: int


class OverlapOut(BaseModel):
    """A person is planned twice at a time."""

    person: str
    name: str
    turns: list[str]
    begins: datetime
    ends: datetime


class PresenceOut(BaseModel):
    """On duty without a turn."""

    person: str
    name: str
    begins: datetime
    ends: datetime


class RosterOut(BaseModel):
    """The roster of some days."""

    plan: str
    title: Titled
    first: date
    last: date
    shifts: list[ShiftOut]
    turns: list[RosterTurnOut]
    gaps: list[GapOut]
    overlaps: list[OverlapOut]
    unplanned: list[PresenceOut] = Field(description="people of this roster on duty at other times")
    may_keep: bool


# ---- campaigns


class GoalForm(Form):
    """What a campaign aims at."""

    title: Said
    kind: Code = Field(description="kind of thing that is counted", examples=["case"])
    target: int = Field(ge=1, le=1_000_000_000)


class CampaignForm(Form):
    """A campaign: days, areas, units, goals, and the rule by which things fall under it."""

    title: Title
    first: Day
    last: Day
    areas: list[Code] = Field(default_factory=list, max_length=200)
    units: list[Code] = Field(default_factory=list, max_length=200)
    kinds: list[Code] = Field(default_factory=lambda: ["case"], max_length=20, description="what it groups")
    names: dict[Code, list[Code]] = Field(
        default_factory=dict,
        max_length=20,
        examples=[{"ledger": ["street_order"]}],
        description="of a kind only these: ledgers, checklists, procedures, registers, kinds of documents",
    )
    categories: list[Code] = Field(default_factory=list, max_length=200, description="of cases: how theirs begin")
    tags: list[Code] = Field(default_factory=list, max_length=50, description="of cases: any of these")
    at: str = Field(default="opened", pattern=r"^(opened|filed|closed)$", description="moment of a case that counts")
    goals: list[GoalForm] = Field(default_factory=list, max_length=50)

    def given(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json")


class CampaignPatch(Form):
    """What shall be otherwise; the rest stays."""

    title: Title | None = None
    first: Day | None = None
    last: Day | None = None
    areas: list[Code] | None = Field(default=None, max_length=200)
    units: list[Code] | None = Field(default=None, max_length=200)
    kinds: list[Code] | None = Field(default=None, max_length=20)
    names: dict[Code, list[Code]] | None = Field(default=None, max_length=20)
    categories: list[Code] | None = Field(default=None, max_length=200)
    tags: list[Code] | None = Field(default=None, max_length=50)
    at: str | None = Field(default=None, pattern=r"^(opened|filed|closed)$")
    goals: list[GoalForm] | None = Field(default=None, max_length=50)

    def given(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json", exclude_none=True)


class PostForm(Form):
    """A line of the log."""

    text: Said
    photos: list[Code] = Field(default_factory=list, max_length=20, description="ids of media")


class LinkForm(Form):
    """Something that belongs to it."""

    kind: Code = Field(examples=["case"])
    id: Code


class CloseForm(Form):
    """The summary."""

    summary: Said


class CampaignPostOut(BaseModel):
    """A line of the log."""

    text: str
    photos: list[str]
    by: str
    name: str
    at: datetime


class CampaignLineOut(BaseModel):
    """A campaign in a list."""

    id: str
    title: str
    state: str = Field(examples=["open", "closed"])
    first: date
    last: date
    areas: list[str]
    units: list[str]
    version: int


class CampaignOut(CampaignLineOut):
    """A campaign with its figures: as they are now while it is open, as they were when it was closed."""

    kinds: list[str]
    names: dict[str, list[str]]
    categories: list[str]
    tags: list[str]
    at: str
    days: int
    counts: dict[str, dict[str, int | None]] = Field(
        description="kind → during, before, after: as many days each; null: not yet come"
    )
    goals: list[dict[str, Any]]
    links: list[dict[str, str]]
    posts: list[CampaignPostOut]
    summary: str | None
    labels: dict[str, str] = Field(description="what areas and units are called, by code")
    may_keep: bool


# ---- results


class ResultForm(Form):
    """A rank or score that somebody else decided."""

    title: Title = Field(examples=["污水处理提质增效攻坚行动"])
    issuer: Title = Field(examples=["省住建厅"])
    first: Day
    last: Day
    level: str | None = Field(default=None, max_length=60, description="province, city, district …")
    about: Code | None = Field(default=None, description="the area or unit ranked; null: the bureau")
    figure: str | None = Field(
        default=None,
        max_length=48,
        pattern=r"^[a-z][a-z0-9_]*$",
        description="the indicator told by others that it is a value of: rules look at it",
    )
    part: str = Field(default="lead", pattern=r"^(lead|partner)$", description="in the bureau's lead, or as a partner")
    value: Amount | None = None
    unit: str | None = Field(default=None, max_length=20)
    rank: int | None = Field(default=None, ge=1, le=100_000)
    of: int | None = Field(default=None, ge=1, le=100_000, description="how many were ranked")
    proof: list[Code] = Field(default_factory=list, max_length=20, description="ids of media")
    link: str | None = Field(default=None, max_length=500, pattern=r"^https?://[^\s\x00]+$")
    note: str = Field(default="", max_length=2000)

    def given(self) -> dict[str, Any]:
        """As it is kept; decimals as text."""
        return self.model_dump(mode="json")


class CorrectForm(ResultForm):
    """The result as it should read, and why."""

    why: Said

    def given(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json", exclude={"why"})


class ResultOut(BaseModel):
    """A result decided elsewhere. It was not computed here."""

    id: str
    state: str = Field(examples=["kept", "withdrawn"])
    version: int
    computed: bool = Field(default=False, description="always false: others decided it")
    title: str
    issuer: str
    first: date
    last: date
    level: str | None
    about: str | None
    about_title: str | None
    figure: str | None
    part: str
    value: Decimal | None
    unit: str | None
    rank: int | None
    of: int | None
    proof: list[str]
    link: str | None
    note: str


class DueOut(BaseModel):
    """Something that is due."""

    kind: str = Field(examples=["plan", "part", "case", "record", "proceeding", "round", "rectification", "document"])
    day: date
    title: str = Field(description="what it is called; empty: many, told by kind and count")
    titles: Titled | None = Field(description="of a part of a task tree: its title")
    count: int
    late: bool
    unit: str | None
    unit_title: str | None
    area: str | None
    person: str | None
    of: str | None = Field(description="name of the plan, register, procedure, checklist, kind of document")
    of_title: Titled | None
    at: int | None = Field(description="epoch seconds, where the moment matters")
    path: str | None


class WorkCalendarOut(BaseModel):
    """What is due in some days, by day."""

    first: date
    last: date
    items: list[DueOut]


# ---- as they go out


def plan(
    declared: Declared, state: State | None, version: int, progress: Progress, unmeasured: list[str],
    shares: Mapping[str, Decimal], period: str | None, *, keeps: bool,
) -> PlanOut:  # fmt: skip
    """A plan as it goes out."""
    held, data = declared.plan, (state or {"data": {}})["data"]
    said, above = data.get("parts", {}), {one.under for one in held.parts.values()}
    return PlanOut(
        name=declared.name, title=held.title.model_dump(), pack=declared.digest,
        every=held.every or ("year" if declared.every else None), per=held.per, unit=declared.unit,
        by_quantity=declared.by_quantity, work_days=held.work_days, grace=declared.grace,
        done_by=dict(held.done_by), unmeasured=unmeasured, roster=held.roster, shifts=shifts(declared),
        parts=[
            PartOut(
                name=name, title=one.title.model_dump(), under=one.under, plan=one.plan, due=one.due,
                share=round(shares[name], 2), note=said.get(name, {}).get("note", ""),
                follows=one.plan is not None or name in above,
            )
            for name, one in held.parts.items()
        ],
        since=data.get("since"), version=version, period=period, running=SumOut.of(progress.total), may_keep=keeps,
        targets=[
            TargetOut(
                since=one["from"], target=one.get("target"), times=one.get("times"), of=one.get("of"),
                why=one.get("why", ""), by=one.get("by", ""),
            )
            for one in data.get("targets", ())
        ],
    )  # fmt: skip


def shifts(declared: Declared) -> list[ShiftOut]:
    """The hours of a roster."""
    return [
        ShiftOut(name=name, title=one.title.model_dump(), begin=one.begin, end=one.end, need=one.need)
        for name, one in declared.plan.shifts.items()
    ]


def _swaps(state: State, names: Names) -> list[dict[str, str]]:
    return [
        {**one, "from_name": names(one["from"]) or one["from"], "to_name": names(one["to"]) or one["to"]}
        for one in state["data"].get("swaps") or ()
    ]


def progress(
    found: Progress, by_period: Mapping[str, list[Cell]], by_key: Mapping[str, list[Cell]], *, is_hidden: bool = False
) -> ProgressOut:
    """A plan over some days as it goes out. `is_hidden`: its keys are told as numbers only."""
    periods = [
        PeriodOut(
            name=name, title=name, first=some[0].period.first, last=some[0].period.last, sum=SumOut.of(total(some))
        )
        for name, some in by_period.items()
    ]
    keys = [
        PeriodOut(name=code, title=some[0].key.title, first=found.first, last=found.last, sum=SumOut.of(total(some)))
        for code, some in by_key.items()
    ]
    keys.sort(key=lambda one: (-one.sum.missed, one.sum.done - one.sum.expected, one.name))
    missed = [one for one in found.cells if one.expected and one.standing == "missed"]
    return ProgressOut(
        plan=found.declared.name, first=found.first, last=found.last, total=SumOut.of(found.total), periods=periods,
        keys=keys[:_MOST_CELLS], unmeasured=list(found.unmeasured),
        missed=[
            CellOut(
                period=one.period.name, first=one.period.first, last=one.period.last, key=one.key.code,
                title=one.key.title, expected=one.expected, done=one.done, standing=one.standing,
            )
            for one in reversed(missed[-_MOST_CELLS:])
            if not is_hidden
        ],
    )  # fmt: skip


def board(found: Board, first: date, last: date, names: Names, *, keeps: bool) -> RosterOut:
    """A roster as it goes out."""
    return RosterOut(
        plan=found.declared.name, title=found.declared.plan.title.model_dump(), first=first, last=last,
        shifts=shifts(found.declared), may_keep=keeps,
        turns=[
            RosterTurnOut(
                id=state["id"], person=one.turn.person, name=names(one.turn.person) or one.turn.person,
                day=state["data"]["day"], shift=one.turn.shift, place=one.turn.place,
                place_title=names(one.turn.place) or one.turn.place, begins=_moment(one.turn.begins),
                ends=_moment(one.turn.ends), standing=one.standing, late_min=one.late_min,
                came=None if one.came is None else _moment(one.came), swaps=_swaps(state, names),
            )
            for state, one in found.turns
        ],
        gaps=[
            GapOut(
                place=one.place, place_title=names(one.place) or one.place, shift=one.shift,
                begins=_moment(one.begins), ends=_moment(one.ends), have=one.have, need=one.need,
            )
            for one in found.gaps
        ],
        overlaps=[
            OverlapOut(
                person=one.person, name=names(one.person) or one.person, turns=[one.first, one.second],
                begins=_moment(one.begins), ends=_moment(one.ends),
            )
            for one in found.overlaps
        ],
        unplanned=[
            PresenceOut(
                person=one.person, name=names(one.person) or one.person, begins=_moment(one.begins),
                ends=_moment(one.ends),
            )
            for one in found.unplanned
        ],
    )  # fmt: skip


def campaign_line(state: State, version: int) -> CampaignLineOut:
    """A campaign in a list."""
    data = state["data"]
    return CampaignLineOut(
        id=state["id"], title=data["title"], state=state["state"], first=data["first"], last=data["last"],
        areas=data["areas"], units=data["units"], version=version,
    )  # fmt: skip


def campaign(state: State, version: int, figures: Mapping[str, Any], names: Names, *, keeps: bool) -> CampaignOut:
    """A campaign with all that is known of it."""
    data = state["data"]
    return CampaignOut(
        **campaign_line(state, version).model_dump(), kinds=data["kinds"], names=data.get("names") or {},
        categories=data["categories"],
        tags=data["tags"], at=data["at"], days=figures["days"], counts=figures["counts"], goals=figures["goals"],
        links=data["links"], summary=data.get("summary"), may_keep=keeps,
        posts=[
            CampaignPostOut(
                text=one["text"], photos=one["photos"], by=one["by"], name=names(one["by"]) or one["by"],
                at=_moment(one["at"]),
            )
            for one in reversed(data["posts"])
        ],
        labels={code: names(code) or code for code in [*data["areas"], *data["units"]]},
    )  # fmt: skip


def result(state: State, version: int, names: Names) -> ResultOut:
    """A result as it goes out."""
    data = state["data"]
    about = data.get("about")
    return ResultOut(
        id=state["id"], state=state["state"], version=version, about_title=names(about) if about else None,
        **{name: data.get(name) for name in ResultForm.model_fields},
    )  # fmt: skip


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
