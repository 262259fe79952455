"""A client in a process of its own: joins the server of a data folder, inserts what it is told, leaves at EOF.

Run as `database_client.py DATA SHELTER`. Answers each line: `ready`, `kept N`, or an error's name and text.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from xiuhua.platform.database import Database
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.migrations import migrate
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER


def main(data: str, shelter: str) -> None:
    with Cluster(Path(data), shelter=Path(shelter), durable=False) as cluster:
        migrate(cluster.conninfo(OWNER), ["xiuhua.platform"])
        with Database(cluster.running_conninfo) as database:
            print("ready", flush=True)
            for line in sys.stdin:
                with database.open().transaction() as tx:
                    tx.execute("insert into counter values ('110101', %s, 1)", (line.strip(),))
                print("kept", line.strip(), flush=True)


try:
    os.umask(0o022)
    main(*sys.argv[1:])
except XiuhuaError as error:
    print(error.code(), error, flush=True)
    sys.exit(1)
