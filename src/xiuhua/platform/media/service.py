"""Photos are taken in, found and checked for; the bytes are kept before the row is, so what has a row is there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any, Final

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import DataFolderUnusable, Invalid, NotFound, TooLarge, TooMany
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import images
from xiuhua.platform.media.model import SUFFIXES, Blobs, Media, Picture, Position, Size, key_of
from xiuhua.platform.sql import queries

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WAIT_S: Final = 20.0
_UNFINISHED_S: Final = 3600.0
"""Bytes younger than this may belong to a transaction under way."""


def _gate() -> BoundedSemaphore:
    return BoundedSemaphore(os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Store:
    """What the service needs of its process; put together in the bootstrap."""

    blobs: Blobs
    most_bytes: int = images.MOST_BYTES
    zone: tzinfo = UTC
    """Of cameras that do not tell their offset."""
    gate: BoundedSemaphore = field(default_factory=_gate)
    """As many pictures at once as there are cores: a large one takes some hundred megabytes while it is decoded."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo ready to be kept."""

    digest: bytes
    bytes: int
    picture: Picture


def put(tx: Tx, store: Store, actor: Actor, data: bytes, name: str = "") -> Media:
    """Keep a photo; the same file once more gives the same `Media`. `name` only tells errors apart.

    Raises `Invalid` with the reason, `TooLarge`, `TooMany`, `DataFolderUnusable`.
    """
    known = find(tx, store, actor.city, sha256(data).digest())
    return known or keep(tx, store, actor, prepare(store, data, name))[0]


def upload(database: Database, store: Store, actor: Actor, data: bytes, name: str = "") -> tuple[Media, bool]:
    """The same as `put`, and whether it is new, without holding a connection while the picture is worked on."""
    with database.reading() as tx:
        known = find(tx, store, actor.city, sha256(data).digest())
    if known is not None:
        return known, False
    prepared = prepare(store, data, name)
    with database.transaction() as tx:
        return keep(tx, store, actor, prepared)


def find(tx: Tx, store: Store, city: str, digest: bytes) -> Media | None:
    """The city's photo of a file, by SHA-256; None as well when its bytes are lost, so that they are made again."""
    row = tx.execute(_sql()["by_digest"], {"city": city, "digest": digest}).fetchone()
    if row is None or not all(store.blobs.has(key_of(city, digest, size)) for size in SUFFIXES):
        return None
    return _media(row)


def prepare(store: Store, data: bytes, name: str = "") -> Prepared:
    """Make a file safe to show; takes time and memory, and no database. Raises as `put` does."""
    if not store.gate.acquire(timeout=_WAIT_S):
        raise TooMany(retry_after_s=10)
    try:
        return Prepared(sha256(data).digest(), len(data), images.read(data, store.most_bytes))
    except images.Refused as refused:
        raise _told(refused, name) from refused
    finally:
        store.gate.release()


def keep(tx: Tx, store: Store, actor: Actor, prepared: Prepared) -> tuple[Media, bool]:
    """Keep what was prepared, and whether it is new. The bytes are durable before the transaction can commit."""
    city, picture, position = actor.city, prepared.picture, prepared.picture.position
    store.blobs.put(key_of(city, prepared.digest, "full"), picture.full)
    store.blobs.put(key_of(city, prepared.digest, "thumb"), picture.thumb)
    taken = picture.taken_at
    if taken is not None and taken.tzinfo is None:
        taken = taken.replace(tzinfo=store.zone)
    values = {
        "city": city, "digest": prepared.digest, "bytes": prepared.bytes, "width": picture.width,
        "height": picture.height, "taken_at": taken, "lon": position.lon if position else None,
        "lat": position.lat if position else None, "datum": position.datum if position else None,
        "now": tx.now, "by": actor.id,
    }  # fmt: skip
    row = tx.execute(_sql()["keep"], {**values, "id": tx.new_id()}).fetchone()
    known = row or tx.execute(_sql()["by_digest"], values).fetchone()
    return _media(known), row is not None


def get(tx: Tx, city: str, id: str) -> Media:
    """One photo of a city. Raises `NotFound`."""
    row = tx.execute(_sql()["by_id"], {"city": city, "id": id}).fetchone() if _ID.fullmatch(id) else None
    if row is None:
        raise NotFound
    return _media(row)


def content(store: Store, media: Media, size: Size = "full") -> bytes:
    """A photo's JPEG, or its thumbnail's WebP. Raises `DataFolderUnusable` when the bytes are lost."""
    data = store.blobs.get(media.key(size))
    if data is None:
        raise DataFolderUnusable(f"The bytes of the photo {media.id} are gone; put `{media.key(size)}` back.")
    return data


def missing(tx: Tx, city: str, ids: Iterable[str]) -> list[str]:
    """Those of some ids that are no photos of the city, in their order; one query, none without ids."""
    wanted = list(dict.fromkeys(ids))
    plausible = [one for one in wanted if _ID.fullmatch(one)]
    if not plausible:
        return wanted
    present = {row.id for row in tx.execute(_sql()["present"], {"city": city, "ids": plausible})}
    return [one for one in wanted if one not in present]


def erase(tx: Tx, store: Store, city: str, ids: Sequence[str]) -> list[str]:
    """Erase photos for good, rows and bytes; those that were there. Last in its transaction, told by the caller.

    The bytes go first: should the commit fail, a photo is shown as lost, and never the other way round.
    """
    rows = sorted(tx.execute(_sql()["erase"], {"city": city, "ids": list(ids)}).fetchall())
    for row in rows:
        for size in SUFFIXES:
            store.blobs.delete(key_of(city, bytes(row.digest), size))
    return [row.id for row in rows]


def orphans(tx: Tx, store: Store, city: str, older_than_s: float = _UNFINISHED_S) -> list[str]:
    """Keys of bytes that no row belongs to: left by a process that was killed, or by a transaction undone.

    They do no harm; the same photo sent again takes them up.
    """
    lying = list(store.blobs.keys(city, older_than_s))
    digests = [bytes(row.digest) for row in tx.execute(_sql()["digests"], {"city": city})]
    owned = {key_of(city, digest, size) for digest in digests for size in SUFFIXES}
    return [key for key in lying if key not in owned]


def _told(refused: images.Refused, name: str) -> Invalid | TooLarge:
    """A refusal as an error that a person reads, with the file's name and nothing of its content."""
    file = "".join(sign for sign in re.split(r"[\\/]", name)[-1] if sign.isprintable())[-120:]
    error: dict[str, Any] = {"file": file, "field": "file", "reason": refused.reason, "why": refused.why}
    if refused.limits:
        error["limits"] = refused.limits
    detail = f"{file or 'The file'} {refused.why}."
    return (TooLarge if refused.reason == "too_many_bytes" else Invalid)(detail, errors=[error])


def _media(row: Any) -> Media:
    position = None if row.lon is None else Position(row.lon, row.lat, row.datum)
    return Media(
        row.id, row.city, bytes(row.digest), row.bytes, row.width, row.height, row.taken_at, position,
        row.created_at, row.created_by,
    )  # fmt: skip


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.media")
