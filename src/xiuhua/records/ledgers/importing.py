"""Entries of a ledger as what tables are brought into.

Repeatable by key: of a column that names each row, else by what the row holds (the second of two equal rows in one
file is an entry of its own). An entry that is in already stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.packs.common import FieldSpec, Title
from xiuhua.packs.kinds import Register
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports.model import Field, Put, Titled
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault, excerpt, fault
from xiuhua.records import measures
from xiuhua.records.converting import Columns, Converter
from xiuhua.records.ledgers.model import ENTER, Declared
from xiuhua.records.ledgers.service import Ledgers, Moves, digest_of
from xiuhua.records.measures import NoQuantity
from xiuhua.records.model import Declared as AsRegister
from xiuhua.records.service import Records
from xiuhua.records.tabled import Around, FieldReader, FieldTable
from xiuhua.records.words import words

_NEEDED: Final = ("day", "quantity")


class EntryTable(FieldTable):
    """The entries of one ledger, written by one person (`Target[dict]`)."""

    def __init__(
        self, tx: Tx, actor: Actor, ledgers: Ledgers, records: Records, cities: CityReader, ledger: str
    ) -> None:
        """Raises `NotFound` for a ledger that no pack declares."""
        declared = ledgers.ledger(tx, actor.city, ledger)
        around = Around.of(cities.of(tx, actor.city), records.names(tx, actor.city))
        super().__init__(as_register(declared), around, _NEEDED, words()["entries"])
        self.in_order = declared.ledger.balance
        self._ledger, self._ledgers, self._actor = declared, ledgers, actor
        self._trial: Moves = {}

    def fields(self) -> dict[str, Field]:
        """What a column may be; quantities are in the ledger's unit unless a cell says otherwise."""
        found, told = super().fields(), words()["hints"]["quantity"]
        unit = self._ledger.ledger.quantity
        hint = {lang: told[lang].format(unit=f" ({unit})") for lang in ("zh", "en")}
        found["quantity"] = replace(found["quantity"], hint=hint)
        return found

    def reader(self, layout: Columns, header: Sequence[str], now: datetime) -> EntryReader:
        """Reads the rows below a header."""
        return EntryReader(layout, self.converter(layout, header), self._ledger)

    def put(self, tx: Tx, items: Sequence[Mapping[str, Any]], trial: bool = False) -> Sequence[Put]:
        """Take a batch in; one answer for each."""
        return self._ledgers.put_many(tx, self._actor, self._ledger.name, items, self._trial if trial else None)


class EntryReader(FieldReader):
    """Rows of one table as entries are given, each with its key."""

    key_field = "key"

    def __init__(self, columns: Columns, converter: Converter, declared: Declared) -> None:
        super().__init__(columns, converter)
        self._declared, self._seen, self._about = declared, Counter[str](), 0

    @property
    def about(self) -> int:
        """Cells that said "about"."""
        return self._about + self._converter.about

    def key(self, item: Mapping[str, Any]) -> str:
        """What makes it once."""
        return str(item["key"])

    def read(self, row: Row) -> dict[str, Any] | list[Fault]:
        """What the row gives, or all that is wrong in it."""
        given = super().read(row)
        if isinstance(given, list):
            return given
        lacking = [name for name in _NEEDED if name not in given]
        if lacking:
            return [fault(self.title(name), "required") for name in lacking]
        unit = given.get("unit") or self._declared.ledger.quantity
        try:
            number, about = measures.read(given["quantity"], unit)
        except NoQuantity as error:
            return [fault(self.title("quantity"), str(error), value=excerpt(given["quantity"]), unit=unit)]
        self._about += about
        entry = {**given, "quantity": f"{number:f}"}
        if "key" not in entry:
            digest = digest_of(entry)
            self._seen[digest] += 1
            entry["key"] = digest if self._seen[digest] == 1 else f"{digest}#{self._seen[digest]}"
        return entry


class EntryTables:
    """The ledgers of a city (`imports.model.Kind`)."""

    permission = ENTER

    def __init__(self, ledgers: Ledgers, records: Records, cities: CityReader) -> None:
        self._ledgers, self._records, self._cities = ledgers, records, cities

    def names(self, tx: Tx, city: str) -> Mapping[str, Titled]:
        """The ledgers in force."""
        return {name: one.ledger.title.model_dump() for name, one in self._ledgers.ledgers(tx, city).items()}

    def target(self, tx: Tx, actor: Actor, name: str) -> EntryTable:
        """One of them. Raises `NotFound`."""
        return EntryTable(tx, actor, self._ledgers, self._records, self._cities, name)


def columns_of(declared: Declared, around: Around) -> FieldTable:
    """How a table of the ledger is read, whoever brings it in."""
    return FieldTable(as_register(declared), around, _NEEDED, words()["entries"])


def as_register(declared: Declared) -> AsRegister:
    """The ledger as tables are read by: its fields, and what every entry has."""
    types: dict[str, Any] = {"day": "date", "quantity": "long_text", "of_unit": "unit", "note": "long_text"}
    told = words()["titles"]
    own = {
        name: FieldSpec(type=types.get(name, "text"), title=Title(**told[name]))
        for name in words()["entries"]
        if name != "thing" or declared.ledger.of is not None
    }
    register = Register(
        title=declared.ledger.title, key="day", geometry="point", fields={**own, **declared.ledger.fields}, cites=[]
    )
    return AsRegister(declared.name, declared.digest, register)
