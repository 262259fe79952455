"""Imports of files of reports over HTTP: send in, look, try, begin, follow, fetch what was not taken in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

from fastapi import File, Path, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.city.uploads import table
from xiuhua.city.web import City
from xiuhua.loop.files.mapping import FIELDS
from xiuhua.loop.imports import service
from xiuhua.loop.imports.peek import Peeked
from xiuhua.loop.imports.trial import Trial
from xiuhua.loop.model import SOURCES
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.platform.web import (
    Language,
    Page,
    Paging,
    Reading,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)

router = Router(prefix="/imports", tags=["imports"])
Importer = Annotated[Actor, require("report.import")]
TheLoop = Annotated[Loop, provided(Loop)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
FILE_BYTES: Final = 32 * 1024 * 1024
Sheet = Annotated[str | None, Query(max_length=80, description="of a workbook; default: the first that can be read")]
Mapping = Annotated[
    dict[str, Any],
    Field(
        description="which column is which field: docs/how-to/import-reports.md",
        examples=[{"columns": {"external_id": "id", "text": "text"}, "constants": {"source": "hotline_12345"}}],
    ),
]


class MappingForm(BaseModel):
    """How the file is to be read."""

    model_config = ConfigDict(extra="forbid")

    mapping: Mapping


class KeptMappingForm(MappingForm):
    """A mapping to be kept for the next file of the same form."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)] = Field(
        examples=["Hotline, monthly"]
    )


class KeptMapping(BaseModel):
    """A kept mapping."""

    id: str
    title: str
    mapping: dict[str, Any]
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: Any) -> KeptMapping:
        """A row of the table."""
        return cls(id=row.id, title=row.title, mapping=row.mapping, created_by=row.created_by,
                   created_at=row.created_at)  # fmt: skip


class ColumnOut(BaseModel):
    """A column of the file."""

    title: str
    letter: str = Field(examples=["C"])
    samples: list[str] = Field(description="the first contents, what is personal masked")
    words: list[str] = Field(description="its different contents where they are few: for a table of values")


class PeekOut(BaseModel):
    """What a file holds, and how it may be read."""

    sheet: str
    sheets: list[str]
    header_row: int
    columns: list[ColumnOut]
    guess: dict[str, str] = Field(description="field → title of a column, guessed by its name")
    kept: KeptMapping | None = Field(description="the kept mapping that fits best")
    fields: list[str] = Field(description="all that a column may be")
    sources: list[str]

    @classmethod
    def of(cls, seen: Peeked, kept: Any | None) -> PeekOut:
        """As it goes out."""
        columns = [
            ColumnOut(title=one.title, letter=one.letter, samples=list(one.samples), words=list(one.words))
            for one in seen.columns
        ]
        return cls(
            sheet=seen.sheet, sheets=list(seen.sheets), header_row=seen.header_row, columns=columns,
            guess=dict(seen.guess), kept=KeptMapping.of(kept) if kept else None, fields=list(FIELDS),
            sources=list(SOURCES),
        )  # fmt: skip


class FaultOut(BaseModel):
    """What is wrong in a row, in the language of whoever asks."""

    column: str = Field(description="empty: the whole row")
    why: str


class TriedOut(BaseModel):
    """A row and what would become of it."""

    row: int = Field(description="as a spreadsheet counts")
    cells: list[str]
    fate: Literal["new", "unchanged", "rejected"]
    faults: list[FaultOut]


class TrialOut(BaseModel):
    """The first rows as they would be taken in; nothing was kept."""

    columns: list[str]
    rows: list[TriedOut]
    skipped: int
    whole: bool = Field(description="whether these are all rows of the file")

    @classmethod
    def of(cls, tried: Trial, language: str) -> TrialOut:
        """As it goes out."""
        rows = [
            TriedOut(
                row=one.number, cells=list(one.cells), fate=one.fate,
                faults=[FaultOut(column=each.column, why=each.text(language)) for each in one.faults],
            )
            for one in tried.rows
        ]  # fmt: skip
        return cls(columns=list(tried.columns), rows=rows, skipped=tried.skipped, whole=tried.whole)


class ReasonOut(BaseModel):
    """A kind of fault, over all rows that have it."""

    column: str
    zh: str
    en: str
    count: int
    rows: list[int] = Field(description="the first few")


class ImportOut(BaseModel):
    """An import and how far it has come."""

    id: str
    name: str
    bytes: int
    state: Literal["uploaded", "waiting", "running", "done", "cancelled", "refused"]
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancelling: bool
    fraction: float = Field(description="of the file, 0 to 1")
    new: int
    unchanged: int
    rejected: int
    skipped: int
    reasons: list[ReasonOut]
    errors: list[dict[str, Any]] = Field(description="why the whole file was refused")
    kept: bool = Field(description="whether the rejected rows can be fetched")

    @classmethod
    def of(cls, row: Any) -> ImportOut:
        """A row of the table."""
        names = set(cls.model_fields) - {"cancelling", "reasons"}
        given = {name: getattr(row, name) for name in names}
        cancelling = row.cancel_at is not None and row.ended_at is None
        return cls(**given, cancelling=cancelling, reasons=[ReasonOut(**one) for one in row.reasons])


@router.post("", status_code=201, max_body_size=FILE_BYTES)
def send_import(
    file: Annotated[UploadFile, File(description="CSV, TSV, XLSX, XLS or ODS")],
    actor: Importer, tx: Transaction, language: Language, reply: Replying,
) -> ImportOut:  # fmt: skip
    """Send a file in; it is looked into, and nothing is taken in yet."""
    with table(file) as path:
        id_ = service.add(tx, actor, path.name, path.read_bytes(), EN if language == "en" else ZH)
    reply.location(f"/api/imports/{id_}")
    return ImportOut.of(service.progress(tx, actor, id_))


@router.get("")
def list_imports(actor: Importer, tx: Reading, paging: Paging) -> Page[ImportOut]:
    """One's own imports, newest first."""
    (before,) = paging.after(str) or (None,)
    rows = service.runs(tx, actor, before, paging.limit + 1)
    return paging.page([ImportOut.of(row) for row in rows], lambda one: (one.id,))


@router.get("/mappings")
def list_mappings(actor: Importer, tx: Reading) -> list[KeptMapping]:
    """Mappings kept in the city, by title."""
    return [KeptMapping.of(row) for row in service.mappings(tx, actor.city)]


@router.post("/mappings", status_code=201)
def keep_mapping(body: KeptMappingForm, actor: Importer, tx: Transaction) -> dict[str, str]:
    """Keep a mapping for the next file of the same form, in the place of one with this title."""
    return {"id": service.keep_mapping(tx, actor, body.title, body.mapping)}


@router.delete("/mappings/{id}", status_code=204)
def drop_mapping(id: Id, actor: Importer, tx: Transaction) -> None:
    """Keep a mapping no more."""
    service.drop_mapping(tx, actor, id)


@router.get("/{id}")
def get_import(id: Id, actor: Importer, tx: Reading) -> ImportOut:
    """How far an import of one's own has come."""
    return ImportOut.of(service.progress(tx, actor, id))


@router.get("/{id}/columns")
def look_into_import(id: Id, actor: Importer, tx: Reading, sheet: Sheet = None) -> PeekOut:
    """What the file holds: columns with samples, a guess which field each is, a kept mapping that fits."""
    return PeekOut.of(*service.look(tx, actor, id, sheet))


@router.post("/{id}/try")
def try_import(
    id: Id, body: MappingForm, actor: Importer, tx: Transaction, city: City, loop: TheLoop, language: Language
) -> TrialOut:
    """What would become of the first 200 rows, each with all that is wrong in it; nothing is kept."""
    zone = city.of(tx, actor.city).zone
    return TrialOut.of(service.attempt(tx, actor, id, body.mapping, loop.submit, zone), language)


@router.post("/{id}/start")
def start_import(id: Id, body: MappingForm, actor: Importer, tx: Transaction) -> ImportOut:
    """Take the file in; good rows come in, bad ones are kept as a file with their reasons."""
    service.start(tx, actor, id, body.mapping)
    return ImportOut.of(service.progress(tx, actor, id))


@router.post("/{id}/cancel")
def cancel_import(id: Id, actor: Importer, tx: Transaction) -> ImportOut:
    """Stop before the next batch of rows; what came in stays."""
    service.cancel(tx, actor, id)
    return ImportOut.of(service.progress(tx, actor, id))


@router.get("/{id}/rejected", responses={200: {"content": {"text/csv": {}}}}, response_class=Response)
def get_rejected(id: Id, actor: Importer, tx: Reading) -> Response:
    """The rows that were not taken in, with their reasons; mended, the file is imported as it is."""
    name, content = service.rejected(tx, actor, id)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
