"""What goes over HTTP: reports in, subjects and actions out. Shapes only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from xiuhua.flow import titles
from xiuhua.flow.forms import ActionForm, ActionOut, ClockOut, Done, WhyForm, moment
from xiuhua.flow.model import Allowed, Attempt, State
from xiuhua.flow.naming import SideOut, names_of, sides_of
from xiuhua.flow.witness import WitnessForm
from xiuhua.loop.model import LONGEST_TEXT, MachineEvent, Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.loop.titles import TitlesOut, light_of, titles_of
from xiuhua.platform.web.times import Moment

Source = Literal[
    "collector", "hotline_12345", "public", "video", "sensor", "vehicle", "drone", "media", "letter", "leader",
    "upper_level", "unit",
]  # fmt: skip


__all__ = ["ActionForm", "ActionOut", "ClockOut", "Done", "Form", "WhyForm"]  # and what stands below

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
    """How many reports came from its place within the days of `XIUHUA_REPEATS_DAYS`."""
    repeated_by_reporter: int = 0
    """Of a report: how many the same contact sent within those days, this one among them; 0: no contact."""
    titles: TitlesOut
    names: dict[str, dict[str, str]] = Field({}, examples=[{"sanitation": {"zh": "环卫处", "en": "Sanitation Office"}}])
    """Of the units, people, areas and filing conditions that the data name."""
    sides: list[SideOut] = []
    actions: list[ActionOut]

    @classmethod
    def of(
        cls, view: CityView, version: int, state: State, title: dict[str, str], actions: Sequence[Allowed],
        now: datetime, **more: Any,
    ) -> SubjectOut:  # fmt: skip
        """As it goes out."""
        data = state["data"]
        return cls(
            id=state["id"], kind=state["subject"], number=state["number"], version=version, state=state["state"],
            title=title, since=moment(state["since"]), opened=moment(state["opened"]), data=state["data"],
            tracks=state["tracks"], clocks=[ClockOut.of(view, kept, now) for kept in state["clocks"].values()],
            actions=[ActionOut.of(one) for one in actions],
            titles=titles_of(view, state["subject"], state["state"], data["category"], data.get("unit")),
            names=names_of(view, state, more.get("duties") or {}), sides=sides_of(view, state), **more,
        )  # fmt: skip


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
    procedure: str = Field(examples=["city_case"])
    called: str | None = Field(None, description="of a proceeding: what it is about")
    titles: TitlesOut
    actions: list[ActionOut]

    @classmethod
    def of(cls, view: CityView, one: Any, now: datetime) -> TaskOut:
        """An entry of an inbox (`loop.service.Waiting`) as it goes out."""
        task, data = one.task, one.state["data"]
        due = None if task.due is None else int(task.due.timestamp())
        return cls(
            kind=task.kind, id=task.subject, number=one.state["number"], external_id=data.get("external_id"),
            version=one.version, state=task.state, track=task.track, n=task.n, role=task.role, since=task.since,
            due=task.due, late=task.due is not None and task.due < now,
            light=light_of(view, one.state, due, int(now.timestamp())),
            category=data.get("category"), unit_grid=data.get("unit_grid"), procedure=one.state["procedure"],
            called=data.get("title"),
            titles=titles.titles_of(
                view, one.state["procedure"], task.state, data.get("category"), data.get("unit"), task.track
            ),
            actions=[ActionOut.of(action) for action in one.actions],
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
