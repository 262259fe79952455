"""What goes over HTTP about the duty matrix. Shapes only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.city.areas.model import Area
from xiuhua.city.duties.board import MOST_UNITS, Cell, Row
from xiuhua.city.duties.check import Report
from xiuhua.city.duties.dead import Dead
from xiuhua.city.duties.dry_run import DryRun, Moved
from xiuhua.city.duties.findings import Finding
from xiuhua.city.duties.model import DutyKind
from xiuhua.city.duties.resolving import Resolved, Word
from xiuhua.city.duties.service import Imported
from xiuhua.platform.web.times import Day


class DutyOut(BaseModel):
    """One line of the duty matrix."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str = Field(examples=["handle"])
    category: str = Field(
        description="a key, a class, all of a standard, a group, or `*`", examples=["GB/T 47678.5/matter/06"]
    )
    place_kind: str = Field(examples=["street"])
    place: str = Field(examples=["990101001"])
    side: str
    time_band: str
    owner: str = Field(description="asset owner's code; empty: any")
    unit: str = Field(description="`-`: nobody, by rule", examples=["roads"])
    source: str
    source_case: str = Field(description="the case whose adjudication made it")
    valid_from: date
    valid_to: date | None
    draft: str = Field(description="empty: in force")


class AnswerOut(BaseModel):
    """Who has one kind of duty."""

    kind: DutyKind
    word: Word = Field(description="`nobody`: by rule; `gap`: no row answers; `tie`: several units answer alike")
    unit: str | None = Field(examples=["roads"])
    unit_name: str | None
    why: dict[str, str] = Field(description="which row, and what of it fitted")
    rows: list[DutyOut] = Field(description="the row that decided, or all that quarrel")

    @classmethod
    def of(cls, one: Resolved, name: str | None) -> AnswerOut:
        """As it goes out."""
        rows = [DutyOut.model_validate(row) for row in one.rows]
        return cls(kind=one.kind, word=one.word, unit=one.unit, unit_name=name, why=one.why, rows=rows)


class ResolvedOut(BaseModel):
    """Who answers for a category at a place, for each duty kind."""

    category: str
    scopes: list[str] = Field(description="areas around the place, the smallest first")
    road_segment: str | None
    side: str | None
    at: datetime
    answers: list[AnswerOut]


class FindingOut(BaseModel):
    """A gap or an overlap, told by the widest classes and areas that are wholly concerned."""

    kind: str
    categories: list[str]
    category_count: int
    areas: list[tuple[str, int]] = Field(description="area and the number of grids it adds")
    place_count: int
    cells: int = Field(description="categories × grids")
    bands: list[str] | None = Field(description="time bands in which it happens; null: always")
    minutes: int = Field(description="minutes of the week in which it happens")
    owner: str
    rows: list[DutyOut] = Field(description="of an overlap: the rows that answer alike")

    @classmethod
    def of(cls, one: Finding) -> FindingOut:
        """As it goes out."""
        return cls(
            kind=one.kind, categories=list(one.categories), category_count=one.category_count, areas=list(one.areas),
            place_count=one.place_count, cells=one.cells, bands=None if one.bands is None else list(one.bands),
            minutes=one.minutes, owner=one.owner, rows=[DutyOut.model_validate(row) for row in one.rows],
        )  # fmt: skip


class DeadOut(BaseModel):
    """A row that names what is unknown or has ended."""

    row: DutyOut
    field: str
    why: str

    @classmethod
    def of(cls, one: Dead) -> DeadOut:
        """As it goes out."""
        return cls(row=DutyOut.model_validate(one.row), field=one.field, why=one.why)


class CheckOut(BaseModel):
    """What a check of all categories × grids found."""

    on: date
    in_order: bool = Field(description="no gap, no overlap, no dead row")
    categories: int
    grids: int
    gaps: list[FindingOut]
    overlaps: list[FindingOut]
    dead: list[DeadOut]
    shadowed: list[DutyOut] = Field(description="in order, but more specific rows decide everywhere")

    @classmethod
    def of(cls, report: Report) -> CheckOut:
        """As it goes out."""
        return cls(
            on=report.on, in_order=report.exit_code == 0, categories=report.categories, grids=report.grids,
            gaps=[FindingOut.of(one) for one in report.gaps],
            overlaps=[FindingOut.of(one) for one in report.overlaps], dead=[DeadOut.of(one) for one in report.dead],
            shadowed=[DutyOut.model_validate(one) for one in report.shadowed],
        )  # fmt: skip


class BoardArea(BaseModel):
    """A column of the board."""

    code: str = Field(examples=["990101001"])
    name: str
    kind: str = Field(examples=["street"])
    below: bool = Field(description="whether there are smaller areas in it to look into")


class BoardCell(BaseModel):
    """Who answers in one row and area; parts are categories × grids."""

    units: list[tuple[str, int]] = Field(
        description="units with the parts each answers for, the most first; `-`: nobody, by rule",
        examples=[[["roads", 120]]],
    )
    more: int = Field(description="further units that are not named")
    gaps: int = Field(description="parts for which no row answers")
    ties: int = Field(description="parts for which several units answer alike")

    @classmethod
    def of(cls, cell: Cell) -> BoardCell:
        """As it goes out."""
        units = list(cell.units.items())
        return cls(
            units=units[:MOST_UNITS], more=max(0, len(units) - MOST_UNITS), gaps=cell.gaps, ties=cell.ties
        )  # fmt: skip


class BoardRow(BaseModel):
    """A class, or a category of the class asked for."""

    key: str = Field(examples=["GB/T 47678.5/matter/06"])
    name: str
    name_en: str
    categories: int
    cells: list[BoardCell] = Field(description="one for each area, in their order")

    @classmethod
    def of(cls, row: Row, names: tuple[str, str]) -> BoardRow:
        """As it goes out, with the name in both languages."""
        cells = [BoardCell.of(one) for one in row.cells]
        return cls(key=row.key, name=names[0], name_en=names[1], categories=row.categories, cells=cells)


class DutyBoardOut(BaseModel):
    """Who has one kind of duty at a moment, for things of no particular owner."""

    kind: DutyKind
    at: datetime
    parent: str = Field(description="the area that the columns lie in")
    above: list[str] = Field(description="areas around it, the smallest first")
    areas: list[BoardArea]
    rows: list[BoardRow]


def board_area(area: Area, below: bool) -> BoardArea:
    """A column as it goes out."""
    return BoardArea(code=area.code, name=area.name, kind=area.kind, below=below)


class DraftOut(BaseModel):
    """A draft that stands."""

    model_config = ConfigDict(from_attributes=True)

    draft: str
    rows: int
    first_from: date
    last_from: date


class AdoptForm(BaseModel):
    """From when a draft is in force."""

    model_config = ConfigDict(extra="forbid")

    on: Day = Field(examples=["2027-01-01"])


class DutyImportOut(BaseModel):
    """What an import of duty rows came to."""

    new: int
    unchanged: int
    changed: int = Field(description="rows that were closed or corrected by the file's")
    closed: int = Field(description="rows that ended because the file has them no longer")
    quarrels: list[dict[str, Any]] = Field(description="rows of the file that are ties with one another")

    @classmethod
    def of(cls, done: Imported) -> DutyImportOut:
        """As it goes out."""
        return cls(
            new=done.new, unchanged=done.unchanged, changed=done.changed, closed=done.closed,
            quarrels=list(done.quarrels),
        )  # fmt: skip


class MovedOut(BaseModel):
    """A past case that would have gone elsewhere."""

    id: str
    category: str
    at: datetime
    went_to: str
    would_go_to: str = Field(description="a unit, or `gap`, `tie`, `nobody`")
    in_force_says: str
    by_draft: bool = Field(description="whether the draft is the reason, rather than what people did")

    @classmethod
    def of(cls, one: Moved) -> MovedOut:
        """As it goes out."""
        case = one.case
        return cls(
            id=case.id, category=case.category, at=case.at, went_to=case.unit, would_go_to=one.to.text,
            in_force_says=one.before.text, by_draft=one.by_draft,
        )  # fmt: skip


class FlowOut(BaseModel):
    """So many cases would have gone from one unit to another."""

    from_unit: str
    to_unit: str
    cases: int


class DryRunOut(BaseModel):
    """What a draft would have done with the cases of a time."""

    on: date = Field(description="the day of whose rows the draft was judged")
    cases: int
    stayed: int
    new_gaps: int
    new_ties: int
    outcomes: dict[str, int]
    flows: list[FlowOut] = Field(description="the most frequent first")
    moved: list[MovedOut] = Field(description="the first `limit` of them")

    @classmethod
    def of(cls, run: DryRun, limit: int) -> DryRunOut:
        """As it goes out."""
        return cls(
            on=run.on, cases=run.cases, stayed=run.stayed, new_gaps=run.new_gaps, new_ties=run.new_ties,
            outcomes=run.outcomes, flows=[FlowOut(from_unit=a, to_unit=b, cases=n) for a, b, n in run.flows],
            moved=[MovedOut.of(one) for one in run.moved[:limit]],
        )  # fmt: skip
