"""The one database: a pool, transactions that carry the time, and migrations that only go forward."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.rows import namedtuple_row
from psycopg_pool import ConnectionPool, PoolTimeout

from xiuhua.platform.clock import Clock, DatabaseClock
from xiuhua.platform.errors import DatabaseUnavailable

APP_ROLE = "xiuhua_app"
SCHEMA = "xiuhua"
SCHEMA_PACKAGES = (
    "xiuhua.platform",
    "xiuhua.packs",
    "xiuhua.city",
    "xiuhua.flow",
    "xiuhua.loop",
)
_MIGRATION_LOCK = 0x58495548


@dataclass(slots=True)
class Tx:
    """One transaction: committed or rolled back at the edge, never inside a service."""

    connection: psycopg.Connection[Any]
    clock: Clock
    now: datetime
    """Recording time of all that happens in this transaction, aware, UTC."""

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


class Database:
    """A pool of connections under the application's role, which owns nothing and is no superuser."""

    def __init__(
        self,
        url: str,
        *,
        size: int = 8,
        clock: Clock | None = None,
        ensure: Callable[[], None] | None = None,
        timeout_s: float = 10.0,
    ) -> None:
        """`ensure` is called when no connection can be had, to start the embedded server again."""
        self._ensure = ensure
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=timeout_s,
            open=False,
            configure=_configure,
            kwargs={"row_factory": namedtuple_row, "autocommit": True},
            check=ConnectionPool.check_connection,
        )
        self.clock: Clock = clock or DatabaseClock(self._read_clock)

    def open(self) -> Database:
        """Open the pool; returns itself."""
        self._pool.open()
        return self

    def close(self) -> None:
        """Give all connections back."""
        self._pool.close()

    def _read_clock(self) -> datetime:
        with self._connection() as connection:
            row = connection.execute("select clock_timestamp() as now").fetchone()
        return cast(datetime, row.now)  # type: ignore[union-attr]

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            connection = self._pool.getconn()
        except (PoolTimeout, psycopg.OperationalError):
            if self._ensure is None:
                raise DatabaseUnavailable from None
            self._ensure()
            try:
                connection = self._pool.getconn()
            except (PoolTimeout, psycopg.OperationalError) as error:
                raise DatabaseUnavailable from error
        try:
            yield connection
        finally:
            self._pool.putconn(connection)

    @contextmanager
    def transaction(self, at: datetime | None = None) -> Iterator[Tx]:
        """A read-write transaction; leaves by commit, or by rollback when an error passes through."""
        now = at or self.clock.now()
        with self._connection() as connection, connection.transaction():
            yield Tx(connection, self.clock, now)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A read-only transaction with one snapshot."""
        now = self.clock.now()
        with self._connection() as connection, connection.transaction():
            connection.execute("set transaction isolation level repeatable read read only")
            yield Tx(connection, self.clock, now)


def _configure(connection: psycopg.Connection[Any]) -> None:
    """Settings of every connection of the application."""
    connection.execute(f"set search_path to {SCHEMA}, public")
    connection.execute("set timezone to 'UTC'")
    owner = connection.execute(
        "select pg_has_role(current_user, nspowner, 'member') as is_owner"
        " from pg_namespace where nspname = %s",
        (SCHEMA,),
    ).fetchone()
    if owner is not None and owner.is_owner:
        # One URL for everything: step down, so that even our own mistakes cannot touch the log.
        connection.execute(f"set role {APP_ROLE}")


def migrate(owner_url: str, packages: Sequence[str] = SCHEMA_PACKAGES) -> list[str]:
    """Apply every migration not yet applied, in order of its number; returns their names.

    Migrations live in `schema/NNNN_name.sql` of each room, numbers unique over all rooms. Safe under load:
    one migrator at a time (advisory lock), each file one transaction, waiting for a table lock at most 5 s
    and trying again, so that it never queues the whole service behind it.
    """
    found = sorted(
        (path.name, path.read_text(encoding="utf-8"))
        for package in packages
        for path in files(package).joinpath("schema").iterdir()
        if re.fullmatch(r"\d{4}_\w+\.sql", path.name)
    )
    applied: list[str] = []
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
        _prepare(connection)
        done: dict[str, str] = dict(connection.execute("select name, digest from migration").fetchall())
        for name, text in found:
            digest = sha256(text.encode()).hexdigest()
            if name not in done:
                _apply(connection, name, text, digest)
                applied.append(name)
            elif done[name] != digest:
                raise DatabaseUnavailable(
                    f"Migration {name} was applied with other content; add a new one instead of editing it."
                )
    return applied


def _prepare(connection: psycopg.Connection[Any]) -> None:
    """Make the schema, the application's role and the list of migrations where they are missing."""
    connection.execute(f"create schema if not exists {SCHEMA}")
    connection.execute(f"set search_path to {SCHEMA}, public")
    connection.execute(
        "do $$ begin if not exists (select from pg_roles where rolname = 'xiuhua_app') then"
        " create role xiuhua_app nologin; end if; end $$"
    )
    connection.execute(f"grant usage on schema {SCHEMA} to {APP_ROLE}")
    connection.execute(
        f"alter default privileges in schema {SCHEMA}"
        f" grant select, insert, update, delete on tables to {APP_ROLE}"
    )
    connection.execute(f"alter default privileges in schema {SCHEMA} grant usage on sequences to {APP_ROLE}")
    connection.execute(
        "create table if not exists migration"
        " (name text primary key, digest text not null, applied_at timestamptz not null default now())"
    )


def _apply(connection: psycopg.Connection[Any], name: str, text: str, digest: str, tries: int = 12) -> None:
    for attempt in range(tries):
        try:
            with connection.transaction():
                connection.execute("set local lock_timeout = '5s'")
                connection.execute(text)
                connection.execute("insert into migration (name, digest) values (%s, %s)", (name, digest))
            return
        except psycopg.errors.LockNotAvailable:
            if attempt == tries - 1:
                raise
