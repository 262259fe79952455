"""`import reports`: brings a file of reports in, shows how far it is, keeps the bad rows in a file with reasons."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import psycopg
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from xiuhua import bootstrap
from xiuhua.city.units import service as units
from xiuhua.cli import context, language
from xiuhua.loop.files.loading import load
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.run import run, taking
from xiuhua.loop.files.several import several
from xiuhua.loop.files.target import AS_ROLE
from xiuhua.loop.model import ReportIn
from xiuhua.loop.service import Loop
from xiuhua.platform import garbage
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.helpers import fitting
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.imports.model import Outcome, Standing
from xiuhua.platform.imports.taking import Progress as Told
from xiuhua.platform.imports.taking import Take
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.tables.texts import FileRefused, place_text, say

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_REASONS_SHOWN: Final = 20
_LINE_EVERY_S: Final = 2.0


@click.group("import")
def import_() -> None:
    """Bring files of an office's own tables in."""


globals()["import"] = import_  # the command's own word is one that Python keeps for itself


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported."""

    path: Path
    mapping: FileMapping
    city: str | None
    rejected: Path | None
    lang: str
    processes: int


@import_.command("reports")
@click.argument("file", type=_FILE)
@click.option("--mapping", "mapping_file", type=_FILE, required=True, help="Which column is which field (YAML).")
@context.city_option
@click.option("--sheet", help="Sheet of a workbook, by name or number; overrides the mapping.")
@click.option(
    "--rejected",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rejected rows go; FILE.rejected.csv unless told otherwise.",
)
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=0,
    help="Processes that take rows in; 0: by the size of the file and the number of cores.",
)
@click.pass_context
def reports(
    ctx: click.Context,
    file: Path,
    mapping_file: Path,
    city: str | None,
    sheet: str | None,
    rejected: Path | None,
    processes: int,
) -> None:
    """Import reports from FILE: CSV, XLSX, XLS or ODS.

    May be repeated: what is in already stays unchanged. Exit code 0 when every row is accounted for, 2 when the
    file or the mapping cannot be read, 1 when the import stopped on the way.
    """
    lang = language(ctx)
    try:
        mapping = load(mapping_file)
        if sheet is not None:
            mapping = mapping.model_copy(update={"sheet": sheet})
        with context.services() as services:
            outcome = _imported(services, Request(file, mapping, city, rejected, lang, processes or fitting(file)))
    except FileRefused as refused:
        for one in refused.params["errors"]:
            click.echo(place_text(one, lang), err=True)
        click.echo(say(lang, "file_refused"), err=True)
        sys.exit(2)
    _tell(outcome, lang)


def intake_of(settings: Settings, city: str, actor: Actor) -> Take[ReportIn]:
    """The intake of one of several processes, with services of its own until it ends."""
    services = bootstrap.services_of(open_database(settings), settings)
    return taking(services.database, city, services.port(Loop).submit, actor)


def _imported(services: Services, request: Request) -> Outcome:
    city = context.city_of(services, request.city)
    with services.database.reading() as tx:
        zone = units.time_zone(tx, city).key
    posts = (Post(AS_ROLE, city),)
    actor = Actor("import", city, "import", posts, permissions_of(posts), via="cli")
    submit = services.port(Loop).submit
    with _progress(request.lang) as progress, ExitStack() as stack:
        stack.enter_context(garbage.rarely())
        helpers = None
        if request.processes > 1:
            given = (intake_of, services.settings, city, actor)
            helpers = stack.enter_context(several(request.processes, *given))
        try:
            return run(
                services.database, city, request.path, request.mapping, actor, submit, progress,
                zone=zone, lang=request.lang, rejected=request.rejected, helpers=helpers,
            )  # fmt: skip
        except FileRefused:
            raise
        except (XiuhuaError, psycopg.Error, BrokenProcessPool) as error:
            click.echo(say(request.lang, "stopped", detail=" ".join(str(error).split())), err=True)
            sys.exit(1)


@contextmanager
def _progress(lang: str) -> Iterator[Told]:
    """A bar on a terminal, a line now and then elsewhere; both on standard error, the result alone on the other."""
    console = Console(stderr=True)
    if not console.is_terminal:
        lines = _Lines(lang)
        yield lines.tell
        lines.last()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say(lang, "reading"), total=1.0, step="")
        yield lambda now: bar.update(task, completed=now.fraction, step=_step(lang, now))


class _Lines:
    """Plain lines: one every few seconds, and the last."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._next = time.monotonic() + _LINE_EVERY_S
        self._untold: Standing | None = None

    def tell(self, now: Standing) -> None:
        """Write a line when it is time for one."""
        self._untold = now
        if time.monotonic() >= self._next:
            self.last()

    def last(self) -> None:
        """Write what was not written yet."""
        if self._untold is not None:
            click.echo(_step(self._lang, self._untold), err=True)
        self._untold, self._next = None, time.monotonic() + _LINE_EVERY_S


def _step(lang: str, now: Standing) -> str:
    counts = {"new": now.new, "unchanged": now.unchanged, "rejected": now.rejected}
    return say(lang, "step", percent=int(now.fraction * 100), rows=now.rows, **counts)


def _tell(outcome: Outcome, lang: str) -> None:
    """Why rows were rejected, where they are, and the line that programs read."""
    for reason in outcome.reasons[:_REASONS_SHOWN]:
        more = say(lang, "more") if reason.count > len(reason.rows) else ""
        field = reason.first.column or say(lang, "whole_row")
        why = reason.first.text(lang)
        click.echo(say(lang, "reason", count=reason.count, rows=list(reason.rows), more=more, field=field, why=why))
    if outcome.rejected_path is not None:
        click.echo(say(lang, "kept_in", path=outcome.rejected_path))
    if outcome.skipped:
        click.echo(say(lang, "skipped", count=outcome.skipped))
    if not outcome.rows:
        click.echo(say(lang, "no_rows"))
    rate = round(outcome.rows / max(outcome.seconds, 1e-9))
    click.echo(say(lang, "took", seconds=round(outcome.seconds, 1), rate=rate))
    click.echo(f"new {outcome.new}, unchanged {outcome.unchanged}, rejected {outcome.rejected}")
