"""Notices: who is told what, by which way, when something happens, becomes late, or a day begins."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from xiuhua.packs.common import Amount, Declaration, Name, Title
from xiuhua.packs.kinds import Cites

NOTICE_ON: Final = r"^(?:event ([a-z]\w*)\.([A-Z]\w*)|clock ([a-z]\w*)(?:\.([a-z]\w*))?|digest)$"
RECORD: Final = "record"
"""In `event record.RecordExpired`: a record of any register of the pack."""
PLAN: Final = "plan"
"""In `event plan.PlanMissed`: any plan of the pack."""
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
OF_SUBJECT: Final = frozenset({"number", "state", "category", "unit", "area"})
"""What a text may name of the subject: codes and names of the city, never words of a person."""
OF_CLOCK: Final = OF_SUBJECT | {"clock", "due", "percent"}
OF_RECORD: Final = frozenset({"number", "called", "register", "state", "unit", "area", "date", "until"})
OF_PLAN: Final = frozenset({"plan", "period", "missed", "keys", "unit"})
OF_DIGEST: Final = frozenset({"day", "waiting", "due_today", "late"})
LimitKind = Literal[
    "urgent_minute", "urgent_hour", "urgent_day", "work_minute", "work_hour", "work_day", "calendar_day"
]  # fmt: skip


class LimitValue(Declaration):
    """How long, as a limit is written."""

    amount: Amount = Field(description="how many, at most three decimals")
    kind: LimitKind = Field(description="of what; work time is the clock's calendar's")


class Recipient(Declaration):
    """Who is told; one of `waiting`, `role`, `person`."""

    waiting: bool = Field(default=False, description="those whose turn it is")
    role: Name | None = Field(
        default=None, description="those who hold it for the subject's place, or at the desk of `unit`"
    )
    unit: Name | None = Field(default=None, description="with a role: the field of the subject that names the unit")
    person: Name | None = Field(default=None, description="the field of the subject that names the person")
    duty: bool | None = Field(
        default=None,
        description="with a role, of a record or plan: at the desks of the units that answer for it; false: those who"
        " hold it where the record is, only of one that no unit answers for",
    )


class Rung(Declaration):
    """One step of a ladder; it is taken when its moment comes and the clock still runs."""

    share: Annotated[int, Field(ge=1, le=100)] | Name | None = Field(
        default=None, description="warn when so much of the limit is used: percent, or a setting of the procedure"
    )
    after: LimitValue | Name | None = Field(
        default=None, description="so long after the limit is over, or a setting of the procedure; neither: at its end"
    )
    to: list[Recipient] = Field(min_length=1, description="who is told")
    every: LimitValue | Name | None = Field(
        default=None, description="told again after each of these, as long as nobody has acted"
    )
    most: int = Field(default=10, ge=1, le=100, description="with `every`: how often in all")
    urgent: bool = Field(default=False, description="also in quiet hours; clocks that run day and night always are")
    subject: Title | None = Field(default=None, description="instead of the notice's own")
    text: Title | None = Field(default=None, description="instead of the notice's own")


class Notice(Declaration):
    """One thing that people are told."""

    title: Title
    on: Annotated[str, StringConstraints(pattern=NOTICE_ON)] = Field(
        description="`event city_case.Dispatched`, `clock city_case.handling`, `clock city_case` (each of its clocks),"
        " or `digest` (once a day); `event truck.RecordMoved`: of a register, `event record.RecordExpired`: of each of"
        " the pack's registers; `event plan.PlanMissed`: of each of its plans"
    )
    to: list[Recipient] = Field(default_factory=list, description="who is told of an event, or gets the digest")
    ladder: list[Rung] = Field(default_factory=list, description="of a clock: who is told when, in this order")
    also: list[Literal["mail", "sms", "wechat"]] = Field(
        default_factory=list, description="ways besides the inbox, for those who gave an address"
    )
    urgent: bool = Field(default=False, description="also in quiet hours")
    subject: Title = Field(description="the line above; names in braces are filled in")
    text: Title = Field(description="what is said")
    short: Title | None = Field(default=None, description="instead of the text by sms and wechat")
    cites: Cites
