"""`simulate` and `demo`: a city to try everything on; apart from `serve`, which needs none of the simulator."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from xiuhua import bootstrap
from xiuhua.cli import context
from xiuhua.cli.log import seal_now
from xiuhua.cli.run import worker
from xiuhua.http import server
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.simulate import profiles
from xiuhua.simulate import run as simulation
from xiuhua.simulate.demo import accounts_of_the_demo, districts_numbers
from xiuhua.simulate.lines.figures import told as lines_told
from xiuhua.simulate.play import Played
from xiuhua.simulate.profile import Profile


@click.command()
@click.option("--profile", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="What to play, a YAML file; the options beside it change what it says.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 400), help="How many; default: 14, or the profile's.")
@click.option("--seed", type=int, help="Default: 1, or the profile's.")
@click.option("--cases-per-day", type=click.IntRange(1, 20_000), help="Default: 70, or the profile's.")
@click.option("--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: ends today.")
@click.option("--http/--no-http", "over_http", default=None, help="A sample over HTTP as well; default: yes.")
@click.option("--lines/--no-lines", default=None, help="The lines of business as well; default: no, or the profile's.")
@click.option("--check", is_flag=True, help="Only look whether the profile is right.")
def simulate(
    file: Path | None, days: int | None, seed: int | None, cases_per_day: int | None, first_day: datetime | None,
    over_http: bool | None, lines: bool | None, check: bool,
) -> None:  # fmt: skip
    """Make the fictional district (once) and play days of its life through the public services."""
    settings = context.settings_of()
    changes = {
        "days": days, "seed": seed, "over_http": over_http, "lines": lines,
        "first_day": first_day.date().isoformat() if first_day else None,
    }  # fmt: skip
    if file is None:
        first = first_day.date() if first_day else simulation.ending_today(settings, days or 14)
        profile = simulation.plain(
            days or 14, seed or 1, cases_per_day or 70, first, over_http=over_http is not False, lines=bool(lines)
        )
    else:
        profile = simulation.changed(profiles.load(file), changes, cases_per_day)
    if check:
        click.echo(f"{profile.days} days from {profile.first_day}, about {profile.cases:,} cases: nothing is wrong")
        return
    database, clock = _simulated(settings, profile)
    try:
        city, played = _play(database, settings, profile, clock)
        _summary(database, city, profile, played)
        seal_now(bootstrap.services_of(database, settings))
    finally:
        database.close()


@click.command()
@click.option("--once", is_flag=True, help="Print the summary and stop instead of serving.")
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--cases-per-day", type=click.IntRange(1, 500), default=70, show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
def demo(once: bool, days: int, seed: int, cases_per_day: int, port: int | None) -> None:
    """Show the main job running: a fictional district plays some days, then the server stays up to be tried."""
    begun = time.monotonic()
    settings = context.settings_of(port=port)
    profile = simulation.plain(days, seed, cases_per_day, simulation.ending_today(settings, days), lines=True)
    people: list[tuple[str, str, str]] = []
    with bootstrap.opened(settings) as services, services.database.reading() as tx:
        known = tx.execute("select city from bureau order by city limit 1").fetchone()
    if known is None:
        city = _played_anew(settings, profile, people)
    else:
        city = str(known.city)
        with bootstrap.opened(settings) as services:
            _figures(services.database, city, "the data folder holds")
    click.echo(f"ready after {time.monotonic() - begun:.1f} s")
    if not once:
        _serve_the_demo(settings, city, people)


def _played_anew(settings: Settings, profile: Profile, people: list[tuple[str, str, str]]) -> str:
    """Make the district, give its people their passwords, play; gives its code."""
    database, clock = _simulated(settings, profile)

    try:
        city, played = _play(
            database, settings, profile, clock, lambda found, city: people.extend(accounts_of_the_demo(found, city))
        )
        _summary(database, city, profile, played)
        seal_now(bootstrap.services_of(database, settings))
    finally:
        database.close()
    return city


def _serve_the_demo(settings: Settings, city: str, people: list[tuple[str, str, str]]) -> None:
    with bootstrap.opened(settings) as services, worker(services):
        bound = server.listening(settings.host, settings.port)
        address = server.address_of(bound)
        click.echo(f"\nconsole   {address}/         field app {address}/field         public page {address}/report")
        click.echo(f"API       {address}/api   (description: {address}/api/openapi.json)")
        click.echo("sign in as one of these (passwords are shown this once):")
        for role, name, password in people or accounts_of_the_demo(services, city):
            click.echo(f"  {role:<16} {name:<20} {password}")
        click.echo(f'try: curl -s -c jar -H "X-Requested-With: x" {address}/api/session --json \'{{"name": …}}\'')
        click.echo("     xiuhua duties check · xiuhua case list · xiuhua verify log · xiuhua replay --check")
        click.echo("stop with Ctrl-C")
        server.run(bootstrap.app_of(services), bound)


def _simulated(settings: Settings, profile: Profile) -> tuple[Database, SimulatedClock]:
    """The database on a clock that stands at the beginning of the play."""
    start = simulation.start_of(profile, settings)
    clock = SimulatedClock(start, profile.seed)
    return open_database(settings, clock=clock), clock


def _play(
    database: Database, settings: Settings, profile: Profile, clock: SimulatedClock,
    before: Callable[[Services, str], None] | None = None,
) -> tuple[str, Played]:  # fmt: skip
    if not sys.stderr.isatty():
        return simulation.simulate(database, settings, profile, clock, before=before)
    with click.progressbar(length=profile.days, label="playing days", file=sys.stderr) as bar:
        return simulation.simulate(database, settings, profile, clock, lambda _: bar.update(1), before)


def _summary(database: Database, city: str, profile: Profile, played: Played) -> None:
    _figures(database, city, f"played {profile.days} days:")
    done = played.actions + played.lines
    click.echo(
        f"{done.total():,} actions of {len(done)} kinds, {played.over_http} of them over HTTP,"
        f" {sum(played.refused.values())} refused; {played.rejected} reports not taken in"
    )


def _figures(database: Database, city: str, said: str) -> None:
    for line in districts_numbers(database, city):
        click.echo(line)
    found = simulation.figures(database, city)
    on_time = f"{found.on_time / found.handed_back:.2%}" if found.handed_back else "—"
    click.echo(
        f"{said} {found.reports:,} reports → {found.cases:,} cases; {found.closed:,} closed;"
        f" handled on time {on_time} ({found.on_time}/{found.handed_back}); {found.more_legs} with more than one leg;"
        f" {found.late_now} late now"
    )
    for line in lines_told(database, city):
        click.echo(line)
