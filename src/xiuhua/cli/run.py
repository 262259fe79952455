"""`serve` and `work`: the processes of an installation."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

import click

from xiuhua import bootstrap
from xiuhua.cli import context
from xiuhua.http import processes as several
from xiuhua.http import server
from xiuhua.platform import logging
from xiuhua.platform.identity import service as identity
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.worker import work as run_worker


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--with-worker/--without-worker", default=True, help="Run timers and seals in this process too.")
@click.option("--processes", type=click.IntRange(1, 64), help="Server processes; one uses one core.")
def serve(host: str | None, port: int | None, with_worker: bool, processes: int | None) -> None:
    """Serve the API over HTTP until stopped; requests under way are finished."""
    with context.services(host=host, port=port, processes=processes) as services:
        logging.configure(services.settings.log_level)
        _first_administrators(services)
        with worker(services) if with_worker else _nothing():
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
        logging.configure(services.settings.log_level)
        run_worker(services, stop, yielding=True)


def _first_administrators(services: Services) -> None:
    """Every bureau without an administrator gets one; the password is shown this once."""
    with services.database.transaction() as tx:
        cities = [row.city for row in tx.execute("select city from bureau order by city")]
        for city in cities:
            made = identity.create_first_administrator(tx, city, services.identity.hasher)
            if made is not None:
                click.echo(f"administrator of {city}: {made.name}  {made.password}   (shown this once; change it)")


@contextmanager
def worker(services: Services) -> Iterator[None]:
    """The worker in a thread of this process, told to stop and waited for at the end."""
    stop = Event()
    yielding = services.settings.processes > 1
    thread = Thread(target=run_worker, args=(services, stop), kwargs={"yielding": yielding}, name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
