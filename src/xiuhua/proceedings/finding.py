"""Proceedings by number or title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.flow import titles
from xiuhua.flow.finding import Named
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.proceedings import query
from xiuhua.proceedings.model import READ
from xiuhua.proceedings.query import Wanted
from xiuhua.proceedings.service import Proceedings


@dataclass(frozen=True, slots=True)
class ProceedingsNamed:
    """The proceedings that are called so."""

    proceedings: Proceedings

    def __call__(self, tx: Tx, actor: Actor, text: str, limit: int) -> Iterator[Named]:
        """The newest whose number or title holds a text."""
        if not actor.may(READ):
            return
        view = self.proceedings.view(tx, actor.city)
        for row in query.page(tx, view, actor, Wanted(q=text), "newest", None, limit):
            declared = titles.procedure_of(view, row.procedure)
            title = declared.title.model_dump() if declared is not None else dict.fromkeys(("zh", "en"), row.procedure)
            state = titles.titles_of(view, row.procedure, row.state, None).state
            note = {one: f"{title[one]} · {state[one]}" for one in ("zh", "en")}
            yield Named("proceeding", row.id, row.number or "", row.title, note, f"/tasks/{row.id}")
