"""Who may do an action here: a role, at a unit's desk, or in an area that holds the subject. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.flow.context import Context
from xiuhua.flow.model import State, Surroundings
from xiuhua.packs.procedure import Action, Who
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.identity.model import Actor, Post


@dataclass(frozen=True, slots=True)
class Granted:
    """The post that an action is done in."""

    post: Post
    described: dict[str, Any]
    """As expressions see the actor."""
    on_behalf_of: str | None = None
    """The unit that a proxy acts for, on the record."""


def demand(action: Action, state: State, actor: Actor, context: Context, world: Surroundings) -> Granted:
    """The post that allows it; raises `NotAllowed`."""
    granted = find(action, state, actor, context, world)
    if granted is None:
        roles = ", ".join(sorted({who.role for who in action.by}))
        raise NotAllowed(f"this is for {roles} of that place or unit")
    return granted


def find(action: Action, state: State, actor: Actor, context: Context, world: Surroundings) -> Granted | None:
    """The first post of the person that allows it. The role system is the clock's and the kernel's own."""
    for who in action.by:
        for post in actor.posts:
            if post.role != who.role or post.city != actor.city:
                continue
            if post.role == "system" and actor.id != "system":
                continue
            granted = _grant(who, post, state, actor, context, world)
            if granted is not None:
                return granted
    return None


def _grant(who: Who, post: Post, state: State, actor: Actor, context: Context, world: Surroundings) -> Granted | None:
    on_behalf_of = None
    if who.unit is not None:
        unit = context.value(who.unit)
        how = world.acts_for(post, unit) if unit else None
        if how is None:
            return None
        on_behalf_of = unit if how == "proxy" else None
    if who.person is not None and context.value(who.person) != actor.id:
        return None
    bound = who.unit is None and who.person is None and not who.anywhere
    if bound and not covers(post, state["data"].get("scopes") or ()):
        return None
    described = {
        "id": actor.id, "role": post.role, "unit": post.unit, "area": post.area,
        "organisation": world.organisation_of(post), "on_behalf_of": on_behalf_of,
    }  # fmt: skip
    if who.when is not None and not context.but(actor=described).holds(who.when):
        return None
    return Granted(post, described, on_behalf_of)


def covers(post: Post, scopes: Sequence[str]) -> bool:
    """Whether a post without an area, or with one of these, is responsible."""
    return post.area is None or post.area in scopes
