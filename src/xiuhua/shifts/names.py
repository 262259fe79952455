"""The names that forms on a phone ask for: units, people and areas, to be chosen without a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.compiled import CityReader
from xiuhua.city.units.directory import Directory
from xiuhua.flow.carrying import Spot
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

MOST: Final = 3000
"""People, and areas, that a phone carries; of more only those nearest to its person."""
_FORMS: Final = ("case.act", "proceeding.act", "ledger.enter", "inspection.make", "record.ask")
"""Permissions of those who fill in forms."""


class Names:
    """The source of `Carrying`."""

    def __init__(self, cities: CityReader) -> None:
        self._cities = cities

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`units` and `areas` by code, `people` with their unit; nothing for whom no form is."""
        if not any(actor.may(one) for one in _FORMS):
            return {"units": [], "people": [], "areas": []}
        city = self._cities.of(tx, actor.city)
        directory = city.directory()
        return {
            "units": [
                {"code": code, "name": {"zh": unit.name, "en": unit.name_en or unit.name}}
                for code, unit in sorted(directory.units.items())
            ],
            "people": _people(directory, actor),
            "areas": _areas(city.areas(), actor),
        }


def _people(directory: Directory, actor: Actor) -> list[dict[str, str]]:
    people = sorted(directory.people.values(), key=lambda one: one.code)
    if len(people) > MOST:
        mine = {directory.organisation_of(post.unit) for post in actor.posts if post.unit}
        people = [one for one in people if one.unit and directory.organisation_of(one.unit) in mine]
    return [{"code": one.code, "name": one.name, "unit": one.unit} for one in people[:MOST]]


def _areas(areas: AreaIndex, actor: Actor) -> list[dict[str, str]]:
    """All but unit grids, of which there are too many: those of the person's own areas alone."""
    mine = {post.area for post in actor.posts if post.area is not None and post.area in areas}
    own = {one for code in mine for one in (code, *areas.area(code).members)}
    found = [one for one in areas.areas() if one.kind != "unit_grid" or one.code in own]
    if len(found) > MOST:
        found = [one for one in found if one.code in own or mine.intersection(areas.around(one.code))]
    return [{"code": one.code, "name": one.name, "kind": one.kind} for one in found[:MOST]]
