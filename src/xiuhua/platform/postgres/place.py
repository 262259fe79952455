"""Where the embedded server's files lie: in the data folder, or elsewhere when the server cannot reach that.

```
DATA/.xiuhua            says that the folder is ours; locked while a place is chosen
DATA/postgres/          the base …
DATA/postgres.json      … or where the base is, when the server's account cannot enter DATA
BASE/cluster/           PostgreSQL's own folder, 0700, belongs to the server's account
BASE/conf/              its settings and who may sign in; belongs to us, so that the server cannot change it
BASE/run/               the socket, 0700; a short folder elsewhere when this path is too long for a socket
BASE/*.lock state.json place.json server.log
```
Folders that we did not make are never changed, neither their mode nor their owner.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from xiuhua.platform.datafolder import read_record, write_file
from xiuhua.platform.postgres.account import Account, account_of

RUN = Path("/run/xiuhua")
LOG = "server.log"
SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_BYTES = 106


@dataclass(frozen=True, slots=True)
class Place:
    """What the supervisor must know, kept in `place.json`."""

    base: Path
    account: Account
    programs: Path
    sockets: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.base / "cluster"

    @property
    def conf(self) -> Path:
        """The folder of its settings."""
        return self.base / "conf"

    def save(self) -> None:
        """Write `place.json`."""
        record = {
            "uid": self.account.uid,
            "programs": str(self.programs),
            "sockets": str(self.sockets),
            "of": _identity(self.base),
        }
        write_file(self.base / "place.json", json.dumps(record, indent=1))

    @classmethod
    def load(cls, base: Path) -> Place:
        """Read `place.json`."""
        record = read_record(base / "place.json")
        return cls(base, account_of(record["uid"]), Path(record["programs"]), Path(record["sockets"]))


def socket_folder(base: Path, account: Account) -> Path:
    """A folder for the socket, 0700 and the server's own: in the base, or a short one elsewhere."""
    inside = base / "run"
    if _fits(inside):
        return own_folder(inside, account)
    record = read_record(base / "place.json") if (base / "place.json").exists() else {}
    if record.get("of") == _identity(base):
        with suppress(OSError):
            return own_folder(Path(record["sockets"]), account)
    if os.geteuid() == 0:
        with suppress(OSError):
            make_passable(RUN)
            return own_folder(RUN / sha256(os.fsencode(base)).hexdigest()[:16], account)
    return own_folder(Path(tempfile.mkdtemp(prefix="xiuhua-", dir="/tmp")), account)


def _fits(folder: Path) -> bool:
    """A socket's path is short by the kernel's limit, and a comma would part it in two for libpq."""
    text = str(folder / SOCKET_NAME)
    return len(os.fsencode(text)) <= _SOCKET_BYTES and not set(text) & set(",\"'\\\n")


def own_folder(folder: Path, account: Account) -> Path:
    """Make a folder for the server alone, or take one that is so already; else `OSError`."""
    try:
        folder.mkdir(mode=0o700)
        fresh = True
    except FileExistsError:
        fresh = folder.lstat().st_uid == os.geteuid() and not any(folder.iterdir())
    if fresh and account.foreign:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def _identity(base: Path) -> str:
    """Tells a moved base (the same) from a copied one (another)."""
    found = base.stat()
    return f"{found.st_dev}:{found.st_ino}"


def make_passable(folder: Path) -> None:
    """Make a folder of ours that others may pass through; one that is there stays as it is."""
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
