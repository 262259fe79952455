"""What the supervisor tells its clients, in one small file."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from xiuhua.platform.datafolder import write_file
from xiuhua.platform.postgres.place import LOG

STARTING, READY, FAILED = "starting", "ready", "failed"


@dataclass(frozen=True, slots=True)
class State:
    """How the server is; true only while the supervisor holds its lock."""

    phase: str
    supervisor: int = 0
    """Process number of the supervisor."""
    server: int = 0
    """Process number of the server, 0 when there is none."""
    why: str = ""

    def save(self, base: Path) -> None:
        """Replace the state by this one."""
        write_file(base / "state.json", json.dumps(asdict(self)))


def load_state(base: Path) -> State:
    """The state last told; `starting` when none was."""
    try:
        return State(**json.loads((base / "state.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return State(STARTING)


def forget_state(base: Path) -> None:
    """Remove what a supervisor told that is gone."""
    (base / "state.json").unlink(missing_ok=True)


def last_words(base: Path) -> str:
    """The end of the log."""
    with suppress(OSError):
        return "\n".join((base / LOG).read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
    return ""
