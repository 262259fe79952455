"""What is forgotten, what is kept, and signs of life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from tests.conftest import START

from xiuhua.operations import life, retention
from xiuhua.operations.upkeep import Upkeep
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Policy
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

CITY = "990101"


def count(database: Database, table: str) -> int:
    with database.reading() as tx:
        return int(tx.execute(f"select count(*) as n from {table}").fetchone().n)


def keep_answer(tx: Tx, key: str, at: datetime) -> None:
    tx.execute("insert into idempotency values (%s, 'P1', %s, '', 200, 'null', %s)", (CITY, key, at))


def look(tx: Tx, at: datetime) -> None:
    tx.execute("insert into access_log (city, at, actor, subject, what, why) values (%s, %s, 'a', 's', 'w', 'y')",
               (CITY, at))  # fmt: skip


def test_what_is_over_is_forgotten_and_the_rest_is_kept(database: Database, tmp_path: Path) -> None:
    with database.transaction() as tx:
        keep_answer(tx, "old", START - timedelta(hours=49))
        keep_answer(tx, "new", START - timedelta(hours=1))

    gone = retention.forget(database, Settings(data=tmp_path))

    assert gone["idempotency"] == 1 and count(database, "idempotency") == 1


def test_looks_at_personal_data_are_kept_three_years_whoever_asks(database: Database, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with database.transaction() as tx:
        look(tx, now - timedelta(days=366 * 6))
        look(tx, now - timedelta(days=366 * 4))
        look(tx, now)

    assert retention.forget(database, Settings(data=tmp_path))["access_log"] == 1
    with database.transaction() as tx:
        asked = tx.execute("select forget_access(%s, 100) as rows", (now + timedelta(days=1),)).fetchone()
    assert asked.rows == 1 and count(database, "access_log") == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as tx:
        tx.execute("delete from access_log")


def test_the_daily_run_is_done_once_a_day(database: Database, tmp_path: Path, clock: SimulatedClock) -> None:
    settings = Settings(data=tmp_path)
    first, again = retention.maintain(database, settings), retention.maintain(database, settings)
    clock.move_to(clock.now() + timedelta(days=1, minutes=1))

    assert first is not None and again is None
    assert retention.maintain(database, settings) is not None


def test_a_worker_says_that_it_lives(database: Database, tmp_path: Path) -> None:
    Upkeep().tick(Services(database, Settings(data=tmp_path), Identity(Policy())), 3)

    with database.reading() as tx:
        assert life.beats(tx)["worker"] == life.Beat(START, 1)
        assert retention.MAINTAIN in life.notes(tx)


def test_every_rule_names_a_table_and_a_moment_that_are_there(tx: Tx) -> None:
    for rule in retention.RULES:
        known = tx.execute("select to_regclass(%s) as found", (rule.table,)).fetchone().found
        if known is not None:
            tx.execute(f"select {rule.moment} < now() from {rule.table} limit 1")
