"""What `registers import` and `ledgers import` have in common: one table brought in, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from xiuhua import bootstrap
from xiuhua.city.areas.datum import DATUMS
from xiuhua.cli.output import Desk, Output, desk, options
from xiuhua.platform import garbage
from xiuhua.platform.helpers import fitting, helpers
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports import taking as tables
from xiuhua.platform.imports.model import Kinds, Outcome
from xiuhua.platform.imports.taking import Progress, Take, Wanted
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.records.converting import Columns

C = TypeVar("C", bound=Callable[..., Any])
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_REASONS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Request:
    """What the command was told."""

    file: Path
    columns: tuple[str, ...] = ()
    datum: str = "wgs84"
    sheet: str | None = None
    rejected: Path | None = None
    processes: int = 0
    dry_run: bool = False


def table_options(command: C) -> C:
    """FILE, and how it is read."""
    for decorate in (
        options,
        click.option("--dry-run", is_flag=True, help="Check everything, keep nothing."),
        click.option(
            "--processes", type=click.IntRange(0, 64), default=0,
            help="Processes that take rows in; 0: by the size of the file and the number of cores.",
        ),
        click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where rejected rows go."),
        click.option("--sheet", help="Sheet of a workbook, by name or number."),
        click.option(
            "--datum", type=click.Choice(DATUMS), default="wgs84", show_default=True, help="Of the coordinates."
        ),
        click.option(
            "--column", "columns", multiple=True, help="FIELD=TITLE where titles do not say it themselves."
        ),
        click.argument("file", type=_FILE),
    ):  # fmt: skip
        command = decorate(command)
    return command


def bring_in(of: str, request: Request, city: str | None, as_json: bool) -> None:
    """Bring a table into a register or a ledger (`register:NAME`, `ledger:NAME`), and tell what became of it."""
    with desk(city, as_json) as here:
        _tell(here.out, *take_in(here, of, request, _told(as_json)))


def take_in(
    here: Desk, of: str, request: Request, progress: Progress = lambda _: None
) -> tuple[Columns, Outcome]:  # fmt: skip
    """Bring a table in; gives which column was read as what, and what became of the rows."""
    with ExitStack() as stack:
        stack.enter_context(garbage.rarely())
        lang, others = EN if here.out.lang == "en" else ZH, None
        with here.services.database.reading() as tx:
            target: Any = here.services.port(Kinds).target(tx, here.actor, of)
        said = dict(one.partition("=")[::2] for one in request.columns)
        columns = target.found(request.file, said, request.datum, request.sheet)
        count = 1 if target.in_order else request.processes or fitting(request.file)
        if count > 1:
            others = stack.enter_context(
                helpers(count, taking, here.services.settings, here.actor, of, request.dry_run)
            )
        wanted = Wanted(columns, lang, request.rejected, request.dry_run)
        return columns, tables.bring_in(here.services.database, target, request.file, wanted, progress, others)


def taking(settings: Settings, actor: Actor, of: str, trial: bool) -> Take[Any]:
    """What one of several processes does, with services of its own until it ends."""
    services = bootstrap.services_of(open_database(settings), settings)
    with services.database.reading() as tx:
        target = services.port(Kinds).target(tx, actor, of)
    return tables.taking(services.database, target, trial)


def _tell(out: Output, columns: Columns, found: Outcome) -> None:
    out.json({
        "new": found.new, "changed": found.changed, "unchanged": found.unchanged, "rejected": found.rejected,
        "about": found.about, "columns": dict(columns.of), "unused": list(found.unused),
        "rejected_file": str(found.rejected_path) if found.rejected_path else None,
    })  # fmt: skip
    worst = sorted(found.reasons, key=lambda one: -one.count)[:_REASONS_SHOWN]
    out.table(("count", "name", "why"), [(one.count, one.first.column, one.first.text(out.lang)) for one in worst])
    if found.unused:
        out.say("columns_unused", names=", ".join(found.unused))
    if found.about:
        out.say("quantities_about", count=found.about)
    if found.rejected_path is not None:
        out.say("rejected_kept", path=found.rejected_path)
    out.say(
        "rows_imported", new=found.new, changed=found.changed, unchanged=found.unchanged, rejected=found.rejected,
        seconds=f"{found.seconds:.1f}", rate=round(found.rows / max(found.seconds, 1e-9)),
    )  # fmt: skip


def _told(quiet: bool) -> Progress:
    return lambda now: None if quiet else click.echo(f"{now.fraction:4.0%}  {now.rows:,}", err=True)
