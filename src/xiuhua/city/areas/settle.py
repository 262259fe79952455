"""Drafts among each other and with what is known: duplicates, parents, members of duty grids. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.drafts import Draft
from xiuhua.city.areas.model import KINDS, PARENTS, Area, Kind, is_higher
from xiuhua.city.areas.report import Finding

_TOUCHED, _WHOLE = 0.02, 0.98
"""A unit grid that an outline covers between these parts is cut by it."""


def settle(drafts: Sequence[Draft], city: str, existing: Mapping[str, Area]) -> dict[str, Area]:
    """Settle kind by kind, from the city down; `existing` are the areas of the import's day.

    Drafts that fail get their errors; the rest is returned by code, complete with parents and members.
    """
    _refuse_duplicates(drafts)
    known = dict(existing)
    settled: dict[str, Area] = {}
    for kind in KINDS:
        mine = [made for made in drafts if made.kind == kind and made.area and not made.refused]
        mine = [made for made in mine if not made.repeated]
        for made, area in _with_parents(mine, kind, city, known):
            whole = _with_members(made, area, known) if kind == "duty_grid" and not made.refused else area
            other = existing.get(area.code)
            if other is not None and other.kind != kind:
                made.tell("error", "code_of_other_kind", "code", f"{area.code} is already a {other.kind}")
            if made.refused:
                continue
            if other is not None and other.content() == whole.content():
                # A datum converted on another machine may differ in its last bit: keep what stands.
                whole = replace(whole, geometry=other.geometry)
            settled[area.code] = known[area.code] = whole
    return settled


def _refuse_duplicates(drafts: Sequence[Draft]) -> None:
    """A code that comes twice: the same thing again is left out, different things are all refused."""
    by_code: dict[str, list[Draft]] = defaultdict(list)
    for made in drafts:
        if made.code:
            by_code[made.code].append(made)
    for code, same in by_code.items():
        if len(same) == 1:
            continue
        contents = {made.area.content() if made.area else b"" for made in same}
        places = ", ".join(f"{made.feature.file} row {made.feature.row}" for made in same)
        for made in same if len(contents) > 1 else same[1:]:
            if len(contents) == 1:
                made.repeated = True
                made.tell("warning", "repeated", "code", f"{code} comes again, unchanged: {places}")
            else:
                why = f"{code} comes {len(same)} times with different content: {places}"
                made.tell(
                    "error",
                    "duplicate_code",
                    "code",
                    f"{why}; older versions go first, in a file of their own",
                )


def _with_parents(
    mine: Sequence[Draft], kind: Kind, city: str, known: Mapping[str, Area]
) -> Iterable[tuple[Draft, Area]]:
    """Each draft with its parent: the one given, else the one around it; errors are told to the draft."""
    seeking = [made for made in mine if made.area and not made.area.parent and made.code != city]
    found = _containing([made.area.geometry for made in seeking if made.area], kind, known)
    by_place = dict(zip((made.code for made in seeking), found, strict=True))
    for made in mine:
        assert made.area is not None
        parent = made.area.parent or by_place.get(made.code)
        if made.code == city or kind == "city":
            parent = None
        elif parent is None and kind in ("district", "street"):
            parent = city
        elif parent is None and PARENTS[kind]:
            levels = " or ".join(PARENTS[kind])
            why = f"lies in no {levels}: import those first, or give the column parent"
            made.tell("error", "no_parent", "parent", why)
        elif parent is not None and parent != city:
            _check_parent(made, kind, parent, known)
        yield made, replace(made.area, parent=parent)


def _check_parent(made: Draft, kind: Kind, parent: str, known: Mapping[str, Area]) -> None:
    above = known.get(parent)
    if above is None:
        made.tell("error", "unknown_parent", "parent", f"there is no area {parent} (or it was refused)")
    elif not is_higher(above.kind, kind):
        made.tell("error", "bad_parent", "parent", f"{parent} is a {above.kind}, no parent for a {kind}")
    elif kind in ("street", "community") and not made.code.startswith(parent):
        made.tell("warning", "other_prefix", "code", f"{made.code} does not begin with its parent's {parent}")


def _containing(geometries: Sequence[BaseGeometry], kind: Kind, known: Mapping[str, Area]) -> list[str | None]:
    """For each geometry the area it overlaps most, of the nearest level that it overlaps at all."""
    found: list[str | None] = [None] * len(geometries)
    shapes = np.array(geometries, dtype=object)
    for level in PARENTS[kind]:
        around = sorted((area for area in known.values() if area.kind == level), key=lambda area: area.code)
        open_ = np.array([number for number, code in enumerate(found) if code is None], dtype=np.int64)
        if not around or not open_.size:
            continue
        outlines = np.array([area.geometry for area in around], dtype=object)
        shapely.prepare(outlines)
        child, parent = shapely.STRtree(outlines).query(shapes[open_], predicate="intersects")
        child = open_[child]
        shared = np.where(shapely.covers(outlines[parent], shapes[child]), shapely.area(shapes[child]), -1.0)
        partly = shared < 0
        shared[partly] = shapely.area(shapely.intersection(outlines[parent[partly]], shapes[child[partly]]))
        share = np.round(shared / shapely.area(shapes[child]), 6)  # so that halves are equal whatever the last bit
        for number in np.lexsort((parent, -share)).tolist():
            if share[number] > 0 and found[child[number]] is None:
                found[child[number]] = around[parent[number]].code
    return found


def _with_members(made: Draft, area: Area, known: Mapping[str, Area]) -> Area:
    """A duty grid with its unit grids (given, or those its outline covers) and their union as its shape."""
    members = area.members
    if members:
        strange = [code for code in members if code not in known or known[code].kind != "unit_grid"]
        if strange:
            made.tell("error", "unknown_member", "members", f"no unit grids: {', '.join(strange[:20])}")
            return area
    elif not area.geometry.is_empty:
        members = _covered(made, area.geometry, known)
    if not members:
        why = "a duty grid needs its unit grids: a list in the column members, or an outline that covers some"
        made.tell("error", "no_members", "members", why)
        return area
    return replace(area, members=members, geometry=union_of(members, known))


def _covered(made: Draft, outline: BaseGeometry, known: Mapping[str, Area]) -> tuple[str, ...]:
    """The unit grids of which an outline covers more than half."""
    grids = sorted((area for area in known.values() if area.kind == "unit_grid"), key=lambda area: area.code)
    shapes = np.array([area.geometry for area in grids], dtype=object)
    near = np.flatnonzero(shapely.intersects(shapes, outline)) if grids else np.zeros(0, dtype=np.int64)
    part = shapely.area(shapely.intersection(shapes[near], outline)) / shapely.area(shapes[near])
    cut = [grids[number].code for number in near[(part > _TOUCHED) & (part < _WHOLE)].tolist()]
    if cut:
        why = f"its outline cuts unit grids (more than half counts as inside): {', '.join(cut[:20])}"
        made.tell("warning", "cuts_grid", "geometry", why)
    return tuple(grids[number].code for number in near[part > 0.5].tolist())


def union_of(members: Iterable[str], known: Mapping[str, Area]) -> BaseGeometry:
    """The shape of a duty grid: all its unit grids together."""
    return shapely.normalize(shapely.union_all([known[code].geometry for code in sorted(members)]))


def redraw(known: Mapping[str, Area], duties: Iterable[Area]) -> tuple[list[Area], list[Finding]]:
    """Duty grids not in the import whose unit grids it changed or closed, drawn anew from `known`.

    One that has lost all its unit grids keeps its last shape and is told.
    """
    drawn, findings = [], []
    for duty in duties:
        left = tuple(code for code in duty.members if code in known)
        if lost := sorted(set(duty.members) - set(left)):
            why = f"duty grid {duty.code} lost unit grids that were closed: {', '.join(lost[:20])}"
            findings.append(Finding("warning", "member_closed", (duty.code, *lost[:20]), why))
        shape = union_of(left, known) if left else duty.geometry
        if left and (left != duty.members or not shape.equals(duty.geometry)):
            drawn.append(replace(duty, members=left, geometry=shape))
    return drawn, findings
