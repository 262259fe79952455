"""What tests of the platform share: a superuser, a log that has come to rest, accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from tests.integration.platform.people import PASSWORD, QUICK, Posts, make

from xiuhua.platform.database import SCHEMA, Database
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import NewAccount, Policy
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.postgres.locks import wait_until


@pytest.fixture
def superuser(server: Cluster, database_name: str, database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Autocommits, and is stopped by triggers as everyone is until they are switched off."""
    with psycopg.connect(server.conninfo(SUPERUSER, database_name), autocommit=True) as connection:
        connection.execute(f"set search_path to {SCHEMA}, public")
        yield connection


@pytest.fixture
def settled(database: Database) -> Callable[[], None]:
    """Waits until nobody is left who could still commit before what is in the log: not even another test."""

    def wait() -> None:
        assert wait_until(lambda: _settled(database), timeout_s=60)

    return wait


def _settled(database: Database) -> bool:
    with database.reading() as tx:
        found = tx.execute(
            "select coalesce(max(tx) < pg_snapshot_xmin(pg_current_snapshot()), true) as settled from event"
        ).fetchone()
        return bool(found.settled)


@pytest.fixture
def posts() -> Posts:
    return Posts()


@pytest.fixture
def identity(posts: Posts) -> Identity:
    return Identity(Policy(), posts_of=posts, hasher=QUICK)


@pytest.fixture
def account(database: Database) -> str:
    make(database, NewAccount("Zhang.San", "P1", "张三", ("dispatcher",), PASSWORD, must_change=False))
    return "zhang.san"
