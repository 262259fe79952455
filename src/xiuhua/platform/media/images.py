"""From a file that somebody sent to a picture that can be shown: pixels only, upright, of a sensible size. Pure.

Nothing of the file itself is kept: what is shown was written by us, so that whatever hides in a file (a page, a
script, an archive, a second picture, a position) is gone. What a file is, its first bytes tell, never its name.
"""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from typing import Final

from PIL import Image

from xiuhua.platform.media import exif
from xiuhua.platform.media.looks import look_of
from xiuhua.platform.media.model import Picture, Refused

MOST_BYTES: Final = 20 * 1024 * 1024
LONGEST_SIDE: Final = 2048
THUMB_SIDE: Final = 320
MOST_PIXELS: Final = {"JPEG": 80_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""Of the file as it came: a JPEG can be decoded at a fraction of its size, the others take 4 bytes a pixel."""
_JPEG_QUALITY: Final = 85
_THUMB_QUALITY: Final = 75
_GAP: Final = 2.0
"""How much larger than wanted a picture is left by the fast first step of making it smaller."""

_MOST_SCANS: Final = 100
"""Of a progressive JPEG; cameras and programs make about ten. Each may be 200 bytes and cost a pass over all pixels."""
_MARKER: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""In a JPEG's pixel data FF stands only before 00 and D0–D7 (ITU-T T.81, B.1.1.2)."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_SIGNS: Final = (
    (0, b"\xff\xd8\xff", "JPEG"), (0, b"\x89PNG\r\n\x1a\n", "PNG"), (8, b"WEBP", "WEBP"), (0, b"GIF8", "GIF"),
    (4, b"ftyphei", "HEIC"), (4, b"ftyphev", "HEIC"), (4, b"ftypmif1", "HEIC"), (4, b"ftypmsf1", "HEIC"),
    (4, b"ftypavi", "AVIF"), (4, b"ftyp", "MP4"), (0, b"II*\0", "TIFF"), (0, b"MM\0*", "TIFF"), (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"), (0, b"PK\3\4", "ZIP"), (0, b"MZ", "EXE"), (0, b"\x7fELF", "ELF"),
    (0, b"\x1a\x45\xdf\xa3", "WebM"),
    (8, b"WAVE", "WAV"), (0, b"OggS", "Ogg"), (0, b"ID3", "MP3"), (0, b"\x1f\x8b", "GZIP"), (0, b"Rar!", "RAR"),
    (0, b"8BPS", "PSD"), (0, b"\0\0\1\0", "ICO"), (0, b"\xff\x0a", "JPEG XL"), (0, b"%!PS", "PostScript"),
)  # fmt: skip
"""Place and bytes by which a kind of file is known; those that are not taken are known by name at least."""
_MARKUP: Final = re.compile(rb"<(svg|html|script|head|body)\b", re.IGNORECASE)
"""What makes a text that begins with `<` a page or a drawing to a browser."""
_HEAD: Final = 4096
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SMOOTH: Final = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})
"""Modes that can be made smaller as they are; a palette cannot."""
_DAMAGED: Final = (
    OSError, ValueError, TypeError, SyntaxError, LookupError, ArithmeticError, RuntimeError, MemoryError, EOFError,
    AttributeError, struct.error, zlib.error,
)  # fmt: skip
"""What a decoder may raise over a file made to hurt it."""


def read(data: bytes, most_bytes: int = MOST_BYTES) -> Picture:
    """A file as a picture; about a quarter of a second for 12 megapixels. Raises `Refused`, and nothing else."""
    demand_size(data, most_bytes)
    kind = _kind(data)
    if kind == "JPEG" and _scans(data) > _MOST_SCANS:
        raise Refused("damaged", f"has more than {_MOST_SCANS} scans")
    try:
        with Image.open(BytesIO(data), formats=(kind,)) as image:
            _demand_usable(image, kind)
            return _picture(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(kind) from error
    except _DAMAGED as error:
        if _is_cut_off(kind, data, error):
            raise Refused("truncated", "is cut off: its end is missing") from error
        raise Refused("damaged", f"cannot be read as {kind}") from error


def demand_size(data: bytes, most_bytes: int) -> None:
    """Neither empty nor too large. Raises `Refused`."""
    if not data:
        raise Refused("empty_file", "is empty")
    if len(data) > most_bytes:
        most = most_bytes >> 20
        raise Refused("too_many_bytes", f"is larger than {most} MiB", mib=most)


def _kind(data: bytes) -> str:
    """What a file is by its first bytes, if it is taken."""
    found = next((kind for place, sign, kind in _SIGNS if data.startswith(sign, place)), "")
    if found == "WEBP" and not data.startswith(b"RIFF"):
        found = ""
    if found in _FORMATS:
        return found
    if not found and data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"<"):
        text = _MARKUP.search(data[:_HEAD])
        found = "XML" if text is None else "SVG" if text[1].lower() == b"svg" else "HTML"
    raise Refused("picture_type", f"is {found or 'no picture'}; JPEG, PNG and WebP are taken", found=found or "?")


def _scans(data: bytes) -> int:
    """How often a JPEG goes over its pixels, up to its end mark: what lies behind that is not decoded."""
    number, place = 0, 2
    while number <= _MOST_SCANS and (found := _MARKER.search(data, place)) is not None and found[1] != b"\xd9":
        number += found[1] == b"\xda"
        place = found.end() + max(2, int.from_bytes(data[found.end() : found.end() + 2]))
    return number


def _demand_usable(image: Image.Image, kind: str) -> None:
    """What the header alone tells, before memory is taken for pixels."""
    pixels = image.width * image.height
    if pixels == 0:
        raise Refused("damaged", "has no pixels")
    if pixels > MOST_PIXELS[kind]:
        raise _too_many(kind)
    # A phone's JPEG may hold further pictures behind the first (previews, depth); those are no animation.
    if kind != "JPEG" and getattr(image, "is_animated", False):
        raise Refused("animated", "moves; send a single picture")


def _too_many(kind: str) -> Refused:
    most = MOST_PIXELS[kind] // 1_000_000
    return Refused("too_many_pixels", f"has more than {most} megapixels", megapixels=most)


def _picture(image: Image.Image, kind: str) -> Picture:
    told = exif.read(image)
    if image.mode in _SMOOTH:
        _shrink(image, LONGEST_SIDE)  # a JPEG is decoded at a half, a quarter or an eighth where that is enough
    shown = _flat(image)
    _shrink(shown, LONGEST_SIDE)
    if told.orientation in _TURNS:
        shown = shown.transpose(_TURNS[told.orientation])
    shown.info.clear()  # comments and profiles would go into the new files
    full = _saved(shown, "JPEG", quality=_JPEG_QUALITY)
    width, height = shown.size
    _shrink(shown, THUMB_SIDE)
    thumb = _saved(shown, "WEBP", quality=_THUMB_QUALITY)
    return Picture(width, height, full, thumb, told.position, told.taken_at, look_of(shown))


def _shrink(image: Image.Image, side: int) -> None:
    image.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=_GAP)


def _flat(image: Image.Image) -> Image.Image:
    """RGB of 8 bits; what is transparent becomes white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    above = image.convert("RGBA")
    below = Image.new("RGB", image.size, "white")
    below.paste(above, mask=above)
    return below


def _saved(image: Image.Image, kind: str, quality: int) -> bytes:
    target = BytesIO()
    image.save(target, kind, quality=quality)
    return target.getvalue()


def _is_cut_off(kind: str, data: bytes, error: BaseException) -> bool:
    """Whether the end is missing, so that sending the file once more may help."""
    if kind == "PNG":
        return b"IEND" not in data[-64:]
    if kind == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    return "truncated" in str(error)
