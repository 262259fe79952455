"""One request's part of an upload on its way in: kept megabyte by megabyte, counted once it may be."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any, Final

from xiuhua.platform.database import Database
from xiuhua.platform.errors import Conflict, Invalid, TooLarge, TooMany
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import uploads
from xiuhua.platform.media.service import Store
from xiuhua.platform.media.uploads import Upload

MISMATCH: Final = 460
"""Checksum Mismatch, a status of tus."""


@dataclass(slots=True)
class Receiving:
    """Bytes that come in from the offset of an upload on.

    With a checksum nothing counts before all of the request is there and right; without, each megabyte does.
    """

    database: Database
    store: Store
    actor: Actor
    upload: Upload
    checksum: tuple[Any, bytes] | None = None
    """A digest that is fed, and what it must come to."""
    _waiting: bytearray = field(default_factory=bytearray)
    _kept: list[str] = field(default_factory=list)
    """Keys that do not count yet."""
    _kept_size: int = 0

    def add(self, piece: bytes) -> bool:
        """Take a piece; whether there is enough to be kept. Raises `TooLarge` beyond the length that was told."""
        self._waiting += piece
        if self.checksum is not None:
            self.checksum[0].update(piece)
        if self._end > self.upload.length:
            self._forget()
            raise TooLarge("More bytes come than the upload was to have.")
        return len(self._waiting) >= uploads.PART and self._end < self.upload.length

    @property
    def _end(self) -> int:
        return self.upload.received + self._kept_size + len(self._waiting)

    def keep(self) -> None:
        """Make durable what is waiting. Raises `Conflict` when somebody else goes on with the same upload."""
        if not self._waiting:
            return
        offset = self.upload.received + self._kept_size
        key = uploads.key_of(self.actor.city, self.upload, offset, self.database.clock.new_id())
        self.store.blobs.put(key, bytes(self._waiting))
        self._kept.append(key)
        self._kept_size += len(self._waiting)
        self._waiting.clear()
        if self.checksum is None:
            self._count()

    def broken(self) -> None:
        """The connection is gone: what has come is kept, unless a checksum leaves open whether it is right."""
        if self.checksum is not None:
            self._forget()
        elif self._end < self.upload.length:
            self.keep()

    def end(self) -> Upload:
        """All of the request is there. Raises what the file is refused for, `Conflict`, `Invalid` (checksum)."""
        if self.checksum is not None and not hmac.compare_digest(self.checksum[0].digest(), self.checksum[1]):
            self._forget()
            raise Invalid("The checksum does not fit; send the part again.", status=MISMATCH)
        if self.upload.media is None and self._end == self.upload.length:
            done, _ = uploads.finish(
                self.database, self.store, self.actor, self.upload, self._kept, bytes(self._waiting)
            )
            return done
        self.keep()
        self._count()
        return self.upload

    def _count(self) -> None:
        if not self._kept:
            return
        try:
            with self.database.transaction() as tx:
                self.upload = uploads.advance(tx, self.actor, self.upload, self._kept, self._kept_size)
        except (Conflict, TooMany):
            self._forget()
            raise
        self._kept, self._kept_size = [], 0

    def _forget(self) -> None:
        self.store.blobs.delete(self._kept)
        self._kept, self._kept_size = [], 0
