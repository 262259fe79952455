"""Inspections that wait for a person: to be put right by their unit, to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xiuhua.checks import query
from xiuhua.checks.query import InspectionFilter, Turn
from xiuhua.checks.service import Checks
from xiuhua.checks.telling import words
from xiuhua.flow.queues import MOST, Queue
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """What a person's unit must put right, and what they may recheck."""

    checks: Checks

    def __call__(self, tx: Tx, actor: Actor) -> Iterator[Queue]:
        """A queue of each."""
        mine = self.checks.sight(tx, actor)
        turn: Turn
        for turn in ("rectify", "recheck"):
            asked = InspectionFilter(turn=turn)
            found = query.page(tx, actor.city, actor.id, asked, mine, None, MOST)
            late = query.page(tx, actor.city, actor.id, replace(asked, late=True), mine, None, MOST)
            told = len(late) if turn == "rectify" else 0
            yield Queue(turn, words()["queues"][turn], len(found), f"/inspections?turn={turn}", told)
