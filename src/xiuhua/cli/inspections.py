"""`rounds`: inspections over many things, opened, told, ranked, closed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

import click

from xiuhua.checks import scoring
from xiuhua.checks.rounds import By, Chosen, Rounds
from xiuhua.checks.service import Checks
from xiuhua.cli.output import desk, options
from xiuhua.platform.sql import queries

_DAY: Final = click.DateTime(["%Y-%m-%d"])


@click.group()
def rounds() -> None:
    """Rounds of inspections: a checklist over many things."""


@rounds.command("list")
@click.option("--checklist", help="Only of this checklist.")
@options
def list_(checklist: str | None, city: str | None, as_json: bool) -> None:
    """The latest hundred rounds: things, how many are done, how many were missed."""
    with desk(city, as_json) as here, here.reading() as data:
        values = {
            "city": here.city, "checklist": checklist, "state": None, "after_at": None, "after": None, "limit": 100,
        }  # fmt: skip
        found = data.tx.execute(queries("xiuhua.checks")["rounds"], values).fetchall()
    here.out.json([
        {"id": one.id, "checklist": one.checklist, "title": one.title, "state": one.state, "due": one.due.isoformat(),
         "things": one.things, "done": one.done, "missed": one.missed}
        for one in found
    ])  # fmt: skip
    rows = [(one.id, one.checklist, one.title, one.state, f"{one.done}/{one.things}") for one in found]
    here.out.table(("code", "checklist", "title", "state", "count"), rows)


@rounds.command("open")
@click.argument("checklist")
@click.argument("title")
@click.option("--due", type=_DAY, required=True, help="Its last day; what is not finished then is missed.")
@click.option("--thing", "things", multiple=True, help="Id of a record, code of an area or unit; none: all there are.")
@click.option("--area", help="Only what lies there.")
@click.option("--field", "fields", multiple=True, help="NAME=VALUE: only such records.")
@click.option("--draw", type=click.IntRange(1, 10_000), help="So many things at random.")
@click.option("--each", type=click.IntRange(0, 5), default=0, help="So many inspectors drawn for each thing.")
@click.option("--inspector", "inspectors", multiple=True, help="Drawn among these; none: all who may inspect.")
@click.option("--seed", help="Of the draw; default: the id of the round.")
@options
def open_(
    checklist: str, title: str, due: datetime, things: tuple[str, ...], area: str | None, fields: tuple[str, ...],
    draw: int | None, each: int, inspectors: tuple[str, ...], seed: str | None, city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Open a round of CHECKLIST called TITLE."""
    with desk(city, as_json) as here, here.services.database.transaction() as tx:
        zone = here.services.port(Checks).cities.of(tx, here.city).zone
        until = datetime.combine(due.date(), time(23, 59, 59), zone)
        chosen = Chosen(things, area, fields, {}, draw, {}, None, inspectors, each, seed)
        made = here.services.port(Rounds).open(tx, here.actor, checklist, title, until, chosen)
    data = made.state["data"]
    here.out.json({"id": made.state["id"], "things": data["count"], "drawn": data["drawn"]})
    here.out.table(("code", "title", "count"), [(made.state["id"], title, data["count"])])


@rounds.command("ranking")
@click.argument("id_", metavar="ROUND")
@click.option("--by", type=click.Choice(["thing", "unit", "area"]), default="thing", show_default=True)
@click.option("--kind", default="street", show_default=True, help="Of areas.")
@options
def ranking(id_: str, by: By, kind: str, city: str | None, as_json: bool) -> None:
    """Who stands where in ROUND, and where they stood in the round before."""
    with desk(city, as_json) as here, here.reading() as data:
        service = here.services.port(Rounds)
        found = service.get(data.tx, here.actor, id_)
        lines = service.ranking(data.tx, here.city, found, by, kind)
        called = {one.id: one.called for one in service.things(data.tx, here.city, found)}
    told = [
        (one.rank, one.name, called.get(one.name), None if one.score is None else scoring.text(one.score), one.before)
        for one in lines
    ]
    keys = ("rank", "id", "called", "score", "before")
    here.out.json([dict(zip(keys, one, strict=True)) for one in told])
    here.out.table(("rank", "code", "name", "score", "rank_before"), told)


@rounds.command("close")
@click.argument("id_", metavar="ROUND")
@options
def close(id_: str, city: str | None, as_json: bool) -> None:
    """Close ROUND before its day: what is not finished is missed, scores stay as they are."""
    with desk(city, as_json) as here, here.services.database.transaction() as tx:
        made = here.services.port(Rounds).close(tx, here.actor, id_)
    data = made.state["data"]
    here.out.json({"id": id_, "things": data["count"], "missed": len(data["missed"])})
    here.out.table(("code", "title", "count"), [(id_, data["title"], len(data["missed"]))])
