"""`xiuhua pack new`: a small complete pack that passes check and test, to be changed step by step."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from xiuhua.platform.errors import Conflict, Invalid

LONGEST: Final = 32
"""Names in the template are longer than the pack's by up to 16 characters, and 48 is the limit."""
_ITS_NAME: Final = "NAME"
"""Stands in names of files for the pack's name as declarations bear it."""
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def new(name: str, folder: Path = Path()) -> Path:
    """Make the folder `name` in `folder` and give its path.

    Raises `Invalid` for a name that is none, and `Conflict` when the folder is there already.
    """
    if _NAME.fullmatch(name) is None or not 2 <= len(name) <= LONGEST:
        why = f"2 to {LONGEST} small letters, digits and -, beginning with a letter, e.g. street-trees"
        raise Invalid(f"'{name}' is no name of a pack: {why}.", errors=[{"field": "name", "why": why}])
    target = folder / name
    if target.exists():
        raise Conflict(f"{target} is there already; choose another name or delete it.")
    words = {"pack": name, "name": name.replace("-", "_"), "word": name.replace("-", " ").capitalize()}
    words["Event"] = "".join(part.capitalize() for part in re.findall("[a-z]+", name))
    _copy(files("xiuhua.packs").joinpath("template"), target, words)
    return target


def _copy(source: Traversable, target: Path, words: dict[str, str]) -> None:
    target.mkdir(parents=True)
    for one in source.iterdir():
        if one.is_dir():
            _copy(one, target / one.name, words)
        else:
            text = Template(one.read_text(encoding="utf-8")).substitute(words)
            (target / one.name.replace(_ITS_NAME, words["name"])).write_text(text, encoding="utf-8")
