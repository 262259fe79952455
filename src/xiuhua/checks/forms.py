"""What goes over HTTP about checklists, inspections and rounds. Shapes only; points are texts, exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiuhua.checks import model, scoring
from xiuhua.checks.model import Declared
from xiuhua.checks.ranking import Ranked
from xiuhua.checks.rounds import Chosen, Round, Thing
from xiuhua.flow.model import State
from xiuhua.flow.witness import WitnessForm
from xiuhua.packs.kinds import Checklist
from xiuhua.platform.web import Moment

Titled = dict[str, str]
Names = Callable[[str], str | None]
"""What a unit or a person is called."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
Note = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Photos = Annotated[list[Code], Field(max_length=model.MOST_PHOTOS, description="ids of photos sent in before")]


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class FindingForm(Form):
    """What was found of an item; of an item with choices, which one."""

    item: Code
    count: int | None = Field(default=None, ge=0, le=model.MOST_COUNT, description="default: 1")
    choice: Code | None = None
    applies: bool = True
    note: Note | None = None
    photos: Photos = Field(default_factory=list)
    place: dict[str, Any] | None = Field(default=None, examples=[{"lon": 105.3123, "lat": 29.1045, "datum": "gcj02"}])


class InspectionForm(Form):
    """An inspection; from a phone that had no network all of it at once."""

    checklist: Code
    thing: Code | None = Field(default=None, description="id of the record, code of the area or unit")
    key: Code | None = Field(default=None, description="of the record instead of `thing`: what stands on its label")
    called: Note | None = Field(default=None, max_length=100, description="of a place: what it is called")
    place: dict[str, Any] | None = Field(default=None, examples=[{"lon": 105.3123, "lat": 29.1045}])
    unit: Code | None = Field(default=None, description="who answers for it, where the thing does not tell")
    round: Code | None = None
    party: Code | None = None
    inspectors: list[Code] = Field(default_factory=list, max_length=10, description="default: whoever sends this")
    at: Moment | None = Field(default=None, description="when it was made; default: now")
    external_id: Code | None = Field(default=None, description="what its sender calls it: a repeat gives the first")
    findings: list[FindingForm] = Field(default_factory=list, max_length=model.MOST_FINDINGS)
    finish: bool = False

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        found = self.model_dump(exclude={"checklist", "findings"})
        return {**found, "findings": [one.model_dump() for one in self.findings]}


class DropForm(Form):
    """A reason."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00]+$")]


class RectifiedForm(Form):
    """What shows that something was put right."""

    photos: Photos = Field(default_factory=list)
    note: Note | None = None
    at: Moment | None = Field(default=None, description="when it was done, if earlier than now")
    witness: WitnessForm | None = Field(default=None, description="place and time by the device; kept with the event")

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        return {**self.model_dump(), "witness": self.witness.kept() if self.witness else None}


class RecheckForm(RectifiedForm):
    """Whether it was."""

    passed: bool


class RoundForm(Form):
    """A round to be opened."""

    checklist: Code
    title: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
    due: Moment = Field(description="what is not finished by then is missed")
    things: list[Code] = Field(default_factory=list, max_length=10_000, description="ids or codes; none: all there are")
    area: Code | None = Field(default=None, description="only what lies there")
    field: list[Annotated[str, Field(max_length=200, pattern=r"^[a-z][a-z0-9_]*=[^\x00]+$")]] = Field(
        default_factory=list, max_length=10, description="of a register: `name=value`"
    )
    units: dict[Code, Code] = Field(default_factory=dict, description="who answers for a thing that does not tell")
    draw: int | None = Field(default=None, ge=1, le=10_000, description="so many things at random")
    type: Code | None = Field(default=None, description="the field by which `quota` draws")
    quota: dict[Code, Annotated[int, Field(ge=1, le=10_000)]] = Field(
        default_factory=dict, description="so many of each value of `type` at random", examples=[{"first": 3}]
    )
    inspectors: list[Code] = Field(default_factory=list, max_length=500, description="drawn among these; none: all")
    each: int = Field(default=0, ge=0, le=5, description="so many inspectors drawn for each thing; 0: whoever may")
    seed: Code | None = Field(default=None, description="of the draw; default: the round's id")

    def chosen(self) -> Chosen:
        """As the service takes it."""
        return Chosen(
            tuple(self.things), self.area, tuple(self.field), self.units, self.draw, self.quota, self.type,
            tuple(self.inspectors), self.each, self.seed,
        )  # fmt: skip


class ChoiceOut(BaseModel):
    """An answer to choose from."""

    name: str
    title: Titled
    score: str
    fails: bool


class ItemOut(BaseModel):
    """An item of a checklist."""

    name: str
    title: Titled
    score: str
    deduct: str
    most: str | None
    choices: list[ChoiceOut]
    photo: bool
    photo_after: bool
    evidence: bool
    may_not_apply: bool
    rectify: bool


class BandOut(BaseModel):
    """A grade."""

    name: str
    title: Titled
    at_least: str


class PartyOut(BaseModel):
    """One of several who score."""

    name: str
    title: Titled
    weight: str
    roles: list[str]
    own: bool


class ChecklistOut(BaseModel):
    """A checklist as a pack declares it."""

    name: str
    title: Titled
    pack: str = Field(description="digest of the version in force")
    inspects: str = Field(examples=["record", "area", "unit", "place"])
    of: str | None = Field(description="the register or area kind")
    items: list[ItemOut]
    base: str
    scale: str | None
    bands: list[BandOut]
    red: str | None
    black: str | None
    rectify_within: str | None
    points_back: int
    parties: list[PartyOut]
    own: bool
    counts: dict[str, int] = Field(description="inspections by state")

    @classmethod
    def of_declared(cls, declared: Declared, counts: Mapping[str, int]) -> ChecklistOut:
        """As it goes out."""
        one = declared.checklist
        return cls(
            name=declared.name, title=one.title.model_dump(), pack=declared.digest, inspects=declared.inspects,
            of=one.of, items=_items(one), base=str(one.base), scale=_text(one.scale),
            bands=[
                BandOut(name=name, title=band.title.model_dump(), at_least=str(band.at_least))
                for name, band in one.bands.items()
            ],
            red=_text(one.red), black=_text(one.black), rectify_within=one.rectify_within, points_back=one.points_back,
            parties=_parties(one),
            own=one.own, counts=dict(counts),
        )  # fmt: skip


class ThingOut(BaseModel):
    """What is inspected."""

    kind: str
    id: str | None
    key: str | None
    called: str


class FindingOut(BaseModel):
    """Something that was found."""

    n: int
    item: str
    count: int
    choice: str | None
    applies: bool
    note: str | None
    photos: list[str]
    place: dict[str, Any] | None
    by: str


class ScoreLineOut(BaseModel):
    """One item of a score."""

    item: str
    applies: bool
    failed: bool
    count: int
    choice: str | None
    full: str
    deducted: str
    given_back: str


class ScoreOut(BaseModel):
    """A score, with all it was computed from."""

    full: str
    points: str
    score: str | None
    band: str | None
    list: str | None
    lines: Sequence[ScoreLineOut]


class RecheckOut(BaseModel):
    """A second look."""

    at: datetime
    by: str
    passed: bool
    photos: list[str]
    note: str | None


class TryOut(BaseModel):
    """Once that something was said to be put right."""

    at: datetime
    due: datetime
    by: str
    photos: list[str]
    note: str | None
    recheck: RecheckOut | None


class RectificationOut(BaseModel):
    """What must be put right, or was."""

    n: int
    item: str
    state: str = Field(examples=["open", "rectified", "passed"])
    due: datetime
    late: bool = Field(description="it was not put right in time, at least once")
    round: int = Field(description="1, and one more with each recheck that failed")
    findings: list[int]
    tries: list[TryOut]
    may_rectify: bool
    may_recheck: bool


class InspectionLineOut(BaseModel):
    """An inspection in a list."""

    id: str
    number: str
    checklist: str
    title: Titled
    state: str
    called: str
    thing: str | None
    unit: str | None
    unit_name: str | None
    inspectors: list[str]
    round: str | None
    party: str | None
    score: str | None
    original: str | None
    band: str | None
    list: str | None
    failed: int
    open: int
    recheck: int
    late: int
    begun_at: datetime
    finished_at: datetime | None
    version: int

    @classmethod
    def of(cls, row: Any, checklist: Checklist | None, names: Names) -> InspectionLineOut:
        """A row of the list."""
        title = checklist.title.model_dump() if checklist else {"zh": row.checklist, "en": row.checklist}
        plain = {name: getattr(row, name) for name in cls.model_fields if name not in ("title", "unit_name", "thing")}
        unit_name = names(row.unit) if row.unit else None
        return cls(**plain, title=title, unit_name=unit_name, thing=row.thing or None)


class FollowOut(BaseModel):
    """A procedure that a failed item names."""

    item: str
    procedure: str
    stream: str | None = Field(description="what began: kind and id", examples=["rectification/0195a1b2"])
    problem: str | None = Field(description="why nothing did")


class InspectionOut(BaseModel):
    """An inspection with all that is known of it."""

    id: str
    version: int
    number: str
    checklist: str
    title: Titled
    items: list[ItemOut]
    bands: list[BandOut]
    state: str
    thing: ThingOut
    unit: str | None
    inspectors: list[str]
    round: str | None
    party: str | None
    place: dict[str, Any] | None
    scopes: list[str]
    findings: list[FindingOut]
    scored: ScoreOut | None = Field(description="as it is now, with points given back")
    original: ScoreOut | None = Field(description="as it was when it was finished")
    rectifications: list[RectificationOut]
    follows: list[FollowOut] = Field(description="what failed items have begun, or why not")
    begun_at: datetime
    finished_at: datetime | None
    labels: dict[str, str] = Field(description="what units and people in it are called, by code")
    mine: bool = Field(description="this person makes it")

    @classmethod
    def of(
        cls, declared: Declared, version: int, state: State, names: Names, mine: bool, rectifies: bool, rechecks: bool
    ) -> InspectionOut:
        """As it goes out."""
        data, checklist = state["data"], declared.checklist
        finished = data.get("finished")
        rectifications = [
            RectificationOut(
                n=one["n"], item=one["item"], state=one["state"], due=_moment(one["due"]), late=one["late"],
                round=one["round"], findings=one["findings"], tries=[_try(each) for each in one["tries"]],
                may_rectify=rectifies and one["state"] == model.OPEN,
                may_recheck=rechecks and one["state"] == model.RECTIFIED,
            )
            for one in model.rectifications(state)
        ]  # fmt: skip
        found = [
            FindingOut(**{name: one.get(name) for name in FindingOut.model_fields}) for one in model.findings(state)
        ]
        people = {*data["inspectors"], data.get("unit"), *(one.by for one in found)}
        people |= {each.by for one in rectifications for each in one.tries}
        people |= {each.recheck.by for one in rectifications for each in one.tries if each.recheck}
        return cls(
            id=state["id"], version=version, number=state["number"], checklist=declared.name,
            title=checklist.title.model_dump(), items=_items(checklist),
            bands=[
                BandOut(name=name, title=band.title.model_dump(), at_least=str(band.at_least))
                for name, band in checklist.bands.items()
            ],
            state=state["state"], thing=ThingOut(**data["thing"]), unit=data.get("unit"),
            inspectors=data["inspectors"], round=data.get("round"), party=data.get("party"), place=data.get("place"),
            scopes=data.get("scopes") or [], findings=found, scored=_score(data.get("scored")),
            original=_score(data.get("original")), rectifications=rectifications, begun_at=_moment(state["opened"]),
            follows=[FollowOut(**one) for one in data.get("follows", ())],
            finished_at=_moment(finished) if finished else None,
            labels={code: name for code in people if code and (name := names(code)) is not None}, mine=mine,
        )  # fmt: skip


class InspectionEventOut(BaseModel):
    """Something that happened to an inspection."""

    version: int
    type: str
    actor: str
    name: str
    role: str
    at: datetime
    recorded_at: datetime
    payload: dict[str, Any]


class RoundLineOut(BaseModel):
    """A round in a list."""

    id: str
    title: str
    checklist: str
    checklist_title: Titled
    state: str = Field(examples=["open", "closed"])
    due: datetime
    opened_at: datetime
    closed_at: datetime | None
    things: int
    done: int = Field(description="things with a finished inspection")
    missed: int | None = Field(description="once it is closed")


class RoundThingOut(BaseModel):
    """A thing of a round."""

    id: str
    key: str
    called: str
    unit: str | None
    unit_name: str | None
    type: str | None
    inspectors: list[str]
    score: str | None
    missing: list[str] = Field(description="parties that have not scored it; without parties an empty name")


class RoundOut(BaseModel):
    """A round with its things."""

    id: str
    version: int
    title: str
    checklist: str
    checklist_title: Titled
    state: str
    due: datetime
    opened_at: datetime
    closed_at: datetime | None
    drawn: dict[str, Any] | None = Field(description="seed and numbers of the draw, by which it can be made again")
    parties: list[PartyOut]
    things: list[RoundThingOut]
    done: int
    labels: dict[str, str]
    may_close: bool

    @classmethod
    def of(cls, round_: Round, things: Sequence[Thing], names: Names, may_close: bool) -> RoundOut:
        """As it goes out."""
        state, checklist = round_.state, round_.declared.checklist
        data = state["data"]
        listed = [
            RoundThingOut(
                id=one.id, key=one.key, called=one.called, unit=one.unit, type=one.type,
                unit_name=names(one.unit) if one.unit else None, inspectors=list(one.inspectors),
                score=None if one.score is None else scoring.text(one.score), missing=list(one.missing),
            )
            for one in things
        ]  # fmt: skip
        people = {person for one in listed for person in one.inspectors}
        return cls(
            id=state["id"], version=round_.version, title=data["title"], checklist=round_.declared.name,
            checklist_title=checklist.title.model_dump(), state=state["state"], due=_moment(data["due"]),
            opened_at=_moment(state["opened"]), closed_at=_moment(data["closed"]) if data.get("closed") else None,
            drawn=data.get("drawn"), things=listed, done=sum(not one.missing for one in listed),
            parties=_parties(checklist),
            labels={code: name for code in people if (name := names(code)) is not None}, may_close=may_close,
        )  # fmt: skip


class RankedOut(BaseModel):
    """One line of a ranking."""

    name: str = Field(description="id of the thing, or code of the unit or area")
    called: str
    rank: int | None = Field(description="null: nothing to rank it by")
    score: str | None
    before: int | None = Field(description="its rank in the closed round before")
    up: int | None = Field(description="ranks it rose since; negative: it fell")
    list: str | None = Field(description="red, black")
    band: str | None

    @classmethod
    def of(cls, one: Ranked, called: str, checklist: Checklist) -> RankedOut:
        """As it goes out."""
        return cls(
            name=one.name, called=called, rank=one.rank, before=one.before, up=one.up,
            score=None if one.score is None else scoring.text(one.score), list=scoring.listed(checklist, one.score),
            band=scoring.band_of(checklist, one.score),
        )  # fmt: skip


class ShareOut(BaseModel):
    """How often something was answered."""

    choice: str
    title: Titled
    count: int
    share: str = Field(description="percent of all answers, two places")


class AnswersOut(BaseModel):
    """What was answered to an item with choices."""

    item: str
    title: Titled
    answers: int
    mean: str | None = Field(description="mean of the points, two places")
    shares: list[ShareOut]


def _items(checklist: Checklist) -> list[ItemOut]:
    return [
        ItemOut(
            name=name, title=item.title.model_dump(), score=str(item.score), deduct=str(item.deduct),
            most=_text(item.most),
            choices=[
                ChoiceOut(name=one, title=choice.title.model_dump(), score=str(choice.score), fails=choice.fails)
                for one, choice in item.choices.items()
            ],
            photo=item.photo, photo_after=item.photo_after, evidence=item.evidence, may_not_apply=item.may_not_apply,
            rectify=item.rectify,
        )
        for name, item in checklist.items.items()
    ]  # fmt: skip


def _parties(checklist: Checklist) -> list[PartyOut]:
    return [
        PartyOut(
            name=name, title=one.title.model_dump(), weight=str(one.weight), roles=one.roles, own=one.own
        )
        for name, one in checklist.parties.items()
    ]  # fmt: skip


def _score(kept: Mapping[str, Any] | None) -> ScoreOut | None:
    return None if kept is None else ScoreOut.model_validate(kept)


def _try(one: Mapping[str, Any]) -> TryOut:
    check = one.get("recheck")
    return TryOut(
        at=_moment(one["at"]), due=_moment(one["due"]), by=one["by"], photos=one["photos"], note=one["note"],
        recheck=RecheckOut(**{**check, "at": _moment(check["at"])}) if check else None,
    )  # fmt: skip


def _text(amount: int | str | None) -> str | None:
    return None if amount is None else str(amount)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at).astimezone()
