"""What roles permit, and where: `roles.yaml` read once, and the pure questions asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from xiuhua.platform.identity.model import Actor, Post

ALL = "*"


@dataclass(frozen=True, slots=True)
class Role:
    """A role as declared: its title in both languages, and its permissions."""

    name: str
    title: dict[str, str]
    permissions: frozenset[str]

    def bears(self, permission: str) -> bool:
        """Whether the role permits it."""
        return permission in self.permissions or ALL in self.permissions


@cache
def declared() -> tuple[dict[str, Role], dict[str, dict[str, str]]]:
    """Roles by name, and permissions by name with their titles."""
    text = files("xiuhua.platform.identity").joinpath("roles.yaml").read_text(encoding="utf-8")
    content = YAML(typ="safe", pure=True).load(text)
    roles = {name: Role(name, role["title"], frozenset(role["may"])) for name, role in content["roles"].items()}
    return roles, content["permissions"]


def roles() -> dict[str, Role]:
    """Every role by name."""
    return declared()[0]


def known_permissions() -> frozenset[str]:
    """Every permission there is, `*` not among them."""
    return frozenset(declared()[1])


def permissions_of(posts: Iterable[Post]) -> frozenset[str]:
    """All that some posts permit together; unknown roles permit nothing."""
    known = roles()
    held = {post.role for post in posts}
    return frozenset().union(*(known[role].permissions for role in held if role in known))


def role_for(actor: Actor, permission: str) -> str:
    """The role in which an actor does something, for the record: the first post that bears the permission."""
    known = roles()
    for post in actor.posts:
        if post.role in known and known[post.role].bears(permission):
            return post.role
    return "system" if actor.id == "system" else "none"


def covers(actor: Actor, permission: str, areas: Collection[str] = (), unit: str | None = None) -> bool:
    """Whether an actor holds a permission for this very place and unit.

    `areas` are the codes of the place from the smallest area to the city; `unit` is the unit whose desk it
    is about, None when it is about none. A post without an area covers the city, one with an area what lies
    in it; a post at a unit's desk covers only that unit, one without serves all. Pure.
    """
    if not actor.may(permission):
        return False
    known = roles()
    return any(
        post.city == actor.city
        and post.role in known
        and known[post.role].bears(permission)
        and (post.area is None or post.area in areas)
        and (post.unit is None or unit is None or post.unit == unit)
        for post in actor.posts
    )
