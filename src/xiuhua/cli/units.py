"""`units`: tables of units and people, the tree, what duty grids lack."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from rich.markup import escape
from rich.tree import Tree

from xiuhua.city.units import service
from xiuhua.city.units.files import TABLES, import_table
from xiuhua.city.units.forms import MissingOut, TableImportOut, UnitNode
from xiuhua.city.units.timeline import Plan
from xiuhua.cli.output import DAY, desk, fail, options

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_ON: Final = "Day that is asked about; default: today."


@click.group()
def units() -> None:
    """Units and people."""


@units.command("import")
@click.argument("what", type=click.Choice(TABLES))
@click.argument("file", type=_FILE)
@click.option("--valid-from", type=DAY, help="First day of rows that name none; default: today.")
@click.option("--close-vanished", is_flag=True, help="What FILE does not hold ends the day before.")
@options
def import_units(
    what: str, file: Path, valid_from: datetime | None, close_vanished: bool, city: str | None, as_json: bool
) -> None:
    """Take a table (CSV, TSV, XLSX) of WHAT, wholly or, with any error, not at all (exit code 1)."""
    with desk(city, as_json) as here, here.writing() as data:
        day = valid_from.date() if valid_from else data.today
        plan: Plan[Any] = import_table(data.tx, here.actor, what, file, day, close_vanished)
    here.out.json(TableImportOut.of(plan))
    here.out.say(
        "table_imported", opened=plan.opened, closed=plan.closed, corrected=plan.corrected, unchanged=plan.unchanged
    )


@units.command()
@click.option("--on", type=DAY, help=_ON)
@options
def tree(on: datetime | None, city: str | None, as_json: bool) -> None:
    """Show all units as a tree."""
    with desk(city, as_json) as here, here.reading() as data:
        directory = data.directory(on.date() if on else None)
    tops = sorted(code for code, unit in directory.units.items() if unit.parent not in directory.units)
    nodes = [UnitNode.of(directory, code) for code in tops]
    here.out.json(nodes)
    root = Tree(escape(here.out.text("units_total", count=len(directory.units))))
    for node in nodes:
        _grow(root, node, here.out.lang)
    here.out.tree(root)


def _grow(tree: Tree, node: UnitNode, lang: str) -> None:
    name = node.name_en if lang == "en" and node.name_en else node.name
    desk_word = "" if node.desk == "own" else f" · {node.desk}"
    branch = tree.add(f"{escape(name)}  [dim]{escape(node.code)} · {escape(node.kind)}{escape(desk_word)}[/]")
    for child in node.children:
        _grow(branch, child, lang)


@units.command()
@click.option("--on", type=DAY, help=_ON)
@options
def fixings(on: datetime | None, city: str | None, as_json: bool) -> None:
    """List what duty grids lack of the six fixings. Exit code 1 when anything is missing."""
    with desk(city, as_json) as here, here.reading() as data:
        index = data.areas(on.date() if on else None)
        grids = [(area.code, index.ancestors(area.code)) for area in index.areas("duty_grid")]
        missing = service.fixings_missing(data.tx, here.city, grids, on.date() if on else data.today)
    out = here.out
    out.json([MissingOut.model_validate(one) for one in missing])
    out.table(
        ("duty_grid", "person", "fixing", "why"),
        [(one.duty_grid, one.person, out.text(f"fixing_{one.fixing}"), out.text(f"lack_{one.why}")) for one in missing],
    )
    out.say("fixings_missing", grids=len(grids), count=len(missing))
    if missing:
        fail()
