"""Photos and recordings are taken in and found; the bytes are kept before the row is, so what has a row is there."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any, Final, NamedTuple

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import DataFolderUnusable, Invalid, NotFound, TooLarge, TooMany
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import images, looks, recordings, uses
from xiuhua.platform.media.model import (
    RAW,
    SUFFIXES,
    Blobs,
    Kind,
    Media,
    Picture,
    Position,
    Recording,
    Refused,
    Size,
    key_of,
    keys_of,
)  # fmt: skip
from xiuhua.platform.sql import queries

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WAIT_S: Final = 20.0
_MOST_ALIKE: Final = 20
"""Told of one photo."""
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
    recordings: bool = False
    """Whether they are taken beside photos."""
    upload_hours: int = 24
    """How long an upload may take."""
    sees: uses.Sees = uses.sees_none
    """Whether a person sees any of the subjects that name a photo; the room that knows the subjects gives it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be kept."""

    digest: bytes
    bytes: int
    content: Picture | Recording


def files_of(content: Picture | Recording) -> dict[str, bytes]:
    """What is written, by the ending of its key."""
    if isinstance(content, Recording):
        return {RAW: content.data}
    return {SUFFIXES["full"]: content.full, SUFFIXES["thumb"]: content.thumb}


def put(tx: Tx, store: Store, actor: Actor, data: bytes, name: str = "") -> Media:
    """Keep a photo; the same file once more gives the same `Media`. `name` only tells errors apart.

    Raises `Invalid` with the reason, `TooLarge`, `TooMany`, `DataFolderUnusable`.
    """
    known = find(tx, store, actor.city, sha256(data).digest())
    if known is None:
        return keep(tx, store, actor, prepare(store, data, name))[0]
    uses.sent_in(tx, actor, known.id)
    return known


def upload(database: Database, store: Store, actor: Actor, data: bytes, name: str = "") -> tuple[Media, bool]:
    """The same as `put`, and whether it is new, without holding a connection while the picture is worked on."""
    with database.transaction() as tx:
        known = find(tx, store, actor.city, sha256(data).digest())
        if known is not None:
            uses.sent_in(tx, actor, known.id)
            return known, False
    prepared = prepare(store, data, name)
    with database.transaction() as tx:
        return keep(tx, store, actor, prepared)


def find(tx: Tx, store: Store, city: str, digest: bytes) -> Media | None:
    """The city's photo of a file, by SHA-256; None as well when its bytes are lost, so that they are made again."""
    row = tx.execute(_sql()["by_digest"], {"city": city, "digest": digest}).fetchone()
    if row is None or not all(map(store.blobs.has, keys_of(city, digest, row.kind))):
        return None
    return media_of(row)


def prepare(store: Store, data: bytes, name: str = "") -> Prepared:
    """Make a file safe to show; takes time and memory, and no database. Raises as `put` does."""
    if not store.gate.acquire(timeout=_WAIT_S):
        raise TooMany(retry_after_s=10)
    try:
        return Prepared(sha256(data).digest(), len(data), _read(store, data))
    except Refused as refused:
        raise told(refused, name) from refused
    finally:
        store.gate.release()


def _read(store: Store, data: bytes) -> Picture | Recording:
    if store.recordings and recordings.is_one(data):
        images.demand_size(data, store.most_bytes)
        return recordings.read(data)
    return images.read(data, store.most_bytes)


def keep(tx: Tx, store: Store, actor: Actor, prepared: Prepared) -> tuple[Media, bool]:
    """Keep what was prepared, and whether it is new. The bytes are durable before the transaction can commit."""
    city, digest = actor.city, prepared.digest
    # Held to the end, so that nobody takes away the bytes of an erased photo while the same file comes again.
    tx.execute(_sql()["claim_digest"], {"city": city, "digest": digest})
    for suffix, data in files_of(prepared.content).items():
        store.blobs.put(key_of(city, digest, suffix), data)
    values = {"city": city, "digest": digest, "bytes": prepared.bytes, "now": tx.now, "by": actor.id}
    row = tx.execute(_sql()["keep"], {**values, "id": tx.new_id(), **_columns(prepared.content, store.zone)}).fetchone()
    known = media_of(row or tx.execute(_sql()["by_digest"], values).fetchone())
    uses.sent_in(tx, actor, known.id)
    return known, row is not None


def _columns(content: Picture | Recording, zone: tzinfo) -> dict[str, Any]:
    """What a row tells of the content."""
    if isinstance(content, Recording):
        nothing = dict.fromkeys(("width", "height", "taken_at", "lon", "lat", "datum", "look"))
        return {"kind": content.kind, "type": content.type, **nothing}
    position, taken = content.position, content.taken_at
    if taken is not None and taken.tzinfo is None:
        taken = taken.replace(tzinfo=zone)
    kind: Kind = "photo"
    return {
        "kind": kind, "type": "image/jpeg", "width": content.width, "height": content.height, "taken_at": taken,
        "lon": position.lon if position else None, "lat": position.lat if position else None,
        "datum": position.datum if position else None, "look": content.look,
    }  # fmt: skip


def get(tx: Tx, city: str, id: str) -> Media:
    """One photo or recording of a city, whoever asks. Raises `NotFound`."""
    row = tx.execute(_sql()["by_id"], {"city": city, "id": id}).fetchone() if _ID.fullmatch(id) else None
    if row is None:
        raise NotFound
    return media_of(row)


def of_ids(tx: Tx, city: str, ids: Sequence[str]) -> dict[str, Media | None]:
    """Several by id; None for one that is erased, unknown ids are missing."""
    wanted = [one for one in dict.fromkeys(ids) if _ID.fullmatch(one)]
    if not wanted:
        return {}
    rows = tx.execute(_sql()["by_ids"], {"city": city, "ids": wanted})
    return {row.id: None if row.erased_at is not None else media_of(row) for row in rows}


def seen(tx: Tx, store: Store, actor: Actor, id: str) -> Media:
    """The same for a person: who sent it in, and who may read a subject that names it. Raises `NotFound`."""
    media = get(tx, actor.city, id)
    if not uses.is_seen(tx, actor, media.id, store.sees):
        raise NotFound
    return media


class Alike(NamedTuple):
    """An earlier photo that looks like one asked for, and a case that names it."""

    asked: str
    media: str
    case: str
    at: datetime
    bits: int


def alike(tx: Tx, city: str, case: str, ids: Sequence[str]) -> list[Alike]:
    """Photos that other cases name: the very same, or of the same sender and looking the same; the latest first."""
    if not ids:
        return []
    values = {"city": city, "case": case, "ids": list(dict.fromkeys(ids)), "near": looks.NEAR, "limit": _MOST_ALIKE}
    return [Alike(*row) for row in tx.execute(_sql()["alike"], values)]


def bits_apart(one: Media | None, other: Media | None) -> int | None:
    """In how many bits the looks of two photos differ; None where they are not alike."""
    if one is None or other is None or one.look is None or other.look is None:
        return None
    bits = looks.apart(one.look, other.look)
    return bits if bits <= looks.NEAR else None


def content(store: Store, media: Media, size: Size = "full") -> bytes:
    """A photo's JPEG or its thumbnail's WebP, or a recording. Raises `NotFound` for the thumbnail of a recording,
    `DataFolderUnusable` when the bytes are lost.
    """
    if size == "thumb" and media.kind != "photo":
        raise NotFound
    data = store.blobs.get(media.key(size))
    if data is None:
        raise DataFolderUnusable(f"The bytes of the photo {media.id} are gone; put `{media.key(size)}` back.")
    return data


def orphans(tx: Tx, store: Store, city: str, older_than_s: float = _UNFINISHED_S) -> list[str]:
    """Keys of bytes that no row belongs to: left by a process that was killed, or by a transaction undone.

    They do no harm; the same photo sent again takes them up.
    """
    lying = list(store.blobs.keys(city, older_than_s))
    digests = [bytes(row.digest) for row in tx.execute(_sql()["digests"], {"city": city})]
    owned = {key for digest in digests for key in keys_of(city, digest)}
    owned |= {part for row in tx.execute(_sql()["parts"], {"city": city}) for part in row.parts}
    return [key for key in lying if key not in owned]


def told(refused: Refused, name: str) -> Invalid | TooLarge:
    """A refusal as an error that a person reads, with the file's name and nothing of its content."""
    file = "".join(sign for sign in re.split(r"[\\/]", name)[-1] if sign.isprintable())[-120:]
    error: dict[str, Any] = {"file": file, "field": "file", "reason": refused.reason, "why": refused.why}
    if refused.limits:
        error["limits"] = refused.limits
    detail = f"{file or 'The file'} {refused.why}."
    return (TooLarge if refused.reason == "too_many_bytes" else Invalid)(detail, errors=[error])


def media_of(row: Any) -> Media:
    """A row of the table `media`."""
    position = None if row.lon is None else Position(row.lon, row.lat, row.datum)
    return Media(
        row.id, row.city, row.kind, row.type, bytes(row.digest), row.bytes, row.width, row.height, row.taken_at,
        position, row.look, row.created_at, row.created_by,
    )  # fmt: skip


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.media")
