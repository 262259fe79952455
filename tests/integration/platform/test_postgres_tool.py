"""What `docs/how-to/database.md` tells to do: backup, restore, programs of the embedded server."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from xiuhua.platform import eventlog
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings

EVENT = eventlog.NewEvent("case/1", "Accepted", {"n": 1}, "a", "system", datetime(2026, 3, 2, tzinfo=UTC))


def tool(data: Path, *command: object, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XIUHUA_DATA": str(data), **more}
    python = [sys.executable, "-m", "xiuhua.platform.postgres.tool"]
    return subprocess.run([*python, *map(str, command)], capture_output=True, text=True, check=False, env=environment)


def test_a_backup_is_restored_into_a_new_data_folder(open_folder: Path) -> None:
    old, new, dump = (open_folder / name for name in ("old", "new", "dump"))
    with open_database(Settings(data=old)) as database, database.transaction() as tx:
        eventlog.append(tx, "110101", [EVENT], {})

    assert tool(old, "pg_dump", "-Fc", "-f", dump).returncode == 0
    assert tool(new, "pg_restore", "--exit-on-error", "-d", "xiuhua", dump).returncode == 0

    with open_database(Settings(data=new)) as database, database.transaction() as tx:
        assert [event.payload for event in eventlog.read(tx, "110101", "case/1")] == [{"n": 1}]
        eventlog.append(tx, "110101", [EVENT], eventlog.heads(tx, "110101", ["case/1"]))
        assert tx.execute("select current_user as name").fetchone().name == "xiuhua_app"


def test_a_program_that_is_not_there_is_told(open_folder: Path) -> None:
    told = tool(open_folder / "data", "../bin/rm", "-rf")

    assert "settings_wrong: There is no program ../bin/rm" in told.stderr and "pg_dump" in told.stderr


def test_with_a_url_its_own_programs_are_to_be_used(open_folder: Path) -> None:
    told = tool(open_folder / "data", "psql", XIUHUA_DATABASE_URL="postgresql:///x")

    assert "XIUHUA_DATABASE_URL" in told.stderr and told.returncode == 1
    assert not (open_folder / "data").exists()
