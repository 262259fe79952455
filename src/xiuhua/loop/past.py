"""Past cases as the duty matrix asks for them: a draft is tried on what really happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from xiuhua.city.categories.service import load_catalogue
from xiuhua.city.duties.dry_run import PastCase
from xiuhua.city.duties.survey import mapped_of
from xiuhua.city.units.service import time_zone
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_BATCH = 5000


def past_cases(tx: Tx, city: str, since: date, until: date) -> Iterator[PastCase]:
    """Cases dispatched for the first time from one day to another, inclusive, as the bureau's clock counts days.

    Where each went is the unit of its first leg: what came after may have been somebody's mistake mended.
    """
    zone = time_zone(tx, city)
    begin, end = (datetime.combine(day, time(), zone) for day in (since, until + timedelta(days=1)))
    catalogue = load_catalogue(tx, city)
    wanted = {"city": city, "until": end, "since_s": int(begin.timestamp()), "until_s": int(end.timestamp())}
    with tx.connection.cursor(name="past_cases") as rows:
        rows.itersize = _BATCH
        rows.execute(queries("xiuhua.loop", "past.sql")["dispatched"], wanted)
        for row in rows:
            yield PastCase(
                row.id, row.category, datetime.fromtimestamp(row.dispatched, UTC), row.unit, tuple(row.scopes),
                mapped=mapped_of(catalogue, row.category), segment=row.segment, record=row.part, owner=row.owner,
            )  # fmt: skip
