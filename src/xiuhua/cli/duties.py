"""`duties`: check the matrix, try and adopt drafts, files in and out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from xiuhua.city.duties import service
from xiuhua.city.duties.forms import CheckOut, DraftOut, DryRunOut, DutyImportOut
from xiuhua.city.duties.history import History
from xiuhua.city.units.forms import TableImportOut
from xiuhua.cli import duty_report
from xiuhua.cli.output import DAY, Desk, desk, fail, options
from xiuhua.platform.errors import Invalid

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_LISTED: Final = 1000
_DRAFT: Final = "A draft; default: the matrix in force."


@click.group()
def duties() -> None:
    """The duty matrix: who answers for what."""


@duties.command()
@click.option("--draft", default="", help=_DRAFT)
@click.option("--on", type=DAY, help="Day that is asked about; default: today.")
@click.option("--standard", multiple=True, help="Categories of this standard; default: standards in force.")
@options
def check(draft: str, on: datetime | None, standard: tuple[str, ...], city: str | None, as_json: bool) -> None:
    """Look at all categories × grids for each duty kind. Exit code 1 on any gap, overlap or dead row."""
    with desk(city, as_json) as here, here.reading() as data:
        day = on.date() if on else data.today
        report = service.check_duties(data.tx, here.city, day, data.areas(day), data.catalogue, draft, standard or None)
        directory = data.directory(day)
    here.out.json(CheckOut.of(report))
    duty_report.tell_check(here.out, report, directory)
    if report.exit_code:
        fail()


@duties.command("dry-run")
@click.option("--from", "since", type=DAY, required=True, help="First day of dispatching.")
@click.option("--to", "until", type=DAY, required=True, help="Last day, inclusive.")
@click.option("--draft", help="Which draft; needed where there are several.")
@click.option("--on", type=DAY, help="Judged by the draft's rows of that day; default: its last first day.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="How many cases are listed.")
@options
def dry_run(
    since: datetime, until: datetime, draft: str | None, on: datetime | None, limit: int, city: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Replay past cases under a draft: which would have gone elsewhere, and where it leaves gaps."""
    with desk(city, as_json) as here, here.reading() as data:
        name = draft or _only_draft(here, [one.draft for one in service.drafts(data.tx, here.city)])
        cases = here.services.port(History).cases
        day = on.date() if on else None
        run = service.try_draft(data.tx, here.city, name, since.date(), until.date(), cases, day)
    here.out.json(DryRunOut.of(run, _LISTED))
    duty_report.tell_dry_run(here.out, run, limit)


def _only_draft(here: Desk, known: list[str]) -> str:
    if len(known) != 1:
        raise Invalid(f"say which with --draft; known: {', '.join(known) or 'none'}")
    return known[0]


@duties.command("import")
@click.argument("file", type=_FILE)
@click.option("--draft", default="", help="The draft it goes into; default: in force at once.")
@click.option("--valid-from", type=DAY, help="First day of rows that name none; default: today.")
@click.option("--close-vanished", is_flag=True, help="Rows that FILE does not hold end the day before.")
@options
def import_duties(
    file: Path, draft: str, valid_from: datetime | None, close_vanished: bool, city: str | None, as_json: bool
) -> None:
    """Take a table (CSV, TSV, XLSX) of duty rows, wholly or, with any error, not at all (exit code 1)."""
    with desk(city, as_json) as here, here.writing() as data:
        day = valid_from.date() if valid_from else data.today
        done = service.import_duties(data.tx, here.actor, file, data.known(day), day, draft, close_vanished)
    out = here.out
    out.json(DutyImportOut.of(done))
    out.table(("row", "field", "why"), [(one["row"], one["field"], one["why"]) for one in done.quarrels])
    out.say(
        "duties_imported", new=done.new, changed=done.changed, closed=done.closed, unchanged=done.unchanged,
        quarrels=len(done.quarrels),
    )  # fmt: skip


@duties.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--draft", default="", help=_DRAFT)
@click.option("--on", type=DAY, help="Rows that hold on that day or later; default: all.")
@options
def export(file: Path, draft: str, on: datetime | None, city: str | None, as_json: bool) -> None:
    """Write the matrix to FILE (.csv or .xlsx), to be edited and imported again."""
    with desk(city, as_json) as here, here.reading() as data:
        form = file.suffix.lower().removeprefix(".")
        content = service.export_duties(data.tx, here.city, form, draft, on.date() if on else None)
    file.write_bytes(content)
    here.out.json({"file": str(file), "bytes": len(content)})
    here.out.say("wrote", file=file, bytes=len(content))


@duties.command()
@options
def drafts(city: str | None, as_json: bool) -> None:
    """List drafts."""
    with desk(city, as_json) as here, here.reading() as data:
        found = service.drafts(data.tx, here.city)
    here.out.json([DraftOut.model_validate(one) for one in found])
    here.out.table(
        ("draft", "rows", "first_from", "last_from"),
        [(one.draft, one.rows, one.first_from, one.last_from) for one in found],
    )


@duties.command()
@click.argument("draft")
@click.option("--on", type=DAY, required=True, help="First day on which it is in force.")
@options
def adopt(draft: str, on: datetime, city: str | None, as_json: bool) -> None:
    """Put DRAFT in force from a day on: what it has not ends the day before."""
    with desk(city, as_json) as here, here.writing() as data:
        plan = service.adopt_draft(data.tx, here.actor, draft, on.date())
    here.out.json(TableImportOut.of(plan))
    here.out.say(
        "table_imported", opened=plan.opened, closed=plan.closed, corrected=plan.corrected, unchanged=plan.unchanged
    )


@duties.command()
@click.argument("draft")
@options
def drop(draft: str, city: str | None, as_json: bool) -> None:
    """Give DRAFT up."""
    with desk(city, as_json) as here, here.writing() as data:
        service.drop_draft(data.tx, here.actor, draft)
    here.out.json({"dropped": draft})
    here.out.say("dropped", draft=draft)
