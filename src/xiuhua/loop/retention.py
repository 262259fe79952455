"""Erasure of what reporters gave: texts, contacts and photos, by hand or by age. The figures stay as they are.

What is counted stands in events, which hold no text: numbers of reports and cases, their places, categories and times
are the same before and after, the log verifies and replays.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from xiuhua.loop import pictures
from xiuhua.platform import edges, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries

BATCH: Final = 200
_log = logging.getLogger(__name__)


def erase(tx: Tx, actor: Actor, ids: Sequence[str], why: str) -> list[str]:
    """Erase personal data by id (`report/…`, `case/…`) with the photos of reports; what was not erased before.

    A photo that another report names as well stays until that one is erased. Raises as `personal.erase` does.
    """
    erased = personal.erase(tx, actor, ids, why)
    photos = pictures.erase_of(tx, actor.city, erased)
    if photos:
        personal.tell_erased(tx, actor, [(f"media/{photo}", "photo") for photo in photos], why)
    return erased


def erase_old(services: Services) -> int:
    """Erase everything older than `XIUHUA_RETENTION_DAYS`, a batch a transaction; how many. 0 days: nothing."""
    days = services.settings.retention_days
    if not days:
        return 0
    with services.database.reading() as tx:
        cities = [row.city for row in tx.execute(queries("xiuhua.loop")["cities_of_reports"])]

    def one(city: str) -> int:
        erased, batch = 0, BATCH
        while batch == BATCH:
            with services.database.transaction() as tx:
                batch = erase_batch(tx, city, days)
            erased += batch
        return erased

    done = edges.each(cities, one, "city")
    if done:
        _log.info("personal data of %s reports and cases erased after %s days", done, days)
    return done


def erase_batch(tx: Tx, city: str, days: int) -> int:
    """Erase up to `BATCH` that have been over for so many days; how many."""
    values = {"city": city, "before": tx.now - timedelta(days=days), "limit": BATCH}
    ids = [row.id for row in tx.execute(queries("xiuhua.loop")["erasable"], values)]
    return len(erase(tx, system(city), ids, f"{days} days after the end")) if ids else 0
