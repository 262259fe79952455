"""Areas in the database: import, load, list. Functions take the transaction first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any

import h3
import shapely

from xiuhua.city.areas.datum import Datum, to_wgs84
from xiuhua.city.areas.drafts import Draft, draft
from xiuhua.city.areas.events import areas_imported, content_digest, stream
from xiuhua.city.areas.files import Source, read
from xiuhua.city.areas.importing import Outcome, counted, resolve
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.model import Area, AreaClass, Kind, Sides, wkb
from xiuhua.city.areas.report import Finding, ImportReport
from xiuhua.city.areas.topology import SLIVER_M
from xiuhua.city.areas.versions import Around, Change, closing, compare, look_at
from xiuhua.platform import eventlog, revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.sql import queries

KIND = "areas"
"""The kind under which revisions of areas are counted."""
H3_RESOLUTION = 9
_AREA = (
    "city", "code", "kind", "name", "parent", "area_class", "sides", "geometry", "lon", "lat", "cell", "datum",
    "crs", "original", "valid_from", "valid_to", "recorded_at", "closed_at",
)  # fmt: skip
_MEMBER = ("city", "duty_grid", "unit_grid", "valid_from", "valid_to", "recorded_at", "closed_at")
_KEPT_DAYS = 8


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area of a list, without its geometry."""

    code: str
    kind: Kind
    name: str
    parent: str | None
    area_class: AreaClass | None
    sides: Sides | None
    lon: float
    lat: float
    """A point in it, WGS-84."""
    cell: str
    """H3 cell of that point, resolution 9."""
    valid_from: date
    valid_to: date | None


def import_areas(
    tx: Tx,
    city: str,
    source: Source | Sequence[Source],
    *,
    valid_from: date,
    actor: str = "import",
    role: str = "administrator",
    at: datetime | None = None,
    strict: bool = False,
    close_missing: bool = False,
    sliver_m: float = SLIVER_M,
) -> ImportReport:
    """Take in map files; what does not fit is refused with its reasons, the good rest is kept.

    `valid_from`: the day from which changes hold (features new to the city may name days of their own).
    `strict`: refuse everything when anything is refused. `close_missing`: areas of the imported kinds that no
    file holds are closed the day before. The same content again changes nothing and tells the log nothing.
    Raises `Invalid`, with every error, when `strict` and when no file could be read.
    """
    sources = [source] if isinstance(source, Source) else list(source)
    drafts, unread = _drafts(sources, city, valid_from)
    tx.execute(_sql()["lock"], {"city": city})
    existing = {area.code: area for area in areas_on(tx, city, valid_from)}
    outcome = resolve(drafts, unread, city, existing, day=valid_from, close_missing=close_missing, sliver_m=sliver_m)
    if outcome.errors and (strict or len(unread) == len(sources)):
        errors = [row.as_error() for row in outcome.errors]
        raise Invalid(f"Nothing was imported: {len(errors)} errors.", errors=errors)
    changes = _changes(tx, city, outcome, valid_from)
    report = counted(outcome, changes)
    if changes:
        _write(tx, city, changes)
        names = [each.path.name for each in sources]
        told = areas_imported(city, report, content_digest(changes), names, valid_from, actor, role, at or tx.now)
        eventlog.append(tx, city, [told], eventlog.heads(tx, city, [stream(city)]))
        revision.bump(tx, city, KIND)
    return report


def _drafts(sources: Sequence[Source], city: str, day: date) -> tuple[list[Draft], list[Finding]]:
    drafts: list[Draft] = []
    unread: list[Finding] = []
    for source in sources:
        try:
            drafts += [draft(feature, source.kind, city, day) for feature in read(source)]
        except Invalid as error:
            unread += [Finding("error", codes=(), **place) for place in error.params["errors"]]
    return drafts, unread


def _changes(tx: Tx, city: str, outcome: Outcome, day: date) -> list[Change]:
    """What the import changes in the table, by comparison with the rows of each area's own day."""
    drawn = [replace(area, valid_from=day, valid_to=None) for area in outcome.drawn.values()]
    wanted = [*outcome.taken.values(), *drawn]
    rows = tx.execute(
        _sql()["around"],
        {"city": city, "codes": [area.code for area in wanted], "days": [look_at(area, day) for area in wanted]},
    ).fetchall()
    now = iter(_areas([row for row in rows if row.kind]))
    around = {row.code: Around(next(now) if row.kind else None, row.last_end, row.next_start) for row in rows}
    changes = [compare(area, around[area.code], day) for area in wanted]
    return [change for change in changes if change] + [closing(area, day) for area in outcome.gone.values()]


def _write(tx: Tx, city: str, changes: Sequence[Change]) -> None:
    closed = [change for change in changes if change.close_from is not None]
    ends = {
        "city": city,
        "now": tx.now,
        "codes": [change.code for change in closed],
        "starts": [change.close_from for change in closed],
        "ends": [change.close_to for change in closed],
    }
    for name in ("close_members", "close", "forget_members", "forget"):
        tx.execute(_sql()[name], ends)
    opened = [change.opened for change in changes if change.opened]
    tx.copy("area", _AREA, [_row(tx, city, area) for area in opened])
    tx.copy(
        "duty_grid_member",
        _MEMBER,
        [(city, area.code, member, *_dates(tx, area)) for area in opened for member in area.members],
    )


def _row(tx: Tx, city: str, area: Area) -> tuple[Any, ...]:
    lon, lat = area.point()
    return (
        city, area.code, area.kind, area.name, area.parent, area.area_class, area.sides, wkb(area.geometry),
        lon, lat, h3.str_to_int(h3.latlng_to_cell(lat, lon, H3_RESOLUTION)), area.datum, area.crs, area.original,
        *_dates(tx, area),
    )  # fmt: skip


def _dates(tx: Tx, area: Area) -> tuple[Any, ...]:
    return area.valid_from, area.valid_to, tx.now, tx.now if area.valid_to else None


def areas_on(tx: Tx, city: str, on: date, kind: Kind | None = None, known_at: datetime | None = None) -> list[Area]:
    """The areas of a day with their geometry, by code; `known_at`: as the database knew them at a moment."""
    wanted = {"city": city, "on": on, "kind": kind, "known_at": known_at}
    return _areas(tx.execute(_sql()["on_day"], wanted).fetchall())


def _areas(rows: Sequence[Any]) -> list[Area]:
    shapes = shapely.from_wkb([row.geometry for row in rows])
    return [
        Area(
            row.code, row.kind, row.name, row.parent, shape, row.valid_from, row.valid_to, row.area_class,
            row.sides, tuple(row.members), row.datum, row.crs, row.original,
        )
        for row, shape in zip(rows, shapes, strict=True)
    ]  # fmt: skip


def load_index(tx: Tx, city: str, on: date, known_at: datetime | None = None) -> AreaIndex:
    """Everything about the city's areas on a day, in memory; `index_on` keeps it between transactions."""
    return AreaIndex(city, on, areas_on(tx, city, on, known_at=known_at))


class _Days:
    """Indexes of one revision, each good for the days between two changes."""

    def __init__(self) -> None:
        self._kept: list[tuple[date, date, AreaIndex]] = []
        self._lock = Lock()

    def on(self, tx: Tx, city: str, day: date) -> AreaIndex:
        with self._lock:  # two requests at once wait for one index instead of building two
            for since, until, index in self._kept:
                if since <= day <= until:
                    return index
            row = tx.execute(_sql()["span"], {"city": city, "on": day}).fetchone()
            index = load_index(tx, city, day)
            span = (row.since or date.min, row.until or date.max) if row else (day, day)
            self._kept = [*self._kept[1 - _KEPT_DAYS :], (*span, index)]
            return index


def index_on(tx: Tx, memory: revision.Memory, city: str, on: date) -> AreaIndex:
    """The index of a day, kept in `memory` until areas change; days between two changes share one."""
    return memory.get(tx, city, KIND, lambda _tx, _city: _Days()).on(tx, city, on)


def list_areas(
    tx: Tx,
    city: str,
    on: date,
    kind: Kind | None = None,
    parent: str | None = None,
    after: str = "",
    limit: int | None = None,
) -> list[AreaLine]:
    """The areas of a day by code, without geometry; of one kind, below one parent; `limit` of them behind a code."""
    wanted = {"city": city, "on": on, "kind": kind, "parent": parent, "after": after, "limit": limit}
    rows = tx.execute(_sql()["list"], wanted)
    return [AreaLine(**row._asdict() | {"cell": h3.int_to_str(row.cell)}) for row in rows]


def area_at(
    tx: Tx, memory: revision.Memory, city: str, lon: float, lat: float, on: date, datum: Datum = "wgs84"
) -> Area | None:
    """The smallest area around a place on a day. Raises `Invalid` for a place that cannot be meant."""
    x, y = to_wgs84(lon, lat, datum)
    return index_on(tx, memory, city, on).locate_any(float(x[0]), float(y[0]))


def _sql() -> dict[str, str]:
    return queries("xiuhua.city.areas")
