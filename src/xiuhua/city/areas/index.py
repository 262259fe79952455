"""All areas of a city on one day, in memory: which area a point lies in, and how areas hang together.

Immutable and free of I/O. `locate` answers for batches of any size; on a shared border the grid with the
smallest code has the point, for a batch as for a single one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from xiuhua.city.areas import rasterize
from xiuhua.city.areas.model import ADMINISTRATIVE, KINDS, Area, AreaClass
from xiuhua.city.areas.raster import DOUBTFUL, Floats, Ints
from xiuhua.city.areas.roads import RoadPlace, Roads
from xiuhua.platform.errors import NotFound

_PIECE = 1 << 15
"""Points looked up at a time: their columns stay in the processor's cache."""
_THREADED = 1 << 17
_NONE = np.iinfo(np.int32).max


class AreaIndex:
    """The areas of one city that are valid on one day."""

    def __init__(self, city: str, on: date, areas: Iterable[Area]) -> None:
        """`areas` are those of the city; the ones not valid on the day are left out."""
        self.city = city
        self.on = on
        self._areas = {area.code: area for area in areas if area.valid_on(on)}
        grids = sorted(self._of("unit_grid"), key=lambda area: area.code)
        self.grid_codes: tuple[str, ...] = tuple(area.code for area in grids)
        self._number = {code: number for number, code in enumerate(self.grid_codes)}
        self._grids = np.array([area.geometry for area in grids], dtype=object)
        self._tree = shapely.STRtree(self._grids)
        self._raster = rasterize.build(self._grids, self._exact) if grids else None
        self._wider = sorted(
            (area for kind in ADMINISTRATIVE for area in self._of(kind)),
            key=lambda area: (-KINDS.index(area.kind), area.code),
        )
        self._wider_tree = shapely.STRtree([area.geometry for area in self._wider])
        self._roads = Roads(self._of("road_segment"))
        self._duty_of: dict[str, str] = {}
        for duty in sorted(self._of("duty_grid"), key=lambda area: area.code):
            for member in duty.members:
                self._duty_of.setdefault(member, duty.code)
        self._chains = self._above()
        self._children = self._below()

    def _of(self, kind: str) -> list[Area]:
        return [area for area in self._areas.values() if area.kind == kind]

    def _above(self) -> dict[str, tuple[str, ...]]:
        """Every code's chain up to the city, which ends it even where the city itself is not drawn."""
        chains: dict[str, tuple[str, ...]] = {self.city: (self.city,)}
        for area in sorted(self._areas.values(), key=lambda area: KINDS.index(area.kind)):
            parent = area.parent
            if area.kind == "duty_grid" and parent is None:
                around = [chains[member][1:] for member in area.members if member in chains]
                shared = (code for code in (around or [()])[0] if all(code in chain for chain in around))
                parent = next(shared, None)
            if area.code != self.city:
                chains[area.code] = (area.code, *chains.get(parent or self.city, (self.city,)))
        return chains

    def _below(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self._areas):
            for parent in self._chains[code][1:2]:
                below[parent].append(code)
        return {code: tuple(children) for code, children in below.items()}

    # -- points --

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> Ints:
        """The unit grid of each point, as a number into `grid_codes`, -1 where there is none.

        `lon`, `lat`: degrees WGS-84/CGCS2000, [n] each. A point on a border belongs to the smallest code;
        NaN lies nowhere. Raises `ValueError` for columns of different lengths.
        """
        x = np.ascontiguousarray(np.atleast_1d(lon), dtype=np.float64)
        y = np.ascontiguousarray(np.atleast_1d(lat), dtype=np.float64)
        if x.ndim != 1 or x.shape != y.shape:
            raise ValueError(f"lon and lat must be two columns of one length, not {x.shape} and {y.shape}")
        found: Ints = np.full(len(x), -1, dtype=np.int32)
        if self._raster is None:
            return found
        raster = self._raster

        def look_up(start: int) -> None:
            piece = slice(start, start + _PIECE)
            found[piece] = raster.look_up(x[piece], y[piece])

        def decide(some: NDArray[np.intp]) -> None:
            found[some] = self._exact(x[some], y[some])

        pieces = range(0, len(x), _PIECE)
        if len(x) < _THREADED:
            for start in pieces:
                look_up(start)
            if (doubtful := np.flatnonzero(found == DOUBTFUL)).size:
                decide(doubtful)
            return found
        with ThreadPoolExecutor(2) as pool:  # NumPy and GEOS let go of the interpreter's lock
            list(pool.map(look_up, pieces))
            list(pool.map(decide, np.array_split(np.flatnonzero(found == DOUBTFUL), 2)))
        return found

    def locate_one(self, lon: float, lat: float) -> int:
        """`locate` for a single point, without the arrays' overhead."""
        if self._raster is None:
            return -1
        label = self._raster.look_up_one(lon, lat)
        if label != DOUBTFUL:
            return label
        hits = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return int(hits.min()) if hits.size else -1

    def _exact(self, x: Floats, y: Floats) -> Ints:
        """The same by GEOS alone: the smallest number of the grids that a point intersects."""
        best: Ints = np.full(len(x), _NONE, dtype=np.int32)
        point, grid = self._tree.query(shapely.points(x, y))
        order = np.argsort(grid, kind="stable")  # polygon by polygon: three times as fast as criss-cross
        point, grid = point[order], grid[order]
        hit = shapely.intersects_xy(self._grids[grid], x[point], y[point])
        np.minimum.at(best, point[hit], grid[hit].astype(np.int32))
        best[best == _NONE] = -1
        return best

    def locate_any(self, lon: float, lat: float) -> Area | None:
        """The smallest area around a point: its unit grid, else community, street, district, city."""
        number = self.locate_one(lon, lat)
        if number >= 0:
            return self._areas[self.grid_codes[number]]
        if not (np.isfinite(lon) and np.isfinite(lat)):
            return None
        hits = self._wider_tree.query(shapely.Point(lon, lat), predicate="intersects")
        return self._wider[int(hits.min())] if hits.size else None

    def nearest_road(self, lon: float, lat: float, max_m: float) -> RoadPlace | None:
        """The nearest road segment within `max_m` metres, its side and distance; `Roads.nearest`."""
        return self._roads.nearest(np.array([lon]), np.array([lat]), max_m)[0]

    def nearest_roads(self, lon: NDArray[np.float64], lat: NDArray[np.float64], max_m: float) -> list[RoadPlace | None]:
        """`nearest_road` of many points."""
        return self._roads.nearest(lon, lat, max_m)

    def memory_bytes(self) -> int:
        """What the raster takes; geometries come on top."""
        return self._raster.memory_bytes() if self._raster else 0

    # -- codes --

    def __len__(self) -> int:
        return len(self._areas)

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    def areas(self, kind: str | None = None) -> list[Area]:
        """All areas, or those of one kind, by code."""
        return [self._areas[code] for code in sorted(self._areas) if kind in (None, self._areas[code].kind)]

    def area(self, code: str) -> Area:
        """The area of a code. Raises `NotFound`."""
        try:
            return self._areas[code]
        except KeyError:
            raise NotFound(f"No area {code} on {self.on}.", kind="area", code=code) from None

    def number(self, grid_code: str) -> int:
        """The number of a unit grid in `grid_codes`; -1 when there is none."""
        return self._number.get(grid_code, -1)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """From the area itself up to the city: unit grid, community, street, district, city.

        Raises `NotFound`.
        """
        if code not in self._chains:
            self.area(code)
        return self._chains[code]

    def within(self, code: str, ancestor_code: str) -> bool:
        """Whether one area is the other or lies in it; a unit grid lies in its duty grid too."""
        if self._duty_of.get(code) == ancestor_code:
            return True
        return ancestor_code in self.ancestors(code)

    def children(self, code: str) -> tuple[str, ...]:
        """The areas directly below, by code; of a duty grid its unit grids."""
        area = self._areas.get(code)
        if area is not None and area.kind == "duty_grid":
            return tuple(member for member in area.members if member in self._areas)
        return self._children.get(code, ())

    def duty_grid_of(self, grid_code: str) -> str | None:
        """The duty grid that a unit grid belongs to (the smallest code where data have two)."""
        return self._duty_of.get(grid_code)

    def scopes(self, grid_index: int) -> list[str]:
        """Codes of all areas that contain a unit grid, itself first, its duty grid second; [] for -1."""
        if grid_index < 0:
            return []
        grid, *above = self.ancestors(self.grid_codes[grid_index])
        duty = self._duty_of.get(grid)
        return [grid, *([duty] if duty else []), *above]

    def around(self, code: str) -> tuple[str, ...]:
        """Codes of all areas that contain an area, itself first; of a unit grid as `scopes`. Raises `NotFound`."""
        number = self.number(code)
        return tuple(self.scopes(number)) if number >= 0 else self.ancestors(code)

    def area_class(self, code: str) -> AreaClass | None:
        """The management class: the area's own, else its duty grid's, else of the nearest one around it."""
        duty = self._duty_of.get(code)
        for each in (code, *([duty] if duty else []), *self.ancestors(code)[1:]):
            area = self._areas.get(each)
            if area is not None and area.area_class is not None:
                return area.area_class
        return None

    def area_class_at(self, lon: float, lat: float) -> AreaClass | None:
        """The management class of a place; None outside of all areas or where none is set."""
        area = self.locate_any(lon, lat)
        return self.area_class(area.code) if area else None
