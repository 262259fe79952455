"""Whether a person may see a case or a report. Pure."""

from __future__ import annotations

from xiuhua.flow.model import State
from xiuhua.flow.sight import DESK_ROLES, Sight, sight
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor

__all__ = ["DESK_ROLES", "Sight", "demand", "sees", "sight"]


def demand(view: CityView, actor: Actor, permission: str, state: State) -> None:
    """Raises `NotFound` (not "forbidden": what is not yours to see is not told of)."""
    if not sees(sight(view, actor, permission), actor, state):
        raise NotFound


def sees(seen: Sight, actor: Actor, state: State) -> bool:
    """Whether one subject is among what a person sees."""
    data = state["data"]
    if seen.everything or actor.id in (data.get("checker"), data.get("verifier")):
        return True
    involved = {data.get("unit"), data.get("squad"), *(data.get("helpers") or ())}
    involved |= {leg["unit"] for leg in data.get("legs") or ()}
    return bool(set(seen.areas) & set(data["scopes"]) or set(seen.units) & involved)
