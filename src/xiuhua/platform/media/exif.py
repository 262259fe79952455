"""What a camera wrote beside the pixels (Exif 2.32): which way is up, where it stood, when it was.

Anything may stand there; what cannot be believed counts as not said, and never makes a photo unusable.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, Final

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from xiuhua.platform.media.model import Position

_BROKEN: Final = (OSError, ValueError, TypeError, SyntaxError, LookupError, ArithmeticError, struct.error)
_WRITTEN: Final = re.compile(r"\d{4}(:\d\d){2} \d\d(:\d\d){2}", re.ASCII)
_OFFSET: Final = re.compile(r"[+-]\d\d:\d\d|Z", re.ASCII)
_YEARS: Final = range(1990, 2100)
_LONGEST_NOTE: Final = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What the camera tells."""

    orientation: int = 1
    """1 to 8; 1 is upright (Exif tag 0x0112)."""
    position: Position | None = None
    taken_at: datetime | None = None


def read(image: Image.Image) -> Told:
    """What stands in a picture that was opened; nothing where it cannot be read."""
    try:
        tags = image.getexif()
        inner, place = tags.get_ifd(IFD.Exif), tags.get_ifd(IFD.GPSInfo)
    except _BROKEN:
        return Told()
    turned = tags.get(Base.Orientation)
    orientation = turned if isinstance(turned, int) and 1 <= turned <= 8 else 1
    return Told(orientation, _position(place), _taken(inner) or _fixed(place))


def _position(place: Mapping[int, Any]) -> Position | None:
    lat = _degrees(place.get(GPS.GPSLatitude), place.get(GPS.GPSLatitudeRef), "NS", 90)
    lon = _degrees(place.get(GPS.GPSLongitude), place.get(GPS.GPSLongitudeRef), "EW", 180)
    if lat is None or lon is None or lat == lon == 0:
        return None  # zeros stand for "no fix"; that place lies in the sea
    return Position(lon, lat, _note(place.get(GPS.GPSMapDatum)))


def _degrees(values: Any, side: Any, sides: str, most: int) -> float | None:
    """Degrees, minutes, seconds and a letter as one number; without the letter nobody knows which half is meant."""
    if not isinstance(values, tuple) or len(values) != 3 or not isinstance(side, str):
        return None
    sign = {sides[0]: 1, sides[1]: -1}.get(side.strip("\0 ").upper())
    try:
        degrees, minutes, seconds = (float(one) for one in values)
    except _BROKEN:
        return None
    number = degrees + minutes / 60 + seconds / 3600
    if sign is None or not isfinite(number) or not (0 <= minutes <= 60 and 0 <= seconds <= 60 and 0 <= number <= most):
        return None
    return round(sign * number, 7)


def _note(value: Any) -> str | None:
    text = value.strip("\0 ") if isinstance(value, str) else ""
    return text if text and len(text) <= _LONGEST_NOTE and text.isprintable() else None


def _taken(inner: Mapping[int, Any]) -> datetime | None:
    """When the shutter was pressed, by the camera's clock; with its offset where it tells one."""
    offset = inner.get(Base.OffsetTimeOriginal)
    given = offset.strip("\0 ") if isinstance(offset, str) else ""
    return _moment(inner.get(Base.DateTimeOriginal), given if _OFFSET.fullmatch(given) else "")


def _fixed(place: Mapping[int, Any]) -> datetime | None:
    """When the position was found: for want of anything better, since a position may be old."""
    clock = place.get(GPS.GPSTimeStamp)
    if not isinstance(clock, tuple) or len(clock) != 3:
        return None
    try:
        hour, minute, second = (int(one) for one in clock)
    except _BROKEN:
        return None
    return _moment(f"{place.get(GPS.GPSDateStamp)} {hour:02}:{minute:02}:{second:02}", "+00:00")


def _moment(value: Any, offset: str) -> datetime | None:
    """`2026:03:02 09:00:00` as Exif writes it; naive without an offset."""
    text = value.strip("\0 ") if isinstance(value, str) else ""
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text.replace(":", "-", 2) + offset)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
