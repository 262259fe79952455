"""Visible numbers without gaps: drawn in the transaction that begins the proceeding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_PERIODS: Final[Mapping[str, str]] = {"date": "%Y%m%d", "month": "%Y%m", "year": "%Y"}
"""What a pattern may name besides `city` and `n`; numbers begin anew with the shortest of them that it names."""


def filled(pattern: str, city: str, n: int, local: datetime) -> str:
    """A number by a pattern such as `{city}-{year}-{n:04}`; the parts of its day are those of the local moment."""
    return pattern.format(city=city, n=n, **{name: local.strftime(code) for name, code in _PERIODS.items()})


def counter(procedure: str, pattern: str, local: datetime) -> str:
    """The counter that a pattern draws from: one for each procedure and day, month or year that it names."""
    for name, code in _PERIODS.items():
        if f"{{{name}" in pattern:
            return f"proceeding/{procedure}/{local.strftime(code)}"
    return f"proceeding/{procedure}"


class Drawn:
    """The next numbers of a procedure. Its counter is locked until the transaction ends: nobody draws in between."""

    def __init__(self, tx: Tx, city: str, procedure: str, pattern: str | None, zone: ZoneInfo) -> None:
        self._tx, self._city, self._pattern = tx, city, pattern
        self._local = tx.now.astimezone(zone)
        self._name = counter(procedure, pattern, self._local) if pattern else ""

    def next(self, count: int) -> list[str]:
        """The numbers that come next, not taken yet; empty texts where nothing is numbered."""
        if self._pattern is None:
            return [""] * count
        asked = {"city": self._city, "name": self._name}
        row = self._tx.execute(queries("xiuhua.proceedings")["lock_counter"], asked).fetchone()
        first = int(row.value) + 1 if row is not None else 1
        return [filled(self._pattern, self._city, n, self._local) for n in range(first, first + count)]

    def take(self, count: int) -> None:
        """They were given: what was refused in between has used none up."""
        if self._pattern is not None:
            asked = {"city": self._city, "name": self._name, "count": count}
            self._tx.execute(queries("xiuhua.proceedings")["take_numbers"], asked)
