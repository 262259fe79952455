"""Finds duplicates of a batch by one statement, and keeps the traces they are found by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from xiuhua.loop.duplicates.batch import Many
from xiuhua.loop.duplicates.likeness import WIDTH, Sketches, likeness, sketches
from xiuhua.loop.duplicates.model import MATTERS, Duplicate, Rules, cells, cells_around, matter_of, rules_of, scored
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position, touched_since
from xiuhua.platform.sql import queries

MOST: Final = 5
_LOOKED_UP: Final = 8
"""Of those near a place: in a crowded quarter hundreds lie within the radius, and five are shown."""
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


def find(
    tx: Tx, view: CityView, wanted: Sequence[Wanted], most: int = MOST, drawn: Sketches | None = None
) -> list[list[Duplicate]]:
    """For each the likeliest duplicates, the best first, each case once; two statements for all of them.

    `drawn`: the sketches of their texts, where the caller has them.
    """
    if not wanted:
        return []
    held = rules(view)
    near = _near(tx, view.city, held, wanted, sketches(bags([one.text for one in wanted])) if drawn is None else drawn)
    found: list[dict[str, Duplicate]] = [{} for _ in wanted]
    if len(near.report):
        asked = {"city": view.city, "ids": list(dict.fromkeys(near.report))}
        rows = {row.id: row for row in tx.execute(_sql()["became"], asked)}
        for n, one in _duplicates(view, held, wanted, near, rows):
            best = found[n].get(one.id)
            if best is None or best.confidence < one.confidence:
                found[n][one.id] = one
    return [sorted(each.values(), key=lambda one: (-one.confidence, one.id))[:most] for each in found]


@dataclass(frozen=True, slots=True)
class _Near:
    """Reports near those that are asked for, as columns."""

    report: list[str]
    number: NDArray[np.int64]
    """Which of those asked for."""
    distance: NDArray[np.float64]
    hours: NDArray[np.float64]
    alike: NDArray[np.float64]
    at: list[float]
    """Epoch seconds."""


def _near(tx: Tx, city: str, held: Rules, wanted: Sequence[Wanted], mine: Sketches) -> _Near:
    """The likeliest of those near, before anything is known of what became of them."""
    row = tx.execute(_sql()["find"], {"city": city, **_asked(wanted, held)}).fetchone()
    if row is None or row.report is None:
        nothing = np.zeros(0)
        return _Near([], nothing.astype(np.int64), nothing, nothing, nothing, [])
    number = np.frombuffer(row.n, ">i4").astype(np.int64)
    distance, at = (np.frombuffer(one, ">f8").astype(np.float64) for one in (row.distance, row.at))
    theirs = np.frombuffer(row.sketch, np.uint8).reshape(-1, WIDTH)
    hours = np.abs(at - np.array([one.at.timestamp() for one in wanted])[number]) / 3600
    alike, radius = likeness(mine[number], theirs), np.array([held.radius(one.category) for one in wanted])[number]
    # None is likelier than one of the same category; of the likeliest by that measure it is looked up what they are.
    best = scored(distance, hours, [0] * len(number), alike, radius, held.days)
    order = np.lexsort((-best, number))
    first = np.searchsorted(number[order], number[order])
    order = order[(np.arange(len(order)) - first < _LOOKED_UP) & (np.round(best[order], 3) >= held.shown)]
    reports = [row.report[place] for place in order.tolist()]
    return _Near(reports, number[order], distance[order], hours[order], alike[order], at[order].tolist())


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


def _duplicates(
    view: CityView, held: Rules, wanted: Sequence[Wanted], near: _Near, rows: Mapping[str, Any]
) -> Iterator[tuple[int, Duplicate]]:
    """Those that are sure enough to be shown, with the number of the one they were asked for."""
    families = [_family(view, one.category) for one in wanted]
    numbers = near.number.tolist()
    matters = [
        matter_of(wanted[number].category, rows[report].category, families[number]) if report in rows else "other"
        for number, report in zip(numbers, near.report, strict=True)
    ]
    radius = np.array([held.radius(one.category) for one in wanted])[near.number]
    kinds = [MATTERS.index(one) for one in matters]
    score = scored(near.distance, near.hours, kinds, near.alike, radius, held.days)
    for place in np.flatnonzero(np.round(score, 3) >= held.shown).tolist():
        row, one = rows.get(near.report[place]), wanted[numbers[place]]
        if row is None or row.report_state in _NO_MORE or row.id == one.report:
            continue
        if one.case is None or row.case_id != one.case:
            values = (float(column[place]) for column in (score, near.distance, near.hours, near.alike))
            yield numbers[place], _duplicate(view, held, row, near.at[place], matters[place], *values)


def _duplicate(
    view: CityView, held: Rules, row: Any, at: float, matter: Any, score: float, distance: float, hours: float,
    alike: float,
) -> Duplicate:  # fmt: skip
    kind = "case" if row.case_id else "report"
    state = row.case_state if row.case_id else row.report_state
    since = row.opened_at or datetime.fromtimestamp(at, UTC)
    return Duplicate(
        "case" if row.case_id else "report", row.case_id or row.id, row.number, state, _open(view, kind, state),
        row.category, since, round(score, 3), score >= held.likely, round(distance, 1), round(hours, 1), matter,
        round(alike, 2), row.id,
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
    wanted = [Wanted(row.lon, row.lat, row.reported_at, report=row.id) for row in rows]
    note(tx, city, wanted, sketches(bags(texts)))


def note(tx: Tx, city: str, reports: Sequence[Wanted], drawn: Sketches) -> None:
    """Keep traces of reports with the sketches of their texts, for whoever has both in hand.

    Where nobody had, the worker makes them.
    """
    place = cells([one.lon for one in reports], [one.lat for one in reports])
    columns = {
        "report": [one.report for one in reports], "cell": place.tolist(), "at": [one.at for one in reports],
        "lon": [one.lon for one in reports], "lat": [one.lat for one in reports],
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
