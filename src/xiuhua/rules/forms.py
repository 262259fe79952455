"""What goes over HTTP about rules and what they raise. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.flow.model import State
from xiuhua.platform.web import Day
from xiuhua.rules.model import OPEN, Known
from xiuhua.rules.service import Tried

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a person is called."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class FigureForm(Form):
    """The value of a figure for a period."""

    figure: str = Field(max_length=48, examples=["haulier_score"])
    every: str = Field(pattern=r"^(day|week|month|quarter|year)$", examples=["month"])
    day: Day = Field(description="any day of the period")
    by: dict[Code, Code] = Field(default_factory=dict, max_length=8, examples=[{"haulier": "91350100M000100Y43"}])
    value: str = Field(max_length=30, examples=["58.5"])
    previous: str | None = Field(default=None, max_length=30, description="that of the period before")


class FindingWhyForm(Form):
    """What was done, or why nothing is to be."""

    why: str = Field(min_length=1, max_length=2000)


class WatchingOut(BaseModel):
    """A rule as a pack declares it."""

    name: str
    title: Titled
    on: str
    when: str
    times: int
    within: str | None
    lasts: str | None = Field(description="how long it must hold")
    task: str | None
    alarm: str | None
    changes: bool = Field(description="proposes a change of a record")
    notice: Titled | None
    to: str | None
    waiting: int = Field(description="findings that wait for a person")

    @classmethod
    def of(cls, known: Known, waiting: int) -> WatchingOut:
        """As it goes out."""
        rule, raises = known.rule, known.rule.raises
        return cls(
            name=known.name, title=rule.title.model_dump(), on=rule.on, when=rule.when, times=rule.times,
            within=rule.within, lasts=rule.for_, task=raises.task, alarm=raises.alarm, to=raises.to,
            changes=raises.change is not None, notice=raises.notice.model_dump() if raises.notice else None,
            waiting=waiting,
        )  # fmt: skip


class AboutOut(BaseModel):
    """Of what it is."""

    kind: str
    id: str


class SampleOut(BaseModel):
    """Something that a dry run would have raised."""

    at: datetime
    key: str
    about: list[AboutOut]
    values: dict[str, Any]


class RuleTriedOut(BaseModel):
    """What a dry run came to."""

    looked_at: int
    held: int
    unclear: int = Field(description="a value was missing")
    raised: int
    whole: bool = Field(description="false: there was more than a dry run looks at")
    samples: list[SampleOut]

    @classmethod
    def of(cls, tried: Tried) -> RuleTriedOut:
        """As it goes out."""
        return cls(
            looked_at=tried.looked_at, held=tried.held, unclear=tried.unclear, raised=tried.raised, whole=tried.whole,
            samples=[SampleOut(**{**one, "at": datetime.fromtimestamp(one["at"]).astimezone()})
                     for one in tried.samples],
        )  # fmt: skip


class RuleFindingOut(BaseModel):
    """Something that a rule has raised."""

    id: str
    rule: str
    title: Titled
    state: str = Field(examples=["open", "taken", "settled", "dismissed"])
    key: str = Field(description="for what it is raised at most once while it is open")
    about: list[AboutOut]
    role: str | None = Field(description="of those who look after it")
    task: str | None
    alarm: str | None
    severity: str
    values: dict[str, Any] = Field(description="why")
    asked: dict[str, Any] | None = Field(description="the change that was proposed: `record`, `n`; or `problem`")
    opened: str | None = Field(description="what was begun for it: kind and id", examples=["task/0195a1b2"])
    problem: str | None = Field(description="why what the rule names could not begin")
    by: str | None
    by_name: str | None
    outcome: str | None = Field(description="what was done, or why nothing was")
    raised_at: datetime
    version: int
    actions: list[str]


def finding(state: State, version: int, titles: Mapping[str, Titled], names: Names, may_act: bool) -> RuleFindingOut:
    """A finding as it goes out."""
    data, rule = state["data"], state["procedure"]
    allowed = ["take"] if state["state"] == "open" else []
    allowed += ["settle", "dismiss"] if state["state"] in OPEN else []
    return RuleFindingOut(
        id=state["id"], rule=rule, title=titles.get(rule, {"zh": rule, "en": rule}), state=state["state"],
        key=data["key"], about=[AboutOut(**one) for one in data["about"]], role=data["role"], task=data["task"],
        alarm=data["alarm"], severity=data["severity"], values=data["values"], asked=data.get("asked"),
        opened=data.get("opened"), problem=data.get("problem"), by=data["by"],
        by_name=(names(data["by"]) or data["by"]) if data["by"] else None,
        outcome=data.get("outcome"), raised_at=datetime.fromtimestamp(state["opened"]).astimezone(), version=version,
        actions=allowed if may_act else [],
    )  # fmt: skip
