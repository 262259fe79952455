"""Quantities as offices write them: numbers with units, thousands and ten thousands, "about". Pure.

Units are converted within one dimension only; unlike ones are never taken for each other.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

_UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    "m": ("length", Decimal(1)), "米": ("length", Decimal(1)), "延米": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)), "公里": ("length", Decimal(1000)), "千米": ("length", Decimal(1000)),
    "m²": ("area", Decimal(1)), "m2": ("area", Decimal(1)), "平方米": ("area", Decimal(1)),
    "平方": ("area", Decimal(1)), "㎡": ("area", Decimal(1)), "公顷": ("area", Decimal(10000)),
    "km²": ("area", Decimal(1_000_000)), "km2": ("area", Decimal(1_000_000)),
    "平方公里": ("area", Decimal(1_000_000)), "平方千米": ("area", Decimal(1_000_000)),
    "m³": ("volume", Decimal(1)), "m3": ("volume", Decimal(1)), "立方米": ("volume", Decimal(1)),
    "方": ("volume", Decimal(1)), "立方": ("volume", Decimal(1)),
    "kg": ("mass", Decimal("0.001")), "公斤": ("mass", Decimal("0.001")), "千克": ("mass", Decimal("0.001")),
    "t": ("mass", Decimal(1)), "吨": ("mass", Decimal(1)),
    "h": ("time", Decimal(1)), "小时": ("time", Decimal(1)),
    "w": ("power", Decimal(1)), "瓦": ("power", Decimal(1)), "kw": ("power", Decimal(1000)),
    "千瓦": ("power", Decimal(1000)),
}  # fmt: skip
"""Unit → dimension and how many of the dimension's own it is; each factor is exact by definition."""
_ABOUT: Final = re.compile(r"^(?:约|大约|近|共|合计)+|(?:余|多|左右|以上|不等)+$")
_PARTS: Final = re.compile(
    r"(?P<number>[+-]?\d+(?:\.\d+)?)(?P<about>余|多)?(?P<ten>亿|万|千)?(?P<more>余|多)?(?P<unit>.*)"
)
_TENS: Final = {"千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


class NoQuantity(ValueError):
    """Why a text is no quantity of a unit: `not_a_quantity` or `other_unit`."""


def read(text: str, unit: str | None) -> tuple[Decimal, bool]:
    """The quantity in `unit`, and whether the text says that it is only about so much. Raises `NoQuantity`."""
    flat = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    bare = _ABOUT.sub("", flat)
    match = _PARTS.fullmatch(bare)
    if match is None:
        raise NoQuantity("not_a_quantity")
    try:
        number = Decimal(match["number"]) * _TENS.get(match["ten"] or "", Decimal(1))
    except InvalidOperation:
        raise NoQuantity("not_a_quantity") from None
    about = bare != flat or bool(match["about"] or match["more"])
    written = _ABOUT.sub("", match["unit"])
    return number * _factor(written, unit), about or written != match["unit"]


def _factor(written: str, unit: str | None) -> Decimal:
    """How many of `unit` one of what is written is."""
    if not written or (unit is not None and _plain(written) == _plain(unit)):
        return Decimal(1)
    if unit is None:
        raise NoQuantity("not_a_quantity")
    mine, theirs = _UNITS.get(_plain(unit)), _UNITS.get(_plain(written))
    if mine is None or theirs is None or mine[0] != theirs[0]:
        raise NoQuantity("other_unit")
    return theirs[1] / mine[1]  # powers of ten: exact


def _plain(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).replace(" ", "").lower()
