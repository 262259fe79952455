"""The embedded server when something is wrong: each trouble has an end and says what it was."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from xiuhua.platform.errors import DatabaseUnavailable
from xiuhua.platform.postgres import postmaster
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.locks import is_free, wait_until
from xiuhua.platform.postgres.state import State, load_state


@pytest.fixture
def data(data_folder: Path) -> Path:
    return data_folder


def gone(data: Path, within_s: float) -> bool:
    """Whether the supervisor of a data folder ends in time."""
    return wait_until(lambda: is_free(data / "postgres" / "supervisor.lock"), within_s)


def state(data: Path) -> State:
    return load_state(data / "postgres")


def test_the_pid_of_a_dead_server_taken_by_another_process_does_not_block(data: Path) -> None:
    with Cluster(data, durable=False) as cluster:
        place, before = cluster.place, state(data)
        os.kill(before.supervisor, signal.SIGSTOP)
        os.kill(before.server, signal.SIGKILL)
        os.kill(before.supervisor, signal.SIGKILL)
    assert gone(data, within_s=5)
    pid_file = place.cluster / "postmaster.pid"
    # PostgreSQL takes the number of any process of its own account for a server that runs.
    with subprocess.Popen(["sleep", "60"], **place.account.identity()) as other:
        pid_file.write_text(pid_file.read_text().replace(str(before.server), str(other.pid), 1))
        with Cluster(data, durable=False, patience_s=20) as cluster:
            psycopg.connect(cluster.conninfo()).close()
        other.kill()


def test_a_removed_socket_is_made_anew(data: Path) -> None:
    with Cluster(data, durable=False) as cluster:
        (cluster.place.sockets / ".s.PGSQL.5432").unlink()
        time.sleep(0.5)

        cluster.ensure_running()

        psycopg.connect(cluster.conninfo()).close()


def test_a_server_that_does_not_start_says_why(data: Path) -> None:
    with Cluster(data, durable=False):
        pass
    assert gone(data, within_s=5)
    (data / "postgres" / "conf" / "local.conf").write_text("shared_buffers = 'lots'\n")

    with pytest.raises(DatabaseUnavailable, match=r'(?s)server.log ends:.*"shared_buffers"'):
        Cluster(data, durable=False).join()


def test_patience_has_an_end(data: Path) -> None:
    with Cluster(data, durable=False) as cluster:
        before = state(data)
        os.kill(before.supervisor, signal.SIGSTOP)
        os.kill(before.server, signal.SIGKILL)
        assert wait_until(lambda: not postmaster.left_over(cluster.place), 10)
        try:
            with pytest.raises(DatabaseUnavailable, match="not ready after 0 s; its log is"):
                Cluster(data, patience_s=0.3).join()
        finally:
            os.kill(before.supervisor, signal.SIGCONT)


def test_after_leaving_it_is_not_started_again(data: Path) -> None:
    with Cluster(data, durable=False) as cluster:
        pass
    assert gone(data, within_s=2)

    with pytest.raises(DatabaseUnavailable, match="left"):
        cluster.running_conninfo()
    assert gone(data, within_s=0)
