"""Bureaus, units, people, posts and duty cards. Pure.

Every row has first and last day (`valid_to` inclusive, None = open); several rows of one code follow one
another in time. What holds on one day is compiled by `directory.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Post

UNIT_KINDS: Final = (
    "bureau", "district", "street", "squad", "contractor", "department", "centre", "external",
)  # fmt: skip
ORGANISATION_KINDS: Final = frozenset({"contractor", "department"})
DESKS: Final = ("own", "offline")
ROLES: Final = frozenset({
    "collector", "intake_officer", "shift_leader", "dispatcher", "unit_officer", "handler", "supervisor",
    "leader", "appraiser", "administrator", "system", "public",
})  # fmt: skip
FIXINGS: Final = ("person", "time", "post", "duty", "standard", "reward_penalty")
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Dated(Protocol):
    """Anything that holds from one day to another."""

    @property
    def valid_from(self) -> date:
        """First day."""

    @property
    def valid_to(self) -> date | None:
        """Last day, inclusive; None = open. A day before `valid_from`: withdrawn, it never held."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """The owner of one bureau's data; an installation may hold several, rolled up by `parent_city`."""

    city: str
    """The bureau's own 6-digit code (GB/T 2260)."""
    name: str
    name_en: str = ""
    time_zone: str = "Asia/Shanghai"
    parent_city: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that handles, regulates, enforces or maintains, or a part of one."""

    code: str
    kind: str
    name: str
    valid_from: date
    name_en: str = ""
    parent: str | None = None
    organisation: str | None = None
    """What counts as the same organisation when a check must not be made by who handled; None: computed."""
    credit_code: str | None = None
    """Unified social credit code, GB 32100-2015."""
    desk: str = "own"
    """`own`: its unit officer works here. `offline`: it takes no part (power, railway); see `proxy`."""
    proxy: str | None = None
    """Unit or person code that acts for an offline unit, on the record."""
    contact: str = ""
    """How an offline unit is reached: a duty office, never a personal number."""
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the staff of a unit."""

    code: str
    name: str
    unit: str
    valid_from: date
    active: bool = True
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held by a person: a role, at a unit's desk, in an area, or both."""

    person: str
    role: str
    valid_from: date
    unit: str | None = None
    area: str | None = None
    valid_to: date | None = None

    def post(self, city: str) -> Post:
        """As identity and every service see it."""
        return Post(self.role, city, self.unit, self.area, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class DutyCard:
    """The six fixings of one person in one duty grid; what is empty is missing."""

    duty_grid: str
    valid_from: date
    person: str = ""
    time_band: str = ""
    role: str = ""
    duty: str = ""
    standard: str = ""
    reward_penalty: str = ""
    valid_to: date | None = None


def holds_on(row: Dated, day: date) -> bool:
    """Whether a row holds on a day."""
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def credit_code_fault(code: str) -> str | None:
    """What is wrong with a unified social credit code (GB 32100-2015: weights 3^i mod 31), or None."""
    if len(code) != 18 or any(sign not in _CREDIT_ALPHABET for sign in code):
        return "is not 18 digits and capitals without I, O, S, V, Z"
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    expected = _CREDIT_ALPHABET[-total % 31]
    return None if code[17] == expected else f"has the check digit {code[17]}, {expected} expected"


class Bureaus:
    """Every bureau of an installation and how they roll up; isolation is the rule, a roll-up is asked for."""

    def __init__(self, bureaus: Iterable[Bureau]) -> None:
        """Raises `Invalid` when a parent is unknown or bureaus stand in a ring."""
        self._by_city: Mapping[str, Bureau] = {bureau.city: bureau for bureau in bureaus}
        self._children: dict[str, list[str]] = {}
        errors = []
        for bureau in self._by_city.values():
            if bureau.parent_city is None:
                continue
            self._children.setdefault(bureau.parent_city, []).append(bureau.city)
            if bureau.parent_city not in self._by_city:
                errors.append({"row": bureau.city, "field": "parent_city", "why": "is no bureau here"})
            elif bureau.city in self._above(bureau.parent_city):
                errors.append({"row": bureau.city, "field": "parent_city", "why": "leads back to itself"})
        if errors:
            raise Invalid("the bureaus do not roll up", errors=errors)

    def _above(self, city: str) -> list[str]:
        seen: list[str] = []
        up: str | None = city
        while up is not None and up not in seen and up in self._by_city:
            seen.append(up)
            up = self._by_city[up].parent_city
        return seen

    def bureau(self, city: str) -> Bureau:
        """The bureau of a code; raises `NotFound`."""
        if city not in self._by_city:
            raise NotFound(f"no bureau {city}", city=city)
        return self._by_city[city]

    @property
    def cities(self) -> tuple[str, ...]:
        """The codes of all bureaus, in order."""
        return tuple(sorted(self._by_city))

    def descendants(self, city: str) -> tuple[str, ...]:
        """The bureau and every bureau below it, from the top down, by code within a level."""
        found = [self.bureau(city).city]
        for above in found:
            found += sorted(self._children.get(above, ()))
        return tuple(found)
