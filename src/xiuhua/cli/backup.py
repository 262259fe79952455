"""`backup`, `restore`, `restored`: copies of everything, and the way back to a moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from xiuhua.cli import context
from xiuhua.operations import backup as backups
from xiuhua.operations import backup_folder
from xiuhua.operations import restore as restoring
from xiuhua.platform.errors import SettingsWrong

_FOLDER: Final = click.Path(file_okay=False, path_type=Path)
_TIME: Final = click.DateTime(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z"])


@click.group()
def backup() -> None:
    """Backups in the folder that XIUHUA_BACKUP names."""


@backup.command("create")
def create() -> None:
    """A full backup now: database, photos, keys; then older ones are removed."""
    with context.services() as services:
        made = backups.create(services.settings, services.database)
    click.echo(f"{made.kept.path}: {made.media} photos copied, {made.removed} older sets removed")


@backup.command("sync")
def sync() -> None:
    """Bring over what is new since the last backup: the log so far, photos, keys."""
    settings = context.settings_of()
    copied = backups.sync(settings)
    backups.switch_log(settings)
    click.echo(f"{copied} photos copied")


@backup.command("verify")
@click.option("--all", "every", is_flag=True, help="Every set, not the newest only.")
def verify(every: bool) -> None:
    """Read backups anew: manifest, log without gaps, keys. Exit code 1 when anything is wrong."""
    wrong = backups.verify(context.settings_of(), every)
    for one in wrong:
        click.echo(one)
    if wrong:
        raise click.exceptions.Exit(1)
    click.echo("the backup is whole")


@backup.command("list")
def list_() -> None:
    """Finished sets, the oldest first."""
    settings = context.settings_of()
    for one in backup_folder.sets(backups.target_of(settings)):
        shown = one.ended_at.astimezone(ZoneInfo(settings.time_zone))
        click.echo(f"{one.path.name}  {one.kind}  from {shown:%Y-%m-%d %H:%M:%S} on  ({one.program})")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", "moment", type=_TIME, help="The moment, in the installation's time zone; default: the last one.")
@click.option("--data", type=_FOLDER, help="The new data folder; needed here or before the command.")
@click.pass_context
def restore(ctx: click.Context, folder: Path, moment: datetime | None, data: Path | None) -> None:
    """Make a NEW data folder of a folder of backups, as everything was at a moment."""
    if data is not None:
        ctx.find_root().params["data"] = data
    if ctx.find_root().params.get("data") is None:
        raise SettingsWrong("Name the new data folder with --data.")
    settings: Any = context.settings_of()
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(settings.time_zone))
    used = restoring.restore(folder.absolute(), settings.data, settings.database_user, moment)
    click.echo(f"restored from {used.path.name} into {settings.data}")
    click.echo("next: xiuhua verify log · xiuhua replay --check · xiuhua doctor, each with this data folder")


@click.command()
def restored() -> None:
    """After a dump was loaded by hand: let transaction numbers go on, so that sealing does."""
    settings = context.settings_of()
    if settings.database_url is not None:
        raise SettingsWrong(
            "The database is a server of your own: its administrator stops it and runs pg_resetwal;"
            " docs/how-to/backup.md tells the numbers."
        )
    moved = restoring.move_ids_on(settings.data, settings.database_user)
    click.echo("moved on" if moved else "nothing to do: the numbers are above those in the log")
