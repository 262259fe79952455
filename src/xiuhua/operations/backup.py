"""Backups: made while everything runs, verified, and pruned. See `backup_folder` for what lies where."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

import xiuhua
from xiuhua.operations import backup_folder as folder
from xiuhua.operations import life
from xiuhua.platform.database import Database
from xiuhua.platform.datafolder import usable
from xiuhua.platform.errors import DatabaseUnavailable, SettingsWrong
from xiuhua.platform.postgres.archive import WAL, cluster_of
from xiuhua.platform.postgres.binaries import wheel_programs
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.postgres.initialise import environment
from xiuhua.platform.settings import Settings

NOTE = "backup"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup came to."""

    kept: folder.Set
    media: int
    """Photos that were copied now."""
    removed: int
    """Older sets that went."""


def target_of(settings: Settings) -> Path:
    """The folder of backups; raises `SettingsWrong` when none is named."""
    if settings.backup is None:
        raise SettingsWrong("XIUHUA_BACKUP names no folder for backups.")
    return settings.backup


def create(settings: Settings, database: Database) -> Made:
    """A full backup now, then older ones removed. The database goes on working meanwhile."""
    target, began_at = target_of(settings), datetime.now(UTC)
    path = target / folder.SETS / folder.stamp(began_at)
    with usable(target):
        path.mkdir(mode=0o700, parents=True)
        if settings.database_url is None:
            with cluster_of(settings) as cluster:
                _demand_archive(cluster)
                _copy_cluster(cluster, path / folder.BASE)
            first, kind = folder.first_segment(path / folder.BASE), "base"
        else:
            first, kind = "", "dump"
            _dump(settings, path / folder.DUMP)
        media = sync(settings, path)
        made = folder.Set(path, began_at, datetime.now(UTC), kind, xiuhua.__version__, first)
        made.save()
        removed = folder.prune(target, settings.backup_keep)
    with database.transaction() as tx:
        life.note(tx, NOTE, {"set": path.name, "media": media})
    return Made(made, media, len(removed))


def sync(settings: Settings, keys_to: Path | None = None) -> int:
    """Bring over what is new beside the log: photos (how many), and the keys. Cheap; for every quarter of an hour."""
    target = target_of(settings)
    with usable(target):
        copied = folder.copy_new(settings.data / "media", target / folder.MEDIA)
        newest = keys_to or next((one.path for one in reversed(folder.sets(target))), None)
        source = settings.data / "keys"
        if newest is not None and source.is_dir():
            fresh = newest / f".{folder.KEYS}"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(source, fresh)
            fresh.chmod(0o700)
            shutil.rmtree(newest / folder.KEYS, ignore_errors=True)
            fresh.rename(newest / folder.KEYS)
    return copied


def switch_log(settings: Settings) -> None:
    """Let the piece of the log that is being written be archived now; the embedded server only."""
    if settings.database_url is None:
        with (
            cluster_of(settings) as cluster,
            psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection,
        ):
            connection.execute("select pg_switch_wal()")


def verify(settings: Settings, every: bool = False) -> list[str]:
    """Read the newest backup (or `every`) anew and compare with its manifest; what is wrong."""
    target = target_of(settings)
    standing = folder.sets(target)
    if not standing:
        return [f"there is no finished backup in {target}"]
    wrong: list[str] = []
    for one in standing if every else standing[-1:]:
        if not (one.path / folder.KEYS / "seal.pem").is_file():
            wrong.append(f"{one.path.name}: the key of the seals is missing")
        if one.kind == "dump":
            done = run(wheel_programs(), ["pg_restore", "--list", str(one.path / folder.DUMP)])
        else:
            done = run(wheel_programs(), ["pg_verifybackup", "-q", str(one.path / folder.BASE)])
            wrong += [f"{one.path.name}: {gap}" for gap in gaps(target / WAL, one.first_segment)]
        if done.returncode:
            wrong += [f"{one.path.name}: {line}" for line in done.stderr.splitlines()[:5]]
    return wrong


def gaps(wal: Path, first: str) -> list[str]:
    """Pieces of the archived log that are missing between the first that a set needs and the newest."""
    names = sorted(path.name for path in wal.glob("?" * 24) if path.name[8:] >= first[8:])
    have = {(int(name[8:16], 16), int(name[16:], 16)) for name in names}
    if not have:
        return [f"the archive holds nothing from {first} on"]
    step, last = (int(first[8:16], 16), int(first[16:], 16)), max(have)
    missing = []
    while step <= last:
        if step not in have:
            missing.append(f"the archive lacks {step[0]:08X}{step[1]:08X} of the log")
        step = (step[0], step[1] + 1) if step[1] < 0xFF else (step[0] + 1, 0)
    return missing


def run(programs: Path, command: Sequence[str], **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL; its output is kept, not shown."""
    return subprocess.run(
        [programs / command[0], *command[1:]], capture_output=True, text=True, check=False, cwd="/",
        env={**environment(), **more},
    )  # fmt: skip


def demand(done: subprocess.CompletedProcess[str], what: str) -> None:
    """Raise `DatabaseUnavailable` with the program's last words unless it ended well."""
    if done.returncode:
        raise DatabaseUnavailable(f"{what}: {(done.stderr.strip() or done.stdout.strip())[-2000:]}")


def _demand_archive(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        row = connection.execute("show archive_mode").fetchone()
    if row is None or row[0] == "off":
        raise SettingsWrong(
            "The running database was started without XIUHUA_BACKUP and archives nothing:"
            " stop all processes of Xiuhua, set it for all of them, and start again."
        )


def _copy_cluster(cluster: Cluster, target: Path) -> None:
    """The log of the copying itself goes along, so that a set can be started even without the archive."""
    command = ["pg_basebackup", "-D", str(target), "-X", "stream", "--checkpoint=fast", "--no-password"]
    where = {"PGHOST": str(cluster.place.sockets), "PGUSER": SUPERUSER}
    demand(run(cluster.place.programs, command, **where), "The database could not be copied")


def _dump(settings: Settings, target: Path) -> None:
    chosen = settings.database_owner_url or settings.database_url
    assert chosen is not None
    parts = conninfo_to_dict(chosen.get_secret_value())
    # By the environment, never on the command line, where every user of the machine could read the password.
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
             "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}  # fmt: skip
    where = {names[name]: str(value) for name, value in parts.items() if name in names and value is not None}
    command = ["pg_dump", "-Fc", "-n", "xiuhua", "-f", str(target), "--no-password"]
    demand(run(wheel_programs(), command, **where), "The database could not be dumped")
    with suppress(OSError):
        target.chmod(0o600)
