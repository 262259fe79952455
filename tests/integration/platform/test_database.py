"""The pool, its transactions and the roles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from xiuhua.platform import eventlog
from xiuhua.platform.clock import DatabaseClock, SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import DatabaseUnavailable
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import APPLICATION, OWNER

CITY = "110101"
INSERT = "insert into counter values ('110101', %s, 1)"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def real_time(server: Cluster, database_name: str) -> Iterator[Database]:
    """A pool of one connection on the database's own clock."""
    with Database(server.conninfo(database=database_name), size=1, timeout_s=1).open() as database:
        yield database


@pytest.fixture
def written(database: Database) -> None:
    """One event and one seal."""
    with database.transaction() as tx:
        event = eventlog.NewEvent("case/1", "Accepted", {"n": 1}, "someone", "system", START)
        eventlog.append(tx, CITY, [event], {})
        tx.execute(
            "insert into seal values (%s, 1, now(), '5', 1, '', '', '', 'key', '')",
            (CITY,),
        )


def names(database: Database) -> set[str]:
    with database.reading() as tx:
        return {row.name for row in tx.execute("select name from counter")}


def test_a_transaction_is_kept_when_it_ends_well_and_undone_when_not(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(INSERT, ("kept",))
    with suppress(KeyError), database.transaction() as tx:
        tx.execute(INSERT, ("undone",))
        raise KeyError

    assert names(database) == {"kept"}


def test_an_error_passed_over_inside_is_not_taken_for_success(database: Database) -> None:
    with pytest.raises(psycopg.errors.InFailedSqlTransaction), database.transaction() as tx:
        tx.execute(INSERT, ("a",))
        with suppress(psycopg.errors.UniqueViolation):
            tx.execute(INSERT, ("a",))

    assert names(database) == set()


def test_a_part_may_be_undone_alone(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(INSERT, ("a",))
        with suppress(psycopg.errors.UniqueViolation), tx.connection.transaction():
            tx.execute(INSERT, ("a",))

    assert names(database) == {"a"}


def test_reading_sees_one_moment_and_writes_nothing(database: Database) -> None:
    with database.reading() as before:
        assert before.execute("select count(*) as n from counter").fetchone().n == 0
        with database.transaction() as tx:
            tx.execute(INSERT, ("a",))
        assert before.execute("select count(*) as n from counter").fetchone().n == 0
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            before.execute(INSERT, ("b",))
        before.connection.rollback()


def test_batches_go_by_copy_and_by_pipeline(tx: Tx) -> None:
    tx.copy("counter", ["city", "name", "value"], [(CITY, "a", 1), (CITY, "b", 2)])
    tx.executemany(INSERT, [("c",), ("d",)])
    tx.copy("counter", ["city", "name", "value"], [])
    tx.executemany(INSERT, [])

    assert tx.execute("select string_agg(name, '' order by name) as all from counter").fetchone().all == "abcd"


def test_the_time_comes_from_the_clock_port(database: Database, clock: SimulatedClock) -> None:
    later = START + timedelta(hours=1)
    clock.move_to(later)
    with database.transaction() as tx:
        assert tx.now == later
    with database.transaction(at=START) as tx:
        assert tx.now == START


def grow_old(clock: DatabaseClock) -> None:
    """As if the clock had been read an hour ago."""
    base, mark, _ = clock._kept
    clock._kept = clock._kept._replace(base=base - timedelta(hours=1), mark=mark - 3600)


def test_the_databases_clock_is_read_on_the_connection_in_hand(real_time: Database) -> None:
    with real_time.transaction() as tx:
        assert abs(tx.now - datetime.now(UTC)) < timedelta(seconds=30)
        grow_old(real_time.clock)
        assert tx.new_id() > ""
        assert abs(tx.clock.now() - datetime.now(UTC)) < timedelta(seconds=30)
    grow_old(real_time.clock)
    assert abs(real_time.clock.now() - datetime.now(UTC)) < timedelta(seconds=30)


def test_waiting_for_a_connection_has_an_end(real_time: Database) -> None:
    def another() -> None:
        with real_time.transaction():
            pass

    with real_time.transaction(), ThreadPoolExecutor(1) as thread, pytest.raises(DatabaseUnavailable):
        thread.submit(another).result()


def test_a_closed_pool_gives_no_connection(database: Database) -> None:
    database.close()

    with pytest.raises(DatabaseUnavailable), database.transaction():
        pass


def test_connections_that_the_server_dropped_are_passed_over(
    server: Cluster, database: Database, database_name: str
) -> None:
    assert names(database) == set()
    with psycopg.connect(server.conninfo("postgres", database_name)) as superuser:
        superuser.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where usename = %s and datname = current_database()",
            (APPLICATION,),
        )

    with database.transaction() as tx:
        tx.execute(INSERT, ("a",))
    assert names(database) == {"a"}


def test_a_server_that_is_away_is_told_in_time_and_found_again(open_folder: Path) -> None:
    with Cluster(open_folder / "data", durable=False) as cluster:
        with psycopg.connect(cluster.conninfo(OWNER)) as owner:
            owner.execute("create schema xiuhua")
        with Database(cluster.conninfo(), timeout_s=1).open() as database:
            with database.transaction() as tx:
                assert tx.execute("select 1 as one").fetchone().one == 1
            cluster.leave()
            time.sleep(1)
            asked = time.monotonic()
            with pytest.raises(DatabaseUnavailable), database.transaction():
                pass
            assert time.monotonic() - asked < 2.5
            cluster.join()
            with database.transaction() as tx:
                assert tx.execute("select 1 as one").fetchone().one == 1


def test_who_loses_the_server_in_the_middle_is_told_that_nothing_was_kept(server: Cluster, database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="nothing was kept"), database.transaction() as tx:
        pid = tx.execute("select pg_backend_pid() as pid").fetchone().pid
        tx.execute(INSERT, ("a",))
        with psycopg.connect(server.conninfo("postgres", "postgres")) as superuser:
            superuser.execute("select pg_terminate_backend(%s, 5000)", (pid,))
        tx.execute(INSERT, ("b",))

    assert names(database) == set()


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", ["event", "seal"])
@pytest.mark.parametrize("how", ["update {} set city = 'x'", "delete from {}", "truncate {}"])
@pytest.mark.parametrize("role", [APPLICATION, OWNER, "postgres"])
def test_the_log_only_grows(server: Cluster, database_name: str, role: str, how: str, table: str) -> None:
    with (
        psycopg.connect(server.conninfo(role, database_name)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"(only grows|permission denied).*|{table}"),
    ):
        connection.execute(f"set search_path to xiuhua; {how.format(table)}")


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (a int)",
        "alter table event disable trigger event_no_change",
        "drop table event",
        "insert into migration values ('9999_x.sql', '')",
        "create schema other",
        "set role xiuhua_owner",
    ],
)
def test_the_application_owns_nothing(tx: Tx, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        tx.execute(statement)


def test_one_url_for_everything_steps_down(server: Cluster, database_name: str) -> None:
    with (
        Database(server.conninfo(OWNER, database_name)).open() as database,
        database.transaction() as tx,
    ):
        assert tx.execute("select current_user as name").fetchone().name == APPLICATION


def test_transactions_within_others_never_wait_for_each_other(server: Cluster, database_name: str) -> None:
    def nested(_: int) -> int:
        with database.transaction() as outer:
            outer.execute("select pg_sleep(0.01)")
            with database.transaction() as inner:
                return int(inner.execute("select 1 as one").fetchone().one)

    patient = Database(server.conninfo(database=database_name), size=4, timeout_s=60)
    with patient.open() as database, ThreadPoolExecutor(16) as threads:
        assert list(threads.map(nested, range(64))) == [1] * 64
