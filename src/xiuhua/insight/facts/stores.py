"""The folder of facts, marked: a manifest is about the files of one folder, and of no other that has its name."""

from __future__ import annotations

from pathlib import Path

from xiuhua.platform.database import Database
from xiuhua.platform.datafolder import usable, write_file

_MARK = "store"


def marked(root: Path) -> str | None:
    """What a folder is marked with; None: it holds no facts."""
    mark = root / _MARK
    return mark.read_text(encoding="utf-8").strip() if mark.is_file() else None


def mark(root: Path, database: Database) -> str:
    """The same, of a folder that is made and marked if there is none yet."""
    found = marked(root)
    if found is not None:
        return found
    with usable(root):
        root.mkdir(parents=True, exist_ok=True)
        write_file(root / _MARK, database.clock.new_id() + "\n")
    return mark(root, database)


def path_of(root: Path, table: str, month: int, id_: str) -> Path:
    """Where a file is in the folder of a city; `month`: year × 12 + month - 1."""
    return root / table / f"{month // 12:04}-{month % 12 + 1:02}" / f"{id_}.parquet"
