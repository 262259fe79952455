"""The tables of a city: one for each thing that its packs declare, and for the parts of things."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.insight.facts import types
from xiuhua.insight.facts.model import AREAS, Anchor, Column, Table, Type, of_subject
from xiuhua.packs.kinds import Checklist, Document, Ledger, Register
from xiuhua.packs.pack import Pack
from xiuhua.packs.procedure import Procedure
from xiuhua.proceedings import model as proceedings

_RULES: Final[tuple[Anchor, ...]] = ("reported", "filed", "due", "closed")
LEG: Final = "leg"
RUN: Final = "run"
PARTS: Final[Mapping[str, Mapping[str, Type]]] = {
    LEG: {
        "unit": "text", "organisation": "text", "begins": "text", "from": "moment", "to": "moment", "due": "moment",
        "verdict": "text", "late": "bool", "rework": "int", "extended": "bool", "deemed": "bool",
        "wrong_dispatch": "bool",
    },
    RUN: {
        "clock": "text", "round": "int", "started": "moment", "due": "moment", "stopped": "moment", "late": "bool",
        "state": "text", "person": "text", "role": "text", "action": "text",
    },
}  # fmt: skip
"""Parts that things have beside the tracks of their procedures: legs of cases, runs of clocks."""
TRACK: Final[Mapping[str, Type]] = {
    "state": "text", "since": "moment", "unit": "text", "by": "text", "item": "text", "choice": "text", "count": "int",
    "applies": "bool", "hours": "int", "until": "moment", "due": "moment", "late": "bool", "round": "int",
}  # fmt: skip
"""What is kept of an instance of a side track: where it stands, and those of its values that have these names."""
_EVENT: Final[Mapping[str, Type]] = {
    "subject": "text", "thing": "text", "type": "text", "action": "text", "actor": "text", "role": "text",
    "at": "moment", "recorded": "moment", "clock": "text", "late": "bool",
}  # fmt: skip
EVENT: Final = Table(
    "event.event", tuple(Column(name, type_) for name, type_ in _EVENT.items()), {"at": "at", "reported": "recorded"}
)
"""Everything that happened, payloads left out; which clock it brought to its end, and whether that was late."""
_OF_ALL: Final = frozenset({
    "state", "category", "source", "unit", "unit_organisation", "handler", "opened", "opened_by", "filed_at",
    "closed_at", "close_kind", "reworks", "returns", "wrong_dispatches", "missed", "overdue", "overtime_exempt",
    "area_class", "tags", "thing", "score", "band",
    *AREAS,
})  # fmt: skip
"""Columns of a thing that the tables of its parts have as well."""
_NOT_TOLD: Final = frozenset({
    "scopes", "unit_grid", "legs", "external_id", "text_digest", "description_digest", "duties",
})  # fmt: skip
"""Fields of subjects that stand elsewhere in a fact, or say nothing that could be counted."""
_MEMBERS: Final[Mapping[str, Mapping[str, Type]]] = {
    "call_back": {"reached": "bool", "responded": "bool", "solved": "bool", "satisfied": "text"},
    "mandate": {"owner": "text", "closes": "text", "due": "moment"},
    "verification": {"found": "text"},
}
"""Fields that hold several values, each a column `field_member`; the field itself says whether it is there."""
_INSPECTION: Final[Mapping[str, Type]] = {
    "unit": "text",
    "round": "text",
    "party": "text",
    "finished": "moment",
    "by": "text",
    "inspectors": "texts",
}
_SCORED: Final[Mapping[str, Type]] = {
    "score": "decimal",
    "points": "decimal",
    "full": "decimal",
    "band": "text",
    "list": "text",
}
_DOCUMENT: Final[Mapping[str, Type]] = {
    "number": "text", "series": "text", "year": "int", "since": "date", "until": "date", "version": "int",
    "replaces": "text", "open": "bool",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of thing: its table, and those of its parts."""

    main: Table
    parts: Mapping[str, Table] = field(default_factory=dict)
    """Track, `leg` or `run` → table."""

    @property
    def shared(self) -> list[int]:
        """Which columns of the main table its parts have as well."""
        return [at for at, one in enumerate(self.main.columns) if one.name in _OF_ALL]


@dataclass(frozen=True, slots=True)
class Tables:
    """All sorts of a city, by `kind.name` as the streams name them."""

    sorts: Mapping[str, Sort]

    def all(self) -> Iterator[Table]:
        """Every table."""
        yield EVENT
        for sort in self.sorts.values():
            yield sort.main
            yield from sort.parts.values()

    def by_key(self) -> dict[str, Table]:
        """Every table by its key."""
        return {one.key: one for one in self.all()}

    def named(self) -> dict[str, Table]:
        """Every table as indicators name it; of two with one name a register goes first, then a ledger, a checklist."""
        found: dict[str, Table] = {}
        for kind in ("register", "ledger", "checklist", "subject", "document", "event"):
            for one in self.all():
                if one.key.startswith(f"{kind}."):
                    found.setdefault(one.name, one)
        return found


def of_packs(packs: Iterable[Pack]) -> Tables:
    """The tables of the packs in force."""
    sorts: dict[str, Sort] = {}
    for pack in packs:
        for name, register in pack.registers.items():
            sorts[f"register.{name}"] = Sort(_register(name, register))
        for name, ledger in pack.ledgers.items():
            sorts[f"ledger.{name}"] = Sort(_ledger(name, ledger))
        for name, checklist in pack.checklists.items():
            sorts[f"checklist.{name}"] = _inspections(name, checklist)
        for name, document in pack.documents.items():
            sorts[f"document.{name}"] = Sort(_document(name, document))
        for procedure in pack.procedures.values():
            sorts[f"subject.{procedure.subject}"] = _subject(procedure)
    return Tables(sorts)


def _register(name: str, register: Register) -> Table:
    only = register.sensitivity == "counts_only"
    fields = types.columns(register.fields, counts_only=only)
    common = _named([
        _text("state", _at("state")), _moment("opened", _at("opened")), _moment("since", _at("since")),
        _text("opened_by", _at("opened_by")),
    ], register.fields)  # fmt: skip
    if only:
        return Table(
            f"register.{name}",
            (*common, *fields, *_areas(register.fields, AREAS[:2])),
            {"at": "opened"},
            counts_only=True,
        )
    called = register.called or register.key
    more = _named([
        _text("number", _at("number")), _text("name", types.reader(called, "text")),
        _text("unit", _unit_of(register)),
    ], register.fields)  # fmt: skip
    columns = (*common, *more, *fields, *_areas(register.fields))
    return Table(f"register.{name}", columns, _anchors(columns))


def _ledger(name: str, ledger: Ledger) -> Table:
    fields = types.columns(ledger.fields)
    own: list[tuple[str, Type]] = [
        ("day", "date"), ("quantity", "decimal"), ("thing", "text"), ("thing_key", "text"), ("counters", "text"),
        ("late", "int"),
    ]  # fmt: skip
    common = [
        *(Column(one, type_, types.reader(one, type_)) for one, type_ in own), _text("state", _at("state")),
        _text("of_unit", types.reader("of_unit", "text")), _moment("opened", _at("opened")),
        _text("opened_by", _at("opened_by")), Column("entries", "int", _entries),
    ]  # fmt: skip
    columns = (*_named(common, ledger.fields), *fields, *_areas(ledger.fields))
    return Table(f"ledger.{name}", columns, _anchors(columns, at="day"), counted="entries")


def _entries(state: State) -> int:
    data = state["data"]
    return 0 if data.get("counted") is not None else -1 if data.get("counters") else 1


def _inspections(name: str, checklist: Checklist) -> Sort:
    own = [Column(one, type_, types.reader(one, type_)) for one, type_ in _INSPECTION.items()]
    scored = [Column(one, type_, _member("scored", one, type_)) for one, type_ in _SCORED.items()]
    common = [
        _text("number", _at("number")), _text("state", _at("state")), _moment("opened", _at("opened")),
        _text("opened_by", _at("opened_by")), _text("thing", _member("thing", "id", "text")),
        _text("thing_kind", _member("thing", "kind", "text")),
        Column("original", "decimal", _member("original", "score", "decimal")),
        Column("failed", "int", _failed),
    ]  # fmt: skip
    main = Table(
        f"checklist.{name}", (*common, *own, *scored, *_areas()),
        {"at": "finished", "closed": "finished", "reported": "opened", "filed": "opened"},
    )  # fmt: skip
    return _with_parts(main, ("finding", "rectification"), legs=False)


def _failed(state: State) -> int:
    return sum(bool(line["failed"]) for line in (state["data"].get("scored") or {}).get("lines", ()))


def _document(name: str, document: Document) -> Table:
    fields = types.columns(document.fields)
    own = [Column(one, type_, types.reader(one, type_)) for one, type_ in _DOCUMENT.items()]
    common = [_text("state", _at("state")), _moment("opened", _at("opened")), _text("opened_by", _at("opened_by"))]
    columns = (*_named([*common, *own], document.fields), *fields)
    return Table(f"document.{name}", columns, _anchors(columns, at="since"))


def _subject(procedure: Procedure) -> Sort:
    specs = {name: spec for name, spec in procedure.data.items() if name not in _NOT_TOLD}
    plain = types.columns({name: spec for name, spec in specs.items() if name not in _MEMBERS})
    members = [one for name in specs if name in _MEMBERS for one in _of_several(name)]
    fields = [*plain, *members]
    common = [
        _text("number", _at("number")), _text("state", _at("state")), _moment("since", _at("since")),
        _moment("opened", _at("opened")), _text("opened_by", _at("opened_by")), _moment("due", _due(procedure)),
        _moment("closed_at", _closed(procedure)),
    ]  # fmt: skip
    columns = (*_named(common, specs), *fields, *_areas(specs))
    day = any(one.name == "day" and one.type == "date" for one in plain)
    main = Table(f"subject.{procedure.subject}", columns, _anchors(columns, at="day" if day else "opened"))
    tracks = [name for name in procedure.tracks if name != "main"]
    return _with_parts(main, tracks, legs="legs" in procedure.data)


def _anchors(columns: Iterable[Column], at: str = "opened") -> dict[Anchor, str]:
    """By which column a thing falls into periods: what is named like the rule, else when it began."""
    days = {one.name for one in columns if one.type in ("date", "moment")}
    found: dict[Anchor, str] = {"at": at}
    for rule in _RULES:
        named = (rule, f"{rule}_at", f"{rule}_on", "opened" if rule in ("reported", "filed") else "")
        column = next((name for name in named if name in days), None)
        if column is not None:
            found[rule] = column
    return found


def _with_parts(main: Table, tracks: Iterable[str], *, legs: bool) -> Sort:
    parts = dict.fromkeys(tracks, TRACK) | ({LEG: PARTS[LEG]} if legs else {}) | {RUN: PARTS[RUN]}
    return Sort(main, {name: _part(main, name, own) for name, own in parts.items()})


def _part(main: Table, name: str, own: Mapping[str, Type]) -> Table:
    shared = [one for one in main.columns if one.name in _OF_ALL]
    columns = [
        *(Column(one, type_) for one, type_ in own.items()),
        *(Column(of_subject(main.subject, one.name), one.type) for one in shared),
    ]
    known = {one.name for one in columns}
    anchors: dict[Anchor, str] = {
        rule: of_subject(main.subject, column)
        for rule, column in main.anchors.items()
        if of_subject(main.subject, column) in known
    }
    if "due" in own:
        anchors["due"] = "due"
    anchors["at"] = {LEG: "from", RUN: "stopped"}.get(name, "since")
    return Table(f"{main.key}.{name}", tuple(columns), anchors)


def _named(columns: Iterable[Column], besides: Container[str]) -> list[Column]:
    """Those whose name no declared field has taken, be it one that is no column."""
    return [one for one in columns if one.name not in besides]


def _of_several(name: str) -> Iterator[Column]:
    yield Column(name, "bool", lambda state: state["data"].get(name) is not None or None)
    for member, type_ in _MEMBERS[name].items():
        yield Column(of_subject(name, member), type_, _member(name, member, type_))


def _member(name: str, member: str, type_: Type) -> Callable[[State], Any]:
    read = types.reader(member, type_)

    def of(state: State) -> Any:
        value = state["data"].get(name)
        return read({"data": value}) if type(value) is dict else None

    return of


def _text(name: str, read: Callable[[State], Any]) -> Column:
    return Column(name, "text", read)


def _moment(name: str, read: Callable[[State], Any]) -> Column:
    return Column(name, "moment", read)


def _at(key: str) -> Callable[[State], Any]:
    return lambda state: state.get(key)


def _unit_of(register: Register) -> Callable[[State], Any]:
    holders = [holder for holder in register.duty.values() if holder != "by-area"]

    def read(state: State) -> str | None:
        found = (state["data"].get(holder) for holder in holders)
        return next((one for one in found if type(one) is str), None)

    return read


def _due(procedure: Procedure) -> Callable[[State], int | None]:
    """When it is to be done: of a case by its handling clock, of other things by what they say themselves."""
    if "handling" not in procedure.clocks:
        return proceedings.due

    def read(state: State) -> int | None:
        run = state["clocks"].get("handling")
        return run["due"] if run else None

    return read


def _closed(procedure: Procedure) -> Callable[[State], int | None]:
    final = {name for name, one in procedure.tracks["main"].states.items() if one.final}

    def read(state: State) -> int | None:
        return state["since"] if state["state"] in final else None

    return read


def _areas(besides: Container[str] = (), kinds: Iterable[str] = AREAS) -> list[Column]:
    return _named([Column(one, "text") for one in kinds], besides)
