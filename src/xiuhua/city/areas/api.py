"""Areas over HTTP: lists, one area and its shape, what lies around a place, import of map files."""

from __future__ import annotations

from typing import Annotated, Final

import orjson
from fastapi import File, Form, Path, Query, Response, UploadFile

from xiuhua.city.areas import service
from xiuhua.city.areas.datum import Datum, to_wgs84
from xiuhua.city.areas.files import Source
from xiuhua.city.areas.forms import AreaAt, AreaDetail, AreaImportOut, AreaOut, RoadOut, feature
from xiuhua.city.areas.model import Kind
from xiuhua.city.areas.uploads import MAP_BYTES, maps_among
from xiuhua.city.web import City, On
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.web import Day, Page, Paging, Reading, Router, Transaction, require
from xiuhua.platform.web.uploads import put_down

GEOJSON: Final = "application/geo+json"
router = Router(prefix="/areas", tags=["areas"])
Reader = Annotated[Actor, require("area.read")]
Writer = Annotated[Actor, require("area.write")]
Code = Annotated[str, Path(max_length=32, examples=["990101001001001"])]


@router.get("")
def list_areas(
    actor: Reader, tx: Reading, city: City, paging: Paging, kind: Kind | None = None,
    parent: Annotated[str | None, Query(max_length=32, description="directly below this area")] = None, on: On = None,
) -> Page[AreaOut]:  # fmt: skip
    """Areas by code, without their shapes."""
    (after,) = paging.after(str) or ("",)
    day = on or city.of(tx, actor.city).today
    found = service.list_areas(tx, actor.city, day, kind, parent, after, paging.limit + 1)
    return paging.page([AreaOut.of(one) for one in found], lambda one: (one.code,))


@router.get("/at")
def area_at(
    actor: Reader, tx: Reading, city: City,
    lon: Annotated[float, Query(examples=[105.3123])], lat: Annotated[float, Query(examples=[29.1045])],
    datum: Annotated[Datum, Query(description="of the two numbers")] = "wgs84",
    road_m: Annotated[float, Query(ge=0, le=500, description="how far to look for a road segment")] = 50,
    on: On = None,
) -> AreaAt:  # fmt: skip
    """The smallest area around a place, all areas around it, and the road it lies at."""
    index = city.of(tx, actor.city).areas(on)
    (x,), (y,) = to_wgs84(lon, lat, datum)
    area = index.locate_any(float(x), float(y))
    if area is None:
        raise NotFound("No area of the city holds that place.")
    road = index.nearest_road(float(x), float(y), road_m) if road_m else None
    return AreaAt(
        area=AreaDetail.at(index, area),
        scopes=list(index.around(area.code)),
        road=RoadOut(code=road.code, side=road.side, distance_m=round(road.distance_m, 1)) if road else None,
    )


@router.get("/{code}")
def get_area(code: Code, actor: Reader, tx: Reading, city: City, on: On = None) -> AreaDetail:
    """One area and how it hangs together with others."""
    index = city.of(tx, actor.city).areas(on)
    return AreaDetail.at(index, index.area(code))


@router.get("/{code}/geometry", responses={200: {"content": {GEOJSON: {}}}}, response_class=Response)
def get_geometry(code: Code, actor: Reader, tx: Reading, city: City, on: On = None) -> Response:
    """One area as a GeoJSON feature, WGS-84."""
    area = city.of(tx, actor.city).areas(on).area(code)
    return Response(orjson.dumps(feature(area)), media_type=GEOJSON)


@router.post("/import", max_body_size=MAP_BYTES)
def import_areas(
    files: Annotated[list[UploadFile], File(description="GeoJSON, GeoPackage, Shapefile (all parts, or a zip), CSV")],
    actor: Writer, tx: Transaction, city: City,
    kind: Annotated[Kind | None, Form(description="of all features; default: the column `kind` tells")] = None,
    datum: Annotated[Datum | None, Form(description="of the coordinates; default: as the file says")] = None,
    valid_from: Annotated[Day | None, Form(description="the day from which changes hold; default: today")] = None,
    strict: Annotated[bool, Form(description="take nothing when anything is refused")] = False,
    close_missing: Annotated[bool, Form(description="close areas of these kinds that no file holds")] = False,
    encoding: Annotated[str | None, Form(max_length=20, description="of the attributes, e.g. GB18030")] = None,
) -> AreaImportOut:  # fmt: skip
    """Take in map files. What does not fit is refused with its reasons, the good rest is kept."""
    day = valid_from or city.of(tx, actor.city).today
    with put_down(*files) as paths:
        sources = [Source(path, kind, datum=datum, encoding=encoding) for path in maps_among(paths)]
        report = service.import_areas(
            tx, actor.city, sources, valid_from=day, actor=actor.id, role=role_for(actor, "area.write"),
            strict=strict, close_missing=close_missing,
        )  # fmt: skip
    return AreaImportOut.of(report)
