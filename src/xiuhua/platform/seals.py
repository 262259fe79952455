"""Seals: what a chain per stream cannot show, that a whole stream or a stream's end is gone.

At intervals the heads of all streams touched since the last seal are put under one digest, chained to the
seal before and signed with a key that is not in the database.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from xiuhua.platform import eventlog
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, LogBroken
from xiuhua.platform.keys import SealKey, Witness
from xiuhua.platform.sql import queries

MOST = 100_000
"""Events under one seal: bounds its memory; a longer backlog becomes several seals."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal as it stands in the database."""

    city: str
    number: int
    sealed_at: datetime
    next_tx: int
    """Events of transactions below this are sealed by this or an earlier seal."""
    events: int
    heads: bytes
    """zlib of lines `stream version digest`."""
    previous: bytes
    key_id: str

    def digest(self, algorithm: int) -> bytes:
        """A byte that names the algorithm, then 32 bytes, over all of the above."""
        stamp = self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
        header = "\x1f".join(
            (self.city, str(self.number), stamp, str(self.next_tx), str(self.events), self.key_id)
        ).encode()
        return bytes([algorithm]) + eventlog.hash_bytes(algorithm, b"\x1e".join((self.previous, header, self.heads)))

    def lines(self) -> Iterator[tuple[str, int, bytes]]:
        """Stream, version and digest of each head."""
        for line in zlib.decompress(self.heads).decode().splitlines():
            stream, version, digest = line.rsplit(" ", 2)
            yield stream, int(version), bytes.fromhex(digest)


def seal(tx: Tx, city: str, key: SealKey, most: int = MOST) -> Seal | None:
    """Seal what ended since the last seal, at most about `most` events; None when there is nothing.

    Covers events of transactions below the snapshot's xmin, so that none that commits late is left out.
    Raises `Conflict` when another process seals at the same time, `LogBroken` when transaction ids have gone
    back (a dump was restored into a younger cluster: see docs/why/event-log.md).
    """
    last = tx.execute(_sql()["last"], {"city": city}).fetchone()
    start = int(last.next_tx) if last else 0
    until = _span(tx, city, start, most)
    if until is None:
        return None
    rows = tx.execute(_sql()["heads"], {"city": city, "from": str(start), "to": str(until)}).fetchall()
    if not rows:
        return None
    text = "".join(f"{row.stream} {row.version} {row.digest.hex()}\n" for row in rows)
    made = Seal(
        city,
        last.number + 1 if last else 1,
        tx.now,
        until,
        sum(row.events for row in rows),
        zlib.compress(text.encode()),
        bytes(last.digest) if last else eventlog.GENESIS,
        key.id,
    )
    _add(tx, made, key)
    return made


def seal_all(database: Database, key: SealKey, witness: Witness) -> dict[str, int]:
    """Seal every city up to now, each seal in a transaction of its own; how many seals were made by city."""
    made = {city: seal_up(database, key, witness, city) for city in cities(database)}
    return {city: count for city, count in made.items() if count}


def cities(database: Database) -> list[str]:
    """The cities that have something in the log."""
    with database.reading() as tx:
        return [row.city for row in tx.execute(_sql()["cities"])]


def seal_up(database: Database, key: SealKey, witness: Witness, city: str) -> int:
    """The same of one city; how many seals were made."""
    made = 0
    while True:
        with database.transaction() as tx:
            new = seal(tx, city, key)
        if new is None:
            return made
        witness.note({city: (new.number, new.digest(eventlog.algorithm()))})
        made += 1


def _span(tx: Tx, city: str, start: int, most: int) -> int | None:
    row = tx.execute(_sql()["horizon"], {"city": city, "from": str(start), "most": most}).fetchone()
    assert row is not None
    horizon, first = int(row.horizon), row.first and int(row.first)
    if start > horizon:
        raise LogBroken("Transaction ids have gone back below the last seal; was a dump restored?")
    if first is None or first >= horizon:
        return None
    # Cut between transactions; one that is larger than the limit goes in whole.
    return horizon if row.cut is None else max(int(row.cut), first + 1)


def _add(tx: Tx, made: Seal, key: SealKey) -> None:
    digest = made.digest(eventlog.algorithm())
    values = {
        "city": made.city, "number": made.number, "sealed_at": made.sealed_at, "next_tx": str(made.next_tx),
        "events": made.events, "heads": made.heads, "previous": made.previous, "digest": digest,
        "key_id": made.key_id, "signature": key.sign(digest),
    }  # fmt: skip
    try:
        tx.execute(_sql()["add"], values)
    except psycopg.errors.UniqueViolation as error:
        raise Conflict from error


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform", "seals.sql")
