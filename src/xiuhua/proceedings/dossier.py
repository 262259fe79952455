"""What proceedings say in the file of a thing: those that are about it, or about what was done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.flow.titles import titles_of
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.proceedings import query
from xiuhua.proceedings.model import READ
from xiuhua.proceedings.service import Proceedings
from xiuhua.proceedings.service import Thing as Subject

MOST: Final = 10
"""Lines of a section, the newest first; all of them are a list away."""


@dataclass(frozen=True, slots=True)
class About:
    """The proceedings about a thing."""

    proceedings: Proceedings

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """A section for each procedure, as far as this person sees them; in the order of the procedures."""
        if not actor.may(READ):
            return
        view = self.proceedings.view(tx, actor.city)
        about = self.proceedings.all_about(tx, actor.city, (Subject("record", thing.id),))
        counted = query.counts(tx, view, actor, query.Wanted(about=about))
        for name in sorted({row.procedure for row in counted}):
            found, title = view.procedures.get(name), {"zh": name, "en": name}
            if found is not None:
                title = found[1].title.model_dump()
            wanted = query.Wanted(procedure=(name,), about=about)
            rows = query.page(tx, view, actor, wanted, "newest", None, MOST)
            lines = []
            for row in rows:
                said = " ".join(part for part in (row.number, row.title) if part)
                note = titles_of(view, row.procedure, row.state, None).state
                lines.append(Line({"zh": said, "en": said}, note, row.opened_at, f"/tasks/{row.id}"))
            count = sum(row.n for row in counted if row.procedure == name)
            link = urlencode({"procedure": name, "about": f"record/{thing.id}", "due": "all"})
            yield Section(f"proceeding.{name}", title, lines, count, f"/tasks?{link}" if count > MOST else None)
