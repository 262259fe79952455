"""Suggestions as they come and go over HTTP. Shapes only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.loop.duplicates.forms import DuplicateOut
from xiuhua.loop.forms import Form, PlaceForm, Source
from xiuhua.loop.model import LONGEST_TEXT, PlaceIn
from xiuhua.loop.suggest.urgency import Level

Sure = Annotated[float, Field(ge=0, le=1, examples=[0.83], description="probability that it is right")]


class SuggestionForm(Form):
    """A report that is not sent yet: what somebody is telling, and where."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, examples=["路边有暴露垃圾没人清理"])]
    title: Annotated[str | None, Field(max_length=300)] = None
    place: PlaceForm | None = None
    source: Source | None = None
    category: Annotated[str | None, Field(examples=["GB/T 47678.5/matter/06010"])] = None

    def words(self) -> str:
        """Title and text."""
        return f"{self.title or ''} {self.text}"

    def place_in(self) -> PlaceIn | None:
        """As intake takes it."""
        return PlaceIn(**self.place.model_dump()) if self.place else None


class Out(BaseModel):
    """Base of what goes out: made from the plain values."""

    model_config = ConfigDict(from_attributes=True)


class CategoryOut(Out):
    """A category it may be about."""

    category: Annotated[str, Field(examples=["GB/T 47678.5/matter/06010"])]
    name: str = ""
    name_en: str = ""
    confidence: Sure
    by: Literal["learnt", "name", "source"]
    why: Annotated[list[str], Field(description="the words that weighed most", examples=[["暴露垃圾"]])]


class ConditionOut(Out):
    """The filing condition of the likeliest category, and its deadline if it were dispatched now."""

    condition: str
    confidence: Sure
    times: Annotated[int, Field(description="cases of the category filed under it", examples=[9])]
    of: Annotated[int, Field(description="of so many", examples=[11])]
    limit: dict[str, str] | None = None
    due: datetime | None = None


class UnitOut(Out):
    """Who is likely to handle it."""

    unit: Annotated[str, Field(examples=["sanitation"])]
    name: str = ""
    confidence: Sure
    by: Literal["duty", "likeness"]
    row: Annotated[dict[str, str], Field(description="the duty row that decides")]
    times: Annotated[int, Field(description="cases like it that it handled", examples=[12])]
    of: Annotated[int, Field(description="of so many", examples=[14])]


class AreaOut(Out):
    """Where it is."""

    unit_grid: str | None
    scopes: list[str]
    confidence: Sure


class UrgencyOut(Out):
    """How urgent it is."""

    level: Level
    confidence: Sure
    why: list[str]


class SuggestionOut(Out):
    """What is suggested; nothing of it binds."""

    ours: Annotated[float, Field(ge=0, le=1, description="probability that it is city management at all")]
    categories: list[CategoryOut]
    urgency: UrgencyOut
    area: AreaOut | None = None
    condition: ConditionOut | None = None
    unit: UnitOut | None = None
    learnt: Annotated[int, Field(description="decisions learnt from so far")]
    duplicates: list[DuplicateOut] = []
