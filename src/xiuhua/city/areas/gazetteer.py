"""Where a text says that something is: by the city's own names, or not at all.

Knows the areas and roads of an `AreaIndex` and further named places (registered things, compounds, stops). The
most specific reading wins: a named thing, a crossing of two roads, a road within an area, a road, an area. Where
readings lie far apart nothing is chosen: all are listed, each with a low confidence, and the officer decides.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.mentions import Meaning, Mention, Names
from xiuhua.city.areas.model import Area
from xiuhua.city.areas.names import plain, words
from xiuhua.city.areas.plane import Plane, area_m2
from xiuhua.city.areas.streets import NEAR_M, Spot, Streets

SURE: Final = 0.5
"""From here on the best candidate may be proposed as the place; below, an officer places the report."""
_AMBIGUOUS: Final = 0.3
_WEAK: Final = 0.5
"""A name without its ending (which is an ordinary word as often) counts half."""
_LISTED: Final = 10
_LONG_M: Final = 500.0
"""A stretch of road with half an extent beyond this is no place to send somebody to."""
_BY_AREA: Final = {"unit_grid": 0.8, "duty_grid": 0.6, "community": 0.6, "street": 0.3, "district": 0.15}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Something with a name that is neither area nor road: a compound, a toilet, a stop."""

    name: str
    lon: float
    lat: float
    aliases: tuple[str, ...] = ()
    code: str = ""


class Candidate(NamedTuple):
    """A place that a text may mean."""

    lon: float
    lat: float
    area: str | None
    """Code of the smallest area around it."""
    confidence: float
    """0 to 1, that it is meant; `SURE` and above only where one place is left."""
    radius_m: float
    """How far from it the true place may be."""
    why: tuple[str, ...]
    """The words that say so."""
    rule: str
    """place, crossing, road_in_area, road or area."""
    code: str = ""
    """Of the named place, area or road segment, where it is one."""


_Scope = Sequence[tuple[str, str]]
"""The areas that a text names, with their words."""


class Gazetteer:
    """The names of a city. Not changed after its making; safe to share between threads."""

    def __init__(self, index: AreaIndex, places: Iterable[NamedPlace] = ()) -> None:
        """`places`: what else has a name, with coordinates in WGS-84."""
        self._index = index
        self._streets = Streets(index.areas("road_segment"))
        self._places = list(places)
        grids = index.locate([place.lon for place in self._places], [place.lat for place in self._places])
        self._place_areas = [
            index.grid_codes[grid] if grid >= 0 else self._area_at(place.lon, place.lat)
            for grid, place in zip(grids.tolist(), self._places, strict=True)
        ]
        self._names = Names(self._named())
        # Worked out when first named; two threads may do so at once and come to the same.
        self._middles: dict[str, Spot] = {}
        self._stretches: dict[str, list[tuple[Spot, str | None, float, str]]] = {}

    def _named(self) -> Iterator[tuple[str, str, Meaning]]:
        for area in self._index.areas():
            if area.kind in _BY_AREA:
                yield area.name, area.kind, Meaning(False, areas=(area.code,))
                if area.kind in ("unit_grid", "duty_grid"):
                    yield area.code, area.kind, Meaning(False, areas=(area.code,))
        for road in self._streets.segments:
            yield road, "road_segment", Meaning(False, roads=(road,))
        for number, place in enumerate(self._places):
            for name in (place.name, *place.aliases):
                yield name, "place", Meaning(False, places=(number,))

    def find(self, text: str) -> tuple[Candidate, ...]:
        """The places that a text may mean, likeliest first; () when it names none of the city's.

        The first is certain enough to be proposed when its confidence is `SURE` or above; it is then the only
        one.
        """
        text = plain(text)
        mentions = self._names.mentions(text)
        if not mentions:
            return ()
        scope = self._scope(mentions)
        for reading in (self._as_place, self._as_crossing, self._as_road, self._as_area):
            if found := reading(text, mentions, scope):
                return _agreed(found)
        return ()

    def find_all(self, texts: Sequence[str]) -> list[tuple[Candidate, ...]]:
        """`find` for many texts."""
        return [self.find(text) for text in texts]

    def _scope(self, mentions: Sequence[Mention]) -> _Scope:
        """The smallest areas that are named in full, with their words; of namesakes those inside other ones named."""
        named = [(code, mention) for mention in mentions if not mention.means.weak for code in mention.means.areas]
        if len(named) > 1:
            inside = [
                pair for pair in named
                if len(pair[1].means.areas) == 1
                or any(self._index.within(pair[0], code) for code, other in named if other is not pair[1])
            ]  # fmt: skip
            certain = {mention.start for _, mention in inside}
            named = inside + [pair for pair in named if pair[1].start not in certain]
        codes = {code for code, _ in named}
        above = {code for each in codes for code in self._index.ancestors(each)[1:]}
        return [(code, mention.words) for code, mention in named if code not in above]

    def _in_scope(self, area: str | None, scope: _Scope) -> bool:
        return not scope or (area is not None and any(self._index.within(area, code) for code, _ in scope))

    def _as_place(self, text: str, mentions: Sequence[Mention], scope: _Scope) -> list[Candidate]:
        """A named place; one that lies outside of the area named, or far from the road named, is doubtful."""
        found = []
        roads = [road for mention in mentions if not mention.means.weak for road in mention.means.roads]
        for mention in mentions:
            for number in mention.means.places:
                place, area = self._places[number], self._place_areas[number]
                fits = self._in_scope(area, scope) and (
                    not roads or any(self._streets.near(road, place.lon, place.lat) for road in roads)
                )
                confidence = (0.9 if fits else _AMBIGUOUS) * (_WEAK if mention.means.weak else 1)
                why = (*(words for _, words in scope if fits), mention.words)
                spot = (place.lon, place.lat, 50.0)
                found.append(_candidate(spot, area, confidence, why, "place", place.code))
        return _fitting(found)

    def _as_crossing(self, text: str, mentions: Sequence[Mention], scope: _Scope) -> list[Candidate]:
        """Two roads named one after the other, or both before a word for a crossing."""
        found = []
        roads = [mention for mention in mentions if mention.means.roads]
        for one, other in pairwise(roads):
            between = text[one.end : other.start]
            named = words().crossing.match(text[other.end :])
            joined = words().joiner.match(between) or (named and words().lister.match(between))
            if not joined and not (named and len(roads) == 2):
                continue
            weak = one.means.weak or other.means.weak
            confidence = (0.9 if joined and named else 0.7) * (_WEAK if weak else 1)
            why = (one.words, other.words, *([named.group().strip()] if named else []))
            for spot in self._meetings(one.means.roads, other.means.roads):
                area = self._area_at(*spot[:2])
                sure = confidence if self._in_scope(area, scope) else _AMBIGUOUS
                found.append(_candidate(spot, area, sure, why, "crossing"))
        return _fitting(found)

    def _meetings(self, some: Sequence[str], others: Sequence[str]) -> list[Spot]:
        return [spot for a in some for b in others if a != b for spot in self._streets.crossings(a, b)]

    def _as_road(self, text: str, mentions: Sequence[Mention], scope: _Scope) -> list[Candidate]:
        """A road: its part in the area named, or the whole where it is short, or each of its segments."""
        found: list[Candidate] = []
        astray: list[Candidate] = []
        for mention in mentions:
            house = words().house.match(text[mention.end :])
            said = mention.words + (house.group() if house else "")
            weight = _WEAK if mention.means.weak else 1
            for road in mention.means.roads:
                for code, area_words in scope:
                    if spot := self._streets.part_in(road, self._index.area(code)):
                        sure = (0.7 if spot[2] <= _LONG_M else 0.4) * weight
                        area = self._area_at(*spot[:2]) or code
                        found.append(_candidate(spot, area, sure, (area_words, said), "road_in_area"))
                if not scope:
                    found += self._along(road, said, weight)
                elif not found and not mention.means.weak:
                    astray += self._along(road, said, _AMBIGUOUS)
        # A road and an area that do not meet: one of the two is wrong, and a person must say which.
        return found or (astray and [*astray, *self._as_area(text, mentions, scope)])

    def _along(self, road: str, said: str, weight: float) -> list[Candidate]:
        if road not in self._stretches:
            self._stretches[road] = self._cut(road)
        return [
            _candidate(spot, area, sure * weight, (said,), "road", code)
            for spot, area, sure, code in self._stretches[road]
        ]

    def _cut(self, road: str) -> list[tuple[Spot, str | None, float, str]]:
        """A short road is one place, a long one as many as it has segments."""
        spot = self._streets.whole(road)
        if spot[2] <= _LONG_M:
            return [(spot, self._area_at(*spot[:2]), 0.6, "")]
        return [
            (
                (*segment.point(), self._streets.half_length_m(segment)),
                self._area_at(*segment.point()),
                0.2,
                segment.code,
            )
            for segment in self._streets.segments[road]
        ]

    def _as_area(self, text: str, mentions: Sequence[Mention], scope: _Scope) -> list[Candidate]:
        """Only an area: its middle, as sure as it is small; a building's number says that one place is meant."""
        found = []
        smallest = {code for code, _ in scope}
        for mention in mentions:
            building = words().building.match(text[mention.end :])
            said = mention.words + (building.group() if building else "")
            for code in mention.means.areas:
                area = self._index.area(code)
                if scope if mention.means.weak else code not in smallest:
                    continue
                sure = (_BY_AREA[area.kind] + (0.1 if building else 0)) * (_WEAK if mention.means.weak else 1)
                found.append(_candidate(self._middle(area), code, sure, (said,), "area", code))
        return found

    def _middle(self, area: Area) -> Spot:
        if area.code not in self._middles:
            radius = round(math.sqrt(area_m2(area.geometry) / math.pi), 1)
            self._middles[area.code] = (*area.point(), radius)
        return self._middles[area.code]

    def _area_at(self, lon: float, lat: float) -> str | None:
        area = self._index.locate_any(lon, lat)
        return area.code if area else None


def _candidate(
    spot: Spot, area: str | None, confidence: float, why: tuple[str, ...], rule: str, code: str = ""
) -> Candidate:
    return Candidate(spot[0], spot[1], area, round(confidence, 2), spot[2], why, rule, code)


def _fitting(found: list[Candidate]) -> list[Candidate]:
    """Without the doubtful ones, as soon as one is not."""
    return [one for one in found if one.confidence > _AMBIGUOUS] or found


def _agreed(found: list[Candidate]) -> tuple[Candidate, ...]:
    """One place where all mean one; else every place, none of them believed."""
    found.sort(key=lambda one: -one.confidence)
    first = found[0]
    here = Plane(first.lon, first.lat)
    if all(max(map(abs, here.xy(one.lon, one.lat))) <= NEAR_M for one in found[1:]):
        return (first,)
    return tuple(
        one if one.confidence <= _AMBIGUOUS else one._replace(confidence=_AMBIGUOUS) for one in found[:_LISTED]
    )
