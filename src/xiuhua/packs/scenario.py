"""Scenarios: what a pack promises, in YAML, run by `xiuhua pack test`."""

from __future__ import annotations

from typing import Any, Final

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from xiuhua.packs.common import Declaration, Expression, Name, Title

KINDS: Final = {
    "procedure": "procedures", "register": "registers", "ledger": "ledgers", "checklist": "checklists",
    "plan": "plans", "rule": "rules", "document": "documents", "appraisal": "appraisals",
}  # fmt: skip
"""What a scenario can show → the kind of a pack's declarations it is among."""
VERBS: Final[dict[str, frozenset[str]]] = {
    "register": frozenset({"add", "change", "move", "ask", "approve", "refuse", "withdraw", "merge"}),
    "ledger": frozenset({"enter", "counter", "take_stock"}),
    "checklist": frozenset({"begin", "find", "take_back", "finish", "drop", "rectified", "recheck", "draw"}),
    "plan": frozenset({"done"}),
    "rule": frozenset({"tell"}),
    "appraisal": frozenset({"tell"}),
    "document": frozenset({"draft", "change", "submit", "approve", "send_back", "publish", "revise", "revoke"}),
}
"""What steps do, of kinds whose verbs every declaration has alike."""


class Given(Declaration):
    """Where a scenario begins."""

    procedure: Name | None = Field(default=None, description="which procedure it shows; or one of the seven below")
    register_: Name | None = Field(default=None, alias="register", description="which register")
    ledger: Name | None = Field(default=None, description="which ledger")
    checklist: Name | None = Field(default=None, description="which checklist")
    plan: Name | None = Field(default=None, description="which plan")
    rule: Name | None = Field(default=None, description="which rule")
    document: Name | None = Field(default=None, description="which document")
    appraisal: Name | None = Field(default=None, description="which appraisal")
    at: str = Field(description="local time, e.g. 2026-03-02 09:00")
    data: dict[Name, Any] = Field(default_factory=dict, description="what the subject holds at the start")
    settings: dict[Name, Any] = Field(default_factory=dict, description="settings of the city, where not the default")

    @property
    def shows(self) -> tuple[str, str]:
        """What it shows: `procedure`, `register` … and its name."""
        return next(iter(self._shown()))

    def _shown(self) -> list[tuple[str, str]]:
        told = {
            "procedure": self.procedure, "register": self.register_, "ledger": self.ledger, "plan": self.plan,
            "checklist": self.checklist, "rule": self.rule, "document": self.document, "appraisal": self.appraisal,
        }  # fmt: skip
        return [(kind, name) for kind, name in told.items() if name is not None]

    @model_validator(mode="after")
    def _one_of_them(self) -> Given:
        if len(self._shown()) != 1:
            raise PydanticCustomError("one_is_shown", "names one of " + ", ".join(KINDS))
        return self


class Step(Declaration):
    """One action, by whom and when, and whether it must be refused."""

    do: Name = Field(description="the action")
    by: str = Field(description="role, or role@unit, or role:person@unit")
    at: str | None = Field(default=None, description="local time, e.g. 2026-03-02 09:00; or `after`")
    after: str | None = Field(default=None, description="e.g. 90 min since the step before")
    item: int | None = Field(default=None, description="number of the track instance")
    fields: dict[Name, Any] = Field(default_factory=dict, description="what is filled in")
    reason: str | None = Field(default=None, description="needed for actions that go back")
    refused: str | None = Field(default=None, description="code of the error it must meet")
    because: str | None = Field(default=None, description="what the refusal must say, in either language")
    that: list[Expression] = Field(default_factory=list, description="what must hold after this step")


class Expected(Declaration):
    """What must be true at the end."""

    at: str | None = Field(default=None, description="local time to wait for; timers due until then are run")
    state: Name | None = Field(default=None, description="of the main track")
    events: list[str] | None = Field(default=None, description="all events in order")
    calls: list[str] | None = Field(default=None, description="what the kernel was asked to do, in order")
    that: list[Expression] = Field(default_factory=list, description="expressions over case and clock")


class Scenario(Declaration):
    """Given, when, then."""

    title: Title
    cites: list[str] = Field(default_factory=list, description="mechanisms it shows")
    given: Given = Field(description="where it begins")
    when: list[Step] = Field(min_length=1, description="what is done, one after the other")
    then: Expected = Field(description="what must be so at the end")
