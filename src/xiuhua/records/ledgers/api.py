"""Ledgers and their entries over HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

import orjson
from fastapi import Depends, Path, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from xiuhua.city.compiled import CityData
from xiuhua.city.web import City
from xiuhua.platform import personal, sheets
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotAllowed, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.sheets import AS_FILE, Format
from xiuhua.platform.sql import queries
from xiuhua.platform.web import Day, Language, Page, Paging, Reading, Replying, Router, Transaction, provided, require
from xiuhua.records.forms import Equal, StretchOut
from xiuhua.records.ledgers import discretion, forms, query, sheet
from xiuhua.records.ledgers.forms import (
    BalanceOut,
    CounteredOut,
    CounterForm,
    EntryForm,
    EntryOut,
    LedgerOut,
    LedgerSumOut,
    StockForm,
    SumsOut,
)
from xiuhua.records.ledgers.model import ENTER, READ, Declared, text
from xiuhua.records.ledgers.query import MOST_SUMS, EntryFilter, Period
from xiuhua.records.ledgers.service import PERSONAL, Entry, Ledgers
from xiuhua.records.service import Records

router = Router(tags=["ledgers"])
TheLedgers = Annotated[Ledgers, provided(Ledgers)]
TheRecords = Annotated[Records, provided(Records)]
Choices = Annotated[Settings, provided(Settings)]
Reader = Annotated[Actor, require(READ)]
Writer = Annotated[Actor, require(ENTER)]
Exporter = Annotated[Actor, require("list.export")]
Name = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["road_patched"])]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
_AREA_KINDS: Final = ("district", "street", "community", "duty_grid", "unit_grid")


async def _asked(
    from_: Annotated[Day | None, Query(alias="from", description="of this day or later")] = None,
    to: Annotated[Day | None, Query(description="of this day or earlier")] = None,
    area: Annotated[Code | None, Query(examples=["990101001"])] = None,
    unit: Annotated[Code | None, Query(description="whose work, with the units below it")] = None,
    of: Annotated[Code | None, Query(description="id of the record it is about")] = None,
    field: Annotated[tuple[Equal, ...], Query(max_length=10, examples=[["grade=first"]])] = (),
    standing: Annotated[bool, Query(description="neither countered nor a counter-entry")] = False,
    late: Annotated[int | None, Query(ge=1, le=36_500, description="entered this many days after its day")] = None,
) -> EntryFilter:
    return EntryFilter(from_, to, area, (unit,) if unit else (), of, field, standing, late)


Filtered = Annotated[EntryFilter, Depends(_asked)]


@router.get("/ledgers")
def list_ledgers(actor: Reader, tx: Reading, ledgers: TheLedgers) -> list[LedgerOut]:
    """The ledgers in force, each with its fields, how many entries it has and what they add up to."""
    counted = {row.ledger: row for row in tx.execute(_sql()["counts"], {"city": actor.city})}
    may = actor.may(ENTER)
    return [LedgerOut.of_declared(one, counted.get(one.name), may) for one in ledgers.ledgers(tx, actor.city).values()]


@router.get("/ledgers/{ledger}/entries")
def list_entries(
    ledger: Name, actor: Reader, tx: Reading, ledgers: TheLedgers, records: TheRecords, city: City, given: Filtered,
    paging: Paging,
) -> Page[EntryOut]:  # fmt: skip
    """Entries of a ledger, the newest day first."""
    declared = ledgers.ledger(tx, actor.city, ledger)
    return _page(tx, actor, ledgers, records, _with_below(city.of(tx, actor.city), given), paging, declared)


@router.get("/entries")
def list_entries_of_thing(
    of: Annotated[Code, Query(description="id of the record they are about")], actor: Reader, tx: Reading,
    ledgers: TheLedgers, records: TheRecords, paging: Paging,
) -> Page[EntryOut]:  # fmt: skip
    """Entries of all ledgers about one thing, the newest day first."""
    records.get(tx, actor, of)
    return _page(tx, actor, ledgers, records, EntryFilter(thing=of), paging, None)


@router.get("/ledgers/{ledger}/export", **AS_FILE)
def export_entries(
    ledger: Name, actor: Exporter, tx: Reading, ledgers: TheLedgers, records: TheRecords, city: City, given: Filtered,
    settings: Choices, language: Language, form: Annotated[Format, Query(alias="format")] = "csv",
) -> Response:  # fmt: skip
    """Entries of a ledger as a file."""
    if not actor.may(READ):
        raise NotFound
    declared = ledgers.ledger(tx, actor.city, ledger)
    wanted = _with_below(city.of(tx, actor.city), given)
    rows = query.every(tx, actor.city, declared, wanted, settings.export_max_rows)
    untold = discretion.untold(tx, actor, records, declared)
    states = (discretion.without(orjson.loads(row.doc), untold) for row in rows)
    lang, zone = "en" if language == "en" else "zh", city.of(tx, actor.city).zone
    table = sheet.rows(declared, states, lang, records.names(tx, actor.city), zone)
    return sheets.sent(form, ledger, sheet.heads(declared, lang), table)


@router.post("/ledgers/{ledger}/entries", status_code=201)
def enter(
    ledger: Name, body: EntryForm, actor: Writer, tx: Transaction, ledgers: TheLedgers, records: TheRecords,
    reply: Replying,
) -> EntryOut:  # fmt: skip
    """A new entry. It is never changed; a mistake gets a counter-entry."""
    made = ledgers.enter(tx, actor, ledger, body.given(), body.at)
    reply.location(f"/api/entries/{made.state['id']}")
    reply.version(made.version)
    return _told(tx, actor, records, made)


@router.post("/ledgers/{ledger}/stock", status_code=201)
def take_stock(
    ledger: Name, body: StockForm, actor: Writer, tx: Transaction, ledgers: TheLedgers, records: TheRecords
) -> EntryOut:
    """What was counted in a store; the difference to what should be there is entered with its reason."""
    return _told(tx, actor, records, ledgers.take_stock(tx, actor, ledger, body.given(), body.why))


@router.get("/ledgers/{ledger}/balances")
def list_balances(
    ledger: Name, actor: Reader, tx: Reading, ledgers: TheLedgers, records: TheRecords, city: City, paging: Paging,
    on: Annotated[Day | None, Query(description="at the end of this day; default: today")] = None,
) -> Page[BalanceOut]:  # fmt: skip
    """What is in each store at the end of a day."""
    declared = ledgers.ledger(tx, actor.city, ledger)
    (after,) = paging.after(str) or ("",)
    values = {"city": actor.city, "ledger": ledger, "on": on or city.of(tx, actor.city).today, "after": after}
    rows = tx.execute(_sql()["balances"], {**values, "limit": paging.limit + 1}).fetchall()
    parts = [row.store.split("\x1f") for row in rows]
    is_told = discretion.THING not in discretion.untold(tx, actor, records, declared)
    things = {one[0] for one in parts} if declared.ledger.of and is_told else set()
    called = {row.id: row for row in tx.execute(_sql()["keys_of"], {"city": actor.city, "ids": sorted(things)})}
    lines = [_balance(declared, row, part, called) for row, part in zip(rows, parts, strict=True)]
    return paging.page(lines, lambda one: (one.store,))


@router.get("/ledgers/{ledger}/sums")
def list_sums(
    ledger: Name, actor: Reader, tx: Reading, ledgers: TheLedgers, records: TheRecords, city: City, given: Filtered,
    period: Annotated[Period, Query(description="sums of each")] = "none",
    by: Annotated[str, Query(max_length=60, description="`area:street`, `unit`, `thing`, or a field")] = "",
) -> SumsOut:  # fmt: skip
    """What entries add up to, by period and by what they have in common."""
    declared, data = ledgers.ledger(tx, actor.city, ledger), city.of(tx, actor.city)
    name, _, kind = by.partition(":")
    if name in discretion.untold(tx, actor, records, declared):
        raise NotAllowed(f"{name} names records that are told as numbers only")
    areas = [one.code for one in data.areas().areas(_area_kind(kind))] if name == "area" else []
    rows = query.sums(tx, actor.city, declared, _with_below(data, given), period, query.by(declared, name, areas))
    cut, rows = len(rows) > MOST_SUMS, rows[:MOST_SUMS]
    label = _labels(tx, actor, declared, data, records, name, {row.value for row in rows})
    lines = [
        LedgerSumOut(period=row.period, value=row.value, label=label(row.value), quantity=text(row.quantity),
               entries=row.entries)
        for row in rows
    ]  # fmt: skip
    total = sum((row.quantity for row in rows), Decimal())
    return SumsOut(
        unit=declared.ledger.quantity, period=period, by=by, quantity=text(total),
        entries=sum(row.entries for row in rows), lines=lines, cut=cut,
    )  # fmt: skip


@router.get("/entries/{id}")
def get_entry(
    id: Id, actor: Reader, tx: Reading, ledgers: TheLedgers, records: TheRecords, reply: Replying
) -> EntryOut:
    """One entry with all that is known of it."""
    found = ledgers.get(tx, actor, id)
    reply.version(found.version)
    mine = ledgers.entering(tx, actor)
    data = found.state["data"]
    own = mine.covers([data["of_unit"]] if data.get("of_unit") else [], data.get("scopes") or ())
    told = _told(tx, actor, records, found, own)
    told.stretch = _stretch(tx, actor, records, found)
    return told


@router.post("/entries/{id}/counter", status_code=201)
def counter_entry(
    id: Id, body: CounterForm, actor: Writer, tx: Transaction, ledgers: TheLedgers, records: TheRecords
) -> CounteredOut:
    """Take an entry back, once; with `instead` the right one is made in the same step."""
    instead = body.instead.given() if body.instead is not None else None
    made, right = ledgers.counter(tx, actor, id, body.why, instead)
    return CounteredOut(
        counter=_told(tx, actor, records, made), instead=_told(tx, actor, records, right) if right else None
    )


def _page(
    tx: Tx, actor: Actor, ledgers: Ledgers, records: Records, given: EntryFilter, paging: Any,
    declared: Declared | None,
) -> Page[EntryOut]:  # fmt: skip
    after = paging.after(date, str)
    rows = query.page(tx, actor.city, declared, given, after, paging.limit + 1)
    names, lines = records.names(tx, actor.city), []
    for row in rows:
        state = orjson.loads(row.doc)
        mine = declared or ledgers.declared(tx, actor.city, state)
        told = discretion.without(state, discretion.untold(tx, actor, records, mine))
        lines.append(forms.entry(mine, row.version, told, names))
    page: Page[EntryOut] = paging.page(lines, lambda one: (one.day, one.id))
    return page


def _told(tx: Tx, actor: Actor, records: Records, found: Entry, own: bool = True) -> EntryOut:
    kept: dict[str, Any] | None = found.state["data"].get(PERSONAL)
    apart = personal.get(tx, actor.city, [kept["id"]]).get(kept["id"]) if kept is not None and own else None
    state = discretion.without(found.state, discretion.untold(tx, actor, records, found.declared))
    return forms.entry(found.declared, found.version, state, records.names(tx, actor.city), apart)


def _stretch(tx: Tx, actor: Actor, records: Records, found: Entry) -> StretchOut | None:
    """Where on the line that it is about an entry is."""
    ledger, data = found.declared.ledger, found.state["data"]
    if ledger.along is None:
        return None
    begin, end, thing = (data.get(name) for name in (ledger.along.from_, ledger.along.to, "thing"))
    if None in (begin, end, thing):
        return None
    return StretchOut.of(data["thing_key"], records.seen(tx, actor, str(thing)), begin, end)


def _with_below(city: CityData, given: EntryFilter) -> EntryFilter:
    """A unit with those below it."""
    if not given.units:
        return given
    directory, (unit,) = city.directory(), given.units
    below = directory.descendants(unit) if unit in directory.units else []
    values = {name: getattr(given, name) for name in given.__dataclass_fields__}
    return EntryFilter(**{**values, "units": tuple(dict.fromkeys([unit, *below]))})


def _area_kind(said: str) -> str:
    kind = said or "street"
    if kind not in _AREA_KINDS:
        raise Invalid(errors=[{"field": "by", "why": f"area: is followed by one of {', '.join(_AREA_KINDS)}"}])
    return kind


def _balance(declared: Declared, row: Any, parts: list[str], called: dict[str, Any]) -> BalanceOut:
    thing = parts.pop(0) if declared.ledger.of else None
    known = called.get(thing) if thing is not None else None
    return BalanceOut(
        store=row.store, thing=thing, thing_key=known.key if known else None, called=known.called if known else None,
        fields=dict(zip(declared.ledger.store, parts, strict=True)), quantity=text(row.quantity), last=row.last,
    )  # fmt: skip


def _labels(
    tx: Tx, actor: Actor, declared: Declared, city: CityData, records: Records, by: str, values: set[str]
) -> Any:
    """What values are called in both languages."""
    spec = declared.dimensions().get(by)
    found: dict[str, dict[str, str]] = {}
    if by == "thing":
        rows = tx.execute(_sql()["keys_of"], {"city": actor.city, "ids": sorted(values)})
        found = {row.id: dict.fromkeys(("zh", "en"), row.called) for row in rows}
    elif by == "area" or (spec is not None and spec.type == "area"):
        areas = city.areas()
        found = {one: dict.fromkeys(("zh", "en"), areas.area(one).name) for one in values if one in areas}
    elif by == "unit" or (spec is not None and spec.type in ("unit", "person")):
        names = records.names(tx, actor.city)
        found = {one: dict.fromkeys(("zh", "en"), name) for one in values if (name := names(one))}
    elif spec is not None:
        found = {value: title.model_dump() for value, title in spec.titles.items()}
    return found.get


def _sql() -> dict[str, str]:
    return queries("xiuhua.records.ledgers")
