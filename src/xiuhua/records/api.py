"""Registers and records over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import Depends, Path, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from xiuhua.city.web import City
from xiuhua.flow.dossier import Dossier
from xiuhua.flow.model import State
from xiuhua.platform import eventlog, personal, sheets
from xiuhua.platform.columns import MEDIA_TYPE
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.eventlog import MOST_TOLD
from xiuhua.platform.identity.browser import ThisCall
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.sheets import AS_FILE
from xiuhua.platform.sql import queries
from xiuhua.platform.web import (
    Day,
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
from xiuhua.records import export, forms, labels, layer, query
from xiuhua.records.dossier import thing_of
from xiuhua.records.forms import (
    AlongOut,
    AskForm,
    DossierLineOut,
    DossierSectionOut,
    FigureOut,
    MergeForm,
    MoveForm,
    MoveManyForm,
    RecordEventOut,
    RecordForm,
    RecordLineOut,
    RecordMovedOut,
    RecordOut,
    RecordsMovedOut,
    RefOut,
    RegisterOut,
    StretchesOut,
    StretchOut,
    WhyForm,
)
from xiuhua.records.model import ASK, KEEP, READ
from xiuhua.records.query import RecordFilter
from xiuhua.records.service import Asking, Record, Records
from xiuhua.records.writing import PERSONAL

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
MOST_STRETCHES: Final = 200
"""Of one register, along one line."""
MANY: Final = 500
"""Records that one request moves."""
Zoom = Annotated[int, Path(ge=0, le=20, examples=[14])]
Row = Annotated[int, Path(ge=0, lt=1 << 20, examples=[12985])]
COLUMNS: Final = {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
Key0 = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]+$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


async def _filter(
    state: Annotated[tuple[Code, ...], Query(max_length=20)] = (),
    area: Annotated[Code | None, Query(examples=["990101001"])] = None,
    unit: Annotated[Code | None, Query()] = None,
    field: Annotated[tuple[forms.Equal, ...], Query(max_length=10, examples=[["haulier=H01"]])] = (),
    q: Annotated[str | None, Query(min_length=2, max_length=50, pattern=r"^[^\x00]+$")] = None,
    expires_before: Annotated[Day | None, Query()] = None,
    waits: Annotated[bool, Query(description="with change requests that wait")] = False,
    invalid_refs: Annotated[
        bool, Query(description="refers to a record that must be valid and is expired, not in force or missing")
    ] = False,
) -> RecordFilter:
    return RecordFilter(state, area, unit, field, q, expires_before, waits, invalid_refs)


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
    mine = records.narrowed(tx, actor, declared)
    (after,) = paging.after(str) or (None,)
    rows = query.page(tx, actor.city, declared, given, mine, after, paging.limit + 1, _invalid(tx, records, actor))
    names = records.names(tx, actor.city)
    lines = [forms.line(declared, row, orjson.loads(row.doc), names) for row in rows]
    return paging.page(lines, lambda one: (one.key,))


@router.get("/registers/{register}/tiles/{z}/{x}/{y}", responses={200: COLUMNS}, response_class=Response)
def map_records(
    register: Register, z: Zoom, x: Row, y: Row, actor: Reader, tx: Reading, records: TheRecords, given: Filtered
) -> Response:
    """The records of a Web Mercator tile as binary columns; more than 10,000 of them as squares with their numbers."""
    declared = records.register(tx, actor.city, register)
    mine = records.narrowed(tx, actor, declared)
    narrowed = query.narrowed(actor.city, declared, given, mine, _invalid(tx, records, actor))
    content = layer.tile(tx, actor.city, declared, *narrowed, (z, x, y))
    return Response(content, media_type=MEDIA_TYPE, headers={"Cache-Control": "private, max-age=30"})


@router.get("/registers/{register}/labels", responses={200: {"content": {"text/html": {}}}}, response_class=Response)
def print_labels(
    register: Register, actor: Reader, tx: Reading, records: TheRecords, given: Filtered, call: ThisCall,
    settings: Annotated[Settings, provided(Settings)], language: Language,
    after: Annotated[Key0 | None, Query(description="behind this key: the next sheets")] = None,
) -> Response:  # fmt: skip
    """Labels of the records of a filter, to print: A4 sheets of 24 with name, key and a QR code; at most 480.

    The code opens the thing's page under the installation's `XIUHUA_PUBLIC_URL`, or else as this request was sent to.
    """
    declared = records.register(tx, actor.city, register)
    mine = records.narrowed(tx, actor, declared)
    rows = query.page(tx, actor.city, declared, given, mine, after, labels.MOST, _invalid(tx, records, actor))
    base = settings.public_url.rstrip("/") or f"{call.request.url.scheme}://{call.request.url.netloc}"
    made = [labels.Label(row.key, row.called, labels.url_of(base, register, row.key)) for row in rows]
    title = declared.register.title
    page = labels.sheets(title.zh if language == "zh" else title.en, made)
    headers = {"Content-Security-Policy": labels.POLICY, "Cache-Control": "private, no-store"}
    return Response(page, media_type="text/html", headers=headers)


@router.get("/registers/{register}/export", **AS_FILE)
def export_records(
    register: Register, actor: Exporter, tx: Transaction, records: TheRecords, given: Filtered, city: City,
    settings: Choices, language: Language,
    form: Annotated[Literal["csv", "xlsx", "geojson"], Query(alias="format")] = "csv",
) -> Response:  # fmt: skip
    """Records as a file: every field that is not personal, in columns that an import knows again."""
    if not actor.may(READ):
        raise NotAllowed(permission=READ)
    declared = records.register(tx, actor.city, register)
    mine = records.narrowed(tx, actor, declared)
    most, invalid = settings.export_max_rows, _invalid(tx, records, actor)
    rows = list(query.every(tx, actor.city, declared, given, mine, most, invalid))
    personal.note_export(tx, actor, "export_records", f"{len(rows)} {register}")
    zone, names = city.of(tx, actor.city).zone, records.names(tx, actor.city)
    lang = "en" if language == "en" else "zh"
    if form == "geojson":
        features = sheets.spooled(export.geojson(declared, rows, names, zone, lang))
        return sheets.answered(features, f"{register}.geojson", export.GEOJSON)
    table = export.rows(declared, rows, names, zone, lang)
    return sheets.sent(form, register, export.heads(declared, lang), table)


@router.get("/registers/{register}/length")
def measure_stretches(
    register: Register, actor: Reader, tx: Reading, records: TheRecords, given: Filtered,
    line: Annotated[Code | None, Query(description="along this line only", examples=["R-001"])] = None,
) -> StretchesOut:  # fmt: skip
    """How many metres records of a register cover along lines, each metre counted once; of a register with `along`."""
    declared = records.register(tx, actor.city, register)
    mine = records.narrowed(tx, actor, declared)
    invalid = _invalid(tx, records, actor)
    return StretchesOut.of(register, query.stretches(tx, actor.city, declared, given, mine, line, invalid))


@router.post("/registers/{register}/records", status_code=201)
def add_record(
    register: Register, body: RecordForm, actor: Keeper, tx: Transaction, records: TheRecords, reply: Replying
) -> RecordOut:
    """A new record."""
    found = records.add(tx, actor, register, body.given())
    reply.location(f"/api/records/{found.state['id']}")
    return _told(tx, records, actor, found, reply)


@router.post("/registers/{register}/move")
def move_records(
    register: Register, body: MoveManyForm, actor: Keeper, tx: Transaction, records: TheRecords, given: Filtered
) -> RecordsMovedOut:
    """Many records into another state: those chosen, or those of the filter, 500 at a time; each by itself."""
    declared = records.register(tx, actor.city, register)
    if body.ids is not None:
        states = records.states(tx, actor.city, body.ids)
        ids = {id_: states[id_]["number"] if id_ in states else None for id_ in body.ids}
        last = None
    else:
        mine = records.narrowed(tx, actor, declared)
        rows = query.page(tx, actor.city, declared, given, mine, body.after, MANY + 1, _invalid(tx, records, actor))
        ids = {row.id: row.key for row in rows[:MANY]}
        last = rows[MANY - 1].key if len(rows) > MANY else None
    moved = records.move_many(tx, actor, register, list(ids), body.to, body.reason)
    results = [RecordMovedOut(id=one.id, key=ids[one.id], status=one.status, why=one.why) for one in moved]
    return RecordsMovedOut(results=results, next=last)


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
        for one in eventlog.read(tx, actor.city, f"record/{id}", last=MOST_TOLD)
    ]  # fmt: skip


@router.get("/records/{id}/dossier")
def get_dossier(
    id: Id, actor: Reader, tx: Reading, records: TheRecords, dossier: Annotated[Dossier, provided(Dossier)]
) -> list[DossierSectionOut]:
    """The file of one thing: what rooms have to say of it, as far as this person may see it."""
    found = records.get(tx, actor, id)
    return [
        DossierSectionOut(
            name=one.name, title=dict(one.title), count=one.count, more=one.more, note=one.note and dict(one.note),
            lines=[
                DossierLineOut(text=dict(each.text), note=each.note and dict(each.note), at=each.at, link=each.link)
                for each in one.lines
            ],
        )
        for one in dossier.sections(tx, actor, thing_of(actor.city, found))
    ]  # fmt: skip


@router.get("/records/{id}/stretches")
def list_stretches(id: Id, actor: Reader, tx: Reading, records: TheRecords) -> list[AlongOut]:
    """What records tell of stretches of a line, each with its part, not the whole line; 200 of each register."""
    line = records.get(tx, actor, id)
    found = []
    for one in records.along(tx, actor, line, MOST_STRETCHES):
        stretch = _stretch(one, lambda *_: line.state)
        if stretch is not None:
            register, state = one.declared.register, one.state
            found.append(AlongOut(
                id=state["id"], register_name=one.declared.name, register_title=register.title.model_dump(),
                key=state["number"], called=str(state["data"].get(one.declared.called) or state["number"]),
                state_title=forms.state_title(register, state["state"]),
                stretch=stretch.model_copy(update={"line_shape": None}),
            ))  # fmt: skip
    return found


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
    witness = body.witness.kept() if body.witness else None
    asking = Asking(body.photos, body.at, body.seen, body.external_id, witness)
    return _told(tx, records, actor, records.ask(tx, actor, id, body.given(), body.to, body.why, asking), reply)


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


def _invalid(tx: Tx, records: Records, actor: Actor) -> Callable[[str], list[str]]:
    return lambda register: records.invalid(tx, actor.city, register)


def _stretch(found: Record, line_of: Callable[[str, str], State | None]) -> StretchOut | None:
    """Where on its line a record is; None where its register has no stretches, or it does not say."""
    along, data = found.declared.register.along, found.state["data"]
    if along is None or None in (told := [data.get(name) for name in (along.line, along.from_, along.to)]):
        return None
    key, begin, end = told
    return StretchOut.of(key, line_of(str(found.declared.register.fields[along.line].to), key), begin, end)


def _told(tx: Tx, records: Records, actor: Actor, found: Record, reply: Reply | None) -> RecordOut:
    state, declared = found.state, found.declared
    keeps = records.keeping(tx, actor).keeps(declared.register, state["data"])
    kept: dict[str, Any] | None = state["data"].get(PERSONAL)
    apart = personal.get(tx, actor.city, [kept["id"]]).get(kept["id"]) if kept is not None and keeps else None
    if reply is not None:
        reply.version(found.version)
    names = records.names(tx, actor.city)
    told = forms.record(declared, found.version, state, apart, names, keeps=keeps, asks=actor.may(ASK))
    told.refs = [
        RefOut(field=one.field, register_name=one.register, key=one.key, id=one.id, called=one.called, fault=one.fault)
        for one in records.referred(tx, actor, found)
    ]
    told.stretch = _stretch(found, lambda line, key: records.seen(tx, actor, records.id_of(tx, actor.city, line, key)))
    register, worked = declared.register, records.reckoned(tx, actor.city, found)
    told.figures = [
        FigureOut(name=name, title=one.title.model_dump(), value=worked.totals[name])
        for name, one in register.totals.items()
    ] + [
        FigureOut(name=name, title=one.title.model_dump(), value=worked.figures[name])
        for name, one in register.figures.items()
    ]
    told.unmet = [register.demands[name].title.model_dump() for name in worked.unmet]
    return told
