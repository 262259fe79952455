"""`duties check`: gaps, overlaps and dead rows of a matrix over all categories × grids on one day. Pure.

An overlap is what `DutyMatrix.resolve` calls a tie. Rows of one asset owner or time band are judged where and
when they hold; places finer than a grid (segments, records) are judged for overlaps only, since whatever they
leave open falls back on the areas around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from xiuhua.city.duties.dead import Dead, Known, dead_rows
from xiuhua.city.duties.findings import Brief, Finding
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import KINDS, DutyRow
from xiuhua.city.duties.painting import (
    Grid,
    Line,
    Painting,
    Stroke,
    Surface,
    narrowed,
    paint,
    strokes,
    surface_of_grids,
    surface_of_points,
    weeks_of,
)
from xiuhua.city.units.bands import is_written_out, week_of

CHUNK_CELLS = 8_000_000
"""Cells painted at once: 32 MB of numbers."""
Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    on: date
    categories: int
    grids: int
    gaps: tuple[Finding, ...] = ()
    overlaps: tuple[Finding, ...] = ()
    dead: tuple[Dead, ...] = ()
    """Rows that name what is unknown or expired."""
    shadowed: tuple[DutyRow, ...] = ()
    """Rows that are in order but never decide anything: others are more specific everywhere."""

    @property
    def exit_code(self) -> int:
        """1 on any gap, overlap or dead row; shadowed rows are a remark."""
        return int(bool(self.gaps or self.overlaps or self.dead))


@dataclass(slots=True)
class _Job:
    """One duty kind on one surface."""

    kind: str
    rows: Sequence[DutyRow]
    lines: Sequence[Line]
    surface: Surface
    strokes: list[Stroke]
    count_gaps: bool
    gaps: dict[tuple[frozenset[str] | None, int], dict[bytes, list[int]]] = field(default_factory=dict)
    overlaps: dict[tuple[int, ...], dict[int, Bits]] = field(default_factory=dict)
    when: dict[tuple[int, ...], list[tuple[frozenset[str] | None, int]]] = field(default_factory=dict)
    won: set[int] = field(default_factory=set)


def check(
    matrix: DutyMatrix,
    lines: Sequence[Line],
    grids: Sequence[Grid],
    on: date,
    known: Known | None = None,
    kinds: Sequence[str] = KINDS,
) -> Report:
    """Every gap and overlap of the rows that hold on a day, and rows that are dead or never decide.

    `known` names the units, areas and categories that exist; without it only what the matrix itself holds
    is checked for dead rows.
    """
    hours = _hours(matrix, on)
    grid_surface, points = surface_of_grids(grids, matrix, on), surface_of_points(matrix, on)
    brief, brief_points = Brief(lines, grid_surface, grids), Brief(lines, points)
    dead = dead_rows(matrix, on, lines, known)
    silent = {id(one.row) for one in dead}
    gaps: list[Finding] = []
    overlaps: list[Finding] = []
    shadowed: list[DutyRow] = []
    for kind in kinds:
        rows = [row for row in matrix.rows_on(on) if row.kind == kind]
        won: set[int] = set()
        for surface, teller in ((grid_surface, brief), (points, brief_points)):
            found = strokes(rows, lines, surface, matrix, on)
            job = _Job(kind, rows, lines, surface, found, surface is grid_surface)
            if surface.codes and lines:
                _run(job, weeks_of(rows, hours))
            gaps += _gap_findings(job, teller)
            overlaps += _overlap_findings(job, teller)
            won |= job.won
        shadowed += [row for at, row in enumerate(rows) if at not in won and id(row) not in silent]
    return Report(on, len(lines), len(grids), tuple(gaps), _merged(overlaps), tuple(dead), tuple(shadowed))


def _hours(matrix: DutyMatrix, on: date) -> dict[str, bytes]:
    """Minutes of the week by a row's time band; what is no band is missing."""
    found = {code: week_of(hours) for code, hours in matrix.band_hours(on).items()}
    for band in {row.time_band for row in matrix.rows_on(on) if is_written_out(row.time_band)}:
        try:
            found[band] = week_of(band)
        except ValueError:
            continue
    return found


def _run(job: _Job, weeks: Sequence[tuple[frozenset[str], int]]) -> None:
    """Paint under every condition that makes a difference to a category, and no other."""
    rows = job.rows
    timed = np.array([bool(row.time_band) for row in rows], dtype=bool)
    owned = np.array([row.owner for row in rows], dtype=object)
    by_time = _touched(job, timed)
    for owner in ("", *sorted({row.owner for row in rows} - {""})):
        applies = np.array([row.owner in {"", owner} for row in rows], dtype=bool)
        mine = _touched(job, owned == owner) if owner else np.ones(len(job.lines), dtype=bool)
        for chosen in _chunks(job, mine & ~by_time):
            _look(job, chosen, applies, None, 10080, owner)
        for chosen in _chunks(job, mine & by_time):
            bare = []
            for bands, minutes in weeks:
                held = np.array([not row.time_band or row.time_band in bands for row in rows], dtype=bool)
                bare.append((bands, minutes, _look(job, chosen, applies & held, bands, minutes, owner)))
            if not owner and job.count_gaps:
                _split_gaps(job, chosen, bare)


def _touched(job: _Job, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    touched = np.zeros(len(job.lines), dtype=bool)
    for stroke in job.strokes:
        if rows[stroke.row]:
            touched[stroke.categories] = True
    return touched


def _chunks(job: _Job, mine: NDArray[np.bool_]) -> Iterator[NDArray[np.bool_]]:
    """Some categories at a time, all places, so that areas stay whole."""
    at_once = max(1, CHUNK_CELLS // max(1, len(job.surface.codes)))
    positions = np.flatnonzero(mine)
    for start in range(0, len(positions), at_once):
        chosen = np.zeros(len(mine), dtype=bool)
        chosen[positions[start : start + at_once]] = True
        yield chosen


def _look(
    job: _Job,
    chosen: NDArray[np.bool_],
    rows: NDArray[np.bool_],
    bands: frozenset[str] | None,
    minutes: int,
    owner: str,
) -> Bits:
    """Paint under one condition, keep what was found; returns the bare cells as bits."""
    painting = paint(narrowed(job.strokes, chosen, rows), int(chosen.sum()), len(job.surface.codes))
    counts = np.bincount(painting.state.ravel(), minlength=len(painting.rows_of))
    seen = np.flatnonzero(counts)
    job.won.update(row for number in seen for row in painting.rows_of[number])
    quarrels = [number for number in seen if _quarrel(job, painting.rows_of[number], owner)]
    if quarrels:
        _keep_overlaps(job, painting, np.array(quarrels), np.flatnonzero(chosen), (bands, minutes))
    bare = np.packbits(painting.state == 0, axis=1) if counts[0] else np.zeros((0, 0), dtype=np.uint8)
    if bands is None and not owner and job.count_gaps and counts[0]:
        _keep_gaps(job, bare, np.flatnonzero(chosen), None, 10080)
    if not counts[0]:
        bare = np.zeros((int(chosen.sum()), (len(job.surface.codes) + 7) // 8), dtype=np.uint8)
    return bare


def _quarrel(job: _Job, rows: tuple[int, ...], owner: str) -> bool:
    """Whether rows on top disagree; for an owner only its own, the others were told before."""
    units = {job.rows[row].unit for row in rows}
    return len(units) > 1 and job.rows[rows[0]].owner == owner


def _split_gaps(job: _Job, chosen: NDArray[np.bool_], bare: Sequence[tuple[frozenset[str], int, Bits]]) -> None:
    """Tell what is bare at all times once, and the rest by time."""
    positions = np.flatnonzero(chosen)
    always = np.bitwise_and.reduce([bits for _, _, bits in bare])
    _keep_gaps(job, always, positions, None, 10080)
    for bands, minutes, bits in bare:
        _keep_gaps(job, bits & ~always, positions, bands, minutes)


def _keep_gaps(job: _Job, bits: Bits, positions: NDArray[np.int64], bands: frozenset[str] | None, minutes: int) -> None:
    for line in np.flatnonzero(bits.any(axis=1)):
        patterns = job.gaps.setdefault((bands, minutes), {})
        patterns.setdefault(bits[line].tobytes(), []).append(int(positions[line]))


def _keep_overlaps(
    job: _Job,
    painting: Painting,
    quarrels: NDArray[np.int64],
    positions: NDArray[np.int64],
    when: tuple[frozenset[str] | None, int],
) -> None:
    lines, places = np.nonzero(np.isin(painting.state, quarrels))
    numbers = painting.state[lines, places]
    order = np.lexsort((lines, numbers))
    lines, places, numbers = lines[order], places[order], numbers[order]
    edges = np.flatnonzero((np.diff(numbers) != 0) | (np.diff(lines) != 0)) + 1
    for part in np.split(np.arange(len(order)), edges):
        rows = painting.rows_of[numbers[part[0]]]
        cells = np.zeros(len(job.surface.codes), dtype=bool)
        cells[places[part]] = True
        found = job.overlaps.setdefault(rows, {})
        line, bits = int(positions[lines[part[0]]]), np.packbits(cells)
        found[line] = found[line] | bits if line in found else bits
        times = job.when.setdefault(rows, [])
        if when not in times:
            times.append(when)


def _gap_findings(job: _Job, brief: Brief) -> Iterator[Finding]:
    for (bands, minutes), patterns in job.gaps.items():
        for bits, lines in patterns.items():
            pattern = _unpacked(np.frombuffer(bits, dtype=np.uint8), job)
            count = int(pattern.sum())
            yield Finding(
                job.kind,
                brief.categories(lines),
                len(lines),
                brief.areas(pattern),
                count,
                count * len(lines),
                None if bands is None else tuple(sorted(bands)),
                minutes,
            )


def _overlap_findings(job: _Job, brief: Brief) -> Iterator[Finding]:
    for rows, lines in job.overlaps.items():
        pattern = _unpacked(np.bitwise_or.reduce(list(lines.values())), job)
        cells = sum(int(_unpacked(bits, job).sum()) for bits in lines.values())
        times = job.when[rows]
        always = any(bands is None for bands, _ in times)
        bands = sorted({job.rows[row].time_band for row in rows} - {""})
        yield Finding(
            job.kind,
            brief.categories(lines),
            len(lines),
            brief.areas(pattern),
            int(pattern.sum()),
            cells,
            None if always or not bands else tuple(bands),
            10080 if always else sum(minutes for _, minutes in times),
            job.rows[rows[0]].owner,
            tuple(job.rows[row] for row in rows),
        )


def _unpacked(bits: Bits, job: _Job) -> NDArray[np.bool_]:
    return np.unpackbits(bits, count=len(job.surface.codes)).astype(bool)


def _merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Overlaps on grids first; the same rows on segments of the same sections are told only once."""
    found: dict[tuple[int, ...], Finding] = {}
    for finding in findings:
        found.setdefault(tuple(id(row) for row in finding.rows), finding)
    return tuple(found.values())
