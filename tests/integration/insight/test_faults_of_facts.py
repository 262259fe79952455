"""Whoever is killed, whenever: nothing is lost, nothing is there twice, and what nobody knows of goes away."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.acceptance.installation import opened
from tests.conftest import START
from tests.integration.insight.conftest import Facts
from tests.integration.loop.acting import brought_on
from tests.reading import older_ended

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts.exporting import Exporter
from xiuhua.insight.facts.service import Facts as FactsService
from xiuhua.insight.keeping import Keeper
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.errors import Conflict
from xiuhua.platform.eventlog import NewEvent, append, heads
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.locks import wait_until

KILLED = Path(__file__).with_name("killed.py")


@pytest.fixture(scope="module")
def lived(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """A district with some cases, exported so far."""
    folder = tmp_path_factory.mktemp("lived")
    with opened(server, folder, SimulatedClock(START)) as town:
        found = Facts(town, Exporter(town.database, CityReader(), folder / "facts"))
        moved(found)
        found.export()
        yield found


def moved(facts: Facts) -> None:
    """Something happens."""
    for steps in range(3):
        brought_on(facts.town, steps)
    older_ended(facts.database)


@pytest.mark.parametrize(
    "point", ["a file", "the files", "the names", "the commit", "a compacted file", "the new names"]
)
def test_a_killed_export_loses_and_doubles_nothing(lived: Facts, point: str) -> None:
    moved(lived)
    url = lived.town.services.settings.database_url
    assert url is not None
    given = [url.get_secret_value(), str(lived.exporter.root), lived.city, point]

    done = subprocess.run([sys.executable, str(KILLED), *given], check=False, env=dict(os.environ))
    assert wait_until(lambda: alone(lived), timeout_s=60)  # the server notices a moment later that nobody is there
    older_ended(lived.database)
    lived.export()
    grown = lived.rows()
    lived.exporter.whole(lived.city)

    assert done.returncode == -signal.SIGKILL
    assert grown == lived.rows()


def alone(facts: Facts) -> bool:
    """Whether no other process exports the city."""
    with facts.exporter._locked(facts.city) as tx:
        return tx is not None


def test_what_nobody_knows_of_goes_away(lived: Facts) -> None:
    stray = lived.exporter.root / lived.city / "subject.case" / "2026-03" / "delta-unknown.parquet"
    stray.write_bytes(b"half a file")
    for path in lived.exporter.root.rglob("*.parquet"):  # a day later, those that count too
        os.utime(path, (1, 1))
    clock = lived.database.clock
    assert isinstance(clock, SimulatedClock)
    clock.move_to(datetime.now(UTC) + timedelta(hours=2))
    lived.compactor().sweep()
    named = {one.id for one in lived.files()}

    assert {path.stem for path in lived.exporter.root.rglob("*.parquet")} == named


def test_only_one_process_exports_a_city(lived: Facts) -> None:
    moved(lived)
    other = Exporter(lived.database, CityReader(), lived.exporter.root)

    with lived.exporter._locked(lived.city):
        assert other.advance(lived.city) == 0
        with pytest.raises(Conflict):
            other.whole(lived.city)
    assert other.advance(lived.city) > 0


def test_what_commits_late_is_not_passed_over(lived: Facts) -> None:
    lived.export()
    told = NewEvent("note/1", "Noted", {}, "P-1", "leader", START)
    with lived.database.transaction() as early:
        append(early, lived.city, [told], heads(early, lived.city, [told.stream]))
        moved_on(lived)
        during = lived.exporter.advance(lived.city)
    lived.export()

    assert during == 0
    assert [row for row in lived.rows()["event.event"] if row[1] == "note/1"]


def moved_on(facts: Facts) -> None:
    """Something happens meanwhile, and is committed."""
    with facts.database.transaction() as tx:
        told = NewEvent("note/2", "Noted", {}, "P-2", "leader", START)
        append(tx, facts.city, [told], heads(tx, facts.city, [told.stream]))


def test_files_of_another_folder_are_made_anew(lived: Facts, tmp_path: Path) -> None:
    lived.export()
    before = lived.rows()
    elsewhere = Facts(lived.town, Exporter(lived.database, CityReader(), tmp_path / "facts"))
    elsewhere.export()

    assert elsewhere.rows() == before


def test_the_worker_has_them_exported_in_a_process_of_its_own(lived: Facts) -> None:
    moved(lived)
    settings, service = lived.town.services.settings, lived.town.services.port(FactsService)
    keeper = Keeper(settings)

    def waiting() -> int:
        with lived.database.reading() as tx:
            return service.status(tx, lived.city).waiting

    before = waiting()
    keeper.turn(lived.database)
    keeper.turn(lived.database)  # one at a time

    assert before > 0
    assert wait_until(lambda: waiting() == 0, timeout_s=60)
    assert wait_until(lambda: not multiprocessing.active_children(), timeout_s=60)
