"""Who is where on one day: the tree of units, posts and proxies, compiled for look-ups. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiuhua.city.units.model import ORGANISATION_KINDS, Holding, Person, Unit, holds_on
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Post

DESK_ROLE = "unit_officer"


@dataclass(frozen=True, slots=True)
class ActsFor:
    """Why someone may act at the desk of a unit that has none: kept with the act."""

    unit: str
    person: str
    proxy: str
    """The person or unit that the offline unit named."""
    by: str
    """`person` or `unit`."""


class Directory:
    """Units, people and posts of one bureau as they stand on one day."""

    def __init__(
        self,
        city: str,
        day: date,
        units: Iterable[Unit],
        people: Iterable[Person],
        holdings: Iterable[Holding],
    ) -> None:
        """Rows that do not hold on `day` are left out."""
        self.city, self.day = city, day
        self.units: Mapping[str, Unit] = {unit.code: unit for unit in units if holds_on(unit, day)}
        self.people: Mapping[str, Person] = {
            person.code: person for person in people if holds_on(person, day) and person.active
        }
        self._children: dict[str, list[str]] = {}
        for unit in self.units.values():
            if unit.parent is not None:
                self._children.setdefault(unit.parent, []).append(unit.code)
        self._posts: dict[str, list[Post]] = {}
        self._holders: dict[str, dict[str | None, list[tuple[str, str | None]]]] = {}
        for holding in sorted(holdings, key=lambda one: (one.person, one.role, one.unit or "", one.area or "")):
            if holding.person in self.people and holds_on(holding, day):
                self._posts.setdefault(holding.person, []).append(holding.post(city))
                by_area = self._holders.setdefault(holding.role, {})
                by_area.setdefault(holding.area, []).append((holding.person, holding.unit))

    def unit(self, code: str) -> Unit:
        """The unit of a code; raises `NotFound`."""
        if code not in self.units:
            raise NotFound(f"no unit {code} on {self.day}", unit=code)
        return self.units[code]

    def person(self, code: str) -> Person:
        """The active person of a code; raises `NotFound`."""
        if code not in self.people:
            raise NotFound(f"no active person {code} on {self.day}", person=code)
        return self.people[code]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The unit itself and every unit above it, from the bottom up; empty when it is unknown."""
        found: list[str] = []
        up: str | None = code
        while up is not None and up in self.units and up not in found:
            found.append(up)
            up = self.units[up].parent
        return tuple(found)

    def descendants(self, code: str) -> tuple[str, ...]:
        """The unit itself and every unit below it, from the top down; empty when it is unknown."""
        found = [code] if code in self.units else []
        seen = set(found)
        for above in found:
            below = [child for child in sorted(self._children.get(above, ())) if child not in seen]
            seen.update(below)
            found += below
        return tuple(found)

    def is_within(self, unit: str, ancestor: str) -> bool:
        """Whether a unit is another, or stands below it."""
        return ancestor in self.ancestors(unit)

    def organisation_of(self, unit: str) -> str:
        """The code under which units count as the same organisation.

        Given by the nearest unit upwards that names one; else the top-most contractor or department of the
        line; else the top-most unit below the bureau; else the unit itself.
        """
        line = [self.units[code] for code in self.ancestors(unit)]
        for one in line:
            if one.organisation is not None:
                return one.organisation
        for one in reversed(line):
            if one.kind in ORGANISATION_KINDS:
                return one.code
        below = [one.code for one in line if one.kind != "bureau"]
        return below[-1] if below else unit

    def same_organisation(self, unit: str, other: str) -> bool:
        """Whether a check by one of what the other handled would be a check of its own work."""
        return self.organisation_of(unit) == self.organisation_of(other)

    def posts_of(self, person: str) -> tuple[Post, ...]:
        """Every post an active person holds on the day."""
        return tuple(self._posts.get(person, ()))

    def holders(self, role: str, scopes: Sequence[str] = (), unit: str | None = None) -> tuple[str, ...]:
        """People in a role: those of the first scopes first, those of the whole city last, by code.

        A post without an area covers the city; one with an area only what lies in it, told by `scopes` (the
        area codes of a place, the most specific first). With `unit`, only posts at that very unit.
        """
        by_area = self._holders.get(role, {})
        found: dict[str, None] = {}
        for area in (*scopes, None):
            for person, at_unit in by_area.get(area, ()):
                if unit is None or at_unit == unit:
                    found[person] = None
        return tuple(found)

    def desk_of(self, unit: str) -> str:
        """Where what is sent to a unit lands: the unit itself, or along its proxies the unit or person."""
        seen = {unit}
        while (known := self.units.get(unit)) is not None and known.desk == "offline" and known.proxy:
            if known.proxy in seen:
                break
            unit = known.proxy
            seen.add(unit)
        return unit

    def acts_for(self, post: Post, unit: str, person: str | None = None) -> str | None:
        """`own` when a post is at the unit itself, `proxy` when it (or the person) stands in for it."""
        if post.unit == unit:
            return "own"
        known = self.units.get(unit)
        if known is None or known.desk != "offline":
            return None
        desk = self.desk_of(unit)
        if desk == unit or desk not in (post.unit, person):
            return None
        return "proxy" if desk == person or post.role == DESK_ROLE else None

    def may_act_for(self, person: str, unit: str) -> ActsFor | None:
        """The reason by which an active person acts for an offline unit, for the record; None: may not."""
        known = self.units.get(unit)
        if person not in self.people or known is None or known.proxy is None:
            return None
        for post in self.posts_of(person):
            if self.acts_for(post, unit, person) == "proxy":
                desk = self.desk_of(unit)
                return ActsFor(unit, person, known.proxy, "person" if desk == person else "unit")
        return None


class Directories:
    """Every version of a bureau's units, people and posts; a `Directory` per day, the last few kept."""

    def __init__(
        self,
        city: str,
        units: Sequence[Unit],
        people: Sequence[Person],
        holdings: Sequence[Holding],
        keep: int = 16,
    ) -> None:
        self.city, self.units, self.people, self.holdings = city, units, people, holdings
        self._kept: dict[date, Directory] = {}
        self._keep = keep

    def on(self, day: date) -> Directory:
        """The directory of a (local) day."""
        found = self._kept.get(day)
        if found is None:
            found = Directory(self.city, day, self.units, self.people, self.holdings)
            kept = dict(list(self._kept.items())[-self._keep + 1 :])
            kept[day] = found
            # One assignment, so that threads that share this object never see it half made.
            self._kept = kept
        return found

    def unit_spans(self) -> dict[str, tuple[tuple[date, date | None], ...]]:
        """From when to when each unit stands, by code; for the check of rows that name one."""
        spans: dict[str, list[tuple[date, date | None]]] = {}
        for unit in self.units:
            spans.setdefault(unit.code, []).append((unit.valid_from, unit.valid_to))
        return {code: tuple(sorted(found, key=lambda span: span[0])) for code, found in spans.items()}
