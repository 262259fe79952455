"""Restore: a new data folder as everything was at a moment; the old one, if it is still there, is not touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from xiuhua.operations import backup_folder as folder
from xiuhua.operations.backup import demand, run
from xiuhua.platform.datafolder import usable, write_file
from xiuhua.platform.errors import DatabaseUnavailable, DataFolderUnusable
from xiuhua.platform.keys import Witness
from xiuhua.platform.postgres.account import Account
from xiuhua.platform.postgres.archive import WAL
from xiuhua.platform.postgres.base import find_base
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import DATABASE, OWNER, SUPERUSER
from xiuhua.platform.postgres.initialise import environment
from xiuhua.platform.postgres.locks import is_free, wait_until

_NOT_REACHED = "before configured recovery target was reached"
_PATIENCE_S = 86_400.0
"""Reading a week of a busy city's log takes its time."""
_SEALS = "select distinct on (city) city, number, digest from xiuhua.seal order by city, number desc"


def restore(backup: Path, data: Path, user: str = "", moment: datetime | None = None) -> folder.Set:
    """Make `data` (new or empty) what the installation was at `moment`, or at the end of the archive; the set used.

    Raises `NotFound` when no backup is old enough, `DataFolderUnusable` when `data` holds anything.
    """
    chosen = folder.set_before(backup, moment)
    if chosen.kind == "dump" and moment is not None:
        raise DataFolderUnusable(f"{chosen.path} is a dump: it holds one moment only; leave --to out.")
    if (data / "postgres").exists() or (data / "postgres.json").exists() or (data / "keys").exists():
        raise DataFolderUnusable(f"{data} is in use; name a new folder with --data.")
    base, account = find_base(data, user)
    with usable(data):
        if chosen.kind == "dump":
            _load(chosen, data, user)
        else:
            _unpack(chosen, base, account, backup / WAL, moment)
            _recover(data, user, base, account)
        if (chosen.path / folder.KEYS).is_dir():
            shutil.copytree(chosen.path / folder.KEYS, data / folder.KEYS)
            (data / folder.KEYS).chmod(0o700)
        folder.copy_new(backup / folder.MEDIA, data / folder.MEDIA)
    with Cluster(data, account=user) as cluster:
        _remember_seals(cluster, data)
    move_ids_on(data, user)
    return chosen


def move_ids_on(data: Path, user: str = "") -> bool:
    """Let transaction numbers go on above those in the log, as they must after a dump was loaded; whether they had to.

    The database must not be in use by any other process. Raises `DatabaseUnavailable` when it is.
    """
    with Cluster(data, account=user) as cluster:
        place = cluster.place
        highest, following = _ids(cluster)
    if highest < following:
        return False
    _at_rest(place.base)
    epoch = (highest >> 32) + 1
    command = [str(place.programs / "pg_resetwal"), f"--epoch={epoch}", "-D", str(place.cluster)]
    demand(_as(place.account, command), "The transaction numbers could not be moved on")
    return True


def _ids(cluster: Cluster) -> tuple[int, int]:
    """The highest transaction number that the log or a seal holds, and the next to be given."""
    with psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        row = connection.execute(
            "select greatest((select max(tx::text::bigint) from xiuhua.event),"
            " (select max(next_tx::text::bigint) from xiuhua.seal), 0),"
            " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def _unpack(chosen: folder.Set, base: Path, account: Account, wal: Path, moment: datetime | None) -> None:
    """The copied cluster with what it needs to read the log up to the moment; renamed last."""
    fresh, log = base / "unfinished-restore", base / "restore-wal"
    for path in (fresh, log):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(chosen.path / folder.BASE, fresh, symlinks=True)
    log.mkdir(mode=0o700)
    for path in wal.iterdir():
        if path.name.endswith(".history") or path.name[8:24] >= chosen.first_segment[8:24]:
            shutil.copyfile(path, log / path.name)
    # Replaces what an administrator set by ALTER SYSTEM: an old setting must not decide where a copy writes.
    # Nobody is let in, and it does not count as ready, before the moment is reached.
    lines = [
        "hot_standby = off",
        "recovery_target_action = 'promote'",
        f'restore_command = \'cp "{log}/%f" "%p"\'',
    ]
    newest = max((path.stat().st_mtime for path in wal.glob("?" * 24)), default=0.0)
    if moment is not None and moment.timestamp() <= newest:
        lines.append(f"recovery_target_time = '{moment.astimezone(UTC).isoformat()}'")
    (fresh / "postgresql.auto.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (fresh / "recovery.signal").touch()
    for path in (fresh, log):
        _give(path, account)
    fresh.rename(base / "cluster")


def _recover(data: Path, user: str, base: Path, account: Account) -> None:
    """Let the database read the log up to the moment; afterwards it is an ordinary one."""
    auto = base / "cluster" / "postgresql.auto.conf"
    try:
        with Cluster(data, account=user, patience_s=_PATIENCE_S):
            pass
    except DatabaseUnavailable as error:
        # Nothing was written after the moment: the end of the log is the moment.
        if _NOT_REACHED not in (base / "server.log").read_text(encoding="utf-8", errors="replace"):
            raise DatabaseUnavailable(f"The backup could not be recovered: {error}") from error
        _at_rest(base)
        text = auto.read_text(encoding="utf-8")
        kept = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("recovery_target_time"))
        write_file(auto, kept, 0o600)
        _give(auto, account)
        with Cluster(data, account=user, patience_s=_PATIENCE_S):
            pass
    _at_rest(base)
    auto.write_text("", encoding="utf-8")
    shutil.rmtree(base / "restore-wal")


def _at_rest(base: Path) -> None:
    """Return when the server and its supervisor have ended."""
    lock = base / "supervisor.lock"
    if not wait_until(lambda: is_free(lock), timeout_s=120):
        raise DatabaseUnavailable("Other processes use the database; stop them and run this again.")


def _load(chosen: folder.Set, data: Path, user: str) -> None:
    with Cluster(data, account=user) as cluster:
        where = {"PGHOST": str(cluster.place.sockets), "PGUSER": SUPERUSER, "PGDATABASE": DATABASE}
        command = ["pg_restore", "--exit-on-error", "--no-owner", f"--role={OWNER}", "-d", DATABASE]
        demand(
            run(cluster.place.programs, [*command, str(chosen.path / folder.DUMP)], **where), "The dump does not load"
        )


def _remember_seals(cluster: Cluster, data: Path) -> None:
    """The witness of the moment restored: seals made after it are gone knowingly, and what was known stays beside."""
    with psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        there = {city: (number, bytes(digest)) for city, number, digest in connection.execute(_SEALS)}
    path = data / folder.KEYS / "sealed"
    if path.exists():
        path.rename(path.with_name(f"sealed.before-{folder.stamp(datetime.now(UTC))}"))
    if there:
        Witness(path).note(there)
    note = {
        "restored_at": datetime.now(UTC).isoformat(),
        "seals": {city: number for city, (number, _) in there.items()},
    }
    write_file(data / "restored.json", json.dumps(note, indent=1), 0o600)


def _give(path: Path, account: Account) -> None:
    """Make a file or folder the server's own, closed to all others."""
    for one in [path, *path.rglob("*")]:
        if account.foreign:
            os.chown(one, account.uid, account.gid, follow_symlinks=False)
        if one.is_dir():
            one.chmod(0o700)


def _as(account: Account, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", env=environment(), **account.identity()
    )
