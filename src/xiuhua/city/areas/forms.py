"""What goes over HTTP about areas. Shapes only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.model import Area, AreaClass, Kind, Sides
from xiuhua.city.areas.report import Finding, ImportReport
from xiuhua.city.areas.service import AreaLine

Code = Annotated[str, Field(examples=["990101001001001"])]


class AreaOut(BaseModel):
    """An area without its shape."""

    code: Code
    kind: Kind
    name: str = Field(examples=["春燕社区"])
    parent: str | None = Field(examples=["990101001001"])
    area_class: AreaClass | None = Field(description="its own management class; null: that of the area around it")
    sides: Sides | None = Field(description="of a road segment: the sides that belong to it")
    lon: float = Field(description="of a point in it, WGS-84", examples=[105.3123])
    lat: float = Field(examples=[29.1045])
    valid_from: date
    valid_to: date | None = Field(description="last day, inclusive; null: open")

    @classmethod
    def of(cls, line: AreaLine) -> AreaOut:
        """As it goes out."""
        return cls(
            code=line.code, kind=line.kind, name=line.name, parent=line.parent, area_class=line.area_class,
            sides=line.sides, lon=line.lon, lat=line.lat, valid_from=line.valid_from, valid_to=line.valid_to,
        )  # fmt: skip


class AreaDetail(AreaOut):
    """An area and how it hangs together with others."""

    ancestors: list[str] = Field(description="from itself up to the city", examples=[["990101001", "990101"]])
    children: list[str] = Field(description="directly below; of a duty grid its unit grids")
    duty_grid: str | None = Field(description="of a unit grid")
    class_here: AreaClass | None = Field(description="management class that holds here, inherited if need be")
    datum: str = Field(description="of the file it came from", examples=["cgcs2000"])

    @classmethod
    def at(cls, index: AreaIndex, area: Area) -> AreaDetail:
        """As it stands among the areas of a day."""
        lon, lat = area.point()
        return cls(
            code=area.code, kind=area.kind, name=area.name, parent=area.parent, area_class=area.area_class,
            sides=area.sides, lon=lon, lat=lat, valid_from=area.valid_from, valid_to=area.valid_to,
            ancestors=list(index.ancestors(area.code)), children=list(index.children(area.code)),
            duty_grid=index.duty_grid_of(area.code), class_here=index.area_class(area.code), datum=area.datum,
        )  # fmt: skip


class RoadOut(BaseModel):
    """The nearest road segment."""

    code: str
    side: Literal["L", "R", "on"] = Field(description="seen in the line's direction")
    distance_m: float


class AreaAt(BaseModel):
    """What a place lies in."""

    area: AreaDetail = Field(description="the smallest one")
    scopes: list[str] = Field(
        description="every area around it, the smallest first", examples=[["990101001", "990101"]]
    )
    road: RoadOut | None = Field(description="the nearest road segment within `road_m` metres")


class FindingOut(BaseModel):
    """One thing found in an import; `what` is stable."""

    severity: Literal["error", "warning", "note"]
    what: str = Field(examples=["overlap"])
    codes: list[str]
    why: str
    area_m2: float | None
    place: tuple[float, float] | None = Field(description="longitude and latitude of a point in it")
    file: str
    row: int = Field(description="number of the feature in the file, from 1; 0: the file or the city as a whole")
    field: str

    @classmethod
    def of(cls, one: Finding) -> FindingOut:
        """As it goes out."""
        return cls(
            severity=one.severity, what=one.what, codes=list(one.codes), why=one.why, area_m2=one.area_m2,
            place=one.place, file=one.file, row=one.row, field=one.field,
        )  # fmt: skip


class AreaImportOut(BaseModel):
    """What an import came to: new + changed + unchanged + rejected are all features."""

    new: int
    changed: int
    unchanged: int
    closed: int
    rejected: int
    derived: int = Field(description="duty grids drawn anew because a unit grid of theirs changed")
    findings: list[FindingOut] = Field(description="errors first, then how the areas fit together")

    @classmethod
    def of(cls, report: ImportReport) -> AreaImportOut:
        """As it goes out."""
        return cls(
            new=report.new, changed=report.changed, unchanged=report.unchanged, closed=report.closed,
            rejected=report.rejected, derived=report.derived, findings=[FindingOut.of(one) for one in report.findings],
        )  # fmt: skip


def feature(area: Area) -> dict[str, Any]:
    """An area as a GeoJSON feature (RFC 7946: WGS-84, longitude first)."""
    return {
        "type": "Feature",
        "id": area.code,
        "geometry": area.geometry.__geo_interface__,
        "properties": {
            "code": area.code, "kind": area.kind, "name": area.name, "parent": area.parent,
            "area_class": area.area_class, "sides": area.sides, "members": list(area.members),
            "valid_from": area.valid_from.isoformat(),
            "valid_to": area.valid_to.isoformat() if area.valid_to else None,
        },
    }  # fmt: skip
