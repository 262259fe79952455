"""Makes the fictional district in a database and plays days of its life; what `simulate` and `demo` do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from xiuhua import bootstrap
from xiuhua.http.server import running
from xiuhua.loop.service import Loop
from xiuhua.packs.common import Title
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.identity.model import system
from xiuhua.platform.media.service import Store
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate import pictures
from xiuhua.simulate.lines.town import Town
from xiuhua.simulate.over_http import OverHttp
from xiuhua.simulate.play import Play, Played
from xiuhua.simulate.profile import Profile

VALID_FROM = date(2024, 1, 1)


def plain(
    days: int, seed: int, cases_per_day: int, first_day: date, *, over_http: bool = True, lines: bool = False
) -> Profile:
    """The profile of ordinary days."""
    return Profile(
        title=Title(zh=str(days), en=str(days)), first_day=first_day.isoformat(), days=days,
        cases=days * cases_per_day, seed=seed, over_http=over_http, lines=lines,
    )  # fmt: skip


def changed(profile: Profile, changes: Mapping[str, Any], cases_per_day: int | None) -> Profile:
    """A profile with what is not None changed; fewer days have their part of its cases."""
    given = {name: value for name, value in changes.items() if value is not None}
    days = given.get("days", profile.days)
    cases = days * cases_per_day if cases_per_day else max(1, profile.cases * days // profile.days)
    return profile.model_copy(update={**given, "cases": cases})


def ending_today(settings: Settings, days: int) -> date:
    """The first of so many days, the last of which was yesterday, in the installation's time zone."""
    return datetime.now(UTC).astimezone(bootstrap.zone_of(settings)).date() - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a summary of the loop says."""

    reports: int
    cases: int
    closed: int
    handed_back: int
    on_time: int
    more_legs: int
    late_now: int


def start_of(profile: Profile, settings: Settings) -> datetime:
    """The midnight the play begins at, in the installation's time zone."""
    return datetime.combine(date.fromisoformat(profile.first_day), time(0), bootstrap.zone_of(settings))


def simulate(
    database: Database, settings: Settings, profile: Profile, clock: SimulatedClock,
    progress: Callable[[int], None] | None = None, before: Callable[[Services, str], None] | None = None,
) -> tuple[str, Played]:  # fmt: skip
    """Make the district where it is missing, and play; gives its code and what was done.

    `database` must run on `clock`; `before` is called when the district is there, before the play.
    """
    services = bootstrap.services_of(database, settings)
    with database.transaction() as tx:
        known = tx.execute("select city from bureau where city = %s", (_code(),)).fetchone()
        city = known.city if known else simulated_city.make(tx, profile.seed, VALID_FROM)
        photos = pictures.put(tx, services.port(Store), system(city))
        zone = services.port(Loop).view(tx, city).zone
    if before is not None:
        before(services, city)
    play = Play(database, services.port(Loop), city, clock, profile, photos, zone)
    if profile.lines:
        play.beside = town = Town(services, city, zone, profile, photos)
        play.played.lines, play.played.refused = town.world.done, town.world.refused
    if not profile.over_http:
        return city, play.run(progress)
    with running(bootstrap.app_of(services)) as address:
        client = OverHttp(database, services.identity, city, address)
        play.over_http = client
        try:
            return city, play.run(progress)
        finally:
            client.close()


def _code() -> str:
    return str(simulated_city.words()["bureau"]["city"])


def figures(database: Database, city: str) -> Figures:
    """The loop's figures of a city, from its projections."""
    sql = queries("xiuhua.loop")
    with database.reading() as tx:
        [row] = tx.execute(sql["loop_figures"], {"city": city, "now": tx.now}).fetchall()
        counts = tx.execute(sql["report_count"], {"city": city}).fetchall()
    return Figures(
        sum(one.number for one in counts), row.cases, row.closed, row.handed_back, row.on_time, row.more_legs,
        row.late_now,
    )  # fmt: skip
