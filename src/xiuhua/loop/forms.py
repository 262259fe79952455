"""What goes over HTTP: reports in, subjects and actions out. Shapes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import Allowed, Attempt, State
from xiuhua.loop.model import LONGEST_TEXT, MachineEvent, Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.loop.titles import TitlesOut, light_of, titles_of
from xiuhua.loop.witness import WitnessForm, WitnessOut
from xiuhua.platform.eventlog import Event
from xiuhua.platform.web.times import Moment

Source = Literal[
    "collector", "hotline_12345", "public", "video", "sensor", "vehicle", "drone", "media", "letter", "leader",
    "upper_level", "unit",
]  # fmt: skip


_NOT_PLAIN: Final = {"place", "reporter", "mandate", "then", "machine", "advice", "witness"}


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class PlaceForm(Form):
    """Where: a point with its datum, the unit grid, or words."""

    lon: Annotated[float | None, Field(strict=True, allow_inf_nan=False, examples=[105.3123])] = None
    lat: Annotated[float | None, Field(strict=True, allow_inf_nan=False, examples=[29.1045])] = None
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = "wgs84"
    words: Annotated[str | None, Field(max_length=500)] = None
    unit_grid: Annotated[str | None, Field(max_length=20)] = None
    road_segment: Annotated[str | None, Field(max_length=32)] = None
    part: Annotated[str | None, Field(max_length=40)] = None


class ReporterForm(Form):
    """Who reported; kept apart from the log."""

    name: Annotated[str | None, Field(max_length=80)] = None
    contact: Annotated[str | None, Field(max_length=80)] = None
    anonymous: StrictBool = False


class MandateForm(Form):
    """What the owner of a case demands of us."""

    owner: Annotated[str, Field(max_length=64)]
    number: Annotated[str, Field(max_length=64)]
    due: Moment | None = None
    return_until: Moment | None = None
    answer_fields: list[str] = []
    closes: Literal["owner", "us"] = "owner"


class ThenForm(Form):
    """What its sender does with a report at once, in the same transaction: an action with its fields and reason."""

    action: Annotated[str, Field(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["accept"])]
    fields: Annotated[dict[str, Any], Field(examples=[{"category": "GB/T 47678.5/matter/06010"}])] = {}
    reason: Annotated[str | None, Field(max_length=2000)] = None


class MachineForm(Form):
    """What makes two messages of machines the same."""

    thing: Annotated[str, Field(min_length=1, max_length=100, examples=["bin-0231"])]
    kind: Annotated[str, Field(min_length=1, max_length=64, examples=["full"])]


class ReportForm(Form):
    """One message from one source; a repeat of (source, external_id) changes nothing."""

    source: Source
    external_id: Annotated[str, Field(min_length=1, max_length=200, examples=["12345-20260302-000123"])]
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    title: Annotated[str | None, Field(max_length=300)] = None
    at: Annotated[Moment | None, Field(description="when it was reported; default: now")] = None
    place: PlaceForm | None = None
    photos: Annotated[list[str], Field(max_length=20)] = []
    photos_after: Annotated[list[str], Field(max_length=20)] = []
    reporter: ReporterForm | None = None
    tags: list[str] = []
    category: Annotated[str | None, Field(examples=["GB/T 47678.5/matter/06010"])] = None
    question: StrictBool = False
    self_handled: StrictBool = False
    mandate: MandateForm | None = None
    machine: Annotated[
        MachineForm | None,
        Field(description="of machine sources: told again, it is counted onto the open report of this thing and kind"),
    ] = None
    then: Annotated[ThenForm | None, Field(description="done with it at once; if that is refused, all is")] = None
    advice: Annotated[bool, Field(description="tell what is suggested for it and what it may repeat")] = False

    witness: Annotated[
        WitnessForm | None, Field(description="place and time by the device of whoever is on duty; kept with the event")
    ] = None

    def attempt(self) -> Attempt | None:
        """What is done with it at once."""
        return Attempt(self.then.action, self.then.fields, self.then.reason) if self.then else None

    def report(self) -> ReportIn:
        """As the loop takes it."""
        values: dict[str, Any] = self.model_dump(exclude=_NOT_PLAIN)
        mandate = self.mandate.model_dump() if self.mandate else None
        lists: dict[str, Any] = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return ReportIn(
            **{**values, **lists},
            place=PlaceIn(**self.place.model_dump()) if self.place else None,
            reporter=Reporter(**self.reporter.model_dump()) if self.reporter else None,
            mandate=Mandate(**mandate | {"answer_fields": tuple(mandate["answer_fields"])}) if mandate else None,
            machine=MachineEvent(**self.machine.model_dump()) if self.machine else None,
            witness=self.witness.kept() if self.witness else None,
        )


class ActionForm(Form):
    """An action: its fields, its reason where it goes back, the track instance, when it was done."""

    fields: Annotated[dict[str, Any], Field(examples=[{"unit": "roads"}])] = {}
    reason: Annotated[str | None, Field(max_length=2000)] = None
    n: Annotated[int | None, Field(ge=1, description="number of the track instance")] = None
    at: Annotated[Moment | None, Field(description="when it was done, if earlier than now")] = None
    witness: Annotated[WitnessForm | None, Field(description="place and time by the device; kept with the event")] = (
        None
    )


class ActionOut(BaseModel):
    """An action that this person may take now."""

    action: str
    title: dict[str, str]
    role: str
    n: int | None
    needs: dict[str, Any]
    """JSON Schema of `fields`."""
    reason_needed: bool

    @classmethod
    def of(cls, allowed: Allowed) -> ActionOut:
        """As it goes out."""
        return cls(
            action=allowed.action, title=allowed.title, role=allowed.role, n=allowed.n, needs=allowed.needs,
            reason_needed=allowed.reason_needed,
        )  # fmt: skip


class ClockOut(BaseModel):
    """A clock: when it is due, and how it stands."""

    name: str
    state: str
    started: datetime
    due: datetime
    light: Literal["green", "yellow", "red"]
    provisional: bool

    @classmethod
    def of(cls, view: CityView, kept: Mapping[str, Any], now: datetime) -> ClockOut:
        """As it stands now."""
        run, at = ClockRun.from_json(kept), int(now.timestamp())
        return cls(
            name=run.name, state=run.state_at(at), started=_moment(run.started), due=_moment(run.due),
            light=clocks.light(run, view.calendars.of(run.calendar), at), provisional=run.provisional,
        )  # fmt: skip


class SubjectOut(BaseModel):
    """A report or case with all that is known of it, personal texts masked."""

    id: str
    kind: str
    number: str
    version: int
    state: str
    title: dict[str, str]
    since: datetime
    opened: datetime
    data: dict[str, Any]
    tracks: dict[str, Any]
    clocks: list[ClockOut]
    texts: dict[str, Any] = {}
    """Masked; by report id."""
    duties: dict[str, Any] = {}
    repeated: int = 0
    """Of a case: how many reports came from its place within the days of `XIUHUA_REPEATS_DAYS`."""
    actions: list[ActionOut]

    @classmethod
    def of(
        cls, view: CityView, version: int, state: State, title: dict[str, str], actions: Sequence[Allowed],
        now: datetime, **more: Any,
    ) -> SubjectOut:  # fmt: skip
        """As it goes out."""
        return cls(
            id=state["id"], kind=state["subject"], number=state["number"], version=version, state=state["state"],
            title=title, since=_moment(state["since"]), opened=_moment(state["opened"]), data=state["data"],
            tracks=state["tracks"], clocks=[ClockOut.of(view, kept, now) for kept in state["clocks"].values()],
            actions=[ActionOut.of(one) for one in actions], **more,
        )  # fmt: skip


class Done(BaseModel):
    """What an action came to."""

    id: str
    kind: str
    number: str
    version: int
    state: str
    events: list[str]


class TaskOut(BaseModel):
    """One thing that waits for this person."""

    kind: str
    id: str
    number: str
    external_id: str | None = Field(None, description="of a report: its id in its source, by which people call it")
    version: int
    state: str
    track: str
    n: int | None
    role: str
    since: datetime
    due: datetime | None
    late: bool
    light: Literal["green", "yellow", "red"] | None = Field(None, description="of the clock by which it is due")
    category: str | None
    unit_grid: str | None
    titles: TitlesOut
    actions: list[ActionOut]

    @classmethod
    def of(cls, view: CityView, one: Any, now: datetime) -> TaskOut:
        """An entry of an inbox (`loop.service.Waiting`) as it goes out."""
        task, data = one.task, one.state["data"]
        due = None if task.due is None else int(task.due.timestamp())
        return cls(
            kind=task.kind, id=task.subject, number=one.state["number"], external_id=data.get("external_id"),
            version=one.version, state=task.state, track=task.track, n=task.n, role=task.role, since=task.since, due=task.due,
            late=task.due is not None and task.due < now, light=light_of(view, one.state, due, int(now.timestamp())),
            category=data["category"], unit_grid=data["unit_grid"],
            titles=titles_of(view, task.kind, task.state, data["category"], data.get("unit"), task.track),
            actions=[ActionOut.of(action) for action in one.actions],
        )  # fmt: skip


class EventOut(BaseModel):
    """One step of a timeline."""

    version: int
    type: str
    action: str | None
    actor: str
    role: str
    on_behalf_of: str | None
    at: datetime
    recorded_at: datetime
    reason: str | None
    witness: WitnessOut | None = None
    payload: dict[str, Any]

    @classmethod
    def of(cls, event: Event) -> EventOut:
        """As it goes out."""
        told = event.payload
        return cls(
            version=event.version, type=event.type, action=told.get("action"), actor=event.actor, role=event.role,
            on_behalf_of=told.get("on_behalf_of"), at=event.at, recorded_at=event.recorded_at,
            reason=told.get("reason"), witness=WitnessOut.of(told, event.recorded_at), payload=told,
        )  # fmt: skip


class LineOut(BaseModel):
    """One line of a list."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: str | None = None
    state: str
    category: str | None
    source: str | None
    unit: str | None = None
    case_id: str | None = None
    unit_grid: str | None
    lon: float | None
    lat: float | None
    opened_at: datetime
    filed_at: datetime | None = None
    due: datetime | None = None
    handed_back_at: datetime | None = None
    closed_at: datetime | None = None
    overdue: bool | None = None
    suspended: bool | None = None
    outcome: str | None = None
    external_id: str | None = None
    tags: list[str] = []
    version: int
    titles: TitlesOut | None = None


class WhyForm(Form):
    """The reason for a look at something personal; it is written down."""

    why: Annotated[str, Field(min_length=2, max_length=500)]


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
