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


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things last and how often one may try."""

    session_hours: int = 12
    """Hours after which a session ends whatever is done in it."""
    idle_minutes: int = 240
    """Minutes without a request after which it ends."""
    touch_minutes: int = 5
    """How exactly the last use is known: at most one write in so many minutes."""
    most_failures: int = 5
    """Failed tries before a name is locked: for a minute, then twice as long with each further one."""
    most_failures_address: int = 100
    """The same for all tries from one address, which a whole bureau may share."""
    lock_minutes: int = 15
    """The longest lock."""
    forget_minutes: int = 60
    """Minutes without a failed try after which counting begins anew."""
    device_days: int = 180
    """Days since its last sign-in after which a browser is a stranger again."""
    password_history: int = 3
    """How many passwords before the present one may not be chosen again."""
    password_days: int = 0
    """Days after which a password must be changed; 0: never."""
    second_factor_roles: frozenset[str] = frozenset()
    """Roles whose holders need a second factor."""
    token_days: int = 365
    """The longest life of a personal token."""
    time_zone: str = "Asia/Shanghai"
    """Where a day begins: posts are held by day."""


@dataclass(frozen=True, slots=True)
class Client:
    """Where a sign-in comes from."""

    address: str = ""
    """IP address; empty where there is none."""
    device: str = ""
    """User-Agent, cut."""
    cookie: bytes | None = None
    """Digest of what the cookie for known devices holds."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a person signs in with."""

    city: str
    name: str
    person: str
    title: str = ""
    roles: tuple[str, ...] = ()
    """Held through the account itself, over the whole city: for those in no unit's list."""
    valid: bool = True
    must_change: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made."""

    name: str
    person: str
    title: str = ""
    roles: tuple[str, ...] = ()
    password: str | None = None
    """None: no password, the account serves tokens only."""
    must_change: bool = True
    """Whether the password is for the first time only; a demo's accounts keep theirs."""
