"""What goes over HTTP of proceedings. Shapes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from xiuhua.flow.forms import ActionOut, ClockOut, Form, moment
from xiuhua.flow.model import Allowed
from xiuhua.flow.naming import SideOut, named, names_of, sides_of
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.titles import TitlesOut, titles_of
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.web.times import Moment
from xiuhua.proceedings import model
from xiuhua.proceedings.service import Proceeding, Thing

Title = dict[str, str]
Named = Annotated[str, Field(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")]
Known = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]


class ThingForm(Form):
    """A thing of any room: the kind of its stream, and its id."""

    kind: Annotated[Named, Field(examples=["record"])]
    id: Known

    def thing(self) -> Thing:
        """As the service takes it."""
        return Thing(self.kind, self.id)


class BeginForm(Form):
    """A proceeding to begin: the procedure, its fields, and what it is about or a child of."""

    procedure: Annotated[Named, Field(examples=["task"])]
    action: Annotated[Named | None, Field(description="how it begins; default: the first way that there is")] = None
    fields: Annotated[dict[str, Any], Field(default_factory=dict, examples=[{"title": "…", "unit": "sanitation"}])]
    about: ThingForm | None = None
    parent: Annotated[ThingForm | None, Field(description="a proceeding, by its subject and id")] = None
    reason: Annotated[str | None, Field(max_length=2000)] = None


class ManyForm(Form):
    """The same action on several."""

    ids: Annotated[list[Known], Field(min_length=1, max_length=200)]
    action: Named
    fields: Annotated[dict[str, Any], Field(default_factory=dict)]
    reason: Annotated[str | None, Field(max_length=2000)] = None
    at: Moment | None = None


class StepOut(BaseModel):
    """A state of a main track."""

    name: str
    title: Title
    final: bool


class ProcedureOut(BaseModel):
    """A procedure in force, and how this person may begin it."""

    name: str
    subject: str
    title: Title
    states: list[StepOut]
    round: bool
    """Whether one begins for each area or unit by itself."""
    begin: list[ActionOut]

    @classmethod
    def of(cls, name: str, procedure: Procedure, begin: Sequence[Allowed]) -> ProcedureOut:
        """As it goes out."""
        states = procedure.tracks["main"].states
        return cls(
            name=name, subject=procedure.subject, title=procedure.title.model_dump(), round=procedure.round is not None,
            states=[StepOut(name=key, title=one.title.model_dump(), final=one.final) for key, one in states.items()],
            begin=[ActionOut.of(one) for one in begin],
        )  # fmt: skip


class ThingOut(BaseModel):
    """A thing of any room."""

    kind: str
    id: str


class ChildrenOut(BaseModel):
    """How many children one has; those that are late go on."""

    all: int
    open: int
    late: int
    done: int


NO_CHILDREN: Final = ChildrenOut(all=0, open=0, late=0, done=0)


class ProceedingLineOut(BaseModel):
    """A proceeding in a list."""

    id: str
    version: int
    procedure: str
    procedure_title: Title
    subject: str
    number: str | None
    state: str
    state_title: Title
    outcome: str | None
    title: str
    unit: str | None
    unit_name: Title | None
    person: str | None
    person_name: Title | None
    about: ThingOut | None
    parent: str | None
    day: date | None
    due: datetime | None
    late: bool
    opened_at: datetime
    closed_at: datetime | None
    children: ChildrenOut

    @classmethod
    def of(cls, view: CityView, row: Any, children: ChildrenOut, now: datetime) -> ProceedingLineOut:
        """A row as it goes out."""
        titles = titles_of(view, row.procedure, row.state, None)
        declared = view.procedures.get(row.procedure)
        both = {"zh": row.procedure, "en": row.procedure}
        return cls(
            id=row.id, version=row.version, procedure=row.procedure, subject=row.subject, number=row.number,
            procedure_title=declared[1].title.model_dump() if declared else both, state=row.state,
            state_title=titles.state, outcome=row.outcome, title=row.title, unit=row.unit, person=row.person,
            unit_name=named(view, "unit", row.unit) if row.unit else None,
            person_name=named(view, "person", row.person) if row.person else None,
            about=ThingOut(kind=row.about_kind, id=row.about_id) if row.about_id else None, parent=row.parent,
            day=row.day, due=row.due, opened_at=row.opened_at, closed_at=row.closed_at, children=children,
            late=row.overdue or (row.closed_at is None and row.due is not None and row.due < now),
        )  # fmt: skip


class DataFieldOut(BaseModel):
    """What its procedure declares of one value that it holds."""

    title: Title | None
    type: str
    many: bool
    titles: dict[str, Title] = {}


class ProceedingOut(BaseModel):
    """A proceeding with all that is known of it."""

    id: str
    version: int
    procedure: str
    procedure_title: Title
    subject: str
    number: str | None
    state: str
    outcome: str | None
    title: str
    since: datetime
    opened: datetime
    closed: datetime | None
    due: datetime | None
    late: bool
    about: ThingOut | None
    parent: ThingOut | None
    begun_by: Title | None
    data: dict[str, Any]
    """What the procedure declares, by name."""
    fields: dict[str, DataFieldOut]
    tracks: dict[str, Any]
    clocks: list[ClockOut]
    titles: TitlesOut
    names: dict[str, Title]
    sides: list[SideOut]
    children: ChildrenOut
    actions: list[ActionOut]

    @classmethod
    def of(
        cls, view: CityView, found: Proceeding, actions: Sequence[Allowed], children: ChildrenOut, now: datetime
    ) -> ProceedingOut:
        """As it goes out."""
        state, procedure, data = found.state, found.procedure, found.state["data"]
        due, final = model.due(state), model.is_final(procedure, state)
        declared = {name: data.get(name) for name in procedure.data}
        return cls(
            id=state["id"], version=found.version, procedure=state["procedure"], subject=state["subject"],
            procedure_title=procedure.title.model_dump(), number=state["number"] or None, state=state["state"],
            outcome=model.outcome(procedure, state), title=model.called(state), since=moment(state["since"]),
            opened=moment(state["opened"]), closed=moment(state["since"]) if final else None,
            due=moment(due) if due is not None else None,
            late=model.overdue(procedure, state) or (not final and due is not None and due < now.timestamp()),
            about=_thing(data.get("about")), parent=_thing(data.get("parent")),
            begun_by=named(view, "person", data.get("begun_by") or ""), data=declared, fields=_fields(procedure),
            tracks=state["tracks"], clocks=[ClockOut.of(view, kept, now) for kept in state["clocks"].values()],
            titles=titles_of(view, state["procedure"], state["state"], None, data.get("unit")),
            names=names_of(view, state, {}), sides=sides_of(view, state), children=children,
            actions=[ActionOut.of(one) for one in actions],
        )  # fmt: skip


def _thing(kept: Mapping[str, Any] | None) -> ThingOut | None:
    return ThingOut(kind=kept["kind"], id=kept["id"]) if kept else None


def _fields(procedure: Procedure) -> dict[str, DataFieldOut]:
    return {
        name: DataFieldOut(
            title=spec.title.model_dump() if spec.title else None, type=spec.type, many=spec.many,
            titles={value: title.model_dump() for value, title in spec.titles.items()},
        )
        for name, spec in procedure.data.items()
    }  # fmt: skip


class CountOut(BaseModel):
    """How many there are in a state."""

    procedure: str
    state: str
    n: int
    late: int


class ManyOut(BaseModel):
    """What became of one of several."""

    id: str
    state: str | None = None
    version: int | None = None
    events: list[str] = []
    error: str | None = None
    """Code of the error; null: it was done."""
    why: str | None = None


class DailyRoundLineOut(BaseModel):
    """One of a round."""

    id: str
    state: str
    state_title: Title
    answered: bool
    area: str | None
    area_name: Title | None
    person: str | None
    person_name: Title | None
    title: str
    due: datetime | None


class DailyRoundOut(BaseModel):
    """The round of a day: how many were asked, and who has not answered."""

    procedure: str
    day: date
    asked: int
    answered: int
    waiting: int
    missed: int
    unanswered: list[DailyRoundLineOut]


def round_out(view: CityView, procedure: str, day: date, rows: Sequence[Any]) -> DailyRoundOut:
    """A round as it goes out: a final state with an outcome other than `missed` is an answer."""
    lines = [_round_line(view, procedure, row, _answered(row)) for row in rows]
    missed = sum(not one.answered and row.closed_at is not None for one, row in zip(lines, rows, strict=True))
    answered = sum(one.answered for one in lines)
    return DailyRoundOut(
        procedure=procedure, day=day, asked=len(rows), answered=answered, missed=missed,
        waiting=len(rows) - answered - missed, unanswered=[one for one in lines if not one.answered],
    )  # fmt: skip


def _answered(row: Any) -> bool:
    return row.closed_at is not None and row.outcome != "missed"


def _round_line(view: CityView, procedure: str, row: Any, answered: bool) -> DailyRoundLineOut:
    area = row.scopes[0] if row.scopes else None
    return DailyRoundLineOut(
        id=row.id, state=row.state, state_title=titles_of(view, procedure, row.state, None).state, answered=answered,
        area=area, area_name=named(view, "area", area) if area else None, person=row.person, title=row.title,
        person_name=named(view, "person", row.person) if row.person else None, due=row.due,
    )  # fmt: skip
