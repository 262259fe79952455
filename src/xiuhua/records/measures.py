"""Quantities as offices write them: numbers with units, thousands and ten thousands, "about". Pure.

Units are those of `packs.units`: converted within one dimension only, unlike ones never taken for each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from xiuhua.packs import units
from xiuhua.records.words import words


class NoQuantity(ValueError):
    """Why a text is no quantity of a unit: `not_a_quantity` or `other_unit`."""


@dataclass(frozen=True, slots=True)
class _Known:
    """`words.yaml`, compiled."""

    about: re.Pattern[str]
    parts: re.Pattern[str]


@lru_cache(maxsize=8192)
def read(text: str, unit: str | None) -> tuple[Decimal, bool]:
    """The quantity in `unit`, and whether the text says that it is only about so much. Raises `NoQuantity`."""
    known = _known()
    flat = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    bare = known.about.sub("", flat)
    match = known.parts.fullmatch(bare)
    if match is None:
        raise NoQuantity("not_a_quantity")
    about = bare != flat or bool(match["about"] or match["more"])
    written = known.about.sub("", match["unit"])
    number, ten = Decimal(match["number"]), match["ten"] or ""
    quantity = units.times(number, _factor(ten, written, unit) * units.tens().get(ten, 1))
    return quantity, about or written != match["unit"]


def _factor(ten: str, written: str, unit: str | None) -> Fraction:
    """How many of `unit` one of what is written is, the ten before it left aside."""
    if not written:
        bears = unit is not None and ten and unit.startswith(ten)  # "12.5万" in a column of 万m²: 12.5 of them
        return Fraction(1, units.tens()[ten]) if bears else Fraction(1)
    if unit is None:
        raise NoQuantity("not_a_quantity")
    try:
        return units.factor(written, unit)
    except ValueError:
        raise NoQuantity("other_unit") from None


@cache
def _known() -> _Known:
    told = words()
    before, behind = ("|".join(map(re.escape, told["about"][one])) for one in ("before", "behind"))
    return _Known(
        about=re.compile(f"^(?:{before})+|(?:{behind})+$"),
        parts=re.compile(
            rf"(?P<number>[+-]?\d{{1,15}}(?:\.\d{{1,12}})?)(?!\d)(?P<about>{behind})?(?P<ten>{'|'.join(units.tens())})?"
            rf"(?P<more>{behind})?(?P<unit>.*)"
        ),
    )
