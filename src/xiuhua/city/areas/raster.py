"""Points to polygons by looking up: a raster over the city that sends only doubtful points to exact geometry.

A cell that no border touches lies wholly in one polygon (or in none). A cell crossed by one single border
segment has two sides, told apart by the sign of a cross product with Shewchuk's error bound (Adaptive
Precision Floating-Point Arithmetic, 1997). The rest, cells around corners and points within rounding of a
border, are decided by GEOS. So the answer is always that of exact geometry; why: `docs/why/locate.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

_ERROR_BOUND: Final = 3.3306690738754716e-16
"""Shewchuk's (3 + 16 eps) eps of orient2d."""
DOUBTFUL: Final = -2
"""Ask GEOS. In a fine cell -3 - k stands for segment k, the only one there."""


@dataclass(frozen=True, slots=True)
class Raster:
    """What `look_up` needs: a coarse table, blocks of fine cells where borders run, single segments."""

    x0: float
    y0: float
    inverse: float
    """Fine cells per degree."""
    bits: int
    """A coarse cell is 2**bits fine cells wide."""
    nx: int
    ny: int
    """Fine cells, a multiple of 2**bits."""
    coarse: Ints
    """[ny * nx >> 2 bits]: label, -1 outside, or -2 - number of the block."""
    fine: Ints
    """[blocks * 4**bits]: label, -1 outside, -2 ask GEOS, or -3 - number of the segment."""
    segments: Floats
    """[segments, 4]: x1, y1, x2, y2 in degrees."""
    sides: Ints
    """[segments * 2]: the labels right and left of each segment, as far as it runs alone."""

    def look_up(self, x: Floats, y: Floats) -> Ints:
        """The label of each point: its polygon, -1 for none, `DOUBTFUL` where only GEOS can tell."""
        fx, fy = (x - self.x0) * self.inverse, (y - self.y0) * self.inverse
        inside = (fx >= 0) & (fx < self.nx) & (fy >= 0) & (fy < self.ny)
        if not inside.all():
            fx, fy = np.where(inside, fx, 0.0), np.where(inside, fy, 0.0)
        ix, iy = fx.astype(np.int32), fy.astype(np.int32)
        label = self.coarse.take((iy >> self.bits) * (self.nx >> self.bits) + (ix >> self.bits))
        if not inside.all():
            label[~inside] = -1
        border = np.flatnonzero(label < -1)
        if border.size:
            mask, bx, by = (1 << self.bits) - 1, ix[border], iy[border]
            cell = ((-2 - label[border]) << 2 * self.bits) + ((by & mask) << self.bits) + (bx & mask)
            found = self.fine.take(cell)
            single = np.flatnonzero(found < DOUBTFUL)
            if single.size:
                where = border[single]
                found[single] = self._side(-3 - found[single], x[where], y[where])
            label[border] = found
        return label

    def _side(self, segment: Ints, x: Floats, y: Floats) -> Ints:
        ends = self.segments[segment]
        left = (ends[:, 0] - x) * (ends[:, 3] - y)
        right = (ends[:, 1] - y) * (ends[:, 2] - x)
        det = left - right
        label = self.sides.take(2 * segment + (det > 0))
        label[np.abs(det) <= _ERROR_BOUND * (np.abs(left) + np.abs(right))] = DOUBTFUL
        return label

    def look_up_one(self, x: float, y: float) -> int:
        """`look_up` of one point, the same arithmetic without arrays."""
        fx, fy = (x - self.x0) * self.inverse, (y - self.y0) * self.inverse
        if not (0 <= fx < self.nx and 0 <= fy < self.ny):
            return -1
        ix, iy = int(fx), int(fy)
        label = int(self.coarse[(iy >> self.bits) * (self.nx >> self.bits) + (ix >> self.bits)])
        if label >= -1:
            return label
        mask = (1 << self.bits) - 1
        label = int(self.fine[((-2 - label) << 2 * self.bits) + ((iy & mask) << self.bits) + (ix & mask)])
        if label >= DOUBTFUL:
            return label
        k = -3 - label
        x1, y1, x2, y2 = self.segments[k].tolist()
        left, right = (x1 - x) * (y2 - y), (y1 - y) * (x2 - x)
        det = left - right
        if abs(det) <= _ERROR_BOUND * (abs(left) + abs(right)):
            return DOUBTFUL
        return int(self.sides[2 * k + (det > 0)])

    def memory_bytes(self) -> int:
        """Bytes of all tables."""
        return self.coarse.nbytes + self.fine.nbytes + self.segments.nbytes + self.sides.nbytes
