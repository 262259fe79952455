from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from xiuhua.platform import eventlog
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, Invalid
from xiuhua.platform.eventlog import FEW, SHA256, SM3, Head, NewEvent, Position
from xiuhua.platform.postgres.conf import OWNER

CITY = "990101"


@pytest.fixture
def in_use() -> Iterator[None]:
    yield
    eventlog.use(SHA256)


def event(tx: Tx, stream: str = "case/1", **given: Any) -> NewEvent:
    values = {"type": "Filed", "payload": {"n": 1}, "actor": "P1", "role": "dispatcher", "at": tx.now}
    return NewEvent(stream, **{**values, **given})


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 300])
def test_events_come_back_as_they_were_appended(tx: Tx, count: int) -> None:
    payload = {"text": '井盖\n"破损" \\ \t', "place": [104.061, 30.67], "none": None, "list": [{"b": 1, "a": "2"}]}
    events = [event(tx, payload={**payload, "n": n}) for n in range(count)]

    ends = eventlog.append(tx, CITY, events, {})

    found = eventlog.read(tx, CITY, "case/1")
    assert [one.payload for one in found] == [one.payload for one in events]
    assert [one.version for one in found] == list(range(1, count + 1))
    assert ends == eventlog.heads(tx, CITY, ["case/1", "case/none"])
    assert (found[0].at, found[0].recorded_at) == (tx.now, tx.now)


def test_one_append_may_go_to_many_streams(tx: Tx) -> None:
    ends = eventlog.append(tx, CITY, [event(tx, f"case/{n % 3}") for n in range(7)], {})

    assert {stream: end.version for stream, end in ends.items()} == {"case/0": 3, "case/1": 2, "case/2": 2}


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_whoever_is_second_gets_a_conflict(database: Database, count: int) -> None:
    with database.transaction() as first:
        eventlog.append(first, CITY, [event(first)], {})

    with pytest.raises(Conflict), database.transaction() as second:
        eventlog.append(second, CITY, [event(second)] * count, {})

    with database.reading() as tx:
        assert len(eventlog.read(tx, CITY, "case/1")) == 1


def test_of_two_at_the_same_time_one_wins(database: Database) -> None:
    with database.transaction() as first:
        known = eventlog.heads(first, CITY, ["case/1"])
        eventlog.append(first, CITY, [event(first)], known)
        with database.transaction() as other:
            eventlog.append(other, CITY, [event(other, "case/2")], {})

    with pytest.raises(Conflict), database.transaction() as late:
        eventlog.append(late, CITY, [event(late)], known)


@pytest.mark.parametrize("separator", ["\x1e", "\x1f"])
def test_separators_are_refused(tx: Tx, separator: str) -> None:
    for field in ("stream", "type", "actor", "role"):
        given = {"stream": "case/1", field: f"a{separator}b"}
        with pytest.raises(Invalid):
            eventlog.append(tx, CITY, [event(tx, **given)], {})


@pytest.mark.parametrize("role", ["xiuhua_app", OWNER])
def test_change_is_refused(superuser: psycopg.Connection[Any], role: str) -> None:
    fill_log(superuser)
    superuser.execute(sql.SQL("set role {}").format(sql.Identifier(role)))

    for what in ("update {} set city = city", "delete from {}", "truncate {}"):
        for table in ("event", "seal", "access_log"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                superuser.execute(sql.SQL(what).format(sql.Identifier(table)))


def fill_log(superuser: psycopg.Connection[Any]) -> None:
    superuser.execute(
        "insert into event (city, stream, version, type, schema, payload, actor, role, at, recorded_at, digest)"
        " values ('990101', 'case/1', 1, 'Filed', 1, '{}', 'P1', 'dispatcher', now(), now(), '')"
    )
    superuser.execute("insert into seal values ('990101', 1, now(), '9', 1, '', '', '', '', '')")
    superuser.execute(
        "insert into access_log (city, at, actor, subject, what, why) values ('990101', now(), '', '', '', '')"
    )


def test_a_stream_is_read_as_it_was_known_then(database: Database, clock: Any) -> None:
    for _ in range(3):
        with database.transaction() as tx:
            eventlog.append(tx, CITY, [event(tx)], eventlog.heads(tx, CITY, ["case/1"]))
        clock.move_to(clock.now() + timedelta(hours=1))

    with database.reading() as tx:
        until = tx.now - timedelta(hours=1, minutes=30)
        assert len(eventlog.read(tx, CITY, "case/1", until)) == 2


def test_old_schemas_are_upcast_on_read(tx: Tx) -> None:
    eventlog.register_upcast("Renamed", 1, lambda old: {"new": old["old"]})
    eventlog.register_upcast("Renamed", 2, lambda old: {**old, "more": 1})

    eventlog.append(tx, CITY, [event(tx, type="Renamed", payload={"old": 5})], {})

    [found] = eventlog.read(tx, CITY, "case/1")
    assert (found.schema, found.payload) == (3, {"new": 5, "more": 1})


def test_all_streams_are_read_in_order_or_by_kind(tx: Tx) -> None:
    streams = ["report/2", "case/1", "report/1", "case/1"]
    eventlog.append(tx, CITY, [event(tx, stream) for stream in streams], {})

    everything = [(one.stream, one.version) for one in eventlog.read_all(tx)]
    reports = [one.stream for one in eventlog.read_all(tx, CITY, "report", batch=1)]

    assert everything == [("case/1", 1), ("case/1", 2), ("report/1", 1), ("report/2", 1)]
    assert reports == ["report/1", "report/2"]


def test_a_late_commit_is_not_skipped(database: Database, settled: Callable[[], None]) -> None:
    with database.transaction() as early:
        eventlog.append(early, CITY, [event(early, "case/early")], {})
        with database.transaction() as quick:
            eventlog.append(quick, CITY, [event(quick, "case/quick")], {})
        seen_before, position = read_new(database, Position())
    settled()

    seen_after, position = read_new(database, position)

    assert (seen_before, seen_after) == ([], ["case/early", "case/quick"])
    assert read_new(database, position) == ([], position)


def read_new(database: Database, after: Position, limit: int = 10) -> tuple[list[str], Position]:
    with database.reading() as tx:
        events, position = eventlog.read_since(tx, CITY, after, limit)
        return [one.stream for one in events], position


def test_new_events_are_read_in_pieces(database: Database, settled: Callable[[], None]) -> None:
    with database.transaction() as tx:
        eventlog.append(tx, CITY, [event(tx, f"case/{n}") for n in range(5)], {})
    settled()

    first, position = read_new(database, Position(), 3)
    second, _ = read_new(database, position, 3)

    assert first + second == [f"case/{n}" for n in range(5)]


@pytest.mark.usefixtures("in_use")
def test_the_digest_in_use_is_a_setting(tx: Tx) -> None:
    before = eventlog.append(tx, CITY, [event(tx)], {})
    eventlog.use(SM3)

    after = eventlog.append(tx, CITY, [event(tx)], before)

    assert (before["case/1"].digest[0], after["case/1"].digest[0]) == (SHA256, SM3)
    with pytest.raises(ValueError, match="no digest algorithm"):
        eventlog.use(2)


def test_the_digest_covers_every_field(tx: Tx) -> None:
    values = (CITY, "case/1", 1, "Filed", 1, "P1", "dispatcher", tx.now, tx.now, b"{}")
    others = ("990102", "case/2", 2, "Closed", 2, "P2", "system", *[tx.now + timedelta(microseconds=1)] * 2, b"[]")
    changed = [(*values[:n], others[n], *values[n + 1 :]) for n in range(len(values))]

    digests = {eventlog.digest_of(SHA256, b"", *one) for one in [values, *changed]}

    assert len(digests) == len(values) + 1
    assert eventlog.digest_of(SHA256, Head(1, b"x").digest, *values) not in digests
