"""What lists look like over HTTP: their filters as parameters and as a body."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import AfterValidator, BaseModel, Field, StrictBool, StringConstraints, TypeAdapter

from xiuhua.loop.forms import Form
from xiuhua.loop.lists.model import Kind, ListFilter
from xiuhua.platform.web.times import Moment

Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
Codes = Annotated[tuple[Code, ...], Field(max_length=100)]
Equal = Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z][a-z0-9_]*=[^\x00]+$")]
_CORNERS = re.compile(r"(-?\d{1,3}(\.\d{1,9})?,-?\d{1,2}(\.\d{1,9})?( |$)){3,}")


def _is_outline(text: str) -> str:
    if not _CORNERS.fullmatch(text):
        raise ValueError("three corners or more, each longitude and latitude: 105.3,29.1 105.33,29.1 105.33,29.13")
    return text


# The form of a corner is not a pattern of the description: programs that make examples of it would take minutes.
Drawn = Annotated[
    str,
    StringConstraints(max_length=6000),
    AfterValidator(_is_outline),
    Field(
        description="in an area drawn on a map: its corners, WGS-84", examples=["105.3,29.1 105.33,29.1 105.33,29.13"]
    ),
]
Lights = tuple[Literal["grey", "green", "yellow", "red"], ...]
Period = Annotated[Moment | None, Field(examples=["2026-03-01T00:00:00+08:00"])]


class FilterForm(Form):
    """What rows must be, all of it together."""

    state: Annotated[Codes, Field(examples=[["accepted", "filed"]])] = ()
    category: Annotated[Codes, Field(examples=[["GB/T 47678.5/matter/06010"]])] = ()
    unit: Codes = ()
    source: Codes = ()
    area: Annotated[Code | None, Field(examples=["990101001"])] = None
    tag: Codes = ()
    overdue: StrictBool | None = None
    late: Annotated[StrictBool | None, Field(description="past its due moment now, and not handed back")] = None
    suspended: StrictBool | None = None
    outcome: Codes = ()
    number: Code | None = None
    external_id: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    opened_from: Period = None
    opened_to: Period = None
    handed_back_from: Period = None
    handed_back_to: Period = None
    open: Annotated[StrictBool | None, Field(description="has not ended")] = None
    light: Annotated[Lights, Field(description="the colour of its handling clock on the map")] = ()
    drawn: Drawn | None = None
    field: Annotated[tuple[Equal, ...], Field(max_length=10, examples=[["area_class=2"]])] = ()

    def chosen(self) -> ListFilter:
        """As the list takes it."""
        values: dict[str, Any] = dict(self)
        return ListFilter(**values)


_KEPT = TypeAdapter(FilterForm)


def kept_filter(text: str) -> ListFilter:
    """A filter as it was kept."""
    return _KEPT.validate_json(text).chosen()


async def _filter(
    state: Annotated[Codes, Query()] = (),
    category: Annotated[Codes, Query()] = (),
    unit: Annotated[Codes, Query()] = (),
    source: Annotated[Codes, Query()] = (),
    area: Annotated[Code | None, Query()] = None,
    tag: Annotated[Codes, Query(description="all of these")] = (),
    overdue: Annotated[bool | None, Query(description="the verdict on the handling clock")] = None,
    late: Annotated[bool | None, Query(description="past its due moment now, and not handed back")] = None,
    suspended: Annotated[bool | None, Query()] = None,
    outcome: Annotated[Codes, Query()] = (),
    number: Annotated[Code | None, Query()] = None,
    external_id: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    opened_from: Annotated[Period, Query()] = None,
    opened_to: Annotated[Period, Query(description="the first moment that is out again")] = None,
    handed_back_from: Annotated[Period, Query()] = None,
    handed_back_to: Annotated[Period, Query(description="the first moment that is out again")] = None,
    open: Annotated[bool | None, Query(description="true: has not ended, false: has ended")] = None,
    light: Annotated[Lights, Query(description="the colour of its handling clock on the map")] = (),
    drawn: Annotated[Drawn | None, Query()] = None,
    field: Annotated[tuple[Equal, ...], Query(description="`name=value` of what the procedure declares")] = (),
) -> ListFilter:
    return FilterForm.model_construct(
        state=state, category=category, unit=unit, source=source, area=area, tag=tag, overdue=overdue, late=late,
        suspended=suspended, outcome=outcome, number=number, external_id=external_id, opened_from=opened_from,
        opened_to=opened_to, handed_back_from=handed_back_from, handed_back_to=handed_back_to, open=open, light=light,
        drawn=drawn, field=field,
    ).chosen()  # fmt: skip


Filtered = Annotated[ListFilter, Depends(_filter)]
Saved = Annotated[
    str | None, Query(alias="filter", max_length=64, description="a saved filter; what else is given goes before it")
]


class ListOf(BaseModel):
    """The list that holds exactly the records of a number: `GET /api/cases` or `/api/reports` with this filter."""

    kind: Kind
    filter: dict[str, Any] = Field(examples=[{"state": ["filed"]}])

    @classmethod
    def of(cls, kind: Kind, **said: Any) -> ListOf:
        """A filter as the list takes it."""
        return cls(kind=kind, filter=ListFilter(**said).to_json())
