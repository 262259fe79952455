"""Periods of plans at the edges of weeks, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.plans.periods import Every, days_of

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
SPANS = st.sampled_from([
    "day", "week", "month", "quarter", "year", "3 days", "10 days", "2 weeks", "2 months", "5 months", "2 quarters",
    "2 years",
])  # fmt: skip


@pytest.mark.parametrize(
    ("every", "day", "name", "first", "last"),
    [
        ("day", "2028-02-29", "2028-02-29", "2028-02-29", "2028-02-29"),
        ("week", "2026-12-31", "2026-W53", "2026-12-28", "2027-01-03"),
        ("week", "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03"),
        ("week", "2018-12-31", "2019-W01", "2018-12-31", "2019-01-06"),
        ("month", "2028-02-01", "2028-02", "2028-02-01", "2028-02-29"),
        ("month", "2027-02-28", "2027-02", "2027-02-01", "2027-02-28"),
        ("quarter", "2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("year", "2026-07-01", "2026", "2026-01-01", "2026-12-31"),
        ("2 weeks", "2026-03-15", "2026-03-02", "2026-03-02", "2026-03-15"),
        ("2 months", "2026-02-10", "2026-01-01", "2026-01-01", "2026-02-28"),
        ("3 days", "1970-01-03", "1970-01-01", "1970-01-01", "1970-01-03"),
    ],
)
def test_known_periods(every: str, day: str, name: str, first: str, last: str) -> None:
    found = Every.parsed(every).at(date.fromisoformat(day))

    assert (found.name, found.first.isoformat(), found.last.isoformat()) == (name, first, last)


@given(SPANS, DAYS)
def test_every_day_lies_in_one_period_and_periods_meet(span: str, day: date) -> None:
    every = Every.parsed(span)
    found = every.at(day)
    after = every.at(found.last + timedelta(days=1))

    assert found.first <= day <= found.last
    assert all(every.at(one) == found for one in (found.first, found.last))
    assert after.first == found.last + timedelta(days=1) and after.name != found.name


@given(SPANS, DAYS, st.integers(0, 900))
def test_periods_of_a_span_hold_all_its_days(span: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(Every.parsed(span).within(first, last))

    assert found[0].first <= first and last <= found[-1].last
    assert len({one.name for one in found}) == len(found)


def test_what_is_shorter_than_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="min"):
        Every.parsed("90 min")


def test_days_of_grace() -> None:
    assert [days_of(one) for one in (None, "1 day", "2 weeks", "1 month")] == [0, 1, 14, 31]
