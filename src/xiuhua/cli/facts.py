"""`xiuhua facts`: which figures of annual reports the packs can give."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xiuhua.packs import figures
from xiuhua.packs.check import check_path


@click.group()
def facts() -> None:
    """Figures of annual reports."""


@facts.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--packs", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other packs.")
def coverage(file: Path, folder: Path | None) -> None:
    """Tell for each figure of FILE which indicator gives it. Exit code 1 when one names a figure it cannot give."""
    checked = check_path(folder)
    if checked.problems:
        click.echo(f"{len(checked.problems)} errors in packs: see xiuhua pack check")
        sys.exit(1)
    found = list(figures.compared(figures.figures(file.read_bytes()), checked.packs))
    for one in found:
        told = f"found    {', '.join(one.by)}" if one.by else "missing"
        click.echo(f"{one.figure.id}  {told}  {one.figure.name} ({one.figure.unit})")
        for wrong in one.wrong:
            click.echo(f"      cannot be given by {wrong}")
    click.echo(f"found {sum(bool(one.by) for one in found)} of {len(found)}")
    sys.exit(1 if any(one.wrong for one in found) else 0)
