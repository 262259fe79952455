"""Change requests that wait for a person's verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.flow.queues import MOST, Queue
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.records.model import KEEP, waiting
from xiuhua.records.service import Records
from xiuhua.records.words import words


@dataclass(frozen=True, slots=True)
class ToDecide:
    """The change requests of records that a person keeps, but for their own."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor) -> Iterator[Queue]:
        """One queue."""
        if actor.may(KEEP):
            asked = [one for record in self.records.queue(tx, actor, MOST) for one in waiting(record.state)]
            count = sum(one["item"]["by"] != actor.id for one in asked)
            yield Queue("change_requests", words()["queue"], min(count, MOST), "/changes")
