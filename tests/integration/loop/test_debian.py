"""The loop on a PostgreSQL of one's own, given by its URL: Debian's version 15."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest
from tests.acceptance.installation import Installation

from xiuhua import bootstrap
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER, SUPERUSER
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings
from xiuhua.simulate.run import plain, simulate, start_of

DAY = plain(1, 5, 40, date(2026, 3, 2), over_http=False)


@pytest.fixture
def settings(debian_server: Cluster, tmp_path: Path) -> Iterator[Settings]:
    """An empty database of that server, as it is named in the settings."""
    name = "simulated_day"
    with psycopg.connect(debian_server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} owner {OWNER}")
        yield Settings(
            data=tmp_path,
            database_url=debian_server.conninfo(database=name),
            database_owner_url=debian_server.conninfo(OWNER, name),
        )
        connection.execute(f"drop database {name} with (force)")


@pytest.mark.debian
def test_a_day_is_played_and_replayed_on_debians_server(settings: Settings) -> None:
    clock = SimulatedClock(start_of(DAY, settings), DAY.seed)
    with closing(open_database(settings, clock=clock)) as database:
        city, played = simulate(database, settings, DAY, clock)
        district = Installation(bootstrap.services_of(database, settings), city)
        with database.reading() as tx:
            version = tx.execute("show server_version_num").fetchone().server_version_num
        district.demand_sound_log()

    assert int(version) // 10_000 == 15
    assert played.reports > 20
