from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.units.bands import DAY_MINUTES, TimeBand, minute_of_week, week_of
from xiuhua.city.units.timeline import Kept, plan
from xiuhua.platform.errors import Invalid

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("hours", "moment", "holds"),
    [
        ("18:00-08:00", datetime(2026, 3, 2, 7, 59), True),
        ("18:00-08:00", datetime(2026, 3, 2, 8, 0), False),
        ("1-5 18:00-08:00", datetime(2026, 3, 7, 7, 0), True),
        ("1-5 18:00-08:00", datetime(2026, 3, 7, 19, 0), False),
        ("7 22:00-06:00", datetime(2026, 3, 2, 5, 0), True),
        ("1,3-4 00:00-24:00; 6 12:00-13:00", datetime(2026, 3, 7, 12, 30), True),
        ("1,3-4 00:00-24:00", datetime(2026, 3, 3, 12, 0), False),
    ],
)
def test_bands_hold_by_weekday_and_hour(hours: str, moment: datetime, holds: bool) -> None:
    assert bool(week_of(hours)[minute_of_week(moment)]) is holds


@pytest.mark.parametrize("hours", ["", "8-18", "08:00-08:00", "25:00-26:00", "5-2 08:00-09:00", "1-2-3 08:00-09:00"])
def test_what_is_no_band_is_refused(hours: str) -> None:
    with pytest.raises(ValueError):
        week_of(hours)


@given(st.integers(0, DAY_MINUTES - 1), st.integers(1, DAY_MINUTES - 1))
def test_a_band_and_its_rest_fill_the_week(start: int, length: int) -> None:
    first, last = (f"{m // 60:02}:{m % 60:02}" for m in (start, (start + length) % DAY_MINUTES))

    day, rest = week_of(f"{first}-{last}"), week_of(f"{last}-{first}")

    assert all(a + b == 1 for a, b in zip(day, rest, strict=True)) and sum(day) == 7 * length


def kept(*bands: TimeBand) -> list[Kept[TimeBand]]:
    return [Kept(number, band) for number, band in enumerate(bands, 1)]


A = TimeBand("a", "A", "08:00-18:00", DAY)
JULY = date(2026, 7, 1)


def test_a_changed_row_closes_the_one_before() -> None:
    made = plan(kept(A), [replace(A, hours="09:00-18:00", valid_from=JULY)], lambda one: one.code)

    assert made.superseded == (1,) and (made.opened, made.closed) == (1, 1)
    assert [one.valid_to for one in made.written] == [date(2026, 6, 30), None]


@pytest.mark.parametrize("again", [A, replace(A, valid_from=JULY)])
def test_the_same_again_changes_nothing(again: TimeBand) -> None:
    made = plan(kept(A), [again], lambda one: one.code, close_missing_on=JULY)

    assert made.empty and made.unchanged == 1


def test_a_row_with_the_same_first_day_is_a_correction() -> None:
    made = plan(kept(A), [replace(A, name="B")], lambda one: one.code)

    assert (made.corrected, made.superseded, made.written) == (1, (1,), (replace(A, name="B"),))


def test_what_vanished_ends_the_day_before() -> None:
    soon = replace(A, code="soon", valid_from=date(2026, 8, 1))
    made = plan(kept(A, soon), [], lambda one: one.code, close_missing_on=JULY)

    assert [one.valid_to for one in made.written] == [date(2026, 6, 30), date(2026, 7, 31)]
    assert made.closed == 2 and plan(kept(*made.written), [], lambda one: one.code, JULY).empty


def test_rows_of_one_key_may_not_overlap() -> None:
    with pytest.raises(Invalid) as raised:
        plan(kept(replace(A, valid_from=JULY)), [A], lambda one: one.code)

    assert raised.value.params["errors"][0]["why"] == "runs into the row that starts on 2026-07-01"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(0, 2)), max_size=12))
def test_rows_given_one_after_the_other_never_overlap(steps: list[tuple[str, int, int]]) -> None:
    standing: list[TimeBand] = []
    for code, days, name in sorted(steps, key=lambda step: step[1]):
        wanted = TimeBand(code, str(name), "08:00-18:00", DAY + timedelta(days=days))
        made = plan(kept(*standing), [wanted], lambda one: one.code)
        standing = [one for n, one in enumerate(standing, 1) if n not in made.superseded] + list(made.written)

    by_day = {(one.code, DAY + timedelta(days=d)) for one in standing for d in range(10)}
    for code, day in by_day:
        holding = [b for b in standing if b.code == code and b.valid_from <= day <= (b.valid_to or day)]
        given_names = [
            s for s in sorted(steps, key=lambda s: s[1]) if s[0] == code and DAY + timedelta(days=s[1]) <= day
        ]
        assert [one.name for one in holding] == [str(s[2]) for s in given_names[-1:]]
