"""`jobs`: what is done in the background, what failed, and once more."""

from __future__ import annotations

import click

from xiuhua.cli.output import desk, options
from xiuhua.platform.jobs import service
from xiuhua.platform.jobs.api import JobOut
from xiuhua.platform.jobs.model import STATES


@click.group()
def jobs() -> None:
    """Jobs in the background."""


@jobs.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those; `dead` are given up until somebody repeats them.")
@click.option("--kind", help="Only this kind, e.g. notice.webhook.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@options
def list_jobs(state: str | None, kind: str | None, limit: int, city: str | None, as_json: bool) -> None:
    """Jobs, newest first."""
    with desk(city, as_json) as here, here.reading() as data:
        rows = [JobOut.of(row) for row in service.jobs_of(data.tx, here.city, state, kind, limit=limit)]
    here.out.json(rows)
    here.out.table(
        ("id", "kind", "state", "attempts", "due", "why"),
        [(row.id, row.kind, row.state, row.attempts, f"{row.due_at:%Y-%m-%d %H:%M}", row.error) for row in rows],
    )


@jobs.command()
@click.argument("id")
@options
def repeat(id: str, city: str | None, as_json: bool) -> None:
    """Have a dead job tried anew, from its first attempt."""
    with desk(city, as_json) as here, here.writing() as data:
        row = JobOut.of(service.repeat(data.tx, here.actor, id))
    here.out.json(row)
    here.out.say("job_repeated", id=row.id)
