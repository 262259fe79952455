"""Rows that follow one another in time: what must be written so that wanted rows stand. Pure.

A row once recorded is never changed: it is superseded (marked with the recording time) and written anew, so
that what was known at any moment can be read again. A row that ended is closed by its `valid_to`; one that
never came to hold has a `valid_to` before its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Generic, TypeVar, cast

from xiuhua.city.units.model import Dated
from xiuhua.platform.errors import Invalid

T = TypeVar("T", bound=Dated)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A row as it stands in the database."""

    row: int
    value: T


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """What a change does."""

    superseded: tuple[int, ...]
    """Row numbers that no longer stand."""
    written: tuple[T, ...]
    opened: int = 0
    closed: int = 0
    corrected: int = 0
    unchanged: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        return not self.written and not self.superseded


@dataclass(slots=True)
class _Entry(Generic[T]):
    row: int | None
    value: T
    state: str = "stands"


def plan(
    standing: Iterable[Kept[T]],
    wanted: Sequence[T],
    key: Callable[[T], Hashable],
    close_missing_on: date | None = None,
    carry: Callable[[T, T], T] = lambda _old, new: new,
) -> Plan[T]:
    """The way from what stands to what is wanted; raises `Invalid` where rows of one key would overlap.

    A wanted row closes the open row of its key that it follows, corrects the one with its own first day
    (`carry` takes over from the old what is not content, such as a number), and is nothing new when a
    standing row of equal content holds already. With `close_missing_on` every key that is not wanted ends the
    day before.
    """
    lines: dict[Hashable, list[_Entry[T]]] = {}
    for kept in standing:
        lines.setdefault(key(kept.value), []).append(_Entry(kept.row, kept.value))
    errors: list[dict[str, Any]] = []
    unchanged = 0
    touched: set[Hashable] = set()
    for value in sorted(wanted, key=lambda one: one.valid_from):
        name = key(value)
        touched.add(name)
        unchanged += _place(lines.setdefault(name, []), value, carry)
    if close_missing_on is not None:
        for name in lines.keys() - touched:
            _close_from(lines[name], close_missing_on)
    for name in touched:
        errors += _overlaps(name, lines[name])
    if errors:
        raise Invalid("rows overlap in time", errors=errors)
    return _result([entry for line in lines.values() for entry in line], unchanged)


def _result(entries: list[_Entry[T]], unchanged: int) -> Plan[T]:
    changed = [entry for entry in entries if entry.state != "stands"]
    states = [entry.state for entry in changed]
    return Plan(
        tuple(sorted(entry.row for entry in changed if entry.row is not None)),
        tuple(entry.value for entry in changed),
        states.count("opened"),
        states.count("closed"),
        states.count("corrected"),
        unchanged,
    )


def _place(line: list[_Entry[T]], value: T, carry: Callable[[T, T], T]) -> bool:
    """Put a value into its line; True when it stood there already."""
    for entry in line:
        old = entry.value
        if old == value or (_moved(value, old.valid_from, old.valid_to) == old and _continues(old, value)):
            return True
        if old.valid_from == value.valid_from and entry.row is not None and entry.state == "stands":
            only_ended = value.valid_to is not None and _moved(old, old.valid_from, value.valid_to) == value
            entry.value, entry.state = carry(old, value), "closed" if only_ended else "corrected"
            return False
    for entry in line:
        old = entry.value
        if old.valid_from < value.valid_from <= (old.valid_to or date.max):
            entry.value = _moved(old, old.valid_from, value.valid_from - _DAY)
            entry.state = "closed" if entry.state == "stands" else entry.state
    line.append(_Entry(None, value, "opened"))
    return False


def _continues(old: T, value: T) -> bool:
    return old.valid_from < value.valid_from <= (old.valid_to or date.max) and old.valid_to == value.valid_to


def _close_from(line: list[_Entry[T]], day: date) -> None:
    for entry in line:
        first, last = entry.value.valid_from, entry.value.valid_to
        if last is None or (last >= day and last >= first):
            entry.value = _moved(entry.value, first, max(day, first) - _DAY)
            entry.state = "closed"


def _moved(value: T, first: date, last: date | None) -> T:
    return cast(T, replace(cast(Any, value), valid_from=first, valid_to=last))


def _overlaps(name: Hashable, line: Sequence[_Entry[T]]) -> list[dict[str, Any]]:
    values = [entry.value for entry in line]
    held = sorted(
        (value for value in values if value.valid_to is None or value.valid_to >= value.valid_from),
        key=lambda value: value.valid_from,
    )
    label = "/".join(str(part) for part in name if part) if isinstance(name, tuple) else str(name)
    return [
        {"row": label, "field": "valid_to", "why": f"runs into the row that starts on {after.valid_from}"}
        for before, after in pairwise(held)
        if before.valid_to is None or before.valid_to >= after.valid_from
    ]
