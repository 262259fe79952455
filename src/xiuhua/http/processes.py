"""Several server processes on one port: one interpreter uses one core, a city's server has more.

The system spreads connections over them (SO_REUSEPORT). A process that dies is replaced; when the parent goes,
even killed, they go too.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from threading import Event
from typing import Final

from xiuhua.http.server import listening
from xiuhua.platform.parents import signal_when_parent_dies

_SPAWN: Final = multiprocessing.get_context("spawn")
_LOOK_S: Final = 0.2
_STOP_S: Final = 15.0
_PAUSE_S: Final = 1.0
"""Before a process that died is replaced, so that one that cannot start is not tried in a hot loop."""
_log = logging.getLogger(__name__)

Serve = Callable[[socket.socket], None]
"""Serves on a listening socket until told to stop by a signal; must be importable (it goes to a new process)."""


def run(serve: Serve, host: str, port: int, count: int, stop: Event, ready: Callable[[], None]) -> None:
    """Keep `count` processes serving on host and port until `stop` is set; then end them in order.

    `ready` is called once, when the port takes connections.
    """
    processes = [_started(serve, host, port) for _ in range(count)]
    if _answers(host, port, stop):
        ready()
    while not stop.wait(_LOOK_S):
        for number, one in enumerate(processes):
            if not one.is_alive():
                _log.warning("server process %s ended with %s and is replaced", one.pid, one.exitcode)
                if stop.wait(_PAUSE_S):
                    break
                processes[number] = _started(serve, host, port)
    for one in processes:
        one.terminate()
    until = time.monotonic() + _STOP_S
    for one in processes:
        one.join(max(0.0, until - time.monotonic()))
        if one.is_alive():
            one.kill()


def _answers(host: str, port: int, stop: Event) -> bool:
    """Wait until somebody listens; False when told to stop before."""
    while not stop.is_set():
        with suppress(OSError), socket.create_connection((host, port), 1):
            return True
        stop.wait(_LOOK_S / 10)
    return False


def _started(serve: Serve, host: str, port: int) -> SpawnProcess:
    made = _SPAWN.Process(target=_child, args=(serve, host, port, os.getpid()), name="serve")
    made.start()
    return made


def _child(serve: Serve, host: str, port: int, parent: int) -> None:
    signal_when_parent_dies(signal.SIGTERM)
    if os.getppid() == parent:
        serve(listening(host, port, shared=True))
