"""Bytes kept as files of a folder: `<data>/media/<city>/ab/cd/abcd….jpg`."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from xiuhua.platform.datafolder import usable

_KEY: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)


class Folder:
    """The adapter of `model.Blobs` for a folder in the data folder; made when first written to."""

    def __init__(self, data: Path, name: str = "media") -> None:
        self._data, self._root = data, data / name

    def put(self, key: str, data: bytes) -> None:
        """Write beside, sync, rename, sync the folder: after a power cut the file is whole or not there."""
        path = self._path(key)
        with usable(self._data):
            _make(path.parent)
            descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(descriptor)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise
            _sync(path.parent)

    def get(self, key: str) -> bytes | None:
        """The file's bytes."""
        with usable(self._data), suppress(FileNotFoundError):
            return self._path(key).read_bytes()
        return None

    def has(self, key: str) -> bool:
        """Whether the file is there."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Unlink, and sync the folder."""
        path = self._path(key)
        with usable(self._data), suppress(FileNotFoundError):
            path.unlink()
            _sync(path.parent)

    def keys(self, prefix: str, older_than_s: float) -> Iterator[str]:
        """By the files' times, which this machine's clock gave them."""
        before = time.time() - older_than_s
        for path in sorted(self._path(prefix).rglob("*")):
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime <= before:
                    yield path.relative_to(self._root).as_posix()

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key")
        return self._root / key


def _make(folder: Path) -> None:
    """Folders that only we may enter, each made durable in the one above it."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
