"""What goes over HTTP about the map. Shapes only."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from xiuhua.city.areas.datum import Datum
from xiuhua.loop.forms import Form, LineOut
from xiuhua.loop.lists.forms import Code, Codes, ListOf, Period
from xiuhua.loop.lists.model import ListFilter

MOST_CORNERS = 5000
MOST_LISTED = 200
"""Corners of an outline whose numbers open to lists."""
_EXAMPLE: Final = [[[105.30, 29.10], [105.33, 29.10], [105.33, 29.13], [105.30, 29.10]]]
Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Position = Annotated[list[Degrees], Field(min_length=2, max_length=2)]
Ring = Annotated[list[Position], Field(min_length=4, max_length=MOST_CORNERS)]
Titled = dict[str, str]


async def _filter(
    state: Annotated[Codes, Query()] = (),
    category: Annotated[Codes, Query()] = (),
    unit: Annotated[Codes, Query()] = (),
    source: Annotated[Codes, Query()] = (),
    area: Annotated[Code | None, Query()] = None,
    opened_from: Annotated[Period, Query()] = None,
    opened_to: Annotated[Period, Query(description="the first moment that is out again")] = None,
) -> ListFilter:
    return ListFilter(
        state=state, category=category, unit=unit, source=source, area=area, opened_from=opened_from,
        opened_to=opened_to,
    )  # fmt: skip


Filtered = Annotated[ListFilter, Depends(_filter)]
"""The filters of the list of cases that hold on the map too, under the same names."""
Open = Annotated[bool | None, Query(description="true: only cases that have not ended, false: only those that have")]


class Polygon(Form):
    """A GeoJSON polygon: its outline, then its holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[
        list[Ring],
        Field(min_length=1, max_length=200, examples=[_EXAMPLE]),
    ]


class MultiPolygon(Form):
    """Several of them."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Ring], Field(min_length=1)]], Field(min_length=1, max_length=200)]


class DrawnForm(Form):
    """An area that somebody has drawn, and which cases in it are counted."""

    area: Annotated[
        Polygon | MultiPolygon,
        Field(discriminator="type", examples=[{"type": "Polygon", "coordinates": _EXAMPLE}]),
    ]
    datum: Annotated[Datum, Field(description="of the coordinates")] = "wgs84"
    state: Codes = ()
    category: Codes = ()
    unit: Codes = ()
    source: Codes = ()
    area_code: Annotated[Code | None, Field(description="besides in this area", examples=["990101001"])] = None
    opened_from: Period = None
    opened_to: Period = None
    open: Annotated[bool | None, Field(description="true: only cases that have not ended")] = None

    def chosen(self) -> ListFilter:
        """What is asked besides the area."""
        return ListFilter(
            state=self.state, category=self.category, unit=self.unit, source=self.source,
            area=self.area_code, opened_from=self.opened_from, opened_to=self.opened_to, open=self.open,
        )  # fmt: skip

    def corners(self) -> str | None:
        """The outline as a list takes it; None for several, for one with holes, and for one of very many corners."""
        if self.datum not in ("wgs84", "cgcs2000") or self.area.type != "Polygon" or len(self.area.coordinates) != 1:
            return None
        ring = self.area.coordinates[0][:-1]
        return " ".join(f"{lon:.9f},{lat:.9f}" for lon, lat in ring) if len(ring) <= MOST_LISTED else None


class Counted(BaseModel):
    """How many cases of one state, category …"""

    code: str
    title: Titled
    count: int
    records: ListOf | None = Field(None, description="the list of them, where a list can be narrowed down to that")


class NumbersOut(BaseModel):
    """The numbers of an area; the counts of each list add up to `total`."""

    total: int
    open: int = Field(description="not ended")
    by_state: list[Counted] = Field(description="most first")
    by_category: list[Counted]
    by_unit: list[Counted] = Field(description="of the unit that has it; code empty: none yet")
    by_light: dict[str, int] = Field(description="grey, green, yellow, red", examples=[{"green": 12, "red": 1}])
    records: ListOf | None = Field(None, description="the list of `total`")
    open_records: ListOf | None = None
    light_records: dict[str, ListOf] | None = None
    handled: int = Field(description="whose handling has ended: what the median is of")
    median_handling_s: int | None = Field(description="seconds by the wall clock from start to stop of handling")


class CaseOut(LineOut):
    """The case behind a point."""

    category_title: Titled | None = None
    state_title: Titled
