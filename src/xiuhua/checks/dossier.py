"""What inspections say in the file of a thing: the latest of it, with their scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xiuhua.checks import query
from xiuhua.checks.model import READ
from xiuhua.checks.service import Checks
from xiuhua.checks.telling import words
from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Inspected:
    """The inspections of a thing."""

    checks: Checks

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """One section, as far as this person sees inspections."""
        if not actor.may(READ):
            return
        wanted = query.InspectionFilter(thing=thing.id)
        rows = query.page(tx, actor.city, actor.id, wanted, self.checks.sight(tx, actor), None, MOST + 1)
        known = self.checks.checklists(tx, actor.city)
        lines = []
        for row in rows[:MOST]:
            declared = known.get(row.checklist)
            title = declared.checklist.title.model_dump() if declared else {"zh": row.checklist, "en": row.checklist}
            score = f" · {row.score}" if row.score is not None else ""
            note = dict.fromkeys(("zh", "en"), f"{row.number}{score}")
            lines.append(Line(title, note, row.begun_at, f"/inspections/{row.id}"))
        more = f"/inspections?thing={thing.id}" if len(rows) > MOST else None
        yield Section("inspections", dict(words()["dossier"]), lines, None, more)
