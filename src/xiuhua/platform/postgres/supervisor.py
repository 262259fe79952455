"""PostgreSQL's parent: `python -m xiuhua.platform.postgres.supervisor BASE`.

It lives as long as a client holds the clients' lock, restarts the server when that dies, and takes it along
when it is stopped or killed itself. It stands in a session of its own, so that whoever started it may leave.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from xiuhua.platform.postgres import postmaster
from xiuhua.platform.postgres.locks import FileLock, wait_until
from xiuhua.platform.postgres.place import LOG, SOCKET_NAME, Place, own_folder
from xiuhua.platform.postgres.state import FAILED, READY, STARTING, State, last_words

TICK_S = 0.2
LOG_BYTES = 16 * 1024**2
TRIES = 5
"""Starts in a row that may fail before we give up and say why."""
STOP_S, QUIT_S = 120.0, 10.0
"""How long a fast stop (its checkpoint) and an immediate stop may take."""
STOPPING = ((0, 10.0), (signal.SIGINT, 120.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
ORPHANED = ((0, 1.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
"""What processes of an earlier server are sent, and how long each is waited for: while its main process still
lives, it may be at its last checkpoint; without it a busy process does not notice, and its work is lost."""


class Supervisor:
    """One server, from the first client to the last."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.clients = FileLock(place.base / "clients.lock")
        self.log = place.base / LOG
        self.server: subprocess.Popen[bytes] | None = None
        self.told_to_stop = False
        self._wake, self._waker = os.pipe()
        for end in (self._wake, self._waker):
            os.set_blocking(end, False)

    def run(self) -> None:
        """Serve until nobody is left; every way out stops the server."""
        self._catch_signals()
        try:
            failures = 0
            while failures < TRIES and not self._time_to_leave():
                failures = 0 if self._one_life() else failures + 1
                self._pause(TICK_S * (failures + 0.25))
            if failures == TRIES:
                self._tell(FAILED, why=last_words(self.place.base))
        finally:
            self._stop()
            if self.place.sockets.parent != self.place.base:
                with suppress(OSError):
                    self.place.sockets.rmdir()

    def _one_life(self) -> bool:
        """From a start to the server's death or our leave; False when it was never ready."""
        self.server = None
        self._tell(STARTING)
        self._clear_away()
        own_folder(self.place.sockets, self.place.account)
        with self.log.open("ab") as log:
            self.server = postmaster.start(self.place, log.fileno())
        self._tell(STARTING)
        was_ready = False
        while self.server.poll() is None and not self._time_to_leave():
            if not was_ready and postmaster.is_ready(self.place, self.server.pid):
                was_ready = True
                self._tell(READY)
            elif was_ready and not (self.place.sockets / SOCKET_NAME).exists():
                self._say("the socket was removed: starting anew")
                self._stop()
                break
            self._trim_log()
            self._pause(TICK_S if was_ready else 0.02)
        if self.server is not None and self.server.returncode is not None:
            self._say(f"the server ended with {self.server.returncode}")
        return was_ready

    def _clear_away(self) -> None:
        """Wait for processes of an earlier server; those that do not go by themselves are told to."""
        steps = STOPPING if postmaster.main_process(self.place) in postmaster.left_over(self.place) else ORPHANED
        for number, patience_s in steps:
            for pid in postmaster.left_over(self.place) if number else ():
                self._say(f"sending signal {number:d} to {pid}, left over from an earlier server")
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
            if wait_until(lambda: not postmaster.left_over(self.place), patience_s, pause_s=0.05):
                break
        postmaster.forget_stale_pid(self.place)

    def _stop(self) -> None:
        """Stop the server, fast if it can, in any case."""
        server, self.server = self.server, None
        if server is None:
            return
        for number, patience_s in ((signal.SIGINT, STOP_S), (signal.SIGQUIT, QUIT_S), (signal.SIGKILL, None)):
            server.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                server.wait(patience_s)
                break

    def _time_to_leave(self) -> bool:
        """Once we hold the clients' lock alone, newcomers wait until we are gone and start another."""
        return self.told_to_stop or self.clients.try_alone()

    def _catch_signals(self) -> None:
        def stop(_number: int, _frame: object) -> None:
            self.told_to_stop = True

        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def _pause(self, seconds: float) -> None:
        """Wait, but not past a signal or the end of the server."""
        if select.select([self._wake], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self._wake, 512)

    def _tell(self, phase: str, why: str = "") -> None:
        State(phase, os.getpid(), self.server.pid if self.server else 0, why).save(self.place.base)

    def _say(self, text: str) -> None:
        with suppress(OSError):  # a full disk must not end the server
            print(time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()), "supervisor:", text, flush=True)

    def _trim_log(self) -> None:
        """Keep the log and the one before it; the server goes on writing to the same file."""
        with suppress(OSError):
            if self.log.stat().st_size > LOG_BYTES:
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
                os.truncate(self.log, 0)


def main(base: Path) -> None:
    """Supervise the server of this base, unless another process does."""
    os.chdir("/")
    os.umask(0o077)
    lock = FileLock(base / "supervisor.lock")
    if wait_until(lock.try_alone, timeout_s=1.0):
        Supervisor(Place.load(base)).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
