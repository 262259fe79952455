"""Cases in brief, kept up by the worker: nothing of it is on the way of a report or an action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from xiuhua.city.areas.tiles import tile_of
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.clocks import reached
from xiuhua.loop.brief.model import OVERDUE, SUSPENDED
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.sql import queries

ROUND: Final = 5000
"""Events of one round."""
ROUNDS: Final = 500
"""Of which it is remembered what changed in them."""
_YELLOW_PERCENT: Final = 80
_WORDS: Final = {"state": "state", "category": "category", "source": "source", "unit": "unit", "grid": "unit_grid"}
"""Kind of word and the column of the case that holds it."""
_COLUMNS: Final = (
    "id", "tile", "lon", "lat", "state", "category", "source", "unit", "grid", "place", "opened", "closed",
    "handed_back", "due", "yellow", "stopped", "took", "flags",
)  # fmt: skip


def advance(tx: Tx, view: CityView, limit: int = ROUND) -> int:
    """Take in what is new in the log of a city; how many events that were."""
    city = view.city
    tx.execute(_sql()["begin_position"], {"city": city})
    row = tx.execute(_sql()["lock_position"], {"city": city}).fetchone()
    if row is None:
        return 0
    streams, count, end = eventlog.touched_since(tx, city, Position(row.tx, row.number), limit)
    if not count:
        return 0
    ids = sorted(stream.removeprefix("case/") for stream in streams if stream.startswith("case/"))
    if ids:
        _take_in(tx, view, ids)
    tx.execute(_sql()["move_position"], {"city": city, "tx": end.tx, "number": end.number})
    return count


def _take_in(tx: Tx, view: CityView, ids: Sequence[str]) -> None:
    city = view.city
    rows = tx.execute(_sql()["touched"], {"city": city, "ids": list(ids)}).fetchall()
    words, places = _words(tx, city, rows), _places(tx, city, rows)
    briefs = []
    for row in rows:
        told = [words[kind, word] if (word := getattr(row, column)) else 0 for kind, column in _WORDS.items()]
        flags = (OVERDUE if row.overdue else 0) | (SUSPENDED if row.suspended else 0)
        briefs.append(
            (row.id, tile_of(row.lon, row.lat), row.lon or 0.0, row.lat or 0.0, *told, places[tuple(row.scopes)],
             row.opened, row.closed, row.handed_back, *_clock(view, row.clock), flags)
        )  # fmt: skip
    if briefs:
        columns = dict(zip(_COLUMNS, map(list, zip(*briefs, strict=True)), strict=True))
        tx.execute(_sql()["put"], {"city": city, **columns})
        tx.execute(_sql()["forget_rounds"], {"city": city, "keep": ROUNDS})


def _clock(view: CityView, kept: dict[str, Any] | None) -> tuple[int, int, int, int]:
    """Due, yellow, stopped and how long it took, of the handling clock."""
    if not kept:
        return 0, 0, 0, -1
    run = ClockRun.from_json(kept)
    yellow = reached(run, view.calendars.of(run.calendar), _YELLOW_PERCENT)
    stopped = run.stopped_at or 0
    return run.due, yellow, stopped, stopped - run.started if stopped else -1


def _words(tx: Tx, city: str, rows: Sequence[Any]) -> dict[tuple[str, str], int]:
    known = {(row.kind, row.word): row.no for row in tx.execute(_sql()["words"], {"city": city})}
    wanted = {(kind, word) for row in rows for kind, column in _WORDS.items() if (word := getattr(row, column))}
    fresh = sorted(wanted - known.keys())
    if not fresh:
        return known
    kinds, words = zip(*fresh, strict=True)
    tx.execute(_sql()["add_words"], {"city": city, "kinds": list(kinds), "words": list(words)})
    return {(row.kind, row.word): row.no for row in tx.execute(_sql()["words"], {"city": city})}


def _places(tx: Tx, city: str, rows: Sequence[Any]) -> dict[tuple[str, ...], int]:
    wanted = sorted({" ".join(row.scopes) for row in rows if row.scopes})
    known = _known_places(tx, city, wanted)
    fresh = [one for one in wanted if tuple(one.split(" ")) not in known]
    if fresh:
        tx.execute(_sql()["add_places"], {"city": city, "scopes": fresh})
        known = _known_places(tx, city, wanted)
    return {**known, (): 0}


def _known_places(tx: Tx, city: str, wanted: Sequence[str]) -> dict[tuple[str, ...], int]:
    found = tx.execute(_sql()["places"], {"city": city, "scopes": list(wanted)})
    return {tuple(row.scopes): row.no for row in found if row.no is not None}


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.brief")
