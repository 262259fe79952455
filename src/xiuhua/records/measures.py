"""Quantities as offices write them: numbers with units, thousands and ten thousands, "about". Pure.

Units are converted within one dimension only; unlike ones are never taken for each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from xiuhua.records.words import words


class NoQuantity(ValueError):
    """Why a text is no quantity of a unit: `not_a_quantity` or `other_unit`."""


@dataclass(frozen=True, slots=True)
class _Known:
    """`words.yaml`, compiled."""

    about: re.Pattern[str]
    parts: re.Pattern[str]
    tens: dict[str, Decimal]
    units: dict[str, tuple[str, Decimal]]
    """Unit → dimension and how many of the dimension's own it is."""


def read(text: str, unit: str | None) -> tuple[Decimal, bool]:
    """The quantity in `unit`, and whether the text says that it is only about so much. Raises `NoQuantity`."""
    known = _known()
    flat = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    bare = known.about.sub("", flat)
    match = known.parts.fullmatch(bare)
    if match is None:
        raise NoQuantity("not_a_quantity")
    number = Decimal(match["number"]) * known.tens.get(match["ten"] or "", Decimal(1))
    about = bare != flat or bool(match["about"] or match["more"])
    written = known.about.sub("", match["unit"])
    return number * _factor(written, unit), about or written != match["unit"]


def _factor(written: str, unit: str | None) -> Decimal:
    """How many of `unit` one of what is written is."""
    if not written or (unit is not None and _plain(written) == _plain(unit)):
        return Decimal(1)
    if unit is None:
        raise NoQuantity("not_a_quantity")
    mine, theirs = _known().units.get(_plain(unit)), _known().units.get(_plain(written))
    if mine is None or theirs is None or mine[0] != theirs[0]:
        raise NoQuantity("other_unit")
    return theirs[1] / mine[1]  # powers of ten: exact


def _plain(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).replace(" ", "").lower()


@cache
def _known() -> _Known:
    told = words()
    before, behind = ("|".join(map(re.escape, told["about"][one])) for one in ("before", "behind"))
    return _Known(
        about=re.compile(f"^(?:{before})+|(?:{behind})+$"),
        parts=re.compile(
            rf"(?P<number>[+-]?\d+(?:\.\d+)?)(?P<about>{behind})?(?P<ten>{'|'.join(told['tens'])})?"
            rf"(?P<more>{behind})?(?P<unit>.*)"
        ),
        tens={name: Decimal(factor) for name, factor in told["tens"].items()},
        units={
            _plain(name): (dimension, Decimal(factor))
            for dimension, units in told["units"].items()
            for name, factor in units.items()
        },
    )
