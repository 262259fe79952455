"""Registers and records over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import Depends, Path, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from xiuhua.city.web import City
from xiuhua.platform import eventlog, personal, sheets
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.sheets import AS_FILE, Format
from xiuhua.platform.sql import queries
from xiuhua.platform.web import (
    IfMatch,
    Language,
    Page,
    Paging,
    Reading,
    Reply,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)
from xiuhua.records import export, forms, query
from xiuhua.records.forms import (
    AskForm,
    MergeForm,
    MoveForm,
    RecordEventOut,
    RecordForm,
    RecordLineOut,
    RecordOut,
    RegisterOut,
    StretchesOut,
    WhyForm,
)
from xiuhua.records.model import ASK, KEEP, READ
from xiuhua.records.query import RecordFilter
from xiuhua.records.service import PERSONAL, Record, Records

router = Router(tags=["records"])
TheRecords = Annotated[Records, provided(Records)]
Reader = Annotated[Actor, require(READ)]
Keeper = Annotated[Actor, require(KEEP)]
Exporter = Annotated[Actor, require("list.export")]
Choices = Annotated[Settings, provided(Settings)]
Asker = Annotated[Actor, require(ASK)]
Register = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["truck"])]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
Number = Annotated[int, Path(ge=1, le=1_000_000)]
Key = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]+$", examples=["川S12345"])]
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


async def _filter(
    state: Annotated[tuple[Code, ...], Query(max_length=20)] = (),
    area: Annotated[Code | None, Query(examples=["990101001"])] = None,
    unit: Annotated[Code | None, Query()] = None,
    field: Annotated[tuple[forms.Equal, ...], Query(max_length=10, examples=[["haulier=H01"]])] = (),
    q: Annotated[str | None, Query(min_length=2, max_length=50, pattern=r"^[^\x00]+$")] = None,
    expires_before: Annotated[date | None, Query()] = None,
    waits: Annotated[bool, Query(description="with change requests that wait")] = False,
) -> RecordFilter:
    return RecordFilter(state, area, unit, field, q, expires_before, waits)


Filtered = Annotated[RecordFilter, Depends(_filter)]


@router.get("/registers")
def list_registers(actor: Reader, tx: Reading, records: TheRecords) -> list[RegisterOut]:
    """The registers in force, each with its fields and how many records it has by state."""
    counts: dict[str, dict[str, int]] = {}
    for row in tx.execute(queries("xiuhua.records")["counts"], {"city": actor.city}):
        counts.setdefault(row.register, {})[row.state] = row.n
    may_add = actor.may(KEEP)
    return [
        RegisterOut.of(one, counts.get(one.name, {}), one.register.sensitivity != "counts_only" or may_add, may_add)
        for one in records.registers(tx, actor.city).values()
    ]


@router.get("/registers/{register}/records")
def list_records(
    register: Register, actor: Reader, tx: Reading, records: TheRecords, given: Filtered, paging: Paging
) -> Page[RecordLineOut]:
    """Records by key. Of a register that is told as numbers only: those that this person keeps."""
    declared = records.register(tx, actor.city, register)
    mine = records.keeping(tx, actor).sight() if declared.register.sensitivity == "counts_only" else None
    (after,) = paging.after(str) or (None,)
    rows = query.page(tx, actor.city, declared, given, mine, after, paging.limit + 1)
    names = records.names(tx, actor.city)
    lines = [forms.line(declared, row, orjson.loads(row.doc), names) for row in rows]
    return paging.page(lines, lambda one: (one.key,))


@router.get("/registers/{register}/export", **AS_FILE)
def export_records(
    register: Register, actor: Exporter, tx: Transaction, records: TheRecords, given: Filtered, city: City,
    settings: Choices, language: Language, form: Annotated[Format, Query(alias="format")] = "csv",
) -> Response:  # fmt: skip
    """Records as a file: every field that is not personal, in columns that an import knows again."""
    if not actor.may(READ):
        raise NotAllowed(permission=READ)
    declared = records.register(tx, actor.city, register)
    mine = records.keeping(tx, actor).sight() if declared.register.sensitivity == "counts_only" else None
    rows = list(query.every(tx, actor.city, declared, given, mine, settings.export_max_rows))
    personal.note_export(tx, actor, "export_records", f"{len(rows)} {register}")
    zone, names = city.of(tx, actor.city).zone, records.names(tx, actor.city)
    lang = "en" if language == "en" else "zh"
    table = export.rows(declared, rows, names, zone, lang)
    return sheets.sent(form, register, export.heads(declared, lang), table)


@router.get("/registers/{register}/length")
def measure_stretches(
    register: Register, actor: Reader, tx: Reading, records: TheRecords, given: Filtered,
    line: Annotated[Code | None, Query(description="along this line only", examples=["R-001"])] = None,
) -> StretchesOut:  # fmt: skip
    """How many metres records of a register cover along lines, each metre counted once; of a register with `along`."""
    declared = records.register(tx, actor.city, register)
    mine = records.keeping(tx, actor).sight() if declared.register.sensitivity == "counts_only" else None
    return StretchesOut.of(register, query.stretches(tx, actor.city, declared, given, mine, line))


@router.post("/registers/{register}/records", status_code=201)
def add_record(
    register: Register, body: RecordForm, actor: Keeper, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """A new record."""
    found = records.add(tx, actor, register, body.given())
    reply.location(f"/api/records/{found.state['id']}")
    return _told(tx, records, actor, found, reply)


@router.get("/registers/{register}/keys/{key}")
def get_record_by_key(
    register: Register, key: Key, actor: Reader, tx: Reading, records: TheRecords, reply: Replying
) -> RecordOut:
    """The record that is called so in the world: what a code on a label opens."""
    return _told(tx, records, actor, records.by_key(tx, actor, register, key), reply)


@router.get("/records/change-requests")
def list_change_requests(actor: Keeper, tx: Reading, records: TheRecords) -> list[RecordOut]:
    """Records with change requests that this person decides on, the longest waiting first."""
    return [_told(tx, records, actor, one, None) for one in records.queue(tx, actor)]


@router.get("/records/{id}")
def get_record(id: Id, actor: Reader, tx: Reading, records: TheRecords, reply: Replying) -> RecordOut:
    """One record with all that is known of it."""
    return _told(tx, records, actor, records.get(tx, actor, id), reply)


@router.get("/records/{id}/events")
def list_record_events(id: Id, actor: Reader, tx: Reading, records: TheRecords, city: City) -> list[RecordEventOut]:
    """Its history: who changed what, and when."""
    records.get(tx, actor, id)
    people = city.of(tx, actor.city).directory().people
    return [
        RecordEventOut(
            version=one.version, type=one.type, actor=one.actor, role=one.role, at=one.at, payload=one.payload,
            name=people[one.actor].name if one.actor in people else one.actor, recorded_at=one.recorded_at,
        )
        for one in eventlog.read(tx, actor.city, f"record/{id}")
    ]  # fmt: skip


@router.patch("/records/{id}")
def change_record(
    id: Id, body: RecordForm, actor: Keeper, tx: Transaction, records: TheRecords, expect: IfMatch, reply: Replying
) -> RecordOut:
    """Fields otherwise; those not given stay."""
    return _told(tx, records, actor, records.change(tx, actor, id, body.given(), expect), reply)


@router.post("/records/{id}/move")
def move_record(
    id: Id, body: MoveForm, actor: Keeper, tx: Transaction, records: TheRecords, expect: IfMatch, reply: Replying
) -> RecordOut:
    """Into another state."""
    return _told(tx, records, actor, records.move(tx, actor, id, body.to, body.reason, expect), reply)


@router.post("/records/{id}/merge")
def merge_record(
    id: Id, body: MergeForm, actor: Keeper, tx: Transaction, records: TheRecords, expect: IfMatch, reply: Replying
) -> RecordOut:
    """Two records of one thing: this one ends, the other goes on and is the answer."""
    return _told(tx, records, actor, records.merge(tx, actor, id, body.into, expect), reply)


@router.post("/records/{id}/change-requests", status_code=201)
def ask_for_change(
    id: Id, body: AskForm, actor: Asker, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """Ask whoever keeps the record to change it."""
    return _told(tx, records, actor, records.ask(tx, actor, id, body.given(), body.to, body.why), reply)


@router.post("/records/{id}/change-requests/{n}/approve")
def approve_change_request(
    id: Id, n: Number, actor: Keeper, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """The change is made; 409 when what it touches was changed in between."""
    return _told(tx, records, actor, records.approve(tx, actor, id, n), reply)


@router.post("/records/{id}/change-requests/{n}/refuse")
def refuse_change_request(
    id: Id, n: Number, body: WhyForm, actor: Keeper, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """It is not."""
    return _told(tx, records, actor, records.refuse(tx, actor, id, n, body.why), reply)


@router.post("/records/{id}/change-requests/{n}/withdraw")
def withdraw_change_request(
    id: Id, n: Number, actor: Asker, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """Whoever asked does not ask any more."""
    return _told(tx, records, actor, records.withdraw(tx, actor, id, n), reply)


def _told(tx: Tx, records: Records, actor: Actor, found: Record, reply: Reply | None) -> RecordOut:
    state, declared = found.state, found.declared
    keeps = records.keeping(tx, actor).keeps(declared.register, state["data"])
    kept: dict[str, Any] | None = state["data"].get(PERSONAL)
    apart = personal.get(tx, actor.city, [kept["id"]]).get(kept["id"]) if kept is not None and keeps else None
    if reply is not None:
        reply.version(found.version)
    names = records.names(tx, actor.city)
    return forms.record(declared, found.version, state, apart, names, keeps=keeps, asks=actor.may(ASK))
