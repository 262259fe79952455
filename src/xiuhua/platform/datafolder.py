"""The data folder: everything kept by an installation without a database of its own."""

from __future__ import annotations

import json
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xiuhua.platform.errors import DataFolderUnusable

MARKER = ".xiuhua"


@contextmanager
def usable(data: Path) -> Iterator[None]:
    """Tell an error of the file system (no right, no space) as what it means for the data folder."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise DataFolderUnusable(
            f"The data folder {data} cannot be used: {error.strerror or error}{where}."
            f" Give {user_name(os.geteuid())} the right and the space to write there,"
            " or name another folder with XIUHUA_DATA."
        ) from error


def claim(data: Path) -> None:
    """Make the data folder ours: it must be new, empty, or ours already. To be called before any writing."""
    with usable(data):
        data.mkdir(parents=True, exist_ok=True)
        marker = data / MARKER
        if not marker.exists():
            names = {entry.name for entry in data.iterdir()}
            if names - {"lost+found"} and MARKER not in names:
                raise DataFolderUnusable(
                    f"{data} holds other files and is not a data folder of Xiuhua;"
                    " name an empty or a new folder with XIUHUA_DATA."
                )
            marker.touch(mode=0o600)
        check_owner(marker)


def check_owner(path: Path) -> None:
    """Refuse what belongs to another user: files of two owners in one folder lock one of them out."""
    owner = path.stat().st_uid
    if owner != os.geteuid():
        raise DataFolderUnusable(
            f"{path} belongs to {user_name(owner)}, not to {user_name(os.geteuid())};"
            f" run this command as {user_name(owner)}, or name another data folder with XIUHUA_DATA."
        )


def user_name(uid: int) -> str:
    """The name of a user of the operating system, or what to call one that has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"


def write_file(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace a file at once: nobody reads half of it, and a link in its place is not followed."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            os.fchmod(descriptor, mode)
            stream.flush()
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """A folder for us alone, with those above it, there after a power cut too."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        on_disk(folder.parent)


def on_disk(path: Path) -> None:
    """Wait until a file, or what a folder holds, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_record(path: Path) -> dict[str, Any]:
    """A small file of JSON; raises `DataFolderUnusable`."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFolderUnusable(f"{path} cannot be read: {error}") from error
    return record
