"""Sample rows of packs: looked at as their registers and ledgers take them, brought into a city as any table is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

from xiuhua.cli import tables
from xiuhua.cli.output import Desk
from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.flow.scenarios import CITY, ZONE
from xiuhua.packs import service as packs
from xiuhua.packs.pack import Pack
from xiuhua.packs.problems import Place, Problem
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import Invalid, XiuhuaError
from xiuhua.platform.identity.model import system
from xiuhua.platform.tables.readers import Table, open_table
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.platform.wording import why, wrong
from xiuhua.records import importing
from xiuhua.records.converting import Columns, Converter
from xiuhua.records.ledgers import importing as entering
from xiuhua.records.ledgers.model import Declared as DeclaredLedger
from xiuhua.records.ledgers.scenarios import LedgerStage
from xiuhua.records.model import Declared
from xiuhua.records.scenarios import RegisterStage
from xiuhua.records.tabled import Around, FieldReader, FieldTable

_NOWHERE: Final = Around(ZONE, {}, lambda _: None)
"""No city: units, people and areas are taken as they are written."""
Row = dict[str, Any]
Errors = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows of one file; `into`: `register:NAME` or `ledger:NAME`."""

    into: str
    new: int
    changed: int
    unchanged: int
    rejected: int


def needed(chosen: Sequence[Pack], library: Mapping[str, Pack]) -> list[Pack]:
    """Packs and those that they need, at any remove; what is needed comes first."""
    found: dict[str, Pack] = {}

    def add(one: Pack) -> None:
        if one.name not in found:
            for name in one.head.needs:
                if name in library:
                    add(library[name])
            found[one.name] = one

    for one in chosen:
        add(one)
    return list(found.values())


def ordered(pack: Pack) -> list[str]:
    """The sampled registers so that what is referred to comes first, then the ledgers."""
    graph = {
        name: {str(spec.to) for spec in register.fields.values() if spec.type == "ref" and spec.to != name}
        for name, register in pack.registers.items()
    }
    names = [name for name in TopologicalSorter(graph).static_order() if name in pack.registers]
    return [name for name in (*names, *pack.ledgers) if name in pack.samples]


# ---- looked at without a city


def problems(pack: Pack, library: Mapping[str, Pack]) -> Iterator[Problem]:
    """What its registers and ledgers would not take of its sample rows, and what these refer to and no sample holds."""
    keys: dict[str, set[str]] = {}
    for one in needed([pack], library):
        for name in ordered(one):
            told = list(_Look(one, name, library, keys).problems())
            if one is pack:
                yield from told


class _Look:
    """A file of sample rows looked at."""

    def __init__(self, pack: Pack, name: str, library: Mapping[str, Pack], keys: dict[str, set[str]]) -> None:
        """`keys`: register → the keys of the records sampled so far, these added."""
        self._pack, self._name, self._keys = pack, name, keys
        self._everything = [*library.values(), pack]
        self._register, self._path = pack.registers.get(name), pack.samples[name]
        self._specs = (self._register or pack.ledgers[name]).fields
        self._stage = self._staged()

    def problems(self) -> Iterator[Problem]:
        """All of them, by row."""
        try:
            if self._register is not None:
                declared = Declared(self._name, self._pack.digest, self._register)
                yield from self._read(importing.columns_of(declared, _NOWHERE), FieldReader)
            else:
                ledger = DeclaredLedger(self._name, self._pack.digest, self._pack.ledgers[self._name])
                yield from self._read(
                    entering.columns_of(ledger, _NOWHERE),
                    lambda columns, converter: entering.EntryReader(columns, converter, ledger),
                )
        except Invalid as error:
            yield from (self._problem(0, one) for one in error.params.get("errors") or [_said(error)])

    def _read(self, fields_: FieldTable, reading: Callable[[Columns, Converter], FieldReader]) -> Iterator[Problem]:
        columns = fields_.found(self._path)
        with open_table(self._path, columns) as table:
            yield from self._of(table, columns, reading(columns, fields_.converter(columns, table.header)))

    def _of(self, table: Table, columns: Columns, reader: FieldReader) -> Iterator[Problem]:
        used = set(columns.titles())
        for title in table.header:
            if title and title not in used:
                yield Problem(self._place(0, title), "sample_column_unused")
        for row in table.rows():
            given = reader.read(row)
            if isinstance(given, list):
                for one in given:
                    told = {"en": one.text(EN), "zh": one.text(ZH)}
                    yield Problem(self._place(row.number, one.column), "sample_row", told)
                continue
            for error in self._errors(given):
                yield self._problem(row.number, {**error, "field": reader.title(str(error.get("field", "")))})
            if self._register is not None:
                self._keys.setdefault(self._name, set()).add(str(given.get(self._register.key)))

    def _staged(self) -> RegisterStage | LedgerStage:
        """Where a scenario would keep what the rows hold."""
        now = datetime.now(ZONE)
        kind = "register" if self._register else "ledger"
        given = Given.model_validate({kind: self._name, "at": now.strftime("%Y-%m-%d %H:%M")})
        return (RegisterStage if self._register else LedgerStage)(self._name, given, now, self._declared)

    def _declared(self, kind: str) -> dict[str, tuple[Any, str]]:
        return {name: (found, one.digest) for one in self._everything for name, found in one.of_kind(kind).items()}

    def _errors(self, row: Row) -> Errors:
        """All that is wrong in a row that could be read; a good one is kept for those after it."""
        errors = [*self._apart(row), *self._lost(row)]
        apart = {name for name, spec in self._specs.items() if spec.personal}
        given = {name: value for name, value in row.items() if name not in apart}
        try:
            verb = "add" if self._register else "enter"
            self._stage.do(Step(do=verb, by="system", fields=given), system(CITY))
        except XiuhuaError as error:
            errors += error.params.get("errors") or [_said(error)]
        return errors

    def _apart(self, row: Row) -> Iterator[dict[str, Any]]:
        """What is wrong in fields that are kept apart, and a place that is missing."""
        specs = {name: spec for name, spec in self._specs.items() if spec.personal and name in row}
        yield from fields.read_some(specs, row, Context({}), lambda kind, code: {"code": code})[1]
        if self._register is not None and self._register.geometry == "point" and "place" not in row:
            yield wrong("place", "place_needed")

    def _lost(self, row: Row) -> Iterator[dict[str, Any]]:
        """What it refers to and no sample holds."""
        refs = {name: str(spec.to) for name, spec in self._specs.items() if spec.type == "ref"}
        if self._register is None and (of := self._pack.ledgers[self._name].of) is not None:
            refs["thing"] = of
        for name, to in refs.items():
            value = row.get(name)
            for key in value if isinstance(value, list) else [] if value is None else [value]:
                if str(key) not in self._keys.get(to, ()):
                    yield fields.nothing_such(to, str(key), record=True).at(name)

    def _problem(self, row: int, error: Mapping[str, Any]) -> Problem:
        told = {"en": why(error, "en"), "zh": why(error, "zh")}
        return Problem(self._place(row, str(error.get("field", ""))), "sample_row", told)

    def _place(self, row: int, column: str) -> Place:
        return Place(f"samples/{self._path.name}", row, 0, column)


def _said(error: XiuhuaError) -> dict[str, Any]:
    return {"field": "", "why": error.detail}


# ---- brought into a city


def load(here: Desk, chosen: Sequence[Pack], library: Mapping[str, Pack]) -> Iterator[Loaded]:
    """Put packs and those they need in force, and bring their sample rows in, file by file.

    Repeatable: a record is known by its key, an entry by all that it holds. Rejected rows go to `NAME.rejected.csv`
    in the folder that the command is called in.
    """
    every = needed(chosen, library)
    with here.services.database.transaction() as tx:
        for one in every:
            packs.install(tx, here.city, one, here.actor)
    for one in every:
        for name in ordered(one):
            into = f"register:{name}" if name in one.registers else f"ledger:{name}"
            request = tables.Request(one.samples[name], rejected=Path(f"{name}.rejected.csv"), processes=1)
            _, found = tables.take_in(here, into, request)
            yield Loaded(into, found.new, found.changed, found.unchanged, found.rejected)


def write(pack: Pack, folder: Path) -> list[Path]:
    """The files as tables to be filled in: a spreadsheet opens them, and sees that they are in UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, path in pack.samples.items():
        target = folder / f"{name}.csv"
        target.write_text(path.read_text(encoding="utf-8-sig"), encoding="utf-8-sig")
        made.append(target)
    return made
