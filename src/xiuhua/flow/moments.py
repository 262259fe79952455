"""When something was done, by whoever tells it late: a phone that had no network."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xiuhua.platform.errors import Invalid

AHEAD_S: Final = 300
"""How far a phone's clock may be ahead: what it tells then is done now."""
BEHIND_S: Final = 366 * 86_400
"""How long a phone may have kept what begins something new."""


def done_at(now: datetime, told: datetime | None, since: int | None = None) -> int:
    """Epoch seconds of what was done at `told`, else now; `since` (epoch s): when the state began that it is done in.

    Raises `Invalid` for what lies ahead, or before that state, or without one more than a year back.
    """
    latest = int(now.timestamp())
    moment = latest if told is None else int(told.timestamp())
    if moment > latest + AHEAD_S:
        raise _wrong("lies in the future")
    if moment < (latest - BEHIND_S if since is None else since):
        raise _wrong("lies more than a year back" if since is None else "lies before the present state began")
    return min(moment, latest)


def _wrong(why: str) -> Invalid:
    return Invalid(f"the time {why}", errors=[{"field": "at", "why": why}])
