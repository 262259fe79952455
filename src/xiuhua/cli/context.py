"""What every command needs: the settings of its data folder, its services, and which city it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from xiuhua import bootstrap
from xiuhua.platform.clock import Clock
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings, load_settings
from xiuhua.platform.sql import queries


def settings_of(**chosen: Any) -> Settings:
    """The settings of this command: the environment, `--data`, and what the command itself chooses."""
    data = click.get_current_context().find_root().params.get("data")
    given = {name: value for name, value in chosen.items() if value is not None}
    return load_settings(**({"data": data} if data else {}), **given)


@contextmanager
def services(clock: Clock | None = None, **chosen: Any) -> Iterator[Services]:
    """The services of this command, closed with the block."""
    with bootstrap.opened(settings_of(**chosen), clock) as opened:
        yield opened


def city_of(found: Services, wanted: str | None) -> str:
    """The city a command is about: the one named, else the only one there is."""
    with found.database.reading() as tx:
        known = [row.city for row in tx.execute(queries("xiuhua.city.units")["bureaus"])]
    if wanted is not None and wanted not in known:
        raise NotFound(f"there is no bureau {wanted}; known: {', '.join(known) or 'none'}")
    if wanted is None and len(known) != 1:
        raise Invalid(f"say which with --city; known: {', '.join(known) or 'none, make one with `xiuhua simulate`'}")
    return wanted or str(known[0])


def city_option(command: Any) -> Any:
    """`--city CODE`."""
    return click.option("--city", help="Bureau's 6-digit code; needed where there are several.")(command)
