"""What ledgers say in the file of a thing: its newest entries, and what they add up to in each ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import orjson

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.records.ledgers import query
from xiuhua.records.ledgers.model import READ
from xiuhua.records.ledgers.service import Ledgers

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Entered:
    """The entries about a thing."""

    ledgers: Ledgers

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """A section for each ledger that is about things of this register."""
        if not actor.may(READ):
            return
        wanted = query.EntryFilter(thing=thing.id)
        for declared in self.ledgers.ledgers(tx, actor.city).values():
            if declared.ledger.of != thing.register:
                continue
            rows = query.page(tx, actor.city, declared, wanted, None, MOST + 1)
            more = f"/ledgers/{declared.name}?thing={thing.id}" if len(rows) > MOST else None
            lines = []
            for row in rows[:MOST]:
                said = f"{row.day.isoformat()} {row.quantity.normalize():f} {declared.ledger.quantity}"
                note = orjson.loads(row.doc)["data"].get("note")
                lines.append(Line({"zh": said, "en": said}, {"zh": note, "en": note} if note else None))
            yield Section(f"ledger.{declared.name}", declared.ledger.title.model_dump(), lines, None, more)
