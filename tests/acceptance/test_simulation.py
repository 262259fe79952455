"""A month of the fictional district: everything that can happen happens, by the log and for somebody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.installation import Installation
from tests.conftest import clone
from tests.reading import older_ended

from xiuhua import bootstrap
from xiuhua.flow import tasks
from xiuhua.loop.service import stands_in_for
from xiuhua.platform import keys, seals
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import verify_log
from xiuhua.simulate.play import Played
from xiuhua.simulate.profile import Profile
from xiuhua.simulate.run import plain, simulate, start_of

MONTH = plain(30, 1, 28, date(2026, 2, 5), over_http=False)
"""Over the Spring Festival of 2026 (15 to 23 February)."""


@contextmanager
def played(server: Cluster, folder: Path, plan: Profile) -> Iterator[tuple[Installation, Played]]:
    """The district after a play, in a database of its own."""
    with clone(server) as name:
        conninfo = server.conninfo(database=name)
        settings = Settings(data=folder, database_url=conninfo, database_owner_url=server.conninfo(OWNER, name))
        clock = SimulatedClock(start_of(plan, settings), plan.seed)
        with Database(conninfo, size=10, clock=clock).open() as database:
            city, done = simulate(database, settings, plan, clock)
            yield Installation(bootstrap.services_of(database, settings), city), done


Month = tuple[Installation, Played]


@pytest.fixture(scope="module")
def month(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with played(server, tmp_path_factory.mktemp("month"), MONTH) as found:
        yield found


def log_of(town: Installation) -> list[Any]:
    with town.database.reading() as tx:
        return tx.execute(
            "select stream, version, type, payload, actor, role, at, recorded_at, digest from event"
            " order by tx, position"
        ).fetchall()


def test_every_action_of_both_procedures_is_taken(month: Month) -> None:
    town, _ = month
    with town.database.reading() as tx:
        rows = tx.execute(
            "select distinct split_part(stream, '/', 1) as subject, payload::json ->> 'action' as action from event"
        ).fetchall()
    procedures = [procedure for _, procedure in town.view().procedures.values()]
    declared = {(one.subject, action) for one in procedures for action in one.actions}

    assert declared - {(row.subject, row.action) for row in rows} == set()


def test_next_to_nothing_is_refused(month: Month) -> None:
    """What people try is nearly always open to them; the rest is overtaken by somebody else."""
    _, done = month

    assert sum(done.refused.values()) < sum(done.actions.values()) / 100
    assert unforeseen(done) == []


def unforeseen(done: Played) -> list[str]:
    """Refusals for any other reason than that somebody else was quicker, or that it was too late."""
    return [what for what in done.refused if "condition_unmet" not in what and "not_now" not in what]


def test_the_log_verifies_with_its_seals(month: Month) -> None:
    town, _ = month
    older_ended(town.database)
    folder = town.services.settings.data / "keys"
    witness = keys.Witness(folder / "sealed")
    seals.seal_all(town.database, keys.load_or_create(folder), witness)
    with town.database.reading() as tx:
        found = verify_log(tx, None, keys.public_keys(folder), witness.known())

    assert (found.broken, found.unsealed) == (None, 0)
    assert found.events > 5000 and found.seals >= 1


def test_everything_stands_as_the_log_says(month: Month) -> None:
    replayed = month[0].replayed()

    assert replayed.differences == {}
    assert replayed.subjects > 1000


def test_nothing_waits_for_nobody(month: Month) -> None:
    """Where a person is named in two roles, one of them is enough: each track's turn must be seen by somebody."""
    town, _ = month
    view = town.view()
    with town.database.reading() as tx:
        waiting = {(row.kind, row.subject, row.track, row.n) for row in tx.execute("select * from task")}
        for person in view.directory.people:
            actor = Actor(person, town.city, person, view.directory.posts_of(person), frozenset({"*"}), "test")
            seen = tasks.inbox(tx, actor, stands_in_for(view, actor), limit=10_000)
            waiting -= {(row.kind, row.subject, row.track, row.n) for row in seen}

    assert waiting == set()


@pytest.mark.parametrize("words", [("pack", "check"), ("pack", "test"), ("duties", "check"), ("verify", "log")])
def test_the_district_passes_its_checks(month: Month, words: tuple[str, ...]) -> None:
    done = month[0].xiuhua(*words)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_seed_gives_the_same_log(server: Cluster, tmp_path: Path) -> None:
    logs = []
    for number, seed in enumerate((7, 7, 8)):
        with played(server, tmp_path / str(number), _seeded(seed)) as (town, _):
            logs.append(log_of(town))
    first, second, other = (hashlib.sha256(repr(log).encode()).hexdigest() for log in logs)

    assert first == second, next(pair for pair in zip(logs[0], logs[1], strict=False) if pair[0] != pair[1])
    assert first != other


def _seeded(seed: int) -> Profile:
    return plain(2, seed, 60, date(2026, 3, 2), over_http=False)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(plain(2, 3, 60, date(2026, 3, 2)), id="over HTTP as well"),
        pytest.param(plain(4, 3, 25, date(2026, 12, 30), over_http=False), id="over the end of a year"),
    ],
)
def test_a_few_days_run_clean(server: Cluster, tmp_path: Path, plan: Profile) -> None:
    with played(server, tmp_path, plan) as (town, done):
        town.demand_sound_log()

    assert done.reports > 50
    assert (done.over_http > 10) == plan.over_http
    assert unforeseen(done) == []
