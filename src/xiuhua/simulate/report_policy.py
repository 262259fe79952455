"""What people of the fictional district do with reports. Pure."""

from __future__ import annotations

from typing import Any, Final

from xiuhua.flow.model import Attempt
from xiuhua.simulate.turn import Table, Turn, collector_of


def _received(turn: Turn) -> Attempt:
    kind, habits = turn.plan.kind, turn.habits
    if turn.data["self_handled"] or not turn.data["scopes"]:
        kind = "ours" if kind == "twin" else kind
    if kind == "question":
        return Attempt("answer_directly", {"answer": turn.random.choice(habits["answers"])})
    if kind == "foreign":
        return Attempt("forward", {"to": turn.random.choice(habits["forward_to"])})
    if kind == "nonsense" or turn.data["verification"] in ("not_found", "gone"):
        return Attempt("refuse", reason="not a city-management problem")
    if not turn.data["scopes"]:
        return _placed(turn)
    if kind == "twin" and (near := turn.opens(turn.state)) is not None:
        return Attempt("join", {"case": near})
    if turn.plan.story == "verify" and turn.data["source"] != "collector" and turn.first("verified"):
        return Attempt("verify", {"verifier": collector_of(turn)})
    missed = turn.data["source"] in ("public", "hotline_12345") and turn.random.random() < 0.1
    return Attempt("accept", {"category": turn.plan.category, "missed": missed})


def _placed(turn: Turn) -> Attempt:
    grid = turn.random.randrange(len(turn.view.areas.grid_codes))
    middle = turn.view.areas.area(turn.view.areas.grid_codes[grid]).geometry.representative_point()
    place = {"lon": round(middle.x, 7), "lat": round(middle.y, 7), "by": "officer"}
    scopes = list(turn.view.areas.scopes(grid))
    code = turn.view.areas.grid_codes[grid]
    return Attempt("place", {"place": place, "scopes": scopes, "unit_grid": code})


def _report_verifying(turn: Turn) -> Attempt:
    found = turn.random.choices(["true_as_told", "not_found", "gone", "elsewhere"], [85, 8, 4, 3])[0]
    return Attempt("report_verification", {"found": found})


def _answered(turn: Turn) -> Attempt | None:
    wanted = "dissatisfied" if turn.plan.story == "dissatisfied" and turn.first("dissatisfied") else None
    if wanted is None and turn.random.random() < 0.3:
        return None
    reached = wanted is not None or turn.random.random() < 0.8
    told: dict[str, Any] = {"reached": reached, "responded": reached}
    if reached:
        drawn = turn.random.choices(["satisfied", "fairly", "dissatisfied"], [72, 22, 6])[0]
        told |= {"satisfied": wanted or drawn, "solved": wanted is None and drawn != "dissatisfied"}
    return Attempt("call_back", told)


REPORT: Final[Table] = {"received": _received, "verifying": _report_verifying, "answered": _answered}
"""By state of the report."""
