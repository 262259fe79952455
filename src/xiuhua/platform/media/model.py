"""What is known of a photo, and the port to where its bytes are kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Size = Literal["full", "thumb"]
SUFFIXES: dict[Size, str] = {"full": ".jpg", "thumb": ".webp"}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a camera says that it stood: degrees, east and north positive, as they stand in the file."""

    lon: float
    lat: float
    datum: str | None = None
    """The camera's own note, such as `WGS-84`; None where it says nothing, as most do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo made safe: only pixels are left in the two files, what the camera told stands beside them."""

    width: int
    height: int
    """Pixels of `full`, turned the right way up."""
    full: bytes
    """JPEG."""
    thumb: bytes
    """WebP."""
    position: Position | None = None
    taken_at: datetime | None = None
    """Naive where the camera did not tell its offset from UTC."""


@dataclass(frozen=True, slots=True)
class Media:
    """A photo that is kept, as its row tells of it."""

    id: str
    city: str
    digest: bytes
    """SHA-256 of the file as it came; the same file is kept once per city."""
    bytes: int
    """Of the file as it came."""
    width: int
    height: int
    taken_at: datetime | None
    position: Position | None
    created_at: datetime
    created_by: str

    def key(self, size: Size = "full") -> str:
        """Where its bytes are kept."""
        return key_of(self.city, self.digest, size)


def key_of(city: str, digest: bytes, size: Size = "full") -> str:
    """`990101/ab/cd/abcd….jpg`. The city comes first: its photos can be counted, moved and erased alone."""
    name = digest.hex()
    return f"{city}/{name[:2]}/{name[2:4]}/{name}{SUFFIXES[size]}"


class Blobs(Protocol):
    """Where bytes are kept by key; whatever lies there can be made anew only from the original file."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes: whole and durable when it returns, or not at all. Replaces what was there."""

    def get(self, key: str) -> bytes | None:
        """The bytes of a key; None when there are none."""

    def has(self, key: str) -> bool:
        """Whether a key holds bytes."""

    def delete(self, key: str) -> None:
        """Take the bytes of a key away for good; nothing happens when there are none."""

    def keys(self, prefix: str, older_than_s: float) -> Iterator[str]:
        """Keys below a prefix whose bytes have lain there for that long, half-written ones included."""
