"""A case sent to a unit on the last afternoon of 2026: its deadline lies in a year not announced yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.acceptance.installation import STREET_CLEANING, Installation

from xiuhua.city.calendars.service import import_holidays
from xiuhua.flow.model import Attempt
from xiuhua.loop.model import PlaceIn, ReportIn
from xiuhua.platform.eventlog import Event, read
from xiuhua.platform.identity.model import Actor, Post, system

ZONE = ZoneInfo("Asia/Shanghai")
LAST_DAY = datetime(2026, 12, 31, 16, 0, tzinfo=ZONE)
CONDITION = "example-2024/matter/0110/1"
"""Four work hours."""
UNITS = ("sanitation", "roads")
YEAR_2027 = [{"date": date(2027, 1, n), "kind": "holiday", "name": "元旦"} for n in range(1, 4)] + [
    {"date": date(2027, 10, n), "kind": "holiday", "name": "国庆节"} for n in range(1, 8)
]


@dataclass(frozen=True)
class Dispatched:
    """The case."""

    town: Installation
    id: str

    def act(self, action: str, **fields: Any) -> None:
        """Do something as somebody who holds every post for it."""
        act(self.town, "case", self.id, action, fields)

    def due(self) -> str:
        """The deadline of handling on the bureau's clock, in the case's own row."""
        with self.town.database.reading() as tx:
            row = tx.execute("select due from city_case where id = %s", (self.id,)).fetchone()
        return f"{row.due.astimezone(ZONE):%Y-%m-%d %H:%M}"

    def inbox_due(self) -> datetime:
        """By when it is waited for, in the inbox of its unit."""
        with self.town.database.reading() as tx:
            found = tx.execute("select min(due) as due from task where subject = %s", (self.id,)).fetchone().due
        return datetime.fromtimestamp(found.timestamp(), UTC)

    def events(self) -> list[Event]:
        """Its stream."""
        with self.town.database.reading() as tx:
            return read(tx, self.town.city, f"case/{self.id}")


def act(town: Installation, kind: str, id_: str, action: str, fields: Mapping[str, Any]) -> None:
    """One action by a person of many posts."""
    posts = [Post(role, town.city) for role in ("intake_officer", "shift_leader", "dispatcher", "supervisor")]
    posts += [Post("unit_officer", town.city, unit) for unit in UNITS]
    person = Actor(f"one-to-{action}", town.city, posts=tuple(posts))  # nobody approves what they asked for
    with town.database.transaction() as tx:
        town.loop.act(tx, kind, id_, Attempt(action, fields, "a reason"), person)


def dispatched(town: Installation, unit: str = "sanitation", number: str = "1") -> Dispatched:
    """Reported, accepted, filed and sent to a unit, all at the moment of the clock."""
    place = PlaceIn(lon=105.31, lat=29.11)
    report = ReportIn("hotline_12345", f"case-{number}", "路边有垃圾", place=place)
    with town.database.transaction() as tx:
        [receipt] = town.loop.submit(tx, town.city, [report], system(town.city))
    assert receipt.id is not None
    act(town, "report", receipt.id, "accept", {"category": STREET_CLEANING})
    case = Dispatched(town, town.state("report", receipt.id)["data"]["case"])
    case.act("file", filing_condition=CONDITION)
    case.act("dispatch", unit=unit)
    return case


def announce_2027(town: Installation) -> None:
    """The State Council's arrangement, as far as these tests need it."""
    with town.database.transaction() as tx:
        import_holidays(tx, town.city, YEAR_2027)
