"""What a person may see: what is at their units' desks, and what lies in the areas of their posts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xiuhua.flow.surroundings import CityView
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import roles

DESK_ROLES: Final = frozenset({"unit_officer", "handler"})
"""Their posts are bound to a unit; all other posts to an area, or to none and so to the whole city."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person sees of a list: everything, or what lies in areas, or is at desks."""

    everything: bool
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def sight(view: CityView, actor: Actor, permission: str) -> Sight:
    """What the posts that bear a permission let a person see."""
    areas: list[str] = []
    desks: list[str] = []
    for post in _bearing(actor, permission):
        if post.role in DESK_ROLES:
            desks += _desks(view, post)
        elif post.area is None:
            return Sight(True)
        else:
            areas.append(post.area)
    return Sight(False, tuple(areas), tuple(desks))


def _bearing(actor: Actor, permission: str) -> list[Post]:
    known = roles()
    return [
        post
        for post in actor.posts
        if post.city == actor.city and post.role in known and known[post.role].bears(permission)
    ]


def _desks(view: CityView, post: Post) -> list[str]:
    """The unit of a post, the units below it, and the offline ones it stands in for."""
    if post.unit is None:
        return []
    offline = [one for one in view.directory.units if view.directory.desk_of(one) == post.unit]
    return [*view.directory.descendants(post.unit), *offline]


def stands_in_for(view: CityView, actor: Actor) -> dict[str, list[str]]:
    """For each of the person's units, the offline units whose desk it keeps."""
    mine = {post.unit for post in actor.posts if post.unit is not None}
    found: dict[str, list[str]] = {}
    for unit in view.directory.units.values():
        if unit.desk == "offline" and (desk := view.directory.desk_of(unit.code)) in mine:
            found.setdefault(desk, []).append(unit.code)
    return found
