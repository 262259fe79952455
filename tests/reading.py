"""Readers of the log see no event before all older transactions of the server have ended, other tests' included."""

from __future__ import annotations

from xiuhua.loop import after
from xiuhua.platform import eventlog
from xiuhua.platform.database import Database
from xiuhua.platform.services import Services


def older_ended(database: Database, timeout_s: float = 120.0) -> None:
    """Wait until whatever is committed now can be read by an incremental reader."""
    assert eventlog.older_ended(database, timeout_s)


def caught_up(services: Services) -> None:
    """The worker's part behind the loop, done now: what is committed stands in the index of search and in brief."""
    older_ended(services.database)
    while after.do(services):
        pass
