"""What an installation or an import tells: every row is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from xiuhua.city.categories.changes import Changes
from xiuhua.city.categories.filing_rows import Parsed, Place


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    """Kept until now and not in the file any more."""

    @property
    def any_change(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.new or self.changed or self.ended)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a table of filing conditions: every row was read or rejected."""

    standard_set: str
    rows: int
    rejected: int
    """Rows that were not taken; `errors` says why."""
    conditions: Counts
    new_categories: int
    flags: dict[str, int] = field(default_factory=dict)
    """Number of rows by code of flag."""
    findings: list[Place] = field(default_factory=list)
    """Every flag: `file`, `row`, `field`, `code`, `why`."""
    errors: list[Place] = field(default_factory=list)
    """Why rows were rejected: `file`, `row`, `field`, `why`."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What became of a pack's data."""

    pack: str
    version: int
    categories: Counts
    mappings: Counts
    conditions: ImportReport | None = None


def report_of(standard_set: str, rows: int, parsed: Parsed, changes: Changes) -> ImportReport:
    """The report of one table."""
    counts = Counts(changes.new, changes.changed, changes.unchanged, changes.ended)
    flags = Counter(str(finding["code"]) for finding in parsed.findings)
    return ImportReport(
        standard_set,
        rows,
        parsed.rejected_rows,
        counts,
        len(parsed.categories),
        dict(sorted(flags.items())),
        parsed.findings,
        parsed.rejected,
    )


def told(report: ImportReport) -> dict[str, Any]:
    """A report as the log keeps it: counts, no rows."""
    return {
        "set": report.standard_set,
        "rows": report.rows,
        "rejected": report.rejected,
        "new_categories": report.new_categories,
        "flags": report.flags,
        **asdict(report.conditions),
    }
