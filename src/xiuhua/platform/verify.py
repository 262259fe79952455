"""Is the log as it was written? Chains are recomputed, seals checked against them; the first break is told."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from psycopg.rows import tuple_row

from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.seals import Seal
from xiuhua.platform.sql import queries

BREAKS: Final[dict[str, str]] = {
    "gap": "an event before this one is missing",
    "digest": "this event, or the one before it, is not what was written",
    "unknown_algorithm": "the digest names no known algorithm",
    "seal_gap": "a seal before this one is missing",
    "seal_link": "the seal is not chained to the one before it",
    "seal_digest": "the seal is not what was written",
    "seal_key": "the seal is signed with a key that is not known",
    "seal_signature": "the signature does not fit",
    "head_missing": "the stream, or its end, is gone",
    "head_differs": "the stream was written anew after it was sealed",
    "seal_count": "events were taken from, or slipped into, what was sealed",
    "seal_missing": "the newest seals are gone",
}
"""What can be found, by code; `strings/errors.yaml` has both languages."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the log is not what was written."""

    city: str
    what: str
    """One of `BREAKS`."""
    stream: str | None = None
    version: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        where = f"seal {self.seal}" if self.seal is not None else ""
        place = f"{self.stream} version {self.version}" if self.stream is not None else ""
        return f"{self.city} {' '.join(filter(None, (where, place)))}: {BREAKS[self.what]} ({self.what})"


@dataclass(slots=True)
class VerifyReport:
    """What was looked at, and the first break; none means that all is as it was written."""

    events: int = 0
    streams: int = 0
    seals: int = 0
    unsealed: int = 0
    """Events that no seal covers yet: among these a stream's end could be missing unseen."""
    cities: list[str] = field(default_factory=list)
    broken: Break | None = None


def verify_log(
    tx: Tx,
    city: str | None,
    public_keys: Mapping[str, Ed25519PublicKey],
    witnessed: Mapping[str, tuple[int, bytes]] | None = None,
) -> VerifyReport:
    """Recompute everything of one city or all, in one snapshot (`tx` from `Database.reading`).

    `public_keys` by key id; `witnessed` holds number and digest of the newest seal by city as kept outside
    the database (`keys.Witness`). Stops at the first break: cities in order, chains before seals.
    """
    witnessed = witnessed or {}
    kept = {row.city for row in tx.execute(_sql()["cities"])} if city is None else {city}
    cities = sorted(kept | witnessed.keys()) if city is None else [city]
    report = VerifyReport(cities=cities)
    for one in cities:
        report.broken = _chains(tx, one, report) or _seals(tx, one, public_keys, witnessed.get(one), report)
        if report.broken is not None:
            break
    return report


def _chains(tx: Tx, city: str, report: VerifyReport) -> Break | None:
    current, expected, previous, sha256 = "", 0, b"", hashlib.sha256
    with closing(_contents(tx, city)) as rows:
        for stream, version, digest, content in rows:
            if stream != current:
                current, expected, previous = stream, 0, b""
                report.streams += 1
            expected += 1
            if version != expected:
                return Break(city, "gap", stream, version)
            if digest[:1] == b"\x01":
                found = sha256(previous + b"\x1e" + content).digest()
            elif digest[:1] == b"\x03":
                found = eventlog.hash_bytes(eventlog.SM3, previous + b"\x1e" + content)
            else:
                return Break(city, "unknown_algorithm", stream, version)
            if found != digest[1:]:
                return Break(city, "digest", stream, version)
            previous = digest
            report.events += 1
    return None


def _contents(tx: Tx, city: str) -> Generator[tuple[str, int, bytes, bytes]]:
    with tx.connection.cursor(name="verify", row_factory=tuple_row) as cursor:
        cursor.itersize = 2000
        cursor.execute(_sql()["contents"], {"city": city}, binary=True)
        yield from cursor


def _seals(
    tx: Tx,
    city: str,
    keys: Mapping[str, Ed25519PublicKey],
    witnessed: tuple[int, bytes] | None,
    report: VerifyReport,
) -> Break | None:
    number, previous, next_tx = 0, eventlog.GENESIS, 0
    digests: dict[int, bytes] = {}
    with tx.connection.cursor(name="seals") as rows:
        rows.itersize = 10
        for row in rows.execute(_sql()["seals"], {"city": city}):
            number, next_tx = number + 1, int(row.next_tx)
            what = _seal_fault(city, row, number, previous, keys)
            if what is not None:
                return Break(city, what, seal=row.number)
            broken = _heads(tx, _seal(city, row))
            if broken is not None:
                return broken
            if row.standing != row.events:
                return Break(city, "seal_count", seal=row.number)
            previous = digests[number] = bytes(row.digest)
            report.seals += 1
    if witnessed is not None and digests.get(witnessed[0]) != witnessed[1]:
        return Break(city, "seal_missing", seal=witnessed[0])
    left = tx.execute(_sql()["unsealed"], {"city": city, "from": str(next_tx)}).fetchone()
    report.unsealed += left.events if left else 0
    return None


def _seal_fault(city: str, row: Any, number: int, previous: bytes, keys: Mapping[str, Ed25519PublicKey]) -> str | None:
    digest = bytes(row.digest)
    if row.number != number:
        return "seal_gap"
    if bytes(row.previous) != previous:
        return "seal_link"
    if digest[:1] not in (b"\x01", b"\x03"):
        return "unknown_algorithm"
    if _seal(city, row).digest(digest[0]) != digest:
        return "seal_digest"
    if row.key_id not in keys:
        return "seal_key"
    try:
        keys[row.key_id].verify(bytes(row.signature), digest)
    except InvalidSignature:
        return "seal_signature"
    return None


def _heads(tx: Tx, seal: Seal) -> Break | None:
    """Every head of the seal stands in the log with that digest; asked in batches, not kept in memory."""
    lines = seal.lines()
    while batch := list(islice(lines, 5000)):
        streams, versions, digests = map(list, zip(*batch, strict=True))
        values = {"city": seal.city, "streams": streams, "versions": versions, "digests": digests}
        differing = tx.execute(_sql()["differing"], values).fetchone()
        if differing is not None:
            what = "head_missing" if differing.digest is None else "head_differs"
            return Break(seal.city, what, differing.stream, differing.version, seal.number)
    return None


def _seal(city: str, row: Any) -> Seal:
    return Seal(
        city,
        row.number,
        row.sealed_at,
        int(row.next_tx),
        row.events,
        bytes(row.heads),
        bytes(row.previous),
        row.key_id,
    )


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform", "seals.sql")
