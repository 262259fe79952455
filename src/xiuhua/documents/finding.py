"""Documents by number or title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.documents import query
from xiuhua.documents.model import READ
from xiuhua.documents.query import DocumentFilter
from xiuhua.documents.service import Documents
from xiuhua.documents.words import words
from xiuhua.flow.finding import Named
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor


@dataclass(frozen=True, slots=True)
class DocumentsNamed:
    """The documents that are called so."""

    documents: Documents

    def __call__(self, tx: Tx, actor: Actor, text: str, limit: int) -> Iterator[Named]:
        """Those whose number or title holds a text, the last changed first."""
        if not actor.may(READ):
            return
        kinds = self.documents.kinds(tx, actor.city)
        for row in query.page(tx, actor, DocumentFilter(q=text), None, limit):
            declared, state = kinds.get(row.kind), words()["states"][row.state]
            title = declared.document.title.model_dump() if declared is not None else {"zh": row.kind, "en": row.kind}
            note = {one: f"{title[one]} · {state[one]}" for one in ("zh", "en")}
            yield Named("document", row.id, row.number or "", row.title, note, f"/documents/{row.id}")
