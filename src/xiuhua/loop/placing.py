"""Where a report is: from its point, from the grid or thing it names, else from its words. Batches.

A point is converted once, the original kept beside it. Words are only trusted when the gazetteer is sure
enough; else the candidates stay for the officer, who places it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from xiuhua.city.areas import datum
from xiuhua.city.areas.roads import RoadPlace
from xiuhua.loop.faults import worded
from xiuhua.loop.model import PlaceIn
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.errors import Invalid

SURE_ENOUGH: Final = 0.6
_ROAD_WITHIN_M: Final = 30.0


@dataclass(slots=True)
class Placed:
    """What came of a place."""

    place: dict[str, Any] | None = None
    scopes: Sequence[str] = ()
    unit_grid: str | None = None
    extra: dict[str, Any] | None = None
    """Road segment, part, area class: what a case takes over."""
    percent: int | None = None
    """How sure the words are, in percent; 100 for a point."""
    fault: str | None = None
    """Key of `strings/intake.yaml`."""
    fault_with: dict[str, str] = field(default_factory=dict)


def place_batch(view: CityView, places: Sequence[PlaceIn | None], texts: Sequence[str]) -> list[Placed]:
    """Place each report; the words of `texts` are used where no point is given."""
    placed = [Placed() for _ in places]
    points = [index for index, place in enumerate(places) if place and (place.lon, place.lat) != (None, None)]
    _by_points(view, places, placed, points)
    named = [index for index, place in enumerate(places) if place and place.lon is None and place.unit_grid]
    for index in named:
        _by_grid(view, places[index], placed[index])
    wordy = [index for index in range(len(places)) if placed[index].place is None and not placed[index].fault]
    _by_words(view, texts, placed, wordy)
    return placed


def by_officer(view: CityView, given: Mapping[str, Any]) -> Placed:
    """A place as an officer puts it on the map: a point (`lon`, `lat`, `datum`), perhaps with words beside it.

    Raises `Invalid` when it is no place, or lies in no area of the city.
    """
    try:
        place = PlaceIn(float(given["lon"]), float(given["lat"]), given.get("datum", "wgs84"))
    except (KeyError, TypeError, ValueError):
        raise _unplaced("needs lon and lat as numbers") from None
    if place.datum not in datum.DATUMS:
        raise _unplaced(f"datum is one of {', '.join(datum.DATUMS)}")
    [found] = place_batch(view, [place], [""])
    if found.fault or not found.scopes:
        raise _unplaced(worded(found.fault, **found.fault_with) if found.fault else "lies in no area of the city")
    words = {"words": given["words"]} if given.get("words") else {}
    found.place = {**(found.place or {}), "by": "officer", **words}
    return found


def _unplaced(why: str) -> Invalid:
    return Invalid(f"place {why}", errors=[{"field": "place", "why": why}])


def _by_points(view: CityView, places: Sequence[PlaceIn | None], placed: list[Placed], points: Sequence[int]) -> None:
    good: list[tuple[int, float, float]] = []
    for index in points:
        place = places[index]
        assert place is not None
        if place.lon is None or place.lat is None:
            placed[index].fault = "half_point"
            continue
        good.append((index, place.lon, place.lat))
    if not good:
        return
    wrong = datum.faults([one[1] for one in good], [one[2] for one in good])
    for (index, _, _), fault in zip(good, wrong.tolist(), strict=True):
        placed[index].fault = f"point_{fault}" if fault else None
    good = [one for one, fault in zip(good, wrong.tolist(), strict=True) if not fault]
    if not good:
        return
    lon, lat = np.array([one[1] for one in good]), np.array([one[2] for one in good])
    datums = [place.datum for index, _, _ in good if (place := places[index]) is not None]
    for used in sorted(set(datums)):
        chosen = np.array([one == used for one in datums])
        lon[chosen], lat[chosen] = datum.to_wgs84(lon[chosen], lat[chosen], used)
    grids = view.areas.locate(lon, lat)
    roads = view.areas.nearest_roads(lon, lat, _ROAD_WITHIN_M)
    for (index, given_lon, given_lat), x, y, grid, road in zip(
        good, lon.tolist(), lat.tolist(), grids.tolist(), roads, strict=True
    ):
        one, place = placed[index], places[index]
        assert place is not None
        one.place = {"lon": round(x, 7), "lat": round(y, 7), "by": "point"}
        if place.datum not in ("wgs84", "cgcs2000"):
            one.place["given"] = {"lon": given_lon, "lat": given_lat, "datum": place.datum}
        one.percent = 100
        _set_areas(view, one, grid, (x, y), place, road)


def _set_areas(
    view: CityView, one: Placed, grid: int, at: tuple[float, float], place: PlaceIn | None, road: RoadPlace | None
) -> None:
    areas = view.areas
    if grid >= 0:
        one.unit_grid = areas.grid_codes[grid]
        one.scopes = areas.scopes(grid)
        code = one.unit_grid
    else:
        found = areas.locate_any(*at)
        one.scopes = areas.ancestors(found.code) if found is not None else ()
        code = found.code if found is not None else ""
    extra: dict[str, Any] = {}
    if code and (class_ := areas.area_class(code)) is not None:
        extra["area_class"] = str(class_)
    if place is not None and place.part:
        extra["part"] = place.part
    segment = place.road_segment if place is not None else None
    if segment is None and one.scopes and road is not None:
        segment = road.code
    if segment is not None:
        extra["road_segment"] = segment
    one.extra = extra or None


def _by_grid(view: CityView, place: PlaceIn | None, one: Placed) -> None:
    assert place is not None and place.unit_grid is not None
    if place.unit_grid not in view.areas:
        one.fault, one.fault_with = "no_grid", {"grid": place.unit_grid}
        return
    middle = view.areas.area(place.unit_grid).geometry.representative_point()
    one.place = {"lon": round(middle.x, 7), "lat": round(middle.y, 7), "by": "unit_grid"}
    one.percent = 100
    road = view.areas.nearest_road(middle.x, middle.y, _ROAD_WITHIN_M)
    _set_areas(view, one, view.areas.number(place.unit_grid), (middle.x, middle.y), place, road)


def _by_words(view: CityView, texts: Sequence[str], placed: list[Placed], wordy: Sequence[int]) -> None:
    found = view.gazetteer.find_all([texts[index] for index in wordy])
    for index, candidates in zip(wordy, found, strict=True):
        if not candidates or candidates[0].confidence < SURE_ENOUGH:
            continue
        best, one = candidates[0], placed[index]
        one.place = {"lon": round(best.lon, 7), "lat": round(best.lat, 7), "by": "words"}
        one.percent = int(best.confidence * 100)
        grid = view.areas.locate_one(best.lon, best.lat)
        road = view.areas.nearest_road(best.lon, best.lat, _ROAD_WITHIN_M)
        _set_areas(view, one, grid, (best.lon, best.lat), None, road)
