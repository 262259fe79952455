"""Expected against done, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.packs.kinds import Plan
from xiuhua.plans import model
from xiuhua.plans.model import Declared
from xiuhua.plans.progress import Cell, Done, Key, Sum, cells, percent, total

TITLE = {"zh": "洒水", "en": "Sprinkling"}
ROADS = [Key("R1", "一路", None, {"grade": "one"}), Key("R2", "二路", None, {"grade": "two"})]


def declared(**more: Any) -> Declared:
    given = {"title": TITLE, "every": "day", "done_by": {"ledger": "sprinkled"}, **more}
    return Declared("sprinkling", "d" * 64, Plan.model_validate(given))


BY_GRADE = declared(per="road", times_by={"field": "grade", "of": {"one": 6, "two": 4}})


def found(
    plan: Declared, done: list[Done], first: str, last: str, today: str, keys: list[Key] | None = None,
    targets: list[dict[str, Any]] | None = None, work_days: frozenset[date] | None = None,
) -> list[Cell]:  # fmt: skip
    every = plan.every
    assert every is not None
    frame = model.frame(plan, targets or [], date.fromisoformat(today), work_days)
    periods = every.within(date.fromisoformat(first), date.fromisoformat(last))
    return list(cells(keys or [model.WHOLE], periods, done, frame))


def on(day: str, key: str = "", count: int = 1, quantity: str | None = None, entered: str | None = None) -> Done:
    return Done(
        key, date.fromisoformat(day), count, Decimal(quantity) if quantity else None,
        date.fromisoformat(entered) if entered else None,
    )  # fmt: skip


def test_frequencies_by_grade() -> None:
    done = [on("2026-03-02", "R1", 5), on("2026-03-02", "R2", 4)]
    first, second = found(BY_GRADE, done, "2026-03-02", "2026-03-02", "2026-03-03", ROADS)

    assert (first.expected, first.done, first.standing, first.short) == (6, 5, "missed", 1)
    assert (second.expected, second.standing) == (4, "done")


def test_a_yearly_target_is_divided_once_and_exactly() -> None:
    plan = declared(every="year", target="800", unit="座")
    done = [on("2026-02-01", quantity="443.5"), on("2026-12-31", quantity="442.5")]
    sum_ = total(found(plan, done, "2026-06-01", "2026-06-01", "2026-12-31"))

    assert (sum_.expected, sum_.done, sum_.share) == (800, 886, Decimal("110.75"))
    assert percent(Decimal(78), Decimal(102)) == Decimal("76.47") and percent(Decimal(1), Decimal(0)) is None


def test_what_is_over_is_missed_and_what_runs_is_not() -> None:
    plan = declared()
    standing = [one.standing for one in found(plan, [], "2026-03-01", "2026-03-03", "2026-03-02")]

    assert standing == ["missed", "running", "ahead"]


def test_days_of_grace_make_what_is_entered_later_timely() -> None:
    plan, done = declared(grace="1 day"), [on("2026-03-02", entered="2026-03-03")]
    late = [on("2026-03-02", entered="2026-03-04")]

    assert [one.standing for one in found(plan, done, "2026-03-02", "2026-03-02", "2026-03-09")] == ["done"]
    assert [one.standing for one in found(plan, late, "2026-03-02", "2026-03-02", "2026-03-09")] == ["late"]
    assert [one.standing for one in found(plan, [], "2026-03-02", "2026-03-02", "2026-03-03")] == ["running"]
    assert [one.standing for one in found(plan, [], "2026-03-02", "2026-03-02", "2026-03-04")] == ["missed"]


def test_more_than_expected_of_one_key_makes_up_for_no_other() -> None:
    done = [on("2026-03-02", "R1", 20)]
    sum_ = total(found(BY_GRADE, done, "2026-03-02", "2026-03-02", "2026-03-03", ROADS))

    assert (sum_.missed, sum_.met, sum_.share, sum_.on_time) == (1, 1, Decimal(200), Decimal(50))


def test_only_days_of_work_count() -> None:
    plan = declared(work_days=True)
    monday = frozenset({date(2026, 3, 2)})
    shown = found(plan, [], "2026-03-01", "2026-03-03", "2026-03-09", work_days=monday)

    assert [one.period.name for one in shown] == ["2026-03-02"]


def test_nothing_is_expected_of_what_was_not_there_yet() -> None:
    key = Key("R3", "三路", date(2026, 3, 3), {})
    shown = found(BY_GRADE, [], "2026-03-01", "2026-03-04", "2026-03-09", [key])

    assert [one.period.name for one in shown] == ["2026-03-03", "2026-03-04"]


def test_what_was_done_for_an_unknown_key_is_shown_and_expects_nothing() -> None:
    shown = found(BY_GRADE, [on("2026-03-02", "gone")], "2026-03-02", "2026-03-02", "2026-03-09", ROADS)

    assert [(one.key.code, one.expected, one.done, one.standing) for one in shown][-1] == ("gone", 0, 1, "done")


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([], 6),
        ([{"from": "2026-03-02", "times": 8}], 8),
        ([{"from": "2026-03-03", "times": 8}], 6),
        ([{"from": "2026-01-01", "times": 8}, {"from": "2026-03-02", "times": 3}], 3),
        ([{"from": "2026-01-01", "of": {"R1": "2"}}], 2),
        ([{"from": "2026-01-01", "of": {"R2": "2"}}], 0),
    ],
)
def test_a_version_of_targets_holds_for_periods_that_begin_from_its_day_on(
    targets: list[dict[str, Any]], expected: int
) -> None:
    shown = found(BY_GRADE, [on("2026-03-02", "R1")], "2026-03-02", "2026-03-02", "2026-03-02", ROADS, targets)

    assert shown[0].expected == expected


def test_a_target_may_be_worked_out_from_the_record() -> None:
    plan = declared(per="road", target="per.length * 2", unit="m")
    keys = [Key("R1", "一路", None, {"length": 250}), Key("R2", "二路", None, {})]
    done = [on("2026-03-02", "R1", quantity="500"), on("2026-03-02", "R2", quantity="1")]
    first, second = found(plan, done, "2026-03-02", "2026-03-02", "2026-03-02", keys)

    assert (first.expected, first.standing, second.expected) == (500, "done", 0)


def test_periods_are_told_from_the_first_whole_one_on_and_each_once() -> None:
    weekly, yearly = declared(every="week"), declared(every="year", target="800")

    assert weekly.first_of(date(2026, 3, 4)) == date(2026, 3, 9) and weekly.first_of(date(2026, 3, 2)).day == 2
    assert yearly.first_of(date(2026, 3, 4)) == date(2026, 1, 1)
    data = {"told_until": "2026-03-08"}
    told = [one.name for one in model.to_tell(weekly, data, date(2026, 3, 31))]
    assert told == ["2026-W11", "2026-W12", "2026-W13"]
    assert list(model.to_tell(weekly, {"told_until": "2026-03-29"}, date(2026, 3, 31))) == []


def test_parts_are_as_far_as_their_own_parts_and_plans() -> None:
    plan = declared(parts={
        "all": {"title": TITLE}, "one": {"title": TITLE, "under": "all", "plan": "manholes"},
        "two": {"title": TITLE, "under": "all"},
    })  # fmt: skip
    shares = model.part_shares(plan, {"two": {"share": "40"}}, lambda name: Decimal("110.75"))

    assert shares == {"all": Decimal(70), "one": Decimal(100), "two": Decimal(40)}


def test_nothing_at_all_has_no_share() -> None:
    assert total([]) == Sum(Decimal(0), Decimal(0), 0, 0, 0, 0, 0, 0) and total([]).share is None
