"""What an area is: kinds, codes, and who may be whose parent. Pure.

Codes: GB/T 2260 (6 digits: city, district), the statistics bureau's extension (9 street, 12 community), and
the unit grid of GB/T 47678.3 / GB/T 30428.1 (15 characters; 14 in older data).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Literal

import shapely
from shapely.geometry.base import BaseGeometry

Kind = Literal["city", "district", "street", "community", "unit_grid", "duty_grid", "road_segment"]
AreaClass = Literal["A", "B", "C"]
Sides = Literal["L", "R", "both"]

KINDS: Final[tuple[Kind, ...]] = (
    "city", "district", "street", "community", "unit_grid", "duty_grid", "road_segment",
)  # fmt: skip
"""In the order in which an import takes them: parents before children."""
ADMINISTRATIVE: Final[tuple[Kind, ...]] = KINDS[:4]
LAYERS: Final[tuple[Kind, ...]] = KINDS[:5]
"""Kinds that tile their parent, so that gaps and overlaps among them are mistakes."""
CLASSES: Final[tuple[AreaClass, ...]] = ("A", "B", "C")
SIDES: Final[tuple[Sides, ...]] = ("L", "R", "both")

PARENTS: Final[dict[Kind, tuple[Kind, ...]]] = {
    "city": (),
    "district": ("city",),
    "street": ("district", "city"),
    "community": ("street",),
    "unit_grid": ("community", "street"),
    "duty_grid": (),
    "road_segment": (),
}
"""Where a parent is looked for by containment, nearest level first. Never read from a piece of the code: a
14-character grid code cuts differently from one of 15, and development zones keep old numbers."""

_RULES: Final[dict[Kind, tuple[str, str]]] = {
    "city": (r"[1-9][0-9]{5}", "6 digits of GB/T 2260"),
    "district": (r"[1-9][0-9]{5}", "6 digits of GB/T 2260"),
    "street": (r"[1-9][0-9]{8}", "9 digits: the district's 6 and 3 of its own"),
    "community": (r"[1-9][0-9]{11}", "12 digits: the street's 9 and 3 of its own"),
    "unit_grid": (r"[0-9A-Z]{14,15}", "15 characters 0-9 A-Z (14 in older data)"),
    "duty_grid": (r"\S(?:.{0,30}\S)?", "1 to 32 characters"),
    "road_segment": (r"\S(?:.{0,30}\S)?", "1 to 32 characters"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area as it is between two days; geometry in WGS-84/CGCS2000 degrees (lon, lat)."""

    code: str
    kind: Kind
    name: str
    parent: str | None
    geometry: BaseGeometry
    valid_from: date
    valid_to: date | None = None
    """The last day it is valid, inclusive; None: open."""
    area_class: AreaClass | None = None
    """Management class of the place (limits may hang on it); None: that of the area around it."""
    sides: Sides | None = None
    """Road segments: the sides of the line (in its direction) that belong to it; None: both."""
    members: tuple[str, ...] = ()
    """Duty grids: the codes of their unit grids, sorted."""
    datum: str = "wgs84"
    crs: str | None = None
    """The file's coordinate system where it was a projected one, e.g. `EPSG:4549`."""
    original: bytes | None = None
    """WKB as it came, in `datum` or `crs`; None: the same as `geometry`."""

    def valid_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def point(self) -> tuple[float, float]:
        """Longitude and latitude of a point in it; on a line, of its middle."""
        shape = self.geometry
        if self.kind == "road_segment":
            longest = max(shapely.get_parts(shape).tolist(), key=lambda part: part.length)
            point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
        else:
            point = shape.point_on_surface()
        return float(point.x), float(point.y)

    def content(self) -> bytes:
        """SHA-256 over everything but the dates: equal content, nothing to change.

        Over the coordinates as they came: a converted datum may differ in its last bit between machines.
        A duty grid is its members; its outline follows from theirs.
        """
        words = (self.kind, self.name, self.parent or "", self.area_class or "", self.sides or "",
                 ",".join(self.members), self.datum.replace("cgcs2000", "wgs84"), self.crs or "")  # fmt: skip
        shape = self.original or wkb(self.geometry)
        return sha256("\x1f".join(words).encode() + b"\x1e" + shape).digest()


def wkb(geometry: BaseGeometry) -> bytes:
    """Little-endian WKB of two dimensions in one normal form: where a ring starts does not matter."""
    flat = shapely.force_2d(geometry)
    if not flat.geom_type.endswith("LineString"):  # a line's direction says which side is left
        flat = shapely.normalize(flat)
    return bytes(shapely.to_wkb(flat, byte_order=1))


def code_fault(kind: Kind, code: str) -> str | None:
    """Why a code does not fit its kind, with what was expected; None when it fits."""
    pattern, rule = _RULES[kind]
    if re.fullmatch(pattern, code) and code.isprintable():
        return None
    return f"{code!r} ({len(code)} characters) is no {kind} code: expected {rule}"


def is_higher(kind: Kind, than: Kind) -> bool:
    """Whether areas of one kind may be given as parents of the other."""
    rank = KINDS.index
    return kind in ADMINISTRATIVE and (than not in LAYERS or rank(kind) < rank(than))
