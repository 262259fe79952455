"""Makes the fictional district in a database and plays days of its life; what `simulate` and `demo` do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from xiuhua import bootstrap
from xiuhua.http.server import running
from xiuhua.loop.service import Loop
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.identity.model import system
from xiuhua.platform.media.service import Store
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate import pictures
from xiuhua.simulate.over_http import OverHttp
from xiuhua.simulate.play import Play, Played

VALID_FROM = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play."""

    days: int = 14
    seed: int = 1
    cases_per_day: int = 70
    first_day: date | None = None
    """Default: so that the last day ends today."""
    over_http: bool = True


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


def start_of(plan: Plan, settings: Settings, now: datetime) -> datetime:
    """The midnight the play begins at, in the installation's time zone."""
    zone = bootstrap.zone_of(settings)
    first = plan.first_day or now.astimezone(zone).date() - timedelta(days=plan.days)
    return datetime.combine(first, time(0), zone)


def simulate(
    database: Database, settings: Settings, plan: Plan, clock: SimulatedClock,
    progress: Callable[[int], None] | None = None, before: Callable[[Services, str], None] | None = None,
) -> tuple[str, Played]:  # fmt: skip
    """Make the district where it is missing, and play; gives its code and what was done.

    `database` must run on `clock`; `before` is called when the district is there, before the play.
    """
    services = bootstrap.services_of(database, settings)
    with database.transaction() as tx:
        known = tx.execute("select city from bureau where city = %s", (_code(),)).fetchone()
        city = known.city if known else simulated_city.make(tx, plan.seed, VALID_FROM)
        photos = pictures.put(tx, services.port(Store), system(city))
        zone = services.port(Loop).view(tx, city).zone
    if before is not None:
        before(services, city)
    play = Play(database, services.port(Loop), city, clock, plan.seed, plan.cases_per_day, photos, zone)
    if not plan.over_http:
        return city, play.run(plan.days, progress)
    with running(bootstrap.app_of(services)) as address:
        client = OverHttp(database, services.identity, city, address)
        play.over_http = client
        try:
            return city, play.run(plan.days, progress)
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
