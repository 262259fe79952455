"""Duplicates as they go out. Shapes only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.loop.duplicates.model import Matter


class DuplicateOut(BaseModel):
    """A case, or a report not accepted yet, that may be the same problem, and why."""

    model_config = ConfigDict(from_attributes=True)

    kind: Literal["case", "report"]
    id: Annotated[str, Field(examples=["0195a1b2-0000-7000-8000-000000000001"])]
    number: str | None = None
    state: Annotated[str, Field(examples=["filed"])]
    open: Annotated[bool, Field(description="a report may still join it")]
    category: Annotated[str | None, Field(examples=["GB/T 47678.5/matter/06010"])] = None
    at: datetime
    confidence: Annotated[float, Field(ge=0, le=1, examples=[0.82])]
    likely: Annotated[bool, Field(description="above the city's threshold")]
    distance_m: Annotated[float, Field(examples=[12.4])]
    hours: Annotated[float, Field(description="hours between the two", examples=[3.5])]
    matter: Annotated[Matter, Field(description="how the categories stand to each other")]
    likeness: Annotated[float, Field(ge=0, le=1, description="of the words", examples=[0.4])]
    report: Annotated[str, Field(description="the report of it that is most alike")]
