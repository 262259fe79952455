"""Documents that wait for a person: to be approved, to be numbered and published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.documents import query
from xiuhua.documents.model import APPROVE, PUBLISH
from xiuhua.documents.query import DocumentFilter
from xiuhua.documents.words import words
from xiuhua.flow.queues import MOST, Queue
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor


@dataclass(frozen=True, slots=True)
class ToApprove:
    """What waits for the approval of a role that a person has, and what they may publish."""

    def __call__(self, tx: Tx, actor: Actor) -> Iterator[Queue]:
        """A queue of each."""
        titles = words()["queues"]
        if actor.may(APPROVE):
            found = query.page(tx, actor, DocumentFilter(waits=True), None, MOST)
            yield Queue("document_approvals", titles["approve"], len(found), "/documents?waits=1")
        if actor.may(PUBLISH):
            found = query.page(tx, actor, DocumentFilter(state=("approved",)), None, MOST)
            yield Queue("documents_to_publish", titles["publish"], len(found), "/documents?state=approved")
