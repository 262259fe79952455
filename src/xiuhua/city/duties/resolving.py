"""Who answers for a category at a place: the question made complete, and the answer with its reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import KINDS, Answer, Asked, DutyKind, DutyRow, Gap, Tie, Won
from xiuhua.city.duties.survey import mapped_of

Word = Literal["unit", "nobody", "gap", "tie"]
ROAD_WITHIN_M: Final = 30.0
"""How far a place may lie from a road segment to be on it, as for the place of a report."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, as the matrix asks for it."""

    scopes: tuple[str, ...]
    segment: str | None = None
    side: str | None = None
    record: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for one duty kind."""

    kind: DutyKind
    word: Word
    """`nobody`: by rule. `gap`: no row answers. `tie`: several units answer alike."""
    unit: str | None
    why: dict[str, str]
    """Which row, and what of it fitted; empty for a gap or a tie."""
    rows: tuple[DutyRow, ...]
    """The row that decided, or all that quarrel."""


def resolve(
    matrix: DutyMatrix,
    catalogue: Catalogue,
    category: str,
    place: Place,
    at: datetime,
    kinds: Sequence[DutyKind] = KINDS,
) -> list[Resolved]:
    """One answer for each duty kind. Raises `NotFound` for an unknown category, naming the nearest."""
    catalogue.category(category)
    mapped = mapped_of(catalogue, category)
    asked = [
        Asked(kind, category, at, place.scopes, mapped, place.segment, place.side, (), place.record, None, place.owner)
        for kind in kinds
    ]
    return [_resolved(kind, answer) for kind, answer in zip(kinds, matrix.resolve_batch(asked), strict=True)]


def _resolved(kind: DutyKind, answer: Answer) -> Resolved:
    match answer:
        case Won(unit, row):
            return Resolved(kind, "unit", unit, answer.why(), (row,) if row else ())
        case Tie(rows):
            return Resolved(kind, "tie", None, {}, rows)
        case Gap(row) if row is not None:
            return Resolved(kind, "nobody", None, {"by": "row", "row": str(row.id)}, (row,))
        case _:
            return Resolved(kind, "gap", None, {}, ())
