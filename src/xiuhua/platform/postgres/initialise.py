"""The first start: a new cluster with its roles and its database, or nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from xiuhua.platform.datafolder import on_disk
from xiuhua.platform.errors import DataFolderUnusable
from xiuhua.platform.postgres.binaries import version_of
from xiuhua.platform.postgres.conf import APPLICATION, DATABASE, OWNER, SUPERUSER
from xiuhua.platform.postgres.place import Place

_SETUP = f"""\
create role {OWNER} login;
create role {APPLICATION} login;
grant {APPLICATION} to {OWNER};
create database {DATABASE} owner {OWNER};
revoke connect on database {DATABASE} from public;
grant connect on database {DATABASE} to {APPLICATION};
"""


def initialise(place: Place, *, durable: bool = True) -> None:
    """Make the cluster unless it is there; checks that it is of the programs' major version."""
    if place.cluster.exists():
        _check_version(place)
        return
    for unfinished in place.base.glob("unfinished-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(dir=place.base, prefix="unfinished-"))
    if place.account.foreign:
        os.chown(fresh, place.account.uid, place.account.gid)
    init = ["initdb", "-D", str(fresh), "-U", SUPERUSER, "--encoding=UTF8", "--locale=C.UTF-8"]
    _run(place, [*init, "--data-checksums", "--auth=reject", "--no-instructions", "--no-sync"])
    _run(place, ["postgres", "--single", "-D", str(fresh), "-c", "fsync=off", "postgres"], _SETUP)
    if durable:
        # All at once at the end, which takes a fraction of the time: nothing depends on the folder before.
        at_once = sys.platform == "linux" and int(version_of(place.programs).split(".")[0]) >= 17
        method = ["--sync-method=syncfs"] if at_once else []
        _run(place, ["initdb", "--sync-only", *method, "-D", str(fresh)])
    fresh.rename(place.cluster)
    # After a power cut the old name would be swept away as unfinished, with all that was kept meanwhile.
    on_disk(place.base)


def environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: nothing of ours or of libpq's leaks into them."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "XIUHUA_", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _run(place: Place, command: list[str], text: str = "") -> None:
    done = subprocess.run(
        [place.programs / command[0], *command[1:]],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(),
        **place.account.identity(),
    )
    if done.returncode != 0 or "ERROR:" in done.stderr:
        raise DataFolderUnusable(
            f"The database could not be made in {place.base}: {done.stderr.strip() or done.stdout.strip()}"
        )


def _check_version(place: Place) -> None:
    try:
        found = (place.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError as error:
        raise DataFolderUnusable(f"{place.cluster} holds no PostgreSQL database: {error.strerror}") from error
    ours = version_of(place.programs).split(".")[0]
    if found != ours:
        raise DataFolderUnusable(
            f"The database in {place.cluster} was made by PostgreSQL {found}, this program brings {ours}."
            " docs/how-to/database.md tells how to upgrade it; nothing was changed."
        )
