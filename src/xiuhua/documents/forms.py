"""What goes over HTTP about documents. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from xiuhua.documents import model
from xiuhua.documents.model import Declared, Piece
from xiuhua.documents.service import Version, Written
from xiuhua.documents.words import words
from xiuhua.flow import fields
from xiuhua.platform.web import Day

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a unit or a person is called."""
Text = Annotated[str, Field(max_length=model.LONGEST)]


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class ItemForm(Form):
    """One thing that a bulletin tells of."""

    kind: str | None = Field(default=None, max_length=48, examples=["case"])
    id: str | None = Field(default=None, max_length=64)
    title: str = Field(max_length=200)
    unit: str | None = Field(default=None, max_length=120)
    text: str | None = Field(default=None, max_length=10_000)


class ContentForm(Form):
    """What is written; of a change what shall be otherwise."""

    title: str | None = Field(default=None, max_length=200, examples=["网格化绩效考核办法"])
    text: Text | None = Field(default=None, description="paragraphs by lines; `# `, `## `, `- `, `**…**`")
    fields: dict[str, Any] | None = Field(default=None, description="as the kind declares them")
    items: list[ItemForm] | None = Field(default=None, max_length=model.MOST_ITEMS)
    attachments: list[str] | None = Field(
        default=None, max_length=model.MOST_ATTACHMENTS, description="ids of media that were sent in"
    )

    def given(self) -> dict[str, Any]:
        """What was told at all."""
        return self.model_dump(exclude_unset=True, exclude={"kind"})


class DraftForm(ContentForm):
    """A new document."""

    kind: str = Field(max_length=48, examples=["notice"])
    title: str = Field(max_length=200)


class PublishForm(Form):
    """From when and until when; told nothing, from today on and as long as the kind says."""

    since: Day | None = None
    until: Day | None = Field(default=None, description="the last day in force")


class DocumentWhyForm(Form):
    """A reason."""

    why: str = Field(min_length=1, max_length=2000)


class FigureOut(BaseModel):
    """An indicator that the kind quotes. Its value is not worked out."""

    name: str


class KindOut(BaseModel):
    """A kind of document as a pack declares it."""

    name: str
    title: Titled
    number: str = Field(description="pattern of its numbers")
    series: str
    approved_by: list[str] = Field(description="roles, one after the other")
    items: bool = Field(description="gathers items")
    sensitivity: str
    figures: list[FigureOut]
    counts: dict[str, int] = Field(description="by state, of those that you see")
    needs: dict[str, Any] = Field(description="JSON Schema of its fields")

    @classmethod
    def of(cls, declared: Declared, counts: Mapping[str, int]) -> KindOut:
        """As it goes out."""
        document = declared.document
        return cls(
            name=declared.name, title=document.title.model_dump(), number=document.number, series=declared.series,
            approved_by=document.approved_by, items=document.items, sensitivity=document.sensitivity,
            figures=[FigureOut(name=one) for one in document.figures], counts=dict(counts),
            needs=fields.json_schema(declared.given()),
        )  # fmt: skip


class DocumentLineOut(BaseModel):
    """A document in a list."""

    id: str
    kind: str
    kind_title: Titled
    title: str
    number: str | None
    state: str
    state_title: Titled
    since: date | None
    until: date | None
    waits: str | None = Field(description="the role that approves it next")
    in_force: bool = Field(description="today")
    changed_at: datetime
    version: int


class ApprovalStepOut(BaseModel):
    """One step of its approval."""

    role: str
    by: str | None = Field(description="null: not yet")
    name: str | None
    at: datetime | None


class DocumentOut(BaseModel):
    """A document with all that is known of it."""

    id: str
    kind: str
    kind_title: Titled
    state: str
    state_title: Titled
    version: int = Field(description="for If-Match")
    text_version: int = Field(description="how often it was written, its revisions with it")
    title: str
    text: str
    fields: dict[str, Any]
    labels: dict[str, str] = Field(description="what units and people among its fields and items are called")
    items: list[dict[str, Any]]
    attachments: list[str]
    figures: list[FigureOut] = Field(description="quoted; not worked out")
    authors: list[str]
    author_names: list[str]
    approvals: list[ApprovalStepOut]
    waits: str | None
    sent_back: str | None = Field(description="why, where it was")
    number: str | None
    published_on: date | None
    since: date | None
    until: date | None
    in_force: bool = Field(description="today")
    open: bool
    replaces: str | None
    replaced_by: str | None
    revoked: str | None = Field(description="why")
    digest: str | None = Field(description="SHA-256 of what was published")
    intact: bool | None = Field(description="whether what stands is what was published")
    opened_at: datetime
    needs: dict[str, Any]
    gathers_items: bool
    actions: list[str] = Field(description="what you may do now")


class VersionOut(BaseModel):
    """A text as it was written."""

    version: int
    title: str
    text: str
    fields: dict[str, Any]
    items: list[dict[str, Any]]
    attachments: list[str]
    by: str
    name: str
    at: datetime


class PieceOut(BaseModel):
    """A paragraph of two versions laid beside each other."""

    what: str = Field(examples=["same", "added", "removed"])
    text: str


class DifferenceOut(BaseModel):
    """What became of one version in another."""

    before: int
    after: int
    changed: list[str] = Field(description="what differs besides the text: `title`, `items`, `fields.to` …")
    title: list[str] = Field(description="before, after")
    text: list[PieceOut]


class DocumentEventOut(BaseModel):
    """One step of its history, without the text."""

    version: int
    type: str
    actor: str
    name: str
    role: str
    at: datetime
    reason: str | None


def line(declared: Declared, row: Any, today: date) -> DocumentLineOut:
    """A document in a list."""
    return DocumentLineOut(
        id=row.id, kind=row.kind, kind_title=declared.document.title.model_dump(), title=row.title, number=row.number,
        state=row.state, state_title=words()["states"][row.state], since=row.since, until=row.until, waits=row.waits,
        in_force=model.is_in_force(orjson.loads(row.doc)["data"], today), changed_at=row.changed_at,
        version=row.version,
    )  # fmt: skip


def document(found: Written, names: Names, today: date, actions: list[str]) -> DocumentOut:
    """A document with all that is known of it."""
    state, data, declared = found.state, found.state["data"], found.declared
    steps = data.get("steps") or declared.document.approved_by
    given = dict(enumerate(data.get("approvals") or ()))
    return DocumentOut(
        id=state["id"], kind=declared.name, kind_title=declared.document.title.model_dump(), state=state["state"],
        state_title=words()["states"][state["state"]], version=found.version, text_version=data["version"],
        title=data["title"], text=data["text"], fields=data["fields"], labels=_labels(declared, data, names),
        items=data["items"], attachments=data["attachments"],
        figures=[FigureOut(name=one) for one in declared.document.figures], authors=data["authors"],
        author_names=[names(one) or one for one in data["authors"]],
        approvals=[_approval(role, given.get(number), names) for number, role in enumerate(steps)],
        waits=model.waiting_for(state), sent_back=data.get("sent_back") if state["state"] == "draft" else None,
        number=data.get("number"), published_on=data.get("on"), since=data.get("since"), until=data.get("until"),
        in_force=model.is_in_force(data, today), open=bool(data.get("open")), replaces=data.get("replaces"),
        replaced_by=data.get("replaced_by"), revoked=data.get("revoked"), digest=data.get("digest"),
        intact=model.holds(state), opened_at=datetime.fromtimestamp(state["opened"]).astimezone(),
        needs=fields.json_schema(declared.given()), gathers_items=declared.document.items, actions=actions,
    )  # fmt: skip


def version(one: Version, names: Names) -> VersionOut:
    """A text as it was written."""
    return VersionOut(version=one.version, **one.content, by=one.by, name=names(one.by) or one.by, at=one.at)


def difference(before: Version, after: Version) -> DifferenceOut:
    """What became of one version in another."""
    old, new = before.content, after.content
    changed = [name for name in ("title", "items", "attachments") if old[name] != new[name]]
    names = sorted(old["fields"].keys() | new["fields"].keys())
    changed += [f"fields.{name}" for name in names if old["fields"].get(name) != new["fields"].get(name)]
    pieces: list[Piece] = model.difference(old["text"], new["text"])
    return DifferenceOut(
        before=before.version, after=after.version, changed=changed, title=[old["title"], new["title"]],
        text=[PieceOut(what=one.what, text=one.text) for one in pieces],
    )  # fmt: skip


def _approval(role: str, given: Mapping[str, Any] | None, names: Names) -> ApprovalStepOut:
    if given is None:
        return ApprovalStepOut(role=role, by=None, name=None, at=None)
    moment = datetime.fromtimestamp(given["at"]).astimezone()
    return ApprovalStepOut(role=role, by=given["by"], name=names(given["by"]) or given["by"], at=moment)


def _labels(declared: Declared, data: Mapping[str, Any], names: Names) -> dict[str, str]:
    specs = declared.document.fields
    codes = [data["fields"].get(name) for name, spec in specs.items() if spec.type in ("unit", "person")]
    codes += [one.get("unit") for one in data["items"]]
    flat = [one for code in codes for one in (code if isinstance(code, list) else [code]) if one]
    return {code: name for code in flat if (name := names(code)) is not None}
