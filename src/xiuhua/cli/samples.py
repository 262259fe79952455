"""Sample data of packs: tried row by row as the services would take it, and brought into a city by the real import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.cli.output import Desk
from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.flow.scenarios import CITY, ZONE
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import Register
from xiuhua.packs.pack import Pack
from xiuhua.packs.scenario import Given, Step
from xiuhua.platform.errors import Conflict, Invalid, XiuhuaError
from xiuhua.platform.identity.model import system
from xiuhua.platform.tables.readers import open_table
from xiuhua.platform.tables.texts import EN, ZH, Fault
from xiuhua.records import importing
from xiuhua.records.converting import Converter
from xiuhua.records.ledgers import importing as entering
from xiuhua.records.ledgers.model import Declared as DeclaredLedger
from xiuhua.records.ledgers.scenarios import LedgerStage
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.records.model import Declared
from xiuhua.records.scenarios import RegisterStage
from xiuhua.records.service import Records

_DATUM: Final = "wgs84"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong in a file of sample rows; row 0: the file itself."""

    name: str
    row: int
    fault: Fault


@dataclass(slots=True)
class Tried:
    """What came of the rows of a pack."""

    rows: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows of one file; `known`: in already and the same."""

    name: str
    new: int
    changed: int
    known: int
    rejected: int


def needed(pack: Pack, library: Mapping[str, Pack]) -> list[Pack]:
    """The packs that one needs, at any remove, before it; itself last."""
    found: dict[str, Pack] = {}

    def add(one: Pack) -> None:
        for name in one.head.needs:
            if name in library and name not in found and name != pack.name:
                add(library[name])
        found.setdefault(one.name, one)

    add(pack)
    return list(found.values())


def ordered(pack: Pack) -> list[str]:
    """The sampled registers so that what is referred to comes first, then the ledgers."""
    graph = {
        name: {str(spec.to) for spec in register.fields.values() if spec.type == "ref" and spec.to != name}
        for name, register in pack.registers.items()
    }
    names = [name for name in TopologicalSorter(graph).static_order() if name in pack.registers]
    return [name for name in (*names, *pack.ledgers) if name in pack.samples]


def tried(pack: Pack, library: Mapping[str, Pack]) -> Tried:
    """Every sample row as the services would take it; what it refers to stands in a sample of its own."""
    told, keys = Tried(), dict[str, set[str]]()
    for one in needed(pack, library):
        of_it = told if one is pack else Tried()
        for name in ordered(one):
            _File(one, name, library, keys, of_it).read()
    return told


class _File:
    """A file of sample rows being tried."""

    def __init__(
        self, pack: Pack, name: str, library: Mapping[str, Pack], keys: dict[str, set[str]], told: Tried
    ) -> None:
        self._pack, self._name, self._keys, self._told = pack, name, keys, told
        self._packs = [*library.values(), pack]
        self._register: Register | None = pack.registers.get(name)
        self._specs = (self._register or pack.ledgers[name]).fields

    def read(self) -> None:
        """All rows; what is wrong is kept with what was told before."""
        path = self._pack.samples[self._name]
        keys = self._keys.setdefault(self._name, set())
        try:
            register, columns, as_given = self._layout(path)
            with open_table(path, columns) as table:
                for title in (one for one in table.header if one and one not in set(columns.of.values())):
                    self._refuse(0, title, "no field is read from this column")
                converter = Converter(register, columns, table.header, ZONE, {}, _DATUM)
                take = self._taking(columns.of)
                for row in table.rows():
                    given = as_given(converter, row)
                    faults = given if isinstance(given, list) else take(given)
                    self._told.rows += not faults
                    self._told.refused += (Refused(self._name, row.number, one) for one in faults)
                    if isinstance(given, dict) and self._register is not None:
                        keys.add(str(given.get(self._register.key)))
        except Invalid as error:
            for one in error.params.get("errors") or [{"field": "", "why": error.detail}]:
                self._refuse(0, str(one["field"]), str(one["why"]))

    def _layout(self, path: Path) -> tuple[Declared, Any, Callable[[Converter, Any], Row | list[Fault]]]:
        """How its columns are read, and what makes a row of them what the service is given."""
        if self._register is not None:
            declared = Declared(self._name, self._pack.digest, self._register)
            columns = importing.layout(importing.Wanted(path, self._name, {}), declared)
            return declared, columns, lambda converter, row: converter.convert(row)
        ledger = DeclaredLedger(self._name, self._pack.digest, self._pack.ledgers[self._name])
        columns = entering.layout(entering.Wanted(path, self._name, {}), ledger)
        as_register = entering.as_register(ledger)
        return as_register, columns, lambda converter, row: entering.Reader(ledger, converter).read(row, columns)

    def _taking(self, titles: Mapping[str, str]) -> Callable[[Row], list[Fault]]:
        """Takes a row as a scenario's step would; gives what is wrong with it."""
        kind = "register" if self._register is not None else "ledger"
        now = datetime.now(ZONE)
        given = Given.model_validate({kind: self._name, "at": now.strftime("%Y-%m-%d %H:%M")})
        stage = (RegisterStage if kind == "register" else LedgerStage)(self._name, given, now, self._declared)
        verb = "add" if kind == "register" else "enter"

        def take(row: Row) -> list[Fault]:
            wrong = [*self._apart(row), *self._lost(row)]
            plain = {name: value for name, value in row.items() if name not in self._specs or not self._personal(name)}
            try:
                stage.do(Step(do=verb, by="system", fields=plain), system(CITY))
            except Invalid as error:
                wrong += error.params.get("errors") or [{"field": "", "why": error.detail}]
            except (Conflict, XiuhuaError) as error:
                wrong.append({"field": "", "why": error.detail})
            return [self._fault(titles.get(str(one["field"]), str(one["field"])), str(one["why"])) for one in wrong]

        return take

    def _declared(self, kind: str) -> dict[str, tuple[Any, str]]:
        return {name: (found, one.digest) for one in self._packs for name, found in one.of_kind(kind).items()}

    def _personal(self, name: str) -> bool:
        return self._specs[name].personal

    def _apart(self, row: Row) -> Iterator[dict[str, str]]:
        """What is wrong in fields that are kept apart, and a place that is missing."""
        specs = {name: spec for name, spec in self._specs.items() if spec.personal and name in row}
        yield from fields.read_some(specs, row, Context({}), lambda kind, code: {"code": code})[1]
        if self._register is not None and self._register.geometry == "point" and "place" not in row:
            yield {"field": "place", "why": "is needed: lon and lat"}

    def _lost(self, row: Row) -> Iterator[dict[str, str]]:
        """What it refers to and no sample holds."""
        refs = {name: str(spec.to) for name, spec in self._specs.items() if spec.type == "ref"}
        if self._register is None and (of := self._pack.ledgers[self._name].of) is not None:
            refs["thing"] = of
        for name, to in refs.items():
            value = row.get(name)
            for key in value if isinstance(value, list) else [] if value is None else [value]:
                if str(key) not in self._keys.get(to, ()):
                    yield {"field": name, "why": f"no sample of {to} is called {key}"}

    def _refuse(self, row: int, column: str, why: str) -> None:
        self._told.refused.append(Refused(self._name, row, self._fault(column, why)))

    @staticmethod
    def _fault(column: str, why: str) -> Fault:
        return Fault(column, "service", why, why)


def load(here: Desk, pack: Pack, library: Mapping[str, Pack]) -> Iterator[Loaded]:
    """Put the pack and those it needs in force, and import their sample rows, file by file.

    Repeatable: a record is known by its key, an entry by all that it holds. Rejected rows go to `NAME.rejected.csv`
    in the folder that the command is called in.
    """
    every = needed(pack, library)
    with here.services.database.transaction() as tx:
        for one in every:
            packs.install(tx, here.city, one, here.actor)
    for one in every:
        for name in ordered(one):
            yield _imported(here, one, name)


def _imported(here: Desk, pack: Pack, name: str) -> Loaded:
    path, rejected = pack.samples[name], Path(f"{name}.rejected.csv")
    lang = EN if here.out.lang == "en" else ZH
    database, cities = here.services.database, here.services.port(CityReader)
    if name in pack.registers:
        records = here.services.port(Records)
        wanted = importing.Wanted(path, name, {}, _DATUM, None, rejected, lang)
        told = importing.run(database, records, cities, here.actor, wanted)
        return Loaded(name, told.new, told.changed, told.unchanged, told.rejected)
    entries = entering.Wanted(path, name, {}, _DATUM, None, rejected, lang)
    done = entering.run(database, here.services.port(Ledgers), cities, here.actor, entries)
    return Loaded(name, done.new, 0, done.known, done.rejected)


def write(pack: Pack, folder: Path) -> list[Path]:
    """The files as tables to be filled in: a spreadsheet opens them, and sees that they are in UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, path in pack.samples.items():
        target = folder / f"{name}.csv"
        target.write_text(path.read_text(encoding="utf-8-sig"), encoding="utf-8-sig")
        made.append(target)
    return made
