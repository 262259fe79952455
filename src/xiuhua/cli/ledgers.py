"""`ledgers`: what was done, and files of entries brought in."""

from __future__ import annotations

from typing import Any

import click

from xiuhua.cli.output import desk, options
from xiuhua.cli.tables import Request, bring_in, table_options
from xiuhua.platform.sql import queries
from xiuhua.records.ledgers.model import text
from xiuhua.records.ledgers.service import Ledgers


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
@table_options
def import_entries(ledger: str, city: str | None, as_json: bool, **told: Any) -> None:
    """Bring the entries of FILE (CSV, XLSX, XLS, ODS) into LEDGER.

    Columns are known by the titles of the fields. May be repeated: a row that is in already, by its key or by all that
    it holds, is unchanged. Rows with errors go to FILE.rejected.csv, each with all that is wrong in it.
    """
    bring_in(f"ledger:{ledger}", Request(**told), city, as_json)
