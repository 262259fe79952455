"""The words and weights the fictional district lives by."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def read(file: str) -> dict[str, Any]:
    """A YAML file in the folder of the simulation; not to be changed by who reads it."""
    text = files("xiuhua.simulate").joinpath(file).read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def habits() -> dict[str, Any]:
    """How the people behave; not to be changed by who reads it."""
    return read("habits.yaml")
