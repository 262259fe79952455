"""The documentation is held to the code: links resolve, commands and options exist, every event is listed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from xiuhua.cli import program

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "xiuhua"
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
EVENTS = DOCS / "reference" / "events.md"
TELLERS = {"NewEvent", "record", "tell", "_tell", "_saved", "_changed"}
"""Functions that are handed the type of an event as a text."""
EVENT = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
FENCE = re.compile(r"^ {0,3}```.*?^ {0,3}```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
COMMAND = re.compile(r"(?:^|(?<!-d)[\s`|(])xiuhua((?:[ \t]+[^\s`|]+)+)")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def without_code(page: Path) -> str:
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))


def anchor_of(heading: str) -> str:
    """As repositories' web pages make it: small letters, spaces to dashes, other signs gone."""
    plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return frozenset(anchor_of(found) for found in re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def broken(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return not target.exists() or bool(anchor and target.suffix == ".md" and anchor not in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_resolve(page: Path) -> None:
    links = [link for link in LINK.findall(without_code(page)) if not re.match(r"[a-z]+:", link)]

    assert [link for link in links if broken(page, link)] == []


def test_the_index_names_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(without_code(index))}

    assert {named(page) for page in DOCS.rglob("*.md") if page != index and page not in linked} == set()


def code_of(page: Path) -> str:
    """What stands in fences and between backticks, with lines that go on joined."""
    text = page.read_text(encoding="utf-8")
    inline = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    return "\n".join([*FENCE.findall(text), *inline]).replace("\\\n", " ")


def commands(page: Path) -> Iterator[list[str]]:
    for found in COMMAND.finditer(code_of(page).replace(".venv/bin/xiuhua", "xiuhua")):
        words = found[1].split("#")[0].split("·")[0].split()
        yield words[: words.index("and")] if "and" in words else words


def unknown_in(words: list[str]) -> str | None:
    """The first word of a command line that the program does not know; None when it knows them all."""
    command: click.Command = program
    known = {option for one in program.params for option in one.opts} | {"--help", "-h"}
    rest = iter(words)
    for word in rest:
        if word.startswith("-"):
            name = word.partition("=")[0]
            if name not in known:
                return word
            if command is program and name != "--help":
                next(rest, None)
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word) if word.islower() else None
            if found is None:
                return None if word.isupper() else word
            command = found
            known |= {option for one in found.params for option in [*one.opts, *one.secondary_opts]}
    return None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_exist(page: Path) -> None:
    assert {" ".join(words): unknown for words in commands(page) if (unknown := unknown_in(words))} == {}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"(?:^|[\s$])make ([a-z-]+)", code_of(page), re.MULTILINE)) <= targets


def events_of_the_code() -> set[str]:
    """Types handed to a teller, and constants of modules that make events."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        makes = {"NewEvent", "Decided", "Told"} & named or path.name == "deciding.py"
        told: list[ast.AST] = [
            argument
            for one in ast.walk(tree)
            if isinstance(one, ast.Call) and (getattr(one.func, "id", None) or getattr(one.func, "attr", "")) in TELLERS
            for argument in one.args
        ]
        told += [one.value for one in tree.body if isinstance(one, ast.AnnAssign) and one.value and makes]
        texts = {part.value for one in told for part in ast.walk(one) if isinstance(part, ast.Constant)}
        found |= {text for text in texts if isinstance(text, str) and EVENT.fullmatch(text)}
    return found


def events_of_the_loop() -> set[str]:
    """Those of reports and cases; procedures of other packs name theirs themselves."""
    yaml = YAML(typ="safe", pure=True)
    files = (SOURCE / "packs" / "library" / "city-case" / "procedures").glob("*.yaml")
    declared = [yaml.load(path.read_text(encoding="utf-8")) for path in files]
    return {
        action["event"]
        for procedures in declared
        for procedure in procedures.values()
        for action in procedure["actions"].values()
    }


def events_of_the_page() -> set[str]:
    rows = re.findall(r"^\| `(\w+)` \|", EVENTS.read_text(encoding="utf-8"), re.MULTILINE)
    return {row for row in rows if row[0].isupper()}


def test_events_are_found_at_all() -> None:
    assert {"UnitsChanged", "DutyAdded", "DutyAdjudicated", "AreasImported", "PasswordReset"} <= events_of_the_code()
    assert {"CaseFiled", "ReportReceived", "Voided"} <= events_of_the_loop()


def test_the_page_lists_every_event_and_no_other() -> None:
    assert events_of_the_page() == events_of_the_code() | events_of_the_loop()
