"""`bureau` and `account`: an installation's bureaus and who may sign in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from xiuhua.city.units import service as units
from xiuhua.city.units.model import Bureau
from xiuhua.cli import context
from xiuhua.loop import found, retention
from xiuhua.packs import service as packs
from xiuhua.platform.identity import service as identity
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.passwords import generate


@click.group()
def bureau() -> None:
    """Bureaus of this installation."""


@bureau.command("create")
@click.argument("city", metavar="CODE")
@click.option("--name", required=True, help="Name of the bureau.")
@click.option("--name-en", default="", help="Its English name.")
@click.option("--parent", help="Code of the bureau it is rolled up into.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Time zone (IANA).")
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), help="First day of its catalogues; default: today.")
@click.option("--example-standards", is_flag=True, help="Install the example case standards of a real city as well.")
def create(
    city: str, name: str, name_en: str, parent: str | None, zone: str, valid_from: datetime | None,
    example_standards: bool,
) -> None:  # fmt: skip
    """Make a bureau with calendars, catalogues and the city-case procedure; shows its administrator's password once.

    Again with the same values it changes nothing.
    """
    catalogues = (*found.CATALOGUES, found.EXAMPLE_STANDARDS) if example_standards else found.CATALOGUES
    with context.services() as services, services.database.transaction() as tx:
        day: date = valid_from.date() if valid_from else tx.now.date()
        actor = replace(system(city), via="cli")
        found.make_bureau(tx, actor, Bureau(city, name, name_en, zone, parent), day, catalogues)
        first = identity.create_first_administrator(tx, city, services.identity.hasher)
    click.echo(f"bureau {city} {name} is ready")
    if first is not None:
        click.echo(f"administrator {first.name}  {first.password}   (shown this once; change it when you sign in)")


@bureau.command("list")
def list_bureaus() -> None:
    """Every bureau of this installation."""
    with context.services() as services, services.database.reading() as tx:
        known = units.bureaus(tx)
        for one in map(known.bureau, known.cities):
            click.echo(f"{one.city}  {one.name}  {one.name_en}  {one.parent_city or ''}".rstrip())


@bureau.command("install")
@click.argument("pack", type=click.Path(exists=True, file_okay=False, path_type=Path))
@context.city_option
def install(pack: Path, city: str | None) -> None:
    """Put a pack (a folder) in force; running cases keep the version they began under."""
    with context.services() as services:
        chosen = context.city_of(services, city)
        with services.database.transaction() as tx:
            changed = found.install_pack(tx, chosen, pack, system(chosen))
    click.echo("in force from now on" if changed else "it was in force already")


@click.group()
def account() -> None:
    """Accounts: who may sign in."""


@account.command("list")
@context.city_option
def list_accounts(city: str | None) -> None:
    """Accounts of a city by name."""
    with context.services() as services:
        chosen = context.city_of(services, city)
        with services.database.reading() as tx:
            for one in identity.list_accounts(tx, chosen, limit=10_000):
                state = "" if one.account.valid else "  (not valid)"
                click.echo(f"{one.account.name:<28} {one.account.person:<28} {', '.join(one.account.roles)}{state}")


@account.command("create")
@click.argument("name")
@click.option("--person", help="Person code; default: the name.")
@click.option("--role", "roles", multiple=True, help="A role over the whole city, besides the person's posts.")
@context.city_option
def create_account(name: str, person: str | None, roles: tuple[str, ...], city: str | None) -> None:
    """Make an account with a generated password, shown this once, to be changed at the first sign-in."""
    with context.services() as services:
        chosen = context.city_of(services, city)
        password = generate()
        with services.database.transaction() as tx:
            new = NewAccount(name, person or name, roles=roles, password=password)
            identity.create_accounts(tx, system(chosen), [new], services.identity.hasher)
    click.echo(f"{name}  {password}   (shown this once)")


@account.command("reset")
@click.argument("name")
@context.city_option
def reset(name: str, city: str | None) -> None:
    """Give an account a new one-time password; its sessions and tokens end."""
    with context.services() as services:
        chosen = context.city_of(services, city)
        with services.database.transaction() as tx:
            password = identity.reset_password(tx, system(chosen), name, services.identity.hasher)
    click.echo(f"{name}  {password}   (shown this once; to be changed at sign-in)")


@bureau.command("set")
@click.argument("procedure")
@click.argument("values", nargs=-1, required=True, metavar="VALUE")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: today.")
@context.city_option
def set_settings(procedure: str, values: tuple[str, ...], since: datetime | None, city: str | None) -> None:
    """Set a procedure's settings otherwise in this city, e.g. `bureau set city_case reopen_days=30`; null: default."""
    chosen: dict[str, Any] = {}
    for one in values:
        name, _, text = one.partition("=")
        try:
            chosen[name] = orjson.loads(text)
        except orjson.JSONDecodeError:
            chosen[name] = text
    with context.services() as services:
        code = context.city_of(services, city)
        with services.database.transaction() as tx:
            packs.put_settings(tx, system(code), procedure, chosen, since.date() if since else tx.now.date())
    click.echo(f"{', '.join(chosen)} set for {procedure}")


@click.group()
def personal() -> None:
    """Personal data of reporters: erase."""


@personal.command("erase")
@click.argument("ids", nargs=-1, required=True, metavar="ID")
@click.option("--why", required=True, help="The reason; it is written down.")
@context.city_option
def erase(ids: tuple[str, ...], why: str, city: str | None) -> None:
    """Erase texts, contacts and photos for good; the log, its verification and all figures stay as they are."""
    with context.services() as services:
        code = context.city_of(services, city)
        with services.database.transaction() as tx:
            erased = retention.erase(tx, system(code), ids, why)
    click.echo(f"{len(erased)} erased")
