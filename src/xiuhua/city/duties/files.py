"""The duty matrix as a table that an office edits: columns to rows with every error named, and back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xiuhua.city.categories.tables import Row
from xiuhua.city.duties.dead import Judge
from xiuhua.city.duties.model import EVERYTHING, DutyRow
from xiuhua.city.units.sheet import Parsed, cells_of, csv_bytes, parse, xlsx_bytes

COLUMNS = (
    "id", "kind", "category", "place_kind", "place", "side", "time_band", "owner", "unit",
    "valid_from", "valid_to", "source", "source_case",
)  # fmt: skip
"""Columns of a file, described in `docs/how-to/duties.md`; `id` is for reading only."""
NEEDED = ("kind", "category", "place_kind", "place", "unit")


@dataclass(frozen=True, slots=True)
class Read:
    """A file of duty rows as understood."""

    rows: tuple[DutyRow, ...]
    errors: tuple[dict[str, Any], ...]
    """Places that keep the file from being taken."""
    quarrels: tuple[dict[str, Any], ...]
    """Rows that speak of the same thing for different units; taken, and ties until one of them goes."""


def read_rows(rows: Sequence[Row], valid_from: date, judge_on: Callable[[date], Judge], draft: str = "") -> Read:
    """Rows of a table as duty rows of one draft; `valid_from` where the cell is empty.

    `judge_on` gives the judge of a day; each row is judged on its first day, or on `valid_from` if later.
    """
    parsed, errors = parse(DutyRow, rows, {"valid_from": valid_from, "place": EVERYTHING})
    parsed = [Parsed(one.row, neat(one.value, draft)) for one in parsed]
    found: list[dict[str, Any]] = list(errors)
    for one in parsed:
        day = max(one.value.valid_from, valid_from)
        last = one.value.valid_to
        judge = judge_on(day if last is None else max(min(day, last), one.value.valid_from))
        found += [one.row.place(field, why) for field, why in judge.faults(one.value)]
        if last is not None and last < one.value.valid_from:
            found.append(one.row.place("valid_to", "is before valid_from"))
    same, quarrels = _pairs(parsed)
    return Read(tuple(one.value for one in parsed), (*found, *same), tuple(quarrels))


def neat(row: DutyRow, draft: str = "") -> DutyRow:
    """A row as it is kept: in its draft, without a number yet, both sides of a road told as no side."""
    return replace(row, id=0, draft=draft, side="" if row.side == "both" else row.side)


def _pairs(parsed: Iterable[Parsed[DutyRow]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows with the same selector at the same time: said twice (errors), and said of different units."""
    same: list[dict[str, Any]] = []
    quarrels: list[dict[str, Any]] = []
    by_selector: dict[tuple[str, ...], list[Parsed[DutyRow]]] = {}
    for one in parsed:
        others = by_selector.setdefault(one.value.selector(), [])
        for other in others:
            if not together(one.value, other.value):
                continue
            if one.value.unit == other.value.unit:
                same.append(one.row.place("unit", f"is said already in row {other.row.number}"))
            else:
                why = f"{one.value.unit} here, {other.value.unit} in row {other.row.number}"
                quarrels.append(one.row.place("unit", why))
        others.append(one)
    return same, quarrels


def together(row: DutyRow, other: DutyRow) -> bool:
    """Whether two rows hold on a common day."""
    return max(row.valid_from, other.valid_from) <= min(row.valid_to or date.max, other.valid_to or date.max)


def to_csv(rows: Iterable[DutyRow]) -> bytes:
    """The rows as CSV; reading it again changes nothing."""
    return csv_bytes(COLUMNS, _lines(rows))


def to_xlsx(rows: Iterable[DutyRow], title: str = "duties") -> bytes:
    """The rows as a workbook of one sheet; reading it again changes nothing."""
    return xlsx_bytes(COLUMNS, _lines(rows), title)


def _lines(rows: Iterable[DutyRow]) -> list[list[str]]:
    kept = sorted(rows, key=lambda row: (row.kind, row.place_rank, row.place, row.category, row.id))
    return [cells_of(row, COLUMNS) for row in kept]
