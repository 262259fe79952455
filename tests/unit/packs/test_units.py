"""Units of measure: spellings, exact conversions, and what is never added."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xiuhua.packs import units
from xiuhua.packs.units import UnknownUnit, UnlikeUnits


@pytest.mark.parametrize(
    ("amount", "of", "into", "wanted"),
    [
        ("1.5", "km", "m", "1500"), ("250", "m", "公里", "0.25"), ("4.35", "万㎡", "m2", "43500"),
        ("1", "公顷", "亩", "15"), ("3", "亩", "m²", "2000"), ("1", "亩", "m²", "666.666667"),
        ("12345.678", "kg", "吨", "12.345678"), ("0.1", "万元", "元", "1000"), ("886", "处(次)", "处次", "886"),
        ("2", "千人次", "人次", "2000"), ("30", "min", "h", "0.5"),
    ],
)  # fmt: skip
def test_quantities_are_converted_exactly(amount: str, of: str, into: str, wanted: str) -> None:
    assert units.convert(Decimal(amount), of, into) == Decimal(wanted)


def test_a_sum_of_converted_parts_is_the_converted_sum() -> None:
    parts = [Decimal(one) / 1000 for one in range(1, 2000, 7)]

    assert sum(units.convert(one, "km", "m") for one in parts) == units.convert(sum(parts, Decimal()), "km", "m")


@pytest.mark.parametrize(("of", "into"), [("m", "m²"), ("t", "m³"), ("处", "处次"), ("人", "人次"), ("天", "h")])
def test_unlike_units_are_never_converted(of: str, into: str) -> None:
    with pytest.raises(UnlikeUnits, match="unlike"):
        units.convert(Decimal(1), of, into)


@pytest.mark.parametrize("text", ["furlong", "", "万", "千万m²", "m4"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    assert units.find(text) is None
    with pytest.raises(UnknownUnit):
        units.convert(Decimal(1), text, "m")


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [("ｍ２", "m²", "m²"), ("平方米", "m²", "m²"), ("万平方米", "万m²", "10,000 m²"), ("times", "次", "times"),
     ("吨", "t", "t"), ("千米", "km", "km")],
)  # fmt: skip
def test_spellings_of_tables_are_known(text: str, name: str, english: str) -> None:
    found = units.find(text)
    assert found is not None and (found.name, found.english) == (name, english)
