"""Replay: what was tampered with is found and named, and mended from the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.acceptance.installation import Installation, opened
from tests.conftest import START
from tests.integration.loop.acting import brought_on

from xiuhua.loop import replay
from xiuhua.loop.replay import Replayed
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster


@pytest.fixture
def lived(server: Cluster, tmp_path: Path) -> Iterator[Installation]:
    """A district with a few reports, and cases at different states."""
    with opened(server, tmp_path, SimulatedClock(START)) as found:
        for steps in range(6):
            brought_on(found, steps)
        yield found


def repaired(district: Installation) -> Replayed:
    with district.database.transaction() as tx:
        return replay.repair(tx, district.city)


def changed(district: Installation, sql: str) -> list[str]:
    """Do it past the services; the keys of the rows concerned."""
    with district.database.transaction() as tx:
        return [str(row.key) for row in tx.execute(sql)]


TASK = "kind || '/' || subject || '#' || ordinal as key"


@pytest.mark.parametrize(
    ("table", "tampering"),
    [
        ("city_case", "update city_case set state = 'closed' where state = 'filed' returning id as key"),
        ("city_case", "update city_case set due = due + interval '1 hour' where due is not null returning id as key"),
        ("city_case", "delete from city_case where state = 'accepted' returning id as key"),
        ("report", "update report set case_id = null where case_id is not null returning id as key"),
        ("report", "delete from report where state = 'received' returning id as key"),
        ("task", f"update task set role = 'leader' where role = 'dispatcher' returning {TASK}"),
        ("task", f"delete from task where role = 'shift_leader' returning {TASK}"),
        ("timer", f"delete from timer returning {TASK}"),
    ],
)
def test_what_was_tampered_with_is_named_and_mended(lived: Installation, table: str, tampering: str) -> None:
    assert lived.replayed().differences == {}
    keys = changed(lived, tampering)

    assert keys and lived.replayed().differences == {table: sorted(keys)}
    assert repaired(lived).events == lived.replayed().events
    assert lived.replayed().differences == {}


def test_what_never_happened_is_named(lived: Installation) -> None:
    with lived.database.transaction() as tx:
        tx.execute(
            "insert into task (city, kind, subject, ordinal, role, scopes, track, state, since)"
            " select city, 'case', 'nothing', 0, 'leader', '{}', 'main', 'filed', now() from bureau"
        )

    assert lived.replayed().differences == {"task": ["case/nothing#0"]}


def test_a_check_changes_nothing(lived: Installation) -> None:
    def standing() -> list[str]:
        with lived.database.reading() as tx:
            return [repr(tx.execute(f"select * from {table} order by 1, 2").fetchall()) for table in replay.TABLES]

    before = standing()
    first, second = lived.replayed(), lived.replayed()

    assert (first.equal, first.events, first.subjects) == (second.equal, second.events, second.subjects)
    assert standing() == before
    assert first.events == sum(1 for _ in events(lived)) and first.subjects == 11


def events(district: Installation) -> list[str]:
    with district.database.reading() as tx:
        rows = tx.execute("select stream from event where stream like 'case/%' or stream like 'report/%'").fetchall()
    return [row.stream for row in rows]


def test_events_of_the_log_cannot_be_changed_at_all(lived: Installation) -> None:
    for statement in ("update event set actor = 'x'", "delete from event", "truncate event"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), lived.database.transaction() as tx:
            tx.execute(statement)
