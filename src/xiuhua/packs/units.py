"""Units of measure: which there are, and how many of one are another. Pure; `units.yaml` declares them.

Only units of one dimension are converted into each other; factors are exact fractions, results decimals of at most
six places.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

_PLACES: Final = 6


class UnknownUnit(ValueError):
    """A text that is no unit of measure."""


class UnlikeUnits(ValueError):
    """Units of different dimensions, such as metres and tonnes: neither converted nor added."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure."""

    name: str
    """Its sign, with what it bears before it: `万m²`."""
    english: str
    dimension: str
    factor: Fraction
    """How many of the dimension's own unit one of it is."""


def find(text: str) -> Unit | None:
    """The unit that a text names, in any of its spellings; None: there is none such."""
    flat = plain(text)
    known = _known()
    if flat in known:
        return known[flat]
    ten, base = tens().get(flat[:1]), known.get(flat[1:])
    if base is None or ten is None:
        return None
    return Unit(f"{flat[0]}{base.name}", f"{ten:,} {base.english}", base.dimension, base.factor * ten)


def names() -> set[str]:
    """The signs of all units."""
    return {one.name for one in _known().values()}


def like(text: str) -> set[str]:
    """The signs of the units that are converted into the one that a text names."""
    found = find(text)
    return {one.name for one in _known().values() if found is not None and one.dimension == found.dimension}


def factor(of: str, into: str) -> Fraction:
    """How many of `into` one of `of` is. Raises `UnknownUnit`, `UnlikeUnits`."""
    if plain(of) == plain(into):
        return Fraction(1)
    mine, theirs = find(of), find(into)
    for text, found in ((of, mine), (into, theirs)):
        if found is None:
            raise UnknownUnit(f"{text!r} is no unit of measure")
    assert mine is not None and theirs is not None
    if mine.dimension != theirs.dimension:
        raise UnlikeUnits(f"{mine.name} and {theirs.name} are unlike units: {mine.dimension}, {theirs.dimension}")
    return mine.factor / theirs.factor


def convert(amount: Decimal, of: str, into: str) -> Decimal:
    """A quantity in another unit; exact, but where that would never end, as from mu to m², rounded to six places."""
    return times(amount, factor(of, into))


def times(amount: Decimal, by: Fraction) -> Decimal:
    """A decimal many times over."""
    if by == 1:
        return amount
    with localcontext() as context:
        context.prec = 60
        product = amount * by.numerator / by.denominator
        if by.denominator == 1:
            return product
        return product.quantize(Decimal(1).scaleb(-_PLACES), ROUND_HALF_EVEN).normalize()


def title(text: str) -> dict[str, str]:
    """What a unit is called in both languages; one that is unknown by its own text."""
    found = find(text)
    return {"zh": found.name, "en": found.english} if found is not None else {"zh": text, "en": text}


def plain(text: str) -> str:
    """A spelling without what does not matter: full width, superscripts, blanks, capitals."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").replace("_", "").lower()


@cache
def tens() -> dict[str, int]:
    """Signs for a thousand and more that stand before units and behind numbers."""
    found: dict[str, int] = _told()["tens"]
    return found


@cache
def _told() -> dict[str, Any]:
    text = files("xiuhua.packs").joinpath("units.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


@cache
def _known() -> dict[str, Unit]:
    """Every spelling → its unit. Raises `ValueError` when two units are spelt alike."""
    found: dict[str, Unit] = {}
    for dimension, units in _told()["units"].items():
        for name, one in units.items():
            unit = Unit(name, one.get("en", name), dimension, Fraction(one["is"]))
            for spelling in {plain(each) for each in (name, *one.get("also", ()))}:
                if spelling in found:
                    raise ValueError(f"{found[spelling].name} and {name} are both written {spelling}")
                found[spelling] = unit
    return found
