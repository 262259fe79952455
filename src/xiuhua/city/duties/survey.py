"""A city's areas and categories as a check of its duties takes them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.model import Status
from xiuhua.city.duties.dead import Known
from xiuhua.city.duties.painting import Grid, Line
from xiuhua.city.units.directory import Directories

_SMALLEST_FIRST = ("unit_grid", "duty_grid", "community", "street", "district", "city")


def grids_of(index: AreaIndex) -> list[Grid]:
    """All unit grids with their scopes; where a city has none, the smallest kind of area it has."""
    if index.grid_codes:
        every = (tuple(index.scopes(number)) for number in range(len(index.grid_codes)))
        return [Grid(scopes[0], scopes) for scopes in every]
    for kind in _SMALLEST_FIRST[1:]:
        if areas := index.areas(kind):
            return [Grid(area.code, index.ancestors(area.code)) for area in areas]
    return [Grid(index.city, (index.city,))]


def lines_of(catalogue: Catalogue, standards: Iterable[str] | None = None) -> list[Line]:
    """Categories to be covered, with their mapped keys: those in force, or those of the standards named."""
    named = None if standards is None else set(standards)
    return [
        Line(one.key, mapped_of(catalogue, one.key))
        for one in catalogue
        if (one.standard in named if named is not None else one.status is Status.IN_FORCE)
    ]


def mapped_of(catalogue: Catalogue, key: str) -> tuple[str, ...]:
    """Other keys under which a category's duties may stand, the nearest first; none when it is unknown."""
    return tuple(catalogue.family(key)[1:]) if key in catalogue else ()


def known_of(index: AreaIndex, catalogue: Catalogue, directories: Directories) -> Known:
    """Everything that a duty row may name on the index's day."""
    return Known(
        directories.unit_spans(),
        {area.code: area.kind for area in index.areas()},
        {one.key for one in catalogue},
        index.city,
    )
