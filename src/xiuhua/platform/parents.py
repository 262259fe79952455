"""A process that must not outlive the one that started it."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def signal_when_parent_dies(number: int) -> None:
    """Ask the system to send this process a signal when the thread that started it ends; nothing but on Linux.

    A parent that died before is not noticed: look at `os.getppid` afterwards.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
