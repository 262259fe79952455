"""Scenarios: what a pack promises, in YAML, run by `xiuhua pack test`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from xiuhua.packs.common import Declaration, Expression, Name, Title


class Given(Declaration):
    """Where a scenario begins."""

    procedure: Name
    at: str = Field(description="local time, e.g. 2026-03-02 09:00")
    data: dict[Name, Any] = Field(default_factory=dict, description="what the subject holds at the start")
    settings: dict[Name, Any] = Field(default_factory=dict)


class Step(Declaration):
    """One action, by whom and when, and whether it must be refused."""

    do: Name
    by: str = Field(description="role, or role@unit, or role:person@unit")
    at: str | None = Field(default=None, description="local time; or `after`")
    after: str | None = Field(default=None, description="e.g. 90 min since the step before")
    item: int | None = Field(default=None, description="number of the track instance")
    fields: dict[Name, Any] = Field(default_factory=dict)
    reason: str | None = None
    refused: str | None = Field(default=None, description="code of the error it must meet")


class Expected(Declaration):
    """What must be true at the end."""

    state: Name | None = None
    events: list[str] | None = Field(default=None, description="all events in order")
    calls: list[str] | None = Field(default=None, description="what the kernel was asked to do, in order")
    that: list[Expression] = Field(default_factory=list, description="expressions over case and clock")


class Scenario(Declaration):
    """Given, when, then."""

    title: Title
    cites: list[str] = Field(default_factory=list, description="mechanisms it shows")
    given: Given
    when: list[Step] = Field(min_length=1)
    then: Expected
