"""A process's share in the embedded server of a data folder."""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Self

from psycopg.conninfo import make_conninfo

from xiuhua.platform.datafolder import usable
from xiuhua.platform.errors import DatabaseUnavailable
from xiuhua.platform.postgres.base import SHELTER, find_base
from xiuhua.platform.postgres.binaries import programs_for
from xiuhua.platform.postgres.conf import APPLICATION, DATABASE, write_conf
from xiuhua.platform.postgres.initialise import environment, initialise
from xiuhua.platform.postgres.locks import FileLock, is_free
from xiuhua.platform.postgres.place import LOG, SOCKET_NAME, Place, socket_folder
from xiuhua.platform.postgres.state import FAILED, READY, forget_state, last_words, load_state

NOTICE_S = 3.0
STARTS = 5
"""Supervisors in a row that may end before their server was ever ready."""
_logger = logging.getLogger(__name__)


class Cluster:
    """The embedded server: there as long as any process has joined it."""

    def __init__(
        self,
        data: Path,
        *,
        account: str = "",
        durable: bool = True,
        extra: Mapping[str, str] | None = None,
        shelter: Path = SHELTER,
        programs: Path | None = None,
        patience_s: float = 600.0,
    ) -> None:
        """`data` is the data folder; `account` the server's for root; `durable=False` is for tests only.

        `extra` are settings of PostgreSQL for the case that we start it, `programs` its folder of programs
        unless those of the wheel; `shelter` is where files go that the server's account cannot reach in the
        data folder. A crash recovery may take `patience_s`.
        """
        self.data, self._account, self._durable, self._shelter = data.absolute(), account, durable, shelter
        self._extra = dict(extra or {}) | ({} if durable else {"fsync": "off", "full_page_writes": "off"})
        self._programs, self._patience_s = programs, patience_s
        self._place: Place | None = None
        self._clients: FileLock | None = None
        self._guard = Lock()
        self._joined = False
        self._child = 0

    def join(self) -> Self:
        """Hold the server up from now on: start it, or share the one that runs; returns itself."""
        self._joined = True
        try:
            self.ensure_running()
        except BaseException:
            self.leave()
            raise
        return self

    def leave(self) -> None:
        """Let go; the server stops when nobody else holds it. The kernel does this for a killed process."""
        self._joined = False
        with self._guard:
            if self._clients is not None:
                self._clients.release()
                self._clients = None

    def __enter__(self) -> Self:
        return self.join()

    def __exit__(self, *_: object) -> None:
        self.leave()

    @property
    def place(self) -> Place:
        """Where its files lie, after `join`."""
        if self._place is None:
            raise DatabaseUnavailable("The embedded server was not started.")
        return self._place

    def conninfo(self, role: str = APPLICATION, database: str = DATABASE) -> str:
        """How libpq finds it, after `join`."""
        return make_conninfo("", host=str(self.place.sockets), user=role, dbname=database)

    def running_conninfo(self) -> str:
        """The same after making sure that it runs: for a pool that opens a new connection."""
        self.ensure_running()
        return self.conninfo()

    def ensure_running(self) -> None:
        """Return when the server takes connections, starting it if need be.

        Raises `DatabaseUnavailable` when it does not within `patience_s`, has given up or was left, and
        `DataFolderUnusable` when the folder does not allow it.
        """
        with self._guard, usable(self.data):
            if not self._joined:
                raise DatabaseUnavailable("The embedded server was left.")
            waiting = _Waiting(self._patience_s)
            base = self._place.base if self._place else find_base(self.data, self._account, self._shelter)[0]
            self._hold(base, waiting)
            self._reap()
            starter, starts = FileLock(base / "start.lock"), 0
            try:
                while not self._answers(base):
                    self._pause(waiting, base)
                    if starter.try_alone():
                        starts += 1
                        self._start(base, waiting, starts)
            finally:
                starter.release()

    def _hold(self, base: Path, waiting: _Waiting) -> None:
        """Become one of the clients, after a supervisor that is just leaving has left."""
        if self._clients is None:
            lock = FileLock(base / "clients.lock")
            while not lock.try_shared():
                self._pause(waiting, base)
            self._clients = lock

    def _start(self, base: Path, waiting: _Waiting, starts: int) -> None:
        """Start a supervisor if there is none and wait for its server; we are the only starter."""
        if not _supervised(base):
            if starts > STARTS:
                raise DatabaseUnavailable(f"The database does not start. {base / LOG} ends:\n{last_words(base)}")
            self._prepare()
            self._child = _spawn(base)
            while not _supervised(base) and not self._reap():
                self._pause(waiting, base)
        while _supervised(base) and not self._answers(base):
            self._pause(waiting, base)
        state = load_state(base)
        if state.phase == FAILED:
            raise DatabaseUnavailable(f"The database does not start. {base / LOG} ends:\n{state.why}")

    def _prepare(self) -> None:
        base, account = find_base(self.data, self._account, self._shelter)
        forget_state(base)
        programs = self._programs or programs_for(account, self._shelter)
        place = Place(base, account, programs, socket_folder(base, account))
        place.save()
        initialise(place, durable=self._durable)
        write_conf(place, self._extra)

    def _answers(self, base: Path) -> bool:
        """Whether a supervisor says that its server is ready, and its socket is listened to."""
        if not _supervised(base) or load_state(base).phase != READY:
            return False
        self._place = Place.load(base)
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(self._place.sockets / SOCKET_NAME))
        except OSError:
            return False
        return True

    def _pause(self, waiting: _Waiting, base: Path) -> None:
        if not self._joined:
            raise DatabaseUnavailable("The embedded server was left.")
        waiting.pause(base)

    def _reap(self) -> bool:
        """Whether the supervisor that we started is gone; one that is leaves no zombie."""
        if self._child:
            with suppress(ChildProcessError):
                if os.waitpid(self._child, os.WNOHANG)[0] == 0:
                    return False
            self._child = 0
        return True


class _Waiting:
    """Patience with an end, that says after a while what it waits for."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s, self._since, self._told = patience_s, time.monotonic(), False

    def pause(self, base: Path) -> None:
        """Wait a moment."""
        waited = time.monotonic() - self._since
        if waited > self._patience_s:
            raise DatabaseUnavailable(f"The database was not ready after {waited:.0f} s; its log is {base / LOG}.")
        if waited > NOTICE_S and not self._told:
            self._told = True
            _logger.warning("Waiting for the database to start; its log is %s", base / LOG)
        time.sleep(0.01)


def _supervised(base: Path) -> bool:
    """Whether a supervisor lives, whoever started it."""
    return not is_free(base / "supervisor.lock")


def _spawn(base: Path) -> int:
    """A supervisor that has nothing in common with us but the log; its process number."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "xiuhua.platform.postgres.supervisor", str(base)],
        environment(),
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(base / LOG), flags, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
        setsigmask=[],
    )
