"""PostgreSQL's main process as the supervisor sees it: start it, ask whether it is ready, clear up."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from xiuhua.platform.parents import signal_when_parent_dies
from xiuhua.platform.postgres.initialise import environment
from xiuhua.platform.postgres.place import Place


def start(place: Place, log: int) -> subprocess.Popen[bytes]:
    """Start it as our child, to be called in the main thread: when that thread dies the server stops fast.

    The signal of a parent's death is set after the change of user (which would clear it), and a parent that
    died before is noticed by its number.
    """
    parent = os.getpid()

    def die_with_parent() -> None:
        signal_when_parent_dies(signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        [
            place.programs / "postgres",
            *("-D", str(place.cluster), "-c", f"config_file={place.conf / 'postgresql.conf'}"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        env=environment(),
        umask=0o077,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        **place.account.identity(),
    )


def is_ready(place: Place, pid: int) -> bool:
    """Whether the server with this pid takes connections: the eighth line of its pid file says so."""
    lines = _pid_file(place)
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def main_process(place: Place) -> int:
    """The pid that the last server wrote down, 0 when there is none; it may be anybody's by now."""
    lines = _pid_file(place)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else 0


def left_over(place: Place) -> list[int]:
    """Processes of an earlier server on this cluster that still live (Linux; elsewhere starting tells).

    A process of PostgreSQL has the cluster as its working directory; a zombie has none any more. Looked up
    under the server's account, since in a container root may not look into the processes of others.
    """
    found = []
    with place.account.assumed():
        cluster = place.cluster.stat()
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (
                    os.path.samestat((entry / "cwd").stat(), cluster)
                    and (entry / "exe").readlink().name.startswith("postgres")
                    and entry.stat().st_uid == place.account.uid
                ):
                    found.append(int(entry.name))
    return found


def forget_stale_pid(place: Place) -> None:
    """Remove the pid file of a server that is gone.

    PostgreSQL does so itself unless the number is taken again by any other process, or by a zombie that
    nobody reaps, as happens in containers: then it would refuse to start for ever.
    """
    if main_process(place) and Path("/proc/self").exists() and not left_over(place):
        (place.cluster / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(place: Place) -> list[str]:
    try:
        return (place.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
