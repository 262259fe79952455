"""docs/reference/cli.md and the strings of commands are held to the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import click
import pytest
from tests.conftest import ROOT

from xiuhua.cli import output, program

PAGE = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `xiuhua ((?:[a-z-]+ ?)+)(.*?)` \| (.+?) \| (.*?) ?\|$", re.MULTILINE)


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*path, name))


COMMANDS = dict(leaves(program))
ROWS = {found[1].strip(): found for found in ROW.finditer(PAGE)}


def test_the_page_names_every_command_and_no_other() -> None:
    assert set(ROWS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_arguments_and_options_of_the_page_exist(name: str) -> None:
    parameters = COMMANDS[name].params
    arguments = [one.human_readable_name.upper() for one in parameters if one.param_type_name == "argument"]
    options = {word for one in parameters for word in one.opts}
    told = [word.rstrip("…") for word in ROWS[name][2].split()]

    assert told == [one for one in arguments if one in told]
    assert set(re.findall(r"--[a-z-]+", ROWS[name][0])) <= options


@pytest.mark.parametrize("name", [one for one in sorted(COMMANDS) if one.split()[0] in
                                  {"areas", "units", "categories", "duties", "calendars", "clocks"}])  # fmt: skip
def test_commands_about_a_city_take_the_same_options(name: str) -> None:
    options = {word for one in COMMANDS[name].params for word in one.opts}

    assert {"--data", "--city", "--json", "--lang"} <= options
    assert all(one.help for one in COMMANDS[name].params if isinstance(one, click.Option))


def test_every_text_stands_in_both_languages_and_is_used() -> None:
    texts = output.strings()
    folder = ROOT / "src/xiuhua/cli"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    made = re.compile(r"^(column|area|side|fixing|lack|status|limit|duty|outcome|severity|subjects)_")

    assert all(set(text) == {"zh", "en"} for text in texts.values())
    assert [name for name in texts if not made.match(name) and not re.search(f"[\"']{name}[\"']", code)] == []
    assert files("xiuhua.cli").joinpath("strings", "city.yaml").is_file()


def test_every_column_that_a_table_names_has_a_text() -> None:
    folder = ROOT / "src/xiuhua/cli"
    named = set()
    for path in folder.glob("*.py"):
        for found in re.finditer(r"\.table\(\s*\(([^)]*)\)", path.read_text(encoding="utf-8")):
            named |= set(re.findall(r'"(\w+)"', found[1]))

    assert named and {f"column_{name}" for name in named} <= set(output.strings())
