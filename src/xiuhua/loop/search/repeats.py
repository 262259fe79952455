"""What is reported again and again: at one place, of one matter, by one person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from xiuhua.flow.model import State
from xiuhua.loop import scope
from xiuhua.loop.search import model
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

By = Literal["place", "matter", "reporter"]


def groups(
    tx: Tx, loop: Loop, actor: Actor, by: By, since: datetime, until: datetime, at_least: int, limit: int
) -> list[Any]:
    """Groups of at least so many reports in a period, most first: rows (key, reports, cases, first, last, ids)."""
    seen = scope.sight(loop.view(tx, actor.city), actor, "report.read")
    own = "true" if seen.everything else _sql()["seen_reports" if by == "matter" else "seen_texts"]
    return tx.execute(
        _sql()[f"by_{by}"].format(seen=own),
        {
            "city": actor.city, "since": since, "until": until, "at_least": at_least, "limit": limit,
            "areas": list(seen.areas),
        },
    ).fetchall()  # fmt: skip


def at_place_of(tx: Tx, city: str, state: State, days: int) -> int:
    """How many reports came from the place of a case or report within so many days; 0 without a place."""
    place, part = state["data"]["place"] or {}, state["data"].get("part")
    cell = model.cell(place.get("lon"), place.get("lat"), part)
    if cell is None:
        return 0
    since = tx.now - timedelta(days=days)
    row = tx.execute(_sql()["at_place"], {"city": city, "cell": cell, "since": since}).fetchone()
    return int(row.reports) if row else 0


def by_reporter_of(tx: Tx, city: str, report: str, days: int) -> int:
    """How many reports the contact of a report sent within so many days; 0 where it is not indexed or has none."""
    row = tx.execute(
        _sql()["of_its_reporter"], {"city": city, "report": report, "since": tx.now - timedelta(days=days)}
    ).fetchone()
    return int(row.reports) if row else 0


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.search", "repeats.sql")
