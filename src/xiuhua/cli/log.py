"""`verify log` and `replay`: whether the log is whole, and whether everything stands as it says."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from xiuhua.checks import replay as checks_replay
from xiuhua.cli import context
from xiuhua.documents import replay as documents_replay
from xiuhua.loop import replay as loop_replay
from xiuhua.plans import replay as plans_replay
from xiuhua.platform import keys, seals
from xiuhua.platform.services import Services
from xiuhua.platform.verify import verify_log
from xiuhua.proceedings import replay as proceedings_replay
from xiuhua.records import replay as records_replay
from xiuhua.records.ledgers import replay as ledgers_replay
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.records.service import Records
from xiuhua.rules import replay as rules_replay

_ROOMS: Final = (proceedings_replay, checks_replay, documents_replay, plans_replay, rules_replay)


@click.group()
def verify() -> None:
    """Verify what is kept."""


@verify.command("log")
@context.city_option
def verify_the_log(city: str | None) -> None:
    """Recompute every chain and seal of the event log; exit 1 at the first break."""
    with context.services() as services:
        folder = keys_folder(services)
        known = keys.public_keys(folder)
        begun = time.monotonic()
        with services.database.reading() as tx:
            report = verify_log(tx, city, known, witness_of(folder).known())
        seconds = max(time.monotonic() - begun, 1e-9)
    click.echo(
        f"{report.events:,} events in {report.streams:,} streams, {report.seals} seals, {report.unsealed:,} not sealed"
        f" yet; {seconds:.1f} s ({report.events / seconds:,.0f} events/s)"
    )
    click.echo("the log verifies" if report.broken is None else f"broken: {report.broken}")
    if report.broken is not None:
        raise click.exceptions.Exit(1)


@verify.command("seal")
def seal_command() -> None:
    """Seal every city's log as it stands now, as the worker does at intervals."""
    with context.services() as services:
        made = seal_now(services)
    for city, number in made.items():
        click.echo(f"{city}: {number} seals made")


def keys_folder(services: Services) -> Path:
    """Where the key of the seals lies: outside the database, so that who can write there cannot seal."""
    return services.settings.data / "keys"


def witness_of(folder: Path) -> keys.Witness:
    """What was sealed last, as written down beside the key."""
    return keys.Witness(folder / "sealed")


def seal_now(services: Services) -> dict[str, int]:
    """Seal every city's log; how many seals were made by city."""
    folder = keys_folder(services)
    return seals.seal_all(services.database, keys.load_or_create(folder), witness_of(folder))


@click.command()
@click.option("--check", "mode", flag_value="check", default=True, help="Compare, change nothing (the default).")
@click.option("--write", "mode", flag_value="write", help="Write the projections of a city anew.")
@context.city_option
def replay(mode: str, city: str | None) -> None:
    """Rebuild every projection from events alone, those of every room; exit 1 when they differ."""
    with context.services() as services, services.database.transaction(snapshot=True) as tx:
        begun = time.monotonic()
        records, ledgers = services.port(Records), services.port(Ledgers)
        if mode == "write":
            chosen = context.city_of(services, city)
            done = loop_replay.repair(tx, chosen)
            more = [
                records_replay.repair(tx, records, chosen), ledgers_replay.repair(tx, ledgers, chosen),
                *(room.repair(tx, chosen) for room in _ROOMS),
            ]  # fmt: skip
        else:
            done = loop_replay.check(tx, city)
            more = [
                records_replay.check(tx, records, city, done.differs),
                ledgers_replay.check(tx, ledgers, city, done.differs),
                *(room.check(tx, city, done.differs) for room in _ROOMS),
            ]
        done.events += sum(events for events, _ in more)
        done.subjects += sum(subjects for _, subjects in more)
        seconds = time.monotonic() - begun
    click.echo(
        f"{done.events:,} events of {done.subjects:,} reports, cases, records and all else replayed in {seconds:.1f} s"
        f" ({done.events / max(seconds, 1e-9):,.0f} events/s)"
    )
    for table, rows in done.differences.items():
        click.echo(f"{table} differs: {', '.join(rows)}")
    click.echo("projections equal the log" if done.equal else "projections differ from the log")
    if not done.equal:
        raise click.exceptions.Exit(1)
