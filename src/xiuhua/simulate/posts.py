"""Who of the fictional district does something: people by their posts, as actors. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xiuhua.city.units.directory import DESK_ROLE, Directory
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.identity.model import Actor


def holders(directory: Directory, role: str, unit: str | None, scopes: Sequence[str] = ()) -> tuple[str, ...]:
    """Those who may answer for a role: at the desk of a unit (else its officers), or in an area."""
    if unit is None:
        return directory.holders(role, scopes)
    desk = directory.desk_of(unit)
    return directory.holders(role, (), desk) or directory.holders(DESK_ROLE, (), desk)


def officer(directory: Directory, unit: str) -> str | None:
    """The first officer at the desk of a unit, or at the next one above it that has any."""
    for one in directory.ancestors(unit):
        if found := directory.holders(DESK_ROLE, (), one):
            return found[0]
    return None


def actor(view: CityView, person: str) -> Actor:
    """A person with all their posts."""
    return Actor(person, view.city, person, view.directory.posts_of(person), frozenset({"*"}), "simulation")
