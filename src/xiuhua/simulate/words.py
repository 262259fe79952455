"""The words and weights the fictional district lives by."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def habits() -> dict[str, Any]:
    """How the people behave; not to be changed by who reads it."""
    text = files("xiuhua.simulate").joinpath("habits.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))
