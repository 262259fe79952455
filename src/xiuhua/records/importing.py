"""Records of a register as what tables are brought into.

Repeatable by key: what is in already and the same is unchanged, what differs is changed in what the file gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xiuhua.city.compiled import CityReader
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports.model import Put, Titled
from xiuhua.records.converting import Columns
from xiuhua.records.filling import Filling
from xiuhua.records.model import KEEP, Declared
from xiuhua.records.service import Records
from xiuhua.records.tabled import Around, FieldReader, FieldTable


class RecordTable(FieldTable):
    """The records of one register, kept by one person (`Target[dict]`)."""

    def __init__(self, tx: Tx, actor: Actor, records: Records, cities: CityReader, register: str) -> None:
        """Raises `NotFound` for a register that no pack declares."""
        declared, city = records.register(tx, actor.city, register), cities.of(tx, actor.city)
        super().__init__(declared, Around.of(city, records.names(tx, actor.city)), _needed(declared))
        self.in_order = any(spec.to == register for spec in declared.register.fields.values())
        self._records, self._actor, self._trial = records, actor, set[str]()
        self._filling = Filling(city, declared, _anything, int(tx.now.timestamp()))

    def reader(self, layout: Columns, header: Sequence[str], now: datetime) -> RecordReader:
        """Reads the rows below a header."""
        return RecordReader(layout, self.converter(layout, header), self._filling)

    def put(self, tx: Tx, items: Sequence[Mapping[str, Any]], trial: bool = False) -> Sequence[Put]:
        """Take a batch in; one answer for each."""
        return self._records.put_many(tx, self._actor, self.declared.name, items, self._trial if trial else None)


class RecordReader(FieldReader):
    """Rows of one table as records are given."""

    def __init__(self, columns: Columns, converter: Any, filling: Filling) -> None:
        super().__init__(columns, converter)
        self._filling, self.key_field = filling, filling.key_field

    def key(self, item: Mapping[str, Any]) -> str | None:
        """What names the record."""
        return self._filling.key(item)


class RecordTables:
    """The registers of a city (`imports.model.Kind`)."""

    permission = KEEP

    def __init__(self, records: Records, cities: CityReader) -> None:
        self._records, self._cities = records, cities

    def names(self, tx: Tx, city: str) -> Mapping[str, Titled]:
        """The registers in force."""
        return {name: one.register.title.model_dump() for name, one in self._records.registers(tx, city).items()}

    def target(self, tx: Tx, actor: Actor, name: str) -> RecordTable:
        """One of them. Raises `NotFound`."""
        return RecordTable(tx, actor, self._records, self._cities, name)


def columns_of(declared: Declared, around: Around) -> FieldTable:
    """How a table of the register is read, whoever brings it in."""
    return FieldTable(declared, around, _needed(declared))


def _needed(declared: Declared) -> list[str]:
    return [declared.register.key]


def _anything(kind: str, code: str) -> dict[str, Any]:
    return {"code": code}
