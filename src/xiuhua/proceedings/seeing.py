"""Who sees a proceeding, and where it lies: by the areas and units of posts, and by name. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.flow import sight
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.identity.model import Actor
from xiuhua.proceedings import model
from xiuhua.proceedings.model import READ


def sees(view: CityView, actor: Actor, state: State) -> bool:
    """Whether a person sees it: their posts cover its area or a unit of it, or it names them or waits for them."""
    if actor.id in model.people(state):
        return True
    if not actor.may(READ):
        return False
    seen = sight.sight(view, actor, READ)
    scopes = state["data"].get("scopes") or ()
    return seen.everything or bool(set(seen.areas) & set(scopes) or set(seen.units) & set(model.units(state)))


def scopes_of(
    view: CityView, actor: Actor, fields: Mapping[str, Any], parent: State | None,
    things: Iterable[Mapping[str, Any]] = (),
) -> list[str]:  # fmt: skip
    """The areas around it: of the field `area` or `place`, else of the first of the things that it is about that lies
    somewhere, else its parent's, else of who begins it, else the city."""
    area, place = fields.get("area"), fields.get("place")
    if isinstance(area, str) and area in view.areas:
        return list(view.areas.around(area))
    if isinstance(place, Mapping) and isinstance(place.get("lon"), int | float):
        found = view.areas.locate_any(float(place["lon"]), float(place.get("lat") or 0))
        if found is not None:
            return list(view.areas.around(found.code))
    for thing in things:
        if thing.get("scopes"):
            return list(thing["scopes"])
    if parent is not None:
        return list(parent["data"].get("scopes") or ())
    for post in actor.posts:
        if post.area is not None and post.area in view.areas:
            return list(view.areas.around(post.area))
    return whole_city(view)


def everywhere(view: CityView, actor: Actor) -> list[str]:
    """The city and every area of a person's posts: where they might begin something."""
    mine = [post.area for post in actor.posts if post.area is not None and post.area in view.areas]
    return list(dict.fromkeys([*mine, *whole_city(view)]))


def whole_city(view: CityView) -> list[str]:
    """The largest areas that there are: the city, or the district whose bureau it is."""
    kinds = ("city", "district", "street", "community")
    return next((codes for kind in kinds if (codes := [one.code for one in view.areas.areas(kind)])), [])
