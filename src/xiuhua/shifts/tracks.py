"""Patrol tracks: positions of phones on duty, kept once, looked at with a trace, forgotten by the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import h3

from xiuhua.city.areas.index import AreaIndex
from xiuhua.loop import scope
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.shifts.model import AHEAD, Kept, Position
from xiuhua.shifts.service import areas_of, within

READ: Final = "track.read"
MOST: Final = 20_000
"""Positions of one answer."""
LATE: Final = timedelta(days=14)
"""How long a phone may keep positions to itself."""
CELLS: Final = 11
"""Resolution of the cells by which coverage is told: some 45 m across."""
_SURE_M: Final = 100.0
_JOINED_S, _JOINED_DEGREES = 120, 0.005
"""Two positions so near in time and place: what lies between was passed too."""


def keep(tx: Tx, actor: Actor, batch: Sequence[Position]) -> Kept:
    """Keep what lies within turns of duty; what is there already stays as it was."""
    sound = [one for one in batch if one.at <= tx.now + AHEAD]
    timely = [one for one in sound if one.at >= tx.now - LATE]
    inside: dict[datetime, tuple[Position, str]] = {}
    if timely:
        ends = {"first": min(one.at for one in timely), "last": max(one.at for one in timely)}
        values = {"city": actor.city, "person": actor.id, "until": tx.now + AHEAD, **ends}
        turns = tx.execute(_sql()["turns"], values).fetchall()
        for one in timely:
            turn = next((row.id for row in turns if row.started_at <= one.at <= row.ended_at), None)
            if turn is not None:
                inside.setdefault(one.at, (one, turn))
    kept = _put(tx, actor, list(inside.values())) if inside else 0
    within_turn = sum(one.at in inside for one in timely)
    return Kept(kept, within_turn - kept, len(sound) - within_turn, len(batch) - len(sound))


def _put(tx: Tx, actor: Actor, inside: Sequence[tuple[Position, str]]) -> int:
    months = sorted({one.at.astimezone(UTC).date().replace(day=1) for one, _ in inside})
    tx.execute(_sql()["months"], {"months": months})
    columns = {name: [getattr(one, name) for one, _ in inside] for name in ("at", "lon", "lat", "accuracy_m", "mock")}
    turns = [turn for _, turn in inside]
    values = {"city": actor.city, "person": actor.id, "now": tx.now, "turn": turns, **columns}
    kept = tx.execute(_sql()["put"], values).rowcount
    last, turn = max(inside, key=lambda one: one[0].at)
    tx.execute(_sql()["seen"], {"city": actor.city, "turn": turn, "at": last.at, "lon": last.lon, "lat": last.lat})
    return kept


def own(tx: Tx, actor: Actor, since: datetime, until: datetime) -> list[Any]:
    """Where one has been oneself, in order."""
    return _read(tx, actor.city, actor.id, since, until)


def of_other(
    tx: Tx, view: CityView, actor: Actor, person: str, since: datetime, until: datetime, why: str
) -> list[Any]:
    """Where somebody else has been; the look and its reason are written down. Raises `NotFound`."""
    seen = scope.sight(view, actor, READ)
    areas = areas_of(view, person)
    if person not in view.directory.people or not (
        seen.everything or any(within(view, area, seen.areas) for area in areas)
    ):
        raise NotFound
    subject = f"track/{person}/{since.isoformat()}/{until.isoformat()}"
    values = {"city": actor.city, "now": tx.now, "actor": actor.id, "subject": subject, "why": why}
    tx.execute(_sql()["note_look"], values)
    return _read(tx, actor.city, person, since, until)


def coverage(areas: AreaIndex, grid: str, rows: Sequence[Any]) -> tuple[int, int]:
    """Cells of a duty grid that were passed, and all its cells. Mock and unsure positions count for nothing."""
    shape = areas.area(grid).geometry
    cells = set(h3.geo_to_cells(shape, CELLS))
    if not cells:
        middle = shape.representative_point()
        cells = {h3.latlng_to_cell(middle.y, middle.x, CELLS)}
    passed: set[str] = set()
    before: tuple[datetime, str] | None = None
    for row in rows:
        if row.mock or (row.accuracy_m or 0) > _SURE_M:
            continue
        cell = h3.latlng_to_cell(row.lat, row.lon, CELLS)
        passed.add(cell)
        if before is not None and (row.at - before[0]).total_seconds() <= _JOINED_S and _near(before[1], cell):
            passed.update(h3.grid_path_cells(before[1], cell))
        before = row.at, cell
    return len(passed & cells), len(cells)


def _near(one: str, other: str) -> bool:
    """Whether two cells are so near that there is a way between them; cells far apart have no distance."""
    (y0, x0), (y1, x1) = h3.cell_to_latlng(one), h3.cell_to_latlng(other)
    return bool(max(abs(y1 - y0), abs(x1 - x0)) < _JOINED_DEGREES)


def forget(database: Database, days: int) -> int:
    """Drop the months that ended more than so many days ago; how many."""
    with database.transaction() as tx:
        row = tx.execute(_sql()["forget"], {"before": tx.now - timedelta(days=days)}).fetchone()
    return int(row.gone) if row is not None else 0


def _read(tx: Tx, city: str, person: str, since: datetime, until: datetime) -> list[Any]:
    values = {"city": city, "person": person, "since": since, "until": until, "limit": MOST}
    return tx.execute(_sql()["positions"], values).fetchall()


def _sql() -> dict[str, str]:
    return queries("xiuhua.shifts", "tracks.sql")
