"""Readers of the log see no event before all older transactions of the server have ended, other tests' included."""

from __future__ import annotations

from xiuhua.loop import after
from xiuhua.platform.database import Database
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.platform.services import Services


def older_ended(database: Database, timeout_s: float = 120.0) -> None:
    """Wait until whatever is committed now can be read by an incremental reader."""
    with database.transaction() as tx:
        mine = tx.execute("select pg_current_xact_id()::text::bigint as id").fetchone().id

    def ended() -> bool:
        with database.transaction() as tx:
            row = tx.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest").fetchone()
        return bool(row.oldest > mine)

    assert wait_until(ended, timeout_s=timeout_s)


def caught_up(services: Services) -> None:
    """The worker's part behind the loop, done now: what is committed stands in the index of search and in brief."""
    older_ended(services.database)
    while after.do(services):
        pass
