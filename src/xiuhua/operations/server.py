"""What can be wrong with the database server: version, locale, checksums, migrations, clock, archive, connections."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, Final

import psycopg
from psycopg.rows import namedtuple_row

from xiuhua.operations.findings import Finding, Level
from xiuhua.platform.database import SCHEMA
from xiuhua.platform.migrations import OLDEST_SERVER, find_migrations
from xiuhua.platform.settings import Settings

_DRIFT_S, _DRIFT_MOST_S = 2.0, 30.0
_LOOK: Final = """
select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as told,
    pg_encoding_to_char(encoding) as encoding, datctype as ctype,
    current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
    current_setting('full_page_writes') as pages, current_setting('max_connections')::int as connections,
    current_setting('archive_mode') as archive, clock_timestamp() as now,
    exists (select from pg_available_extensions where name = 'pg_trgm') as trigrams,
    (select count(*) from pg_prepared_xacts) as prepared,
    (select extract(epoch from clock_timestamp() - min(xact_start))::int from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()) as oldest_s
from pg_database where datname = current_database()
"""


def server(connection: psycopg.Connection[Any], settings: Settings) -> Iterator[Finding]:
    """Everything that one connection of the owner can tell."""
    before = time.time()
    row: Any = connection.cursor(row_factory=namedtuple_row).execute(_LOOK).fetchone()
    assert row is not None
    yield from _made(row)
    drift = abs((before + time.time()) / 2 - row.now.timestamp())
    level: Level = "error" if drift > _DRIFT_MOST_S else "warning" if drift > _DRIFT_S else "ok"
    yield Finding("clock", level, "clock_fine" if level == "ok" else "clock_drift", {"seconds": round(drift, 1)})
    if row.fsync != "on" or row.pages != "on":
        yield Finding("durability", "error", "fsync_off")
    wanted = settings.database_connections + 2
    if wanted + 10 > row.connections:
        yield Finding("connections", "error", "connections_few", {"wanted": wanted, "most": row.connections})
    if row.prepared or (row.oldest_s or 0) > 3600:
        yield Finding("transactions", "warning", "transaction_old", {"minutes": (row.oldest_s or 0) // 60})
    if settings.backup is not None:
        yield from _archive(connection, row.archive, settings)


def _made(row: Any) -> Iterator[Finding]:
    values = {"version": row.told, "oldest": OLDEST_SERVER, "encoding": row.encoding, "ctype": row.ctype}
    if row.version < OLDEST_SERVER:
        yield Finding("postgresql", "error", "version_old", values)
    else:
        yield Finding("postgresql", "ok", "version_fine", values)
    if row.encoding != "UTF8" or row.ctype in ("C", "POSIX"):
        yield Finding("locale", "error", "locale_wrong", values)
    if row.checksums != "on":
        yield Finding("checksums", "warning", "checksums_off")
    if not row.trigrams:
        yield Finding("extensions", "error", "trigrams_missing")


def _archive(connection: psycopg.Connection[Any], mode: str, settings: Settings) -> Iterator[Finding]:
    if settings.database_url is not None:
        return
    if mode == "off":
        yield Finding("archive", "error", "archive_off")
        return
    row: Any = (
        connection.cursor(row_factory=namedtuple_row)
        .execute(
            "select failed_count, last_failed_wal, coalesce(last_failed_time > last_archived_time, last_failed_time"
            " is not null) as failing from pg_stat_archiver"
        )
        .fetchone()
    )
    if row is not None and row.failing:
        yield Finding(
            "archive", "error", "archive_failing", {"path": str(settings.backup), "file": row.last_failed_wal}
        )
    else:
        yield Finding("archive", "ok", "archive_fine", {"path": str(settings.backup)})


def migrations(connection: psycopg.Connection[Any]) -> Finding:
    """Whether this program and this database are of one age."""
    found = {one.name: one.digest for one in find_migrations()}
    row = connection.execute("select to_regclass(%s)", (f"{SCHEMA}.migration",)).fetchone()
    if row is None or row[0] is None:
        return Finding("migrations", "error", "migrations_none", {"due": len(found)})
    done: dict[str, str] = dict(connection.execute("select name, digest from xiuhua.migration").fetchall())
    if unknown := sorted(done.keys() - found.keys()):
        return Finding("migrations", "error", "migrations_newer", {"name": unknown[0]})
    if edited := sorted(name for name in done if done[name] != found[name]):
        return Finding("migrations", "error", "migrations_edited", {"name": edited[0]})
    if due := sorted(found.keys() - done.keys()):
        return Finding("migrations", "warning", "migrations_due", {"due": len(due), "name": due[0]})
    return Finding("migrations", "ok", "migrations_fine", {"count": len(done)})
