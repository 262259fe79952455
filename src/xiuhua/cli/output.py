"""How commands about a city answer: texts and tables in two languages, or one JSON document for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

import click
import orjson
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree
from ruamel.yaml import YAML

from xiuhua.city.compiled import CityData, CityReader
from xiuhua.cli import context, language
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.services import Services

C = TypeVar("C", bound=Callable[..., Any])
DAY: Final = click.DateTime(["%Y-%m-%d"])
_WIDE: Final = 4000
"""Columns where no terminal looks on: a line is never broken for a program."""


def options(command: C) -> C:
    """`--city`, `--json`, and `--data` and `--lang`, which may stand behind a command as well as before it."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),
        context.city_option,
        click.option(
            "--data", type=click.Path(file_okay=False, path_type=Path), callback=_to_root, expose_value=False,
            help="Data folder; ./.data unless told otherwise.",
        ),
        click.option(
            "--lang", type=click.Choice(["zh", "en"]), callback=_to_root, expose_value=False, help="Language."
        ),
    ):  # fmt: skip
        command = decorate(command)
    return command


def _to_root(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    if value is not None and option.name is not None:
        ctx.find_root().params[option.name] = value


class Output:
    """What a command says; in JSON only `json` does."""

    def __init__(self, lang: str, as_json: bool) -> None:
        self.lang, self.as_json = lang, as_json
        terminal = sys.stdout.isatty()
        self._console = Console(highlight=False, soft_wrap=not terminal, width=None if terminal else _WIDE)

    def text(self, name: str, **values: Any) -> str:
        """A text of `strings/city.yaml`; a name that is none of them stands for itself."""
        found = strings().get(name)
        return name if found is None else found[self.lang].format(**values)

    def say(self, name: str, **values: Any) -> None:
        """A line."""
        if not self.as_json:
            click.echo(self.text(name, **values))

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table; columns by the names of texts. Nothing where there are no rows."""
        self.rows([self.text(f"column_{name}") for name in columns], rows)

    def rows(self, titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """The same with titles as they are given."""
        if self.as_json or not rows:
            return
        shown = Table(*titles, box=None, pad_edge=False)
        for row in rows:
            shown.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
        self._console.print(shown)

    def tree(self, tree: Tree) -> None:
        """A tree."""
        if not self.as_json:
            self._console.print(tree)

    def json(self, value: Any) -> None:
        """The document for programs."""
        if self.as_json:
            click.echo(orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2).decode())


@dataclass(frozen=True, slots=True)
class Desk:
    """A command at work on a city."""

    services: Services
    city: str
    out: Output

    @property
    def actor(self) -> Actor:
        """In whose name the command changes something: whoever may start it may do everything."""
        return replace(system(self.city), via="cli")

    @contextmanager
    def reading(self) -> Iterator[CityData]:
        """The city in one snapshot, for reading."""
        with self.services.database.reading() as tx:
            yield self._data(tx)

    @contextmanager
    def writing(self) -> Iterator[CityData]:
        """The city in one transaction, for changing."""
        with self.services.database.transaction() as tx:
            yield self._data(tx)

    def _data(self, tx: Tx) -> CityData:
        return self.services.port(CityReader).of(tx, self.city)


@contextmanager
def desk(city: str | None, as_json: bool) -> Iterator[Desk]:
    """The services of this command, the city it is about, and its output."""
    with context.services() as services:
        yield Desk(services, context.city_of(services, city), Output(language(click.get_current_context()), as_json))


def fail() -> None:
    """Exit code 1: the command has run, and what it looked for is wrong."""
    raise click.exceptions.Exit(1)


@cache
def strings() -> dict[str, dict[str, str]]:
    """The texts of these commands by name, each with `zh` and `en`."""
    text = files("xiuhua.cli").joinpath("strings", "city.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return found


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
