"""The notifier of a worker: reads each city's log, climbs its ladders, makes its digest, sends what may go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any, Final

from xiuhua.city.units import turns
from xiuhua.loop.service import Loop
from xiuhua.notices import reader
from xiuhua.notices.defaults import defaults
from xiuhua.notices.digest import tell_the_day
from xiuhua.notices.escalation import climb
from xiuhua.notices.model import WEBHOOK, Quiet, Rules, rules_of
from xiuhua.notices.subjects import Subjects
from xiuhua.packs import service as packs
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.jobs.model import NewJob
from xiuhua.platform.jobs.service import enqueue_many
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries

_BATCH: Final = 500
_KEPT: Final = timedelta(days=180)


@dataclass(slots=True)
class Notifier:
    """One for each process; any number of them share a database, each city is one's at a time."""

    loop: Loop
    quiet: Quiet | None = None
    digest_at: time | None = time(8)
    ways: frozenset[str] = frozenset({WEBHOOK})
    """The ways out that this installation has."""
    others: Mapping[str, Subjects] = field(default_factory=dict)
    """By the kind of their streams: what is told of besides reports and cases."""
    _memory: Memory = field(default_factory=Memory)

    def turn(self, database: Database) -> int:
        """Everything that is to be done in every city now, a batch of each; how much that was.

        What goes wrong in one city is told in the log and tried again with the next turn, beside the others' work.
        """
        return turns.in_each_at_once(database, self.turn_of)

    def turn_of(self, tx: Tx, city: str) -> int:
        """The same in one city, in one transaction; nothing when another worker is at it."""
        position = self._position(tx, city)
        if position is None:
            return 0
        rules = self.rules(tx, city)
        done = reader.read(tx, city, self.loop, rules, self.quiet, position, self.others)
        if done < reader.BATCH:
            # Only once all is read: what was acted upon must not be told to be late.
            done += climb(tx, city, self.loop, rules, self.quiet)
            done += tell_the_day(tx, city, self.loop, rules, self.digest_at, self.quiet, position.digest)
        return done + send_out(tx, city, self.ways)

    def rules(self, tx: Tx, city: str) -> Rules:
        """The notices of the packs in force."""
        return self._memory.get(
            tx, city, packs.REVISION, lambda tx, city: rules_of(packs.active_packs(tx, city).values(), defaults())
        )

    def prune(self, tx: Tx) -> None:
        """Forget notices of half a year ago; what happened stands in the log."""
        tx.execute(queries("xiuhua.notices")["prune"], {"before": tx.now - _KEPT})

    def _position(self, tx: Tx, city: str) -> Any:
        sql = queries("xiuhua.notices")
        found = tx.execute(sql["position"], {"city": city}).fetchone()
        if found is None:
            tx.execute(sql["begin"], {"city": city, "now": tx.now})
            found = tx.execute(sql["position"], {"city": city}).fetchone()
        return found


def send_out(tx: Tx, city: str, ways: frozenset[str]) -> int:
    """Ask for a job for each way by which a notice goes out; how many notices were looked at."""
    sql = queries("xiuhua.notices")
    rows = tx.execute(sql["to_send"], {"city": city, "now": tx.now, "limit": _BATCH}).fetchall()
    if rows:
        jobs = [
            NewJob(f"notice.{way}", {"notice": row.id}, f"{row.id}/{way}")
            for row in rows
            for way in row.ways
            if way in ways
        ]
        enqueue_many(tx, city, jobs)
        tx.execute(sql["sent"], {"city": city, "ids": [row.id for row in rows]})
    return len(rows)
