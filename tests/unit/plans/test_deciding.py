"""What is done with plans, turns, campaigns and results, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.flow.model import State, apply
from xiuhua.packs.kinds import Plan
from xiuhua.plans import deciding
from xiuhua.plans.deciding import MOST_MISSED, Told
from xiuhua.plans.model import Declared
from xiuhua.plans.periods import Period
from xiuhua.plans.progress import Cell, Key
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotFound, NotNow

TITLE = {"zh": "计划", "en": "Plan"}
RESULT = {"title": "污水", "issuer": "省厅", "first": "2023-01-01", "last": "2023-12-31", "rank": 1, "of": 11}
CAMPAIGN = {"title": "夜查", "first": "2026-03-01", "last": "2026-03-31"}
TURN = {"plan": "p", "person": "w", "begins": 0, "ends": 3600, "day": "1970-01-01", "place": ""}


def declared(**more: Any) -> Declared:
    given = {"title": TITLE, "every": "day", "done_by": {"ledger": "entry"}, **more}
    return Declared("p", "d" * 64, Plan.model_validate(given))


def folded(*told: Told) -> State:
    state: State | None = None
    for at, (_, payload) in enumerate(told, 1):
        state = apply(state, payload, at)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("plan", "version", "field"),
    [
        (declared(), {"target": "5"}, "target"),
        (declared(target="800"), {"times": 5}, "times"),
        (declared(), {}, "target"),
        (declared(), {"times": 1, "of": {"x": "1"}}, "of"),
        (declared(done_by={}, every=None, parts={"a": {"title": TITLE}}), {"times": 1}, "plan"),
    ],
)
def test_a_target_fits_to_its_plan(plan: Declared, version: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        deciding.target_set(plan, {"from": "2026-01-01", **version})

    assert field in {one["field"] for one in refused.value.params["errors"]}


def test_what_was_missed_is_told_by_the_hundred_and_the_period_once() -> None:
    day, now = date(2026, 3, 2), Period("2026-03-02", date(2026, 3, 2), date(2026, 3, 2))
    cells = [Cell(now, Key(str(n), ""), Decimal(1), Decimal(0), 0, "missed") for n in range(MOST_MISSED + 1)]
    told = deciding.period_ended(now, None, [*cells, Cell(now, Key("ok", ""), Decimal(1), Decimal(1), 1, "done")])
    state = folded(deciding.begun(declared(), day), *told)

    assert [type_ for type_, _ in told] == ["PlanPeriodEnded", "PlanMissed", "PlanMissed"]
    assert [len(payload["missed"]) for _, payload in told[1:]] == [MOST_MISSED, 1]
    assert told[0][1]["period"]["missed"] == MOST_MISSED + 1 and state["data"]["told_until"] == "2026-03-02"


def test_a_part_that_follows_from_others_is_not_said() -> None:
    plan = declared(parts={"a": {"title": TITLE}, "b": {"title": TITLE, "under": "a"}})
    state = folded(deciding.begun(plan, date(2026, 3, 2)))
    state = apply(state, deciding.part_moved(plan, state, "b", Decimal("12.5"), "", "w", 2)[1], 2)

    assert state["data"]["parts"]["b"]["share"] == "12.5"
    with pytest.raises(ConditionUnmet):
        deciding.part_moved(plan, state, "a", Decimal(1), "", "w", 3)
    with pytest.raises(NotFound):
        deciding.part_moved(plan, state, "c", Decimal(1), "", "w", 3)


def test_a_turn_is_swapped_and_falls_out_with_a_reason() -> None:
    state = folded(deciding.turn_planned("t", TURN))
    told = deciding.turn_swapped(state, "y", " 请假 ", "boss")
    after = apply(state, told[1], 2)

    assert after["data"]["person"] == "y" and after["data"]["swaps"] == [
        {"from": "w", "to": "y", "reason": "请假", "by": "boss"}
    ]
    with pytest.raises(Invalid):
        deciding.turn_cancelled(after, " ")
    gone = apply(after, deciding.turn_cancelled(after, "雨")[1], 3)
    with pytest.raises(NotNow):
        deciding.turn_swapped(gone, "w", "x", "boss")
    with pytest.raises(ConditionUnmet):
        deciding.turn_swapped(after, "y", "x", "boss")


@pytest.mark.parametrize("ends", [0, -1, 36 * 3600 + 1])
def test_nobody_is_on_duty_backwards_or_for_ever(ends: int) -> None:
    with pytest.raises(Invalid):
        deciding.turn_planned("t", {**TURN, "ends": ends})


def test_a_campaign_is_changed_until_it_is_closed() -> None:
    state = folded(deciding.campaign_opened("c", CAMPAIGN))
    linked = apply(state, (deciding.campaign_linked(state, "case", "1") or ("", {}))[1], 2)

    assert deciding.campaign_linked(linked, "case", "1") is None
    assert deciding.campaign_changed(linked, {"title": "夜查"}) is None
    unlinked = apply(linked, deciding.campaign_unlinked(linked, "case", "1")[1], 3)
    assert unlinked["data"]["links"] == []
    with pytest.raises(NotFound):
        deciding.campaign_unlinked(unlinked, "case", "1")
    with pytest.raises(Invalid):
        deciding.campaign_changed(state, {"last": "2026-02-01"})
    closed = apply(state, deciding.campaign_closed(state, "办结", {"counts": {}}, "boss")[1], 4)
    with pytest.raises(NotNow):
        deciding.campaign_posted(closed, "x", [], "w", 5)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"rank": 12}, "rank"), ({"rank": None}, "value"), ({"first": "2024-01-01"}, "last")],
)
def test_a_result_that_cannot_be_is_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        deciding.result_kept("r", {**RESULT, **wrong})

    assert [one["field"] for one in refused.value.params["errors"]] == [field]


def test_a_result_is_corrected_by_a_new_version() -> None:
    state = folded(deciding.result_kept("r", RESULT))
    told = deciding.result_corrected(state, {**RESULT, "rank": 3}, "公报更正")

    assert told == ("ExternalResultCorrected", {"set": {"rank": 3}, "reason": "公报更正"})
    with pytest.raises(ConditionUnmet):
        deciding.result_corrected(state, RESULT, "x")
    gone = apply(state, deciding.result_withdrawn(state, "重复")[1], 2)
    with pytest.raises(NotNow):
        deciding.result_corrected(gone, {"rank": 2}, "x")
