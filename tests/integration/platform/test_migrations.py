"""Migrations: forward only, once, and not in the way of others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from xiuhua.platform.errors import DatabaseUnavailable, SettingsWrong
from xiuhua.platform.migrations import find_migrations, migrate
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER

Room = Callable[[str, str], str]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Writes a migration into a room of its own and gives the room's name."""
    name = f"room_{uuid4().hex}"
    (tmp_path / name / "schema").mkdir(parents=True)
    (tmp_path / name / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    def write(file: str, text: str) -> str:
        (tmp_path / name / "schema" / file).write_text(text)
        return name

    return write


@pytest.fixture
def empty(server: Cluster) -> Iterator[str]:
    """The owner's way to an empty database."""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} owner {OWNER}")
        yield server.conninfo(OWNER, name)
        connection.execute(f"drop database {name} with (force)")


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, options="-c search_path=xiuhua") as connection:
        return connection.execute(query).fetchone()[0]


def test_each_is_applied_once_in_order(empty: str, room: Room) -> None:
    room("9902_b.sql", "alter table a add column c int default 2")
    package = room("9901_a.sql", "create table a (b int); insert into a values (1)")

    assert migrate(empty, [package]) == ["9901_a.sql", "9902_b.sql"]
    assert migrate(empty, [package]) == []
    room("9903_c.sql", "alter table a add column d int default 3")
    assert migrate(empty, [package]) == ["9903_c.sql"]
    assert ask(empty, "select b + c + d from a") == 6


def test_when_nothing_is_due_nothing_is_written(empty: str, room: Room) -> None:
    package = room("9901_a.sql", "create table a (b int)")
    migrate(empty, [package])
    read_only = f"{empty} options='-c default_transaction_read_only=on'"

    assert migrate(read_only, [package]) == []

    room("9902_b.sql", "create table c (d int)")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        migrate(read_only, [package])


def test_the_rooms_fit_together(empty: str) -> None:
    assert migrate(empty) == [migration.name for migration in find_migrations()]
    assert migrate(empty) == []


def test_an_edited_one_is_refused(empty: str, room: Room) -> None:
    migrate(empty, [room("9901_a.sql", "create table a (b int)")])

    with pytest.raises(DatabaseUnavailable, match=r"9901_a.sql was applied with other content"):
        migrate(empty, [room("9901_a.sql", "create table a (b int, c int)")])


def test_a_newer_database_is_refused(empty: str, room: Room) -> None:
    migrate(empty, [room("9901_a.sql", "create table a (b int)")])

    with pytest.raises(DatabaseUnavailable, match=r"newer than this program.*9901_a.sql"):
        migrate(empty, ["xiuhua.platform"])


def test_a_number_is_given_once(room: Room) -> None:
    room("9901_a.sql", "")

    with pytest.raises(ValueError, match="9901"):
        find_migrations([room("9901_b.sql", "")])


def test_a_failing_one_leaves_nothing_and_is_named(empty: str, room: Room) -> None:
    package = room("9901_a.sql", "create table a (b int); select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero) as caught:
        migrate(empty, [package])
    assert caught.value.__notes__ == ["in migration 9901_a.sql, of which nothing was kept"]
    assert ask(empty, "select to_regclass('a') is null")


def test_many_migrators_at_once_apply_each_once(empty: str, room: Room) -> None:
    package = room("9901_a.sql", "create table a (b int); insert into a values (1)")
    applied: list[str] = []
    threads = [threading.Thread(target=lambda: applied.extend(migrate(empty, [package]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert applied == ["9901_a.sql"]


def test_a_lock_is_not_waited_for_with_the_service_queued_behind(empty: str, room: Room) -> None:
    package = room("9901_a.sql", "create table a (b int)")
    migrate(empty, [package])
    room("9902_b.sql", "alter table a add column c int")
    with psycopg.connect(empty) as busy:
        busy.execute("select * from xiuhua.a")
        thread = threading.Thread(target=migrate, args=(empty, [package]), kwargs={"lock_timeout_s": 0.2})
        thread.start()
        time.sleep(0.4)
        asked = time.monotonic()
        assert ask(empty, "select count(*) from a") == 0
        assert time.monotonic() - asked < 1
        assert thread.is_alive()
    thread.join(timeout=10)

    assert ask(empty, "select count(c) from a") == 0


def test_a_lock_that_is_never_free_is_told(empty: str, room: Room) -> None:
    package = room("9901_a.sql", "create table a (b int)")
    migrate(empty, [package])
    room("9902_b.sql", "drop table a")
    with psycopg.connect(empty) as busy:
        busy.execute("select * from xiuhua.a")
        with pytest.raises(DatabaseUnavailable, match=r"9902_b.sql waited 2 times for a lock"):
            migrate(empty, [package], lock_timeout_s=0.05, tries=2)


@pytest.mark.parametrize("how", ["encoding 'UTF8' locale 'C'", "encoding 'SQL_ASCII' locale 'C'"])
def test_a_database_that_cannot_search_chinese_is_refused(server: Cluster, how: str) -> None:
    name = f"wrong_{uuid4().hex}"
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template template0 owner {OWNER} {how}")
        with pytest.raises(SettingsWrong, match=r"encoding UTF8 and a locale such as C.UTF-8"):
            migrate(server.conninfo(OWNER, name))
        connection.execute(f"drop database {name}")


def test_who_may_not_prepare_the_database_is_told_where_to_read_on(server: Cluster, database_name: str) -> None:
    with pytest.raises(SettingsWrong, match=r"may not prepare it.*docs/how-to/database.md"):
        migrate(server.conninfo("xiuhua_app", "postgres"), ["xiuhua.platform"])


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        migrate(f"host={tmp_path} dbname=xiuhua user=xiuhua_owner")
