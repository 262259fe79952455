"""What goes over HTTP about ledgers and their entries. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from xiuhua.flow import fields
from xiuhua.flow.model import State
from xiuhua.packs import units
from xiuhua.platform.web import Day, Moment
from xiuhua.records.forms import Form, StretchOut, Titled
from xiuhua.records.ledgers.model import Declared, text
from xiuhua.records.words import words

Names = Callable[[str], str | None]
"""What a unit or a person is called."""


class EntryForm(Form):
    """An entry: its quantity, its fields as the ledger declares them, and what every entry has."""

    quantity: str = Field(max_length=40, examples=["12.5"], description="a decimal; below zero: out of a store")
    unit: str | None = Field(default=None, max_length=20, examples=["m²"], description="default: the ledger's")
    day: Day | None = Field(default=None, description="not in the future; default: today")
    fields: dict[str, Any] = Field(default_factory=dict)
    thing: str | None = Field(default=None, max_length=200, description="key of a record of the ledger's register")
    place: dict[str, Any] | None = Field(default=None, examples=[{"lon": 105.3123, "lat": 29.1045, "datum": "gcj02"}])
    of_unit: str | None = Field(default=None, max_length=120, description="whose work; default: of who enters it")
    photos: list[str] = Field(default_factory=list, max_length=20, description="ids of photos sent in before")
    note: str | None = Field(default=None, max_length=2000)
    key: str | None = Field(default=None, max_length=200, description="what makes it once, e.g. a number elsewhere")
    at: Moment | None = Field(default=None, description="when it was entered, if earlier than now: a phone's word")

    def given(self) -> dict[str, Any]:
        """All of it side by side, but when it was entered."""
        return flat(self.model_dump(exclude={"fields", "at"}, mode="json"), self.fields)


class InsteadForm(Form):
    """What is otherwise in the right entry; the rest stays as it was."""

    quantity: str | None = Field(default=None, max_length=40)
    unit: str | None = Field(default=None, max_length=20)
    day: Day | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    thing: str | None = Field(default=None, max_length=200)
    place: dict[str, Any] | None = None
    of_unit: str | None = Field(default=None, max_length=120)
    photos: list[str] | None = Field(default=None, max_length=20)
    note: str | None = Field(default=None, max_length=2000)

    def given(self) -> dict[str, Any]:
        """All of it side by side."""
        return flat(self.model_dump(exclude={"fields"}, mode="json"), self.fields)


class CounterForm(Form):
    """Take an entry back, and make the right one in the same step."""

    why: str = Field(min_length=1, max_length=2000)
    instead: InsteadForm | None = None


class StockForm(Form):
    """What was counted in a store."""

    counted: str = Field(max_length=40, examples=["120"])
    unit: str | None = Field(default=None, max_length=20)
    day: Day | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    thing: str | None = Field(default=None, max_length=200)
    of_unit: str | None = Field(default=None, max_length=120)
    photos: list[str] = Field(default_factory=list, max_length=20)
    note: str | None = Field(default=None, max_length=2000)
    why: str = Field(min_length=1, max_length=2000)

    def given(self) -> dict[str, Any]:
        """What an entry is given."""
        return flat(self.model_dump(exclude={"fields", "why"}, mode="json"), self.fields)


class LedgerOut(BaseModel):
    """A ledger as a pack declares it."""

    name: str
    title: Titled
    pack: str = Field(description="digest of the version in force")
    unit: str = Field(description="unit of measure of its entries")
    unit_title: Titled
    unit_also: list[str] = Field(description="units that are converted into it")
    balance: bool
    of: str | None = Field(description="register of the things it is about")
    store: list[str] = Field(description="fields that, with the thing, name a store")
    along: bool = Field(description="its entries tell of stretches of their thing, a line")
    dimensions: list[str] = Field(description="fields that lists are narrowed and sums are made by")
    entries: int = Field(description="entries that stand")
    quantity: str = Field(description="what they add up to")
    last: date | None = Field(description="the newest day")
    may_enter: bool
    titles: dict[str, Titled]
    needs: dict[str, Any] = Field(description="JSON Schema of its fields")

    @classmethod
    def of_declared(cls, declared: Declared, counted: Any, may_enter: bool) -> LedgerOut:
        """As it goes out; `counted`: its row of `counts`, or None."""
        ledger = declared.ledger
        return cls(
            name=declared.name, title=ledger.title.model_dump(), pack=declared.digest, unit=ledger.quantity,
            unit_title=units.title(ledger.quantity), unit_also=sorted(units.like(ledger.quantity)),
            balance=ledger.balance, of=ledger.of, store=list(ledger.store), along=ledger.along is not None,
            dimensions=list(declared.dimensions()),
            entries=counted.entries if counted else 0, quantity=text(counted.quantity if counted else Decimal()),
            last=counted.last if counted else None, may_enter=may_enter, titles=titles(declared),
            needs=schema(declared),
        )  # fmt: skip


class EntryOut(BaseModel):
    """An entry with all that is known of it."""

    id: str
    ledger: str
    ledger_title: Titled
    day: date
    quantity: str = Field(description="in the ledger's unit")
    unit: str
    given: dict[str, str] = Field(description="quantity and unit as they were written")
    fields: dict[str, Any]
    labels: dict[str, str] = Field(description="what units and people among them are called, by code")
    personal: dict[str, Any] | None = Field(description="what is personal, masked; null: none, erased, or not yours")
    thing: str | None = Field(description="id of a record")
    thing_key: str | None
    place: dict[str, Any] | None
    scopes: list[str]
    of_unit: str | None
    photos: list[str]
    note: str | None
    late: int = Field(description="days between its day and the day it was entered")
    counters: str | None = Field(description="the entry that it takes back")
    countered_by: str | None
    instead: str | None = Field(description="the entry that it stands in place of")
    source: str | None = Field(description="the case or order that made it")
    counted: str | None = Field(description="of a stocktake")
    balance_before: str | None = Field(description="of a stocktake: what should have been there")
    why: str | None = Field(description="of a counter-entry or stocktake")
    stretch: StretchOut | None = Field(None, description="where on its line; told of one entry, not in lists")
    entered_at: datetime
    version: int


class CounteredOut(BaseModel):
    """What came of a counter-entry."""

    counter: EntryOut
    instead: EntryOut | None


class LedgerSumOut(BaseModel):
    """What entries add up to."""

    period: date | None = Field(description="its first day")
    value: str = Field(description="of what they are summed by; empty: of all, or of those without one")
    label: Titled | None
    quantity: str
    entries: int = Field(description="entries that stand")


class SumsOut(BaseModel):
    """Sums by period and value."""

    unit: str
    period: str
    by: str
    quantity: str = Field(description="of all lines; by areas that lie in each other it counts twice")
    entries: int
    lines: list[LedgerSumOut]
    cut: bool = Field(description="there are more lines than these")


class BalanceOut(BaseModel):
    """What is in a store at the end of a day."""

    store: str = Field(description="opaque; for the next page")
    thing: str | None
    thing_key: str | None
    called: str | None
    fields: dict[str, str]
    quantity: str
    last: date = Field(description="when something last came or went")


def entry(
    declared: Declared, version: int, state: State, names: Names, personal: Mapping[str, Any] | None = None
) -> EntryOut:
    """An entry as it goes out."""
    data, ledger = state["data"], declared.ledger
    return EntryOut(
        id=state["id"], ledger=declared.name, ledger_title=ledger.title.model_dump(), day=data["day"],
        quantity=data["quantity"], unit=ledger.quantity, given=data["given"],
        fields={name: data.get(name) for name, spec in ledger.fields.items() if not spec.personal},
        labels=_labels(declared, data, names), personal=dict(personal) if personal is not None else None,
        thing=data.get("thing"), thing_key=data.get("thing_key"), place=data.get("place"),
        scopes=data.get("scopes") or [], of_unit=data.get("of_unit"), photos=data.get("photos") or [],
        note=data.get("note"), late=data.get("late") or 0, counters=data.get("counters"),
        countered_by=data.get("countered_by"), instead=data.get("instead"), source=data.get("source"),
        counted=data.get("counted"), balance_before=data.get("balance"), why=data.get("why"),
        entered_at=datetime.fromtimestamp(state["opened"]).astimezone(), version=version,
    )  # fmt: skip


def _labels(declared: Declared, data: Mapping[str, Any], names: Names) -> dict[str, str]:
    codes = [data.get(name) for name, spec in declared.ledger.fields.items() if spec.type in ("unit", "person")]
    flat_ = [one for code in (*codes, data.get("of_unit")) for one in (code if isinstance(code, list) else [code])]
    return {code: name for code in flat_ if code and (name := names(code)) is not None}


def titles(declared: Declared) -> dict[str, Titled]:
    """What the fields are called."""
    return {
        name: spec.title.model_dump() if spec.title else {"zh": name, "en": name}
        for name, spec in declared.ledger.fields.items()
    }


def title_of(name: str) -> Titled:
    """What something that every entry has is called."""
    return dict(words()["titles"][name])


def flat(own: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """What every entry has, and declared fields, side by side; what every entry has goes first."""
    return {**declared, **{name: value for name, value in own.items() if value is not None and value != []}}


def schema(declared: Declared) -> dict[str, Any]:
    """JSON Schema of the declared fields."""
    return fields.json_schema(declared.given())
