"""`export`: lists as files, from the shell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from xiuhua.cli import context, language
from xiuhua.loop.lists import export as lists
from xiuhua.loop.lists.model import Kind, ListFilter
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.scope import Sight
from xiuhua.loop.service import Loop
from xiuhua.platform import sheets
from xiuhua.platform.identity.model import system


@click.group()
def export() -> None:
    """Lists as files: cases, reports."""


_FILE = click.Path(dir_okay=False, path_type=Path)


def _options(command: Any) -> Any:
    moment = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])
    for option in (
        click.option("--out", type=_FILE, required=True, help="The file; .csv or .xlsx."),
        click.option("--state", multiple=True, help="Only these states."),
        click.option("--category", multiple=True, help="Only these categories."),
        click.option("--area", help="Only what lies in this area."),
        click.option("--tag", multiple=True, help="Only with all of these tags."),
        click.option("--from", "opened_from", type=moment, help="Opened at this day or moment or later."),
        click.option("--to", "opened_to", type=moment, help="Opened before this day or moment."),
    ):  # fmt: skip
        command = option(command)
    return context.city_option(command)


@export.command("cases")
@_options
@click.option("--unit", multiple=True, help="Only these lead units.")
@click.pass_context
def export_cases(ctx: click.Context, /, out: Path, city: str | None, **given: Any) -> None:
    """Cases with codes, titles and every time stamp, on the bureau's clock."""
    _write(ctx, "case", out, city, given)


@export.command("reports")
@_options
@click.pass_context
def export_reports(ctx: click.Context, /, out: Path, city: str | None, **given: Any) -> None:
    """Reports without what reporters wrote; texts go out over HTTP only, where it is known who takes them."""
    _write(ctx, "report", out, city, given)


def _write(ctx: click.Context, kind: Kind, out: Path, city: str | None, given: dict[str, Any]) -> None:
    form: sheets.Format = "xlsx" if out.suffix.lower() == ".xlsx" else "csv"
    with context.services() as services:
        chosen = context.city_of(services, city)
        loop = services.port(Loop)
        with services.database.transaction() as tx:
            zone = loop.view(tx, chosen).zone
            for name in ("opened_from", "opened_to"):
                given[name] = given[name] and given[name].replace(tzinfo=zone)
            wanted = Wanted(chosen, kind, ListFilter(**given), Sight(True), tx.now)
            most = services.settings.export_max_rows
            made = lists.table(tx, loop, system(chosen), wanted, language(ctx), most)
            with sheets.written(form, made.heads, made.rows) as file, out.open("wb") as target:
                shutil.copyfileobj(file, target)
    click.echo(f"written {out}")
