"""Uploads in parts: what has come is kept, whatever breaks, and the rest goes on from there.

Bytes of a part are durable before the offset that counts them. The last part is never kept: with it the whole file is
looked at, and the offset reaches the end in the transaction that keeps the photo. So an upload is either complete and
has its photo, or its last part is to be sent once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, Invalid, NotFound, TooLarge, TooMany
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import service
from xiuhua.platform.media.model import Media
from xiuhua.platform.media.service import Store
from xiuhua.platform.sql import queries

PART: Final = 1024 * 1024
"""Bytes that are kept together: so much is lost at most when the process is killed."""
MOST_PARTS: Final = 500
"""Of one upload; a network that breaks after every few bytes must not make endless many."""
MOST_AT_ONCE: Final = 20
"""Unfinished uploads of one person."""
_BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Upload:
    """How far an upload has come."""

    id: str
    name: str
    length: int
    received: int
    """Bytes that are durable: where to go on."""
    parts: tuple[str, ...]
    expires_at: datetime
    media: str | None
    """The photo, once it is complete."""


def begin(tx: Tx, store: Store, actor: Actor, length: int, name: str = "") -> Upload:
    """A new upload of so many bytes. Raises `Invalid`, `TooLarge`, `TooMany`."""
    if length < 1:
        raise Invalid(errors=[{"field": "Upload-Length", "reason": "empty_file", "why": "is empty"}])
    if length > store.most_bytes:
        limits = {"mib": store.most_bytes >> 20}
        raise TooLarge(errors=[{"field": "Upload-Length", "reason": "too_many_bytes", "limits": limits}])
    values = {
        "city": actor.city, "id": tx.new_id(), "account": actor.id, "name": name[-120:].replace("\0", ""),
        "length": length, "now": tx.now, "expires_at": tx.now + timedelta(hours=store.upload_hours),
        "most": MOST_AT_ONCE,
    }  # fmt: skip
    row = tx.execute(_sql()["begin_upload"], values).fetchone()
    if row is None:
        raise TooMany("So many uploads are not finished; finish or end one of them.", retry_after_s=60)
    return _upload(row)


def get(tx: Tx, actor: Actor, id: str) -> Upload:
    """An upload of one's own that has not expired. Raises `NotFound`."""
    values = {"city": actor.city, "id": id, "account": actor.id, "now": tx.now}
    row = tx.execute(_sql()["get_upload"], values).fetchone()
    if row is None:
        raise NotFound
    return _upload(row)


def key_of(city: str, upload: Upload, offset: int, once: str) -> str:
    """Where a part is kept: two who send the same part at once never touch each other's."""
    return f"{city}/uploads/{upload.id}/{offset:09}-{once}"


def advance(tx: Tx, actor: Actor, upload: Upload, parts: Sequence[str], size: int) -> Upload:
    """Count bytes that were kept. Raises `Conflict` when somebody else has gone on meanwhile, `TooMany`."""
    if len(upload.parts) + len(parts) > MOST_PARTS:
        raise TooMany("The upload came in too many pieces; begin it anew.", retry_after_s=1)
    values = {
        "city": actor.city, "id": upload.id, "account": actor.id, "from": upload.received, "size": size,
        "parts": list(parts), "now": tx.now,
    }  # fmt: skip
    row = tx.execute(_sql()["advance_upload"], values).fetchone()
    if row is None:
        raise Conflict
    return _upload(row)


def finish(
    database: Database, store: Store, actor: Actor, upload: Upload, parts: Sequence[str], last: bytes
) -> tuple[Upload, Media]:
    """Make the photo of all parts and the last bytes. Raises as `service.put` does, and `Conflict`.

    A file that is refused stays as it is until it is ended or expires: to send its end once more changes nothing.
    """
    kept = [store.blobs.get(key) for key in (*upload.parts, *parts)]
    if None in kept:
        raise Conflict("A part of the upload is lost; begin it anew.")
    data = b"".join([*(one for one in kept if one is not None), last])
    prepared = service.prepare(store, data, upload.name)
    with database.transaction() as tx:
        media, _ = service.keep(tx, store, actor, prepared)
        values = {"city": actor.city, "id": upload.id, "from": upload.received, "media": media.id}
        row = tx.execute(_sql()["finish_upload"], values).fetchone()
        if row is None:
            raise Conflict
        done = _upload(row)
    store.blobs.delete([*upload.parts, *parts])
    return done, media


def end(tx: Tx, store: Store, actor: Actor, id: str) -> None:
    """Give an upload up; its bytes go. Raises `NotFound`."""
    upload = get(tx, actor, id)
    tx.execute(_sql()["end_upload"], {"city": actor.city, "id": upload.id})
    store.blobs.delete(upload.parts)


def expire(database: Database, store: Store) -> int:
    """Give up what was not finished in time, and forget what was; returns how many."""
    with database.transaction() as tx:
        rows = tx.execute(_sql()["expired_uploads"], {"now": tx.now, "limit": _BATCH}).fetchall()
        for row in rows:
            store.blobs.delete(row.parts)
            tx.execute(_sql()["end_upload"], {"city": row.city, "id": row.id})
    return len(rows)


def _upload(row: Any) -> Upload:
    return Upload(row.id, row.name, row.length, row.received, tuple(row.parts), row.expires_at, row.media)


def _sql() -> dict[str, Any]:
    return queries("xiuhua.platform.media")
