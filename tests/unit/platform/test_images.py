"""Pictures as people send them, and files that only pretend to be pictures."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from xiuhua.platform.media import images
from xiuhua.platform.media.model import Position, Refused

# Pillow warns of broken metadata; whoever sends such files shall not decide what our log says.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
RED, BLUE = (220, 30, 30), (30, 30, 220)
TAKEN = {0x9003: "2026:03:02 09:30:00"}
HERE = {1: "N", 2: (29.0, 6.0, 16.2), 3: "E", 4: (105.0, 18.0, 44.28)}


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def halves(width: int = 80, height: int = 40) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def with_exif(
    taken: dict[int, Any] | None = None, place: dict[int, Any] | None = None, orientation: Any = None
) -> bytes:
    tags = Image.Exif()
    tags.get_ifd(0x8769).update(taken or {})
    tags.get_ifd(0x8825).update(place or {})
    if orientation is not None:
        tags[0x0112] = orientation
    return saved(halves(), exif=tags, quality=95)


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(images.read(data).full))


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def moving(kind: str) -> bytes:
    return saved(halves(), kind, save_all=True, append_images=[Image.new("RGB", (80, 40), BLUE)])


def test_a_photo_becomes_a_jpeg_and_a_thumbnail() -> None:
    picture = images.read(saved(halves(3000, 1500)))

    full, thumb = Image.open(BytesIO(picture.full)), Image.open(BytesIO(picture.thumb))
    assert (full.format, full.size, thumb.format, thumb.size) == ("JPEG", (2048, 1024), "WEBP", (320, 160))
    assert (picture.width, picture.height) == (2048, 1024)


def test_a_small_photo_is_not_blown_up() -> None:
    picture = images.read(saved(halves(), "PNG"))

    assert (picture.width, picture.height) == (80, 40)
    assert Image.open(BytesIO(picture.thumb)).size == (80, 40)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (80, 40), (40, 2)),
        (2, (80, 40), (40, 2)),
        (3, (80, 40), (40, 37)),
        (4, (80, 40), (40, 37)),
        (5, (40, 80), (2, 40)),
        (6, (40, 80), (37, 40)),
        (7, (40, 80), (37, 40)),
        (8, (40, 80), (2, 40)),
        (0, (80, 40), (40, 2)),
        (9, (80, 40), (40, 2)),
    ],
)
def test_photos_stand_upright(orientation: int, size: tuple[int, int], red_at: tuple[int, int]) -> None:
    picture = images.read(with_exif(orientation=orientation))

    image = Image.open(BytesIO(picture.full))
    red, _, blue = image.getpixel(red_at)
    assert (image.size, picture.width, red > 180 > blue) == (size, size[0], True)


def test_position_and_time_are_read_and_nothing_of_them_is_kept() -> None:
    data = with_exif({**TAKEN, 0x9011: "+08:00"}, {**HERE, 0x12: "WGS-84  "})

    picture = images.read(data)

    assert picture.position == Position(105.3123, 29.1045, "WGS-84")
    assert picture.taken_at is not None
    assert picture.taken_at.astimezone(UTC) == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert b"Exif" in data and b"Exif" not in picture.full and b"EXIF" not in picture.thumb


def test_comments_profiles_and_texts_are_not_kept() -> None:
    info = PngInfo()
    info.add_text("Author", "hidden-name")
    jpeg = saved(halves(), comment=b"hidden-name", icc_profile=b"hidden-name" * 20, xmp=b"hidden-name")
    png = saved(halves(), "PNG", pnginfo=info, icc_profile=b"hidden-name" * 20)

    for picture in (images.read(jpeg), images.read(png), images.read(jpeg + b"PK\3\4hidden-name")):
        assert b"hidden-name" not in picture.full + picture.thumb


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({**HERE, 1: "S", 3: "W"}, Position(-105.3123, -29.1045)),
        ({**HERE, 0x12: "\0\x07"}, Position(105.3123, 29.1045)),
        ({**HERE, 1: ""}, None),
        ({**HERE, 1: "E"}, None),
        ({**HERE, 2: (91.0, 0.0, 0.0)}, None),
        ({**HERE, 2: (29.0, 61.0, 0.0)}, None),
        ({**HERE, 2: (29.0, 6.0)}, None),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, None),
        ({}, None),
    ],
)
def test_only_a_believable_position_counts(place: dict[int, Any], expected: Position | None) -> None:
    assert images.read(with_exif(place=place)).position == expected


@pytest.mark.parametrize(
    ("taken", "place", "expected"),
    [
        (TAKEN, {}, "2026-03-02T09:30:00"),
        ({**TAKEN, 0x9011: "+08:00"}, {}, "2026-03-02T09:30:00+08:00"),
        ({**TAKEN, 0x9011: "   :  "}, {}, "2026-03-02T09:30:00"),
        ({0x9003: "    :  :     :  :  "}, {}, None),
        ({0x9003: "0000:00:00 00:00:00"}, {}, None),
        ({0x9003: "2026:02:30 09:30:00"}, {}, None),
        ({0x9003: "9999:12:31 23:59:59", 0x9011: "-12:00"}, {}, None),
        ({}, {7: (1.0, 30.0, 5.9), 0x1D: "2026:03:02"}, "2026-03-02T01:30:05+00:00"),
        ({}, {7: (25.0, 0.0, 0.0), 0x1D: "2026:03:02"}, None),
    ],
)
def test_only_a_believable_time_counts(taken: dict[int, Any], place: dict[int, Any], expected: str | None) -> None:
    found = images.read(with_exif(taken, place)).taken_at

    assert (None if found is None else found.isoformat()) == expected


MODES = {
    "JPEG": ("1", "L", "RGB", "CMYK", "YCbCr"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "WEBP": ("L", "LA", "P", "RGB", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_mode_that_a_file_may_have_can_be_shown(kind: str, mode: str) -> None:
    image = Image.new(mode, (500, 400), 1) if mode == "I;16" else halves(500, 400).convert(mode)

    result = shown(saved(image, kind))

    assert (result.mode, result.size) == ("RGB", (500, 400))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_stay(kind: str) -> None:
    image = halves().convert("CMYK") if kind == "JPEG" else halves().quantize(8)

    red, green, blue = shown(saved(image, kind)).getpixel((40, 5))
    assert red > 200 and green < 60 and blue < 60


def test_what_is_transparent_becomes_white() -> None:
    palette = halves().quantize(4)
    clear = Image.new("RGBA", (80, 40), (*BLUE, 0))

    for data in (saved(clear, "PNG"), saved(clear, "WEBP", lossless=True)):
        assert min(shown(data).getpixel((40, 20))) > 250
    assert min(shown(saved(palette, "PNG", transparency=palette.getpixel((40, 2)))).getpixel((40, 5))) > 240


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (32_768, 128), (65_535, 255)])
def test_sixteen_bits_become_eight(value: int, grey: int) -> None:
    assert abs(shown(saved(Image.new("I;16", (64, 64), value), "PNG")).getpixel((9, 9))[0] - grey) <= 1


def test_the_pictures_behind_the_first_are_left_out() -> None:
    data = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), BLUE)])

    assert shown(data).size == (80, 40)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b"\xff\xd8\xff" + b"\0" * 200, "damaged"),
        (b"<html><script>alert(1)</script>", "picture_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_type"),
        (b"%PDF-1.7 ...", "picture_type"),
        (b"PK\3\4 ...", "picture_type"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture_type"),
        (b"AAAAAAAAWEBPVP8 ", "picture_type"),
        (b"RIFF\x10\0\0\0WEBPVP8 \4\0\0\0\0\0\0\0", "damaged"),
        (saved(halves(), "GIF"), "picture_type"),
        (saved(halves(), "TIFF"), "picture_type"),
        (saved(halves(400, 400))[:-400], "truncated"),
        (saved(halves(400, 400).effect_spread(40), "PNG")[:-900], "truncated"),
        (saved(halves(400, 400).effect_spread(40), "WEBP")[:-900], "truncated"),
        (png_of(0, 10), "damaged"),
        (png_of(10, 10, (b"acTL", b"")), "damaged"),
        (moving("PNG"), "animated"),
        (moving("WEBP"), "animated"),
        (png_of(30_000, 30_000), "too_many_pixels"),
        (png_of(7_000, 7_000), "too_many_pixels"),
        (png_of(10_000, 10_000), "too_many_pixels"),
        (png_of(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_usable_picture_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        images.read(data)

    assert caught.value.reason == reason


def test_a_bomb_of_webp_takes_no_memory() -> None:
    header = struct.pack("<I", 0x10) + (16_383).to_bytes(3, "little") * 2
    data = b"RIFF" + struct.pack("<I", 4 + 8 + 10) + b"WEBPVP8X" + struct.pack("<I", 10) + header

    with pytest.raises(Refused):
        images.read(data)


def test_a_jpeg_may_not_go_over_its_pixels_for_ever() -> None:
    sound = saved(halves(), progressive=True)
    scan = sound[sound.rindex(b"\xff\xda") : -2]

    assert images.read(sound + scan * 200).width == 80
    with pytest.raises(Refused, match="scans"):
        images.read(sound[:-2] + scan * 200 + sound[-2:])


def test_a_file_may_not_be_too_large() -> None:
    data = saved(halves())

    with pytest.raises(Refused, match="larger"):
        images.read(data, most_bytes=len(data) - 1)


def test_metadata_may_be_broken() -> None:
    sound = with_exif(TAKEN, HERE)
    start = sound.index(b"Exif\0\0")

    for place in range(start + 6, start + 120):
        assert images.read(sound[:place] + b"\xff" + sound[place + 1 :]).width in (40, 80)


SOUND = [saved(halves(), kind) for kind in ("JPEG", "PNG", "WEBP")] + [with_exif(TAKEN, HERE, 6)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([b"", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\0\0\0WEBPVP8X"]), st.binary())
def test_random_bytes_are_refused(start: bytes, rest: bytes) -> None:
    with pytest.raises(Refused):
        images.read(start + rest)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOUND), st.data())
def test_damage_is_refused_or_shown(sound: bytes, data: st.DataObject) -> None:
    broken = bytearray(sound)
    for place in data.draw(st.lists(st.integers(0, len(sound) - 1), max_size=6)):
        broken[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(sound)))

    try:
        picture = images.read(bytes(broken[:end]))
    except Refused:
        return
    assert Image.open(BytesIO(picture.full)).size == (picture.width, picture.height)


@pytest.mark.shared("data/photos")
@pytest.mark.parametrize(
    ("name", "position", "taken"),
    [
        ("DSCN0010.jpg", Position(11.8851267, 43.4674483, "WGS-84"), "2008-10-22T16:28:39"),
        ("DSCN0021.jpg", Position(11.8845383, 43.4670817, "WGS-84"), "2008-10-22T16:38:20"),
        ("pothole_1.jpg", None, None),
    ],
)
def test_real_photos(shared: Path, name: str, position: Position | None, taken: str | None) -> None:
    picture = images.read((shared / "data/photos" / name).read_bytes())

    assert picture.position == position
    assert (picture.taken_at.isoformat() if picture.taken_at else None) == taken
    assert not Image.open(BytesIO(picture.full)).getexif()
