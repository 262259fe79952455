"""`xiuhua facts`: facts in columns, questions to them, and which figures of annual reports the packs can give."""

from __future__ import annotations

import hashlib
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from xiuhua.cli.output import DAY, desk, fail, options
from xiuhua.insight import keeping
from xiuhua.insight.facts import stores
from xiuhua.insight.facts.service import Facts
from xiuhua.packs import figures
from xiuhua.packs.check import check_path

_MOST_ROWS = 100_000


@click.group()
def facts() -> None:
    """Facts in columns; figures of annual reports."""


@facts.command()
@options
def status(city: str | None, as_json: bool) -> None:
    """How far the export is, and what files there are by table."""
    with desk(city, as_json) as here, here.reading() as data:
        found, now = here.services.port(Facts).status(data.tx, here.city), data.tx.now
    tables: dict[str, list[int]] = {}
    for file in found.files:
        sums = tables.setdefault(file.table, [0, 0, 0])
        for at, one in enumerate((1, file.rows, file.size)):
            sums[at] += one
    behind = round((now - found.since).total_seconds()) if found.since else 0
    here.out.table(("name", "files", "rows", "bytes"), [(name, *sums) for name, sums in tables.items()])
    here.out.say("facts_status", events=found.events, waiting=found.waiting, seconds=behind)
    if not found.here:
        here.out.say("facts_elsewhere")
    here.out.json({
        "here": found.here, "events": found.events, "waiting": found.waiting, "behind_s": behind,
        "moved_at": found.moved_at,
        "tables": [{"name": name, "files": n, "rows": rows, "bytes": size} for name, (n, rows, size) in tables.items()],
    })  # fmt: skip


@facts.command()
@options
def export(city: str | None, as_json: bool) -> None:
    """Bring the facts of all cities up to the log now, as the worker does by itself."""
    with desk(city, as_json) as here:
        done = keeping.export_all(here.services.database, keeping.folder(here.services.settings))
    here.out.say("facts_exported", events=done)
    here.out.json({"events": done})


@facts.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="That share the work.")
@options
def rebuild(processes: int, city: str | None, as_json: bool) -> None:
    """All facts of a city made anew from its log; readers see the old ones until the new ones are whole."""
    with desk(city, as_json) as here:
        done = keeping.rebuild(here.services.database, here.services.settings, here.city, processes)
    here.out.say("facts_exported", events=done)
    here.out.json({"events": done})


@facts.command()
@options
def check(city: str | None, as_json: bool) -> None:
    """Whether every file that counts is there as it was made. Exit code 1 when one is not."""
    with desk(city, as_json) as here, here.reading() as data:
        service = here.services.port(Facts)
        found = service.files(data.tx, here.city)
    wrong = []
    for file in found:
        path = stores.path_of(service.root / here.city, file.table, file.month, file.id)
        if not path.is_file() or _digest(path) != file.digest:
            wrong.append(str(path))
    for one in wrong:
        here.out.say("facts_file_wrong", path=one)
    here.out.say("facts_checked", files=len(found), wrong=len(wrong))
    here.out.json({"files": len(found), "wrong": wrong})
    if wrong:
        fail()


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


@facts.command()
@click.argument("question")
@click.option("--as-of", "day", type=DAY, help="As known at the end of this day; default: now.")
@click.option("--limit", type=click.IntRange(1, _MOST_ROWS), default=1000, show_default=True, help="Rows at most.")
@options
def sql(question: str, day: datetime | None, limit: int, city: str | None, as_json: bool) -> None:
    """Ask a SELECT over the city's facts: a table for each thing that packs declare (`SHOW TABLES` names them)."""
    with desk(city, as_json) as here, here.reading() as data:
        as_of = day.date() if day else None
        names, rows = here.services.port(Facts).ask(data.tx, here.city, question, limit, as_of)
    here.out.rows(names, [[_plain(one) for one in row] for row in rows])
    here.out.json([dict(zip(names, map(_plain, row), strict=True)) for row in rows])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


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
