"""What an import says: one row for each thing found, with its place, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
_RANK = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or worth knowing; `what` is stable, `why` is for people."""

    severity: Severity
    what: str
    codes: tuple[str, ...]
    why: str
    area_m2: float | None = None
    place: tuple[float, float] | None = None
    """Longitude and latitude of a point in it."""
    file: str = ""
    row: int = 0
    """Number of the feature in the file, from 1; 0: the file or the city as a whole."""
    field: str = ""

    def as_error(self) -> dict[str, Any]:
        """The shape in which errors carry their places."""
        return {"file": self.file, "row": self.row, "field": self.field, "why": self.why, "what": self.what}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every feature accounted for: new + changed + unchanged + rejected are all that were read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    """Areas closed because they were not in the import (only when asked for) or say so themselves."""
    rejected: int = 0
    derived: int = 0
    """Duty grids drawn anew because a unit grid of theirs changed."""
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Why features were rejected."""
        return tuple(row for row in self.findings if row.severity == "error")

    @property
    def wrote(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.changed or self.closed or self.derived)

    def summary(self) -> str:
        """The last line of an import."""
        return (
            f"new {self.new}, changed {self.changed}, unchanged {self.unchanged}, "
            f"closed {self.closed}, rejected {self.rejected}"
        )


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Errors first; within a severity by file and row, then the largest area first."""
    return tuple(
        sorted(
            findings,
            key=lambda row: (
                _RANK[row.severity],
                row.file,
                row.row,
                -(row.area_m2 or 0),
                row.what,
                row.codes,
            ),
        )
    )
