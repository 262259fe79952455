"""A made-up city of 8 × 4 unit grids, 2 streets, 4 communities, 3 roads; and files of it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.model import Area, Kind

CITY = "990100"
DAY = date(2026, 1, 1)
STEP = 0.004
LON, LAT = 120.0, 30.0
COMMUNITIES = {
    "990101001001": ("阳光社区", 0),
    "990101001002": ("和平社区", 2),
    "990101002001": ("阳光社区", 4),
    "990101002002": ("幸福社区", 6),
}


def at(x: float, y: float) -> tuple[float, float]:
    """A place of the lattice in degrees."""
    return LON + x * STEP, LAT + y * STEP


def block(x: float, y: float, width: float = 1, height: float = 1) -> BaseGeometry:
    """A rectangle of the lattice."""
    return shapely.box(*at(x, y), *at(x + width, y + height))


def line(*places: tuple[float, float]) -> BaseGeometry:
    """A line through places of the lattice."""
    return shapely.LineString([at(*place) for place in places])


def area(code: str, kind: Kind, geometry: BaseGeometry, parent: str | None = None, **more: Any) -> Area:
    return Area(code, kind, more.pop("name", code), parent, geometry, more.pop("valid_from", DAY), **more)


def grids() -> list[Area]:
    return [
        area(f"{code}{3 * y + x + 1:03d}", "unit_grid", block(left + x, y), code)
        for code, (_, left) in COMMUNITIES.items()
        for x in range(2)
        for y in range(4)
    ]


def roads() -> list[Area]:
    return [
        *(area(f"R1-{n}", "road_segment", line((2 * n, 2), (2 * n + 2, 2)), name=f"民生路{n + 1}段") for n in range(4)),
        area("R2", "road_segment", line((2, 0), (2, 4)), name="解放街"),
        area("R3", "road_segment", line((6, 0), (6, 4)), name="和平路"),
        area("R4", "road_segment", line((0, 3.5), (0.5, 3.5)), name="文昌巷"),
    ]


def city() -> list[Area]:
    """The whole of it, with a duty grid of the four grids in the south-west."""
    members = ("990101001001001", "990101001001002", "990101001001004", "990101001001005")
    return [
        area(CITY, "city", block(0, 0, 8, 4), name="示范市"),
        area("990101", "district", block(0, 0, 8, 4), CITY, name="城东区", area_class="C"),
        area("990101001", "street", block(0, 0, 4, 4), "990101", name="新华街道", area_class="B"),
        area("990101002", "street", block(4, 0, 4, 4), "990101", name="城北街道"),
        *(area(code, "community", block(x, 0, 2, 4), code[:9], name=name) for code, (name, x) in COMMUNITIES.items()),
        *grids(),
        area("D1", "duty_grid", block(0, 0, 2, 2), members=members, name="责任一区", area_class="A"),
        *roads(),
    ]


def index() -> AreaIndex:
    return AreaIndex(CITY, DAY, city())


def write_geojson(path: Path, rows: Iterable[tuple[Mapping[str, Any], BaseGeometry | None]]) -> Path:
    features = [
        {"type": "Feature", "properties": dict(fields), "geometry": shape and mapping(shape)} for fields, shape in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def city_file(path: Path, *, without: str = "") -> Path:
    """All areas in one GeoJSON file, less those of one kind."""
    rows = [
        (
            {"code": one.code, "name": one.name, "kind": one.kind, "parent": one.parent, "members": list(one.members),
             "area_class": one.area_class},
            one.geometry,
        )
        for one in city()
        if one.kind != without
    ]  # fmt: skip
    return write_geojson(path, rows)


def jittered(side: int, seed: int = 1) -> list[BaseGeometry]:
    """side² polygons of 24 to 33 vertices that share their crooked borders."""
    random = np.random.default_rng(seed)
    nodes = np.stack(np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0)), axis=-1)
    nodes += random.uniform(-0.2, 0.2, nodes.shape)

    def chain(a: Any, b: Any) -> Any:
        count = int(random.integers(5, 8))
        t = (np.arange(1, count + 1) / (count + 1))[:, None]
        return np.vstack((a, a + (b - a) * t + random.uniform(-0.05, 0.05, (count, 2))))

    level = [[chain(nodes[y, x], nodes[y, x + 1]) for x in range(side)] for y in range(side + 1)]
    upright = [[chain(nodes[y, x], nodes[y + 1, x]) for x in range(side + 1)] for y in range(side)]
    polygons = []
    for y in range(side):
        for x in range(side):
            north = np.vstack((level[y + 1][x], nodes[y + 1, x + 1]))[:0:-1]
            west = np.vstack((upright[y][x], nodes[y + 1, x]))[:0:-1]
            ring = np.vstack((level[y][x], upright[y][x + 1], north, west))
            polygons.append(shapely.Polygon(ring * 0.001 + [LON, LAT]))
    return polygons
