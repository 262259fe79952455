"""`calendars`: which there are, a new year's holidays, and a calculator of deadlines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from xiuhua.city.calendars import overview, service
from xiuhua.city.calendars.limits import KINDS, epoch, moment, thousandths
from xiuhua.city.calendars.service import By
from xiuhua.city.calendars.web_forms import CalendarOut, HolidayImportOut
from xiuhua.cli.output import desk, options

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def calendars() -> None:
    """Calendars, holidays and deadlines."""


@calendars.command("list")
@options
def list_calendars(city: str | None, as_json: bool) -> None:
    """List the calendars and the roles that follow them."""
    with desk(city, as_json) as here, here.reading() as data:
        lines = overview.calendars(data.tx, here.city)
    here.out.json([CalendarOut.model_validate(one) for one in lines])
    here.out.table(
        ("code", "name", "zone", "announced", "roles"),
        [
            (one.code, one.name, one.zone, one.announced_through if one.follows_holidays else "", ", ".join(one.roles))
            for one in lines
        ],
    )


@calendars.command()
@click.argument("file", type=_FILE)
@click.option("--announced", type=int, multiple=True, help="Year that is official now; default: with ten days off.")
@click.option("--replace", is_flag=True, help="Days of these years that FILE does not hold are withdrawn.")
@options
def holidays(file: Path, announced: tuple[int, ...], replace: bool, city: str | None, as_json: bool) -> None:
    """Take over an official arrangement from FILE (CSV: date, kind, name), wholly or not at all (exit code 1)."""
    with desk(city, as_json) as here, here.writing() as data:
        done = service.import_holidays(
            data.tx, here.city, file, announced=announced, replace=replace, by=By(here.actor.id)
        )
    out = here.out
    out.json(HolidayImportOut.of(done))
    out.table(("row", "field", "why"), [(one["row"], one["field"], one["why"]) for one in done.warnings])
    out.say(
        "holidays_imported", new=done.new, changed=done.changed, unchanged=done.unchanged,
        withdrawn=done.withdrawn, through=done.announced_through,
    )  # fmt: skip
    if done.new or done.changed or done.withdrawn or done.announced:
        out.say("recompute_next")


@calendars.command()
@click.argument("start")
@click.argument("amount")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--role", help="Role whose calendar counts.")
@click.option("--calendar", "code", help="Calendar that counts.")
@options
def deadline(
    start: str, amount: str, kind: str, role: str | None, code: str | None, city: str | None, as_json: bool
) -> None:
    """Tell when a limit of AMOUNT KIND that starts at START is over, e.g. `2026-09-30T16:00 4 work_hour`.

    START without an offset is on the bureau's own clock. Without --role or --calendar the handler's counts.
    """
    if role is not None and code is not None:
        raise click.UsageError("name either --role or --calendar")
    try:
        begin = datetime.fromisoformat(start)
    except ValueError:
        raise click.BadParameter(f"{start!r} is no moment like 2026-09-30T16:00", param_hint="START") from None
    with desk(city, as_json) as here, here.reading() as data:
        zone, known = data.zone, data.calendars
    calendar = known.of(code) if code is not None else known.of_role(role or "handler")
    begin = begin.replace(tzinfo=begin.tzinfo or zone)
    due, provisional = calendar.deadline_one(epoch(begin.astimezone(UTC)), thousandths(amount), kind)
    local = moment(due).astimezone(zone)
    here.out.json({"due": local, "provisional": provisional, "calendar": calendar.code, "digest": calendar.digest})
    here.out.say("due", due=f"{local:%Y-%m-%d %H:%M:%S}", calendar=calendar.code)
    if provisional:
        here.out.say("provisional", year=local.year)
