"""What people of the fictional district do with cases. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xiuhua.flow.model import Attempt
from xiuhua.simulate.turn import SHIRKED, Table, Turn, collector_of, helper_of

_MENDED_ON_THE_SPOT: Final = 25
"""Percent of what is verified that needs no more than the collector's own hands."""
_SPLIT: Final = frozenset({"split", "split_reopened", "split_owner"})


def _accepted(turn: Turn) -> Attempt | None:
    story = turn.plan.story
    if turn.state["data"]["verification"] is None and story == "verify" and turn.first("case verified"):
        return Attempt("verify", {"verifier": collector_of(turn)})
    if story == "correct" and turn.first("corrected"):
        return Attempt("correct", {"category": turn.data["category"]}, "mended the place")
    if story == "decline" or turn.data["verification"] in ("not_found", "gone"):
        return Attempt("decline", reason="no filing condition is met")
    if story == "owner_return" and turn.data["mandate"]:
        return Attempt("return_to_owner", reason="not this district's")
    if story in _SPLIT and turn.data["parent"] is None and turn.first("split"):
        other = turn.random.choice(turn.habits["matters"])[0]
        return Attempt("split", {"categories": [turn.data["category"], other]}, "two units are needed")
    twin = story == "merged" or (story == "unmerged" and "unmerged" not in turn.plan.done)
    if twin and (near := turn.opens(turn.state)) is not None and turn.data["parent"] is None:
        return Attempt("merge", {"into": near}, "the same problem")
    conditions = [
        one
        for one in turn.view.catalogue.conditions(turn.data["category"], turn.view.day)
        if one.milestones_on(turn.view.day)
    ]
    if not conditions:
        return Attempt("decline", reason="no filing condition has a limit")
    return Attempt("file", {"filing_condition": turn.random.choice(conditions).id})


def _verifying(turn: Turn) -> Attempt:
    if turn.drawn(_MENDED_ON_THE_SPOT):
        photos = {"photos_before": turn.photos("before"), "photos_after": turn.photos("after")}
        return Attempt("self_handle", {**photos, "note": "swept up at once"})
    return Attempt("report_verification", {"found": "true_as_told"})


def _self_handled(turn: Turn) -> Attempt:
    if turn.plan.story == "self_rejected":
        return Attempt("reject_self_handle", reason="the photos show another place")
    return Attempt("confirm_self_handle")


def _filed(turn: Turn) -> Attempt:
    story = turn.plan.story
    if turn.wait["role"] == "supervisor":
        return Attempt(
            "adjudicate", {"unit": _right_unit(turn), "duty_until": "2027-12-31"}, "settled after two returns"
        )
    if story == "back_to_filing" and turn.first("back to filing"):
        return Attempt("return_to_filing", reason="the filing condition does not fit")
    unit = _right_unit(turn)
    if (story == "wrong_unit" and turn.first("wrong")) or story == "twice_wrong":
        unit = turn.random.choice([one for one in ("greening", "drainage", "lighting", "waste") if one != unit])
    helpers = [helper_of(unit)] if story in ("helpers", "helper_released") else []
    return Attempt("dispatch", {"unit": unit, "helpers": helpers})


def _right_unit(turn: Turn) -> str:
    from_matrix = turn.view.duty_of(turn.state, "handle", turn.now)
    return from_matrix or "centre"


def _dispatched(turn: Turn) -> Attempt | None:
    story = turn.plan.story
    if story == "not_received" or (story == "recalled" and len(turn.data["legs"]) == 1):
        return None
    if (story == "twice_wrong" and not turn.data["adjudicated"]) or (story == "wrong_unit" and turn.first("returned")):
        return Attempt("ask_return", reason="not our duty by the matrix")
    if story == "return_refused" and turn.first("return asked"):
        return Attempt("ask_return", reason="we think another unit answers")
    if story == "return_withdrawn" and turn.first("return asked"):
        return Attempt("ask_return", reason="not our duty, we thought")
    if turn.drawn(turn.manner.wrong_returns) and turn.first(SHIRKED):
        return Attempt("ask_return", reason="not our duty")
    if story in ("suspension_refused", "suspension_withdrawn") and turn.first("suspension asked"):
        return Attempt("ask_suspension", {"until": turn.now + 3 * 86_400}, "no parts in store")
    return Attempt("receive")


_ASKS: Final[Mapping[str, Callable[[Turn], Attempt]]] = {
    "extension": lambda turn: _extension(2, "work_hour"),
    "extension_refused": lambda turn: _extension(1, "work_day"),
    "extension_withdrawn": lambda turn: _extension(3, "urgent_hour"),
    "long_extension": lambda turn: _extension(5, "work_day"),
    "suspension": lambda turn: _suspension(turn, 2),
    "resumed_early": lambda turn: _suspension(turn, 9),
    "long_suspension": lambda turn: _suspension(turn, 45),
}


def _extension(amount: int, kind: str) -> Attempt:
    return Attempt("ask_extension", {"amount": amount, "kind": kind}, "the work takes longer")


def _suspension(turn: Turn, days: int) -> Attempt:
    return Attempt("ask_suspension", {"until": turn.now + days * 86_400}, "waits for dry weather")


def _in_unit(turn: Turn) -> Attempt:
    story = turn.plan.story
    if story in _ASKS and turn.first("asked"):
        return _ASKS[story](turn)
    if story.startswith("notice") and turn.first("notice"):
        return Attempt("ask_notice", {"notice": "to be rebuilt with the street next year"}, "cannot be done now")
    if len(turn.data["milestones_proven"]) < len(turn.data["limit"]) - 1:
        return _stage(turn)
    plain = turn.data["unit"] in turn.view.directory.units and not _squads(turn)
    if plain and turn.random.random() < 0.3:
        return Attempt("hand_back", {"photos": turn.photos("after"), "note": "done"})
    squads = _squads(turn)
    return Attempt("assign", {"squad": turn.random.choice(squads)} if squads else {})


def _squads(turn: Turn) -> list[str]:
    below = turn.view.directory.descendants(turn.data["unit"])[1:]
    return [one for one in below if turn.view.directory.units[one].desk == "own"]


def _stage(turn: Turn) -> Attempt:
    stage = len(turn.data["milestones_proven"]) + 1
    return Attempt("prove_milestone", {"stage": stage, "photos": turn.photos("stage")})


def _assigned(turn: Turn) -> Attempt:
    if len(turn.data["milestones_proven"]) < len(turn.data["limit"]) - 1:
        return _stage(turn)
    return Attempt("finish", {"photos": turn.photos("after"), "note": "done"})


def _finished(turn: Turn) -> Attempt:
    if turn.plan.story == "unit_sends_back" and turn.first("sent back"):
        return Attempt("send_back", reason="one corner was left out")
    return Attempt("review")


def _handed_back(turn: Turn) -> Attempt:
    method = turn.random.choices(["on_site", "photo", "video", "call_back"], [80, 12, 5, 3])[0]
    return Attempt("send_check", {"checker": collector_of(turn), "method": method})


def _checking(turn: Turn) -> Attempt:
    wrong = turn.plan.story in ("failed_check", "forced") and not turn.manner.never_wrong
    failed = (wrong and turn.first("failed")) or turn.drawn(turn.manner.false_hand_backs)
    return Attempt("report_check", {"verdict": "not_done" if failed else "done", "photos": turn.photos("check")})


def _checked(turn: Turn) -> Attempt | None:
    if turn.data["check_verdict"] == "not_done":
        if turn.plan.story == "forced" and "failed" in turn.plan.done:
            return None
        return Attempt("rework", reason="the check was not passed")
    mandate = turn.data["mandate"]
    if mandate is not None and mandate["closes"] == "owner" and turn.data["parent"] is None:
        return Attempt("submit", {"answer": "handled and checked"})
    return Attempt("close", {"answer": "handled and checked"})


def _noticed(turn: Turn) -> Attempt:
    if turn.plan.story == "notice_refused" and turn.first("notice refused"):
        return Attempt("refuse_notice", reason="a provisional repair is possible")
    if turn.data["mandate"] is not None and turn.data["mandate"]["closes"] == "owner" and not turn.data["parent"]:
        return Attempt("submit", {"answer": turn.data["notice"]})
    return Attempt("close_by_notice")


def _submitted(turn: Turn) -> Attempt:
    if turn.data["unit"] is None:
        if turn.plan.story == "split_owner" and turn.first("parts rejected"):
            return Attempt("owner_reject_parts", reason="the owner wants one part done again")
        return Attempt("owner_close")
    if turn.first("owner rejected") and turn.random.random() < 0.3:
        return Attempt("owner_reject", reason="the owner wants another photo")
    return Attempt("owner_close")


def _split(turn: Turn) -> Attempt:
    """The owner sent a split case back: one of its parts goes on."""
    turn.aim = turn.data["parts"][0]
    return Attempt("reopen", reason="the owner wants it done again")


CASE: Final[Table] = {
    "accepted": _accepted, "verifying": _verifying, "self_handled": _self_handled, "filed": _filed,
    "dispatched": _dispatched, "received": _in_unit, "assigned": _assigned, "finished": _finished,
    "reviewed": lambda turn: Attempt("hand_back", {"photos": turn.photos("after"), "note": "done"}),
    "handed_back": _handed_back, "checking": _checking, "checked": _checked, "noticed": _noticed,
    "submitted": _submitted, "split": _split,
}  # fmt: skip
"""By state of the case."""
