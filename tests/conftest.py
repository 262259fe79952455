"""Fixtures that every room uses: a server of our own, a fresh database for each test, the shared folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.datafolder import write_file
from xiuhua.platform.migrations import migrate
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER, SUPERUSER
from xiuhua.platform.postgres.locks import FileLock, is_free, wait_until

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("XIUHUA_SHARED") or ROOT.parent / "shared")
DEBIAN = Path("/usr/lib/postgresql/15/bin")
TEMPLATE = "migrated"
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_FOLDER = "XIUHUA_TEST_FOLDER"

# How long an example takes says nothing on a busy machine; benches measure, tests do not.
settings.register_profile("xiuhua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("xiuhua")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run: the workers of xdist inherit its name, and share one server in it."""
    if not hasattr(config, "workerinput"):
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="xiuhua-tests-")
        Path(os.environ[_FOLDER]).chmod(0o755)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(_FOLDER))
        lock = folder / "data" / "postgres" / "supervisor.lock"
        wait_until(lambda: not lock.exists() or is_free(lock), timeout_s=30)
        shutil.rmtree(folder)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failure at once: a run that is cut off has still said what failed."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED at {report.when}: {report.nodeid}", flush=True)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("shared"):
        if not (SHARED / marker.args[0]).exists():
            pytest.skip(f"shared/{marker.args[0]} is not there")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared input; a test that reads from it is marked `@pytest.mark.shared("data/x")`."""
    return SHARED


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that every account may enter; at the end no server lives in it any more."""
    folder = Path(tempfile.mkdtemp(prefix="xiuhua-test-"))
    folder.chmod(0o755)
    yield folder
    locks = list(folder.rglob("supervisor.lock"))
    assert wait_until(lambda: all(map(is_free, locks)), timeout_s=30)
    shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the server's account can reach, which pytest's own folders are not for root."""
    with _folder() as folder:
        yield folder


def _server_in(folder: Path, programs: Path | None = None) -> Cluster:
    """A small server; other users than ours sign in by password."""
    hba = folder / "pg_hba.conf"
    write_file(hba, "local all postgres,xiuhua_owner,xiuhua_app peer map=xiuhua\nlocal all all scram-sha-256\n")
    small = {"shared_buffers": "64MB", "max_wal_size": "256MB", "hba_file": str(hba)}
    return Cluster(folder / "data", durable=False, extra=small, programs=programs)


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """An embedded server with a database `migrated`, the template of all test databases."""
    folder = Path(os.environ[_FOLDER])
    with _server_in(folder) as cluster:
        lock = FileLock(folder / "template.lock")
        assert wait_until(lock.try_alone, timeout_s=60)
        try:
            _make_template(cluster)
        finally:
            lock.release()
        yield cluster


@pytest.fixture(scope="session")
def data_at_rest() -> Iterator[Path]:
    """A data folder with an embedded database, of which only the room `platform` is migrated."""
    with _folder() as folder:
        with Cluster(folder / "data", durable=False) as cluster:
            migrate(cluster.conninfo(OWNER), ["xiuhua.platform"])
        lock = folder / "data" / "postgres" / "supervisor.lock"
        assert wait_until(lambda: is_free(lock), timeout_s=30)
        yield folder / "data"


@pytest.fixture
def data_folder(data_at_rest: Path, open_folder: Path) -> Path:
    """A copy of that, which takes a tenth of the time of making one."""
    subprocess.run(["cp", "-a", data_at_rest, open_folder / "data"], check=True)
    return open_folder / "data"


@pytest.fixture(scope="session")
def debian_programs() -> Path:
    """Programs of Debian's PostgreSQL 15; a test that uses them is marked `debian`."""
    if not DEBIAN.is_dir():
        pytest.skip("the package postgresql-15 is not installed")
    return DEBIAN


@pytest.fixture(scope="session")
def debian_server(debian_programs: Path) -> Iterator[Cluster]:
    """Debian's PostgreSQL 15 under our launcher."""
    with _folder() as folder, _server_in(folder, debian_programs) as cluster:
        yield cluster


@pytest.fixture(scope="module", params=["wheel", pytest.param("debian", marks=pytest.mark.debian)])
def own_server(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A server that the module may do with as it likes, of each version that we support."""
    programs = request.getfixturevalue("debian_programs") if request.param == "debian" else None
    with _folder() as folder, _server_in(folder, programs) as cluster:
        yield cluster


def _make_template(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        if connection.execute("select from pg_database where datname = %s", (TEMPLATE,)).fetchone() is None:
            connection.execute("drop database if exists unfinished")
            connection.execute(f"create database unfinished owner {OWNER}")
            migrate(cluster.conninfo(OWNER, "unfinished"))
            connection.execute(f"alter database unfinished rename to {TEMPLATE}")


@contextmanager
def clone(server: Cluster) -> Iterator[str]:
    """The name of a fresh, migrated database, dropped afterwards; its files are copied past the log."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} owner {OWNER} strategy file_copy")
        yield name
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def database_name(server: Cluster) -> Iterator[str]:
    """A fresh clone of the template."""
    with clone(server) as name:
        yield name


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
