"""What all lines of business of the fictional district share: the moment, people, places, things, the agenda."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from xiuhua.checks.sight import is_of_same
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.services import Services
from xiuhua.records import query
from xiuhua.records.model import unit as unit_of
from xiuhua.records.query import RecordFilter
from xiuhua.records.service import Records
from xiuhua.simulate import posts
from xiuhua.simulate.agenda import Agenda
from xiuhua.simulate.city import words
from xiuhua.simulate.lines import drawing
from xiuhua.simulate.lines.manners import Manners, What
from xiuhua.simulate.lines.shape import Span, When
from xiuhua.simulate.words import read

_FAR = 0.0006
"""Degrees from the middle of a grid."""
_PAGE = 1000
_REST = {"day": 0, "week": 7, "month": 30}
"""Days in which what comes round so often comes once."""


@dataclass(slots=True)
class Thing:
    """A record as the play knows it."""

    register: str
    id: str
    key: str
    unit: str | None
    """That answers for it."""
    state: str
    data: Mapping[str, Any]


class World:
    """The district for one play. Before each transaction it is turned to it (`turn_to`)."""

    tx: Tx
    view: CityView

    def __init__(
        self, services: Services, city: str, zone: ZoneInfo, seed: int, photos: Mapping[str, str], manners: Manners
    ) -> None:
        self.services, self.city, self.zone, self.seed = services, city, zone, seed
        self.chance = Random(f"{seed} lines")
        self.agenda = Agenda()
        self.things: dict[str, dict[str, Thing]] = {}
        self.fresh = False
        """Whether the lines begin with this play."""
        self.done: Counter[str] = Counter()
        """What was done, by what it is called in the log of the play."""
        self.refused: Counter[str] = Counter()
        self._photos, self._manners = photos, manners

    def turn_to(self, tx: Tx) -> None:
        """From now on everything is done in this transaction."""
        self.tx, self.view = tx, self.services.port(Loop).view(tx, self.city)

    # ---- time

    @property
    def day(self) -> date:
        """Today in the district."""
        return self.tx.now.astimezone(self.zone).date()

    @property
    def now(self) -> int:
        """Epoch seconds."""
        return int(self.tx.now.timestamp())

    def plan(self, at: int, do: Callable[[], None]) -> None:
        """Something will be tried: what the platform refuses is counted."""
        self.agenda.plan(at, lambda: self.tried(do))

    def tried(self, do: Callable[[], None]) -> None:
        """Do it; when it is refused nothing of it stays."""
        try:
            with self.tx.connection.transaction():
                do()
        except XiuhuaError as error:
            self.refuse(error)

    def refuse(self, error: XiuhuaError, what: str = "") -> None:
        """Count what the platform refused."""
        self.refused[f"{what}: {error.code()} {error.detail} {error.params.get('errors', '')}"] += 1

    def at(self, hour: int, minute: int = 0, days: int = 0) -> int:
        """A moment of today, or of a day to come."""
        day = datetime.combine(self.day + timedelta(days=days), time(hour, minute), self.zone)
        return int(day.timestamp())

    def within(self, hours: Span, days: int = 0) -> int:
        """A moment between two hours of today, or of a day to come; not before now."""
        at = self.at(0, days=days) + self.chance.randrange(hours[0] * 3600, hours[1] * 3600)
        return max(at, self.now)

    def after(self, role: str, seconds: int) -> int:
        """The moment after so many seconds of work of a role."""
        return int(self.view.calendars.of_role(role).add_worked_one(self.now, seconds))

    def falls_on(self, when: When, nth: int) -> bool:
        """Whether something comes round today, the nth day of the play."""
        day = self.day
        if self.fresh and when.first is not None and nth < when.first + _REST[when.every] // (len(when.on) + 1):
            return nth == when.first
        if when.months and day.month not in when.months:
            return False
        number = {"day": 1, "week": day.isoweekday(), "month": day.day}[when.every]
        return when.every == "day" or number in when.on

    def times(self, when: When) -> int:
        """How often it does."""
        return self.chance.randint(*when.times)

    # ---- people

    def actor(self, person: str) -> Actor:
        """A person with all their posts."""
        return posts.actor(self.view, person)

    def anyone(self, role: str, unit: str | None = None, scopes: Sequence[str] = ()) -> Actor | None:
        """Somebody in a role, at the desk of a unit or in an area."""
        found = posts.holders(self.view.directory, role, unit, scopes)
        return self.actor(self.chance.choice(found)) if found else None

    def officer(self, unit: str | None) -> Actor | None:
        """Who sits at the desk of a unit, or above it."""
        found = posts.officer(self.view.directory, unit) if unit else None
        return self.actor(found) if found else None

    def outsider(self, roles: Sequence[str], unit: str | None) -> Actor | None:
        """Somebody in one of some roles who does not belong to the organisation of a unit."""
        directory = self.view.directory
        found = [one for role in roles for one in directory.holders(role) if not is_of_same(directory, one, unit)]
        return self.actor(self.chance.choice(found)) if found else None

    def happens(self, who: str | None, what: What) -> bool:
        """Whether what a unit or a person is prone to happens this time."""
        return self.likely(self.percent(who, what))

    def likely(self, percent: int) -> bool:
        """Whether something of so many percent happens."""
        return self.chance.random() * 100 < percent

    def percent(self, who: str | None, what: What) -> int:
        """How prone a unit or a person is."""
        return self._manners.percent(self.view, who, what)

    # ---- things

    def learn(self, register: str) -> None:
        """Read all records of a register."""
        declared = self.services.port(Records).register(self.tx, self.city, register)
        after: str | None = None
        self.things.setdefault(register, {})
        while rows := query.page(self.tx, self.city, declared, RecordFilter(), None, after, _PAGE):
            after = rows[-1].key
            for row in rows:
                self.note(orjson.loads(row.doc))

    def note(self, state: State) -> Thing:
        """A record as it has become."""
        register, data = state["procedure"], state["data"]
        declared = self.services.port(Records).register(self.tx, self.city, register).register
        made = Thing(register, state["id"], state["number"], unit_of(declared, data), state["state"], data)
        self.things.setdefault(register, {})[made.key] = made
        return made

    def some(self, register: str) -> Thing | None:
        """Some record of a register."""
        found = self.things.get(register)
        return self.chance.choice(list(found.values())) if found else None

    # ---- what values are drawn from (`drawing.Around`)

    def key(self, register: str) -> str | None:
        """The key of some record."""
        found = self.some(register)
        return found.key if found is not None else None

    def area(self, kind: str) -> str:
        """The code of some area."""
        return str(self.chance.choice([one.code for one in self.view.areas.areas(kind)]))

    def point(self) -> tuple[float, float]:
        """Some place in the district."""
        areas = self.view.areas
        return self.near(areas.area(self.chance.choice(areas.grid_codes)).point())

    def near(self, point: tuple[float, float]) -> tuple[float, float]:
        """A place near another."""
        lon, lat = point
        east, north = self.chance.uniform(-_FAR, _FAR), self.chance.uniform(-_FAR, _FAR)
        return round(lon + east, 6), round(lat + north, 6)

    def person(self, role: str) -> str:
        """Somebody in a role."""
        return str(self.chance.choice(self.view.directory.holders(role)))

    def photo(self, shows: str) -> str:
        """The photo that shows something."""
        return self._photos[shows]

    def named(self) -> str:
        """A name of a person."""
        told = words()
        return str(self.chance.choice(told["surnames"]) + self.chance.choice(told["given"]))

    def drawn(self, value: Any, **names: Any) -> Any:
        """A value as it is this time."""
        return drawing.drawn(value, self, {"own": {}, **names})

    def fields(self, values: Mapping[str, Any], **names: Any) -> dict[str, Any]:
        """Several by name; those that come to nothing are left out."""
        return drawing.fields(values, self, {"own": {}, **names})

    def words(self, what: str) -> str:
        """What somebody writes."""
        return str(self.chance.choice(read("lines/words.yaml")[what]))
