"""Which figures of annual reports the indicators of packs give.

A list of figures is JSON: for each its `id`, `role`, `unit`, and `indicator`, its name. An indicator gives a figure
when it names it under `figures` and can: it measures the same sort of thing, and a share is a rate of two counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from ruamel.yaml import YAML

from xiuhua.packs.kinds import Indicator
from xiuhua.packs.pack import Pack
from xiuhua.platform.errors import Invalid


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that annual reports tell."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Found:
    """What gives a figure, and what says so but cannot."""

    figure: Figure
    by: tuple[str, ...]
    """Indicators, `pack: name`."""
    wrong: tuple[str, ...]
    """Indicators that name it but measure something else, with what they measure."""


def figures(text: bytes) -> tuple[Figure, ...]:
    """The figures of a list that are done, there or a range. Raises `Invalid` when it is no such list."""
    try:
        told = orjson.loads(text)
        roles = _words()["roles"]
        found = tuple(Figure(one["id"], one["indicator"], one["unit"]) for one in told if one["role"] in roles)
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise Invalid(f"This is no list of figures with id, role, indicator and unit: {error}.") from None
    if not found:
        raise Invalid("The list has no figure whose role is one of those that are counted.")
    return found


def compared(told: Iterable[Figure], packs: Iterable[Pack]) -> Iterator[Found]:
    """For each figure what gives it."""
    naming: dict[str, list[tuple[str, Indicator]]] = {}
    for pack in packs:
        for name, one in pack.indicators.items():
            for figure in one.figures:
                naming.setdefault(figure, []).append((f"{pack.name}: {name}", one))
    for wanted in told:
        named = naming.get(wanted.id, [])
        by = tuple(name for name, one in named if _gives(one, wanted))
        yield Found(wanted, by, tuple(f"{name} in {one.unit}" for name, one in named if not _gives(one, wanted)))


def _gives(indicator: Indicator, figure: Figure) -> bool:
    measure = measure_of(figure.unit)
    return measure_of(indicator.unit) == measure and (measure == "share") == (indicator.numerator is not None)


def measure_of(unit: str) -> str:
    """What a unit measures: share, area, length, weight, volume, money; else it counts."""
    measures: Mapping[str, list[str]] = _words()["measures"]
    return next((measure for measure, units in measures.items() if unit in units), "count")


@cache
def _words() -> Mapping[str, Any]:
    text = files("xiuhua.packs").joinpath("strings", "figures.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded
