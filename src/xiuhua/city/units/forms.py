"""What goes over HTTP about units, people and posts. Shapes only."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.city.units.directory import Directory
from xiuhua.city.units.model import Holding
from xiuhua.city.units.timeline import Plan
from xiuhua.platform.identity.model import Post


class UnitOut(BaseModel):
    """A unit on a day."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["roads"])
    kind: str = Field(examples=["department"])
    name: str = Field(examples=["市政道路管理所"])
    name_en: str = Field(examples=["Road Maintenance Office"])
    parent: str | None
    credit_code: str | None = Field(description="unified social credit code, GB 32100-2015")
    desk: str = Field(description="`own` or `offline`", examples=["own"])
    proxy: str | None = Field(description="unit or person that acts for an offline unit")
    contact: str
    valid_from: date
    valid_to: date | None


class UnitNode(BaseModel):
    """A unit with the units below it."""

    code: str = Field(examples=["roads"])
    kind: str = Field(examples=["department"])
    name: str
    name_en: str
    desk: str
    children: list[UnitNode]

    @classmethod
    def of(cls, directory: Directory, code: str) -> UnitNode:
        """The tree from a unit down."""
        unit = directory.units[code]
        below = sorted(one.code for one in directory.units.values() if one.parent == code)
        return cls(
            code=code, kind=unit.kind, name=unit.name, name_en=unit.name_en, desk=unit.desk,
            children=[cls.of(directory, child) for child in below],
        )  # fmt: skip


class UnitDetail(UnitOut):
    """A unit and where it stands."""

    ancestors: list[str] = Field(description="from itself up", examples=[["roads-1", "roads", "bureau"]])
    organisation_here: str = Field(description="what counts as the same organisation in checks")
    desk_at: str = Field(description="where what is sent to it lands: itself, or whoever stands in for it")


class PostOut(BaseModel):
    """A post held by a person."""

    person: str = Field(examples=["dispatcher01"])
    name: str
    role: str = Field(examples=["dispatcher"])
    unit: str | None = Field(description="whose desk")
    area: str | None = Field(description="where; null: the whole city")
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, directory: Directory, post: Holding) -> PostOut:
        """As it goes out."""
        return cls(
            person=post.person, name=directory.people[post.person].name, role=post.role, unit=post.unit,
            area=post.area, valid_from=post.valid_from, valid_to=post.valid_to,
        )  # fmt: skip


class HeldOut(BaseModel):
    """One post of a person."""

    role: str = Field(examples=["handler"])
    unit: str | None
    area: str | None

    @classmethod
    def of(cls, post: Post) -> HeldOut:
        """As it goes out."""
        return cls(role=post.role, unit=post.unit, area=post.area)


class PersonOut(BaseModel):
    """Someone on the staff of a unit, with every post held."""

    code: str = Field(examples=["officer-roads"])
    name: str
    unit: str = Field(examples=["roads"])
    posts: list[HeldOut]


class MissingOut(BaseModel):
    """One of the six fixings that a duty grid lacks."""

    model_config = ConfigDict(from_attributes=True)

    duty_grid: str
    person: str = Field(description="whose card; empty: the grid has none")
    fixing: str = Field(description="person, time, post, duty, standard or reward_penalty")
    why: str = Field(description="no_card, empty, no_active_person or post_not_held")


class TableImportOut(BaseModel):
    """What an import of a table changed, in rows."""

    opened: int
    closed: int
    corrected: int
    unchanged: int

    @classmethod
    def of(cls, plan: Plan[Any]) -> TableImportOut:
        """As it goes out."""
        return cls(opened=plan.opened, closed=plan.closed, corrected=plan.corrected, unchanged=plan.unchanged)
