"""How areas fit together: overlaps, gaps, children outside of their parent, slivers. Pure.

Only layers that tile their parent are checked against themselves; duty grids are unions, roads are lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.model import LAYERS, Area
from xiuhua.city.areas.plane import Plane
from xiuhua.city.areas.report import Finding

SLIVER_M: Final = 1.0
"""What is nowhere wider is a sliver: two surveys of one border, not a mistake about who owns what."""
IGNORED_M2: Final = 0.05
"""Below this it is rounding of coordinates."""


def check(areas: Iterable[Area], focus: Collection[str] | None = None, sliver_m: float = SLIVER_M) -> list[Finding]:
    """All findings among the areas of one day; with `focus`, those that concern these codes.

    Everything here is a warning: a city must be able to start with the borders it has.
    """
    every = sorted(areas, key=lambda area: area.code)
    wanted = {area.code for area in every} if focus is None else set(focus)
    plane = Plane.around(np.array([area.geometry for area in every], dtype=object))
    layers = [[area for area in every if area.kind == kind] for kind in LAYERS]
    findings: list[Finding] = []
    for layer in layers:
        findings += _overlaps(layer, wanted, plane, sliver_m)
    tiled = [area for layer in layers for area in layer]
    for parent, children in _families(tiled):
        if parent.code in wanted or any(child.code in wanted for child in children):
            findings += _gaps(parent, children, plane, sliver_m)
            findings += _outside(parent, [child for child in children if child.code in wanted], plane, sliver_m)
    return findings + _duty_grids(every, wanted)


def _shapes(areas: Sequence[Area], plane: Plane) -> NDArray[Any]:
    return np.asarray(plane.flatten(np.array([area.geometry for area in areas], dtype=object)), dtype=object)


def _tell(what: str, codes: tuple[str, ...], why: str, piece: BaseGeometry, plane: Plane) -> Finding:
    """A finding about a piece of land: its area and a point in it."""
    point = piece.point_on_surface()
    lon, lat = plane.degrees(point.x, point.y)
    area = round(float(piece.area), 2)
    return Finding("warning", what, codes, f"{why}: {area:g} m2", area, (round(lon, 7), round(lat, 7)))


def _land(shape: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of a result that may hold points and lines too, without those that are mere rounding."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts.tolist() if part.geom_type == "Polygon" and part.area > IGNORED_M2]


def _is_sliver(pieces: Iterable[BaseGeometry], width_m: float) -> bool:
    return all(piece.buffer(-width_m / 2).is_empty for piece in pieces)


def _overlaps(layer: Sequence[Area], wanted: Set[str], plane: Plane, sliver_m: float) -> list[Finding]:
    if len(layer) < 2:
        return []
    shapes = _shapes(layer, plane)
    # GEOS finds at once which polygons do not meet their neighbours edge to edge; only those are cut.
    suspect = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    mine = np.array([area.code in wanted for area in layer])
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = (one < other) & (mine[one] | mine[other]) & (suspect[one] | suspect[other])
    one, other = one[keep], other[keep]
    findings = []
    for a, b, shape in zip(one, other, shapely.intersection(shapes[one], shapes[other]), strict=True):
        if not (pieces := _land(shape)):
            continue
        codes = (layer[a].code, layer[b].code)
        thin = _is_sliver(pieces, sliver_m)
        what = "sliver_overlap" if thin else "overlap"
        findings.append(_tell(what, codes, f"{codes[0]} and {codes[1]} overlap", shapely.union_all(pieces), plane))
    return findings


def _families(tiled: Sequence[Area]) -> list[tuple[Area, list[Area]]]:
    """Every parent with its children of one layer."""
    by_code = {area.code: area for area in tiled}
    children: dict[tuple[str, str], list[Area]] = defaultdict(list)
    for area in tiled:
        if area.parent in by_code:
            children[area.parent or "", area.kind].append(area)
    return [(by_code[parent], below) for (parent, _), below in sorted(children.items())]


def _gaps(parent: Area, children: Sequence[Area], plane: Plane, sliver_m: float) -> list[Finding]:
    rest = plane.flatten(parent.geometry).difference(shapely.union_all(_shapes(children, plane)))
    findings = []
    for piece in _land(rest):
        what = "sliver_gap" if _is_sliver([piece], sliver_m) else "gap"
        why = f"part of {parent.code} is in no {children[0].kind}"
        findings.append(_tell(what, (parent.code,), why, piece, plane))
    return findings


def _outside(parent: Area, children: Sequence[Area], plane: Plane, sliver_m: float) -> list[Finding]:
    outline = plane.flatten(parent.geometry)
    shapes = _shapes(children, plane)
    shapely.prepare(outline)
    astray = np.flatnonzero(~shapely.covers(outline, shapes))
    findings = []
    for number in astray.tolist():
        if pieces := _land(shapes[number].difference(outline)):
            codes = (children[number].code, parent.code)
            what = "sliver_outside" if _is_sliver(pieces, sliver_m) else "outside_parent"
            why = f"{codes[0]} reaches out of its parent {codes[1]}"
            findings.append(_tell(what, codes, why, shapely.union_all(pieces), plane))
    return findings


def _duty_grids(areas: Sequence[Area], wanted: Set[str]) -> list[Finding]:
    """Unit grids that belong to two duty grids, or to none while others do."""
    duties = [area for area in areas if area.kind == "duty_grid"]
    owners: dict[str, tuple[str, ...]] = {}
    for duty in duties:
        for member in duty.members:
            owners[member] = (*owners.get(member, ()), duty.code)
    findings = []
    for code, several in sorted(owners.items()):
        if len(several) > 1 and not wanted.isdisjoint((code, *several)):
            why = f"unit grid {code} belongs to several duty grids: {', '.join(several)}; the first one counts"
            findings.append(Finding("warning", "two_duty_grids", (code, *several), why))
    left = [area.code for area in areas if area.kind == "unit_grid" and area.code not in owners]
    if duties and left and not wanted.isdisjoint([*left, *(duty.code for duty in duties)]):
        why = f"{len(left)} unit grids belong to no duty grid: {', '.join(left[:20])}"
        findings.append(Finding("note", "no_duty_grid", tuple(left[:20]), why))
    return findings
