"""The one database: a pool, and transactions that carry the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from threading import local
from typing import Any, Self, cast

import psycopg
from psycopg import sql
from psycopg.rows import namedtuple_row
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from xiuhua.platform.clock import Clock, DatabaseClock
from xiuhua.platform.errors import DatabaseUnavailable

APP_ROLE = "xiuhua_app"
SCHEMA = "xiuhua"


@dataclass(slots=True)
class Tx:
    """One transaction: committed or rolled back at the edge, never inside a service."""

    connection: psycopg.Connection[Any]
    clock: Clock
    now: datetime
    """Recording time of all that happens in this transaction, aware, UTC."""
    revisions: tuple[str, dict[str, int]] | None = None
    """A city's revisions as they were read when the one who asks was looked up; see `revision.py`."""

    def execute(self, query: str, params: Any = None) -> psycopg.Cursor[Any]:
        """Run one bound statement; rows come as named tuples."""
        return self.connection.execute(query, params)

    def executemany(self, query: str, rows: Sequence[Any]) -> None:
        """Run one statement for many rows in a pipeline."""
        if rows:
            with self.connection.cursor() as cursor:
                cursor.executemany(query, rows)

    def copy(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put many rows into a table by COPY."""
        if not rows:
            return
        target = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier(table), sql.SQL(",").join(map(sql.Identifier, columns))
        )
        with self.connection.cursor() as cursor, cursor.copy(target) as stream:
            for row in rows:
                stream.write_row(row)

    def new_id(self) -> str:
        """A new id from the clock port (UUIDv7)."""
        return self.clock.new_id()


_ASIDE = 2
"""Connections for transactions within others, besides `size`."""


class Database:
    """A pool of connections under the application's role, which owns nothing and is no superuser."""

    def __init__(
        self,
        url: str | Callable[[], str],
        *,
        size: int = 8,
        clock: Clock | None = None,
        timeout_s: float = 10.0,
        on_close: Sequence[Callable[[], None]] = (),
    ) -> None:
        """`url` may be asked anew for each connection, and may start the server first.

        A transaction that gets no working connection within `timeout_s` raises `DatabaseUnavailable`.
        """
        self._on_close = on_close
        self._timeout_s = timeout_s
        self._mine = local()
        self._pool = self._made(url, 1, size)
        # A transaction within another (a block of case numbers, committed apart) takes its connection here:
        # from the same pool, all threads could hold one and wait for a second for ever.
        self._aside = self._made(url, 0, _ASIDE)
        self.clock: Clock = clock or DatabaseClock(self._read_clock)

    def _made(self, url: str | Callable[[], str], least: int, most: int) -> ConnectionPool[Any]:
        return ConnectionPool(
            url,
            min_size=least,
            max_size=most,
            timeout=self._timeout_s,
            # A lost server is tried again at 1, 2, 4 … s; then with the next request, hence at once.
            reconnect_timeout=self._timeout_s,
            open=False,
            configure=_configure,
            kwargs={"row_factory": namedtuple_row, "autocommit": True},
        )

    def open(self) -> Self:
        """Open the pool; returns itself."""
        self._pool.open()
        self._aside.open()
        return self

    def close(self) -> None:
        """Give all connections back, and the share in the embedded server if there is one."""
        self._pool.close()
        self._aside.close()
        for step in self._on_close:
            step()

    def pool_stats(self) -> dict[str, int]:
        """Figures of the pool as psycopg_pool names them: `pool_size`, `pool_available`, `requests_waiting` …"""
        return self._pool.get_stats()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(
        self, at: datetime | None = None, *, snapshot: bool = False, lock_wait_ms: int | None = None,
        durable: bool = True,
    ) -> Iterator[Tx]:  # fmt: skip
        """A read-write transaction; leaves by commit, or by rollback when an error passes through.

        With `snapshot` all of it sees one moment (repeatable read). A row that somebody else holds is waited for
        `lock_wait_ms` (None: as long as it takes), then it is psycopg's `LockNotAvailable`. One that is not
        `durable` does not wait for the disk: after a crash of the server the last of them may be gone, each whole.

        Raises `DatabaseUnavailable` when the server is lost: before the commit nothing was kept, and the
        message says when that is not certain.
        """
        begin = "begin isolation level repeatable read" if snapshot else "begin"
        patience = "" if lock_wait_ms is None else f"; set local lock_timeout = {int(lock_wait_ms)}"
        haste = "" if durable else "; set local synchronous_commit = off"
        with self._session(begin + patience + haste) as connection:
            yield Tx(connection, self.clock, at or self.clock.now())

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A read-only transaction with one snapshot."""
        with self._session("begin isolation level repeatable read read only") as connection:
            yield Tx(connection, self.clock, self.clock.now())

    @contextmanager
    def _session(self, begin: str) -> Iterator[psycopg.Connection[Any]]:
        outer = getattr(self._mine, "connection", None)
        pool = self._pool if outer is None else self._aside
        connection = self._begun(begin, pool)
        self._mine.connection = connection
        try:
            yield connection
            _commit(connection)
        except BaseException as error:
            if not connection.broken:
                with suppress(psycopg.Error):
                    connection.rollback()
            elif isinstance(error, psycopg.Error):
                raise DatabaseUnavailable("The database was lost; nothing was kept.") from error
            raise
        finally:
            self._mine.connection = outer
            pool.putconn(connection)

    def _begun(self, begin: str, pool: ConnectionPool[Any]) -> psycopg.Connection[Any]:
        """A connection with a transaction just begun; ones that the server has dropped are passed over.

        The beginning itself shows whether a connection still works, which saves asking beforehand.
        """
        deadline = time.monotonic() + self._timeout_s
        while True:
            try:
                connection: psycopg.Connection[Any] = pool.getconn(max(0.01, deadline - time.monotonic()))
            except (PoolTimeout, PoolClosed) as error:
                raise DatabaseUnavailable from error
            try:
                connection.execute(begin, prepare=False)
            except psycopg.OperationalError as error:
                pool.putconn(connection)
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable from error
            except BaseException:
                pool.putconn(connection)
                raise
            else:
                return connection

    def _read_clock(self) -> datetime:
        """The server's time, through the connection that this thread holds already if it does.

        A second one, asked for while holding the first, could be waited for by all threads at once.
        """
        query, connection = "select clock_timestamp() as now", getattr(self._mine, "connection", None)
        if connection is not None:
            return cast(datetime, connection.execute(query).fetchone().now)
        with self._session("begin read only") as connection:
            return cast(datetime, connection.execute(query).fetchone().now)  # type: ignore[union-attr]


def _commit(connection: psycopg.Connection[Any]) -> None:
    try:
        outcome = connection.execute("commit", prepare=False).statusmessage
    except psycopg.OperationalError as error:
        if connection.broken:
            raise DatabaseUnavailable(
                "The database was lost while it kept the change; see whether it is there before repeating it."
            ) from error
        raise
    if outcome != "COMMIT":
        # An error was caught inside and the transaction carried on: the server has undone it all.
        raise psycopg.errors.InFailedSqlTransaction("an error inside the transaction was passed over")


def _configure(connection: psycopg.Connection[Any]) -> None:
    """Settings of every connection of the application."""
    owner = connection.execute(
        "select set_config('search_path', %s, false), set_config('timezone', 'UTC', false) as zone,"
        " (select pg_has_role(current_user, nspowner, 'member') from pg_namespace where nspname = %s)"
        " as is_owner",
        (f"{SCHEMA}, public", SCHEMA),
    ).fetchone()
    if owner is not None and owner.is_owner:
        # One URL for everything: step down, so that even our own mistakes cannot touch the log.
        connection.execute(f"set role {APP_ROLE}")
