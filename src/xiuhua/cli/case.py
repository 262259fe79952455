"""`case` and `reports`: look at them and act on them from the shell, with the same verbs as over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import orjson

from xiuhua.cli import context
from xiuhua.flow.model import Attempt, State
from xiuhua.loop.lists import query
from xiuhua.loop.lists.model import Kind, ListFilter
from xiuhua.loop.scope import Sight
from xiuhua.loop.service import Loop
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries


@click.group()
def case() -> None:
    """Cases: list, show, act."""


@click.group()
def reports() -> None:
    """Reports: list, show, act."""


@case.command("list")
@click.option("--state", multiple=True, help="Only these states.")
@click.option("--unit", help="Only this lead unit.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@context.city_option
def list_cases(state: tuple[str, ...], unit: str | None, limit: int, city: str | None) -> None:
    """The newest cases."""
    for row in _rows("case", city, limit, ListFilter(state=state, unit=(unit,) if unit else ())):
        due = _local(row.due) if row.due else ""
        click.echo(f"{row.number}  {row.state:<12} {row.category or '':<30} {row.unit or '':<14} {due}")


@reports.command("list")
@click.option("--state", multiple=True, help="Only these states.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@context.city_option
def list_reports(state: tuple[str, ...], limit: int, city: str | None) -> None:
    """The newest reports."""
    for row in _rows("report", city, limit, ListFilter(state=state)):
        click.echo(f"{row.id}  {row.source:<14} {row.state:<12} {row.external_id}")


def _rows(kind: Kind, city: str | None, limit: int, chosen: ListFilter) -> list[Any]:
    with context.services() as services:
        where = context.city_of(services, city)
        with services.database.reading() as tx:
            return query.page(tx, query.Wanted(where, kind, chosen, Sight(True), tx.now), None, limit)


@case.command("show")
@click.argument("number")
@context.city_option
def show_case(number: str, city: str | None) -> None:
    """One case by number or id: where it stands, its legs, clocks and timeline."""
    _show("case", number, city)


@reports.command("show")
@click.argument("id", metavar="ID")
@context.city_option
def show_report(id: str, city: str | None) -> None:
    """One report: where it stands and its timeline; texts of reporters are not shown here."""
    _show("report", id, city)


def _show(kind: str, given: str, city: str | None) -> None:
    with context.services() as services:
        chosen = context.city_of(services, city)
        with services.database.reading() as tx:
            version, state = _found(services, tx, chosen, kind, given)
            title = services.port(Loop).title_of(tx, chosen, state)
            events = eventlog.read(tx, chosen, f"{kind}/{state['id']}")
    click.echo(f"{state['number']}  {title['zh']} / {title['en']} ({state['state']})  version {version}")
    for name in ("category", "unit", "unit_grid", "source", "external_id"):
        if state["data"].get(name):
            click.echo(f"  {name:<12} {state['data'][name]}")
    for leg in state["data"].get("legs") or ():
        click.echo(
            f"  leg          {leg['unit']}: {_moment(leg['from'])} → {_moment(leg['to'])} {leg['verdict'] or ''}"
        )
    for name, run in state["clocks"].items():
        click.echo(f"  clock        {name}: {run['state']}, due {_moment(run['due'])}")
    for event in events:
        reason = f"  “{event.payload['reason']}”" if event.payload.get("reason") else ""
        click.echo(f"  {_local(event.at)}  {event.type:<22} {event.actor} as {event.role}{reason}")


@case.command("act")
@click.argument("number")
@click.argument("action")
@click.option("--by", required=True, help="Code of the person who does it.")
@click.option("--fields", default="{}", help="JSON object of the action's fields.")
@click.option("--reason", help="Where it goes back.")
@click.option("--n", type=int, help="Number of the track instance.")
@context.city_option
def act_on_case(
    number: str, action: str, by: str, fields: str, reason: str | None, n: int | None, city: str | None
) -> None:
    """Do something with a case as a person; refused exactly as over HTTP."""
    _act("case", number, Attempt(action, _json(fields), reason, n), by, city)


@reports.command("act")
@click.argument("id", metavar="ID")
@click.argument("action")
@click.option("--by", required=True, help="Code of the person who does it.")
@click.option("--fields", default="{}", help="JSON object of the action's fields.")
@click.option("--reason", help="Where it goes back.")
@context.city_option
def act_on_report(id: str, action: str, by: str, fields: str, reason: str | None, city: str | None) -> None:
    """Do something with a report as a person; refused exactly as over HTTP."""
    _act("report", id, Attempt(action, _json(fields), reason), by, city)


def _act(kind: str, given: str, attempt: Attempt, by: str, city: str | None) -> None:
    with context.services() as services:
        chosen = context.city_of(services, city)
        loop = services.port(Loop)
        with services.database.transaction() as tx:
            _, state = _found(services, tx, chosen, kind, given)
            posts = loop.view(tx, chosen).directory.posts_of(by)
            if not posts:
                raise NotFound(f"{by} holds no post in {chosen}")
            actor = Actor(by, chosen, by, posts, permissions_of(posts), "cli")
            one, decided = loop.act(tx, kind, state["id"], attempt, actor)
    click.echo(f"{one.state['number']}: {', '.join(event.type for event in decided)} → {one.state['state']}")


def _found(services: Services, tx: Tx, city: str, kind: str, given: str) -> tuple[int, State]:
    row = tx.execute(queries("xiuhua.loop")["case_id_of_number"], {"city": city, "number": given}).fetchone()
    id_ = str(row.id) if row is not None and kind == "case" else given
    found = services.port(Loop).docs(tx, city, kind, [id_])
    if id_ not in found:
        raise NotFound(f"there is no {kind} {given}")
    return found[id_]


def _json(text: str) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid(f"--fields is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise Invalid("--fields is a JSON object")
    return value


def _moment(epoch: int | None) -> str:
    return _local(datetime.fromtimestamp(epoch, UTC)) if epoch is not None else "…"


def _local(moment: datetime) -> str:
    zone = ZoneInfo(context.settings_of().time_zone)
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
