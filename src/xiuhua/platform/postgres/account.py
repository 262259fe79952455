"""The account of the operating system that the server runs under: ours, or an unprivileged one for root."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiuhua.platform.errors import DataFolderUnusable, SettingsWrong

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Whether it is another account than the one we run under."""
        return self.uid != os.geteuid()

    def identity(self) -> dict[str, Any]:
        """Arguments of `subprocess` that start a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    @contextmanager
    def assumed(self) -> Iterator[None]:
        """Act as this account for a moment; only in a process with a single thread."""
        if not self.foreign:
            yield
            return
        group, user = os.getegid(), os.geteuid()
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(user)
            os.setegid(group)

    def can_run(self, program: Path) -> bool:
        """Whether this account can reach and run a program."""
        return self._may_pass(program)

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can reach what lies in a folder: every folder above lets it pass."""
        return self._may_pass(folder)

    def _may_pass(self, path: Path) -> bool:
        if not self.foreign:
            return os.access(path, os.X_OK, effective_ids=True)
        # Asked of the kernel under that account: mode bits alone would miss access control lists.
        test = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
        return subprocess.run(test, check=False, cwd="/", **self.identity()).returncode == 0


def account_of(uid: int) -> Account:
    """The account with this number; one without a name cannot sign in to the database by its identity."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise DataFolderUnusable(
            f"User number {uid} has no name on this machine, which the embedded database needs;"
            " run under a named account or set XIUHUA_DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account(wanted: str = "") -> Account:
    """Who the server's files belong to: ourselves, or for root `wanted`, else the first of `UNPRIVILEGED`.

    PostgreSQL refuses to run as root, and we make no accounts.
    """
    if os.geteuid() != 0:
        return account_of(os.geteuid())
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in (wanted,) if wanted else UNPRIVILEGED:
        entry = names.get(name)
        if entry is not None and entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise SettingsWrong(
        f"XIUHUA_DATABASE_USER must name an existing account other than root, not {wanted!r}."
        if wanted
        else "PostgreSQL refuses to run as root: set XIUHUA_DATABASE_USER to an unprivileged account."
    )
