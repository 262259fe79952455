"""An examination of the whole installation: looks at everything, changes nothing, migrates nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from xiuhua.operations import life, machine, running, server
from xiuhua.operations.findings import Finding
from xiuhua.platform.database import SCHEMA, Database
from xiuhua.platform.datafolder import MARKER
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.postgres.archive import cluster_of
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

ServicesOf = Callable[[Database, Settings], Services]


def examine(settings: Settings, services_of: ServicesOf) -> Iterator[Finding]:
    """All findings, as they are made. The embedded server is started for it when it does not run."""
    yield from machine.data_folder(settings)
    yield from machine.keys_folder(settings)
    yield from machine.network(settings)
    yield running.library()
    if settings.database_url is None and not (settings.data / MARKER).exists():
        return
    try:
        with _addresses(settings) as (owner, application):
            yield from _database(settings, owner, application, services_of)
    except (XiuhuaError, psycopg.Error) as error:
        yield Finding("database", "error", "database_silent", {"why": _first_line(error)})


def _database(settings: Settings, owner: str, application: str, services_of: ServicesOf) -> Iterator[Finding]:
    with psycopg.connect(owner, autocommit=True) as connection:
        yield from server.server(connection, settings)
        state = server.migrations(connection)
        yield state
        if state.code not in ("migrations_fine", "migrations_due"):
            return
        there = connection.execute(
            "select to_regclass(%s), to_regclass(%s)", (f"{SCHEMA}.heartbeat", f"{SCHEMA}.bureau")
        ).fetchone()
        if there is None or None in there:
            return
    with Database(application, size=2).open() as database, database.reading() as tx:
        services = services_of(database, settings)
        notes = life.notes(tx)
        yield from machine.backups(settings, notes.get("backup"), tx.now)
        yield from running.worker(tx)
        yield from running.seals(tx, services)
        yield from running.cities(tx, services)


@contextmanager
def _addresses(settings: Settings) -> Iterator[tuple[str, str]]:
    """Conninfo of one who sees all, and of the application; the server is held up meanwhile."""
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        owner = settings.database_owner_url.get_secret_value() if settings.database_owner_url else url
        yield owner, url
        return
    with cluster_of(settings) as cluster:
        yield cluster.conninfo(SUPERUSER), cluster.conninfo()


def _first_line(error: Any) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
