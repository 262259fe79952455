"""What a map shows: cases as columns, whole or by tile, and the numbers of a drawn area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from xiuhua.city.areas import tiles
from xiuhua.city.areas.datum import Datum, geometry_to_wgs84
from xiuhua.loop.brief import choosing, model, reading
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.reading import Columns, Words
from xiuhua.loop.brief.titles import title
from xiuhua.loop.lists.forms import ListOf
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.maps.forms import Counted, DrawnForm, NumbersOut
from xiuhua.loop.scope import sight
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.columns import encode
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

READ: Final = "case.read"
MOST: Final = 200_000
"""Cases of one answer."""
MOST_OF_TILE: Final = 5_000
"""Cases of a tile; more of them are told as squares with their numbers."""
MOST_NEAR: Final = 50_000
"""The same where a tile is so small that squares would tell nothing."""
SQUARES: Final = 6
"""A tile is parted into 2^6 by 2^6 squares."""
_NEAR: Final = tiles.ZOOM - SQUARES + 1
"""The zoom from which squares would be smaller than the tiles that cases are kept by."""
_CODED: Final = {"state": np.uint8, "source": np.uint8, "category": np.uint16, "unit": np.uint16}
_SOMEWHERE: Final = (0, 1 << 2 * tiles.ZOOM)


def cases(tx: Tx, held: Held, view: CityView, actor: Actor, wanted: ListFilter, open_: bool | None) -> bytes:
    """All cases with a place that a person sees of a filter, at most `MOST`; `truncated` says that there are more."""
    known, found = _found(tx, held, view, actor, wanted, open_, [_SOMEWHERE])
    return _points(view, known, found, int(tx.now.timestamp()), MOST)


def tile(
    tx: Tx, held: Held, view: CityView, actor: Actor, wanted: ListFilter, open_: bool | None, at: tuple[int, int, int]
) -> bytes:
    """The cases of a tile z, x, y; where they are too many, squares with their numbers. Raises `NotFound`."""
    zoom, x, y = at
    if not (0 <= zoom <= tiles.ZOOM and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
        raise NotFound("There is no such tile.")
    known, found = _found(tx, held, view, actor, wanted, open_, [tiles.span(zoom, x, y)])
    now = int(tx.now.timestamp())
    if zoom >= _NEAR:
        return _points(view, known, found, now, MOST_NEAR)
    if len(found["no"]) <= MOST_OF_TILE:
        return _points(view, known, found, now, MOST_OF_TILE)
    squares = choosing.squares(found, 2 * (tiles.ZOOM - zoom - SQUARES), now)
    return encode(squares, {"kind": "clusters", "now": now})


def numbers(tx: Tx, held: Held, view: CityView, actor: Actor, body: DrawnForm) -> NumbersOut:
    """The numbers of a drawn area, each with its list. Raises `Invalid` for one that is none."""
    area, wanted = _area(body.area.model_dump(), body.datum), body.chosen()
    spans = tiles.spans(area.bounds)
    known, found = _found(tx, held, view, actor, replace(wanted, open=None), wanted.open, spans)
    shapely.prepare(area)
    inside = shapely.intersects_xy(area, found["lon"], found["lat"])
    found = {name: column[inside] for name, column in found.items()}
    lights = np.bincount(model.lights(found, int(tx.now.timestamp())), minlength=len(model.LIGHTS))
    took = found["took"][found["took"] >= 0]
    corners = body.corners()
    listed = replace(wanted, drawn=corners) if corners is not None else None
    return NumbersOut(
        total=len(found["lon"]), open=int((found["closed"] == 0).sum()),
        by_state=_counted(view, "state", known, found["state"], listed),
        by_category=_counted(view, "category", known, found["category"], listed),
        by_unit=_counted(view, "unit", known, found["unit"], listed),
        by_light=dict(zip(model.LIGHTS, lights.tolist(), strict=True)), handled=len(took),
        median_handling_s=int(np.median(took)) if len(took) else None,
        records=_list(listed), open_records=_list(listed, open=True),
        light_records=None if listed is None else {one: _listed(listed, light=(one,)) for one in model.LIGHTS},
    )  # fmt: skip


def case_of(tx: Tx, city: str, number: int) -> str:
    """The id of the case that a map calls by a number. Raises `NotFound`."""
    row = tx.execute(queries("xiuhua.loop.brief")["by_no"], {"city": city, "no": number}).fetchone()
    if row is None:
        raise NotFound
    return str(row.id)


def _found(
    tx: Tx, held: Held, view: CityView, actor: Actor, wanted: ListFilter, open_: bool | None,
    spans: Sequence[tuple[int, int]],
) -> tuple[Words, Columns]:  # fmt: skip
    known, there = reading.words(tx, view.city), choosing.within(held.of(tx, view.city), spans)
    return known, choosing.chosen(tx, view.city, there, sight(view, actor, READ), wanted, known, open_)


def _points(view: CityView, known: Words, found: Columns, now: int, most: int) -> bytes:
    truncated = len(found["no"]) > most
    found = choosing.newest(found, most)
    columns: dict[str, NDArray[Any]] = {"lon": found["lon"], "lat": found["lat"]}
    dictionaries: dict[str, list[dict[str, Any]]] = {}
    for name, kind in _CODED.items():
        codes = {number: word for word, number in known[name].items()}
        used, places = np.unique(found[name], return_inverse=True)
        dictionaries[name] = [_entry(view, name, codes.get(number, "")) for number in used.tolist()]
        columns[name] = places.astype(kind)
    columns["light"] = model.lights(found, now)
    columns["opened"] = (found["opened"] // 60).astype(np.int32)
    columns["closed"] = (found["closed"] // 60).astype(np.int32)
    columns["no"] = found["no"]
    return encode(
        columns,
        {"kind": "points", "now": now, "truncated": truncated, "lights": model.LIGHTS, "dictionaries": dictionaries},
    )


def _entry(view: CityView, kind: str, code: str) -> dict[str, Any]:
    return {"code": code, "title": title(view, kind, code)}


def _listed(wanted: ListFilter, **said: Any) -> ListOf:
    return ListOf(kind="case", filter=replace(wanted, **said).to_json())


def _list(wanted: ListFilter | None, **said: Any) -> ListOf | None:
    return None if wanted is None else _listed(wanted, **said)


def _counted(view: CityView, kind: str, known: Words, column: NDArray[Any], listed: ListFilter | None) -> list[Counted]:
    codes = {number: word for word, number in known[kind].items()}
    used, counts = np.unique(column, return_counts=True)
    found = [
        Counted(
            code=(code := codes.get(number, "")), title=title(view, kind, code), count=count,
            records=_list(listed, **{kind: (code,)}) if code else None,
        )
        for number, count in zip(used.tolist(), counts.tolist(), strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.count, one.code))


def _area(drawn: Mapping[str, Any], datum: Datum) -> Any:
    try:
        area = geometry_to_wgs84(shapely.force_2d(shape(drawn)), datum)
    except (ValueError, TypeError, shapely.errors.ShapelyError, Invalid) as error:
        raise Invalid(errors=[{"field": "area", "why": "is no polygon"}]) from error
    if area.is_empty or not np.isfinite(area.bounds).all() or not area.is_valid:
        raise Invalid(errors=[{"field": "area", "why": "crosses itself or has no extent"}])
    return area
