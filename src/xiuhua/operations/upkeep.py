"""What a worker does beside its timers: a sign of life, and once a day the rules of retention."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

from xiuhua.operations import life, retention
from xiuhua.platform.services import Services

WORKER: Final = "worker"
_LOOK_S: Final = 600.0


class Upkeep:
    """One for each worker; `tick` is cheap and may be called as often as one likes."""

    def __init__(self) -> None:
        self._beaten = self._looked = float("-inf")
        self._started_at: datetime | None = None
        self._done = 0

    def tick(self, services: Services, done: int) -> None:
        """After each round; `done` is how many timers it ran. Raises what the database raises."""
        self._done += done
        now = time.monotonic()
        if now - self._beaten >= life.BEAT_S:
            self._beaten = now
            with services.database.transaction() as tx:
                self._started_at = self._started_at or tx.now
                life.beat(tx, WORKER, self._started_at, {"timers_run": self._done})
        if now - self._looked >= _LOOK_S:
            self._looked = now
            retention.maintain(services.database, services.settings)
