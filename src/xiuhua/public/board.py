"""What everybody may see of a city's cases: read at most once a minute, and kept in the process.

Everything public is answered from here (map, list, nearby, feeds), so no number of readers reaches the database, and
what is not in it cannot be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.public.model import PublicCase, Shown, rounded
from xiuhua.public.texts import stage_of

MOST: Final = 20_000
_KEPT: Final = timedelta(seconds=60)
_OPEN_DAYS: Final = 365
"""What is open longer than this is no news to anybody."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A street on the map, as rings of (lon, lat)."""

    code: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The cases of a city that may be shown, newest first, as of a moment."""

    at: datetime
    cases: tuple[PublicCase, ...]
    by_number: dict[str, PublicCase]

    def of_area(self, area: str | None) -> list[PublicCase]:
        """Those in an area; all without one."""
        return [one for one in self.cases if area is None or area in one.areas]


class Board:
    """One for each process."""

    def __init__(self, loop: Loop, *, round_m: int, closed_days: int, shown: bool = True) -> None:
        """`shown`: whether an installation shows cases to the public at all."""
        self._loop, self._round_m, self._closed = loop, round_m, timedelta(days=closed_days)
        self.shown = shown
        self._known: dict[str, Snapshot] = {}
        self._lock = Lock()

    def of(self, tx: Tx, city: str) -> Snapshot:
        """What may be seen now; as old as a minute."""
        known = self._known.get(city)
        if known is not None and timedelta(0) <= tx.now - known.at < _KEPT:
            return known
        # Whoever comes while another reads is content with what was seen before, if anything was.
        if not self._lock.acquire(blocking=known is None):
            assert known is not None
            return known
        try:
            again = self._known.get(city)
            if again is None or again is known:
                again = self._known[city] = self._read(tx, city)
            return again
        finally:
            self._lock.release()

    def _read(self, tx: Tx, city: str) -> Snapshot:
        view = self._loop.view(tx, city)
        shown = Shown.of(str(view.settings.get("report", {}).get("public_categories", "")))
        categories = shown.of_all(one.key for one in view.catalogue) if self.shown else []
        if not categories or "city_case" not in view.procedures:
            return Snapshot(tx.now, (), {})
        going, closed = _states(view.procedures["city_case"][1])
        values = {
            "city": city, "since": tx.now - timedelta(days=_OPEN_DAYS), "closed_since": tx.now - self._closed,
            "categories": categories, "going": going, "closed": closed, "limit": MOST,
        }  # fmt: skip
        rows = tx.execute(queries("xiuhua.public")["cases"], values)
        cases = tuple(self._case(view, row, row.state in closed) for row in rows)
        return Snapshot(tx.now, cases, {one.number: one for one in cases})

    def _case(self, view: CityView, row: Any, closed: bool) -> PublicCase:
        category = view.catalogue.category(row.category)
        lon, lat = rounded(row.lon, row.lat, self._round_m)
        return PublicCase(
            row.number, category.name, category.name_en or "", place_of(view, row.scopes), tuple(row.scopes), lon, lat,
            row.opened_at, row.closed_at if closed else None, stage_of(row.state, closed),
        )  # fmt: skip


def place_of(view: CityView, scopes: list[str]) -> str:
    """Street and community by name: coarse enough to be told to anybody."""
    named = {view.areas.area(code).kind: view.areas.area(code).name for code in scopes if code in view.areas}
    return " ".join(named[kind] for kind in ("street", "community") if kind in named)


def outlines(view: CityView) -> list[Outline]:
    """The streets of a city, simple enough to be drawn on a phone."""
    found = []
    for area in view.areas.areas("street"):
        shape = area.geometry.simplify(0.0002)
        parts = getattr(shape, "geoms", [shape])
        rings = tuple(tuple((round(x, 5), round(y, 5)) for x, y, *_ in part.exterior.coords) for part in parts)
        found.append(Outline(area.code, area.name, rings))
    return found


def _states(procedure: Procedure) -> tuple[list[str], list[str]]:
    """States in which a case goes on, and those in which it was closed (not declined, void or merged)."""
    states = procedure.tracks["main"].states
    going = [name for name, state in states.items() if not state.final]
    return going, [name for name, state in states.items() if state.final and state.outcome == "closed"]
