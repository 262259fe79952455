"""Figures: what is added up, by which period, as known when; parts add up to the whole; each opens to its records."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.unit.insight.making import Made, library

from xiuhua.insight.figures import periods
from xiuhua.insight.figures.engine import Asked, Figure
from xiuhua.platform.errors import Invalid

MARCH = periods.parsed("2026-03")
SHARE = library()["handled_share"]
HANDLED = library()["cases_handled"]


def case(**values: Any) -> dict[str, Any]:
    return {"state": "closed", "source": "public", "due": "2026-03-10 10:00", **values}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    found = Made(tmp_path)
    found.keep("subject.case", [
        case(handed_back_at="2026-03-09 10:00", unit="u1"),
        case(handed_back_at="2026-03-12 10:00", unit="u1", due="2026-03-31 23:59"),
        case(state="received", unit="u2", source="video", due="2026-03-01 00:00"),
        case(state="void", unit="u2"),
        case(handed_back_at="2026-03-12 10:00", unit="u2", due="2026-04-01 00:00"),
        case(state="filed", unit=None, due=None),
    ])  # fmt: skip
    return found


def only(figures: list[Figure]) -> Figure:
    [figure] = figures
    return figure


def test_a_rate_is_divided_once_over_what_falls_into_the_period(made: Made) -> None:
    figure = only(made.engine().figures([SHARE], Asked([MARCH])))

    assert (figure.numerator, figure.denominator, figure.value) == (2, 3, Decimal("66.67"))


def test_nothing_below_the_line_is_neither_nought_nor_a_hundred(made: Made) -> None:
    figure = only(made.engine().figures([SHARE], Asked([periods.parsed("2025-03")])))

    assert (figure.numerator, figure.denominator, figure.value) == (0, 0, None)


def test_by_dimension_and_by_period(made: Made) -> None:
    both = [MARCH, periods.parsed("2026-04")]
    found = made.engine().figures([HANDLED], Asked(both, ("source",)))

    assert [(one.by, one.period.name, one.value) for one in found] == [
        (("public",), "2026-03", 2), (("public",), "2026-04", 1),
    ]  # fmt: skip


def test_what_counts_can_be_narrowed(made: Made) -> None:
    engine = made.engine()

    assert only(engine.figures([SHARE], Asked([MARCH], where={"source": ["video"]}))).value == 0
    assert only(engine.figures([SHARE], Asked([MARCH], where={"source": []}))).value is None
    assert only(engine.figures([SHARE], Asked([MARCH], where={"source": ["video", "public"]}))).denominator == 3


def test_a_change_takes_away_what_was_and_adds_what_is(made: Made) -> None:
    before = case(state="received", unit="u2", source="video", due="2026-03-01 00:00")
    now = {**before, "state": "closed", "handed_back_at": "2026-04-02 08:00"}
    told = {"_id": "subject.case-0-00002", "_version": 9, "_from": date(2026, 4, 2)}
    made.keep("subject.case", [{**before, **told, "_weight": -1}, {**now, **told}], "delta")
    engine = made.engine()

    assert only(engine.figures([SHARE], Asked([MARCH]))).numerator == 3
    assert only(engine.figures([SHARE], Asked([MARCH], as_of=date(2026, 4, 1)))).numerator == 2
    assert len(engine.records(SHARE.sides["numerator"][0], MARCH, Asked([MARCH])).ids) == 3


def test_what_held_once_counts_on_past_days_only(made: Made) -> None:
    once = case(handed_back_at="2026-03-02 10:00", _from=date(2026, 3, 2), _until=date(2026, 3, 20))
    made.keep("subject.case", [once], "past")
    engine = made.engine()

    def on(day: date | None) -> Decimal:
        return only(engine.figures([HANDLED], Asked([MARCH], as_of=day))).numerator

    assert [on(day) for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 19), date(2026, 3, 20), None)] == [
        2, 3, 3, 2, 2,
    ]  # fmt: skip


def test_every_figure_opens_to_its_records(made: Made) -> None:
    found = made.engine().records(SHARE.sides["denominator"][0], MARCH, Asked([MARCH]))
    lines = "".join(f"subject.case-0-0000{n}  1\n" for n in (0, 1, 2))

    assert [id_ for id_, _ in found.ids] == [f"subject.case-0-0000{n}" for n in (0, 1, 2)]
    assert found.sum == 3
    assert found.digest == hashlib.sha256(lines.encode()).hexdigest()


def test_only_so_many_records_are_told_but_all_are_in_the_digest(made: Made) -> None:
    engine, asked = made.engine(), Asked([MARCH])
    all_, some = (engine.records(SHARE.sides["denominator"][0], MARCH, asked, most) for most in (None, 1))

    assert (len(some.ids), some.sum, some.digest) == (1, all_.sum, all_.digest)


def test_an_indicator_is_not_told_by_what_its_records_do_not_have(made: Made) -> None:
    with pytest.raises(Invalid, match="colour"):
        made.engine().figures([SHARE], Asked([MARCH], ("colour",)))


def test_what_people_tell_cannot_be_computed(made: Made) -> None:
    with pytest.raises(Invalid, match="told by people"):
        made.engine().figures([library()["haulier_score"]], Asked([MARCH]))


def test_of_a_list_each_value_counts(made: Made) -> None:
    made.keep("subject.report", [
        {"state": "done", "reported_at": "2026-03-02", "tags": ["night", "noise"], "source": "public"},
        {"state": "done", "reported_at": "2026-03-03", "tags": ["noise"], "source": "public"},
        {"state": "done", "reported_at": "2026-03-03", "tags": [], "source": "public"},
    ])  # fmt: skip
    found = made.engine().figures([library()["reports_received"]], Asked([MARCH], ("tags",)))

    assert {one.by[0]: one.value for one in found} == {"night": 1, "noise": 2}


def test_entries_and_what_takes_them_back_cancel_out(made: Made) -> None:
    made.keep("ledger.carted", [
        {"day": "2026-03-02", "quantity": "10.5", "entries": 1, "state": "countered"},
        {"day": "2026-03-02", "quantity": "-10.5", "entries": -1, "state": "standing"},
        {"day": "2026-03-02", "quantity": "2.25", "entries": 1, "state": "standing"},
    ])  # fmt: skip
    carted = next(one for one in library().values() if any(m.counted.of == "carted" for m in one.measures()))

    assert only(made.engine().figures([carted], Asked([MARCH]))).numerator == Decimal("2.25")


def test_what_stands_is_counted_on_the_last_day_of_each_period(made: Made) -> None:
    made.keep("register.site", [
        {"state": "building", "plan": "filed", "_from": date(2026, 1, 10)},
        {"state": "building", "plan": "none", "_from": date(2026, 3, 31)},
    ])  # fmt: skip
    made.keep("register.site", [
        {"state": "building", "plan": "none", "_from": date(2026, 1, 1), "_until": date(2026, 3, 31)}
    ], "past")  # fmt: skip
    months = periods.split(periods.parsed("2026-Q1"), "month")
    found = made.engine().figures([library()["sites_filed_share"]], Asked(months))

    assert [(one.numerator, one.denominator) for one in found] == [(1, 2), (1, 2), (1, 2)]


def test_records_of_those_that_have_no_value_are_found_as_well(made: Made) -> None:
    filed = library()["cases_filed"]
    made.keep("subject.case", [case(filed_at="2026-03-02"), case(filed_at="2026-03-03", unit="u1")])
    engine = made.engine()
    parts = {one.by[0]: one.value for one in engine.figures([filed], Asked([MARCH], ("unit",)))}
    nobody = Asked([MARCH], where={"unit": [""]})

    assert parts == {None: 1, "u1": 1}
    assert only(engine.figures([filed], nobody)).value == 1
    assert engine.records(filed.sides["count"][0], MARCH, nobody).count == 1


def test_who_has_one_of_several_values_is_counted_once(made: Made) -> None:
    made.keep("subject.report", [
        {"state": "done", "reported_at": "2026-03-02", "tags": ["night", "noise"], "source": "public"},
        {"state": "done", "reported_at": "2026-03-03", "tags": ["dust"], "source": "public"},
    ])  # fmt: skip
    asked = Asked([MARCH], where={"tags": ["night", "noise"]})

    assert only(made.engine().figures([library()["reports_received"]], asked)).value == 1


def test_an_indicator_is_for_its_periods_only(made: Made) -> None:
    limited = SHARE.indicator.model_copy(update={"since": "2026-03-01", "until": "2026-03-31"})
    only_march = replace(SHARE, indicator=limited)

    assert only(made.engine().figures([only_march], Asked([MARCH]))).value is not None
    for name in ("2026-02", "2026-04", "2026"):
        with pytest.raises(Invalid, match="2026-03-01"):
            made.engine().figures([only_march], Asked([periods.parsed(name)]))
