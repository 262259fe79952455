"""Cases by their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xiuhua.flow.finding import Named
from xiuhua.loop import scope
from xiuhua.loop.lists import query
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.service import Loop
from xiuhua.loop.titles import titles_of
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

_READ: Final = "case.read"


@dataclass(frozen=True, slots=True)
class CasesNumbered:
    """The case that has a number."""

    loop: Loop

    def __call__(self, tx: Tx, actor: Actor, text: str, limit: int) -> Iterator[Named]:
        """The one with exactly this number, where this person sees it."""
        if not actor.may(_READ):
            return
        view = self.loop.view(tx, actor.city)
        wanted = Wanted(actor.city, "case", ListFilter(number=text), scope.sight(view, actor, _READ), tx.now)
        for row in query.page(tx, wanted, None, limit):
            titles = titles_of(view, "case", row.state, row.category, row.unit)
            called = titles.category or {"zh": "", "en": ""}
            note = {one: " · ".join(filter(None, (called[one], titles.state[one]))) for one in ("zh", "en")}
            yield Named("case", row.id, row.number, row.number, note, f"/cases/{row.id}")
