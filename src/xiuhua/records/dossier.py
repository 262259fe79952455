"""What registers say in the file of a thing: the records that refer to it, by register and field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import orjson

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.packs.common import FieldSpec
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.records import forms, model
from xiuhua.records.model import Declared
from xiuhua.records.service import Record, Records

MOST: Final = 10
"""Records of one section; all of them are a list away."""


@dataclass(frozen=True, slots=True)
class Referring:
    """The records that refer to a thing."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """A section for each field of each register by which some do, as far as this person sees them."""
        for declared in self.records.registers(tx, actor.city).values():
            for name, spec in declared.register.fields.items():
                if spec.type == "ref" and spec.to == thing.register and model.is_facet(spec):
                    yield self._section(tx, actor, thing, declared, name, spec)

    def _section(self, tx: Tx, actor: Actor, thing: Thing, declared: Declared, name: str, spec: FieldSpec) -> Section:
        values = {
            "city": actor.city, "register": declared.name, "facet": model.facet(declared.name, name, thing.key),
            "limit": MOST + 1,
        }  # fmt: skip
        rows = tx.execute(queries("xiuhua.records")["referring"], values).fetchall()
        seen = [
            row for row in rows if self.records.sees(tx, actor, Record(row.version, orjson.loads(row.doc), declared))
        ]
        field = spec.title.model_dump() if spec.title else {"zh": name, "en": name}
        title = {one: f"{getattr(declared.register.title, one)} · {field[one]}" for one in ("zh", "en")}
        more = f"/registers/{declared.name}?field={quote(f'{name}={thing.key}')}" if len(rows) > MOST else None
        return Section(f"{declared.name}.{name}", title, [_line(declared, row) for row in seen[:MOST]], None, more)


def thing_of(city: str, record: Record) -> Thing:
    """A record as those see it who have something to say of it."""
    data, fields = record.state["data"], record.declared.register.fields
    place = data.get("place")
    codes = [data.get(name) for name, spec in fields.items() if spec.type == "part_code" and not spec.personal]
    return Thing(
        city, record.declared.name, record.state["id"], record.state["number"],
        (place["lon"], place["lat"]) if place else None, next((one for one in codes if one), None), data,
    )  # fmt: skip


def _line(declared: Declared, row: Any) -> Line:
    said = row.key if row.called == row.key else f"{row.key} {row.called}"
    note = forms.state_title(declared.register, row.state) if declared.register.states else None
    return Line({"zh": said, "en": said}, note, row.changed_at, f"/records/{row.id}")
