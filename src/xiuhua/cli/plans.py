"""`plans`: what is expected and what was done; rosters brought in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from xiuhua.cli.output import DAY, desk, options
from xiuhua.plans import forms, importing
from xiuhua.plans.duty import Rosters
from xiuhua.plans.progress import Cell, by, total
from xiuhua.plans.service import Plans
from xiuhua.platform.tables.texts import EN, ZH

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def plans() -> None:
    """Plans: what is expected, and what was done."""


@plans.command("list")
@options
def list_(city: str | None, as_json: bool) -> None:
    """The plans in force, and how their running periods stand."""
    with desk(city, as_json) as here, here.reading() as data:
        service = here.services.port(Plans)
        rows = []
        for name, declared in service.declared(data.tx, here.city).items():
            found = service.progress(data.tx, here.city, declared, data.today, data.today)
            period = declared.every.at(data.today).name if declared.every else None
            title = getattr(declared.plan.title, here.out.lang)
            rows.append((name, title, period, found.total.expected, found.total.done, found.total.share))
    here.out.json([
        {"name": name, "period": period, "expected": expected, "done": done, "share": share}
        for name, _, period, expected, done, share in rows
    ])  # fmt: skip
    here.out.table(("code", "name", "period", "expected", "done", "share"), rows)


@plans.command("progress")
@click.argument("plan")
@click.option("--from", "first", type=DAY, help="First day.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option("--by", "which", type=click.Choice(["period", "key"]), default="period", show_default=True)
@options
def progress(
    plan: str, first: datetime | None, last: datetime | None, which: str, city: str | None, as_json: bool
) -> None:
    """Expected against done of PLAN by period or by key; whole periods."""
    with desk(city, as_json) as here, here.reading() as data:
        service = here.services.port(Plans)
        declared = service.plan(data.tx, here.city, plan)
        found = service.progress(
            data.tx, here.city, declared, first.date() if first else None, last.date() if last else None
        )
    periods, keys = by(found.cells, _period), by(found.cells, _key)
    here.out.json(forms.progress(found, periods, keys).model_dump(mode="json"))
    rows = []
    for name, some in (periods if which == "period" else keys).items():
        sum_ = total(some)
        shown = some[0].key.title if which == "key" else name
        rows.append((shown or "–", sum_.expected, sum_.done, sum_.missed, sum_.late, sum_.share))
    here.out.table(("name", "expected", "done", "missed", "late", "share"), rows)
    whole = found.total
    here.out.say(
        "plan_progress", first=found.first, last=found.last, expected=whole.expected, done=whole.done,
        share="–" if whole.share is None else whole.share, missed=whole.missed,
    )  # fmt: skip
    if found.unmeasured:
        here.out.say("plan_unmeasured", kinds=", ".join(found.unmeasured))


@plans.command("roster")
@click.argument("plan")
@click.argument("file", type=_FILE)
@click.option("--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where rejected rows go.")
@options
def roster(plan: str, file: Path, rejected: Path | None, city: str | None, as_json: bool) -> None:
    """Bring the turns of FILE (CSV, XLSX, XLS, ODS) into the roster PLAN.

    May be repeated: a turn that is there already is left as it is. Rows with errors go to FILE.rejected.csv.
    """
    with desk(city, as_json) as here:
        lang = EN if here.out.lang == "en" else ZH
        service, rosters = here.services.port(Plans), here.services.port(Rosters)
        found = importing.run(here.services.database, service, rosters, here.actor, plan, file, lang, rejected)
    here.out.json({
        "new": found.new, "unchanged": found.unchanged, "rejected": found.rejected,
        "rejected_file": str(found.rejected_path) if found.rejected_path else None,
    })  # fmt: skip
    if found.rejected_path is not None:
        here.out.say("rejected_kept", path=found.rejected_path)
    here.out.say("turns_imported", new=found.new, unchanged=found.unchanged, rejected=found.rejected)


def _period(cell: Cell) -> str:
    return cell.period.name


def _key(cell: Cell) -> str:
    return cell.key.code
