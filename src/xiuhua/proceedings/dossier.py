"""What proceedings say in the file of a thing: those that are about it, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.proceedings import query
from xiuhua.proceedings.model import READ
from xiuhua.proceedings.service import Proceedings
from xiuhua.proceedings.service import Thing as Subject

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class About:
    """The proceedings about a thing."""

    proceedings: Proceedings

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """A section for each procedure, as far as this person sees them."""
        if not actor.may(READ):
            return
        view = self.proceedings.view(tx, actor.city)
        rows = query.page(tx, view, actor, query.Wanted(about=Subject("record", thing.id)), "newest", None, MOST)
        for name in dict.fromkeys(row.procedure for row in rows):
            found = view.procedures.get(name)
            title = found[1].title.model_dump() if found is not None else {"zh": name, "en": name}
            lines = []
            for row in rows:
                if row.procedure == name:
                    said = " ".join(part for part in (row.number, row.title) if part)
                    lines.append(Line({"zh": said, "en": said}, None, row.opened_at, f"/tasks/{row.id}"))
            yield Section(f"proceeding.{name}", title, lines)
