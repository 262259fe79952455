"""Seven of the kinds of a pack. Their grammar is fixed here; their rooms bring them to life one by one."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from xiuhua.packs.common import Amount, Declaration, Expression, FieldSpec, Name, Title

Span = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,4} (s|min|h|(day|week|month|year)s?)$")]
RULE_ON: Final = (
    r"^(?:(position|reading) of ([a-z]\w*)|event (?:([a-z]\w*)\.)?([A-Z]\w*)"
    r"|figure ([a-z]\w*) by (day|week|month|quarter|year)|date ([a-z]\w*)\.([a-z]\w*)|plan ([a-z]\w*))$"
)
Signed = int | Annotated[str, StringConstraints(pattern=r"^-?\d{1,9}(\.\d{1,6})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
FigureId = Annotated[str, StringConstraints(pattern=r"^F\d{3}$")]
NUMBER_PART: Final = re.compile(r"\{([^{}]*)\}")
NUMBER_NAMES: Final = re.compile(r"year|city|n(?::0[1-9])?")
"""What the pattern of a document's number may name."""
PRINTED: Final = frozenset({
    "title", "number", "kind", "issuer", "date", "since", "until", "text", "items", "attachments",
})  # fmt: skip
"""What a document's template may name besides its declared fields."""
RECORD_EVENTS: Final = frozenset({
    "RecordAdded", "RecordChanged", "RecordMoved", "RecordMerged", "RecordTakenOver", "ChangeRequested",
    "ChangeRequestApproved", "ChangeRequestRefused", "ChangeRequestWithdrawn", "ExpiryWarned", "RecordExpired",
})  # fmt: skip
"""What happens to records of any register, as notices and rules name it."""
ROOM_EVENTS: Final = {
    **dict.fromkeys(RECORD_EVENTS, ("registers", "record")),
    **dict.fromkeys(("EntryMade", "CounterEntryMade", "StockTaken"), ("ledgers", "entry")),
    **dict.fromkeys(
        ("InspectionFinished", "RectificationDone", "RectificationLate", "RecheckPassed", "RecheckFailed"),
        ("checklists", "inspection"),
    ),
}  # fmt: skip
"""What happens in rooms that run no procedures, as rules name it → what declares its subject, the subject's name."""
PLAN_EVENTS: Final = frozenset({"PlanMissed"})
"""What happens to plans, as notices name it."""
Limit = Annotated[
    str,
    StringConstraints(
        pattern=r"^[1-9]\d{0,3} (urgent_minute|urgent_hour|urgent_day|work_minute|work_hour|work_day|calendar_day)$"
    ),
]
"""How long, as the limits of cases are counted: `3 work_day`."""
Cites = Annotated[list[str], Field(default_factory=list, description="mechanisms it serves, S001 …")]


class Total(Declaration):
    """What a field of records that refer to this one adds up to."""

    title: Title
    of: Name = Field(description="the register whose records refer to this one")
    by: Name = Field(description="the field by which they do: a ref to this register")
    sum: Name = Field(description="the field of theirs that is added up: integer, decimal or money")
    states: list[Name] = Field(default_factory=list, description="only of those in one of these states; default: all")


class Figure(Declaration):
    """What follows from a record and its totals."""

    title: Title
    value: Expression = Field(description="over `record` and `totals`")


class Demand(Declaration):
    """What must hold of a record and its totals."""

    title: Title
    that: Expression = Field(description="over `record` and `totals`")
    refuse: bool = Field(default=False, description="refuse what would break it; else it is shown")


class Stretch(Declaration):
    """From one metre of a line to another."""

    from_: Name = Field(alias="from", description="the number field of where it begins, metres from the line's start")
    to: Name = Field(description="the number field of where it ends")


class Along(Stretch):
    """Stretches of lines: what is told of a road from one metre to another."""

    line: Name = Field(description="the ref field that names the line")


class Register(Declaration):
    """A kind of thing and all its records."""

    title: Title
    key: Name = Field(description="the field that names a record in the world")
    called: Name | None = Field(default=None, description="the text field that people call it by; default: the key")
    fields: dict[Name, FieldSpec] = Field(min_length=1, description="what is kept of each")
    columns: list[Name] = Field(default_factory=list, description="fields shown in a list; default: the first five")
    geometry: Literal["none", "point", "line", "polygon"] = Field(default="none", description="its shape on the map")
    states: dict[Name, list[Name]] = Field(default_factory=dict, description="state → states it may go to")
    titles: dict[Name, Title] = Field(default_factory=dict, description="titles of the states")
    duty: dict[Literal["regulate", "handle", "enforce", "maintain"], str] = Field(
        default_factory=dict, description="who answers for it: `by-area`, or a field of the record"
    )
    expires: Name | None = Field(default=None, description="the date field after whose day it is valid no longer")
    valid_in: list[Name] = Field(
        default_factory=list, description="states in which a record is valid; default: the first"
    )
    warn: int = Field(default=30, ge=0, le=730, description="days before that, at which it is told that it will expire")
    totals: dict[Name, Total] = Field(
        default_factory=dict, description="sums over the records that refer to one, worked out when it is read"
    )
    figures: dict[Name, Figure] = Field(default_factory=dict, description="values over a record and its totals")
    demands: dict[Name, Demand] = Field(default_factory=dict, description="what must hold of a record and its totals")
    sensitivity: Literal["open", "inner", "counts_only"] = Field(
        default="inner", description="who may see its records: everybody, the bureau, only their number"
    )
    along: Along | None = Field(
        default=None, description="its records are stretches of lines; metres are counted once where they overlap"
    )
    cites: Cites


class EntersOn(Declaration):
    """An entry made of what a procedure came to, in the same step."""

    on: Annotated[str, StringConstraints(pattern=r"^[a-z]\w*\.[A-Z]\w*$")] = Field(
        description="procedure and event: `city_case.CaseClosed`; once for each subject, however often it happens"
    )
    when: Expression | None = Field(default=None, description="of which of them")
    quantity: Expression = Field(description="how much, in the ledger's unit; null or zero: nothing is entered")
    thing: Expression | None = Field(default=None, description="key of the thing it is about")
    of_unit: Expression | None = Field(default=None, description="whose work it is")
    fields: dict[Name, Expression] = Field(default_factory=dict, description="fields of the ledger")


class Ledger(Declaration):
    """Dated entries of what was done; a balance is one that must never be negative."""

    title: Title
    fields: dict[Name, FieldSpec] = Field(min_length=1, description="what an entry holds besides date, place, quantity")
    quantity: str = Field(description="unit of measure of an entry, e.g. m², t, times")
    balance: bool = Field(default=False, description="a store: counted, and never negative")
    of: Name | None = Field(default=None, description="the register whose things it is about")
    store: list[Name] = Field(
        default_factory=list, description="of a balance: needed fields that, with the thing, name a store"
    )
    from_: list[EntersOn] = Field(
        default_factory=list, alias="from", description="entries made by themselves: of closed cases, of work orders"
    )
    along: Stretch | None = Field(
        default=None, description="an entry tells of a stretch of its thing, a line: shown on it"
    )
    cites: Cites


class Choice(Declaration):
    """One of the answers to choose from."""

    title: Title
    score: Amount = Field(default=0, description="its points")
    fails: bool = Field(default=False, description="the item fails with it")


class ChecklistItem(Declaration):
    """One thing to look at."""

    title: Title
    score: Amount = Field(default=0, description="full points")
    deduct: Amount = Field(default=0, description="points per finding; none: one finding takes all points")
    most: Amount | None = Field(default=None, description="cap of the deduction; default: its full points")
    choices: dict[Name, Choice] = Field(
        default_factory=dict, description="answers to choose from instead of findings to count; the best is full points"
    )
    photo: bool = Field(default=False, description="a finding needs a photo")
    photo_after: bool = Field(default=False, description="so does its being put right")
    evidence: bool = Field(default=False, description="needs a note or a photo, also where nothing is wrong")
    may_not_apply: bool = Field(default=False, description="may be left out of both sides where it does not apply")
    rectify: bool = Field(default=True, description="must be put right when it fails, where the checklist gives time")
    on_fail: Name | None = Field(default=None, description="the procedure a failed item starts")


class Band(Declaration):
    """A grade: from so many points on."""

    title: Title
    at_least: Amount = Field(description="the least score that has it")


class Party(Declaration):
    """One of several who score the same thing."""

    title: Title
    weight: Amount = Field(description="how much its mean counts, in the proportion of all")
    roles: list[Name] = Field(default_factory=list, description="who inspects for it; none: whoever may inspect")
    own: bool = Field(default=False, description="the unit itself; of all others nobody inspects their own unit")


class Checklist(Declaration):
    """Items, scores, deductions, and what follows a failed item."""

    title: Title
    of: Name | None = Field(
        default=None, description="what is inspected: a register, an area kind (`street`) or `unit`; none: a place"
    )
    items: dict[Name, ChecklistItem] = Field(min_length=1, description="in the order of the walk")
    base: Amount = Field(default=0, description="points that are there before any item's")
    scale: Amount | None = Field(default=None, description="the score of full points; default: the points themselves")
    decimals: int = Field(default=2, ge=0, le=6, description="decimal places of a scaled score, half up")
    bands: dict[Name, Band] = Field(default_factory=dict, description="grades by score")
    red: Amount | None = Field(default=None, description="from this score on a thing is on the red list")
    black: Amount | None = Field(default=None, description="below this score it is on the black list")
    own: bool = Field(default=False, description="a self-assessment: the unit inspects itself")
    rectify_within: Limit | None = Field(default=None, description="time to put failed items right, e.g. `3 work_day`")
    points_back: int = Field(
        default=0, ge=0, le=100, description="percent of an item's deduction given back once its recheck has passed"
    )
    parties: dict[Name, Party] = Field(default_factory=dict, description="who scores the same thing, by weight")
    missing: Literal["leave_out", "wait"] = Field(
        default="leave_out", description="a party that has not scored: the others count for all, or there is no score"
    )
    ties: Literal["gaps", "dense"] = Field(
        default="gaps", description="ranks of equal scores: 1, 2, 2, 4 (gaps) or 1, 2, 2, 3 (dense)"
    )
    cites: Cites


class TimesBy(Declaration):
    """How often, by a field of the record that a plan is `per`."""

    field: Name = Field(description="a choice of the register")
    of: dict[str, Annotated[int, Field(ge=0)]] = Field(min_length=1, description="value → how often; 0: not at all")


class CasesCounted(Declaration):
    """Which cases count as done."""

    at: Literal["opened", "filed", "closed"] = Field(default="closed", description="the moment that makes one count")
    category: str | None = Field(default=None, min_length=1, description="how their category begins")


class Shift(Declaration):
    """Hours of duty; an end that is not after the begin is on the next day."""

    title: Title
    begin: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = Field(
        alias="from", description="local time, e.g. 06:00"
    )
    end: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = Field(
        alias="to", description="local time; 00:00 is midnight"
    )
    need: int = Field(default=1, ge=0, le=1000, description="people that must be there")


class PlanPart(Declaration):
    """A part of a task tree."""

    title: Title
    under: Name | None = Field(default=None, description="the part that it belongs to")
    plan: Name | None = Field(default=None, description="the plan that tells how far it is; else people say so")
    due: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] | None = Field(
        default=None, description="month and day of each year"
    )


class Plan(Declaration):
    """What is expected, and what counts as its being done."""

    title: Title
    every: Span | Literal["day", "week", "month", "quarter", "year"] | None = Field(
        default=None, description="how often it comes round, days or longer; with a target: a year"
    )
    times: int = Field(default=1, ge=1, description="how often in that span")
    times_by: TimesBy | None = Field(default=None, description="how often by grade; `times` for all other values")
    per: Name | None = Field(default=None, description="for each of these: area kind, register, unit, person")
    states: list[Name] = Field(default_factory=list, description="records in these states only")
    work_days: bool = Field(default=False, description="only days of work count; a span without one expects nothing")
    grace: Span | None = Field(default=None, description="days after its end that it may still be entered, on time")
    target: Expression | None = Field(default=None, description="quantity aimed at over the period")
    unit: str | None = Field(default=None, description="what the target is measured in")
    done_by: dict[
        Literal["ledger", "case", "inspection", "coverage", "handover", "document", "proceeding", "register"], Name
    ] = Field(description="what counts as done")
    cases: CasesCounted | None = Field(default=None, description="which cases, where they are what counts")
    roster: bool = Field(default=False, description="names people and hours")
    shifts: dict[Name, Shift] = Field(default_factory=dict, description="of a roster: hours that must be filled")
    parts: dict[Name, PlanPart] = Field(default_factory=dict, description="of a task tree")
    cites: Cites


class Lead(Declaration):
    """What a machine's finding becomes for a person to confirm."""

    category: str = Field(description="`standard/kind/code`")
    evidence: list[str] = Field(default_factory=list, description="what is shown with it")


class Raises(Declaration):
    """What a rule does; a person decides what comes of it."""

    alarm: Name | None = Field(default=None, description="an alarm of this name")
    task: Name | None = Field(
        default=None, description="a task of this name; where a procedure is called so, it begins"
    )
    fields: dict[Name, Expression] = Field(
        default_factory=dict, description="of that procedure: what its form holds, from what the rule sees"
    )
    change: dict[Name, Expression] | None = Field(
        default=None, description="asked of who keeps the record: fields, or `state`, and their values"
    )
    thing: dict[Name, Expression] = Field(
        default_factory=dict, description="whose record is to be changed: register and key; of a date the record itself"
    )
    notice: Title | None = Field(default=None, description="what those in the role `to` are told")
    to: Name | None = Field(default=None, description="the role or office that gets it")
    severity: Literal["low", "medium", "high"] = Field(default="medium", description="of the alarm")
    one_per: list[str] = Field(default_factory=list, description="at most one open for each of these")


class Rule(Declaration):
    """On anything that happens or is due: a position, reading, event, figure or date."""

    title: Title
    on: Annotated[str, StringConstraints(pattern=RULE_ON)] = Field(
        description="`position of truck`, `reading of sensor`, `event Dispatched` or `event city_case.Dispatched`,"
        " `figure score by month`, `date permit.expires`, `plan night_check`"
    )
    when: Expression = Field(description="the condition")
    for_: Span | None = Field(default=None, alias="for", description="how long it must hold")
    times: int = Field(default=1, ge=1, le=1000, description="of an event: how often for the same")
    within: Span | None = Field(default=None, description="of an event: in which span so often")
    raises: Raises = Field(description="what comes of it")
    lead: Lead | None = Field(default=None, description="what a person is asked to confirm")
    cites: Cites


class Counted(Declaration):
    """How many records there are, how many different ones, or what they add up to."""

    of: Annotated[str, StringConstraints(pattern=r"^[a-z]\w*(\.[a-z]\w*)?$")] = Field(
        description="a subject (`case`), its legs or clock runs (`case.leg`, `case.run`), its track (`case.extension`),"
        " a register, ledger, checklist, kind of document or plan"
    )
    where: Expression | None = Field(default=None, description="which of them; the record bears the name in `of`")
    sum: Expression | None = Field(default=None, description="add this up, a whole number or decimal, instead of 1")
    distinct: Expression | None = Field(default=None, description="count how many different values this has")
    also: list[Counted] = Field(default_factory=list, description="what is counted besides and added to it")


class Indicator(Declaration):
    """A named, versioned formula over records."""

    title: Title
    unit: str = Field(default="%", description="what it is measured in")
    told: bool = Field(default=False, description="no formula: its values are told by people or another system")
    count: Counted | None = Field(default=None, description="of a plain figure")
    numerator: Counted | None = Field(default=None, description="of a rate; divided once, at the very end")
    denominator: Counted | None = Field(default=None, description="what is below the line")
    period: Literal["reported", "filed", "due", "closed", "at", "end"] = Field(
        description="which moment must lie in the period; `at`: the record's own date; `end`: as of the last day"
    )
    date: Name | None = Field(
        default=None, description="with `at` and `due`, of a register: which of its dates; default: when it was added"
    )
    by: list[Name] = Field(default_factory=list, description="dimensions")
    decimals: int = Field(default=2, ge=0, le=6, description="decimal places shown")
    rounding: Literal["half_up", "half_even", "down"] = Field(default="half_up", description="how the last is rounded")
    better: Literal["higher", "lower"] | None = Field(default=None, description="which way is better, where one is")
    version: int = Field(default=1, ge=1, description="raised when the formula changes")
    since: Day | None = Field(default=None, description="the first day of periods that it is for")
    until: Day | None = Field(default=None, description="the last day of periods that it is for")
    law: str | None = Field(default=None, description="law or standard it follows")
    source: str | None = Field(default=None, description="where the formula was found, and how sure it is")
    figures: list[FigureId] = Field(default_factory=list, description="figures of annual reports it gives, F001 …")
    cites: Cites


class ScoreBand(Declaration):
    """Points of values up to one."""

    up_to: Signed | None = Field(default=None, description="the largest value that has them; none: all above")
    score: Amount = Field(description="the points")


class AppraisalPart(Declaration):
    """One indicator of an appraisal, and what it is worth."""

    indicator: Name = Field(description="whose value is scored")
    weight: Amount = Field(description="how much its score counts, in the proportion of all")
    score: Literal["value", "inverse", "bands"] = Field(
        default="value", description="the value itself, a hundred less the value, or points by bands; 0 to 100"
    )
    bands: list[ScoreBand] = Field(default_factory=list, description="from the smallest value on")
    groups: dict[str, list[ScoreBand]] = Field(
        default_factory=dict, description="other bands for a group of those appraised"
    )


class Grade(Declaration):
    """What a score is called."""

    title: Title
    at_least: Amount = Field(description="the least score that has it")
    colour: Literal["green", "blue", "yellow", "red", "black"] | None = Field(
        default=None, description="as it is shown"
    )


class Appraisal(Declaration):
    """Scores of units, people or areas over a period, by weighed indicators."""

    title: Title
    of: Name = Field(description="who is appraised: a dimension that all of its indicators have")
    every: Literal["week", "month", "quarter", "year"] = Field(default="month", description="its usual period")
    parts: dict[Name, AppraisalPart] = Field(min_length=1, description="what makes the score")
    grades: dict[Name, Grade] = Field(default_factory=dict, description="grades by score")
    groups: dict[str, list[str]] = Field(default_factory=dict, description="those appraised by groups, for their bands")
    exclude: list[str] = Field(default_factory=list, description="who is not appraised")
    missing: Literal["leave_out", "full", "zero", "wait"] = Field(
        default="leave_out",
        description="a part without a value: the others count for all, full points, none, or there is no score",
    )
    decimals: int = Field(default=2, ge=0, le=6, description="decimal places of scores, half up")
    ties: Literal["gaps", "dense"] = Field(
        default="gaps", description="ranks of equal scores: 1, 2, 2, 4 or 1, 2, 2, 3"
    )
    version: int = Field(default=1, ge=1, description="raised when weights, bands or grades change")
    since: Day | None = Field(default=None, description="the first day of periods that it is for")
    until: Day | None = Field(default=None, description="the last day of periods that it is for")
    source: str | None = Field(default=None, description="where it was found, and how sure it is")
    cites: Cites


class Document(Declaration):
    """Numbered, versioned, approved, published texts."""

    title: Title
    number: str = Field(description="pattern of the number, e.g. `城管发〔{year}〕{n}号`, `{n:03}`; without gaps")
    series: Name | None = Field(
        default=None, description="documents of one series are numbered together; default: each kind by itself"
    )
    template: str | None = Field(default=None, description="an HTML file in `templates/`; default: the official layout")
    fields: dict[Name, FieldSpec] = Field(default_factory=dict, description="what is filled in besides title and text")
    items: bool = Field(default=False, description="gathers items, as a bulletin does")
    approved_by: list[Name] = Field(default_factory=list, description="roles, one after the other")
    valid_for: Span | None = Field(default=None, description="how long it is in force")
    warn: int = Field(default=30, ge=0, le=730, description="days before its last day at which its author is told")
    sensitivity: Literal["open", "inner"] = Field(
        default="inner", description="who may see it once it is published: everybody, the bureau"
    )
    figures: list[Name] = Field(default_factory=list, description="indicators it quotes")
    cites: Cites
