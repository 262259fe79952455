"""A process that exports a city and is killed on the way: `python killed.py CONNINFO FOLDER CITY POINT`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import compaction, manifest
from xiuhua.insight.facts.exporting import Exporter
from xiuhua.insight.facts.files import Folder
from xiuhua.platform.database import Database


def killed(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_behind(owner: Any, name: str) -> None:
    """Be killed as soon as a function has done its work."""
    done = getattr(owner, name)

    def dying(*given: Any, **named: Any) -> None:
        done(*given, **named)
        killed()

    setattr(owner, name, dying)


def main(conninfo: str, folder: str, city: str, point: str) -> None:
    """Export once, and compact; die at the point told."""
    with Database(conninfo).open() as database:
        exporter = Exporter(database, CityReader(), Path(folder))
        if point == "a file":
            die_behind(Folder, "keep")
        elif point == "the files":
            manifest.go_on = killed  # type: ignore[assignment]
        elif point == "the names":
            die_behind(manifest, "go_on")
        exporter.advance(city)
        if point == "the commit":
            killed()
        with database.reading() as tx:
            tables = exporter.tables(tx, city)
        compactor = compaction.Compactor(database, Path(folder), city, exporter.store, tables)
        compaction.MANY = 1
        die_behind(
            Folder if point == "a compacted file" else manifest, "keep" if point == "a compacted file" else "replace"
        )
        compactor.turn()


if __name__ == "__main__":
    main(*sys.argv[1:])
