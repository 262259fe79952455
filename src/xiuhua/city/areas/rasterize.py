"""How the raster of `raster.py` is made: borders drawn a little too thick, the rest filled by scan lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.city.areas.raster import DOUBTFUL, Floats, Ints, Raster

Longs = NDArray[np.int64]
Labeller = Callable[[Floats, Floats], Ints]

CELLS_PER_POLYGON: Final = 32
"""Fine cells along the side of a polygon of median size: finer means more memory, fewer doubtful points."""
MAX_COARSE: Final = 4_000_000
MAX_FINE: Final = 12_000_000
_PAINTED: Final = 4_000_000
"""Cells painted at a time."""
_MAX_BITS: Final = 5
_SWELL: Final = 1e-3
"""Borders are drawn this much of a cell too thick; rounding moves a point by far less (1e-9)."""
_CLEAR: Final = 1e-6
"""So far from a segment (in cells) a corner must be to speak for its side."""
_CROWD: Final = 16


@dataclass(frozen=True, slots=True)
class _Grid:
    """The raster's measures, and degrees in fine cells."""

    x0: float
    y0: float
    inverse: float
    bits: int
    nx: int
    ny: int

    def fits(self) -> bool:
        """Whether tables and the band that is painted at a time stay within their bounds."""
        cells = (self.nx >> self.bits) * (self.ny >> self.bits)
        return cells <= 2 * MAX_COARSE and self.nx << self.bits <= _PAINTED

    def scaled(self, xy: Floats) -> Floats:
        return np.asarray((xy - [self.x0, self.y0]) * self.inverse)


@dataclass(frozen=True, slots=True)
class _Crossings:
    """Which segment touches which fine cell, swollen by `_SWELL`: one row each."""

    ix: Longs
    iy: Longs
    segment: Longs


def build(polygons: NDArray[Any], exact: Labeller) -> Raster:
    """The raster of valid polygons [n > 0], whose labels are their numbers; `exact` labels points by GEOS."""
    ends = _segments(polygons)
    side = float(np.sqrt(np.median(shapely.area(polygons))))
    fineness = CELLS_PER_POLYGON / side
    while True:
        grid = _measure(shapely.total_bounds(polygons), fineness)
        if grid.fits():
            crossings = _cross(grid.scaled(ends[:, 0]), grid.scaled(ends[:, 1]), grid)
            blocks = np.unique(_coarse_cell(grid, crossings))
            if blocks.size << 2 * grid.bits <= MAX_FINE:
                break
        fineness /= 1.5
    coarse, fine = _paint(polygons, grid, blocks)
    cell = _fine_cell(grid, crossings, blocks)
    numbers, sides = _mark(fine, cell, crossings, ends, grid, exact)
    return Raster(
        grid.x0, grid.y0, grid.inverse, grid.bits, grid.nx, grid.ny,
        coarse, fine, np.ascontiguousarray(ends[numbers].reshape(-1, 4)), sides,
    )  # fmt: skip


def _measure(bounds: Floats, fineness: float) -> _Grid:
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    bits = 2
    while width * height * fineness**2 / 4**bits > MAX_COARSE and bits < _MAX_BITS:
        bits += 1
    block = 1 << bits
    nx, ny = (int(np.ceil((length * fineness + 2) / block)) * block for length in (width, height))
    return _Grid(float(bounds[0]) - 1 / fineness, float(bounds[1]) - 1 / fineness, fineness, bits, nx, ny)


def _rings(polygons: NDArray[Any]) -> tuple[NDArray[Any], Longs]:
    """Every ring, holes and parts included, and the number of its polygon."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, owner[part]


def _segments(polygons: NDArray[Any]) -> Floats:
    """[m, 2, 2]: every border segment once, whichever way round and however often polygons share it."""
    xy, ring = shapely.get_coordinates(_rings(polygons)[0], return_index=True)
    ends = np.stack((xy[:-1], xy[1:]), axis=1)[ring[:-1] == ring[1:]]
    (ax, ay), (bx, by) = ends[:, 0].T, ends[:, 1].T
    backward = (ax > bx) | ((ax == bx) & (ay > by))
    ends[backward] = ends[backward][:, ::-1]
    ends = ends[(ax != bx) | (ay != by)]
    flat = ends.reshape(-1, 4)
    flat = flat[np.lexsort(flat.T)]
    first = np.ones(len(flat), dtype=bool)
    first[1:] = (flat[1:] != flat[:-1]).any(axis=1)
    return np.asarray(flat[first].reshape(-1, 2, 2))


def _expand(counts: Longs) -> tuple[Longs, Longs]:
    """For counts (2, 0, 3): the numbers (0 0 2 2 2) and the steps (0 1 0 1 2)."""
    number = np.repeat(np.arange(len(counts)), counts)
    return number, np.arange(len(number)) - np.repeat(np.cumsum(counts) - counts, counts)


def _cross(a: Floats, b: Floats, grid: _Grid) -> _Crossings:
    """Every cell that a segment a-b (in cells) touches, row by row."""
    (ax, ay), (bx, by) = a.T, b.T
    low = np.floor(np.minimum(ay, by) - _SWELL).astype(np.int64)
    high = np.floor(np.maximum(ay, by) + _SWELL).astype(np.int64)
    segment, step = _expand(high - low + 1)
    row = low[segment] + step
    ax, ay, dx, dy = ax[segment], ay[segment], (bx - ax)[segment], (by - ay)[segment]
    # A nearly level segment is taken whole: dividing by its tiny height would blow rounding up.
    level = np.abs(dy) <= 1e-6 * np.abs(dx)
    dy = np.where(level, 1.0, dy)
    t0 = np.where(level, 0.0, np.clip((row - _SWELL - ay) / dy, 0, 1))
    t1 = np.where(level, 1.0, np.clip((row + 1 + _SWELL - ay) / dy, 0, 1))
    x0, x1 = ax + t0 * dx, ax + t1 * dx
    left = np.floor(np.minimum(x0, x1) - _SWELL).astype(np.int64)
    right = np.floor(np.maximum(x0, x1) + _SWELL).astype(np.int64)
    pair, step = _expand(right - left + 1)
    return _Crossings(left[pair] + step, row[pair], segment[pair])


def _coarse_cell(grid: _Grid, at: _Crossings) -> Longs:
    return np.asarray((at.iy >> grid.bits) * (grid.nx >> grid.bits) + (at.ix >> grid.bits))


def _fine_cell(grid: _Grid, at: _Crossings, blocks: Longs) -> Longs:
    mask, block = (1 << grid.bits) - 1, np.searchsorted(blocks, _coarse_cell(grid, at))
    return np.asarray((block << 2 * grid.bits) + ((at.iy & mask) << grid.bits) + (at.ix & mask))


def _paint(polygons: NDArray[Any], grid: _Grid, blocks: Longs) -> tuple[Ints, Ints]:
    """Label every cell by its centre, a band of rows at a time; cells that a border touches are set later.

    Centres of the others lie half a cell away from any border, so rounding does no harm here.
    """
    row, left, right, label = _scan(polygons, grid)
    block, columns = 1 << grid.bits, grid.nx >> grid.bits
    band = max(1, _PAINTED // (grid.nx * block)) * block
    coarse = np.empty((grid.ny >> grid.bits, columns), dtype=np.int32)
    fine = np.empty((len(blocks), block, block), dtype=np.int32)
    for start in range(0, grid.ny, band):
        rows = min(band, grid.ny - start)
        mine = slice(*np.searchsorted(row, (start, start + rows)))
        some = slice(*np.searchsorted(blocks, np.array((start, start + rows)) // block * columns))
        if mine.start == mine.stop:  # nothing here, or just the brim of a border
            coarse[start // block : (start + rows) // block] = fine[some] = -1
            continue
        picture = np.full((rows, grid.nx), -1, dtype=np.int32)
        order = np.argsort(-label[mine], kind="stable")  # the smallest label is painted last
        number, step = _expand(np.maximum(right - left + 1, 0)[mine][order])
        at = ((row[mine] - start) * grid.nx + left[mine])[order]
        picture.ravel()[at[number] + step] = label[mine][order][number]
        coarse[start // block : (start + rows) // block] = picture[::block, ::block]
        down, across = np.divmod(blocks[some], columns)
        tiles = picture.reshape(rows // block, block, columns, block)
        fine[some] = tiles[down - start // block, :, across]
    coarse.ravel()[blocks] = -2 - np.arange(len(blocks))
    return coarse.ravel(), fine.ravel()


def _scan(polygons: NDArray[Any], grid: _Grid) -> tuple[Longs, Longs, Longs, Longs]:
    """Runs of cells whose centres lie in a polygon: row (ascending), first and last cell, label."""
    rings, owner = _rings(polygons)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy = grid.scaled(xy)
    same = ring[:-1] == ring[1:]
    (ax, ay), (bx, by), label = xy[:-1][same].T, xy[1:][same].T, owner[ring[:-1][same]]
    low = np.ceil(np.minimum(ay, by) - 0.5).astype(np.int64)
    high = np.ceil(np.maximum(ay, by) - 0.5).astype(np.int64)  # exclusive: a vertex on the line counts once
    edge, step = _expand(high - low)
    row = low[edge] + step
    x = ax[edge] + (row + 0.5 - ay[edge]) / (by - ay)[edge] * (bx - ax)[edge]
    x = np.clip(x, np.minimum(ax, bx)[edge], np.maximum(ax, bx)[edge])
    order = np.lexsort((x, label[edge], row))
    x, row, label = x[order], row[order], label[edge][order]
    left, right = np.ceil(x[::2] - 0.5).astype(np.int64), np.floor(x[1::2] - 0.5).astype(np.int64)
    return row[::2], left, right, label[::2]


def _mark(fine: Ints, cell: Longs, at: _Crossings, ends: Floats, grid: _Grid, exact: Labeller) -> tuple[Longs, Ints]:
    """Write segments into the cells that borders touch; returns the segments' numbers and sides' labels."""
    order = np.argsort(cell, kind="stable")
    cell, segment, ix, iy = cell[order], at.segment[order], at.ix[order], at.iy[order]
    begin = np.flatnonzero(np.concatenate(([True], cell[1:] != cell[:-1])))
    count = np.diff(np.append(begin, len(cell)))
    fine[cell] = DOUBTFUL
    alone = begin[count == 1]
    touched = _touched(segment, np.repeat(count, count), np.repeat(begin + count, count), ends)
    alone = alone[~touched[segment[alone]]]
    numbers, compact = np.unique(segment[alone], return_inverse=True)
    fine[cell[alone]] = -3 - compact
    return numbers, _sides(ends[numbers], compact, ix[alone], iy[alone], grid, exact)


def _touched(segment: Longs, count: Longs, end: Longs, ends: Floats) -> NDArray[np.bool_]:
    """[segments]: whether another border touches it elsewhere than in a common end (overlap, T-junction).

    Such a one may have other neighbours here than there; its cells are left to GEOS.
    """
    touched = np.zeros(len(ends), dtype=bool)
    touched[segment[count > _CROWD]] = True
    _, node = np.unique(ends.reshape(-1, 2) @ [1, 1j], return_inverse=True)
    node = node.reshape(-1, 2)
    shift, position = 1, np.flatnonzero((count > 1) & (count <= _CROWD))
    while (position := position[position + shift < end[position]]).size:
        one, other = segment[position], segment[position + shift]
        apart = (node[one][:, :, None] != node[other][:, None, :]).all(axis=(1, 2))
        one, other = one[apart], other[apart]
        meets = shapely.intersects(shapely.linestrings(ends[one]), shapely.linestrings(ends[other]))
        touched[one[meets]] = touched[other[meets]] = True
        shift += 1
    return touched


def _sides(ends: Floats, segment: Longs, ix: Longs, iy: Longs, grid: _Grid, exact: Labeller) -> Ints:
    """[2 * segments]: exact labels right and left, asked at that corner of its cells that is farthest off."""
    labels = np.full(2 * len(ends), DOUBTFUL, dtype=np.int32)
    start, along = grid.scaled(ends[:, 0]), grid.scaled(ends[:, 1]) - grid.scaled(ends[:, 0])
    along /= np.hypot(*along.T)[:, None]
    for left in (0, 1):
        normal = along[:, ::-1] * ([-1, 1] if left else [1, -1])
        corner = np.stack((ix, iy), axis=1) + (normal > 0)[segment]
        off = ((corner - start[segment]) * normal[segment]).sum(axis=1)
        best = np.full(len(ends), _CLEAR)
        np.maximum.at(best, segment, off)
        farthest = np.flatnonzero(off == best[segment])
        at = np.zeros((len(ends), 2))
        at[segment[farthest]] = corner[farthest]
        clear = np.flatnonzero(best > _CLEAR)
        x, y = (at[clear] / grid.inverse + [grid.x0, grid.y0]).T
        labels[2 * clear + left] = exact(x, y)
    return labels
