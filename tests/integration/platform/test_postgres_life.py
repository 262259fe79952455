"""The embedded server's life: real processes, real kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from xiuhua.platform.database import Database
from xiuhua.platform.errors import DatabaseUnavailable
from xiuhua.platform.postgres import postmaster
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.locks import is_free, wait_until
from xiuhua.platform.postgres.place import Place
from xiuhua.platform.postgres.state import State, load_state

CLIENT = Path(__file__).with_name("database_client.py")
Join = Callable[[], "Client"]


class Client:
    """`database_client.py` at work."""

    def __init__(self, data: Path) -> None:
        command = [sys.executable, CLIENT, data, data.parent / "shelter"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self) -> str:
        return self.process.stdout.readline().strip()

    def insert(self, name: str) -> str:
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        return self.answer()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def leave(self) -> None:
        self.process.communicate(timeout=20)


@pytest.fixture
def fresh(open_folder: Path) -> Path:
    """A data folder to be."""
    return open_folder / "data"


@pytest.fixture
def data(data_folder: Path) -> Path:
    """The same with a database in it."""
    return data_folder


@pytest.fixture
def join(fresh: Path) -> Iterator[Join]:
    """Start clients, all of which are killed at the end."""
    clients: list[Client] = []

    def start() -> Client:
        clients.append(Client(fresh))
        return clients[-1]

    yield start
    for client in clients:
        client.kill()
        client.process.stdin.close()
        client.process.stdout.close()


@pytest.fixture
def cluster(data: Path) -> Iterator[Cluster]:
    with Cluster(data, durable=False) as joined:
        yield joined


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    with Database(cluster.running_conninfo, size=4, timeout_s=20).open() as opened:
        yield opened


def gone(data: Path, within_s: float) -> bool:
    """Whether supervisor and server of a data folder end in time."""
    lock = data / "postgres" / "supervisor.lock"
    return wait_until(lambda: is_free(lock), within_s) and nothing_left(data, within_s)


def nothing_left(data: Path, within_s: float) -> bool:
    """Whether the last process of PostgreSQL on this cluster ends in time."""
    place = Place.load(data / "postgres")
    return wait_until(lambda: not postmaster.left_over(place), within_s)


def state(data: Path) -> State:
    return load_state(data / "postgres")


def count(database: Database) -> int:
    with database.reading() as tx:
        return tx.execute("select count(*) as n from counter").fetchone().n


def insert(database: Database, name: str) -> None:
    with database.transaction() as tx:
        tx.execute("insert into counter values ('110101', %s, 1)", (name,))


def inserted(database: Database, name: str) -> bool:
    """Insert, unless the server is lost just then."""
    with suppress(DatabaseUnavailable):
        insert(database, name)
        return True
    return False


def test_the_server_lives_as_long_as_its_only_client(data: Path, join: Join) -> None:
    client = join()
    assert client.answer() == "ready" and client.insert("a") == "kept a"

    client.leave()

    assert gone(data, within_s=2)


def test_what_was_kept_is_there_after_a_restart(join: Join, data: Path) -> None:
    first = join()
    assert first.answer() == "ready" and first.insert("a") == "kept a"
    first.leave()

    with Cluster(data) as cluster, Database(cluster.running_conninfo).open() as database:
        assert count(database) == 1


def test_two_processes_share_one_server_and_the_starter_may_leave(data: Path, join: Join) -> None:
    starter = join()
    assert starter.answer() == "ready"
    server = state(data).server
    other = join()
    assert other.answer() == "ready"

    starter.leave()
    time.sleep(0.5)

    assert other.insert("a") == "kept a" and state(data).server == server
    other.leave()
    assert gone(data, within_s=2)


def test_a_killed_client_takes_the_server_along(data: Path, join: Join) -> None:
    client = join()
    assert client.answer() == "ready"

    client.kill()

    assert gone(data, within_s=2)


def test_four_processes_racing_on_a_fresh_folder_get_one_server(join: Join) -> None:
    racers = [join() for _ in range(4)]

    assert [racer.answer() for racer in racers] == ["ready"] * 4
    assert [racer.insert(f"r{n}") for n, racer in enumerate(racers)] == [f"kept r{n}" for n in range(4)]


@pytest.mark.usefixtures("data")
def test_leaving_while_others_come_never_leaves_anybody_without_a_server(join: Join) -> None:
    for _ in range(4):
        leaving = join()
        assert leaving.answer() == "ready"
        leaving.process.stdin.close()
        coming = join()
        assert coming.answer() == "ready" and coming.insert(str(time.time())).startswith("kept")
        coming.kill()


def test_a_killed_server_loses_nothing_that_was_acknowledged(data: Path, database: Database) -> None:
    acknowledged: list[str] = []
    stop = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            if inserted(database, f"{writer}-{number}"):
                acknowledged.append(f"{writer}-{number}")

    writers = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    for writer in writers:
        writer.start()
    for _ in range(3):
        seen, killed = len(acknowledged), state(data).server
        assert wait_until(lambda seen=seen: len(acknowledged) > seen + 50, 20)
        os.kill(killed, signal.SIGKILL)
        assert wait_until(lambda killed=killed: state(data).server not in (0, killed), 20)
    seen = len(acknowledged)
    assert wait_until(lambda: len(acknowledged) > seen + 50, 20)
    stop.set()
    for writer in writers:
        writer.join()

    with database.reading() as tx:
        kept = {row.name for row in tx.execute("select name from counter")}
    assert set(acknowledged) <= kept


def test_when_the_supervisor_is_killed_the_server_dies_and_the_client_starts_another(
    data: Path, database: Database
) -> None:
    insert(database, "before")
    before = state(data)

    os.kill(before.supervisor, signal.SIGKILL)

    assert nothing_left(data, within_s=5)
    insert(database, "after")
    assert count(database) == 2 and state(data).supervisor != before.supervisor


def test_supervisor_and_server_killed_together_are_replaced(data: Path, database: Database) -> None:
    insert(database, "before")
    before = state(data)

    os.kill(before.supervisor, signal.SIGKILL)
    os.kill(before.server, signal.SIGKILL)

    assert nothing_left(data, within_s=5)
    insert(database, "after")
    assert count(database) == 2 and state(data).server != before.server


def test_a_busy_backend_of_a_killed_server_does_not_hinder_the_next(
    data: Path, cluster: Cluster, database: Database
) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as busy:
        thread = threading.Thread(target=spin, args=(busy,))
        thread.start()
        time.sleep(0.2)
        os.kill(state(data).server, signal.SIGKILL)
        assert wait_until(lambda: inserted(database, "after"), 20)
        thread.join()

    assert count(database) == 1


def spin(connection: psycopg.Connection) -> None:
    with suppress(psycopg.Error):
        connection.execute("select count(*) from generate_series(1, 2000000000)")


def test_a_stopped_supervisor_stops_the_server_and_a_client_starts_it_again(data: Path, database: Database) -> None:
    insert(database, "before")

    os.kill(state(data).supervisor, signal.SIGTERM)

    assert gone(data, within_s=5)
    insert(database, "after")
    assert count(database) == 2
