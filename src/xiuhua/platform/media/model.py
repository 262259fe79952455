"""What is known of a photo, and the port to where its bytes are kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Protocol

Size = Literal["full", "thumb"]
Kind = Literal["photo", "video", "audio"]
SUFFIXES: Final[dict[Size, str]] = {"full": ".jpg", "thumb": ".webp"}
RAW: Final = ".bin"
"""Of recordings: no program opens it by its name."""


class Refused(Exception):
    """A file that is not taken: `reason` is stable, `why` for people, `limits` the numbers in it."""

    def __init__(self, reason: str, why: str, **limits: int | str) -> None:
        self.reason, self.why, self.limits = reason, why, limits
        super().__init__(why)


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
    look: int | None = None
    """See `looks`."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Picture or sound that is kept as it came, but for what it tells beside."""

    kind: Literal["video", "audio"]
    type: str
    """Media type (RFC 6838)."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or recording that is kept, as its row tells of it."""

    id: str
    city: str
    kind: Kind
    type: str
    digest: bytes
    """SHA-256 of the file as it came; the same file is kept once per city."""
    bytes: int
    """Of the file as it came."""
    width: int | None
    height: int | None
    """None of a recording."""
    taken_at: datetime | None
    position: Position | None
    look: int | None
    created_at: datetime
    created_by: str

    def keys(self) -> list[str]:
        """Where all its bytes are kept."""
        return keys_of(self.city, self.digest, self.kind)

    def key(self, size: Size = "full") -> str:
        """Where the bytes of one size are kept."""
        return key_of(self.city, self.digest, SUFFIXES[size] if self.kind == "photo" else RAW)


def key_of(city: str, digest: bytes, suffix: str = SUFFIXES["full"]) -> str:
    """`990101/ab/cd/abcd….jpg`. The city comes first: its photos can be counted, moved and erased alone."""
    name = digest.hex()
    return f"{city}/{name[:2]}/{name[2:4]}/{name}{suffix}"


def keys_of(city: str, digest: bytes, kind: Kind | None = None) -> list[str]:
    """Every key that belongs to a file; without a kind all that it might have."""
    photo, raw = list(SUFFIXES.values()), [RAW]
    suffixes = {"photo": photo, "video": raw, "audio": raw, None: photo + raw}[kind]
    return [key_of(city, digest, suffix) for suffix in suffixes]


_KEY: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)


def checked(key: str) -> bool:
    """Whether a text may be a key: no way up, no hidden name, nothing that one store takes and another does not."""
    return _KEY.fullmatch(key) is not None and len(key) <= 500


class Blobs(Protocol):
    """Where bytes are kept by key; whatever lies there can be made anew only from the original file."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes: whole and durable when it returns, or not at all. Replaces what was there."""

    def get(self, key: str) -> bytes | None:
        """The bytes of a key; None when there are none."""

    def has(self, key: str) -> bool:
        """Whether a key holds bytes."""

    def delete(self, keys: Sequence[str]) -> None:
        """Take bytes away for good; keys that hold none are passed over."""

    def keys(self, prefix: str, older_than_s: float) -> Iterator[str]:
        """Keys below a prefix whose bytes have lain there for that long, half-written ones included."""
