"""`registers`: what is kept of things, and files of records brought in."""

from __future__ import annotations

from typing import Any

import click

from xiuhua.cli.output import desk, options
from xiuhua.cli.tables import Request, bring_in, table_options
from xiuhua.platform.sql import queries
from xiuhua.records.service import Records


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
@table_options
def import_records(register: str, city: str | None, as_json: bool, **told: Any) -> None:
    """Bring the records of FILE (CSV, XLSX, XLS, ODS, GeoJSON) into REGISTER.

    Columns are known by the titles of the fields. May be repeated: by its key a record is added, changed in what the
    file gives, or left as it is. Rows with errors go to FILE.rejected.csv, each with all that is wrong in it.
    """
    bring_in(f"register:{register}", Request(**told), city, as_json)
