"""The embedded server's archive of its log: switched on by a folder for backups, and by nothing else.

Each finished segment is copied by PostgreSQL's own module `basic_archive`, which writes beside, syncs and renames,
and never overwrites. A segment is finished after five minutes at the latest if anything was written.
"""

from __future__ import annotations

import os
from pathlib import Path

from xiuhua.platform.datafolder import user_name
from xiuhua.platform.errors import DataFolderUnusable
from xiuhua.platform.postgres.account import Account
from xiuhua.platform.postgres.base import find_base
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.settings import Settings

WAL = "wal"
LONGEST_S = 300


def cluster_of(settings: Settings) -> Cluster:
    """The embedded server of a data folder with the settings of this installation; not joined yet.

    Every command goes this way, since whoever comes first starts the server for all others.
    """
    extra: dict[str, str] = {}
    if settings.backup is not None:
        _, account = find_base(settings.data, settings.database_user)
        extra = {
            "archive_mode": "on",
            "archive_library": "basic_archive",
            "basic_archive.archive_directory": str(archive_folder(settings.backup, account)),
            "archive_timeout": str(LONGEST_S),
        }
    return Cluster(settings.data, account=settings.database_user, extra=extra)


def archive_folder(backup: Path, account: Account) -> Path:
    """`wal/` in the folder of backups, 0700 and the server's own; made if need be. Raises `DataFolderUnusable`."""
    folder = backup / WAL
    try:
        backup.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            if account.foreign:
                os.chown(folder, account.uid, account.gid)
    except OSError as error:
        raise DataFolderUnusable(
            f"The folder of backups {backup} cannot be used: {error.strerror}; XIUHUA_BACKUP names it."
        ) from error
    if folder.stat().st_uid != account.uid:
        raise DataFolderUnusable(
            f"{folder} belongs to {user_name(folder.stat().st_uid)}; the database writes there as {account.name}:"
            " give it to that account, or name another folder with XIUHUA_BACKUP."
        )
    if not account.can_enter(folder):
        raise DataFolderUnusable(f"{account.name}, under whom the database runs, cannot enter {folder}.")
    return folder
