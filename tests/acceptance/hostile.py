"""Files made to deceive or to hurt, by name; each is made here, none is kept in the repository."""

from __future__ import annotations

import gzip
import struct
import wave
import zipfile
import zlib
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

MARK = b"hostile-payload"
"""Stands in every file that could carry something: it must never come out again."""
SCRIPT = b"<script>alert('hostile-payload')</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (96, 64), **options: Any) -> bytes:
    """A sound picture, with whatever else the options put into it."""
    target = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize(size).save(target, kind, **options)
    return target.getvalue()


def archive() -> bytes:
    """A ZIP with a page in it."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("index.html", SCRIPT)
    return target.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"\0" * 100) -> bytes:
    """A PNG whose header says what it likes."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    )


def box(name: bytes, *contents: bytes) -> bytes:
    """A box of MP4."""
    body = b"".join(contents)
    return struct.pack(">I", len(body) + 8) + name + body


def film(handler: bytes = b"vide", more: bytes = b"", told: bytes = b"") -> bytes:
    """An MP4 that holds together; `told` stands in its notes, `more` behind its content."""
    track = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))
    movie = box(b"moov", box(b"mvhd", bytes(100)), track, box(b"udta", told))
    return box(b"ftyp", b"isom", bytes(4), b"isommp42") + movie + box(b"mdat", bytes(2000)) + more


def sound(told: bytes = b"") -> bytes:
    """A WAV; `told` stands in its notes."""
    target = BytesIO()
    with wave.open(target, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(1600))
    data = target.getvalue() + (b"LIST" + struct.pack("<I", len(told)) + told if told else b"")
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


@cache
def cleaned() -> dict[str, bytes]:
    """Pictures that are sound and carry something: they are taken, and what they carry is gone."""
    info = PngInfo()
    info.add_text("Comment", SCRIPT.decode())
    info.add_itxt("XML:com.adobe.xmp", SCRIPT.decode(), zip=True)
    jpeg = picture()
    return {
        "a page in a comment": picture(comment=SCRIPT),
        "a page in a profile": picture(icc_profile=SCRIPT * 9),
        "a page in the notes": picture(exif=_notes()),
        "a page in a text of PNG": picture("PNG", pnginfo=info),
        "an archive behind a JPEG": jpeg + archive(),
        "an archive behind a PNG": picture("PNG") + archive(),
        "a page behind a JPEG": jpeg + SCRIPT,
        "a script behind the end mark": jpeg + b"\n<?php system('hostile-payload'); ?>",
        "a document behind a JPEG": jpeg + b"%PDF-1.7 hostile-payload",
        "a page in an unknown chunk": png(8, 4, chunk(b"htMl", SCRIPT), pixels=bytes(25 * 4)),
        "a bomb in an unknown chunk": png(8, 4, chunk(b"boMb", gzip.compress(bytes(10**7))), pixels=bytes(25 * 4)),
        "a page in a WebP": picture("WEBP", xmp=SCRIPT),
        "a JPEG called a page": jpeg,
    }


@cache
def refused() -> dict[str, bytes]:
    """What is not taken."""
    jpeg, still = picture(), picture("PNG")
    text_bomb = zlib.compress(bytes(80 * 10**6))
    return {
        "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
        "SVG behind a declaration": b"\xef\xbb\xbf<?xml version='1.0'?><!--" + b"x" * 500 + b"--><svg>" + SCRIPT,
        "XML that calls others": b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "HTML": b"<!doctype html><html>" + SCRIPT,
        "HTML behind spaces": b" \n\t" * 300 + b"<body onload=alert(1)>",
        "HTML that begins as GIF": b"GIF89a/*" + SCRIPT + b"*/",
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "a program": b"MZ" + bytes(300),
        "a program of Linux": b"\x7fELF" + bytes(300),
        "an archive": archive(),
        "an office file": archive(),
        "a document": b"%PDF-1.7\n" + SCRIPT,
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        "a film": film(),
        "a sound": sound(),
        "a list of ImageMagick": b"push graphic-context\nfill 'url(https://127.0.0.1/)'\npop graphic-context",
        "GIF": picture("GIF"),
        "BMP": picture("BMP"),
        "TIFF": picture("TIFF"),
        "an icon": picture("ICO", (32, 32)),
        "only the first bytes of JPEG": b"\xff\xd8\xff\xe0" + SCRIPT,
        "only the first bytes of PNG": b"\x89PNG\r\n\x1a\n" + SCRIPT,
        "only the first bytes of WebP": b"RIFF\x40\0\0\0WEBPVP8X" + SCRIPT,
        "half a JPEG": jpeg[: len(jpeg) // 2],
        "half a PNG": still[: len(still) // 2],
        "a bomb of pixels": png(60_000, 60_000, pixels=bytes(10**6)),
        "a bomb of one line": png(2**31 - 1, 1),
        "a bomb of packed texts": png(8, 4, *[chunk(b"zTXt", b"a\0\0" + text_bomb)] * 3, pixels=bytes(100)),
        "a bomb of a profile": png(8, 4, chunk(b"iCCP", b"a\0\0" + text_bomb), pixels=b""),
        "no pixels": png(8, 4, pixels=b""),
        "a JPEG of endless scans": _scans(),
        "nothing but zeros": bytes(5000),
        "nothing": b"",
    }


@cache
def taken_recordings() -> dict[str, tuple[bytes, str]]:
    """Recordings, and what they are."""
    return {
        "a film": (film(told=MARK), "video"),
        "a sound in MP4": (film(b"soun", told=MARK), "audio"),
        "a sound": (sound(MARK), "audio"),
        "a film with a note behind": (film(more=box(b"uuid", bytes(16), SCRIPT)), "video"),
        "a film with room behind": (film(more=box(b"free", MARK)), "video"),
    }


@cache
def refused_recordings() -> dict[str, tuple[bytes, str]]:
    """Recordings that are not taken, and why."""
    whole = film()
    return {
        "cut off": (whole[:-100], "truncated"),
        "cut off within a head": (whole[:-2004], "truncated"),
        "an archive behind": (whole + archive(), "hidden_file"),
        "an archive in spare room": (film(more=box(b"free", archive())), "hidden_file"),
        "an archive in the content": (film(more=box(b"mdat", archive())), "hidden_file"),
        "a page in front": (box(b"ftyp", b"isom", SCRIPT) + whole, "hidden_file"),
        "a document in front": (box(b"ftyp", b"isom%PDF-1.7") + whole, "hidden_file"),
        "rubbish behind": (whole + b"rubbish that is no box", "truncated"),
        "a box larger than its room": (film(told=b"\0\0\1\x2cxxxx").replace(b"udta", b"trak"), "damaged"),
        "boxes without content": (whole + box(b"skip") * 30_000, "damaged"),
        "no film in it": (box(b"ftyp", b"isom") + box(b"mdat", bytes(10)), "damaged"),
        "neither picture nor sound": (film(b"text"), "damaged"),
        "a sound cut off": (sound()[:-100], "truncated"),
        "a sound with rubbish behind": (sound() + b"rubbish", "damaged"),
        "a sound without content": (b"RIFF\x04\0\0\0WAVE", "damaged"),
    }


def _notes() -> Image.Exif:
    notes = Image.Exif()
    notes[0x010E] = SCRIPT.decode()
    notes[0x9C9B] = SCRIPT
    return notes


def _scans() -> bytes:
    sound = picture(progressive=True)
    scan = sound[sound.rindex(b"\xff\xda") : -2]
    return sound[:-2] + scan * 300 + sound[-2:]
