"""The way in to the database: one of your own by its URL, else the embedded one of the data folder."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg

from xiuhua.platform.clock import Clock
from xiuhua.platform.database import APP_ROLE, Database
from xiuhua.platform.errors import DatabaseUnavailable, SettingsWrong
from xiuhua.platform.migrations import migrate
from xiuhua.platform.postgres.archive import cluster_of
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.settings import Settings

TRIES = 5


def open_database(settings: Settings, *, clock: Clock | None = None, size: int | None = None) -> Database:
    """The migrated database, open; `close()` gives back the connections and the share in the server.

    `size` is the largest number of connections, else that of the settings. Raises `DatabaseUnavailable`,
    `DataFolderUnusable` or `SettingsWrong` with what to do about it.
    """
    size = size or settings.database_connections
    if settings.database_url is None:
        return _open_embedded(settings, clock, size)
    url = settings.database_url.get_secret_value()
    migrate((settings.database_owner_url or settings.database_url).get_secret_value())
    _check_role(url)
    return Database(url, size=size, clock=clock).open()


def _open_embedded(settings: Settings, clock: Clock | None, size: int) -> Database:
    cluster = cluster_of(settings).join()
    try:
        _migrate_embedded(cluster)
        leave: Callable[[], None] = cluster.leave
        return Database(cluster.running_conninfo, size=size, clock=clock, on_close=[leave]).open()
    except BaseException:
        cluster.leave()
        raise


def _migrate_embedded(cluster: Cluster) -> None:
    """Migrate, again if the server is lost just then: the work of a fresh start must not fail by chance."""
    for attempt in range(1, TRIES + 1):
        try:
            cluster.ensure_running()
            migrate(cluster.conninfo(OWNER))
            return
        except DatabaseUnavailable as error:
            if attempt == TRIES or not isinstance(error.__cause__, psycopg.OperationalError):
                raise
            time.sleep(0.2 * attempt)


def _check_role(url: str) -> None:
    """Say now what every connection would stumble over later."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute(
                "select pg_has_role(current_user, %s, 'member'), current_user", (APP_ROLE,)
            ).fetchone()
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(f"The database does not answer: {error}") from error
    if row is None or not row[0]:
        raise SettingsWrong(
            f"The user of XIUHUA_DATABASE_URL must be a member of the role {APP_ROLE}:"
            f' grant {APP_ROLE} to "{row[1] if row else ""}"'
        )
