"""What everybody may see: map, list, what is known nearby, feeds; all of it from the board."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import orjson
from starlette.responses import Response

from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.public import feeds
from xiuhua.public.board import Snapshot, outlines, place_of
from xiuhua.public.model import PublicCase, metres, nearest
from xiuhua.public.reporting import proof_of
from xiuhua.public.texts import say, stage, words_of
from xiuhua.public.visit import Visit

_LISTED: Final = 100
_DRAWN: Final = 3000
_NEAR_M: Final = 400
_MOST_NEAR: Final = 5
_KEPT_S: Final = 60
_WORDS: Final = ("map_picture", "map_zoom_in", "map_zoom_out", "map_open", "map_closed")
"""What the script of the map says."""


def show_map(visit: Visit) -> Response:
    """The neighbourhood: map and list, of an area if one is chosen."""
    with visit.services.database.reading() as tx:
        bureau, view, seen, area = _asked(visit, tx, off=True)
        now = int(tx.now.timestamp())
    cases = seen.of_area(area)
    return visit.html(
        "map.html", bureau=bureau, area=area, cases=cases[:_LISTED],
        open=sum(one.open for one in cases), closed=sum(not one.open for one in cases), areas=_choices(view),
        zone=view.zone, wrong={}, ticket=visit.page.signer.ticket(now), proof=proof_of(visit, now),
        asked=visit.request.query_params.get("mail") == "asked",
        again=visit.request.query_params.get("mail") == "again", words=words_of(_WORDS, visit.language),
    )  # fmt: skip


def show_cases(visit: Visit) -> Response:
    """GeoJSON (RFC 7946) of what the map shows."""
    with visit.services.database.reading() as tx:
        _, view, seen, area = _asked(visit, tx)
    features = [
        {
            "type": "Feature", "id": one.number, "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": _told(one, visit, view),
        }
        for one in seen.of_area(area)[:_DRAWN]
    ]  # fmt: skip
    return _kept(visit, {"type": "FeatureCollection", "features": features})


def show_outlines(visit: Visit) -> Response:
    """GeoJSON of the streets, to draw the cases on."""
    with visit.services.database.reading() as tx:
        _, view, _, _ = _asked(visit, tx)
    features = [
        {
            "type": "Feature", "id": one.code, "properties": {"name": one.name},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in one.rings]},
        }
        for one in outlines(view)
    ]  # fmt: skip
    return _kept(visit, {"type": "FeatureCollection", "features": features}, 3600)


def show_nearby(visit: Visit) -> Response:
    """Open cases near a point, before somebody reports the same again; and whether it lies within the city."""
    given = visit.request.query_params
    try:
        lon, lat = float(given.get("lon", "")), float(given.get("lat", ""))
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError
    except ValueError:
        raise Invalid(errors=[{"field": "lon", "why": "lon and lat are needed, in degrees"}]) from None
    with visit.services.database.reading() as tx:
        bureau = visit.page.bureau(tx)
        view = visit.page.loop.view(tx, bureau.city)
        seen = visit.page.board.of(tx, bureau.city)
    area = view.areas.locate_any(lon, lat)
    found = nearest(seen.cases, lon, lat, _NEAR_M, _MOST_NEAR)
    place = place_of(view, list(view.areas.ancestors(area.code))) if area is not None else ""
    cases = [{**_told(one, visit, view), "metres": max(50, 50 * round(metres(lon, lat, one) / 50))} for one in found]
    return visit.json({"inside": area is not None, "place": place, "cases": cases})


def show_area_feed(visit: Visit) -> Response:
    """What is open and lately closed, for feed readers; `?area=` for a part of the city."""
    with visit.services.database.reading() as tx:
        bureau, view, seen, area = _asked(visit, tx)
        now = tx.now
    name = view.areas.area(area).name if area else bureau.name
    id_ = f"urn:xiuhua:area:{area or bureau.city}"
    title = say("feed_of_city", visit.language, bureau=name)
    made = feeds.of_cases(seen.of_area(area), id_, title, visit.base, now, visit.language)
    return Response(made, headers={"Cache-Control": f"public, max-age={_KEPT_S}"}, media_type=feeds.TYPE)


def _asked(visit: Visit, tx: Tx, *, off: bool = False) -> tuple[Any, CityView, Snapshot, str | None]:
    """Bureau, reference data, board, and the area asked for. Raises `NotFound`, also where nothing is shown."""
    bureau = visit.page.bureau(tx)
    if not (off or visit.page.settings.public_map):
        raise NotFound
    view = visit.page.loop.view(tx, bureau.city)
    area = visit.request.query_params.get("area") or visit.fields.get("area") or None
    if area is not None and area not in view.areas:
        raise NotFound
    return bureau, view, visit.page.board.of(tx, bureau.city), area


def _told(one: PublicCase, visit: Visit, view: CityView) -> dict[str, Any]:
    """A case in words."""
    return {
        "number": one.number, "category": one.called(visit.language), "place": one.place,
        "since": f"{one.since.astimezone(view.zone):%Y-%m-%d}", "state": "open" if one.open else "closed",
        "stage": stage(one.stage, visit.language),
    }  # fmt: skip


def _choices(view: CityView) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Streets and their communities, to choose from."""
    return [
        (street.code, street.name, [(one.code, one.name) for code in view.areas.children(street.code)
                                    if (one := view.areas.area(code)).kind == "community"])
        for street in view.areas.areas("street")
    ]  # fmt: skip


def _kept(visit: Visit, content: Any, seconds: int = _KEPT_S) -> Response:
    """Data that anybody may keep for a while; 304 for who has it."""
    body = orjson.dumps(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={seconds}", "Vary": "Accept-Language"}
    if tag in visit.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/geo+json")
