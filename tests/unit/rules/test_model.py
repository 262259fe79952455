"""What a rule remembers, and when it raises, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.packs.kinds import Rule
from xiuhua.platform.errors import Invalid, NotNow
from xiuhua.rules import deciding, model
from xiuhua.rules.model import Known, Memory, Occurrence, Seen

DAY = 86_400


def rule(on: str, **more: Any) -> Known:
    """A rule that raises a task."""
    given = {"title": {"zh": "一", "en": "One"}, "on": on, "when": "true", "raises": {"task": "look"}, **more}
    return Known("r", Rule.model_validate(given), model.parsed(on))


def played(known: Known, *steps: tuple[Occurrence, bool]) -> list[bool]:
    """Which of some occurrences raise."""
    memory, raised = Memory(), []
    for one, is_so in steps:
        seen: Seen = model.step(known, Memory.of(memory.to_json()), one, is_so)
        memory = seen.memory
        raised.append(seen.raises)
    return raised


def at(moment: int) -> Occurrence:
    return Occurrence({}, moment)


def of(period: str) -> Occurrence:
    return Occurrence({}, 0, period=period)


def test_an_event_counts_within_its_span_and_begins_anew() -> None:
    known = rule("event Filed", times=3, within="10 days")
    days = [(0, True), (5, True), (11, True), (12, False), (14, True), (15, True), (16, True), (17, True)]

    assert played(known, *[(at(day * DAY), is_so) for day, is_so in days]) == [
        False, False, False, False, True, False, False, True,
    ]  # fmt: skip


def test_without_times_each_event_raises() -> None:
    assert played(rule("event Filed"), (at(1), True), (at(2), False), (at(3), True)) == [True, False, True]


def test_a_date_raises_once_as_long_as_it_holds() -> None:
    known = rule("date permit.until", **{"for": "2 days"})
    steps = [(0, True), (1, True), (2, True), (3, True), (4, False), (5, True), (7, True)]

    assert played(known, *[(at(day * DAY), is_so) for day, is_so in steps]) == [
        False, False, True, False, False, False, True,
    ]  # fmt: skip


def test_a_figure_raises_after_so_many_periods_on_end() -> None:
    known = rule("figure score by month", **{"for": "3 months"})
    told = [("2026-01-01", True), ("2026-02-01", True), ("2026-04-01", True), ("2026-05-01", True),
            ("2026-05-01", True), ("2026-06-01", True), ("2026-03-01", True), ("2026-07-01", True)]  # fmt: skip

    assert played(known, *[(of(day), is_so) for day, is_so in told]) == [
        False, False, False, False, False, True, False, False,
    ]  # fmt: skip


def test_a_period_told_again_counts_as_it_was_told_last() -> None:
    known = rule("figure score by month", **{"for": "2 months"})
    told = [("2026-01-01", True), ("2026-01-01", False), ("2026-02-01", True), ("2026-02-01", False),
            ("2026-02-01", True), ("2026-03-01", True)]  # fmt: skip

    assert played(known, *[(of(day), is_so) for day, is_so in told]) == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("lasts", "period", "wanted"),
    [("3 months", "month", 3), ("1 year", "quarter", 4), ("1 month", "quarter", 1), ("2 weeks", "day", 14),
     ("2 weeks", "week", 2), ("1 quarter", "month", None)],
)  # fmt: skip
def test_how_many_periods_a_span_is(lasts: str, period: str, wanted: int | None) -> None:
    if wanted is None:
        with pytest.raises(ValueError, match="pattern"):
            rule(f"figure score by {period}", **{"for": lasts})
    else:
        assert model.periods(rule(f"figure score by {period}", **{"for": lasts}).rule, period) == wanted


@given(st.dates(date(2000, 1, 10), date(2099, 12, 1)), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_periods_follow_each_other(day: date, period: str) -> None:
    first = model.begin_of(period, day)
    before = model.begin_of(period, date.fromordinal(first.toordinal() - 1))

    assert first <= day and model.begin_of(period, first) == first
    assert model.follows(period, before.isoformat(), first.isoformat())
    assert not model.follows(period, first.isoformat(), first.isoformat())


def test_what_it_is_of_names_it() -> None:
    one = Occurrence({"truck": {"key": "T1", "id": "9"}, "by": {"unit": "north"}}, 0, (("record", "9"),))
    raises = {"task": "look", "one_per": ["truck", "by.unit", "nothing.there"]}

    assert model.key_of(rule("event Filed", raises=raises), one) == "T1 north –"
    assert model.key_of(rule("event Filed"), one) == "9"


def test_a_missing_value_makes_it_unclear() -> None:
    known = rule("event Filed", when="case.missing.more > 1")

    assert model.holds(known, Occurrence({"case": {}}, 0)) is None


def finding(state: str) -> dict[str, Any]:
    return {"id": "1", "state": state, "data": {}}


@pytest.mark.parametrize("state", ["open", "taken", "settled", "dismissed"])
def test_a_finding_ends_once_and_with_a_reason(state: str) -> None:
    for end in (deciding.settled, deciding.dismissed):
        if state in model.OPEN:
            assert end(finding(state), "p", "done")[1]["reason"] == "done"
            with pytest.raises(Invalid):
                end(finding(state), "p", " ")
        else:
            with pytest.raises(NotNow):
                end(finding(state), "p", "done")
    if state == "open":
        assert deciding.taken(finding(state), "p")[1]["set"] == {"by": "p"}
    else:
        with pytest.raises(NotNow):
            deciding.taken(finding(state), "p")


@given(st.lists(st.text(min_size=300, max_size=900), min_size=2, max_size=4, unique=True))
def test_a_key_fits_into_an_index_and_tells_things_apart(ids: list[str]) -> None:
    keys = [model.key_of(rule("event Filed"), Occurrence({}, 0, (("thing", one),))) for one in ids]
    assert max(map(len, keys)) <= 500 and len(set(keys)) == len(ids)
