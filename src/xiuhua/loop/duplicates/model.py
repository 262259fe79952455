"""When two reports speak of the same problem: how near, how long apart, of the same category, in like words. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

CELL_DEG: Final = 0.002
"""Side of a cell of the grid that places are kept by: about 200 m, so that a circle of 50 m reaches two on average."""
Matter = Literal["same", "related", "unknown", "other"]
MATTERS: Final[tuple[Matter, ...]] = ("same", "related", "unknown", "other")
_ALONE: Final = np.array([0.62, 0.40, 0.30, 0.06])
"""What the matter is worth with unlike words …"""
_WITH_WORDS: Final = np.array([1.0, 0.80, 0.90, 0.75])
"""… and with the same words: then even another category may be a misjudgement."""
_LIKE: Final = np.array([0.05, 0.10, 0.20, 0.55])
"""Likeness from which words begin to count: texts about one place share the place's name in any case."""
_FULL: Final = np.array([0.50, 0.60, 0.70, 0.85])
"""Likeness from which words count in full."""
_WIDTH: Final = 1 << 20
_RADIUS: Final = re.compile(r"(part|matter)/(\d{2,6})=(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a city calls a duplicate; settings of the procedure `report`."""

    radius_m: float = 50.0
    days: float = 7.0
    shown: float = 0.25
    """Less likely ones are not shown."""
    likely: float = 0.55
    radii: Mapping[str, float] = field(default_factory=dict)
    """Radius by the beginning of a category: `matter/06` → 80."""

    def radius(self, category: str | None) -> float:
        """The radius of a category: of the longest beginning that is set."""
        if category and self.radii:
            kind, code = category.split("/")[-2:]
            for end in range(len(code), 1, -1):
                if (held := self.radii.get(f"{kind}/{code[:end]}")) is not None:
                    return held
        return self.radius_m


def rules_of(settings: Mapping[str, Any]) -> Rules:
    """From the settings of the procedure; a pack without them has the usual rules."""
    usual = Rules()
    radii = {
        f"{kind}/{code}": float(metres) for kind, code, metres in _RADIUS.findall(settings.get("duplicate_radii", ""))
    }
    return Rules(
        float(settings.get("duplicate_radius_m", usual.radius_m)), float(settings.get("duplicate_days", usual.days)),
        settings.get("duplicate_shown_percent", 100 * usual.shown) / 100,
        settings.get("duplicate_likely_percent", 100 * usual.likely) / 100, radii,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case (or a report without one) that may be the same problem, and why."""

    kind: Literal["case", "report"]
    id: str
    number: str | None
    state: str
    open: bool
    """Whether a report may still join it."""
    category: str | None
    at: datetime
    confidence: float
    likely: bool
    distance_m: float
    hours: float
    """Hours between the two, without sign."""
    matter: Matter
    likeness: float
    """Of the words, 0 to 1."""
    report: str
    """The report of it that is most alike."""


def cells(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """The cell of each point."""
    x, y = np.floor(np.asarray(lon) / CELL_DEG), np.floor(np.asarray(lat) / CELL_DEG)
    return np.asarray(y.astype(np.int64) * _WIDTH + x.astype(np.int64))


def cells_around(lon: float, lat: float, radius_m: float) -> list[int]:
    """Every cell that a circle reaches."""
    phi = math.radians(lat)
    dx = radius_m / (111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi)) + 1e-9
    dy = radius_m / (111_132.92 - 559.82 * math.cos(2 * phi)) + 1e-9
    columns = range(math.floor((lon - dx) / CELL_DEG), math.floor((lon + dx) / CELL_DEG) + 1)
    rows = range(math.floor((lat - dy) / CELL_DEG), math.floor((lat + dy) / CELL_DEG) + 1)
    return [row * _WIDTH + column for row in rows for column in columns]


def matter_of(one: str | None, other: str | None, family: tuple[str, ...] = ()) -> Matter:
    """How two categories stand to each other; `family`: keys under which the first stands in other standards."""
    if one is None or other is None:
        return "unknown"
    if one == other or other in family:
        return "same"
    return "related" if one[:-3] == other[:-3] else "other"


def scored(
    distance_m: ArrayLike, hours: ArrayLike, matter: ArrayLike, alike: ArrayLike, radius_m: ArrayLike, days: float
) -> NDArray[np.float64]:
    """How likely each pair is one problem; `matter` as positions in `MATTERS`.

    Falls with distance to two thirds at the radius, with time to two thirds at the window's end. What it is about
    weighs most: another matter at the same place stays low unless the words are the same.
    """
    kind = np.asarray(matter)
    near = 1 - (np.asarray(distance_m, float) / np.asarray(radius_m, float)) ** 2 / 3
    soon = 1 - np.asarray(hours, float) / (days * 24) / 3
    words = np.clip((np.asarray(alike, float) - _LIKE[kind]) / (_FULL[kind] - _LIKE[kind]), 0, 1)
    about = _ALONE[kind] + (_WITH_WORDS[kind] - _ALONE[kind]) * words
    return np.asarray(np.clip(near, 0, 1) * np.clip(soon, 0, 1) * about)
