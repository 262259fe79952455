"""What can be wrong on the machine: the data folder, its space and rights, keys, backups, what is listened on."""

from __future__ import annotations

import ipaddress
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from xiuhua.operations.findings import Finding
from xiuhua.operations.life import Note
from xiuhua.platform import datafolder
from xiuhua.platform.settings import Settings

_LITTLE_MIB: Final = 1024
_SOME_MIB: Final = 5 * 1024
_BACKUP_AGE: Final = timedelta(hours=26)


def data_folder(settings: Settings) -> Iterator[Finding]:
    """Whether it is there, ours, closed to others, and has room."""
    data = settings.data
    if not (data / datafolder.MARKER).exists() and settings.database_url is None:
        yield Finding("data", "error", "data_missing", {"path": str(data)})
        return
    if not data.is_dir() or not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        user = datafolder.user_name(os.geteuid())
        yield Finding("data", "error", "data_rights", {"path": str(data), "user": user})
        return
    yield Finding("data", "ok", "data_fine", {"path": str(data)})
    yield _space("data_space", data)
    if settings.backup is not None and settings.backup.is_dir():
        yield _space("backup_space", settings.backup)


def keys_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the key of the seals lies closed to others."""
    path = settings.data / "keys" / "seal.pem"
    if not path.exists():
        yield Finding("keys", "error", "key_missing", {"path": str(path)})
    elif path.stat().st_mode & 0o077:
        yield Finding("keys", "error", "key_open", {"path": str(path)})
    else:
        yield Finding("keys", "ok", "key_fine", {"path": str(path)})


def backups(settings: Settings, last: Note | None, now: datetime) -> Iterator[Finding]:
    """Whether there is a backup of yesterday, and on another disk than the data."""
    if settings.backup is None:
        yield Finding("backup", "warning", "backup_off")
        return
    if last is None:
        yield Finding("backup", "error", "backup_none", {"path": str(settings.backup)})
    elif now - last.at > _BACKUP_AGE:
        hours = int((now - last.at).total_seconds() // 3600)
        yield Finding("backup", "error", "backup_old", {"hours": hours})
    else:
        yield Finding("backup", "ok", "backup_fine", {"at": f"{last.at:%Y-%m-%d %H:%M} UTC"})
    if settings.backup.is_dir() and settings.backup.stat().st_dev == settings.data.stat().st_dev:
        yield Finding("backup", "warning", "backup_same_disk", {"path": str(settings.backup)})


def network(settings: Settings) -> Iterator[Finding]:
    """Whether sign-in would cross a network unencrypted."""
    if _on_loopback(settings.host):
        yield Finding("network", "ok", "network_loopback", {"host": settings.host})
    else:
        yield Finding("network", "warning", "network_open", {"host": settings.host})
    if settings.port == 0:
        yield Finding("network", "warning", "network_any_port")


def _on_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _space(check: str, path: Path) -> Finding:
    usage = shutil.disk_usage(path)
    free = usage.free >> 20
    values = {"path": str(path), "free_mib": free, "percent": round(100 * usage.free / usage.total)}
    if free < _LITTLE_MIB:
        return Finding(check, "error", "space_little", values)
    if free < _SOME_MIB or usage.free < usage.total // 20:
        return Finding(check, "warning", "space_some", values)
    return Finding(check, "ok", "space_fine", values)
