"""What a night brings: processes killed, a database that hangs, a full disk, a clock set back.

Whatever it is: what was acknowledged is there once, nothing is there twice, the log verifies, and the projections are
what it says. `make bench-full` does the same for longer.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from tests.acceptance import lines_under_load, under_load
from tests.acceptance.installation import STREET_CLEANING, served
from tests.acceptance.lines_under_load import EVERYTHING
from tests.acceptance.under_load import PATIENCE_S, busy, demand_progress

from xiuhua.platform.clock import DatabaseClock
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.locks import is_free, wait_until

ROUNDS = int(os.environ.get("XIUHUA_TEST_FAULT_ROUNDS") or os.environ.get("XIUHUA_FAULT_ROUNDS") or 5)
OUTAGE_S = float(os.environ.get("XIUHUA_TEST_OUTAGE_S") or 3)
VICTIMS = ("server", "database", "import", "supervisor", "worker")
DISK_BYTES = 320 * 1024**2


@pytest.fixture
def data(open_folder: Path) -> Path:
    """The data folder of a fresh installation with the district in it, and all its lines of business."""
    return under_load.found(open_folder / "data", lines_under_load.furnish)


@pytest.mark.timeout(3000)
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(data: Path) -> None:
    chance = Random()

    with busy(data, EVERYTHING) as (server, heard):
        for number in range(ROUNDS):
            time.sleep(chance.uniform(0.0, 0.5))
            server.kill(VICTIMS[number % len(VICTIMS)])
            demand_progress(heard)

    assert heard.tried_again > 0


@pytest.mark.timeout(3000)
def test_a_database_that_hangs_delays_and_loses_nothing(data: Path) -> None:
    with busy(data, EVERYTHING) as (server, heard), server.frozen():
        alive = httpx.get(f"{server.url}/health", timeout=10)
        time.sleep(OUTAGE_S)
        at_rest = heard.answers.total()
        time.sleep(0.5)
        assert heard.answers.total() == at_rest

    assert alive.status_code == 200


@pytest.fixture
def small_disk(open_folder: Path) -> Iterator[Path]:
    """A disk of its own, where we may mount one."""
    folder = open_folder / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=755", "xiuhua-test", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    yield folder
    locks = list(folder.rglob("supervisor.lock"))
    assert wait_until(lambda: all(map(is_free, locks)), timeout_s=60)
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.timeout(3000)
def test_a_full_disk_refuses_and_loses_nothing(small_disk: Path) -> None:
    with busy(under_load.found(small_disk / "data", lines_under_load.furnish), EVERYTHING) as (_, heard):
        ballast = small_disk / "ballast"
        fill(ballast)
        refused = wait_until(lambda: heard.refused > 20 or bool(heard.surprises), timeout_s=PATIENCE_S)
        time.sleep(OUTAGE_S)
        ballast.unlink()

    assert refused


def fill(ballast: Path) -> None:
    """Take all that is left."""
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass


def test_time_does_not_go_back_with_the_databases_clock(server: Cluster, tmp_path: Path) -> None:
    set_back = [timedelta()]
    clock = DatabaseClock(lambda: datetime.now(UTC) - set_back[0], refresh_s=0.0)

    with served(server, tmp_path, clock) as town:
        index = town.view().areas
        middle = index.area(index.grid_codes[0]).geometry.representative_point()
        for hours in (0, 1, 24):
            set_back[0] = timedelta(hours=hours)
            report = town.report("intake_officer01", place={"lon": middle.x, "lat": middle.y})
            town.does("intake_officer01", "report", report, "accept", {"category": STREET_CLEANING})
            case = town.state("report", report)["data"]["case"]
            town.does("shift_leader01", "case", case, "file", {"filing_condition": condition(town)})

        assert recorded(town) == sorted(recorded(town))
        town.demand_sound_log()


def condition(town: Any) -> str:
    """A filing condition with a limit."""
    view = town.view()
    found = view.catalogue.conditions(STREET_CLEANING, view.day)
    return next(str(one.id) for one in found if one.milestones_on(view.day))


def recorded(town: Any) -> list[datetime]:
    """When events were recorded, in the order in which they were."""
    with town.database.reading() as tx:
        rows = tx.execute(
            "select recorded_at from event where city = %s order by tx, position", (town.city,)
        ).fetchall()
    return [row.recorded_at for row in rows]
