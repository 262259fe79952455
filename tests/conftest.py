"""Fixtures that every room uses: a server of our own, a fresh database for each test, the shared folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.migrations import migrate
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER, SUPERUSER
from xiuhua.platform.postgres.locks import FileLock, wait_until

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("XIUHUA_SHARED") or ROOT.parent / "shared")
TEMPLATE = "migrated"
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_FOLDER = "XIUHUA_TEST_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run: the workers of xdist inherit its name, and share one server in it."""
    if not hasattr(config, "workerinput"):
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="xiuhua-tests-")
        Path(os.environ[_FOLDER]).chmod(0o755)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(_FOLDER))
        wait_for_end(folder / "data")
        shutil.rmtree(folder)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("shared"):
        if not (SHARED / marker.args[0]).exists():
            pytest.skip(f"shared/{marker.args[0]} is not there")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared input; a test that reads from it is marked `@pytest.mark.shared("data/x")`."""
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """An embedded server with a database `migrated`, the template of all test databases."""
    folder = Path(os.environ[_FOLDER])
    small = {"shared_buffers": "64MB", "max_wal_size": "256MB"}
    with Cluster(folder / "data", durable=False, extra=small) as cluster:
        lock = FileLock(folder / "template.lock")
        assert wait_until(lock.try_alone, timeout_s=60)
        try:
            _make_template(cluster)
        finally:
            lock.release()
        yield cluster


def wait_for_end(data: Path) -> None:
    """Wait until no supervisor holds the server of a data folder any more."""
    lock = data / "postgres" / "supervisor.lock"
    assert not lock.exists() or wait_until(FileLock(lock).try_shared, timeout_s=30)


def _make_template(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        if connection.execute("select from pg_database where datname = %s", (TEMPLATE,)).fetchone() is None:
            connection.execute("drop database if exists unfinished")
            connection.execute(f"create database unfinished owner {OWNER}")
            migrate(cluster.conninfo(OWNER, "unfinished"))
            connection.execute(f"alter database unfinished rename to {TEMPLATE}")


@pytest.fixture
def database_name(server: Cluster) -> Iterator[str]:
    """A fresh clone of the template, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} owner {OWNER}")
        yield name
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def clock() -> SimulatedClock:
    """A clock that stands at 09:00 on Monday 2 March 2026 in Shanghai until it is moved."""
    return SimulatedClock(START)


@pytest.fixture
def database(server: Cluster, database_name: str, clock: SimulatedClock) -> Iterator[Database]:
    """A fresh database under the application's role, on the simulated clock."""
    with_clone = Database(server.conninfo(database=database_name), size=4, clock=clock).open()
    yield with_clone
    with_clone.close()


@pytest.fixture
def tx(database: Database) -> Iterator[Tx]:
    """A transaction in that database, undone at the end: so a test may also end in an error of the database."""
    with suppress(_Undo), database.transaction() as transaction:
        yield transaction
        raise _Undo


class _Undo(Exception):
    """Leaves a transaction by rollback."""
