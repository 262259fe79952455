"""What the worker does for suggestions and duplicates: reads on in the log, a transaction for each city."""

from __future__ import annotations

from xiuhua.loop.duplicates import service as duplicates
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.learning import learn
from xiuhua.loop.suggest.service import Suggester
from xiuhua.platform.database import Database
from xiuhua.platform.sql import queries


def trace(database: Database) -> int:
    """Keep traces of reports that came in since last time; returns how many events were read."""
    with database.reading() as tx:
        cities = duplicates.behind(tx)
    read = 0
    for city in cities:
        with database.transaction() as tx:
            read += duplicates.catch_up(tx, city)
    return read


def learn_all(database: Database, loop: Loop, suggester: Suggester) -> int:
    """Learn from what was decided since last time, in every city; returns how many decisions."""
    with database.reading() as tx:
        cities = [row.city for row in tx.execute(queries("xiuhua.loop.suggest")["cities"])]
    learnt = 0
    for city in cities:
        with database.transaction() as tx:
            learnt += learn(tx, suggester, loop.view(tx, city))
    return learnt
