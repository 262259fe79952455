"""`serve`, `work`, `simulate`, `demo`: the processes of an installation, and a city to try it on."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

import click

from xiuhua import bootstrap
from xiuhua.cli import context
from xiuhua.cli.log import seal_now
from xiuhua.http import processes as several
from xiuhua.http import server
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.identity import service as identity
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.simulate import run as simulation
from xiuhua.simulate.demo import accounts_of_the_demo, districts_numbers
from xiuhua.simulate.play import Played
from xiuhua.worker import work as run_worker


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--with-worker/--without-worker", default=True, help="Run timers and seals in this process too.")
@click.option("--processes", type=click.IntRange(1, 64), help="Server processes; one uses one core.")
def serve(host: str | None, port: int | None, with_worker: bool, processes: int | None) -> None:
    """Serve the API over HTTP until stopped; requests under way are finished."""
    with context.services(host=host, port=port, processes=processes) as services:
        _first_administrators(services)
        with _worker(services) if with_worker else _nothing():
            if services.settings.processes > 1:
                _serve_by_several(services.settings)
                return
            sock = server.listening(services.settings.host, services.settings.port)
            click.echo(f"listening on {server.address_of(sock)}")
            server.run(bootstrap.app_of(services), sock)


def _serve_by_several(settings: Settings) -> None:
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    kept = server.bound(settings.host, settings.port, shared=True)
    host, port = kept.getsockname()[:2]

    def ready() -> None:
        click.echo(f"listening on {server.address_of(kept)}")

    several.run(partial(bootstrap.serve_on, settings), host, port, settings.processes, stop, ready)


@click.command()
def work() -> None:
    """Run what the clock does by itself: timers of procedures, seals of the log."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with context.services() as services:
        run_worker(services, stop)


@click.command()
@click.option("--days", type=click.IntRange(1, 400), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--cases-per-day", type=click.IntRange(1, 20_000), default=70, show_default=True)
@click.option("--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: ends today.")
@click.option("--http/--no-http", "over_http", default=True, show_default=True, help="A sample over HTTP as well.")
def simulate(days: int, seed: int, cases_per_day: int, first_day: datetime | None, over_http: bool) -> None:
    """Make the fictional district (once) and play days of its life through the public services."""
    plan = simulation.Plan(days, seed, cases_per_day, first_day.date() if first_day else None, over_http)
    settings = context.settings_of()
    database, clock = _simulated(settings, plan)
    try:
        city, played = _play(database, settings, plan, clock)
        _summary(database, city, plan, played)
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
    plan = simulation.Plan(days, seed, cases_per_day)
    people: list[tuple[str, str, str]] = []
    with bootstrap.opened(settings) as services, services.database.reading() as tx:
        known = tx.execute("select city from bureau order by city limit 1").fetchone()
    if known is None:
        city = _played_anew(settings, plan, people)
    else:
        city = str(known.city)
        with bootstrap.opened(settings) as services:
            _figures(services.database, city, "the data folder holds")
    click.echo(f"ready after {time.monotonic() - begun:.1f} s")
    if not once:
        _serve_the_demo(settings, city, people)


def _played_anew(settings: Settings, plan: simulation.Plan, people: list[tuple[str, str, str]]) -> str:
    """Make the district, give its people their passwords, play; gives its code."""
    database, clock = _simulated(settings, plan)
    try:
        city, played = _play(
            database, settings, plan, clock, lambda found, city: people.extend(accounts_of_the_demo(found, city))
        )
        _summary(database, city, plan, played)
        seal_now(bootstrap.services_of(database, settings))
    finally:
        database.close()
    return city


def _serve_the_demo(settings: Settings, city: str, people: list[tuple[str, str, str]]) -> None:
    with bootstrap.opened(settings) as services, _worker(services):
        sock = server.listening(settings.host, settings.port)
        address = server.address_of(sock)
        click.echo(f"\nAPI       {address}/api   (description: {address}/api/openapi.json)")
        click.echo("sign in as one of these (passwords are shown this once):")
        for role, name, password in people or accounts_of_the_demo(services, city):
            click.echo(f"  {role:<16} {name:<20} {password}")
        click.echo(f'try: curl -s -c jar -H "X-Requested-With: x" {address}/api/session --json \'{{"name": …}}\'')
        click.echo("     xiuhua duties check · xiuhua case list · xiuhua verify log · xiuhua replay --check")
        click.echo("stop with Ctrl-C")
        server.run(bootstrap.app_of(services), sock)


def _simulated(settings: Settings, plan: simulation.Plan) -> tuple[Database, SimulatedClock]:
    """The database on a clock that stands at the beginning of the play."""
    start = simulation.start_of(plan, settings, datetime.now(UTC))
    clock = SimulatedClock(start, plan.seed)
    return open_database(settings, clock=clock), clock


def _play(
    database: Database, settings: Settings, plan: simulation.Plan, clock: SimulatedClock,
    before: Callable[[Services, str], None] | None = None,
) -> tuple[str, Played]:  # fmt: skip
    if not sys.stderr.isatty():
        return simulation.simulate(database, settings, plan, clock, before=before)
    with click.progressbar(length=plan.days, label="playing days", file=sys.stderr) as bar:
        return simulation.simulate(database, settings, plan, clock, lambda _: bar.update(1), before)


def _summary(database: Database, city: str, plan: simulation.Plan, played: Played) -> None:
    _figures(database, city, f"played {plan.days} days:")
    total = sum(played.actions.values())
    click.echo(
        f"{total:,} actions of {len(played.actions)} kinds, {played.over_http} of them over HTTP,"
        f" {sum(played.refused.values())} refused"
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


def _first_administrators(services: Services) -> None:
    """Every bureau without an administrator gets one; the password is shown this once."""
    with services.database.transaction() as tx:
        cities = [row.city for row in tx.execute("select city from bureau order by city")]
        for city in cities:
            made = identity.create_first_administrator(tx, city, services.identity.hasher)
            if made is not None:
                click.echo(f"administrator of {city}: {made.name}  {made.password}   (shown this once; change it)")


@contextmanager
def _worker(services: Services) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run_worker, args=(services, stop), name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
