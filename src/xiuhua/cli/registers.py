"""`registers`: what is kept of things, and files of records brought in."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from xiuhua import bootstrap
from xiuhua.city.areas.datum import DATUMS
from xiuhua.city.compiled import CityReader
from xiuhua.cli.output import desk, options
from xiuhua.platform import garbage
from xiuhua.platform.helpers import fitting, helpers
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.records import importing
from xiuhua.records.service import Records

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_REASONS_SHOWN: Final = 20


@click.group()
def registers() -> None:
    """Registers and their records."""


@registers.command("list")
@options
def list_(city: str | None, as_json: bool) -> None:
    """The registers in force, and how many records each has."""
    with desk(city, as_json) as here, here.reading() as data:
        declared = here.services.port(Records).registers(data.tx, here.city)
        counts: dict[str, int] = dict.fromkeys(declared, 0)
        for row in data.tx.execute(queries("xiuhua.records")["counts"], {"city": here.city}):
            counts[row.register] = counts.get(row.register, 0) + row.n
    here.out.json([{"name": name, "records": count} for name, count in counts.items()])
    titles = {name: getattr(one.register.title, here.out.lang) for name, one in declared.items()}
    here.out.table(("code", "name", "count"), [(name, titles.get(name), n) for name, n in counts.items()])


@registers.command("import")
@click.argument("register")
@click.argument("file", type=_FILE)
@click.option("--column", "columns", multiple=True, help="FIELD=TITLE where titles do not say it themselves.")
@click.option("--datum", type=click.Choice(DATUMS), default="wgs84", show_default=True, help="Of the coordinates.")
@click.option("--sheet", help="Sheet of a workbook, by name or number.")
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where rejected rows go.")
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=0,
    help="Processes that take rows in; 0: by the size of the file and the number of cores.",
)
@click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
@options
def import_records(
    register: str, file: Path, columns: tuple[str, ...], datum: str, sheet: str | None, rejected: Path | None,
    processes: int, dry_run: bool, city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Bring the records of FILE (CSV, XLSX, XLS, ODS) into REGISTER.

    Columns are known by the titles of the fields. May be repeated: by its key a record is added, changed in what the
    file gives, or left as it is. Rows with errors go to FILE.rejected.csv, each with all that is wrong in it.
    """
    said = dict(one.partition("=")[::2] for one in columns)
    with desk(city, as_json) as here:
        lang = EN if here.out.lang == "en" else ZH
        wanted = importing.Wanted(file, register, said, datum, sheet, rejected, lang, dry_run)
        records, cities = here.services.port(Records), here.services.port(CityReader)
        with ExitStack() as stack:
            stack.enter_context(garbage.rarely())
            count, pool = processes or fitting(file), None
            if count > 1:
                given = here.services.settings, here.actor, register, dry_run
                pool = stack.enter_context(helpers(count, taking, *given))
            found = importing.run(here.services.database, records, cities, here.actor, wanted, _told(as_json), pool)
    here.out.json({
        "new": found.new, "changed": found.changed, "unchanged": found.unchanged, "rejected": found.rejected,
        "about": found.about, "columns": dict(found.columns), "unused": list(found.unused),
        "rejected_file": str(found.rejected_path) if found.rejected_path else None,
    })  # fmt: skip
    worst = sorted(found.reasons.items(), key=lambda one: -one[1])[:_REASONS_SHOWN]
    here.out.table(("count", "name", "why"), [(count, column, why) for (column, why), count in worst])
    if found.unused:
        here.out.say("columns_unused", names=", ".join(found.unused))
    if found.about:
        here.out.say("quantities_about", count=found.about)
    if found.rejected_path is not None:
        here.out.say("rejected_kept", path=found.rejected_path)
    rows = found.new + found.changed + found.unchanged + found.rejected
    here.out.say(
        "records_imported", new=found.new, changed=found.changed, unchanged=found.unchanged, rejected=found.rejected,
        seconds=f"{found.seconds:.1f}", rate=round(rows / max(found.seconds, 1e-9)),
    )  # fmt: skip


def taking(settings: Settings, actor: Actor, register: str, dry: bool) -> importing.Take:
    """What one of several processes does, with services of its own until it ends."""
    services = bootstrap.services_of(open_database(settings), settings)
    return importing.taking(services.database, services.port(Records), actor, register, dry)


def _told(quiet: bool) -> importing.Progress:
    return lambda rows, fraction: None if quiet else click.echo(f"{fraction:4.0%}  {rows:,}", err=True)
