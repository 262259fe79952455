"""A city's reference data compiled for use, kept in memory until it changes: what endpoints and commands read.

Everything is asked for within a transaction, so that an answer fits to the rows read beside it.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from xiuhua.city.areas import service as areas
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.calendars import service as calendars
from xiuhua.city.calendars.model import Calendars
from xiuhua.city.categories import service as categories
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.duties import service as duties
from xiuhua.city.duties.dead import Known
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.survey import known_of
from xiuhua.city.units import service as units
from xiuhua.city.units.directory import Directories, Directory
from xiuhua.platform.database import Tx
from xiuhua.platform.revision import Memory


class CityData:
    """One city as one transaction sees it; each part is loaded when it is first asked for."""

    def __init__(self, tx: Tx, city: str, memory: Memory) -> None:
        """`memory` may be shared with other readers that use the kinds of the rooms (`REVISION`)."""
        self.tx, self.city = tx, city
        self._seen = memory.at(tx, city)
        self._get: Any = partial(self._seen.get, tx, city)

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's time zone; raises `NotFound` for an unknown bureau."""
        zone: ZoneInfo = self._get("zone", units.time_zone)
        return zone

    @property
    def today(self) -> date:
        """The day of the transaction on the bureau's own clock."""
        return self.tx.now.astimezone(self.zone).date()

    def areas(self, on: date | None = None) -> AreaIndex:
        """The areas of a day, today's by default."""
        return areas.index_on(self.tx, self._seen, self.city, on or self.today)

    @property
    def directories(self) -> Directories:
        """Units, people and posts in all their versions."""
        found: Directories = self._get(units.REVISION, units.load_directories)
        return found

    def directory(self, on: date | None = None) -> Directory:
        """Units, people and posts of a day."""
        return self.directories.on(on or self.today)

    def name_of(self, code: str) -> str | None:
        """What a unit, a person or an area of today is called; None: there is none of this code."""
        directory, areas = self.directory(), self.areas()
        found = directory.units.get(code) or directory.people.get(code)
        if found is not None:
            return found.name
        return areas.area(code).name if code in areas else None

    @property
    def catalogue(self) -> Catalogue:
        """Categories, mappings and filing conditions."""
        found: Catalogue = self._get(categories.REVISION, categories.load_catalogue)
        return found

    @property
    def calendars(self) -> Calendars:
        """Calendars, and which role follows which."""
        found: Calendars = self._get(calendars.REVISION, calendars.load_calendars)
        return found

    @property
    def duties(self) -> DutyMatrix:
        """The duty matrix in force."""
        found: DutyMatrix = self._get(duties.REVISION, duties.load_matrix)
        return found

    def matrix(self, draft: str = "") -> DutyMatrix:
        """The matrix in force, or a draft, which is loaded anew each time; raises `NotFound`."""
        return duties.load_matrix(self.tx, self.city, draft) if draft else self.duties

    def known(self, on: date | None = None) -> Known:
        """What a duty row may name on a day."""
        return known_of(self.areas(on), self.catalogue, self.directories)


class CityReader:
    """Gives the data of any city; one for each process, registered by the bootstrap."""

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory or Memory()

    def of(self, tx: Tx, city: str) -> CityData:
        """A city as this transaction sees it."""
        return CityData(tx, city, self._memory)
