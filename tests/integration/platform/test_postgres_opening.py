"""The way in, on the embedded server and on servers of one's own."""

from __future__ import annotations

import os
import re
import signal
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import DatabaseUnavailable, SettingsWrong
from xiuhua.platform.migrations import migrate
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.postgres.locks import is_free, wait_until
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.postgres.state import load_state
from xiuhua.platform.settings import Settings

CITY = "110101"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "绣花@1"
HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "database.md"
UNDO = """
drop database if exists xiuhua; drop database if exists bureau;
drop role if exists xiuhua_owner, xiuhua_app, bureau_owner, bureau_program;
"""
ROLES = f"""
create role bureau_owner login createrole password '{PASSWORD}';
create role bureau_program login password '{PASSWORD}';
create database bureau owner bureau_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
"""


@pytest.fixture
def bureau(own_server: Cluster) -> str:
    """Address of the database that an administrator has made there, with USER in the place of the user."""
    with psycopg.connect(own_server.conninfo("postgres", "postgres"), autocommit=True) as superuser:
        run(superuser, UNDO + ROLES)
    return address(own_server)


def run(connection: psycopg.Connection, script: str) -> None:
    for statement in filter(str.strip, re.sub(r"--.*", "", script).split(";")):
        connection.execute(statement)


def address(server: Cluster) -> str:
    return f"postgresql://USER:{quote(PASSWORD)}@/bureau?host={quote(str(server.place.sockets), safe='')}"


def settings(url: str, owner: str = "", program: str = "") -> Settings:
    owner_url = url.replace("USER", owner) if program else None
    return Settings(database_url=url.replace("USER", program or owner), database_owner_url=owner_url)


def write_and_read(database: Database) -> list[eventlog.Event]:
    event = eventlog.NewEvent("case/1", "Accepted", {"n": 1}, "someone", "system", START)
    with database.transaction() as tx:
        eventlog.append(tx, CITY, [event, event], {})
    with database.reading() as tx:
        return eventlog.read(tx, CITY, "case/1")


def test_without_a_url_the_embedded_server_serves(open_folder: Path) -> None:
    chosen = Settings(data=open_folder / "data")

    with open_database(chosen) as first, open_database(chosen, clock=SimulatedClock(START)) as second:
        assert [event.version for event in write_and_read(first)] == [1, 2]
        with second.reading() as tx:
            assert tx.now == START and len(eventlog.read(tx, CITY, "case/1")) == 2
    assert wait_until(lambda: is_free(open_folder / "data" / "postgres" / "supervisor.lock"), 5)


def test_who_cannot_be_migrated_does_not_hold_the_server(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_url: str) -> None:
        raise DatabaseUnavailable("newer")

    monkeypatch.setattr("xiuhua.platform.postgres.opening.migrate", refuse)

    with pytest.raises(DatabaseUnavailable, match="newer"):
        open_database(Settings(data=open_folder / "data"))
    assert wait_until(lambda: is_free(open_folder / "data" / "postgres" / "supervisor.lock"), 5)


def test_a_server_lost_while_opening_is_started_again(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def migrate_at_the_second_try(url: str) -> list[str]:
        calls.append(url)
        if len(calls) == 1:
            os.kill(load_state(data_folder / "postgres").supervisor, signal.SIGKILL)
            raise DatabaseUnavailable("lost") from psycopg.OperationalError()
        return migrate(url)

    monkeypatch.setattr("xiuhua.platform.postgres.opening.migrate", migrate_at_the_second_try)

    with open_database(Settings(data=data_folder)) as database:
        assert len(write_and_read(database)) == 2 and len(calls) > 1


def test_one_url_serves_for_owner_and_program(bureau: str) -> None:
    with open_database(settings(bureau, "bureau_owner")) as database:
        assert [event.version for event in write_and_read(database)] == [1, 2]
        with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as tx:
            tx.execute("delete from event")


def test_two_urls_keep_the_program_from_owning_anything(bureau: str) -> None:
    with pytest.raises(SettingsWrong, match='grant xiuhua_app to "bureau_program"'):
        open_database(settings(bureau, "bureau_owner", "bureau_program"))
    with psycopg.connect(bureau.replace("USER", "bureau_owner")) as owner:
        owner.execute("grant xiuhua_app to bureau_program")

    with open_database(settings(bureau, "bureau_owner", "bureau_program")) as database:
        assert len(write_and_read(database)) == 2


def test_what_the_how_to_tells_the_administrator_is_enough(own_server: Cluster) -> None:
    steps = re.search(r"```sql\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)[1]
    with psycopg.connect(own_server.conninfo("postgres", "postgres"), autocommit=True) as superuser:
        run(superuser, UNDO)
        run(superuser, steps.replace("…", PASSWORD))

    with open_database(settings(address(own_server), "bureau_owner", "bureau_program")) as database:
        assert len(write_and_read(database)) == 2


def test_a_wrong_address_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as caught:
        open_database(Settings(database_url=f"postgresql://me:geheim@/x?host={tmp_path}"))
    assert "geheim" not in str(caught.value)


@pytest.mark.debian
def test_debians_server_serves_as_well(debian_server: Cluster) -> None:
    migrate(debian_server.conninfo(OWNER))

    with Database(debian_server.running_conninfo).open() as database:
        assert [event.version for event in write_and_read(database)] == [1, 2]
        with database.reading() as tx:
            assert tx.execute("show server_version_num").fetchone()[0].startswith("15")
