"""Finds duplicates of a batch by one statement, and keeps the traces they are found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np

from xiuhua.loop.duplicates.batch import Many
from xiuhua.loop.duplicates.likeness import WIDTH, likeness, sketches
from xiuhua.loop.duplicates.model import MATTERS, Duplicate, Rules, cells, cells_around, matter_of, rules_of, scored
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position, touched_since
from xiuhua.platform.sql import queries

MOST: Final = 5
_EVENTS: Final = 2000
_PLACED: Final = ("ReportReceived", "ReportPlaced")
_NO_MORE: Final = frozenset({"refused", "forwarded"})
"""States of a report that is about nothing of ours."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that duplicates are asked for."""

    lon: float
    lat: float
    at: datetime
    text: str = ""
    category: str | None = None
    """Its category, or the one suggested for it."""
    report: str | None = None
    """Its own report, left out of what is found."""
    case: str | None = None
    """Its own case, likewise with all its reports."""


def rules(view: CityView) -> Rules:
    """What the city calls a duplicate."""
    return rules_of(view.settings.get("report", {}))


def find(tx: Tx, view: CityView, wanted: Sequence[Wanted], most: int = MOST) -> list[list[Duplicate]]:
    """For each the likeliest duplicates, the best first, each case once; one statement for all of them."""
    if not wanted:
        return []
    held = rules(view)
    rows = tx.execute(_sql()["find"], {"city": view.city, **_asked(wanted, held)}).fetchall()
    rows = [row for row in rows if row.report_state not in _NO_MORE and not _itself(row, wanted[row.n])]
    found: list[dict[str, Duplicate]] = [{} for _ in wanted]
    for n, one in _duplicates(view, held, wanted, rows):
        best = found[n].get(one.id)
        if best is None or best.confidence < one.confidence:
            found[n][one.id] = one
    return [sorted(each.values(), key=lambda one: (-one.confidence, one.id))[:most] for each in found]


def _asked(wanted: Sequence[Wanted], held: Rules) -> dict[str, Any]:
    radius = [held.radius(one.category) for one in wanted]
    reached = [
        (number, cell)
        for number, (one, metres) in enumerate(zip(wanted, radius, strict=True), 1)
        for cell in cells_around(one.lon, one.lat, metres)
    ]
    return {
        "n": [number for number, _ in reached], "cell": [cell for _, cell in reached], "radius": radius,
        "lon": [one.lon for one in wanted], "lat": [one.lat for one in wanted], "at": [one.at for one in wanted],
        "window": timedelta(days=held.days),
    }  # fmt: skip


def _itself(row: Any, one: Wanted) -> bool:
    return row.report == one.report or (one.case is not None and row.case_id == one.case)


def _duplicates(
    view: CityView, held: Rules, wanted: Sequence[Wanted], rows: Sequence[Any]
) -> Iterator[tuple[int, Duplicate]]:
    """Those that are sure enough to be shown, with the number of the one they were asked for."""
    if not rows:
        return
    mine = sketches(bags([one.text for one in wanted]))
    theirs = np.frombuffer(b"".join(bytes(row.sketch) for row in rows), np.uint8).reshape(-1, WIDTH)
    number = np.array([row.n for row in rows])
    alike = likeness(mine[number], theirs)
    distance = np.array([row.distance_m for row in rows])
    hours = np.array([abs((row.at - wanted[row.n].at).total_seconds()) / 3600 for row in rows])
    families = [_family(view, one.category) for one in wanted]
    matters = [matter_of(wanted[row.n].category, row.category, families[row.n]) for row in rows]
    radius = np.array([held.radius(one.category) for one in wanted])[number]
    score = scored(distance, hours, [MATTERS.index(one) for one in matters], alike, radius, held.days)
    for place in np.flatnonzero(np.round(score, 3) >= held.shown).tolist():
        values = (float(column[place]) for column in (score, distance, hours, alike))
        yield rows[place].n, _duplicate(view, held, rows[place], matters[place], *values)


def _duplicate(
    view: CityView, held: Rules, row: Any, matter: Any, score: float, distance: float, hours: float, alike: float
) -> Duplicate:
    kind = "case" if row.case_id else "report"
    state = row.case_state if row.case_id else row.report_state
    return Duplicate(
        "case" if row.case_id else "report", row.case_id or row.report, row.number, state, _open(view, kind, state),
        row.category, row.opened_at or row.at, round(score, 3), score >= held.likely, round(distance, 1),
        round(hours, 1), matter, round(alike, 2), row.report,
    )  # fmt: skip


def _open(view: CityView, kind: str, state: str) -> bool:
    """Whether its procedure goes on from this state."""
    procedure = view.procedures.get("city_case" if kind == "case" else "report")
    known = procedure[1].tracks["main"].states.get(state) if procedure else None
    return known is not None and not known.final


def _family(view: CityView, category: str | None) -> tuple[str, ...]:
    return view.catalogue.family(category) if category and category in view.catalogue else ()


def catch_up(tx: Tx, city: str) -> int:
    """Keep traces of reports that came in or were placed since last time; returns how many events were read.

    The worker does this every second; zero also when another process is at it.
    """
    tx.execute(_sql()["begin_position"], {"city": city})
    row = tx.execute(_sql()["position"], {"city": city}).fetchone()
    if row is None:
        return 0
    streams, events, after = touched_since(tx, city, Position(row.tx, row.number), _EVENTS, _PLACED)
    keep(tx, city, {one.partition("/")[2] for one in streams})
    if events:
        tx.execute(_sql()["move"], {"city": city, "tx": after.tx, "number": after.number})
    return events


def keep(tx: Tx, city: str, reports: set[str]) -> None:
    """Traces of these reports as they stand; those without a place have none."""
    rows = tx.execute(_sql()["placed"], {"city": city, "ids": sorted(reports)}).fetchall() if reports else []
    if not rows:
        return
    kept = personal.get(tx, city, [f"report/{row.id}" for row in rows])
    texts = [text_of(kept.get(f"report/{row.id}")) for row in rows]
    drawn, place = sketches(bags(texts)), cells([row.lon for row in rows], [row.lat for row in rows])
    columns = {
        "report": [row.id for row in rows], "cell": place.tolist(),
        "at": [row.reported_at for row in rows], "lon": [row.lon for row in rows], "lat": [row.lat for row in rows],
        "sketch": [one.tobytes() for one in drawn],
    }  # fmt: skip
    tx.execute(_sql()["keep"], {"city": city, **columns})


def behind(tx: Tx) -> list[str]:
    """Cities with events that were not looked at."""
    return [row.city for row in tx.execute(_sql()["behind"])]


def text_of(content: dict[str, Any] | None) -> str:
    """Title and text of what is kept of a report; empty where it was erased."""
    return f"{content.get('title') or ''} {content.get('text') or ''}" if content else ""


def many(tx: Tx, city: str, since: datetime, until: datetime) -> tuple[list[str], Many]:
    """All cases of a time with a place, as columns for `batch.Grid`, and their ids. Words are left out."""
    row = tx.execute(_sql()["many"], {"city": city, "since": since, "until": until}).fetchone()
    if row is None or row.id is None:
        empty = np.zeros(0)
        return [], Many(empty, empty, empty.astype(np.int64), empty.astype(np.int64))
    ids = [str(UUID(bytes=bytes(row.id[start : start + 16]))) for start in range(0, len(row.id), 16)]
    return ids, columns_of(row)


def columns_of(row: Any) -> Many:
    """The columns that the query `many` gives, as arrays."""
    lon, lat = (np.frombuffer(one, ">f8").astype(np.float64) for one in (row.lon, row.lat))
    at, category = (np.frombuffer(one, ">i8").astype(np.int64) for one in (row.at, row.category))
    return Many(lon, lat, at, category)


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.duplicates")
