"""Seven of the kinds of a pack. Their grammar is fixed here; their rooms bring them to life one by one."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from xiuhua.packs.common import Amount, Declaration, Expression, FieldSpec, Name, Title

Span = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,4} (s|min|h|(day|week|month|year)s?)$")]
RULE_ON: Final = (
    r"^(?:(position|reading) of ([a-z]\w*)|event (?:([a-z]\w*)\.)?([A-Z]\w*)"
    r"|figure ([a-z]\w*) by (day|week|month|quarter|year)|date ([a-z]\w*)\.([a-z]\w*)|plan ([a-z]\w*))$"
)
Cites = Annotated[list[str], Field(default_factory=list, description="mechanisms it serves, S001 …")]


class Along(Declaration):
    """Stretches of lines: what is told of a road from one metre to another."""

    line: Name = Field(description="the ref field that names the line")
    from_: Name = Field(alias="from", description="the number field of where it begins, metres from the line's start")
    to: Name = Field(description="the number field of where it ends")


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
    warn: int = Field(default=30, ge=0, le=730, description="days before that, at which it is told that it will expire")
    sensitivity: Literal["open", "inner", "counts_only"] = Field(
        default="inner", description="who may see its records: everybody, the bureau, only their number"
    )
    along: Along | None = Field(
        default=None, description="its records are stretches of lines; metres are counted once where they overlap"
    )
    cites: Cites


class Ledger(Declaration):
    """Dated entries of what was done; a balance is one that must never be negative."""

    title: Title
    fields: dict[Name, FieldSpec] = Field(min_length=1, description="what an entry holds besides date, place, quantity")
    quantity: str = Field(description="unit of measure of an entry, e.g. m², t, times")
    balance: bool = Field(default=False, description="a store: counted, and never negative")
    of: Name | None = Field(default=None, description="the register whose things it is about")
    cites: Cites


class ChecklistItem(Declaration):
    """One thing to look at."""

    title: Title
    score: Amount = Field(default=0, description="full points")
    deduct: Amount = Field(default=0, description="points per finding")
    most: Amount | None = Field(default=None, description="cap of the deduction")
    photo: bool = Field(default=False, description="a finding needs a photo")
    on_fail: Name | None = Field(default=None, description="the procedure a failed item starts")


class Checklist(Declaration):
    """Items, scores, deductions, and what follows a failed item."""

    title: Title
    of: Name | None = Field(default=None, description="the register whose things are inspected")
    items: dict[Name, ChecklistItem] = Field(min_length=1, description="in the order of the walk")
    cites: Cites


class Plan(Declaration):
    """What is expected, and what counts as its being done."""

    title: Title
    every: Span | Literal["day", "week", "month", "quarter", "year"] | None = Field(
        default=None, description="how often it comes round"
    )
    times: int = Field(default=1, ge=1, description="how often in that span")
    per: Name | None = Field(default=None, description="for each of these: area kind, register, unit")
    target: Expression | None = Field(default=None, description="quantity aimed at over the period")
    done_by: dict[Literal["ledger", "case", "inspection", "coverage", "handover", "document"], Name] = Field(
        description="what counts as done"
    )
    roster: bool = Field(default=False, description="names people and hours")
    parts: dict[Name, Title] = Field(default_factory=dict, description="of a task tree")
    cites: Cites


class Lead(Declaration):
    """What a machine's finding becomes for a person to confirm."""

    category: str = Field(description="`standard/kind/code`")
    evidence: list[str] = Field(default_factory=list, description="what is shown with it")


class Raises(Declaration):
    """What a rule does; a person decides what comes of it."""

    alarm: Name | None = Field(default=None, description="an alarm of this name")
    task: Name | None = Field(default=None, description="a task of this name")
    change: dict[Name, Expression] | None = Field(default=None, description="a proposed change of state")
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
    raises: Raises = Field(description="what comes of it")
    lead: Lead | None = Field(default=None, description="what a person is asked to confirm")
    cites: Cites


class Counted(Declaration):
    """How many records there are, how many different ones, or what they add up to."""

    of: Annotated[str, StringConstraints(pattern=r"^[a-z]\w*(\.[a-z]\w*)?$")] = Field(
        description="a subject (`case`), its track (`case.extension`), a register, ledger, checklist or plan"
    )
    where: Expression | None = Field(default=None, description="which of them; the record bears the name in `of`")
    sum: Expression | None = Field(default=None, description="add this up, a whole number or decimal, instead of 1")
    distinct: Expression | None = Field(default=None, description="count how many different values this has")


class Indicator(Declaration):
    """A named, versioned formula over records."""

    title: Title
    unit: str = Field(default="%", description="what it is measured in")
    count: Counted | None = Field(default=None, description="of a plain figure")
    numerator: Counted | None = Field(default=None, description="of a rate; divided once, at the very end")
    denominator: Counted | None = Field(default=None, description="what is below the line")
    period: Literal["reported", "filed", "due", "closed", "at", "end"] = Field(
        description="which moment must lie in the period; `at`: the record's own date; `end`: as of the last day"
    )
    by: list[Name] = Field(default_factory=list, description="dimensions")
    decimals: int = Field(default=2, ge=0, le=6, description="decimal places shown")
    version: int = Field(default=1, ge=1, description="raised when the formula changes")
    law: str | None = Field(default=None, description="law or standard it follows")
    cites: Cites


class Document(Declaration):
    """Numbered, versioned, approved, sealed, served, published texts."""

    title: Title
    number: str = Field(description="pattern of the number; without gaps")
    template: str | None = Field(default=None, description="a file in `templates/`")
    approved_by: list[Name] = Field(default_factory=list, description="roles, one after the other")
    valid_for: Span | None = Field(default=None, description="how long it is in force")
    figures: list[Name] = Field(default_factory=list, description="indicators it quotes")
    cites: Cites
