"""Composite scores by hand: weights, bands, grades, who is left out, what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xiuhua.insight.figures import scores
from xiuhua.insight.figures.scores import Scored
from xiuhua.packs.check import check_path
from xiuhua.packs.kinds import Appraisal

UNIT = next(pack for pack in check_path().packs if pack.name == "evaluation").appraisals["unit_appraisal"]
Values = dict[str, dict[str, Decimal | None]]


def values(**of: tuple[Any, Any, Any, Any]) -> Values:
    """Cases filed, closing rate, on-time handling rate and rework rate of each unit."""
    parts = ("filed", "closing", "on_time", "rework")
    return {
        part: {unit: None if told[at] is None else Decimal(str(told[at])) for unit, told in of.items()}
        for at, part in enumerate(parts)
    }


def by_code(appraisal: Appraisal, given: Values) -> dict[str, Scored]:
    return {one.code: one for one in scores.scored(appraisal, given)}


def test_a_unit_is_scored_as_the_table_says() -> None:
    """120 cases: 75; 75 x 10 + 98 x 30 + 96.5 x 30 + (100 - 2.5) x 30 = 9510, a hundredth of it."""
    found = by_code(UNIT, values(u1=(120, 98, "96.5", "2.5")))["u1"]

    assert {name: one.score for name, one in found.parts.items()} == {
        "filed": 75, "closing": 98, "on_time": Decimal("96.5"), "rework": Decimal("97.5"),
    }  # fmt: skip
    assert (found.score, found.grade, found.rank) == (Decimal("95.10"), "a", 1)


@pytest.mark.parametrize(
    ("cases", "points"),
    [
        (0, 100),
        (50, 100),
        (51, 90),
        (100, 90),
        (101, 75),
        (200, 75),
        (201, 60),
        (500, 60),
        (501, 40),
        (1000, 40),
        (1001, 0),
    ],
)
def test_bands_go_up_to_their_limit(cases: int, points: int) -> None:
    found = by_code(UNIT, values(u1=(cases, 100, 100, 0)))["u1"]

    assert found.parts["filed"].score == points


@pytest.mark.parametrize(
    ("score", "grade"),
    [(100, "a"), (90, "a"), ("89.99", "b"), (75, "b"), (60, "c"), (40, "d"), ("39.99", "e"), (0, "e")],
)
def test_grades(score: Any, grade: str) -> None:
    only = UNIT.model_copy(update={"parts": {"closing": UNIT.parts["closing"]}})

    assert by_code(only, {"closing": {"u1": Decimal(score)}})["u1"].grade == grade


def test_a_part_without_a_value_is_left_out_and_the_others_count_for_all() -> None:
    found = by_code(UNIT, values(u1=(10, 90, 80, None)))["u1"]

    assert found.parts["rework"].score is None
    assert found.score == Decimal("87.14")  # (100 x 10 + 90 x 30 + 80 x 30) / 70


@pytest.mark.parametrize(("missing", "score"), [("full", "91.00"), ("zero", "61.00"), ("wait", None)])
def test_or_counts_as_the_city_says(missing: str, score: str | None) -> None:
    changed = UNIT.model_copy(update={"missing": missing})
    found = by_code(changed, values(u1=(10, 90, 80, None)))["u1"]

    assert found.score == (None if score is None else Decimal(score))


def test_equal_scores_have_equal_ranks() -> None:
    given = values(
        a=(10, 90, 90, 0), b=(10, 100, 100, 0), c=(10, 90, 90, 0), d=(10, 50, 50, 0), e=(None, None, None, None)
    )
    gaps = {one.code: one.rank for one in scores.scored(UNIT, given)}
    dense = {one.code: one.rank for one in scores.scored(UNIT.model_copy(update={"ties": "dense"}), given)}

    assert gaps == {"b": 1, "a": 2, "c": 2, "d": 4, "e": None}
    assert dense == {"b": 1, "a": 2, "c": 2, "d": 3, "e": None}


def test_who_is_not_appraised_is_not_ranked() -> None:
    changed = UNIT.model_copy(update={"exclude": ["u2"]})

    assert set(by_code(changed, values(u1=(1, 1, 1, 1), u2=(1, 1, 1, 1)))) == {"u1"}


def test_groups_have_bands_of_their_own() -> None:
    pack = next(one for one in check_path().packs if one.name == "evaluation")
    grids = pack.appraisals["grid_appraisal"].model_copy(update={"groups": {"second_class": ["g2"]}})
    given: Values = {name: {"g1": Decimal(100), "g2": Decimal(100)} for name in grids.parts}
    given["filed"] = {"g1": Decimal(1), "g2": Decimal(1)}
    found = by_code(grids, given)

    assert (found["g1"].parts["filed"].score, found["g2"].parts["filed"].score) == (90, 100)


def test_whoever_has_nothing_is_there_when_named() -> None:
    found = scores.scored(UNIT, values(), ["u9"])

    assert [(one.code, one.score, one.rank) for one in found] == [("u9", None, None)]


def test_no_value_brings_more_than_full_points_or_less_than_none() -> None:
    found = by_code(UNIT, values(u1=(1, 120, -5, 130)))["u1"]

    assert [found.parts[name].score for name in ("closing", "on_time", "rework")] == [100, 0, 0]
