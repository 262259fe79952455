"""Features of files become areas, or are refused with every reason. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.files import Feature, words
from xiuhua.city.areas.model import (
    ADMINISTRATIVE,
    CLASSES,
    KINDS,
    SIDES,
    Area,
    Kind,
    code_fault,
    wkb,
)
from xiuhua.city.areas.report import Finding, Severity

_MAX_NAME = 100


@dataclass(slots=True)
class Draft:
    """A feature on its way to an area, with what was found about it."""

    feature: Feature
    kind: Kind | None = None
    findings: list[Finding] = field(default_factory=list)
    area: Area | None = None

    @property
    def code(self) -> str:
        return self.feature.fields.get("code", "")

    @property
    def refused(self) -> bool:
        return any(row.severity == "error" for row in self.findings)

    def tell(self, severity: Severity, what: str, field_: str, why: str, **more: Any) -> None:
        """Add a finding with the feature's place in its file."""
        codes = (self.code,) if self.code else ()
        at = {"file": self.feature.file, "row": self.feature.row, "field": field_}
        self.findings.append(Finding(severity, what, codes, why, **at, **more))


def draft(feature: Feature, kind: Kind | None, city: str, valid_from: date) -> Draft:
    """Everything that one feature tells by itself; parents and members are settled by `settle`."""
    made = Draft(feature)
    fields = feature.fields
    made.kind = kind or cast("Kind | None", _choice(made, "kind", KINDS))
    if made.kind is None:
        if not fields.get("kind"):
            made.tell("error", "no_kind", "kind", f"no kind given: one of {', '.join(KINDS)}")
        return made
    _check_code(made, made.kind, city)
    name = fields.get("name", "")
    if not name and made.kind in ("unit_grid", "duty_grid"):
        name = made.code
    if not name:
        made.tell("error", "no_name", "name", f"a {made.kind} needs a name")
    if len(name) > _MAX_NAME or not name.isprintable():
        made.tell("error", "bad_name", "name", f"a name has at most {_MAX_NAME} printable characters")
    area_class, sides = _choice(made, "area_class", CLASSES), _choice(made, "sides", SIDES)
    start, end = _day(made, "valid_from") or valid_from, _day(made, "valid_to")
    if end is not None and end < start:
        made.tell("error", "bad_dates", "valid_to", f"valid_to {end} is before valid_from {start}")
    geometry = _geometry(made, made.kind)
    members = tuple(sorted(set(re.split(r"[,;\s\u3001\uff0c\uff1b]+", fields.get("members", ""))) - {""}))
    if made.refused:
        return made
    repaired = geometry is not None and geometry is not feature.geometry
    original = feature.original or (wkb_of(feature.geometry) if repaired else None)
    made.area = Area(
        made.code, made.kind, name, fields.get("parent"),
        geometry if geometry is not None else shapely.Polygon(), start, end,
        cast(Any, area_class), cast(Any, sides), members if made.kind == "duty_grid" else (),
        feature.datum, feature.crs, original,
    )  # fmt: skip
    return made


def wkb_of(geometry: BaseGeometry | None) -> bytes | None:
    """WKB of what came, as it came."""
    return None if geometry is None else bytes(shapely.to_wkb(geometry, byte_order=1))


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
    found = next((value for value in choices if text.casefold() == value.casefold() or text in other[value]), None)
    if text and found is None:
        made.tell("error", f"bad_{name}", name, f"{text!r} is none of {', '.join(choices)}")
    return found


def _day(made: Draft, name: str) -> date | None:
    """A date written as 2024-02-29, 2024/2/29 or 20240229; a time of day after it is cut off."""
    text = made.feature.fields.get(name, "")
    match = re.match(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?$", text)
    try:
        return date(int(match[1]), int(match[3]), int(match[4])) if match else _no_day(made, name, text)
    except ValueError:
        return _no_day(made, name, text)


def _no_day(made: Draft, name: str, text: str) -> None:
    if text:
        made.tell("error", "bad_date", name, f"{text!r} is no day; write it as 2024-02-29")


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
    change = f"its area went from {geometry.area:.3g} to {mended.area:.3g} square degrees"
    made.tell("warning", "repaired", "geometry", f"repaired: {why}; {change}", place=place)
    return cast(BaseGeometry, mended)


def settle(drafts: Sequence[Draft], city: str, existing: Mapping[str, Area]) -> dict[str, Area]:
    """Find duplicates, parents and members, kind by kind from the city down; `existing` are those of the day.

    Drafts that fail get their errors; the rest is returned by code.
    """
    _refuse_duplicates(drafts)
    known = dict(existing)
    settled: dict[str, Area] = {}
    for kind in KINDS:
        mine = [made for made in drafts if made.kind == kind and made.area is not None and not made.refused]
        if not mine:
            continue
        for made, area in _with_parents(mine, kind, city, known):
            done = _with_members(made, area, known) if kind == "duty_grid" else area
            other = existing.get(area.code)
            if other is not None and other.kind != kind:
                made.tell("error", "code_of_other_kind", "code", f"{area.code} is already a {other.kind}")
            if not made.refused:
                settled[area.code] = known[area.code] = done
    return settled
