"""Notices over HTTP: one's own inbox and addresses; webhooks of other systems."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Any, Self

import orjson
from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from xiuhua.notices import service
from xiuhua.notices.model import Way
from xiuhua.notices.notifier import Notifier
from xiuhua.packs.notice import LimitValue, Notice, Recipient, Rung
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.web import (
    CurrentActor,
    Moment,
    Page,
    Paging,
    Reading,
    Router,
    ShownOnce,
    Transaction,
    provided,
    require,
)

router = Router(tags=["notices"])
Manager = Annotated[Actor, require("webhook.manage")]
TheNotifier = Annotated[Notifier, provided(Notifier)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
WayName = Annotated[Way, Path(examples=["mail"])]
_EXAMPLE = "0195a1b2-0000-7000-8000-000000000001"


class NoticeOut(BaseModel):
    """One notice, in both languages."""

    id: str = Field(examples=[_EXAMPLE])
    name: str = Field(description="as the pack calls it", examples=["to_receive"])
    kind: str | None = Field(description="of the subject: case, report; null for the digest", examples=["case"])
    subject: str | None = Field(examples=[_EXAMPLE])
    number: str | None = Field(examples=["990101-20260302-0001"])
    urgent: bool
    head: dict[str, str] = Field(examples=[{"zh": "待签收", "en": "To be received"}])
    text: dict[str, str] = Field(examples=[{"zh": "请及时签收。", "en": "Please receive it."}])
    at: datetime = Field(description="when it happened, or grew late")
    shown_at: datetime = Field(description="when it was told: later than that after quiet hours")
    read_at: datetime | None

    @classmethod
    def of(cls, row: Any) -> NoticeOut:
        """A row of the table."""
        body = orjson.loads(row.body)
        return cls(
            id=row.id, name=row.name, kind=row.kind, subject=row.subject, number=row.number, urgent=row.urgent,
            head=orjson.loads(row.head), text={key: body[key] for key in ("zh", "en")}, at=row.at,
            shown_at=row.shown_at, read_at=row.read_at,
        )  # fmt: skip


class Unread(BaseModel):
    """How many notices wait to be read."""

    unread: int = Field(examples=[3])


class ReadForm(BaseModel):
    """Which notices were read: these, or all that were shown up to a moment."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(max_length=64)]] = Field(default=[], max_length=500, examples=[[_EXAMPLE]])
    until: Moment | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.ids and self.until is None:
            raise ValueError("name ids, or say until")
        return self


class AddressForm(BaseModel):
    """An address."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(min_length=1, max_length=254, examples=["wang@example.org"])


class AddressOut(BaseModel):
    """Where one is told besides the inbox."""

    way: Way
    address: str
    since: datetime


class WebhookForm(BaseModel):
    """Another system that wants to be told."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=500, examples=["https://platform.example.org/hooks/xiuhua"])
    names: list[Annotated[str, Field(max_length=48)]] = Field(
        default=[], max_length=100, description="notices it wants; none: all", examples=[["to_receive", "late"]]
    )


class WebhookOut(BaseModel):
    """Another system that is told."""

    id: str
    url: str
    names: list[str]
    created_at: datetime
    created_by: str
    stopped_at: datetime | None


class WebhookMade(BaseModel):
    """A new webhook: the secret, by which what is sent can be verified, is shown this once."""

    id: str
    secret: str


class RuleOut(BaseModel):
    """What people are told, as a pack in force declares it."""

    name: str = Field(examples=["to_receive"])
    title: dict[str, str] = Field(examples=[{"zh": "待签收", "en": "To be received"}])
    on: str = Field(description="event, clock, or the daily digest", examples=["event city_case.Dispatched"])
    to: list[str] = Field(description="`waiting`, `role …`, `person …`", examples=[["role unit_officer at unit"]])
    rungs: list[str] = Field(description="of a clock: when each step of the ladder is taken, and who is told then")
    also: list[str] = Field(description="ways besides the inbox, for those who gave an address")
    urgent: bool
    subject: dict[str, str]
    text: dict[str, str]

    @classmethod
    def of(cls, name: str, notice: Notice) -> RuleOut:
        """As it goes out."""
        return cls(
            name=name, title=notice.title.model_dump(), on=notice.on, to=[_who(one) for one in notice.to],
            rungs=[_when(one) for one in notice.ladder], also=list(notice.also), urgent=notice.urgent,
            subject=notice.subject.model_dump(), text=notice.text.model_dump(),
        )  # fmt: skip


class RulesOut(BaseModel):
    """Who is told what, and by which ways this installation tells."""

    ways: list[str] = Field(description="ways out that are set up, besides the inbox", examples=[["webhook", "mail"]])
    quiet: str = Field(description="hours in which only what is urgent is told", examples=["22:00-07:00"])
    digest: str = Field(examples=["08:00"])
    rules: list[RuleOut]


def _who(one: Recipient) -> str:
    if one.waiting:
        return "waiting"
    if one.role is None:
        return f"person {one.person}"
    return f"role {one.role} at {one.unit}" if one.unit else f"role {one.role}"


def _when(one: Rung) -> str:
    moment = f"{one.share}%" if isinstance(one.share, int) else one.share
    after = f"{one.after.amount} {one.after.kind}" if isinstance(one.after, LimitValue) else one.after
    when = moment or (f"+{after}" if after else "due")
    return f"{when}: {', '.join(map(_who, one.to))}"


@router.get("/notices/rules")
def list_notice_rules(
    actor: Annotated[Actor, require("setting.read")], tx: Reading, notifier: TheNotifier,
    settings: Annotated[Settings, provided(Settings)],
) -> RulesOut:  # fmt: skip
    """The notices of the packs in force, and the ways out of this installation."""
    rules = notifier.rules(tx, actor.city).by_name
    return RulesOut(
        ways=sorted(notifier.ways), quiet=settings.notices_quiet, digest=settings.notices_digest,
        rules=[RuleOut.of(name, notice) for name, notice in rules.items()],
    )  # fmt: skip


@router.get("/notices")
def list_notices(
    actor: CurrentActor, tx: Reading, paging: Paging,
    unread: Annotated[bool, Query(description="only those not read yet")] = False,
) -> Page[NoticeOut]:  # fmt: skip
    """What one was told, newest first."""
    rows = service.inbox(tx, actor, unread, paging.after(datetime, str), paging.limit + 1)
    return paging.page([NoticeOut.of(row) for row in rows], lambda one: (one.shown_at, one.id))


@router.get("/notices/unread")
def count_unread(actor: CurrentActor, tx: Reading) -> Unread:
    """How many notices one has not read."""
    return Unread(unread=service.unread(tx, actor))


@router.post("/notices/read")
def read_notices(body: ReadForm, actor: CurrentActor, tx: Transaction) -> Unread:
    """One has read these notices, or all up to a moment; answers how many are left."""
    service.read(tx, actor, body.ids, body.until)
    return Unread(unread=service.unread(tx, actor))


@router.get("/notices/addresses")
def list_addresses(actor: CurrentActor, tx: Reading) -> list[AddressOut]:
    """Where one is told besides the inbox."""
    return [AddressOut(way=row.way, address=row.address, since=row.since) for row in service.addresses(tx, actor)]


@router.put("/notices/addresses/{way}")
def put_address(way: WayName, body: AddressForm, actor: CurrentActor, tx: Transaction) -> list[AddressOut]:
    """One wants to be told there from now on."""
    service.put_address(tx, actor, way, body.address)
    return list_addresses(actor, tx)


@router.delete("/notices/addresses/{way}", status_code=204)
def drop_address(way: WayName, actor: CurrentActor, tx: Transaction) -> None:
    """One wants to be told there no more."""
    service.drop_address(tx, actor, way)


@router.get("/webhooks")
def list_webhooks(actor: Manager, tx: Reading) -> list[WebhookOut]:
    """Other systems that are told, by age, and those that were; at most twenty stand at once."""
    return [
        WebhookOut(
            id=row.id, url=row.url, names=row.names, created_at=row.created_at, created_by=row.created_by,
            stopped_at=row.stopped_at,
        )
        for row in service.webhooks(tx, actor.city)
    ]  # fmt: skip


@router.post("/webhooks", status_code=201)
def add_webhook(
    body: WebhookForm, actor: Manager, tx: Transaction, notifier: TheNotifier, reply: ShownOnce
) -> WebhookMade:
    """Another system is told from now on; the secret that signs what is sent is shown this once."""
    secret = secrets.token_urlsafe(32)
    known = list(notifier.rules(tx, actor.city).by_name)
    id_ = service.add_webhook(tx, actor, body.url, body.names, secret, known)
    reply.location(f"/api/webhooks/{id_}")
    return WebhookMade(id=id_, secret=secret)


@router.delete("/webhooks/{id}", status_code=204)
def stop_webhook(id: Id, actor: Manager, tx: Transaction) -> None:
    """It is told no more."""
    service.stop_webhook(tx, actor, id)
