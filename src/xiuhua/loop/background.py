"""What the worker does for suggestions and duplicates: reads on in the log, a transaction for each city."""

from __future__ import annotations

from xiuhua.loop.duplicates import service as duplicates
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.learning import learn
from xiuhua.loop.suggest.service import Suggester
from xiuhua.platform import edges
from xiuhua.platform.database import Database
from xiuhua.platform.sql import queries


def trace(database: Database) -> int:
    """Keep traces of reports that came in since last time; returns how many events were read."""
    with database.reading() as tx:
        cities = duplicates.behind(tx)

    def one(city: str) -> int:
        with database.transaction() as tx:
            return duplicates.catch_up(tx, city)

    return edges.each(cities, one, "city")


def learn_all(database: Database, loop: Loop, suggester: Suggester) -> int:
    """Learn from what was decided since last time, in every city; returns how many decisions."""
    with database.reading() as tx:
        cities = [row.city for row in tx.execute(queries("xiuhua.loop.suggest")["cities"])]

    def one(city: str) -> int:
        with database.transaction() as tx:
            return learn(tx, suggester, loop.view(tx, city))

    return edges.each(cities, one, "city")
