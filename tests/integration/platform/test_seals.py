"""Tampering as someone would who owns the database server: triggers off, rows changed."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import LogBroken
from xiuhua.platform.eventlog import SHA256, SM3, NewEvent
from xiuhua.platform.keys import Witness, load_or_create, public_keys
from xiuhua.platform.seals import seal, seal_all
from xiuhua.platform.verify import Break, VerifyReport, verify_log

CITY = "990101"
SealNow = Callable[[], dict[str, int]]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    load_or_create(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture(params=[SHA256, SM3], ids=["sha256", "sm3"])
def algorithm(request: pytest.FixtureRequest) -> Iterator[int]:
    eventlog.use(request.param)
    yield request.param
    eventlog.use(SHA256)


@pytest.fixture
def seal_now(database: Database, keys: Path, settled: Callable[[], None]) -> SealNow:
    """Seals all that is in the log."""

    def act() -> dict[str, int]:
        settled()
        return seal_all(database, load_or_create(keys), Witness(keys / "seals.txt"))

    return act


@pytest.fixture
def log(database: Database, seal_now: SealNow) -> Database:
    """Two seals over four streams of five events each, and an unsealed stream."""
    for round_ in range(2):
        for stream in range(4):
            write(database, f"case/{stream}", 2 + round_)
        seal_now()
    write(database, "case/unsealed", 3)
    return database


def write(database: Database, stream: str, count: int, city: str = CITY, text: str = "处置") -> None:
    with database.transaction() as tx:
        events = [NewEvent(stream, "Handled", {"n": n, "text": text}, "P1", "handler", tx.now) for n in range(count)]
        eventlog.append(tx, city, events, eventlog.heads(tx, city, [stream]))


def verified(database: Database, keys: Path, witnessed: bool = True) -> VerifyReport:
    with database.reading() as tx:
        known = Witness(keys / "seals.txt").known() if witnessed else None
        return verify_log(tx, None, public_keys(keys), known)


def tamper(superuser: psycopg.Connection[Any], *statements: str) -> None:
    with superuser.transaction():
        superuser.execute("set local session_replication_role = replica")
        for statement in statements:
            superuser.execute(statement)


def test_an_untouched_log_verifies(algorithm: int, log: Database, keys: Path) -> None:
    report = verified(log, keys)

    assert report == VerifyReport(events=23, streams=5, seals=2, unsealed=3, cities=[CITY])
    with log.reading() as tx:
        assert eventlog.heads(tx, CITY, ["case/1"])["case/1"].digest[0] == algorithm


EVENT = "where stream = 'case/1' and version = 3"
CHAIN_TAMPERINGS = {
    "payload": (f"update event set payload = '{{\"n\":9}}' {EVENT}", "digest", 3),
    "actor": (f"update event set actor = 'P2' {EVENT}", "digest", 3),
    "role": (f"update event set role = 'leader' {EVENT}", "digest", 3),
    "type": (f"update event set type = 'Closed' {EVENT}", "digest", 3),
    "schema": (f"update event set schema = 2 {EVENT}", "digest", 3),
    "business time": (f"update event set at = at - interval '1 microsecond' {EVENT}", "digest", 3),
    "recording time": (f"update event set recorded_at = now() {EVENT}", "digest", 3),
    "digest": (f"update event set digest = '\\x01' || sha256('x') {EVENT}", "digest", 3),
    "algorithm": (f"update event set digest = '\\x07' {EVENT}", "unknown_algorithm", 3),
    "spaces": (f"update event set payload = (payload::text || ' ')::json {EVENT}", "digest", 3),
    "middle deleted": (f"delete from event {EVENT}", "gap", 4),
    "first deleted": ("delete from event where stream = 'case/1' and version = 1", "gap", 2),
    "moved": (f"update event set stream = 'case/1x' {EVENT}", "gap", 4),
}


@pytest.mark.parametrize("name", CHAIN_TAMPERINGS)
def test_a_broken_chain_shows(log: Database, keys: Path, superuser: Any, name: str) -> None:
    statement, what, version = CHAIN_TAMPERINGS[name]

    tamper(superuser, statement)

    assert verified(log, keys).broken == Break(CITY, what, "case/1", version)


def test_swapped_events_show(log: Database, keys: Path, superuser: Any) -> None:
    swap = "update event set version = {} where stream = 'case/1' and version = {}"

    tamper(superuser, swap.format(99, 2), swap.format(2, 3), swap.format(3, 99))

    assert verified(log, keys).broken == Break(CITY, "digest", "case/1", 2)


SEAL_TAMPERINGS = {
    "tail cut": (
        "delete from event where stream = 'case/1' and version > 3",
        Break(CITY, "head_missing", "case/1", 5, 2),
    ),
    "stream deleted": ("delete from event where stream = 'case/1'", Break(CITY, "head_missing", "case/1", 2, 1)),
    "city deleted": ("delete from event", Break(CITY, "head_missing", "case/0", 2, 1)),
    "first seal deleted": ("delete from seal where number = 1", Break(CITY, "seal_gap", seal=2)),
    "last seal deleted": ("delete from seal where number = 2", Break(CITY, "seal_missing", seal=2)),
    "all deleted": ("truncate seal, event", Break(CITY, "seal_missing", seal=2)),
    "heads replaced": ("update seal set heads = '' where number = 2", Break(CITY, "seal_digest", seal=2)),
    "count": ("update seal set events = 7 where number = 2", Break(CITY, "seal_digest", seal=2)),
    "link": ("update seal set previous = '' where number = 2", Break(CITY, "seal_link", seal=2)),
    "signature": (
        "update seal set signature = sha512('x') where number = 1",
        Break(CITY, "seal_signature", seal=1),
    ),
    "key": ("update seal set key_id = 'ffff' where number = 1", Break(CITY, "seal_digest", seal=1)),
    "algorithm": ("update seal set digest = '\\x09' where number = 1", Break(CITY, "unknown_algorithm", seal=1)),
}


@pytest.mark.parametrize("name", SEAL_TAMPERINGS)
def test_what_a_chain_cannot_show_seals_do(log: Database, keys: Path, superuser: Any, name: str) -> None:
    statement, broken = SEAL_TAMPERINGS[name]

    tamper(superuser, statement)

    assert verified(log, keys).broken == broken


@pytest.mark.usefixtures("algorithm")
def test_a_stream_chained_anew_shows(log: Database, keys: Path, superuser: Any) -> None:
    tamper(superuser, "delete from event where stream = 'case/1'")
    write(log, "case/1", 5, text="改写")

    assert verified(log, keys).broken == Break(CITY, "head_differs", "case/1", 2, 1)


def test_a_stream_chained_anew_between_two_seals_shows(
    log: Database, keys: Path, superuser: Any, seal_now: SealNow
) -> None:
    tamper(superuser, "delete from event where stream = 'case/unsealed' and version > 1")
    seal_now()
    tamper(superuser, "delete from event where stream = 'case/unsealed'")
    write(log, "case/unsealed", 5, text="改写")
    seal_now()

    assert verified(log, keys).broken == Break(CITY, "head_differs", "case/unsealed", 1, 3)


def test_a_stream_slipped_into_the_past_shows(log: Database, keys: Path, superuser: Any) -> None:
    write(log, "case/late", 1)

    tamper(superuser, "update event set tx = (select min(tx) from event) where stream = 'case/late'")

    assert verified(log, keys).broken == Break(CITY, "seal_count", seal=1)


def test_a_seal_by_another_key_shows(log: Database, keys: Path, tmp_path: Path, settled: Callable[[], None]) -> None:
    stranger = load_or_create(tmp_path / "other")
    settled()
    with log.transaction() as tx:
        seal(tx, CITY, stranger)

    assert verified(log, keys).broken == Break(CITY, "seal_key", seal=3)


def test_after_a_change_of_keys_old_seals_still_verify(log: Database, keys: Path, seal_now: SealNow) -> None:
    (keys / "seal.pem").unlink()

    made = seal_now()

    assert made == {CITY: 1}
    assert verified(log, keys) == VerifyReport(events=23, streams=5, seals=3, cities=[CITY])


def test_cities_are_apart(log: Database, keys: Path, superuser: Any, seal_now: SealNow) -> None:
    write(log, "case/1", 3, "990102")
    seal_now()
    tamper(superuser, "delete from event where city = '990102' and version = 3")

    report = verified(log, keys)

    assert report.broken == Break("990102", "head_missing", "case/1", 3, 1)
    assert str(report.broken) == "990102 seal 1 case/1 version 3: the stream, or its end, is gone (head_missing)"
    with log.reading() as tx:
        assert verify_log(tx, CITY, public_keys(keys)).broken is None


def test_a_seal_waits_for_whoever_has_not_committed(
    database: Database, keys: Path, settled: Callable[[], None]
) -> None:
    key = load_or_create(keys)
    with database.transaction() as early:
        eventlog.append(early, CITY, [NewEvent("case/early", "Filed", {}, "P1", "dispatcher", early.now)], {})
        write(database, "case/quick", 1)
        with database.transaction() as tx:
            assert seal(tx, CITY, key) is None
    settled()

    with database.transaction() as tx:
        made = seal(tx, CITY, key)

    assert made is not None
    assert [stream for stream, _, _ in made.lines()] == ["case/early", "case/quick"]


def test_a_backlog_is_sealed_in_pieces(database: Database, keys: Path, settled: Callable[[], None]) -> None:
    for stream in range(5):
        write(database, f"case/{stream}", 3)
    settled()
    key, counts = load_or_create(keys), []
    for _ in range(4):
        with database.transaction() as tx:
            made = seal(tx, CITY, key, most=6)
            counts.append(made and made.events)

    assert counts == [6, 6, 3, None]
    assert verified(database, keys, witnessed=False).seals == 3


def test_a_transaction_larger_than_a_seal_is_sealed_whole(
    database: Database, keys: Path, settled: Callable[[], None]
) -> None:
    write(database, "case/1", 20)
    settled()

    with database.transaction() as tx:
        made = seal(tx, CITY, load_or_create(keys), most=6)

    assert made is not None and made.events == 20


def test_ids_gone_back_are_told(log: Database, keys: Path, superuser: Any) -> None:
    tamper(superuser, "update seal set next_tx = '1000000000'")

    with pytest.raises(LogBroken, match="gone back"), log.transaction() as tx:
        seal(tx, CITY, load_or_create(keys))


def test_sealing_side_by_side_loses_nothing(
    database: Database, keys: Path, clock: SimulatedClock, settled: Callable[[], None]
) -> None:
    write(database, "case/1", 1)
    settled()
    clock.move_to(clock.now() + timedelta(minutes=1))
    key, problems = load_or_create(keys), []

    def run() -> None:
        try:
            seal_all(database, key, Witness(keys / "seals.txt"))
        except Exception as error:
            problems.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(problems) <= {"Conflict"}
    assert verified(database, keys) == VerifyReport(events=1, streams=1, seals=1, cities=[CITY])
