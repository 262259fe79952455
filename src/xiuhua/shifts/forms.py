"""What goes over HTTP about shifts and tracks. Shapes only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from xiuhua.city.areas.datum import Datum, to_wgs84
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.web import Moment
from xiuhua.shifts.model import Handover, OnDuty, Position, Turn

Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_ID = "0195a1b2-0000-7000-8000-000000000001"


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class SignForm(Form):
    """A turn begins or ends, perhaps with where that is."""

    lon: Annotated[Degrees | None, Field(examples=[105.3123])] = None
    lat: Annotated[Degrees | None, Field(examples=[29.1045])] = None
    datum: Datum = "wgs84"
    at: Annotated[
        Moment | None, Field(description="when, if earlier than now; from a phone that had no network; a day at most")
    ] = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("lon and lat go together")
        return self

    def point(self) -> tuple[float, float] | None:
        """WGS-84. Raises `Invalid` for a place that cannot be meant."""
        if self.lon is None or self.lat is None:
            return None
        (x,), (y,) = to_wgs84(self.lon, self.lat, self.datum)
        return float(x), float(y)


class StartForm(SignForm):
    """A turn begins."""

    role: Annotated[str | None, Field(max_length=48, description="in which, where one has several")] = None


class TurnOut(BaseModel):
    """A turn of duty."""

    id: str = Field(examples=[_ID])
    person: str
    role: str
    started_at: datetime
    ended_at: datetime | None = Field(description="null: on duty")
    seen_at: datetime = Field(description="the last sign: start, position or end")

    @classmethod
    def of(cls, turn: Turn) -> TurnOut:
        """As it goes out."""
        return cls(
            id=turn.id, person=turn.person, role=turn.role, started_at=turn.started_at, ended_at=turn.ended_at,
            seen_at=turn.seen_at,
        )  # fmt: skip


class MineOut(BaseModel):
    """One's own turn."""

    turn: TurnOut | None = Field(description="null: not on duty")


class BoardOut(TurnOut):
    """A line of the board: somebody on duty."""

    name: str
    areas: list[str] = Field(description="duty grids and other areas of the posts; none: the whole city")
    lon: float | None
    lat: float | None
    silent_s: int = Field(description="since the last sign")
    tasks: int = Field(description="that wait for this very person")
    late: int

    @classmethod
    def told(cls, view: CityView, one: OnDuty, now: datetime) -> BoardOut:
        """As it goes out."""
        turn, people = one.turn, view.directory.people
        return cls(
            **TurnOut.of(turn).model_dump(), name=people[turn.person].name if turn.person in people else turn.person,
            areas=list(one.areas), lon=turn.lon, lat=turn.lat, tasks=one.tasks, late=one.late,
            silent_s=int((now - turn.seen_at).total_seconds()),
        )  # fmt: skip


class NoteForm(Form):
    """What the next shift should know."""

    note: Annotated[str, Field(min_length=1, max_length=4000, examples=["东街塌陷点已围挡，夜间须复看。"])]


class HandoverForm(Form):
    """Which handover is taken over."""

    id: Annotated[str, Field(max_length=64, examples=[_ID])]


class HandoverOut(BaseModel):
    """What one shift left to the next."""

    id: str = Field(examples=[_ID])
    person: str
    name: str
    at: datetime
    area: str | None = Field(description="null: the whole city")
    note: str | None = Field(description="phones and the like masked; null: erased")
    snapshot: dict[str, Any] = Field(
        description="open cases by state, how many in all, how many late, the latest ten",
        examples=[{"open": {"accepted": 3}, "total": 3, "late": 0, "worst": []}],
    )
    acknowledged_by: str | None
    acknowledged_at: datetime | None

    @classmethod
    def of(cls, view: CityView, one: Handover) -> HandoverOut:
        """As it goes out."""
        people = view.directory.people
        return cls(
            id=one.id, person=one.person, name=people[one.person].name if one.person in people else one.person,
            at=one.at, area=one.area, note=one.note, snapshot=one.snapshot, acknowledged_by=one.acknowledged_by,
            acknowledged_at=one.acknowledged_at,
        )  # fmt: skip


class PositionForm(Form):
    """Where a phone was."""

    at: Annotated[Moment, Field(description="by the phone", examples=["2026-03-02T09:00:05+08:00"])]
    lon: Annotated[Degrees, Field(examples=[105.3123])]
    lat: Annotated[Degrees, Field(examples=[29.1045])]
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000, allow_inf_nan=False)] = None
    mock: Annotated[StrictBool, Field(description="the phone says that the place was put in by a program")] = False


class TrackForm(Form):
    """A batch of positions, in any order; a repeat does no harm."""

    positions: Annotated[list[PositionForm], Field(min_length=1, max_length=1000)]
    datum: Datum = "wgs84"

    def batch(self) -> list[Position]:
        """WGS-84. Raises `Invalid` that names every place that cannot be meant."""
        x, y = to_wgs84([one.lon for one in self.positions], [one.lat for one in self.positions], self.datum)
        places = zip(self.positions, x.tolist(), y.tolist(), strict=True)
        return [Position(one.at, lon, lat, one.accuracy_m, one.mock) for one, lon, lat in places]


class KeptOut(BaseModel):
    """What came of a batch: the four add up to what was sent; none of it is to be sent again."""

    kept: int
    repeated: int
    outside: int = Field(description="not within a turn of duty, or older than a fortnight")
    ahead: int = Field(description="later than the server's time: the phone's clock is wrong")


class FixOut(BaseModel):
    """Where somebody was, WGS-84."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    lon: float
    lat: float
    accuracy_m: float | None
    mock: bool
    received_at: datetime


class CoverageOut(BaseModel):
    """How much of a duty grid was passed today."""

    grid: str
    name: str
    passed: int = Field(description="of the cells, some 45 m across each")
    cells: int
    percent: float = Field(examples=[63.25])
