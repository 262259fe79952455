"""Data of earlier releases are migrated forward, and the log and all projections are what they were.

Each file `tests/fixtures/upgrade/NNNN.sql.gz` is a dump of a small bureau as the schema up to migration NNNN had it;
`NNNN.pub` verifies its seals. Files stay for ever. A release adds one:
`python -m tests.integration.operations.test_upgrade NNNN`.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.conftest import ROOT, START
from tests.integration.operations.test_backup import CITY, at_rest, case

from xiuhua import bootstrap
from xiuhua.loop import replay
from xiuhua.platform import keys
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.migrations import find_migrations, migrate
from xiuhua.platform.postgres.archive import cluster_of
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER, SUPERUSER
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import verify_log
from xiuhua.simulate import city as simulated_city

FOLDER = ROOT / "tests" / "fixtures" / "upgrade"
DUMPS = sorted(FOLDER.glob("*.sql.gz"))


@pytest.fixture
def empty(server: Cluster) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} owner {OWNER}")
        yield name
        connection.execute(f"drop database {name} with (force)")


def test_there_is_a_dump() -> None:
    assert DUMPS


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.name.partition(".")[0])
def test_data_of_an_earlier_release_go_on(server: Cluster, empty: str, dump: Path) -> None:
    load(server, empty, gzip.decompress(dump.read_bytes()))

    migrate(server.conninfo(OWNER, empty))

    known = keys.public_keys(FOLDER)
    with Database(server.conninfo(database=empty), size=2).open() as database, database.reading() as tx:
        report = verify_log(tx, None, known)
        assert report.broken is None and report.events > 5 and report.seals > 0
        assert replay.check(tx, None).equal
        done = {row.name for row in tx.execute("select name from migration")}
        assert done == {one.name for one in find_migrations()}


def load(cluster: Cluster, name: str, text: bytes) -> None:
    where = {"PGHOST": str(cluster.place.sockets), "PGUSER": SUPERUSER, "PGDATABASE": name, "PATH": "/usr/bin:/bin"}
    command = [cluster.place.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    done = subprocess.run(command, input=f"set role {OWNER};\n".encode() + text, capture_output=True, env=where)
    assert done.returncode == 0, done.stderr.decode()


def make(number: str) -> None:
    """Write the dump of a small bureau with the schema as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = Settings(data=Path(folder) / "data")
        with bootstrap.opened(settings, SimulatedClock(START)) as services:
            with services.database.transaction() as tx:
                simulated_city.make(tx, 1, date(2024, 1, 1))
            for each in range(1, 4):
                case(services, each)
            with cluster_of(settings) as cluster:
                where = {"PGHOST": str(cluster.place.sockets), "PGUSER": SUPERUSER, "PGDATABASE": "xiuhua"}
                command = [cluster.place.programs / "pg_dump", "--no-owner", "-n", "xiuhua"]
                done = subprocess.run(command, capture_output=True, check=True, env=where)
        FOLDER.mkdir(parents=True, exist_ok=True)
        # `\\restrict` lines hold a random word: without them the same data make the same file.
        lines = [
            line
            for line in done.stdout.splitlines(keepends=True)
            if not line.startswith((b"\\restrict", b"\\unrestrict"))
        ]
        (FOLDER / f"{number}.sql.gz").write_bytes(gzip.compress(b"".join(lines), mtime=0))
        [public] = (settings.data / "keys").glob("*.pub")
        (FOLDER / f"{number}.pub").write_bytes(public.read_bytes())
        at_rest(settings.data)
    print(f"{CITY}: {(FOLDER / f'{number}.sql.gz').stat().st_size:,} bytes")


if __name__ == "__main__":
    make(sys.argv[1])
