"""A superuser's connection to a test's database, for what only someone with the server in hand could do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from xiuhua.platform.database import SCHEMA, Database
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER


@pytest.fixture
def superuser(server: Cluster, database_name: str, database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Autocommits, and is stopped by triggers as everyone is until they are switched off."""
    with psycopg.connect(server.conninfo(SUPERUSER, database_name), autocommit=True) as connection:
        connection.execute(f"set search_path to {SCHEMA}, public")
        yield connection
