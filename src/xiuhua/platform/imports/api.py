"""Imports over HTTP: send in, look, try, check, begin, follow, fetch what was not taken in.

What a table may be brought into is told by its target; whoever may not bring anything into that gets 403. Everybody
sees their own imports alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import File, Path, Query, Response, UploadFile

from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports import service, template
from xiuhua.platform.imports.forms import (
    ImportOut,
    ImportTargetOut,
    KeptMapping,
    KeptMappingForm,
    MappingForm,
    Of,
    PeekOut,
    PreviewOut,
)
from xiuhua.platform.imports.model import Kinds, Titled
from xiuhua.platform.sheets import TYPES
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.platform.web import (
    CurrentActor,
    Language,
    Page,
    Paging,
    Reading,
    Replying,
    Router,
    Transaction,
    provided,
)
from xiuhua.platform.web.uploads import table

router = Router(prefix="/imports", tags=["imports"])
TheKinds = Annotated[Kinds, provided(Kinds)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
FILE_BYTES: Final = 32 * 1024 * 1024
Sheet = Annotated[str | None, Query(max_length=80, description="of a workbook; default: the first that can be read")]
Into = Annotated[Of, Query(description="what it is brought into: `report`, `register:NAME`, `ledger:NAME`")]


@router.post("", status_code=201, max_body_size=FILE_BYTES)
def send_import(
    file: Annotated[UploadFile, File(description="CSV, TSV, XLSX, XLS or ODS; GeoJSON into a register")],
    actor: CurrentActor, tx: Transaction, kinds: TheKinds, language: Language, reply: Replying, of: Into = "report",
) -> ImportOut:  # fmt: skip
    """Send a file in; it is looked into, and nothing is taken in yet."""
    with table(file) as path:
        given = path.name, path.read_bytes()
        id_ = service.add(tx, actor, kinds, of, given, EN if language == "en" else ZH)
    reply.location(f"/api/imports/{id_}")
    return _told(tx, actor, kinds, id_)


@router.get("")
def list_imports(
    actor: CurrentActor, tx: Reading, kinds: TheKinds, paging: Paging,
    of: Annotated[Of | None, Query(description="only into this")] = None,
) -> Page[ImportOut]:  # fmt: skip
    """One's own imports, newest first."""
    (before,) = paging.after(str) or (None,)
    rows, titles = service.runs(tx, actor, of, before, paging.limit + 1), _titles(tx, actor, kinds)
    return paging.page([ImportOut.of(row, titles) for row in rows], lambda one: (one.id,))


@router.get("/targets")
def list_import_targets(actor: CurrentActor, tx: Reading, kinds: TheKinds) -> list[ImportTargetOut]:
    """What this person may bring tables into."""
    return [
        ImportTargetOut(of=of, kind=of.partition(":")[0], title=dict(title))
        for of, title in _titles(tx, actor, kinds).items()
        if actor.may(kinds.kind(of).permission)
    ]


@router.get("/template", responses={200: {"content": {TYPES["xlsx"]: {}}}}, response_class=Response)
def get_import_template(
    of: Into, actor: CurrentActor, tx: Reading, kinds: TheKinds, language: Language
) -> Response:  # fmt: skip
    """An empty table to be filled in: a column for each field, and what goes into it."""
    target, lang = kinds.target(tx, actor, of), "en" if language == "en" else "zh"
    name = f"{target.title[lang]}.xlsx"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(template.workbook(target.fields(), lang), media_type=TYPES["xlsx"], headers=headers)


@router.get("/mappings")
def list_mappings(actor: CurrentActor, tx: Reading, kinds: TheKinds, of: Into = "report") -> list[KeptMapping]:
    """Mappings kept in the city for a target, by title."""
    kinds.demand(actor, of)
    return [KeptMapping.of(row) for row in service.mappings(tx, actor.city, of)]


@router.post("/mappings", status_code=201)
def keep_mapping(body: KeptMappingForm, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> dict[str, str]:
    """Keep a mapping for the next file of the same form, in the place of one with this title."""
    return {"id": service.keep_mapping(tx, actor, kinds, body.of, body.title, body.mapping)}


@router.delete("/mappings/{id}", status_code=204)
def drop_mapping(id: Id, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> None:
    """Keep a mapping no more."""
    service.drop_mapping(tx, actor, kinds, id)


@router.get("/{id}")
def get_import(id: Id, actor: CurrentActor, tx: Reading, kinds: TheKinds) -> ImportOut:
    """How far an import of one's own has come."""
    return _told(tx, actor, kinds, id)


@router.get("/{id}/columns")
def look_into_import(id: Id, actor: CurrentActor, tx: Reading, kinds: TheKinds, sheet: Sheet = None) -> PeekOut:
    """What the file holds: columns with samples, a guess which field each is, a kept mapping that fits."""
    return PeekOut.of(*service.look(tx, actor, kinds, id, sheet))


@router.post("/{id}/try")
def try_import(id: Id, body: MappingForm, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> PreviewOut:
    """What would become of the first 200 rows, each with all that is wrong in it; nothing is kept."""
    return PreviewOut.tried(*service.attempt(tx, actor, kinds, id, body.mapping))


@router.post("/{id}/check")
def check_import(id: Id, body: MappingForm, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> ImportOut:
    """Look at all rows; nothing is kept. What would become of them is told by `preview` once the state is `checked`."""
    service.check(tx, actor, kinds, id, body.mapping)
    return _told(tx, actor, kinds, id)


@router.get("/{id}/preview")
def preview_import(id: Id, actor: CurrentActor, tx: Reading) -> PreviewOut:
    """What would become of all rows, some of each fate shown; 404 until they were looked at."""
    return PreviewOut.of(service.previewed(tx, actor, id))


@router.post("/{id}/start")
def start_import(id: Id, body: MappingForm, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> ImportOut:
    """Take the file in; good rows come in, bad ones are kept as a file with their reasons."""
    service.start(tx, actor, kinds, id, body.mapping)
    return _told(tx, actor, kinds, id)


@router.post("/{id}/cancel")
def cancel_import(id: Id, actor: CurrentActor, tx: Transaction, kinds: TheKinds) -> ImportOut:
    """Stop before the next batch of rows; what came in stays. While all rows are looked at: stop that."""
    service.cancel(tx, actor, id)
    return _told(tx, actor, kinds, id)


@router.get("/{id}/rejected", responses={200: {"content": {"text/csv": {}}}}, response_class=Response)
def get_rejected(id: Id, actor: CurrentActor, tx: Reading) -> Response:
    """The rows that were not taken in, with their reasons; mended, the file is imported as it is."""
    name, content = service.rejected(tx, actor, id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _told(tx: Tx, actor: Actor, kinds: Kinds, id_: str) -> ImportOut:
    return ImportOut.of(service.progress(tx, actor, id_), _titles(tx, actor, kinds))


def _titles(tx: Tx, actor: Actor, kinds: Kinds) -> Mapping[str, Titled]:
    """All targets with their titles."""
    return {
        f"{kind}:{name}" if name else kind: title
        for kind, one in kinds.by_name.items()
        for name, title in one.names(tx, actor.city).items()
    }
