"""Whose inspections a person sees, who puts something right, and who must not look at it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from xiuhua.checks.model import MAKE, READ, RECTIFY
from xiuhua.city.units.directory import Directory
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import roles


class Sight:
    """What one person sees: by posts that bear `inspection.read`, in their areas, and of their units and those below.

    Who inspects and puts nothing right sees what lies in their areas, whichever unit they belong to; everybody sees
    what they inspected.
    """

    def __init__(self, actor: Actor, directory: Directory) -> None:
        self._actor, self._directory = actor, directory
        posts = _posts(actor, READ)
        units = directory.units
        tops = {code for code, unit in units.items() if unit.parent not in units}
        self._areas, self._units, self._all = set[str](), set[str](), False
        for post in posts:
            role = roles()[post.role]
            desk = None if (role.bears(MAKE) and not role.bears(RECTIFY)) or post.unit in tops else post.unit
            if post.area is None and desk is None:
                self._all = True
            elif desk is None:
                self._areas.add(str(post.area))
            else:
                self._units.update(directory.descendants(desk))

    def narrowed(self) -> tuple[list[str], list[str]] | None:
        """The areas and units whose inspections are seen; None: all."""
        return None if self._all else (sorted(self._areas), sorted(self._units))

    def sees(self, data: Mapping[str, Any]) -> bool:
        """Whether an inspection is seen."""
        return self.covers(data.get("unit"), data.get("scopes") or ()) or self._actor.id in data["inspectors"]

    def puts_right(self) -> list[tuple[str, str]]:
        """Areas and units whose inspections this person puts right, in pairs; empty: any."""
        return [
            (post.area or "", unit)
            for post in _posts(self._actor, RECTIFY)
            for unit in (self._directory.descendants(post.unit) if post.unit else ("",))
        ]

    def own(self) -> list[str] | None:
        """The units of this person's organisation, whose work they do not recheck; None: they recheck nothing."""
        if not self._actor.may(MAKE):
            return None
        return [unit for unit in self._directory.units if is_of_same(self._directory, self._actor.id, unit)]

    def covers(self, unit: str | None, scopes: Collection[str]) -> bool:
        """Whether what a unit answers for at a place is seen."""
        return self._all or unit in self._units or not self._areas.isdisjoint(scopes)


def puts_right(actor: Actor, directory: Directory, data: Mapping[str, Any]) -> bool:
    """Whether a person puts right what the unit of an inspection answers for: at its desk or one above it."""
    around, desks = set(data.get("scopes") or ()), set(directory.ancestors(data.get("unit") or ""))
    return any(
        (post.area is None or post.area in around) and (post.unit is None or post.unit in desks)
        for post in _posts(actor, RECTIFY)
    )


def organisation(directory: Directory, person: str) -> str | None:
    """The organisation that a person belongs to; None: none."""
    found = directory.people.get(person)
    return directory.organisation_of(found.unit) if found is not None and found.unit else None


def is_of_same(directory: Directory, person: str, unit: str | None) -> bool:
    """Whether a person belongs to the organisation of a unit."""
    mine = organisation(directory, person)
    return mine is not None and unit is not None and mine == directory.organisation_of(unit)


def is_of_unit(directory: Directory, person: str, unit: str | None) -> bool:
    """Whether a person belongs to a unit or one below it."""
    found = directory.people.get(person)
    return bool(found is not None and found.unit and unit and directory.is_within(found.unit, unit))


def _posts(actor: Actor, permission: str) -> list[Post]:
    known = roles()
    return [
        post
        for post in actor.posts
        if post.city == actor.city and post.role in known and known[post.role].bears(permission)
        if actor.may(permission)
    ]
