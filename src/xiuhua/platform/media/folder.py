"""Bytes kept as files of a folder: `<data>/media/<city>/ab/cd/abcd….jpg`."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from xiuhua.platform.datafolder import make_folder, on_disk, usable
from xiuhua.platform.media.model import checked


class Folder:
    """The adapter of `model.Blobs` for a folder in the data folder; made when first written to."""

    def __init__(self, data: Path, name: str = "media") -> None:
        self._data, self._root = data, data / name

    def put(self, key: str, data: bytes) -> None:
        """Write beside, sync, rename, sync the folder: after a power cut the file is whole or not there."""
        path = self._path(key)
        with usable(self._data):
            make_folder(path.parent)
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
            on_disk(path.parent)

    def get(self, key: str) -> bytes | None:
        """The file's bytes."""
        with usable(self._data), suppress(FileNotFoundError):
            return self._path(key).read_bytes()
        return None

    def has(self, key: str) -> bool:
        """Whether the file is there."""
        return self._path(key).is_file()

    def delete(self, keys: Sequence[str]) -> None:
        """Unlink, then sync the folders; those that are empty now stay, the next photo may need them."""
        with usable(self._data):
            paths = [self._path(key) for key in keys]
            for path in paths:
                path.unlink(missing_ok=True)
            for folder in {path.parent for path in paths if path.parent.is_dir()}:
                on_disk(folder)

    def keys(self, prefix: str, older_than_s: float) -> Iterator[str]:
        """By the files' times, which this machine's clock gave them."""
        before = time.time() - older_than_s
        for path in sorted(self._path(prefix).rglob("*")):
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime <= before:
                    yield path.relative_to(self._root).as_posix()

    def _path(self, key: str) -> Path:
        if not checked(key):
            raise ValueError(f"{key!r} is no key")
        return self._root / key
