"""Reads what the fictional district has of lines of business: the files of `declared/`, each a `Line`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from xiuhua.simulate.lines.shape import Line
from xiuhua.simulate.words import read


@cache
def lines() -> dict[str, Line]:
    """All of them by name. Raises pydantic's `ValidationError` where one does not fit its shape."""
    folder = files("xiuhua.simulate.lines").joinpath("declared")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return {name.removesuffix(".yaml"): Line.model_validate(read(f"lines/declared/{name}")) for name in names}


def chosen(names: Sequence[str] | None = None) -> list[Line]:
    """Those of these names, in this order; all of them when none are given."""
    return [lines()[name] for name in (lines() if names is None else names)]
