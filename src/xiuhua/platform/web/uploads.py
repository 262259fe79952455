"""Files that come with a request, put into a folder of their own while they are read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fastapi import UploadFile

from xiuhua.platform.errors import Invalid

TABLE_BYTES: Final = 16 * 1024 * 1024
"""The largest table that is taken: some 100,000 rows."""
_LONGEST_NAME: Final = 120


@contextmanager
def put_down(*files: UploadFile) -> Iterator[list[Path]]:
    """The files under their own names, in the order given; gone with the block.

    Raises `Invalid` for names that are none, or stand twice.
    """
    names = [_name(file.filename or "") for file in files]
    errors = [
        {"file": name or file.filename or "", "row": 0, "field": "file", "why": why}
        for number, (name, file) in enumerate(zip(names, files, strict=True))
        if (why := "has no usable name" if not name else "is sent twice" if name in names[:number] else "")
    ]
    if errors:
        raise Invalid(f"{errors[0]['file']}: {errors[0]['why']}", errors=errors)
    with TemporaryDirectory(prefix="xiuhua-upload-") as folder:
        paths = [Path(folder) / name for name in names]
        for path, file in zip(paths, files, strict=True):
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
        yield paths


@contextmanager
def table(file: UploadFile) -> Iterator[Path]:
    """One file as `put_down` gives it."""
    with put_down(file) as paths:
        yield paths[0]


def _name(given: str) -> str:
    """The last part of a name, without anything that means something to a file system; empty when none is left."""
    last = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}" if dot and stem and len(suffix) < 10 else ""
