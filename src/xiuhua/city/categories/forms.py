"""What goes over HTTP about categories and filing conditions. Shapes only."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.city.categories.model import FilingCondition
from xiuhua.city.categories.report import ImportReport
from xiuhua.platform.web.times import Day


class CategoryOut(BaseModel):
    """A category of a standard."""

    model_config = ConfigDict(from_attributes=True)

    key: str = Field(description="what names it everywhere", examples=["GB/T 47678.5/matter/08014"])
    standard: str = Field(examples=["GB/T 47678.5"])
    kind: str = Field(description="`part` or `matter`", examples=["matter"])
    code: str = Field(examples=["08014"])
    name: str
    name_en: str
    class_code: str = Field(examples=["08"])
    class_name: str
    class_name_en: str
    also: list[str] = Field(description="other names under which cities list it")
    status: str = Field(description="whether its standard is the one in force", examples=["in_force"])
    source: str
    trust: str = Field(
        description="how sure the row is: G public file, C city's document, P page, I inferred, R recalled"
    )


class MappingOut(BaseModel):
    """What became of a category in a newer standard."""

    model_config = ConfigDict(from_attributes=True)

    new: str = Field(description="empty when it was dropped")
    how: str = Field(examples=["renamed"])
    trust: str
    followed: bool = Field(description="whether it is gone by; an unsure one is not")
    note: str


class CategoryDetail(CategoryOut):
    """A category and what it is to others."""

    newest: str = Field(description="key of what it became in the newest standard; its own when it stayed")
    family: list[str] = Field(description="keys under which its filing conditions and duties may stand")
    mappings: list[MappingOut]
    fault: str | None = Field(description="of a part: the matter that is its fault")
    part: str | None = Field(description="of a matter: the part whose fault it is")


class ClassOut(BaseModel):
    """A class of a standard."""

    model_config = ConfigDict(from_attributes=True)

    standard: str = Field(examples=["GB/T 47678.5"])
    kind: str = Field(examples=["matter"])
    code: str = Field(examples=["08"])
    name: str
    name_en: str
    size: int = Field(description="number of categories in it")


class ConditionOut(BaseModel):
    """When something counts as a case, by when it must be done, and when it is done."""

    id: str = Field(examples=["example-2024/matter/0608/1"])
    standard_set: str = Field(examples=["example-2024"])
    category: str = Field(description="key in the codes that the set is written in")
    text: str
    limit_text: str = Field(description="the limit in the words of the source")
    milestones: list[dict[str, Any]] = Field(
        description="stages of the limit that run for a case filed on the day, each counted from the start",
        examples=[[{"amount": "2", "kind": "work_hour"}]],
    )
    closing: str
    area_class: str | None = Field(description="null: the same everywhere")
    by_notice: bool
    flags: list[dict[str, str]] = Field(description="why a person should look at it")
    source: str
    valid_from: date
    valid_to: date | None
    version: int

    @classmethod
    def on(cls, one: FilingCondition, day: date) -> ConditionOut:
        """As it holds on a day."""
        return cls(
            id=one.id, standard_set=one.standard_set, category=one.category, text=one.text, limit_text=one.limit_text,
            milestones=[milestone.to_json() for milestone in one.milestones_on(day)], closing=one.closing,
            area_class=one.area_class, by_notice=one.by_notice,
            flags=[{"code": flag.code, "field": flag.field, "text": flag.text} for flag in one.flags],
            source=one.source, valid_from=one.valid_from, valid_to=one.valid_to, version=one.version,
        )  # fmt: skip


class ConditionImportOut(BaseModel):
    """What became of a table of filing conditions: every row was read or rejected."""

    standard_set: str
    rows: int
    new: int
    changed: int
    unchanged: int
    ended: int = Field(description="kept until now, and not in the table any more")
    rejected: int = Field(description="rows not taken; `errors` says why")
    new_categories: int
    flags: dict[str, int] = Field(description="rows by why a person should look at them")
    findings: list[dict[str, Any]] = Field(description="every flag: file, row, field, code, why")
    errors: list[dict[str, Any]] = Field(description="file, row, field, why")

    @classmethod
    def of(cls, report: ImportReport) -> ConditionImportOut:
        """As it goes out."""
        counts = report.conditions
        return cls(
            standard_set=report.standard_set, rows=report.rows, new=counts.new, changed=counts.changed,
            unchanged=counts.unchanged, ended=counts.ended, rejected=report.rejected,
            new_categories=report.new_categories, flags=report.flags, findings=list(report.findings),
            errors=list(report.errors),
        )  # fmt: skip


class ClosingForm(BaseModel):
    """From when a set no longer holds."""

    model_config = ConfigDict(extra="forbid")

    last_day: Day = Field(description="the last day on which it holds", examples=["2026-12-31"])


class Ended(BaseModel):
    """How many conditions ended."""

    ended: int
