"""Photos of a case by what they show: as reported, before, during, after, and as checked. Pure.

Folded from the events, not kept: the event of an action names its photos, and by the value that they went into it is
known what they are to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final, Literal

from xiuhua.platform.eventlog import Event

Phase = Literal["report", "before", "stage", "after", "check"]
_PHASES: Final[Mapping[str, Phase]] = {"photos_before": "before", "photos_after": "after", "photos_check": "check"}
_EARTH_M: Final = 6_371_008.8
"""Mean radius (IUGG)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo where it was named."""

    id: str
    phase: Phase
    leg: int
    """The leg under way, from 1; 0 before the first."""
    at: datetime
    """Business time of the action that named it."""
    by: str
    """Person code."""


@dataclass(slots=True)
class Pair:
    """What one leg of the work began with and what came of it."""

    leg: int
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)


def shown(events: Iterable[Event]) -> list[Shown]:
    """Every photo that the events of a case name, in order, each naming once."""
    found: list[Shown] = []
    legs = 0
    for event in events:
        payload, first = event.payload, event.version == 1
        legs += "legs" in payload.get("append", {})
        named = _texts(payload.get("fields", {}).values())
        for name, phase in _PHASES.items():
            values = payload.get("set", {}).get(name) or []
            fresh = values if first else [one for one in values[-len(named) :] if one in named] if named else []
            reported: Phase = "report" if first and phase == "before" else phase
            found += [Shown(one, reported, legs, event.at, event.actor) for one in fresh]
            named = [one for one in named if one not in fresh]
        found += [Shown(one, "stage", legs, event.at, event.actor) for one in named]
    return found


def _texts(values: Iterable[Any]) -> list[str]:
    """Texts in lists: among them are the photos, and nothing else that is a photo's id."""
    return [one for value in values if isinstance(value, list) for one in value if isinstance(one, str)]


def pairs(photos: Sequence[Shown]) -> list[Pair]:
    """One pair for each leg that shows what came of it.

    A leg begins with what the last check found; the first with what was reported and found before.
    """
    made: dict[int, Pair] = {}
    for one in photos:
        if one.phase in ("after", "check"):
            pair = made.setdefault(one.leg, Pair(one.leg))
            (pair.after if one.phase == "after" else pair.check).append(one.id)
    begun = [one.id for one in photos if one.phase in ("report", "before")]
    for leg in sorted(made):
        made[leg].before = begun
        begun = made[leg].check or begun
    return [made[leg] for leg in sorted(made)]


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Between two places in WGS-84 degrees, along a sphere: right to half a per cent."""
    phi, other = radians(lat), radians(other_lat)
    half = sin((other - phi) / 2) ** 2 + cos(phi) * cos(other) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_M * asin(min(1.0, sqrt(half)))
