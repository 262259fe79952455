"""Names of periods, what they are compared with, and the one division."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.insight.figures import numbers, periods
from xiuhua.packs.common import Title
from xiuhua.packs.kinds import Counted, Indicator
from xiuhua.platform.errors import Invalid

ONE = Counted(of="case")


def rate(**chosen: Any) -> Indicator:
    given: dict[str, Any] = {"numerator": ONE, "denominator": ONE, "period": "due", "cites": [], **chosen}
    return Indicator(title=Title(zh="率", en="Rate"), **given)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"), ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"), ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-03-02", "2026-03-02", "2026-03-02"), ("2026-02-26..2026-03-25", "2026-02-26", "2026-03-25"),
    ],
)  # fmt: skip
def test_a_period_is_known_by_its_name(name: str, first: str, last: str) -> None:
    found = periods.parsed(name)

    assert (found.name, found.first.isoformat(), found.last.isoformat()) == (name, first, last)


@pytest.mark.parametrize(
    "name", ["", "26", "2026-13", "2026-W54", "2026-Q5", "2026-02-30", "2026-03-02..2026-03-01", "x"]
)
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        periods.parsed(name)


@pytest.mark.parametrize(
    ("name", "before", "a_year_before"),
    [
        ("2026", "2025", "2025"), ("2026-Q1", "2025-Q4", "2025-Q1"), ("2026-01", "2025-12", "2025-01"),
        ("2024-02", "2024-01", "2023-02"), ("2023-02", "2023-01", "2022-02"), ("2025-02", "2025-01", "2024-02"),
        ("2026-W01", "2025-W52", "2025-W01"), ("2026-W53", "2026-W52", "2025-W52"),
        ("2026-03-01", "2026-02-28", "2025-03-01"), ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-02-26..2026-03-25", "2026-01-29..2026-02-25", "2025-02-26..2025-03-25"),
    ],
)  # fmt: skip
def test_a_period_is_compared_with_the_one_before_and_with_that_of_the_year_before(
    name: str, before: str, a_year_before: str
) -> None:
    period = periods.parsed(name)

    assert periods.before(period).name == before
    assert periods.year_before(period).name == a_year_before


def test_a_period_is_split_on_the_calendar_and_cut_at_its_ends() -> None:
    found = periods.split(periods.parsed("2026-02-26..2026-04-02"), "month")

    assert [one.name for one in found] == ["2026-02-26..2026-02-28", "2026-03", "2026-04-01..2026-04-02"]


@given(first=st.dates(date(2000, 1, 1), date(2090, 1, 1)), days=st.integers(0, 399), by=st.sampled_from(periods.SPLITS))
def test_the_parts_of_a_period_are_all_of_its_days(first: date, days: int, by: str) -> None:
    period = periods.span(first, first + timedelta(days=days))
    found = periods.split(period, by)

    assert [day for one in found for day in one.days()] == list(period.days())


@pytest.mark.parametrize(
    ("above", "below", "chosen", "shown"),
    [
        (239, 259, {}, "92.28"),  # printed as 92.27, which is cut off and not rounded
        (239, 259, {"rounding": "down"}, "92.27"), (78, 102, {}, "76.47"), (14067, 14183, {}, "99.18"),
        (1, 8, {"decimals": 1}, "12.5"), (1, 8, {"decimals": 0}, "13"), (5, 1000, {"decimals": 0}, "1"),
        (1, 8, {"decimals": 0, "rounding": "half_even"}, "12"), (3, 8, {"decimals": 0, "rounding": "half_even"}, "38"),
        (1, 3, {"unit": "‰"}, "333.33"), (7, 2, {"unit": "cases per unit"}, "3.50"), (0, 0, {}, "—"), (5, 0, {}, "—"),
        (0, 7, {}, "0.00"),
    ],
)  # fmt: skip
def test_a_rate_is_divided_once_and_rounded_by_its_rule(above: int, below: int, chosen: Any, shown: str) -> None:
    found = numbers.value(rate(**chosen), Decimal(above), Decimal(below))

    assert numbers.text(found) == shown


def test_shares_differ_by_points_and_counts_in_percent() -> None:
    share, count = rate(), rate(unit="cases", numerator=None, denominator=None, count=ONE)

    assert numbers.compared(share, Decimal("99.18"), Decimal("98.55")) == numbers.Compared(
        Decimal("98.55"), Decimal("0.63"), None
    )
    assert numbers.compared(count, Decimal(150), Decimal(120)) == numbers.Compared(
        Decimal(120), Decimal(30), Decimal("25.00")
    )
    assert numbers.compared(count, Decimal(150), Decimal(0)).change is None
    assert numbers.compared(share, None, Decimal(1)) == numbers.Compared(Decimal(1), None, None)
