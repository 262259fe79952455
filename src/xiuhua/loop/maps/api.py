"""The map over HTTP."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Path, Query, Response

from xiuhua.city.areas.api import GEOJSON
from xiuhua.city.areas.model import Kind
from xiuhua.city.web import City, On
from xiuhua.loop import scope
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.titles import title
from xiuhua.loop.forms import LineOut
from xiuhua.loop.lists import query
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.maps import service
from xiuhua.loop.maps.forms import CaseOut, DrawnForm, Filtered, NumbersOut, Open
from xiuhua.loop.maps.shapes import Shapes
from xiuhua.loop.service import Loop
from xiuhua.loop.titles import titles_of
from xiuhua.platform.columns import MEDIA_TYPE
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Reading, Router, provided, require

router = Router(prefix="/map", tags=["map"])
TheLoop = Annotated[Loop, provided(Loop)]
TheHeld = Annotated[Held, provided(Held)]
CaseReader = Annotated[Actor, require("case.read")]
AreaReader = Annotated[Actor, require("area.read")]
COLUMNS: Final = {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
_A_MOMENT: Final = {"Cache-Control": "private, max-age=5"}
Zoom = Annotated[int, Path(ge=0, le=20, examples=[14])]
Row = Annotated[int, Path(ge=0, lt=1 << 20, examples=[12985])]


@router.get("/areas", responses={200: {"content": {GEOJSON: {}}}}, response_class=Response)
def map_areas(
    actor: AreaReader, tx: Reading, city: City, shapes: Annotated[Shapes, provided(Shapes)],
    kind: Annotated[Kind, Query(examples=["street"])],
    tolerance_m: Annotated[float, Query(ge=0, le=500, description="how far a border may move")] = 5,
    within: Annotated[str | None, Query(max_length=32, description="in this area", examples=["990101"])] = None,
    on: On = None,
) -> Response:  # fmt: skip
    """Areas of one kind as GeoJSON, WGS-84, with few corners; the ETag stays as long as they do."""
    content, tag = shapes.of(city.of(tx, actor.city).areas(on), kind, tolerance_m, within)
    return Response(content, media_type=GEOJSON, headers={"ETag": tag, "Cache-Control": "private, no-cache"})


@router.get("/cases", responses={200: COLUMNS}, response_class=Response)
def map_cases(
    actor: CaseReader, tx: Reading, loop: TheLoop, held: TheHeld, given: Filtered, open: Open = None
) -> Response:
    """Cases with a place as binary columns, the 200,000 newest of those that this person sees."""
    content = service.cases(tx, held, loop.view(tx, actor.city), actor, given, open)
    return Response(content, media_type=MEDIA_TYPE, headers=_A_MOMENT)


@router.get("/cases/{z}/{x}/{y}", responses={200: COLUMNS}, response_class=Response)
def map_tile(
    z: Zoom, x: Row, y: Row, actor: CaseReader, tx: Reading, loop: TheLoop, held: TheHeld, given: Filtered,
    open: Open = None,
) -> Response:  # fmt: skip
    """The cases of a Web Mercator tile in the same form; more than 5,000 of them as squares with their numbers."""
    content = service.tile(tx, held, loop.view(tx, actor.city), actor, given, open, (z, x, y))
    return Response(content, media_type=MEDIA_TYPE, headers=_A_MOMENT)


@router.get("/cases/{number}")
def map_case(number: Annotated[int, Path(ge=1, lt=1 << 32)], actor: CaseReader, tx: Reading, loop: TheLoop) -> CaseOut:
    """The case behind a point: the line that the list shows of it."""
    view = loop.view(tx, actor.city)
    id_ = service.case_of(tx, actor.city, number)
    found = loop.docs(tx, actor.city, "case", [id_])
    if id_ not in found:
        raise NotFound
    state = found[id_][1]
    scope.demand(view, actor, service.READ, state)
    wanted = Wanted(actor.city, "case", ListFilter(number=state["number"]), scope.Sight(True), tx.now)
    line = LineOut.model_validate(query.page(tx, wanted, None, 1)[0])
    line.titles = titles_of(view, "case", line.state, line.category, line.unit)
    category = title(view, "category", line.category) if line.category else None
    return CaseOut(**line.model_dump(), category_title=category, state_title=title(view, "state", line.state))


@router.post("/count")
def count_drawn(body: DrawnForm, actor: CaseReader, tx: Reading, loop: TheLoop, held: TheHeld) -> NumbersOut:
    """The numbers of a drawn area: cases by state, category, unit and colour, and how long handling took."""
    return service.numbers(tx, held, loop.view(tx, actor.city), actor, body)
