"""Turns of duty, handovers and positions. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

AHEAD: Final = timedelta(minutes=5)
"""How far a phone's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A person on duty."""

    id: str
    person: str
    role: str
    started_at: datetime
    ended_at: datetime | None
    seen_at: datetime
    """The last sign: start, position or end."""
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A line of the board."""

    turn: Turn
    areas: tuple[str, ...]
    """Where the posts are in which the person is on duty; empty: the whole city."""
    tasks: int
    late: int


@dataclass(frozen=True, slots=True)
class Handover:
    """What one shift leaves to the next."""

    id: str
    person: str
    at: datetime
    area: str | None
    snapshot: dict[str, Any]
    note: str | None
    """Masked; None where it was erased."""
    acknowledged_by: str | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a phone was, WGS-84."""

    at: datetime
    lon: float
    lat: float
    accuracy_m: float | None = None
    mock: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a batch of positions."""

    kept: int
    repeated: int
    outside: int
    """Not within a turn of duty, or too old."""
    ahead: int
    """Later than the server's time."""
