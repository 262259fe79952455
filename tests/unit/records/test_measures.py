"""Quantities as offices write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xiuhua.records.measures import NoQuantity, read


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("12.5", "m", "12.5"), ("1,200", "m", "1200"), ("１２", None, "12"), ("1.2km", "m", "1200"),
        ("3.5万平方米", "m²", "35000"), ("2 公顷", "m²", "20000"), ("0.8平方公里", "m²", "800000"),
        ("500kg", "t", "0.5"), ("20吨", "t", "20"), ("12万", None, "120000"), ("1500m2", "m²", "1500"),
        ("250瓦", "W", "250"), ("-3", "m", "-3"), ("30方", "m³", "30"),
        ("12.5万", "万m²", "12.5"), ("125000㎡", "万m²", "12.5"), ("2万平方米", "万m²", "2"), ("3000", "万m²", "3000"),
        ("３处（次）", "处次", "3"), ("2亩", "m²", "1333.333333"), ("90分钟", "h", "1.5"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_exactly(text: str, unit: str | None, wanted: str) -> None:
    assert read(text, unit) == (Decimal(wanted), False)


@pytest.mark.parametrize("text", ["约120米", "120余米", "120米左右", "近120", "120多", "大约120米"])
def test_about_is_told(text: str) -> None:
    assert read(text, "m") == (Decimal(120), True)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("若干", "m", "not_a_quantity"), ("", "m", "not_a_quantity"), ("12吨", "m", "other_unit"),
        ("3处", "m²", "other_unit"), ("1.2.3", "m", "other_unit"), ("3台", None, "not_a_quantity"),
        ("9" * 5000, "m", "not_a_quantity"), ("9" * 5000 + "m²", "万m²", "not_a_quantity"),
        ("0." + "1" * 5000, "m", "other_unit"),
        ("二十", "m", "not_a_quantity"),
    ],
)  # fmt: skip
def test_what_is_no_quantity_of_the_unit_is_refused(text: str, unit: str | None, why: str) -> None:
    with pytest.raises(NoQuantity, match=why):
        read(text, unit)
