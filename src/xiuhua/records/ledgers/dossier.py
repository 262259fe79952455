"""What ledgers say in the file of a thing: its newest entries, and what they add up to in each ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.records.ledgers import query
from xiuhua.records.ledgers.model import READ, Declared, named_by
from xiuhua.records.ledgers.query import By, EntryFilter
from xiuhua.records.ledgers.service import Ledgers

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Entered:
    """The entries about a thing."""

    ledgers: Ledgers

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """A section for each ledger that is about things of this register, and for each field that names one."""
        if not actor.may(READ):
            return
        for declared in self.ledgers.ledgers(tx, actor.city).values():
            ledger = declared.ledger
            if ledger.of == thing.register:
                wanted = EntryFilter(thing=thing.id)
                yield _section(tx, actor.city, declared, wanted, {"of": thing.id}, f"ledger.{declared.name}")
            for name in named_by(ledger.fields, thing.register):
                said = f"{name}={thing.key}"
                wanted, section = EntryFilter(field=(said,)), f"ledger.{declared.name}.{name}"
                yield _section(tx, actor.city, declared, wanted, {"field": said}, section)


def _section(tx: Tx, city: str, declared: Declared, wanted: EntryFilter, link: dict[str, str], name: str) -> Section:
    """What stands: an entry that was taken back, and what takes it back, are left out and add up to nothing."""
    unit, title = declared.ledger.quantity, declared.ledger.title.model_dump()
    rows = query.page(tx, city, declared, replace(wanted, standing=True), None, MOST)
    sums = query.sums(tx, city, declared, wanted, "none", By())
    count = sum(row.entries for row in sums)
    total = f"{sum(row.quantity for row in sums):,f}".rstrip("0").rstrip(".") if sums else "0"
    more = f"/ledgers/{declared.name}?{urlencode(link)}" if len(rows) < count else None
    note = {"zh": f"{total} {unit}", "en": f"{total} {unit}"}
    return Section(name, title, [_line(row, unit) for row in rows], count, more, note)


def _line(row: Any, unit: str) -> Line:
    said = f"{row.day.isoformat()} {row.quantity.normalize():f} {unit}"
    note = orjson.loads(row.doc)["data"].get("note")
    return Line({"zh": said, "en": said}, {"zh": note, "en": note} if note else None)
