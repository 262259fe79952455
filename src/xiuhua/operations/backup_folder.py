"""What lies in a folder of backups, and how long.

```
BACKUP/wal/             the archived log, written by the database; belongs to its account
BACKUP/media/           photos, each copied once: a file's name is its content
BACKUP/sets/STAMP/      one full backup:
    base/               a copy of the embedded cluster, with its manifest (or database.dump of a server of your own)
    keys/               the key of the seals; 0700
    set.json            written last: a set without it is not finished, and goes with the next backup
```
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from xiuhua.platform.datafolder import write_file
from xiuhua.platform.errors import NotFound

BASE, DUMP, KEYS, MEDIA, SETS, RECORD = "base", "database.dump", "keys", "media", "sets", "set.json"
_START = re.compile(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_SEGMENT = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")


@dataclass(frozen=True, slots=True)
class Set:
    """One finished full backup."""

    path: Path
    began_at: datetime
    ended_at: datetime
    """From this moment on the database can be restored from it."""
    kind: str
    """`base` (a copy of the embedded cluster) or `dump`."""
    program: str
    """Version of Xiuhua that made it."""
    first_segment: str = ""
    """The oldest piece of the log that it needs."""

    def save(self) -> None:
        """Write `set.json`: from now on the set counts."""
        record = {name: str(value) for name, value in asdict(self).items() if name != "path"}
        record |= {"began_at": self.began_at.isoformat(), "ended_at": self.ended_at.isoformat()}
        write_file(self.path / RECORD, json.dumps(record, indent=1), 0o600)


def sets(backup: Path) -> list[Set]:
    """Finished sets, the oldest first."""
    found = []
    for path in sorted(backup.glob(f"{SETS}/*/{RECORD}")):
        record = json.loads(path.read_text(encoding="utf-8"))
        began_at, ended_at = (datetime.fromisoformat(record.pop(name)) for name in ("began_at", "ended_at"))
        found.append(Set(path.parent, began_at, ended_at, **record))
    return sorted(found, key=lambda one: one.ended_at)


def set_before(backup: Path, moment: datetime | None) -> Set:
    """The newest set that was finished by a moment; raises `NotFound`."""
    fitting = [one for one in sets(backup) if moment is None or one.ended_at <= moment]
    if not fitting:
        first = next(iter(sets(backup)), None)
        raise NotFound(
            f"No backup in {backup} was finished by {moment:%Y-%m-%d %H:%M:%S %Z}; the first was at {first.ended_at}."
            if first is not None and moment is not None
            else f"There is no finished backup in {backup}."
        )
    return fitting[-1]


def unfinished(backup: Path) -> list[Path]:
    """Sets that a stop or a crash cut off."""
    return [path for path in sorted(backup.glob(f"{SETS}/*")) if not (path / RECORD).exists()]


def prune(backup: Path, keep: int) -> list[Path]:
    """Remove old sets, unfinished ones, and what of the log no set needs any more; the sets that went."""
    standing = sets(backup)
    gone = [one.path for one in standing[:-keep]] + unfinished(backup)
    for path in gone:
        (path / RECORD).unlink(missing_ok=True)  # first, so that a set half removed counts no more
        shutil.rmtree(path)
    needed = min((one.first_segment for one in standing[-keep:] if one.first_segment), default="")
    if needed:
        for path in (backup / "wal").iterdir():
            # Timelines apart: a segment is older by its place in the log, which stands behind the timeline.
            if _SEGMENT.fullmatch(path.name) and len(path.name) >= 24 and path.name[8:24] < needed[8:24]:
                path.unlink(missing_ok=True)
    return gone


def first_segment(base: Path) -> str:
    """The first piece of the log that a copied cluster needs, from its label."""
    found = _START.search((base / "backup_label").read_text(encoding="utf-8"))
    if found is None:
        raise NotFound(f"{base}/backup_label does not name where the log begins.")
    return found[1]


def copy_new(source: Path, target: Path) -> int:
    """Copy files that are not there yet; how many. For files whose name is their content."""
    copied = 0
    for path in source.rglob("*") if source.is_dir() else ():
        other = target / path.relative_to(source)
        if path.name.startswith(".") or not path.is_file() or other.exists():
            continue
        other.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = other.with_name(f".{other.name}.{os.getpid()}")
        shutil.copyfile(path, beside)
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        beside.replace(other)
        copied += 1
    return copied


def stamp(now: datetime) -> str:
    """The name of a set made now."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
