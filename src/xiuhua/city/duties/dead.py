"""Rows of the matrix that name what is unknown or has ended. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import AREA_KINDS, EVERYTHING, GROUP, KINDS, NOBODY, PLACE_KINDS, SIDES, DutyRow
from xiuhua.city.duties.painting import Line
from xiuhua.city.duties.selectors import is_class, is_kind
from xiuhua.city.units.bands import is_written_out, week_of
from xiuhua.city.units.model import holds_on

Spans = Mapping[str, Sequence[tuple[date, date | None]]]


@dataclass(frozen=True, slots=True)
class Known:
    """What exists besides the matrix; None: not checked."""

    units: Spans | None = None
    """From when to when each unit stands (`Directories.unit_spans`)."""
    areas: Mapping[str, str] | None = None
    """Kind of each area (road segments among them) by code, of the day."""
    categories: Collection[str] | None = None
    """Every category key of every standard kept."""
    city: str = ""
    """The bureau's own code: as `city` it is all of its area, drawn or not."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A row that cannot do what it says."""

    row: DutyRow
    field: str
    why: str


def dead_rows(matrix: DutyMatrix, on: date, lines: Sequence[Line] = (), known: Known | None = None) -> list[Dead]:
    """Every fault of every row that holds on a day."""
    judge = Judge(matrix, on, known or Known(), {key for line in lines for key in (line.key, *line.mapped)})
    return [Dead(row, field, why) for row in matrix.rows_on(on) for field, why in judge.faults(row)]


class Judge:
    """What one row may name on a day."""

    def __init__(self, matrix: DutyMatrix, on: date, known: Known, keys: Collection[str] = ()) -> None:
        """`keys` are category keys besides those of `known`."""
        self._on, self._known = on, known
        self._bands = matrix.band_hours(on)
        self._groups = {group.code for group in matrix.groups if holds_on(group, on)}
        self._sections = {section.code for section in matrix.sections if holds_on(section, on)}
        self._keys = {*keys, *(known.categories or ())} if keys or known.categories is not None else None
        heads = {key.rpartition("/")[0] for key in self._keys or ()}
        self._classes = {key[: len(key.rpartition("/")[0]) + 1 + n] for key in self._keys or () for n in (1, 2, 3)}
        self._heads = heads

    def faults(self, row: DutyRow) -> list[tuple[str, str]]:
        """Fields of a row that are wrong, each with the reason."""
        found = {
            "kind": "" if row.kind in KINDS else f"is {row.kind!r}, not one of {', '.join(KINDS)}",
            "category": self._category(row.category),
            "place_kind": "" if row.place_kind in PLACE_KINDS else f"is none of {', '.join(PLACE_KINDS)}",
            "place": self._place(row),
            "side": self._side(row),
            "time_band": self._band(row.time_band),
            "unit": self._unit(row.unit),
        }
        return [(field, why) for field, why in found.items() if why]

    def _category(self, selector: str) -> str:
        if selector == EVERYTHING:
            return ""
        if selector.startswith(GROUP):
            name = selector.removeprefix(GROUP)
            return "" if name in self._groups else f"there is no group {name} on {self._on}"
        if self._keys is None or selector in self._keys:
            return ""
        if is_class(selector):
            return "" if selector in self._classes else f"there is no class {selector}"
        if is_kind(selector):
            return "" if selector in self._heads else f"there are no categories of {selector}"
        return f"there is no category {selector}"

    def _place(self, row: DutyRow) -> str:
        if not row.place:
            return "is needed"
        if row.place_kind == "everywhere":
            return "" if row.place == EVERYTHING else "is * for everywhere"
        if row.place_kind == "section":
            return "" if row.place in self._sections else f"there is no contract section {row.place} on {self._on}"
        if row.place == EVERYTHING:
            return "is * only for everywhere"
        if row.place_kind not in {*AREA_KINDS, "road_segment"} or self._known.areas is None:
            return ""
        if row.place_kind == "city" and row.place == self._known.city:
            return ""
        kind = self._known.areas.get(row.place)
        if kind is None:
            return f"there is no {row.place_kind} {row.place} on {self._on}"
        return "" if kind == row.place_kind else f"{row.place} is a {kind}, not a {row.place_kind}"

    def _side(self, row: DutyRow) -> str:
        if not row.side:
            return ""
        if row.place_kind != "road_segment":
            return "is only for a road segment"
        return "" if row.side in SIDES else f"is {row.side!r}, not one of {', '.join(SIDES)}"

    def _band(self, band: str) -> str:
        if not is_written_out(band):
            return "" if not band or band in self._bands else f"there is no time band {band} on {self._on}"
        try:
            week_of(band)
        except ValueError as error:
            return str(error)
        return ""

    def _unit(self, unit: str) -> str:
        if not unit:
            return "is needed"
        if unit == NOBODY or self._known.units is None:
            return ""
        if unit not in self._known.units:
            return f"there is no unit {unit}"
        spans = self._known.units[unit]
        stands = any(first <= self._on and (last is None or self._on <= last) for first, last in spans)
        return "" if stands else f"the unit {unit} does not stand on {self._on}"
