"""The procedure: a case's states, actions, roles, clocks and parallel tracks, as a pack declares them.

One subject (a case, a report, later a permit) has one `main` track and any number of side tracks. A side
track has instances: one for each extension asked, each order given, each helper sent. Actions move a track
from state to state; events carry all that came of an action, so that folding them needs no procedure.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from xiuhua.packs.common import Declaration, EventName, Expression, FieldSpec, Name, Setting, Title


class Who(Declaration):
    """Whose post: a role, and where. Without unit or person the post must cover the subject's area."""

    role: Name = Field(description="the role of the post")
    unit: Expression | None = Field(default=None, description="the unit whose desk it is")
    person: Expression | None = Field(default=None, description="the very person, e.g. `case.checker`")
    anywhere: bool = Field(default=False, description="the post need not cover the subject's area")
    when: Expression | None = Field(default=None, description="only under this condition")


class Timer(Declaration):
    """Something the clock does when its moment has come."""

    at: Expression = Field(description="epoch seconds")
    do: Name = Field(description="the action, done by the system")


class Brake(Declaration):
    """What keeps an application from being asked or granted without end, as whoever judges it is shown."""

    title: Title = Field(description="what is counted")
    used: Expression = Field(description="how much of it was used before")
    most: Expression = Field(description="how much there may be; null: no end")


class Approval(Declaration):
    """That somebody's application waits here for a verdict: it stands in the queue of approvals."""

    brakes: list[Brake] = Field(default_factory=list, description="in the order in which they are shown")


class State(Declaration):
    """One state of a track."""

    title: Title
    waits_for: list[Who] = Field(default_factory=list, description="in whose inbox the subject stands")
    clock: Name | None = Field(default=None, description="the clock by which the waiting is urgent")
    final: bool = Field(default=False, description="the track ends here")
    outcome: str | None = Field(default=None, description="of a final state: what came of it")
    due: Expression | None = Field(
        default=None, description="epoch seconds: when the waiting is due, where no clock says it"
    )
    timer: Timer | None = Field(default=None, description="what happens here by itself, and when")
    approval: Approval | None = Field(default=None, description="an application that waits for a verdict")


class Join(Declaration):
    """When the instances of a track together let something go on."""

    rule: Literal["all", "any", "quorum"] = Field(description="all of them, any one, or a number of them")
    count: int | None = Field(default=None, ge=1, description="how many make a quorum")
    states: list[Name] = Field(description="the final states that count")
    do: Name | None = Field(default=None, description="the action the system then does on the main track")

    @model_validator(mode="after")
    def _quorum_has_a_count(self) -> Join:
        if (self.rule == "quorum") != (self.count is not None):
            raise PydanticCustomError("quorum_count", "count belongs to the rule quorum, and only to it")
        return self


class Track(Declaration):
    """A row of states. `main` is the subject's own; others have many instances side by side."""

    title: Title | None = None
    initial: Name | None = Field(default=None, description="state of a new instance; default: the first")
    states: dict[Name, State] = Field(min_length=1, description="in their usual order")
    join: Join | None = Field(default=None, description="when its instances together let something go on")
    outlives: bool = Field(default=False, description="goes on when the main track is over (appeals)")


class LimitOf(Declaration):
    """A setting, or an expression: where a limit (or another value) comes from."""

    setting: Name | None = Field(default=None, description="a setting of type limit")
    value: Expression | None = Field(default=None, description='a limit such as {"amount": "2", "kind": …}')

    @model_validator(mode="after")
    def _one_of_both(self) -> LimitOf:
        if (self.setting is None) == (self.value is None):
            raise PydanticCustomError("setting_or_value", "either setting or value")
        return self


class ByChoice(Declaration):
    """One of several, by a setting of type choice."""

    setting: Name = Field(description="a setting of type choice")
    choices: dict[str, list[str]] = Field(description="for each of its values")


class ClockSpec(Declaration):
    """A clock that runs while the subject is in certain states."""

    title: Title
    limit: LimitOf = Field(description="how long it may take")
    calendar_of: Name = Field(description="the role whose calendar it follows")
    runs_in: list[str] | ByChoice = Field(description="main states, or `track.state`")
    pauses_in: list[str] | ByChoice = Field(default_factory=list, description="`track.state` that stops it for a while")
    starts_after: LimitOf | None = Field(
        default=None, description="a limit that goes before it (bundled limits); null: none"
    )
    overall: bool = Field(default=False, description="makes any waiting urgent, besides the state's own clock")
    on_reentry: Literal["restart", "continue"] | LimitOf = Field(
        default="restart", description="when it runs again after it stopped; or {setting: …}, {value: …}"
    )
    stages_done: Expression | None = Field(
        default=None, description="numbers of the stages whose clocks need not run (any more), from 1"
    )


class Requirement(Declaration):
    """A condition, and what a person reads when it does not hold."""

    that: Expression = Field(description="must hold")
    otherwise: Title = Field(description="what is said when it does not")


class Extend(Declaration):
    """Give a clock more time."""

    clock: Name = Field(description="which one")
    limit: Expression = Field(description='how much, such as `{"amount": "4", "kind": "work_hour"}`')


class Call(Declaration):
    """Something the kernel does beyond this subject: answer the reporters, open a sub-case …"""

    name: Name = Field(description="one of the calls that this program knows")
    args: dict[str, Expression] = Field(default_factory=dict, description="what is handed over")


class Effects(Declaration):
    """What an action changes; the order is told in `docs/reference/procedures.md`."""

    item: dict[Name, Expression] = Field(default_factory=dict, description="values of the track instance")
    set: dict[Name, Expression] = Field(default_factory=dict, description="values of the subject")
    append: dict[Name, dict[str, Expression]] = Field(default_factory=dict, description="to a list")
    amend_last: dict[Name, dict[str, Expression]] = Field(default_factory=dict, description="the last entry of a list")
    extend: Extend | None = Field(default=None, description="gives a clock more time")
    stop_clock: Expression | None = Field(default=None, description="name of a clock to stop; null: none")
    restart_clock: Expression | None = Field(
        default=None, description="name of a clock that begins anew where it runs; null: none"
    )
    end_all: list[str] = Field(
        default_factory=list, description="`track.state`: open instances of the track go to that state"
    )
    calls: list[Call] = Field(default_factory=list, description="what the kernel does besides")


class Then(Declaration):
    """An action that follows by itself in the same step, done by the system."""

    do: Name = Field(description="the action")
    when: Expression | None = Field(default=None, description="only under this condition")
    fields: dict[str, Expression] = Field(default_factory=dict, description="what is filled in for it")


class Opens(Declaration):
    """Opens instances of a track."""

    track: Name = Field(description="which side track")
    for_each: Expression | None = Field(default=None, description="a list: one instance for each, as `each`")
    item: dict[Name, Expression] = Field(default_factory=dict, description="what the instance holds")
    most_open: int | None = Field(default=None, ge=1, description="how many may stand open at once")
    most: LimitOf | None = Field(default=None, description="how many there may ever be")


class Action(Declaration):
    """One thing that a person (or the clock) may do."""

    title: Title = Field(description="what stands on the button")
    event: EventName = Field(description="what the log calls it afterwards, in the past tense")
    by: list[Who] = Field(min_length=1, description="who may do it: any one of these")
    creates: bool = Field(default=False, description="brings the subject into being")
    on: Name = Field(default="main", description="the track it moves")
    from_: list[Name] = Field(default_factory=list, alias="from", description="states of that track")
    while_: list[Name] = Field(
        default_factory=list, alias="while", description="for side tracks: states of main in which it is open"
    )
    not_while: list[str] = Field(default_factory=list, description="`track.state` that forbids it")
    to: Name | None = Field(default=None, description="the new state; none: it stays")
    fields: dict[Name, FieldSpec] = Field(default_factory=dict, description="what is filled in, as `fields.name`")
    backward: bool = Field(default=False, description="goes back: a reason is needed, material is kept")
    requires: list[Requirement] = Field(default_factory=list, description="conditions, checked in this order")
    opens: Opens | None = Field(default=None, description="instances of a side track that it opens")
    effects: Effects = Field(default_factory=Effects, description="what it changes")
    then: list[Then] = Field(default_factory=list, description="actions that follow by themselves")
    help: Title | None = Field(default=None, description="a sentence for who is about to do it")


class Round(Declaration):
    """The system begins one for each area or unit: who answers for it is asked, and who does not is known."""

    per: Name = Field(description="an area kind such as duty_grid, or unit")
    to: Name | None = Field(
        default=None, description="the role asked: its holder there becomes `person`; with unit: units that have one"
    )
    every: Literal["day", "week", "month"] = Field(default="day", description="how often")
    on: int = Field(default=1, ge=1, le=28, description="day of the week (1 is Monday) or of the month")
    at: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = Field(
        default="06:00", description="local time from which it begins"
    )
    action: Name | None = Field(default=None, description="by which it begins; default: the first that creates")


class Procedure(Declaration):
    """A procedure; its version is the pack's, a running subject keeps the one it began under."""

    title: Title
    subject: Name = Field(description="what runs through it: case, report, permit …")
    number: str | None = Field(
        default=None, description="pattern of the visible number: `{city}`, `{year}`, `{month}`, `{date}`, `{n:04}`"
    )
    round: Round | None = Field(default=None, description="one for each area or unit begins by itself")
    settings: dict[Name, Setting] = Field(default_factory=dict, description="what a city may set otherwise")
    data: dict[Name, FieldSpec] = Field(default_factory=dict, description="what the subject holds")
    starts_with: dict[Name, Any] = Field(default_factory=dict, description="values of a new subject")
    tracks: dict[Name, Track] = Field(description="`main`, and those that go on beside it")
    clocks: dict[Name, ClockSpec] = Field(default_factory=dict, description="time limits")
    actions: dict[Name, Action] = Field(min_length=1, description="what can be done")
    cites: list[str] = Field(default_factory=list, description="mechanisms it serves")
