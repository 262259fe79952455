"""What goes over HTTP about registers and records. Shapes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.flow import fields
from xiuhua.flow.model import State
from xiuhua.flow.witness import WitnessForm
from xiuhua.packs.kinds import Register
from xiuhua.platform.web.times import Moment
from xiuhua.records import lines, model
from xiuhua.records.model import CHANGE_REQUEST, Declared
from xiuhua.records.stretches import covered
from xiuhua.records.words import words

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a unit or a person is called."""


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class RecordForm(Form):
    """Fields by name, as the register declares them; of a change those that shall be otherwise (null: emptied)."""

    fields: dict[str, Any] = Field(examples=[{"plate": "川S12345"}])
    place: dict[str, Any] | None = Field(default=None, examples=[{"lon": 105.3123, "lat": 29.1045, "datum": "gcj02"}])

    shape: dict[str, Any] | None = Field(
        default=None,
        description="of registers of lines and polygons: a GeoJSON geometry, `datum` beside its coordinates",
        examples=[{"type": "LineString", "coordinates": [[105.3123, 29.1045], [105.3135, 29.1051]]}],
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Fields, place and shape together."""
        where = {"place": self.place, "shape": self.shape}
        return {**self.fields, **{name: value for name, value in where.items() if value is not None}}


class MoveForm(Form):
    """Into another state."""

    to: str = Field(max_length=48)
    reason: str | None = Field(default=None, max_length=2000)


class MoveManyForm(MoveForm):
    """The same for many: those chosen, or else all that the filter finds."""

    ids: list[Annotated[str, Field(max_length=64)]] | None = Field(default=None, max_length=500)
    after: str | None = Field(default=None, max_length=200, description="of a filter: behind this key")


class RecordMovedOut(BaseModel):
    """What became of one of them."""

    id: str
    key: str | None
    status: Literal["moved", "unchanged", "refused"]
    why: str | None


class RecordsMovedOut(BaseModel):
    """What became of each, in the order of their keys."""

    results: list[RecordMovedOut]
    next: str | None = Field(description="the key to go on behind; null: that was all")


class AskForm(RecordForm):
    """A change that whoever keeps the record must approve."""

    fields: dict[str, Any] = Field(default_factory=dict)
    to: str | None = Field(default=None, max_length=48, description="the state it should go to")
    why: str = Field(min_length=1, max_length=2000)
    photos: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=20, description="ids of photos sent in before that show why"
    )
    seen: int | None = Field(
        default=None, ge=1, description="the version that was looked at: 409 when what it touches was changed since"
    )
    external_id: str | None = Field(
        default=None, min_length=1, max_length=120, description="what its sender calls it: a repeat changes nothing"
    )
    at: Moment | None = Field(default=None, description="when it was asked for, if earlier than now")
    witness: WitnessForm | None = Field(default=None, description="place and time by the device; kept with the event")


class WhyForm(Form):
    """A reason."""

    why: str = Field(min_length=1, max_length=2000)


class MergeForm(Form):
    """Which record goes on."""

    into: str = Field(max_length=64)


class StateOut(BaseModel):
    """A state that records of a register may have."""

    name: str
    title: Titled
    moves: list[str] = Field(description="where to")
    count: int = Field(description="records that have it")


class RegisterOut(BaseModel):
    """A register as a pack declares it."""

    name: str
    title: Titled
    pack: str = Field(description="digest of the version in force")
    geometry: str
    key: str = Field(description="the field that names a record")
    called: str = Field(description="the field that people call it by")
    columns: list[str] = Field(description="fields that a list shows")
    facets: list[str] = Field(description="fields that lists are narrowed by")
    expires: str | None = Field(description="the date field after whose day a record is valid no longer")
    warn: int = Field(description="days before that, at which it is told that it will expire")
    states: list[StateOut]
    count: int
    listed: bool = Field(description="false: told as numbers only, to whom its records are not")
    may_add: bool
    titles: dict[str, Titled] = Field(description="what its fields are called, those worked out with them")
    needs: dict[str, Any] = Field(description="JSON Schema of its fields")

    @classmethod
    def of(cls, declared: Declared, counts: Mapping[str, int], listed: bool, may_add: bool) -> RegisterOut:
        """As it goes out."""
        register = declared.register
        return cls(
            name=declared.name, title=register.title.model_dump(), pack=declared.digest, geometry=register.geometry,
            key=register.key, called=declared.called, columns=declared.columns(),
            expires=register.expires, warn=register.warn,
            facets=[name for name, spec in register.fields.items() if model.is_facet(spec)],
            states=[
                StateOut(
                    name=one, title=state_title(register, one), moves=declared.moves(one), count=counts.get(one, 0)
                )
                for one in (*register.states, *(() if register.states else (model.LIVE,)))
            ],
            count=sum(counts.values()), listed=listed, may_add=may_add, titles=titles(register), needs=schema(declared),
        )  # fmt: skip


class ChangeRequestOut(BaseModel):
    """A change that was asked for."""

    n: int
    state: str = Field(examples=["asked", "approved", "refused", "withdrawn"])
    since: datetime
    set: dict[str, Any]
    before: dict[str, Any]
    to: str | None
    why: str
    photos: list[str]
    by: str
    by_name: str
    decided_by: str | None = None
    decided_by_name: str | None = None
    refusal: str | None = None


class RecordLineOut(BaseModel):
    """A record in a list."""

    id: str
    register_name: str
    key: str
    called: str
    state: str
    state_title: Titled
    fields: dict[str, Any] = Field(description="those that a list shows; of codes as they are")
    labels: dict[str, str] = Field(description="what units and people among them are called, by code")
    unit_grid: str | None
    lon: float | None
    lat: float | None
    expires: date | None
    asked: int = Field(description="change requests that wait")
    changed_at: datetime
    version: int


class RefOut(BaseModel):
    """A record that another refers to."""

    field: str
    register_name: str
    key: str
    id: str | None = Field(description="null: it is not there any more, or not this person's to see")
    called: str | None
    fault: Literal["expired", "not_in_force", "missing"] | None = Field(
        description="why it is not valid, where the field says that it must be"
    )


class FigureOut(BaseModel):
    """A value that follows from a record and those that refer to it."""

    name: str
    title: Titled
    value: Any = Field(description="decimals as text; null: what it follows from is missing")


class DossierLineOut(BaseModel):
    """One entry of a section of a thing's file."""

    text: Titled
    note: Titled | None
    at: datetime | None
    link: str | None = Field(description="address within the console")


class DossierSectionOut(BaseModel):
    """What one room has to say of a thing."""

    name: str
    title: Titled
    lines: list[DossierLineOut]
    count: int | None = Field(description="how many there are, where it is known")
    more: str | None = Field(description="address within the console of all of them")
    note: Titled | None = Field(description="what they add up to")


class StretchOut(BaseModel):
    """From one metre of a line to another."""

    line: str | None = Field(description="id of the line; null: it is not there, or not this person's to see")
    line_key: str
    line_shape: dict[str, Any] | None = Field(description="GeoJSON of the whole line; null: none is known")
    begin: Decimal = Field(description="metres from the line's start")
    end: Decimal
    shape: dict[str, Any] | None = Field(description="GeoJSON of what lies between; null: the line has nothing there")

    @classmethod
    def of(cls, key: str, line: State | None, begin: Any, end: Any) -> StretchOut:
        """Of a line as it stands, None for one that is not to be seen; metres as they are kept."""
        whole = line["data"].get("shape") if line is not None else None
        first, last = Decimal(str(begin)), Decimal(str(end))
        return cls(
            line=line["id"] if line is not None else None, line_key=key, line_shape=whole, begin=first, end=last,
            shape=lines.part(whole, first, last) if whole is not None else None,
        )  # fmt: skip


class AlongOut(BaseModel):
    """A record that tells something of a stretch of a line."""

    id: str
    register_name: str
    register_title: Titled
    key: str
    called: str
    state_title: Titled
    stretch: StretchOut


class RecordOut(BaseModel):
    """A record with all that is known of it."""

    id: str
    register_name: str
    register_title: Titled
    key: str
    called: str
    state: str
    state_title: Titled
    since: datetime
    opened_at: datetime
    version: int
    fields: dict[str, Any]
    labels: dict[str, str] = Field(description="what units and people among them are called, by code")
    personal: dict[str, Any] | None = Field(description="what is personal, masked; null: none, or erased")
    place: dict[str, Any] | None
    shape: dict[str, Any] | None = Field(description="a GeoJSON geometry; its place is a point on it")
    length_m: str | None = Field(description="of lines, along the ellipsoid")
    area_m2: str | None = Field(description="of polygons, on the ellipsoid")
    scopes: list[str]
    unit_grid: str | None
    units: list[str] = Field(description="that answer for it")
    expires: date | None
    expires_field: str | None = Field(description="the field that says until when")
    merged_into: str | None
    merged: list[dict[str, Any]] = Field(description="records that went into it")
    change_requests: list[ChangeRequestOut]
    may_keep: bool
    may_ask: bool
    moves: list[StateOut]
    titles: dict[str, Titled] = Field(description="what its fields are called, those worked out with them")
    needs: dict[str, Any] = Field(description="JSON Schema of its fields")
    refs: list[RefOut] = Field(description="records that it refers to")
    figures: list[FigureOut] = Field(description="totals of the records that refer to it, and what follows")
    stretch: StretchOut | None = Field(None, description="of a register with `along`: where on its line it is")
    unmet: list[Titled] = Field(description="what should hold of them and does not")


class StretchLineOut(BaseModel):
    """What is covered of one line."""

    line: str = Field(description="its key")
    metres: Decimal = Field(description="each metre counted once")
    overlap: Decimal = Field(description="metres that were told more than once")
    stretches: int


class StretchesOut(BaseModel):
    """Metres along lines."""

    register_name: str
    metres: Decimal = Field(description="each metre counted once")
    overlap: Decimal = Field(description="metres that were told more than once")
    stretches: int
    incomplete: int = Field(description="records that do not say of which line, from where or to where")
    lines: list[StretchLineOut]

    @classmethod
    def of(cls, register: str, rows: Sequence[Any]) -> StretchesOut:
        """Rows with line, begin and end as texts, or null."""
        told = [row for row in rows if None not in (row.line, row.begin, row.end)]
        lines = [
            StretchLineOut(line=one.line, metres=one.metres, overlap=one.told - one.metres, stretches=one.stretches)
            for one in covered((row.line, Decimal(row.begin), Decimal(row.end)) for row in told)
        ]
        return cls(
            register_name=register, metres=sum((one.metres for one in lines), Decimal(0)),
            overlap=sum((one.overlap for one in lines), Decimal(0)), stretches=len(told),
            incomplete=len(rows) - len(told), lines=lines,
        )  # fmt: skip


class RecordEventOut(BaseModel):
    """One step of a record's history."""

    version: int
    type: str
    actor: str
    name: str
    role: str
    at: datetime
    recorded_at: datetime
    payload: dict[str, Any]


def line(declared: Declared, row: Any, state: State, names: Names) -> RecordLineOut:
    """A record in a list."""
    data = state["data"]
    return RecordLineOut(
        id=row.id, register_name=declared.name, key=row.key, called=row.called, state=row.state,
        state_title=state_title(declared.register, row.state), unit_grid=row.unit_grid, lon=row.lon, lat=row.lat,
        fields={name: data.get(name) for name in declared.columns() if not declared.register.fields[name].personal},
        labels=_labels(declared.register, data, names),
        expires=row.expires, asked=row.asked, changed_at=row.changed_at, version=row.version,
    )  # fmt: skip


def record(
    declared: Declared,
    version: int,
    state: State,
    personal: dict[str, Any] | None,
    names: Names,
    *,
    keeps: bool,
    asks: bool,
) -> RecordOut:
    """A record with all that is known of it."""
    register, data = declared.register, state["data"]
    return RecordOut(
        id=state["id"], register_name=declared.name, register_title=register.title.model_dump(), key=state["number"],
        called=str(data.get(declared.called) or state["number"]), state=state["state"], version=version,
        state_title=state_title(register, state["state"]), since=_moment(state["since"]),
        opened_at=_moment(state["opened"]), personal=personal, place=data.get("place"),
        shape=data.get("shape"), length_m=data.get("length_m"), area_m2=data.get("area_m2"),
        fields={name: data.get(name) for name, spec in register.fields.items() if not spec.personal},
        labels=_labels(register, data, names),
        scopes=data.get("scopes") or [], unit_grid=data.get("unit_grid"), units=model.units(register, data),
        expires=model.expires(register, data), expires_field=register.expires, titles=titles(register),
        merged_into=data.get("merged_into"), merged=data.get("merged") or [],
        change_requests=[_change(one, names) for one in state["tracks"].get(CHANGE_REQUEST, ())],
        may_keep=keeps, may_ask=asks,
        moves=[
            StateOut(name=one, title=state_title(register, one), moves=declared.moves(one), count=0)
            for one in declared.moves(state["state"])
        ],
        needs=schema(declared), refs=[], figures=[], unmet=[],
    )  # fmt: skip


def _labels(register: Register, data: Mapping[str, Any], names: Names) -> dict[str, str]:
    codes = [data.get(name) for name, spec in register.fields.items() if spec.type in ("unit", "person")]
    flat = [one for code in codes for one in (code if isinstance(code, list) else [code]) if one]
    return {code: name for code in flat if (name := names(code)) is not None}


def state_title(register: Register, state: str) -> Titled:
    """What a state is called."""
    if state in register.titles:
        return register.titles[state].model_dump()
    return dict(words()["titles"]["live"]) if state == model.LIVE else {"zh": state, "en": state}


def titles(register: Register) -> dict[str, Titled]:
    """What the fields are called."""
    return {
        name: spec.title.model_dump() if spec.title else {"zh": name, "en": name}
        for name, spec in register.fields.items()
    }


def schema(declared: Declared) -> dict[str, Any]:
    """JSON Schema of what is filled in of a record, its place with it."""
    found = fields.json_schema(declared.given())
    if declared.register.geometry != "none":
        found["properties"]["place"] = {
            "x-type": "place",
            "x-title": dict(words()["titles"]["place"]),
            "type": "object",
        }
    return found


def _change(one: Mapping[str, Any], names: Names) -> ChangeRequestOut:
    item, decided = one["item"], one["item"].get("decided_by")
    return ChangeRequestOut(
        n=one["n"], state=one["state"], since=_moment(one["since"]), set=item["set"], before=item["before"],
        to=item["to"], why=item["why"], photos=item.get("photos") or [], by=item["by"],
        by_name=names(item["by"]) or item["by"], decided_by=decided,
        decided_by_name=(names(decided) or decided) if decided else None, refusal=item.get("refusal"),
    )  # fmt: skip


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at).astimezone()


Equal = Annotated[str, Field(max_length=200, pattern=r"^[a-z][a-z0-9_]*=[^\x00]+$")]
