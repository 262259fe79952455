"""Which folder holds the embedded database of a data folder, and which account its server runs under."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from xiuhua.platform.datafolder import MARKER, check_owner, claim, read_record, usable, write_file
from xiuhua.platform.errors import DataFolderUnusable, SettingsWrong
from xiuhua.platform.postgres.account import Account, account_of, server_account
from xiuhua.platform.postgres.locks import FileLock, wait_until
from xiuhua.platform.postgres.place import make_passable

SHELTER = Path("/var/lib/xiuhua")
"""Where files go that the server's account could not reach in the data folder."""
_POINTER = "postgres.json"


def find_base(data: Path, wanted_user: str = "", shelter: Path = SHELTER) -> tuple[Path, Account]:
    """The base of a data folder and the account of its server; chosen now if it has none yet."""
    claim(data)
    with usable(data):
        lock = FileLock(data / MARKER)
        if not wait_until(lock.try_alone, timeout_s=60):
            raise DataFolderUnusable(f"Another process has held {data / MARKER} for a minute.")
        try:
            base = _recorded_base(data) or _choose_base(data, server_account(wanted_user), shelter)
            return base, _account_of_base(base, wanted_user)
        finally:
            lock.release()


def _recorded_base(data: Path) -> Path | None:
    pointer, inside = data / _POINTER, data.absolute() / "postgres"
    if pointer.exists():
        base = Path(read_record(pointer)["base"])
        if not base.is_dir():
            raise DataFolderUnusable(f"The database of {data} was kept in {base}, which is gone; restore it.")
        return base
    return inside if (inside / "cluster").exists() else None


def _choose_base(data: Path, account: Account, shelter: Path) -> Path:
    inside = data.absolute() / "postgres"
    inside.mkdir(mode=0o700, exist_ok=True)
    check_owner(inside)
    if account.foreign:
        inside.chmod(0o711)
        if not account.can_enter(inside):
            with suppress(OSError):
                inside.rmdir()
            return _choose_outside(data, account, shelter)
    return inside


def _choose_outside(data: Path, account: Account, shelter: Path) -> Path:
    name = sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    try:
        make_passable(shelter)
        for number in count(1):
            base = shelter / (name if number == 1 else f"{name}-{number}")
            # One that is there belongs to an earlier data folder at this path: neither used nor removed.
            with suppress(FileExistsError):
                base.mkdir()
                base.chmod(0o711)
                break
    except OSError as error:
        raise DataFolderUnusable(
            f"{account.name} cannot enter {data}, and {shelter} cannot be written: {error.strerror}."
            " Name a data folder that every user may pass through, or set XIUHUA_DATABASE_URL."
        ) from error
    if not account.can_enter(base):
        raise DataFolderUnusable(f"{account.name} can enter neither {data} nor {base}.")
    write_file(data / _POINTER, json.dumps({"base": str(base)}))
    return base


def _account_of_base(base: Path, wanted_user: str) -> Account:
    check_owner(base)
    cluster = base / "cluster"
    if not cluster.exists():
        return server_account(wanted_user)
    account = account_of(cluster.stat().st_uid)
    if wanted_user and account.foreign and account.name != wanted_user:
        raise SettingsWrong(
            f"XIUHUA_DATABASE_USER is {wanted_user}, but the database in {base} belongs to {account.name}."
        )
    if not account.can_enter(base):
        raise DataFolderUnusable(
            f"{account.name}, to whom the database in {base} belongs, can no longer enter that folder;"
            " give it back the right to pass (x) through the folders above."
        )
    return account
