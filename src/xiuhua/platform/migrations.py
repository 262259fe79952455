"""Migrations: SQL files of every room, applied in order of their numbers, forward only."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

import psycopg

from xiuhua.platform.database import APP_ROLE, SCHEMA
from xiuhua.platform.errors import DatabaseUnavailable, SettingsWrong

SCHEMA_PACKAGES = (
    "xiuhua.platform",
    "xiuhua.packs",
    "xiuhua.city",
    "xiuhua.flow",
    "xiuhua.loop",
    "xiuhua.records",
    "xiuhua.proceedings",
    "xiuhua.checks",
    "xiuhua.notices",
    "xiuhua.shifts",
    "xiuhua.public",
    "xiuhua.documents",
    "xiuhua.rules",
    "xiuhua.plans",
    "xiuhua.insight",
)
OLDEST_SERVER = 15
_MIGRATION_LOCK = 0x58495548
_FILE_NAME = re.compile(r"\d{4}_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file `schema/NNNN_name.sql`."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        """What tells an edited file from the one applied."""
        return sha256(self.text.encode()).hexdigest()


def migrate(
    owner_url: str, packages: Sequence[str] = SCHEMA_PACKAGES, *, lock_timeout_s: float = 5.0, tries: int = 24
) -> list[str]:
    """Apply every migration not yet applied and return their names; nothing is written when none is due.

    Safe under load: one migrator at a time (advisory lock), each file one transaction, waiting for a table's
    lock at most `lock_timeout_s` and trying again after as long a pause, so that the service never queues up
    behind it. Raises `DatabaseUnavailable` when a file was edited after it was applied, when the database is
    newer than this program or locks are never free, and `SettingsWrong` when the server does not suit.
    """
    found = find_migrations(packages)
    try:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            if not _due(connection, found):
                return []
            _check_server(connection)
            connection.execute("select pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            _prepare(connection)
            due = _due(connection, found)
            for migration in due:
                _apply(connection, migration, lock_timeout_s, tries)
            return [migration.name for migration in due]
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(f"The database does not answer: {error}") from error


def find_migrations(packages: Sequence[str] = SCHEMA_PACKAGES) -> list[Migration]:
    """The migrations of the rooms in order; their numbers are unique over all rooms."""
    found = sorted(
        (path.name, path.read_text(encoding="utf-8"))
        for package in packages
        if (schema := files(package).joinpath("schema")).is_dir()
        for path in schema.iterdir()
        if _FILE_NAME.fullmatch(path.name)
    )
    twice = [number for number, times in Counter(name[:4] for name, _ in found).items() if times > 1]
    if twice:
        raise ValueError(f"more than one migration has the number {', '.join(twice)}")
    return [Migration(name, text) for name, text in found]


def _due(connection: psycopg.Connection[Any], found: Sequence[Migration]) -> list[Migration]:
    """Which are to be applied; refuses a database that does not fit to these files."""
    row = connection.execute("select to_regclass(%s)", (f"{SCHEMA}.migration",)).fetchone()
    if row is None or row[0] is None:
        return list(found)
    rows = connection.execute("select name, digest from xiuhua.migration").fetchall()
    done: dict[str, str] = dict(rows)
    edited = [each.name for each in found if done.get(each.name, each.digest) != each.digest]
    if edited:
        raise DatabaseUnavailable(
            f"Migration {edited[0]} was applied with other content; add a new one instead of editing it."
        )
    unknown = sorted(done.keys() - {each.name for each in found})
    if unknown:
        raise DatabaseUnavailable(
            f"The database is newer than this program, which does not know its migration {unknown[0]};"
            " use the program that made it, or a newer one."
        )
    return [each for each in found if each.name not in done]


def _check_server(connection: psycopg.Connection[Any]) -> None:
    """What must hold before the first table: it cannot be changed afterwards."""
    version = connection.info.server_version // 10000
    if version < OLDEST_SERVER:
        raise SettingsWrong(f"The database is PostgreSQL {version}; it must be {OLDEST_SERVER} or newer.")
    row = connection.execute(
        "select pg_encoding_to_char(encoding), datctype from pg_database where datname = current_database()"
    ).fetchone()
    # With the character type C the server takes no Chinese character for a letter: searches find nothing.
    if row is None or row[0] != "UTF8" or row[1] in ("C", "POSIX"):
        raise SettingsWrong(
            f"The database must be made with encoding UTF8 and a locale such as C.UTF-8, not {row}:"
            " create database xiuhua template template0 encoding 'UTF8' locale 'C.UTF-8'"
        )


def _prepare(connection: psycopg.Connection[Any]) -> None:
    """Make the schema, the application's role and the list of migrations where they are missing."""
    try:
        connection.execute(f"create schema if not exists {SCHEMA}")
        connection.execute(f"set search_path to {SCHEMA}, public")
        if not connection.execute("select 1 from pg_roles where rolname = %s", (APP_ROLE,)).fetchone():
            connection.execute(f"create role {APP_ROLE} nologin")
            # So that one URL for everything can step down to it; not by itself from PostgreSQL 16 on.
            connection.execute(f"grant {APP_ROLE} to current_user")
        connection.execute(f"grant usage on schema {SCHEMA} to {APP_ROLE}")
        connection.execute(
            f"alter default privileges in schema {SCHEMA} grant select, insert, update, delete on tables to {APP_ROLE}"
        )
        connection.execute(f"alter default privileges in schema {SCHEMA} grant usage on sequences to {APP_ROLE}")
        connection.execute(
            "create table if not exists migration"
            " (name text primary key, digest text not null, applied_at timestamptz not null default now())"
        )
        connection.execute(f"revoke insert, update, delete on migration from {APP_ROLE}")
    except psycopg.errors.InsufficientPrivilege as error:
        raise SettingsWrong(
            f"The database's owner may not prepare it ({error.diag.message_primary})."
            " docs/how-to/database.md lists what an administrator does once."
        ) from error


def _apply(connection: psycopg.Connection[Any], migration: Migration, lock_timeout_s: float, tries: int) -> None:
    for attempt in range(1, tries + 1):
        try:
            with connection.transaction():
                connection.execute(f"set local lock_timeout = {int(lock_timeout_s * 1000)}")
                connection.execute(migration.text)
                connection.execute(
                    "insert into migration (name, digest) values (%s, %s)", (migration.name, migration.digest)
                )
            return
        except psycopg.errors.LockNotAvailable as error:
            if attempt == tries:
                raise DatabaseUnavailable(
                    f"Migration {migration.name} waited {tries} times for a lock that others hold; "
                    "stop long-running work and start again."
                ) from error
            time.sleep(lock_timeout_s)
        except psycopg.Error as error:
            error.add_note(f"in migration {migration.name}, of which nothing was kept")
            raise
