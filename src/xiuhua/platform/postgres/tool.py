"""Run a program of the embedded PostgreSQL on its database: `python -m xiuhua.platform.postgres.tool psql`.

The server is held up meanwhile, and the program is told by the environment where it is; it signs in as the
superuser, since backups and repairs need to see everything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from xiuhua.platform.errors import SettingsWrong, XiuhuaError
from xiuhua.platform.postgres.archive import cluster_of
from xiuhua.platform.postgres.conf import DATABASE, SUPERUSER
from xiuhua.platform.settings import load_settings


def run(command: Sequence[str]) -> int:
    """Run `pg_dump`, `pg_restore`, `psql` … with its arguments; returns its exit code."""
    settings = load_settings()
    if settings.database_url is not None:
        raise SettingsWrong("XIUHUA_DATABASE_URL names a server of your own: use its own programs.")
    with cluster_of(settings) as cluster:
        program = cluster.place.programs / command[0]
        if program.parent != cluster.place.programs or not program.is_file():
            names = ", ".join(sorted(path.name for path in cluster.place.programs.iterdir()))
            raise SettingsWrong(f"There is no program {command[0]}; there are {names}.")
        where = {"PGHOST": str(cluster.place.sockets), "PGUSER": SUPERUSER, "PGDATABASE": DATABASE}
        return subprocess.run([program, *command[1:]], env=os.environ | where, check=False).returncode


def main() -> None:
    """The command's edge: errors as one line."""
    try:
        sys.exit(run(sys.argv[1:] or ["psql"]))
    except XiuhuaError as error:
        sys.exit(f"{error.code()}: {error}")


if __name__ == "__main__":
    main()
