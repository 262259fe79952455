"""A city's areas and categories as a check of its duties takes them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.model import Area
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


_COLUMNS = ("district", "street", "community", "unit_grid")


def columns_of(index: AreaIndex, parent: str | None = None) -> tuple[str, list[Area]]:
    """The areas that a board shows side by side: those directly in `parent`, itself where nothing is in it.

    Without one it begins with the city, going down as long as there is one area alone. Raises `NotFound`.
    """
    whole = parent or index.city
    while True:
        within = [one for one in map(index.area, index.children(whole)) if one.kind in _COLUMNS]
        largest = min((_COLUMNS.index(one.kind) for one in within), default=0)
        areas = [one for one in within if one.kind == _COLUMNS[largest]]
        if parent is None and len(areas) == 1:
            whole = areas[0].code
            continue
        return (whole, areas) if areas else (whole, [index.area(whole)])


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
