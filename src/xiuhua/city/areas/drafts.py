"""A feature of a file becomes an area, or is refused with every reason it gives by itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.files import Feature, words
from xiuhua.city.areas.model import CLASSES, KINDS, SIDES, Area, AreaClass, Kind, Sides, code_fault
from xiuhua.city.areas.plane import area_m2
from xiuhua.city.areas.report import Finding, Severity

_MAX_NAME = 100
_DAY = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?$")
_BETWEEN = re.compile(r"[,;\s\u3001\uff0c\uff1b]+")
"""Between the members of a duty grid: comma, semicolon, white space, and the Chinese forms of them."""


@dataclass(slots=True)
class Draft:
    """A feature on its way to an area, with what was found about it."""

    feature: Feature
    kind: Kind | None = None
    findings: list[Finding] = field(default_factory=list)
    area: Area | None = None
    """None as long as it is refused."""
    repeated: bool = False
    """The same feature came before: nothing to do."""

    @property
    def code(self) -> str:
        """The code as the file has it, "" for none."""
        return self.feature.fields.get("code", "")

    @property
    def refused(self) -> bool:
        """Whether it has an error."""
        return any(row.severity == "error" for row in self.findings)

    def tell(
        self,
        severity: Severity,
        what: str,
        field_: str,
        why: str,
        area_m2: float | None = None,
        place: tuple[float, float] | None = None,
    ) -> None:
        """Add a finding with the feature's place in its file."""
        codes, feature = (self.code,) if self.code else (), self.feature
        found = Finding(severity, what, codes, why, area_m2, place, feature.file, feature.row, field_)
        self.findings.append(found)


def draft(feature: Feature, kind: Kind | None, city: str, valid_from: date) -> Draft:
    """Everything that one feature tells by itself; parents and members are settled by `settle`."""
    made = Draft(feature)
    fields = feature.fields
    made.kind = kind or cast("Kind | None", _choice(made, "kind", KINDS))
    if made.kind is None:
        if "kind" not in fields:
            made.tell("error", "no_kind", "kind", f"no kind given: one of {', '.join(KINDS)}")
        return made
    _check_code(made, made.kind, city)
    grid = made.kind in ("unit_grid", "duty_grid")
    name = fields.get("name") or (made.code if grid else "")
    if not name and not grid:
        made.tell("error", "no_name", "name", f"a {made.kind} needs a name")
    if len(name) > _MAX_NAME or not name.isprintable():
        made.tell("error", "bad_name", "name", f"a name has at most {_MAX_NAME} printable characters")
    area_class, sides = _choice(made, "area_class", CLASSES), _choice(made, "sides", SIDES)
    start, end = _day(made, "valid_from") or valid_from, _day(made, "valid_to")
    if end is not None and end < start:
        made.tell("error", "bad_dates", "valid_to", f"valid_to {end} is before valid_from {start}")
    geometry = _geometry(made, made.kind)
    members = set(_BETWEEN.split(fields.get("members", ""))) - {""} if made.kind == "duty_grid" else ()
    if made.refused:
        return made
    original = feature.original
    if original is None and geometry is not feature.geometry:
        original = bytes(shapely.to_wkb(feature.geometry, byte_order=1))
    made.area = Area(
        made.code, made.kind, name, fields.get("parent"), geometry or shapely.Polygon(), start, end,
        cast("AreaClass | None", area_class), cast("Sides | None", sides), tuple(sorted(members)),
        feature.datum, feature.crs, original,
    )  # fmt: skip
    return made


def _check_code(made: Draft, kind: Kind, city: str) -> None:
    if not made.code:
        made.tell("error", "no_code", "code", "no code given")
    elif fault := code_fault(kind, made.code):
        made.tell("error", "bad_code", "code", fault)
    elif kind == "city" and made.code != city:
        made.tell("error", "other_city", "code", f"{made.code} is not this bureau's own code {city}")


def _choice(made: Draft, name: str, choices: Sequence[str]) -> str | None:
    """A value of a closed list, or the word the file has for it."""
    text = made.feature.fields.get(name, "")
    other: dict[str, list[str]] = words()["values"][name]
    fits = (value for value in choices if text.casefold() == value.casefold() or text in other[value])
    found = next(fits, None)
    if text and found is None:
        made.tell("error", f"bad_{name}", name, f"{text!r} is none of {', '.join(choices)}")
    return found


def _day(made: Draft, name: str) -> date | None:
    """A date written as 2024-02-29, 2024/2/29 or 20240229; a time of day after it is cut off."""
    text = made.feature.fields.get(name, "")
    if not text:
        return None
    match = _DAY.match(text)
    try:
        return date(*map(int, match.group(1, 3, 4))) if match else date.fromisoformat(text)
    except ValueError:
        made.tell("error", "bad_date", name, f"{text!r} is no day; write it as 2024-02-29")
        return None


def _geometry(made: Draft, kind: Kind) -> BaseGeometry | None:
    """The geometry in the shape its kind needs, repaired where that is possible."""
    feature, geometry = made.feature, made.feature.geometry
    if feature.fault:
        made.tell("error", "bad_place", "geometry", feature.fault)
        return None
    if geometry is None or geometry.is_empty:
        if kind != "duty_grid":
            made.tell("error", "no_geometry", "geometry", "the feature has no shape")
        return None
    wanted = "LineString" if kind == "road_segment" else "Polygon"
    if not geometry.geom_type.endswith(wanted):
        made.tell("error", "wrong_shape", "geometry", f"a {kind} is a {wanted}, this is a {geometry.geom_type}")
        return None
    if geometry.is_valid and not (wanted == "LineString" and geometry.length == 0):
        return cast(BaseGeometry, shapely.force_2d(geometry)) if geometry.has_z else geometry
    why = str(shapely.is_valid_reason(geometry))
    fixed = shapely.make_valid(geometry)
    parts = [part for part in shapely.get_parts(fixed).tolist() if part.geom_type.endswith("Polygon")]
    mended = shapely.union_all(parts) if parts else None
    point = shapely.get_coordinates(geometry)[0].tolist()
    place = (point[0], point[1])
    if wanted == "LineString" or mended is None or mended.area == 0:
        made.tell("error", "invalid_geometry", "geometry", f"beyond repair: {why}", place=place)
        return None
    area = area_m2(mended)
    made.tell("warning", "repaired", "geometry", f"repaired, look at it: {why}", place=place, area_m2=area)
    return cast(BaseGeometry, mended)
