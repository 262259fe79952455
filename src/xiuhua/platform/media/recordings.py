"""Recordings of picture and sound (MP4, MOV, M4A, WAV): looked through box by box, kept as they came. Pure.

Nothing here decodes them, so nothing here can be hurt by them, and nothing is known of what they show. What they say
beside it (position, owner, comments: `udta`, `meta`, `uuid` of ISO/IEC 14496-12; `LIST` and others of RIFF) is
overwritten by zeros in its place, so that no offset moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xiuhua.platform.media.model import Recording, Refused

_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4A ", b"qt  ", b"3gp4",
     b"3gp5", b"3gp6", b"mmp4", b"MSNV"}
)  # fmt: skip
_INSIDE: Final = frozenset({b"moov", b"trak", b"mdia"})
_TOLD: Final = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"})
_MOST_BOXES: Final = 20_000
_WAV_KEPT: Final = frozenset({b"fmt ", b"data", b"fact"})
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_TAIL: Final = 65_557
"""Bytes from the end in which the directory of a ZIP must end (APPNOTE 4.3.16)."""


def is_one(data: bytes) -> bool:
    """Whether the first bytes are those of a recording that can be taken."""
    return (data[4:8] == b"ftyp" and data[8:12] in _BRANDS) or (data[:4] == b"RIFF" and data[8:12] == b"WAVE")


def read(data: bytes) -> Recording:
    """A file as a recording. Raises `Refused`."""
    if _hides(data):
        raise Refused("hidden_file", "holds another file")
    return _wave(data) if data[:4] == b"RIFF" else _film(data)


def _hides(data: bytes) -> bool:
    """Whether the file is an archive or a document as well: what reads those looks at these places."""
    place = data.find(_ZIP_END, max(0, len(data) - _ZIP_TAIL))
    while place >= 0:
        if place + 22 + int.from_bytes(data[place + 20 : place + 22], "little") == len(data):
            return True
        place = data.find(_ZIP_END, place + 1)
    head = data[:1024].lower()
    return b"%pdf-" in head or b"<html" in head or b"<script" in head or b"<svg" in head


def _film(data: bytes) -> Recording:
    kept = bytearray(data)
    names: set[bytes] = set()
    handlers: set[bytes] = set()
    for name, start, body, end in _boxes(data, 0, len(data)):
        names.add(name)
        if name in _TOLD:
            kept[body:end] = bytes(end - body)
            if name in (b"udta", b"meta", b"uuid"):
                kept[start + 4 : start + 8] = b"free"
        if name == b"hdlr":
            handlers.add(data[body + 8 : body + 12])
    if not {b"ftyp", b"moov", b"mdat"} <= names or not handlers & {b"vide", b"soun"}:
        raise Refused("damaged", "holds no picture and no sound")
    film = b"vide" in handlers
    return Recording("video" if film else "audio", "video/mp4" if film else "audio/mp4", bytes(kept))


def _boxes(data: bytes, begin: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Every box and what stands in it: name, start, start of its content, end. They must fill their room exactly."""
    left = _MOST_BOXES
    rooms = [(begin, end)]
    while rooms:
        place, end = rooms.pop()
        while place < end:
            size, name, body = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], place + 8
            if size == 1:
                size, body = int.from_bytes(data[place + 8 : place + 16]), place + 16
            elif size == 0 and end == len(data):
                size = end - place
            left -= 1
            if size < body - place or place + size > end or left < 0:
                short = place + size > len(data) or len(data) - place < 8
                raise Refused(*(_CUT_OFF if short else ("damaged", "cannot be read as MP4")))
            yield name, place, body, place + size
            if name in _INSIDE:
                rooms.append((body, place + size))
            place += size


_CUT_OFF: Final = ("truncated", "is cut off: its end is missing")


def _wave(data: bytes) -> Recording:
    kept, place = bytearray(data), 12
    names: set[bytes] = set()
    stated = int.from_bytes(data[4:8], "little") + 8
    if stated > len(data):
        raise Refused(*_CUT_OFF)
    while place + 8 <= stated:
        name, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + size
        if end > stated or len(names) > _MOST_BOXES:
            raise Refused("damaged", "cannot be read as WAV")
        names.add(name)
        if name not in _WAV_KEPT:
            kept[place : place + 4] = b"JUNK"
            kept[place + 8 : end] = bytes(size)
        place = end + size % 2
    if stated != len(data) or place < stated or not {b"fmt ", b"data"} <= names:
        raise Refused("damaged", "cannot be read as WAV")
    return Recording("audio", "audio/wav", bytes(kept))
