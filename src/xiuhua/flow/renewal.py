"""Clocks computed anew when their calendar has a new version, as one event of the subject. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from xiuhua.flow import effects, timing
from xiuhua.flow.model import Decided, State, Surroundings, apply
from xiuhua.packs.procedure import Procedure

ACTION: Final = "recompute_clocks"
EVENT: Final = "ClocksRecomputed"


def recompute(procedure: Procedure, state: State, now: datetime, world: Surroundings) -> tuple[list[Decided], State]:
    """The event that holds the runs that moved, and the state after it; no event when none has.

    Places, data and settings are left alone: only what hangs on the clocks (inboxes, timers) goes with them.
    """
    clocks = timing.recompute(state, world)
    if not clocks:
        return [], state
    at = int(now.timestamp())
    payload: dict[str, Any] = {"action": ACTION, "clocks": clocks}
    after = apply(state, payload, at)
    payload |= effects.turns(procedure, state, after, effects.context_of(procedure, after, at, world))
    return [Decided(EVENT, payload, "system", "system", at)], apply(state, payload, at)
