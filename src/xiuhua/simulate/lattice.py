"""The map of a fictional district: a bent lattice whose cells fit without gaps, cut into grids. Pure.

26 × 12 cells are the 312 unit grids; runs of 13 along a winding path make 24 communities, columns of these
make 3 streets, halves of communities make the duty grids. Roads follow lines of the lattice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

COLUMNS: Final = 26
ROWS: Final = 12
_BAND: Final = 3
_PER_COMMUNITY: Final = 13
_CELL_DEG: Final = 0.0011
"""Side of a cell: about 110 m, so that a unit grid has some 10,000 m² (GB/T 30428.1)."""
_JITTER: Final = 0.22


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of the district, before it is imported like any other file."""

    code: str
    kind: str
    name: str
    parent: str
    geometry: BaseGeometry
    area_class: str | None = None
    members: tuple[str, ...] = ()


def district(words: Mapping[str, Any], seed: int) -> list[MapArea]:
    """Every area, the larger before the smaller."""
    city = words["bureau"]["city"]
    cells = _cells(words["origin"], Random(seed))
    communities, grids, duty = _communities(city, words, cells)
    streets = _streets(words["streets"], communities)
    whole = shapely.union_all([street.geometry for street in streets])
    parts = [MapArea(city, "district", words["bureau"]["name"], "", whole)]
    return [*parts, *streets, *communities, *grids, *duty, *_roads(words, cells)]


Cells = Mapping[tuple[int, int], Polygon]


def _cells(origin: Mapping[str, float], random: Random) -> Cells:
    """The cells by column and row; neighbours share their corners exactly."""
    corners = {}
    for column in range(COLUMNS + 1):
        for row in range(ROWS + 1):
            x = column + random.uniform(-_JITTER, _JITTER)
            y = row + random.uniform(-_JITTER, _JITTER)
            corners[column, row] = (
                round(origin["lon"] + x * _CELL_DEG, 7), round(origin["lat"] + y * _CELL_DEG, 7),
            )  # fmt: skip
    ring = ((0, 0), (1, 0), (1, 1), (0, 1))
    return {
        (column, row): Polygon([corners[column + x, row + y] for x, y in ring])
        for column in range(COLUMNS)
        for row in range(ROWS)
    }


def _path() -> list[list[tuple[int, int]]]:
    """For each band of rows, its cells in the order of a path that winds through it."""
    bands = []
    for bottom in range(0, ROWS, _BAND):
        band: list[tuple[int, int]] = []
        for column in range(COLUMNS):
            rows = list(range(bottom, bottom + _BAND))
            band += [(column, row) for row in (rows if column % 2 == 0 else reversed(rows))]
        bands.append(band)
    return bands


def _communities(
    city: str, words: Mapping[str, Any], cells: Cells
) -> tuple[list[MapArea], list[MapArea], list[MapArea]]:
    communities, grids, duty, names = [], [], [], words["communities"]
    per_band = COLUMNS * _BAND // _PER_COMMUNITY
    for band_number, band in enumerate(_path()):
        for chunk in range(per_band):
            street = f"{city}{chunk * 3 // per_band + 1:03}"
            code = f"{street}{band_number * 2 + chunk % 2 + 1:03}"
            name = names[band_number * per_band + chunk]
            chosen = band[chunk * _PER_COMMUNITY : (chunk + 1) * _PER_COMMUNITY]
            class_ = "ABC"[min(2, abs(chunk - per_band // 2))]
            codes = [f"{code}{number:03}" for number in range(1, len(chosen) + 1)]
            whole = shapely.union_all([cells[cell] for cell in chosen])
            communities.append(MapArea(code, "community", words["community_name"].format(name), street, whole, class_))
            for grid, number, cell in zip(codes, range(1, len(codes) + 1), chosen, strict=True):
                grids.append(MapArea(grid, "unit_grid", f"{name}{number:02}", code, cells[cell]))
            for half, part in enumerate((slice(0, 7), slice(7, None)), start=1):
                union = shapely.union_all([cells[cell] for cell in chosen[part]])
                duty.append(
                    MapArea(f"{code}D{half}", "duty_grid", f"{name}{half}", code, union, members=tuple(codes[part]))
                )
    return communities, grids, duty


def _streets(names: Sequence[str], communities: Sequence[MapArea]) -> list[MapArea]:
    return [
        MapArea(
            code, "street", names[int(code[-3:]) - 1], code[:6],
            shapely.union_all([one.geometry for one in communities if one.parent == code]),
        )
        for code in sorted({one.parent for one in communities})
    ]  # fmt: skip


def _roads(words: Mapping[str, Any], cells: Cells) -> list[MapArea]:
    """Lines between the bands and every fourth column, cut where they leave a street."""
    city, names, roads = words["bureau"]["city"], list(words["roads"]), []
    across = [[cells[column, row].exterior.coords[0] for column in range(COLUMNS)] for row in range(_BAND, ROWS, _BAND)]
    upward = [[cells[column, row].exterior.coords[0] for row in range(ROWS)] for column in range(3, COLUMNS, 3)]
    for number, (name, line) in enumerate(zip(names, [*across, *upward], strict=False), start=1):
        half = len(line) // 2
        for part, points in enumerate((line[: half + 1], line[half:]), start=1):
            code = f"{city}R{number:02}{part}"
            roads.append(MapArea(code, "road_segment", name, city, LineString(points)))
    return roads
