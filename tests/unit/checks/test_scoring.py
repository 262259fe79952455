"""Scores: exact, of findings alone; means, weights, ranks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.checks import answers, ranking, scoring
from xiuhua.packs.kinds import Checklist

TITLE = {"zh": "检", "en": "check"}


def checklist(items: dict[str, dict[str, Any]], **more: Any) -> Checklist:
    return Checklist.model_validate(
        {"title": TITLE, "cites": [], "items": {name: {"title": TITLE, **one} for name, one in items.items()}, **more}
    )


def found(item: str, count: int = 1, **more: Any) -> dict[str, Any]:
    return {"item": item, "count": count, **more}


def choices(**scores: int) -> dict[str, Any]:
    return {name: {"title": TITLE, "score": score, "fails": score == 0} for name, score in scores.items()}


@pytest.mark.parametrize(
    ("item", "count", "points"),
    [
        ({"score": 10, "deduct": 3}, 0, "10"),
        ({"score": 10, "deduct": 3}, 2, "4"),
        ({"score": 10, "deduct": 3}, 9, "0"),
        ({"score": 10, "deduct": 3, "most": 5}, 9, "5"),
        ({"score": 10}, 1, "0"),
        ({"score": 10, "deduct": "0.1"}, 3, "9.7"),
    ],
)
def test_what_is_found_is_deducted_up_to_a_cap(item: dict[str, Any], count: int, points: str) -> None:
    made = scoring.scored(checklist({"a": item}), [found("a", count)] if count else [])

    assert (made.full, made.points, made.score) == ("10", points, points)
    assert made.lines[0].failed == (count > 0)


def test_a_list_that_only_deducts_has_a_base_and_never_falls_below_nothing() -> None:
    declared = checklist({"a": {"deduct": 30}, "b": {"deduct": 40, "most": 40}}, base=100)

    assert scoring.scored(declared, [found("a", 2)]).points == "40"
    assert scoring.scored(declared, [found("a", 3), found("b", 5)]).points == "0"


def test_what_does_not_apply_counts_on_neither_side_and_the_rest_is_scaled_once() -> None:
    declared = checklist(
        {"a": {"score": 20, "deduct": 5}, "b": {"score": 5, "may_not_apply": True}, "c": {"score": 10}}, scale=100
    )
    made = scoring.scored(declared, [found("a"), found("b", 0, applies=False)])

    assert (made.full, made.points, made.score) == ("30", "25", "83.33")
    assert [line.applies for line in made.lines] == [True, False, True]
    everything = [found(name, 0, applies=False) for name in "abc"]
    assert scoring.scored(declared, everything).score is None, "nothing applies: no score, not a nought"


def test_an_answer_has_its_points_and_the_latest_word_holds() -> None:
    declared = checklist({"a": {"choices": choices(good=10, bad=0)}}, scale=100)
    first = found("a", 0, choice="bad")

    assert scoring.scored(declared, [first]).score == "0" and scoring.scored(declared, [first]).lines[0].failed
    assert scoring.scored(declared, [first, found("a", 0, choice="good")]).score == "100"


def test_points_come_back_in_the_declared_part_for_items_that_passed() -> None:
    declared = checklist(
        {"a": {"score": 50, "deduct": 10}, "b": {"score": 50, "deduct": 10}}, points_back=50,
        rectify_within="1 work_day",
    )  # fmt: skip
    findings = [found("a", 3), found("b", 1)]

    assert scoring.scored(declared, findings).score == "60"
    assert scoring.scored(declared, findings, {"a"}).score == "75"
    assert scoring.scored(declared, findings, {"a", "b"}).score == "80"


def test_grades_and_lists_begin_at_their_thresholds() -> None:
    declared = checklist(
        {"a": {"deduct": 1}}, base=100, red=95, black=60,
        bands={"good": {"title": TITLE, "at_least": 80}, "poor": {"title": TITLE, "at_least": 0}},
    )  # fmt: skip
    told = {
        n: (made.band, made.list)
        for n in (5, 6, 20, 21, 40, 41)
        for made in [scoring.scored(declared, [found("a", n)])]
    }

    assert told == {
        5: ("good", "red"), 6: ("good", None), 20: ("good", None), 21: ("poor", None), 40: ("poor", None),
        41: ("poor", "black"),
    }  # fmt: skip


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 4))
def test_a_score_lies_between_nothing_and_its_scale_and_agrees_with_its_lines(counts: list[int], places: int) -> None:
    declared = checklist(
        {"a": {"score": 30, "deduct": "0.7"}, "b": {"score": 7, "deduct": 2, "most": 5}, "c": {"score": "3.3"}},
        scale=100, decimals=places,
    )  # fmt: skip
    made = scoring.scored(declared, [found(name, count) for name, count in zip("abc", counts, strict=True)])
    lost = sum((Decimal(line.deducted) for line in made.lines), Decimal(0))

    assert Decimal(made.points) == Decimal(made.full) - lost
    assert 0 <= Decimal(str(made.score)) <= 100
    assert abs(Decimal(str(made.score)) - Decimal(made.points) * 100 / Decimal(made.full)) <= Decimal(5).scaleb(
        -places - 1
    )


def test_parties_are_averaged_then_weighed() -> None:
    weights = {"bureau": Fraction(50), "street": Fraction(30), "third": Fraction(20)}
    some: dict[str | None, list[Fraction]] = {"bureau": [Fraction(80), Fraction(100)], "street": [Fraction(80)]}

    assert ranking.together(some, weights, "wait") is None
    assert ranking.together(some, weights, "leave_out") == Fraction(90 * 50 + 80 * 30, 80)
    assert ranking.together({**some, "third": [Fraction(60)]}, weights, "wait") == 81
    assert ranking.together({None: [Fraction(1), Fraction(2)]}, {}, "wait") == Fraction(3, 2)
    assert ranking.together({}, weights, "leave_out") is None


def test_ranks_have_gaps_or_none_and_tell_how_they_moved() -> None:
    scores = {"a": Fraction(90), "b": Fraction(80), "c": Fraction(80), "d": Fraction(70), "e": None}
    gaps = {one.name: one.rank for one in ranking.ranked(scores, "gaps")}
    dense = {one.name: one.rank for one in ranking.ranked(scores, "dense")}
    moved = {one.name: one.up for one in ranking.ranked(scores, "gaps", {"a": 3, "b": 1, "d": None})}

    assert gaps == {"a": 1, "b": 2, "c": 2, "d": 4, "e": None}
    assert dense == {"a": 1, "b": 2, "c": 2, "d": 3, "e": None}
    assert moved == {"a": 2, "b": -1, "c": None, "d": None, "e": None}


def test_answers_have_shares_and_means() -> None:
    declared = checklist({"a": {"choices": choices(good=10, bad=0)}, "b": {"score": 5}})
    scores = [scoring.scored(declared, [found("a", 0, choice=one)]).as_json() for one in ("good", "good", "bad")]
    [told] = answers.answers(declared, scores)

    assert (told.count, told.mean, told.by_choice) == (3, Fraction(667, 100), {"good": 2, "bad": 1})
    assert (told.share("good"), told.share("bad")) == (Fraction(6667, 100), Fraction(3333, 100))
    [none] = answers.answers(declared, [])
    assert (none.count, none.mean, none.share("good")) == (0, None, 0)


@given(st.fractions(0, 1000, max_denominator=10**6))
def test_points_are_told_as_plain_decimals(value: Fraction) -> None:
    told = scoring.text(value)

    assert "E" not in told and not told.endswith(".") and abs(scoring.exact(told) - value) <= Fraction(1, 10**12)
