"""What is suggested for a report, each part with how sure it is and why. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from xiuhua.loop.suggest.urgency import Urgency


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """A category that a report may be about."""

    category: str
    confidence: float
    by: Literal["learnt", "name", "source"]
    """From decisions, from the catalogue's names, or told by who reported."""
    why: tuple[str, ...] = ()
    """Stretches of the text that weighed most, or the name that stands there."""


@dataclass(frozen=True, slots=True)
class ConditionGuess:
    """A filing condition of the likeliest category, and what it would mean."""

    condition: str
    confidence: float
    times: int
    """So many cases of the category were filed under it …"""
    of: int
    """… of so many."""
    limit: dict[str, str] | None = None
    due: datetime | None = None
    """By when it would have to be handled if it were dispatched now."""


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """Who is likely to handle it."""

    unit: str
    confidence: float
    by: Literal["duty", "likeness"]
    """`duty`: a row of the duty matrix decides. `likeness`: cases like it went there."""
    row: dict[str, str]
    """The duty row, and what of it fitted."""
    times: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class AreaGuess:
    """Where it is."""

    unit_grid: str | None
    scopes: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """All of it, for one report."""

    ours: float
    """The probability that it is city management at all; low: refuse, forward or answer it."""
    categories: tuple[CategoryGuess, ...]
    """The likeliest first; never binding, and never more than three."""
    urgency: Urgency
    area: AreaGuess | None = None
    condition: ConditionGuess | None = None
    unit: UnitGuess | None = None
    learnt: int = 0
    """Decisions that the model has learnt from."""
