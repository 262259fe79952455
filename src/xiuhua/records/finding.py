"""Records by key or name out of all registers; those of registers told as numbers only are never told of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xiuhua.flow.finding import Named, distance
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.records import forms, model
from xiuhua.records.model import READ, Declared
from xiuhua.records.service import Records


@dataclass(frozen=True, slots=True)
class RecordsNamed:
    """The records that are called so."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor, text: str, limit: int) -> Iterator[Named]:
        """Those whose key it is, and the first of each register whose key or name holds it; no more than `limit`."""
        if not actor.may(READ):
            return
        registers = self.records.registers(tx, actor.city)
        told = {name: one for name, one in registers.items() if one.register.sensitivity != "counts_only"}
        rows = {row.id: row for row in _rows(tx, actor.city, told, text, limit)} if told else {}
        nearest = sorted(rows.values(), key=lambda row: distance(text, row.key, row.called))
        yield from (_named(told[row.register], row) for row in nearest[:limit])


def _rows(tx: Tx, city: str, told: dict[str, Declared], text: str, limit: int) -> list[Any]:
    sql = queries("xiuhua.records")
    values: dict[str, Any] = {"city": city, "text": text.lower(), "limit": limit, "registers": list(told)}
    values["keys"] = sorted({text, text.upper(), text.lower()})
    parts = []
    for number, name in enumerate(told):
        parts.append(sql["called_so"].format(n=number))
        values |= {f"register_{number}": name, f"grams_{number}": sorted(model.grams(name, [text]))}
    exact = tx.execute(sql["keyed_so"], values).fetchall()
    # Planned anew each time, since how common a text is decides how it is best looked for.
    rest = tx.connection.execute(" union all ".join(parts), values, prepare=False)
    return [*exact, *rest]


def _named(declared: Declared, row: Any) -> Named:
    register = declared.register
    state = forms.state_title(register, row.state) if register.states else {"zh": "", "en": ""}
    note = {one: " · ".join(filter(None, (getattr(register.title, one), state[one]))) for one in ("zh", "en")}
    return Named("record", row.id, row.key, row.called, note, f"/records/{row.id}")
