"""Who acts: a person with posts. Pure.

A post is a role somewhere: at a unit's desk, in an area, or both. What a role permits is data
(`roles.yaml`); units and areas are opaque codes here, the city room gives them meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Post:
    """One role held by one person; several per person are ordinary."""

    role: str
    city: str
    unit: str | None = None
    """Unit code: whose desk. None for posts of a centre that serves all units."""
    area: str | None = None
    """Area code: where. None means the whole city."""
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day it is held, inclusive."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who does something, as every service and every event sees them."""

    id: str
    """Person code; `system` for clocks and jobs, `import` for files, `public` for citizens."""
    city: str
    name: str = ""
    posts: tuple[Post, ...] = ()
    permissions: frozenset[str] = field(default_factory=frozenset)
    via: str = "service"
    """How they came: session, token, cli, simulation."""

    def roles(self) -> frozenset[str]:
        """Every role held in any post."""
        return frozenset(post.role for post in self.posts)

    def may(self, permission: str) -> bool:
        """Whether a permission (`noun.verb`) is held; `*` holds all."""
        return permission in self.permissions or "*" in self.permissions


def system(city: str) -> Actor:
    """The actor of clocks and jobs."""
    return Actor("system", city, "system", (Post("system", city),), frozenset({"*"}))
