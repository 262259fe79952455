"""The duty matrix over HTTP: who answers, the rows, the check, drafts, files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import Form, Path, Query, Response

from xiuhua.city.areas.datum import Datum, to_wgs84
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.duties import service
from xiuhua.city.duties.board import board
from xiuhua.city.duties.forms import (
    AdoptForm,
    AnswerOut,
    BoardRow,
    CheckOut,
    DraftOut,
    DryRunOut,
    DutyBoardOut,
    DutyImportOut,
    DutyOut,
    ResolvedOut,
    board_area,
)
from xiuhua.city.duties.history import History
from xiuhua.city.duties.model import DutyKind, DutyRow
from xiuhua.city.duties.resolving import ROAD_WITHIN_M, Place, resolve
from xiuhua.city.duties.survey import columns_of, grids_of, lines_of
from xiuhua.city.units.forms import TableImportOut
from xiuhua.city.web import City, CloseVanished, On, Table, ValidFrom
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Day, Moment, Page, Paging, Reading, Router, Transaction, provided, require
from xiuhua.platform.web.uploads import TABLE_BYTES, table

router = Router(prefix="/duties", tags=["duties"])
Reader = Annotated[Actor, require("duty.read")]
Writer = Annotated[Actor, require("duty.write")]
Checker = Annotated[Actor, require("duty.check")]
PastCases = Annotated[History, provided(History)]
Draft = Annotated[str, Query(max_length=48, description="a draft; empty: the matrix in force", examples=["2027"])]
DraftName = Annotated[str, Path(max_length=48, examples=["2027"])]
Code = Annotated[str | None, Query(max_length=64)]
MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/resolve")
def resolve_duties(
    actor: Reader, tx: Reading, city: City,
    category: Annotated[str, Query(max_length=80, examples=["GB/T 47678.5/matter/06012"])],
    area: Annotated[str | None, Query(max_length=32, description="instead of a place: an area's code")] = None,
    lon: float | None = None, lat: float | None = None, datum: Datum = "wgs84",
    road_segment: Annotated[str | None, Query(max_length=32, description="default: the one the place lies at")] = None,
    side: Literal["L", "R"] | None = None,
    record: Annotated[str | None, Query(max_length=64, description="the very thing it is about")] = None,
    owner: Annotated[str | None, Query(max_length=48, description="asset owner")] = None,
    at: Annotated[Moment | None, Query(description="default: now")] = None, draft: Draft = "",
) -> ResolvedOut:  # fmt: skip
    """Who answers for a category at a place, for each duty kind, and why."""
    data = city.of(tx, actor.city)
    moment = at or tx.now
    day = moment.astimezone(data.zone).date()
    index = data.areas(day)
    scopes, near, near_side = _place(index, area, lon, lat, datum)
    place = Place(
        scopes, road_segment or near, side or (near_side if road_segment in (None, near) else None), record, owner
    )
    found = resolve(data.matrix(draft), data.catalogue, category, place, moment)
    names = {code: unit.name for code, unit in data.directory(day).units.items()}
    return ResolvedOut(
        category=category, scopes=list(scopes), road_segment=place.segment, side=place.side, at=moment,
        answers=[AnswerOut.of(one, names.get(one.unit or "")) for one in found],
    )  # fmt: skip


def _place(
    index: AreaIndex, area: str | None, lon: float | None, lat: float | None, datum: Datum
) -> tuple[tuple[str, ...], str | None, str | None]:
    """Scopes, and the road segment with its side where a point was given."""
    if area is not None:
        return index.around(area), None, None
    if lon is None or lat is None:
        raise Invalid(errors=[{"field": "area", "in": "query", "reason": "missing", "why": "or lon and lat"}])
    (x,), (y,) = to_wgs84(lon, lat, datum)
    around = index.locate_any(float(x), float(y))
    if around is None:
        raise NotFound("No area of the city holds that place.")
    road = index.nearest_road(float(x), float(y), ROAD_WITHIN_M)
    scopes = index.around(around.code)
    return (scopes, road.code, road.side if road.side != "on" else None) if road else (scopes, None, None)


@router.get("")
def list_duties(
    actor: Reader, tx: Reading, city: City, paging: Paging, kind: DutyKind | None = None,
    category: Annotated[str | None, Query(max_length=80, description="as the row names it")] = None,
    place: Code = None, unit: Code = None, draft: Draft = "", on: On = None,
    every: Annotated[bool, Query(description="also rows that hold on other days only")] = False,
) -> Page[DutyOut]:  # fmt: skip
    """Rows of the matrix by number."""
    after = paging.after(int, date) or (0, date.min)
    data = city.of(tx, actor.city)
    matrix = data.matrix(draft)
    rows = sorted(matrix.rows if every else matrix.rows_on(on or data.today), key=_order)
    found = [
        DutyOut.model_validate(row)
        for row in rows
        if _order(row) > after
        and kind in (None, row.kind)
        and category in (None, row.category)
        and place in (None, row.place)
        and unit in (None, row.unit)
    ]
    return paging.page(found, lambda one: (one.id, one.valid_from))


def _order(row: DutyRow) -> tuple[int, date]:
    return row.id, row.valid_from


@router.get("/check")
def check_duties(
    actor: Checker, tx: Reading, city: City, draft: Draft = "", on: On = None,
    standard: Annotated[tuple[str, ...], Query(description="default: standards in force")] = (),
) -> CheckOut:  # fmt: skip
    """Gaps, overlaps and dead rows over all categories × grids, grouped. Takes seconds in a large city."""
    data = city.of(tx, actor.city)
    day = on or data.today
    return CheckOut.of(
        service.check_duties(tx, actor.city, day, data.areas(day), data.catalogue, draft, list(standard) or None)
    )


@router.get("/board")
def duty_board(
    actor: Reader, tx: Reading, city: City, kind: DutyKind,
    parent: Annotated[str | None, Query(max_length=32, description="columns: areas in it; default: the city's")] = None,
    of: Annotated[
        str | None,
        Query(max_length=80, description="rows: the categories of this class", examples=["GB/T 47678.5/matter/06"]),
    ] = None,
    standard: Annotated[tuple[str, ...], Query(description="default: standards in force")] = (),
    at: Annotated[Moment | None, Query(description="default: now")] = None, draft: Draft = "",
) -> DutyBoardOut:  # fmt: skip
    """The matrix as a grid: classes or categories × areas, who answers in each, what is open and what is a tie."""
    data = city.of(tx, actor.city)
    moment = at or tx.now
    index = data.areas(moment.astimezone(data.zone).date())
    whole, areas = columns_of(index, parent)
    lines = [one for one in lines_of(data.catalogue, list(standard) or None) if of is None or one.key.startswith(of)]
    codes = [area.code for area in areas]
    rows = board(data.matrix(draft), lines, grids_of(index), kind, codes, moment, whole_classes=of is None)
    names = _names(data.catalogue)
    return DutyBoardOut(
        kind=kind, at=moment, parent=whole, above=list(index.ancestors(whole))[1:],
        areas=[board_area(area, bool(columns_of(index, area.code)[1][0] is not area)) for area in areas],
        rows=[BoardRow.of(row, names.get(row.key, (row.key, row.key))) for row in rows],
    )  # fmt: skip


def _names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Names of classes and categories in both languages, by key."""
    found = {f"{one.standard}/{one.kind}/{one.code}": (one.name, one.name_en) for one in catalogue.classes()}
    return found | {one.key: (one.name, one.name_en) for one in catalogue}


@router.get("/export", responses={200: {"content": {one: {} for one in MEDIA.values()}}}, response_class=Response)
def export_duties(
    actor: Reader, tx: Reading, form: Literal["csv", "xlsx"] = "csv", draft: Draft = "",
    on: Annotated[Day | None, Query(description="rows that hold on that day or later; default: all")] = None,
) -> Response:  # fmt: skip
    """The matrix as a file that can be edited and imported again."""
    content = service.export_duties(tx, actor.city, form, draft, on)
    name = f'attachment; filename="duties.{form}"'
    return Response(content, media_type=MEDIA[form], headers={"Content-Disposition": name})


@router.post("/import", max_body_size=TABLE_BYTES)
def import_duties(
    file: Table, actor: Writer, tx: Transaction, city: City, valid_from: ValidFrom = None,
    draft: Annotated[str, Form(max_length=48, description="the draft it goes into; empty: in force")] = "",
    close_vanished: CloseVanished = False,
) -> DutyImportOut:  # fmt: skip
    """Take a table of duty rows: wholly, or not at all with every error."""
    data = city.of(tx, actor.city)
    day = valid_from or data.today
    with table(file) as path:
        done = service.import_duties(tx, actor, path, data.known(day), day, draft, close_vanished)
    return DutyImportOut.of(done)


@router.get("/drafts")
def list_drafts(actor: Reader, tx: Reading) -> list[DraftOut]:
    """Drafts that stand."""
    return [DraftOut.model_validate(one) for one in service.drafts(tx, actor.city)]


@router.get("/drafts/{draft}/dry-run")
def dry_run(
    draft: DraftName, actor: Checker, tx: Reading, history: PastCases,
    since: Annotated[Day, Query(alias="from", description="first day of dispatching", examples=["2026-01-01"])],
    until: Annotated[Day, Query(alias="to", description="last day, inclusive", examples=["2026-12-31"])],
    on: Annotated[Day | None, Query(description="judged by the draft's rows of that day; default: its last")] = None,
    limit: Annotated[int, Query(ge=0, le=1000, description="how many cases are listed")] = 100,
) -> DryRunOut:  # fmt: skip
    """What a draft would have done with the cases of a time."""
    return DryRunOut.of(service.try_draft(tx, actor.city, draft, since, until, history.cases, on), limit)


@router.post("/drafts/{draft}/adopt")
def adopt_draft(draft: DraftName, body: AdoptForm, actor: Writer, tx: Transaction) -> TableImportOut:
    """Put a draft in force from a day on: what it has not ends the day before, what it has stays as it is."""
    return TableImportOut.of(service.adopt_draft(tx, actor, draft, body.on))


@router.delete("/drafts/{draft}", status_code=204)
def drop_draft(draft: DraftName, actor: Writer, tx: Transaction) -> None:
    """Give a draft up."""
    service.drop_draft(tx, actor, draft)
