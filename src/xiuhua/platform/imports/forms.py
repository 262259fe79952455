"""Shapes of imports in HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.platform.imports.model import Outcome, Status, Target, Titled
from xiuhua.platform.imports.peek import Peeked
from xiuhua.platform.imports.preview import Sampling, reasons

Of = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^[a-z]{1,16}(:[a-z][a-z0-9_]{0,47})?$"),
    Field(examples=["register:street_lamp"]),
]  # fmt: skip
"""`report`, `register:NAME`, `ledger:NAME`."""
Mapped = Annotated[
    dict[str, Any],
    Field(
        description="which column is which field: docs/how-to/import-reports.md, docs/how-to/registers.md",
        examples=[{"columns": {"external_id": "id", "text": "text"}, "constants": {"source": "hotline_12345"}}],
    ),
]


class MappingForm(BaseModel):
    """How the file is to be read."""

    model_config = ConfigDict(extra="forbid")

    mapping: Mapped


class KeptMappingForm(MappingForm):
    """A mapping to be kept for the next file of the same form."""

    of: Of = "report"
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
        return cls(
            id=row.id, title=row.title, mapping=row.mapping, created_by=row.created_by, created_at=row.created_at
        )


class ImportTargetOut(BaseModel):
    """What this person may bring tables into."""

    of: str = Field(examples=["register:street_lamp"])
    kind: str = Field(examples=["register"])
    title: dict[str, str]


class ColumnOut(BaseModel):
    """A column of the file."""

    title: str
    letter: str = Field(examples=["C"])
    samples: list[str] = Field(description="the first contents, what is personal masked")
    words: list[str] = Field(description="its different contents where they are few: for a table of values")


class ImportFieldOut(BaseModel):
    """What a column may be."""

    name: str
    title: dict[str, str]
    needed: bool = Field(description="no row can be read without it")
    required: bool = Field(description="what is new has it")
    hint: dict[str, str] = Field(description="what goes into it")


class PeekOut(BaseModel):
    """What a file holds, and how it may be read."""

    sheet: str
    sheets: list[str]
    header_row: int
    columns: list[ColumnOut]
    guess: dict[str, str] = Field(description="field → title of a column, guessed by its name")
    kept: KeptMapping | None = Field(description="the kept mapping that fits best")
    fields: list[ImportFieldOut] = Field(description="all that a column may be")
    values: dict[str, list[str]] = Field(description="field → the values that its words are translated into")

    @classmethod
    def of(cls, target: Target[Any], seen: Peeked, kept: Any | None) -> PeekOut:
        """As it goes out."""
        columns = [
            ColumnOut(title=one.title, letter=one.letter, samples=list(one.samples), words=list(one.words))
            for one in seen.columns
        ]
        fields = [
            ImportFieldOut(name=name, title=dict(one.title), needed=one.needed, required=one.required,
                           hint=dict(one.hint))
            for name, one in target.fields().items()
        ]  # fmt: skip
        return cls(
            sheet=seen.sheet, sheets=list(seen.sheets), header_row=seen.header_row, columns=columns,
            guess=dict(seen.guess), kept=KeptMapping.of(kept) if kept else None, fields=fields,
            values={name: list(one.values) for name, one in target.fields().items() if one.values},
        )  # fmt: skip


class FaultOut(BaseModel):
    """What is wrong in a row."""

    column: str = Field(description="empty: the whole row")
    zh: str
    en: str


class ReasonOut(FaultOut):
    """A kind of fault, over all rows that have it."""

    count: int
    rows: list[int] = Field(description="the first few")


class ChangeOut(BaseModel):
    """What would stand otherwise."""

    field: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]


class TriedOut(BaseModel):
    """A row and what would become of it."""

    row: int = Field(description="as a spreadsheet counts")
    cells: list[str]
    fate: Status
    faults: list[FaultOut]
    changes: list[ChangeOut]


class PreviewOut(BaseModel):
    """What would become of a table; nothing was kept of it."""

    columns: list[str]
    rows: list[TriedOut] = Field(description="some of each fate")
    new: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    about: int = Field(description="cells that said that their number is only about right")
    unused: list[str] = Field(description="columns that nothing is read from")
    reasons: list[ReasonOut]
    whole: bool = Field(description="whether all rows of the file were looked at, not only the first")

    @classmethod
    def tried(cls, seen: Sampling, found: Outcome) -> PreviewOut:
        """The first rows."""
        return cls(
            columns=seen.columns, rows=seen.rows, new=found.new, changed=found.changed, unchanged=found.unchanged,
            rejected=found.rejected, skipped=found.skipped, about=found.about, unused=list(found.unused),
            reasons=reasons(found.reasons), whole=found.whole,
        )  # fmt: skip

    @classmethod
    def of(cls, row: Any) -> PreviewOut:
        """A row of the table that was looked at whole."""
        names = ("new", "changed", "unchanged", "rejected", "skipped", "about", "unused", "reasons")
        return cls(**row.preview, **{name: getattr(row, name) for name in names}, whole=True)


class ImportOut(BaseModel):
    """An import and how far it has come."""

    id: str
    target: str = Field(description="what it is brought into", examples=["register:street_lamp"])
    title: dict[str, str] = Field(description="what that is called")
    name: str
    bytes: int
    state: Literal["uploaded", "checking", "checked", "waiting", "running", "done", "cancelled", "refused"]
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancelling: bool
    fraction: float = Field(description="of the file, 0 to 1")
    mapping: dict[str, Any] | None
    new: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    about: int
    unused: list[str]
    reasons: list[ReasonOut]
    errors: list[dict[str, Any]] = Field(description="why the whole file was refused")
    kept: bool = Field(description="whether the rejected rows can be fetched")

    @classmethod
    def of(cls, row: Any, titles: Mapping[str, Titled]) -> ImportOut:
        """A row of the table. `titles`: of all targets."""
        names = set(cls.model_fields) - {"cancelling", "title"}
        given = {name: getattr(row, name) for name in names}
        title = titles.get(row.target) or dict.fromkeys(("zh", "en"), row.target.rpartition(":")[2])
        return cls(**given, title=dict(title), cancelling=row.cancel_at is not None and row.ended_at is None)
