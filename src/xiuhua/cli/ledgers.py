"""`ledgers`: what was done, and files of entries brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xiuhua.city.areas.datum import DATUMS
from xiuhua.city.compiled import CityReader
from xiuhua.cli.output import desk, options
from xiuhua.platform.sql import queries
from xiuhua.platform.tables.texts import EN, ZH
from xiuhua.records.ledgers import importing
from xiuhua.records.ledgers.model import text
from xiuhua.records.ledgers.service import Ledgers

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_REASONS_SHOWN: Final = 20


@click.group()
def ledgers() -> None:
    """Ledgers and their entries."""


@ledgers.command("list")
@options
def list_(city: str | None, as_json: bool) -> None:
    """The ledgers in force, how many entries each has, and what they add up to."""
    with desk(city, as_json) as here, here.reading() as data:
        declared = here.services.port(Ledgers).ledgers(data.tx, here.city)
        found = {
            row.ledger: row for row in data.tx.execute(queries("xiuhua.records.ledgers")["counts"], {"city": here.city})
        }
    rows = []
    for name, one in declared.items():
        entries, quantity = (found[name].entries, text(found[name].quantity)) if name in found else (0, "0")
        rows.append((name, getattr(one.ledger.title, here.out.lang), entries, f"{quantity} {one.ledger.quantity}"))
    here.out.json([{"name": name, "entries": entries, "quantity": told} for name, _, entries, told in rows])
    here.out.table(("code", "name", "count", "quantity"), rows)


@ledgers.command("import")
@click.argument("ledger")
@click.argument("file", type=_FILE)
@click.option("--column", "columns", multiple=True, help="FIELD=TITLE where titles do not say it themselves.")
@click.option("--datum", type=click.Choice(DATUMS), default="wgs84", show_default=True, help="Of the coordinates.")
@click.option("--sheet", help="Sheet of a workbook, by name or number.")
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where rejected rows go.")
@click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
@options
def import_entries(
    ledger: str, file: Path, columns: tuple[str, ...], datum: str, sheet: str | None, rejected: Path | None,
    dry_run: bool, city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Bring the entries of FILE (CSV, XLSX, XLS, ODS) into LEDGER.

    Columns are known by the titles of the fields. May be repeated: a row that is in already, by its key or by all that
    it holds, is known. Rows with errors go to FILE.rejected.csv, each with all that is wrong in it.
    """
    said = dict(one.partition("=")[::2] for one in columns)
    with desk(city, as_json) as here:
        lang = EN if here.out.lang == "en" else ZH
        wanted = importing.Wanted(file, ledger, said, datum, sheet, rejected, lang, dry_run)
        port, cities = here.services.port(Ledgers), here.services.port(CityReader)
        found = importing.run(here.services.database, port, cities, here.actor, wanted, _told(as_json))
    here.out.json({
        "new": found.new, "known": found.known, "rejected": found.rejected, "about": found.about,
        "columns": dict(found.columns), "unused": list(found.unused),
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
    rows = found.new + found.known + found.rejected
    here.out.say(
        "entries_imported", new=found.new, known=found.known, rejected=found.rejected,
        seconds=f"{found.seconds:.1f}", rate=round(rows / max(found.seconds, 1e-9)),
    )  # fmt: skip


def _told(quiet: bool) -> importing.Progress:
    return lambda rows, fraction: None if quiet else click.echo(f"{fraction:4.0%}  {rows:,}", err=True)
