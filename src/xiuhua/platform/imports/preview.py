"""What would become of a table: counts, and rows of each fate with their faults or with what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from xiuhua.platform.imports.model import Field, Outcome, Reason, Settled, Status, Target
from xiuhua.platform.imports.peek import shown
from xiuhua.platform.imports.taking import Helpers, Wanted, run
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.readers import Layout
from xiuhua.platform.tables.texts import Fault

FIRST: Final = 200
"""Rows that are looked at while somebody waits."""
_KEPT: Final[Mapping[Status, int]] = {"new": 100, "changed": 200, "unchanged": 50, "rejected": 200}
"""Rows of a whole table that are shown, by their fate."""


class Sampling:
    """Watches a trial and keeps rows to be shown, as plain values."""

    def __init__(self, target: Target[Any], layout: Layout, most: Mapping[Status, int] = _KEPT) -> None:
        """`most`: how many rows of each fate."""
        self.columns = list(dict.fromkeys(layout.titles()))
        self.rows: list[dict[str, Any]] = []
        self._target, self._fields = target, target.columns(layout)
        self._most, self._counts = most, Counter[Status]()
        self._places: list[tuple[int, Field | None]] = []

    def begin(self, header: Sequence[str]) -> None:
        """Where the columns stand; they are shown in the order of the file."""
        places = sorted((titles.where(one, header)[0], one) for one in self.columns)
        self.columns = [one for _, one in places]
        self._places = [(place, self._fields.get(one)) for place, one in places]

    def see(self, one: Settled) -> None:
        """Keep a row, if there are not enough of its fate."""
        self._counts[one.status] += 1
        if self._counts[one.status] <= self._most[one.status]:
            self.rows.append({
                "row": one.row.number, "fate": one.status, "faults": faults(one.faults),
                "cells": [shown(one.row.cells[place], field) for place, field in self._places],
                "changes": [asdict(each) for each in self._target.told(one.changes)] if one.changes else [],
            })  # fmt: skip


def first_rows(
    path: Path, target: Target[Any], layout: Layout, helpers: Helpers[Any], now: datetime
) -> tuple[Sampling, Outcome]:
    """The first rows as an import would take them in. Raises `FileRefused` when the file does not fit the layout.

    `helpers` undo what they take in.
    """
    sampling = Sampling(target, layout, dict.fromkeys(_KEPT, FIRST))
    wanted = Wanted(layout, rejected=path.with_name(".rejected.csv"), trial=True, most=FIRST)
    return sampling, run(path, target, wanted, helpers, now, watch=sampling)


def faults(found: Sequence[Fault]) -> list[dict[str, str]]:
    """Faults as plain values, in both languages."""
    return [{"column": one.column, "zh": one.why_zh or one.why, "en": one.why} for one in found]


def reasons(found: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as plain values, in both languages."""
    return [{**faults([one.first])[0], "count": one.count, "rows": list(one.rows)} for one in found]
