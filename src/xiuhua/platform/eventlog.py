"""The event log: append-only, chained by digest, read in order.

An event is appended in the transaction of its projection. Its digest covers the digest before it, a header
and the payload's very bytes, so a changed, inserted or removed event shows; `seals.py` guards whole streams.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import orjson
import psycopg
from cryptography.hazmat.primitives import hashes

from xiuhua.platform.ahead import ahead
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, Invalid
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.platform.sql import queries

GENESIS: Final = b""
FEW: Final = 8
_TYPES: Final = (
    *("text", "text", "int4", "text", "int2", "text", "text", "text"),
    *("timestamptz", "timestamptz", "bytea"),
)
_ROW: Final = f"({','.join(['%s'] * len(_TYPES))})"
SHA256: Final = 1
SM3: Final = 3
"""GB/T 32905-2016; chosen by the setting `digest`."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a stream: what the next event is chained to."""

    version: int = 0
    digest: bytes = GENESIS


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be appended; `payload` holds JSON values, no floats but coordinates, nothing personal."""

    stream: str
    type: str
    payload: dict[str, Any]
    actor: str
    role: str
    at: datetime
    """Business time; recording time is the transaction's."""
    schema: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it stands in the log, payload upcast to the newest schema."""

    city: str
    stream: str
    version: int
    type: str
    schema: int
    payload: dict[str, Any]
    actor: str
    role: str
    at: datetime
    recorded_at: datetime


Upcast = Callable[[dict[str, Any]], dict[str, Any]]
MOST_TOLD: Final = 1000
"""Events of one history that a person is shown at once, the newest."""
_upcasts: dict[tuple[str, int], Upcast] = {}
_in_use = {"algorithm": SHA256}


def use(algorithm: int) -> None:
    """Choose the digest of events appended from now on by this process; old ones keep theirs."""
    hash_bytes(algorithm, b"")
    _in_use["algorithm"] = algorithm


def algorithm() -> int:
    """The number of the digest in use."""
    return _in_use["algorithm"]


def register_upcast(event_type: str, from_schema: int, upcast: Upcast) -> None:
    """Tell how a payload of an old schema reads in the next; a fixture of each is kept in tests."""
    _upcasts[event_type, from_schema] = upcast


def upcast(event_type: str, schema: int, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Bring a payload to its newest schema."""
    while (step := _upcasts.get((event_type, schema))) is not None:
        schema, payload = schema + 1, step(payload)
    return schema, payload


def canonical(payload: dict[str, Any]) -> bytes:
    """The bytes of a payload as they are kept and digested: sorted keys, UTF-8, no spaces."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)


def digest_of(
    algorithm: int,
    previous: bytes,
    city: str,
    stream: str,
    version: int,
    type_: str,
    schema: int,
    actor: str,
    role: str,
    at: datetime,
    recorded_at: datetime,
    payload: bytes,
) -> bytes:
    """Digest of one event: a byte that names the algorithm, then 32 bytes.

    Raises `Invalid` when a text holds one of the two separators, since two different events could then
    read the same.
    """
    header = "\x1f".join((city, stream, str(version), type_, str(schema), actor, role, _stamp(at), _stamp(recorded_at)))
    if header.count("\x1f") != 8 or "\x1e" in header:
        raise Invalid("An event's stream, type, actor and role hold no control characters.")
    return bytes([algorithm]) + hash_bytes(algorithm, b"\x1e".join((previous, header.encode(), payload)))


def hash_bytes(algorithm: int, content: bytes) -> bytes:
    """32 bytes by SHA-256 or SM3."""
    if algorithm == SHA256:
        return hashlib.sha256(content).digest()
    if algorithm == SM3:
        hasher = hashes.Hash(hashes.SM3())
        hasher.update(content)
        return hasher.finalize()
    raise ValueError(f"no digest algorithm has the number {algorithm}")


@lru_cache(maxsize=4096)
def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def heads(tx: Tx, city: str, streams: Sequence[str]) -> dict[str, Head]:
    """The ends of streams; those that do not exist yet are missing from the answer."""
    rows = tx.execute(_sql()["heads"], {"city": city, "streams": list(streams)})
    return {row.stream: Head(row.version, bytes(row.digest)) for row in rows}


def append(
    tx: Tx,
    city: str,
    events: Sequence[NewEvent],
    known: dict[str, Head],
    algorithm: int | None = None,
) -> dict[str, Head]:
    """Append events in the order given and return the new ends of their streams.

    `known` holds the ends that the decision was based on (empty for new streams); `algorithm` is the one in
    `use` unless told. Raises `Conflict` when a stream has moved on since: somebody else was first, and
    nothing of this transaction must stay.
    """
    ends, rows, by = dict(known), [], algorithm or _in_use["algorithm"]
    for event in events:
        end = ends.get(event.stream, Head())
        version, payload = end.version + 1, canonical(event.payload)
        digest = digest_of(
            by, end.digest, city, event.stream, version, event.type, event.schema,
            event.actor, event.role, event.at, tx.now, payload,
        )  # fmt: skip
        rows.append(
            (city, event.stream, version, event.type, event.schema, payload.decode(), event.actor, event.role,
             event.at, tx.now, digest)
        )  # fmt: skip
        ends[event.stream] = Head(version, digest)
    try:
        _insert(tx, rows)
    except psycopg.errors.UniqueViolation as error:
        raise Conflict from error
    return ends


def _insert(tx: Tx, rows: list[tuple[Any, ...]]) -> None:
    # A few rows go as one prepared statement (140 µs for 1 to 4), many by binary COPY (7 µs each; arrays 45).
    if len(rows) <= FEW:
        values = [value for row in rows for value in row]
        tx.execute(_sql()["append"] + ",".join([_ROW] * len(rows)), values) if rows else None
        return
    with tx.connection.cursor() as cursor, cursor.copy(_sql()["append_copy"]) as stream:
        stream.set_types(_TYPES)
        for row in rows:
            stream.write_row(row)


def read(
    tx: Tx, city: str, stream: str, until: datetime | None = None, *, last: int | None = None
) -> list[Event]:  # fmt: skip
    """One stream in order; `until` gives it as it was known then (by recording time), `last` its newest events only."""
    asked = {"city": city, "stream": stream, "until": until, "last": last}
    return [_event(row) for row in reversed(tx.execute(_sql()["read_stream"], asked).fetchall())]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far an incremental reader has come: a transaction's id and a number within it."""

    tx: int = 0
    number: int = 0


def read_since(tx: Tx, city: str, after: Position = Position(), limit: int = 1000) -> tuple[list[Event], Position]:
    """What is new after a position, and the position to go on from.

    Only events of transactions that no running one can come before (below the snapshot's xmin), so that a
    late commit is never skipped; an event therefore shows here once all that began before it have ended.
    """
    rows = tx.execute(
        _sql()["read_since"],
        {"city": city, "tx": str(after.tx), "number": after.number, "limit": limit},
    ).fetchall()
    return [_event(row) for row in rows], Position(rows[-1].tx, rows[-1].position) if rows else after


def older_ended(database: Database, timeout_s: float) -> bool:
    """Wait until whatever is committed now can be read by `read_since`; whether it can."""
    with database.transaction() as tx:
        [mine] = tx.execute(_sql()["this_transaction"])

    def ended() -> bool:
        with database.reading() as tx:
            [oldest] = tx.execute(_sql()["oldest_transaction"])
        return bool(oldest.id > mine.id)

    return wait_until(ended, timeout_s=timeout_s)


def touched_since(
    tx: Tx, city: str, after: Position, limit: int = 1000, types: Sequence[str] | None = None
) -> tuple[list[str], int, Position]:
    """Streams that have something new after a position, how many events that is, and where to go on from.

    By the same rule as `read_since`, for readers that look at subjects as they stand and need no payload. With
    `types` streams that have other events only are left out.
    """
    asked = {
        "city": city, "tx": str(after.tx), "number": after.number, "limit": limit,
        "types": None if types is None else list(types),
    }  # fmt: skip
    rows = tx.execute(_sql()["touched_since"], asked).fetchall()
    reached = Position(rows[-1].tx, rows[-1].position) if rows else after
    return list(dict.fromkeys(row.stream for row in rows if row.stream is not None)), len(rows), reached


def read_all(tx: Tx, city: str | None = None, kind: str | None = None, batch: int = 5000) -> Iterator[Event]:
    """Every event by city, stream and version, through a server-side cursor; `kind` is a stream's prefix."""
    for row in scan(tx, city, kind, batch):
        yield _event(row)


def scan(tx: Tx, city: str | None, kind: str | None, batch: int = 5000) -> Iterable[Any]:
    """Raw rows of the log in stream order, payload still as text; for verification."""
    yield from chain.from_iterable(ahead(_batches(tx, "scan", {"city": city, "kind": kind}, batch)))


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream as a fold needs it."""

    city: str
    name: str
    head: Head
    steps: Sequence[tuple[dict[str, Any], int]]
    """Payload, upcast to the newest schema, and business time (epoch s) of each event, in order."""


def streams(tx: Tx, city: str | None, kind: str | None, batch: int = 500) -> Iterator[Stream]:
    """The log by city and stream, for replay: six times cheaper here than one row for each event.

    Read ahead through `tx`'s connection, which takes the caller's own statements in between.
    """
    for row in chain.from_iterable(ahead(_batches(tx, "streams", {"city": city, "kind": kind}, batch))):
        payloads = orjson.loads(row.payloads)
        if _upcasts:
            payloads = [
                upcast(*event)[1] for event in zip(row.types, row.schemas, payloads, strict=True)
            ]  # fmt: skip
        head = Head(row.version, bytes(row.digest))
        yield Stream(row.city, row.stream, head, list(zip(payloads, row.times, strict=True)))


def _batches(tx: Tx, query: str, asked: dict[str, Any], size: int) -> Iterator[list[Any]]:
    with tx.connection.cursor(name="event_scan") as cursor:
        cursor.execute(_sql()[query], asked)
        while rows := cursor.fetchmany(size):
            yield rows


def _event(row: Any) -> Event:
    schema, payload = upcast(row.type, row.schema, orjson.loads(row.payload))
    return Event(
        row.city,
        row.stream,
        row.version,
        row.type,
        schema,
        payload,
        row.actor,
        row.role,
        row.at,
        row.recorded_at,
    )


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform", "eventlog.sql")
