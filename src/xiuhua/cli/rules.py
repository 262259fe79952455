"""`rules`: what packs watch for, and what a rule would have raised."""

from __future__ import annotations

from datetime import date, datetime

import click

from xiuhua.cli.output import desk, options
from xiuhua.rules.forms import RuleTriedOut
from xiuhua.rules.service import Rules

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def rules() -> None:
    """Rules over events, figures and dates."""


@rules.command("list")
@options
def list_(city: str | None, as_json: bool) -> None:
    """The rules in force, what each is on, and how many of its findings wait."""
    with desk(city, as_json) as here, here.reading() as data:
        found = here.services.port(Rules)
        known, waiting = found.known(data.tx, here.city).by_name, found.counts(data.tx, here.city)
    here.out.json([{"name": name, "on": one.rule.on, "waiting": waiting.get(name, 0)} for name, one in known.items()])
    rows = [
        (name, getattr(one.rule.title, here.out.lang), one.rule.on, waiting.get(name, 0)) for name, one in known.items()
    ]
    here.out.table(("code", "name", "rule_on", "waiting"), rows)


@rules.command("try")
@click.argument("name")
@click.option("--from", "begin", type=_DAY, required=True, help="The first day, e.g. 2026-03-01.")
@click.option("--to", "end", type=_DAY, required=True, help="The last day.")
@options
def try_(name: str, begin: datetime, end: datetime, city: str | None, as_json: bool) -> None:
    """What rule NAME would have raised over past days; changes nothing."""
    first, last = date(begin.year, begin.month, begin.day), date(end.year, end.month, end.day)
    with desk(city, as_json) as here, here.reading() as data:
        tried = here.services.port(Rules).try_(data.tx, here.city, name, first, last)
    told = RuleTriedOut.of(tried)
    here.out.json(told.model_dump(mode="json"))
    here.out.table(
        ("time", "name", "why"),
        [(f"{one.at:%Y-%m-%d %H:%M}", one.key, str(one.values)) for one in told.samples],
    )
    here.out.say("rule_tried", looked_at=tried.looked_at, held=tried.held, unclear=tried.unclear, raised=tried.raised)
