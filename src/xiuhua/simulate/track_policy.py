"""What people of the fictional district do with what is asked beside the main road of a case. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xiuhua.flow.model import Attempt
from xiuhua.simulate.turn import SHIRKED, Step, Turn


def _judge(granted: str, refused: str, stories: tuple[str, ...]) -> Callable[[Turn], Attempt]:
    def judged(turn: Turn) -> Attempt:
        return Attempt(refused, reason="not convincing") if turn.plan.story in stories else Attempt(granted)

    return judged


def _extension_asked(turn: Turn) -> Attempt | None:
    if turn.plan.story == "extension_withdrawn":
        return None
    return _judge("grant_extension", "refuse_extension", ("extension_refused",))(turn)


def _judge_suspension(turn: Turn) -> Attempt | None:
    if turn.plan.story == "suspension_withdrawn":
        return None
    return _judge("approve_suspension", "refuse_suspension", ("suspension_refused",))(turn)


def _judge_voiding(turn: Turn) -> Attempt | None:
    if turn.plan.story == "void_withdrawn":
        return None
    return _judge("approve_void", "refuse_void", ("void_refused",))(turn)


def _helped(turn: Turn) -> Attempt | None:
    return None if turn.plan.story == "helper_released" else Attempt("help_done")


def _answer_judged(turn: Turn) -> Attempt:
    if turn.plan.story == "answer_refused" and turn.first("answer refused"):
        return Attempt("refuse_answer", reason="it does not say by when")
    return Attempt("sign_off")


def _return_asked(turn: Turn) -> Attempt | None:
    if turn.plan.story == "return_withdrawn":
        return None
    if turn.plan.story == "return_refused" or SHIRKED in turn.plan.done:
        return Attempt("refuse_return", reason="the matrix names this unit")
    return Attempt("approve_return", {"wrong_dispatch": True})


def _appealed(turn: Turn) -> Attempt:
    if turn.plan.story == "late_appeal_dismissed":
        return Attempt("reject_appeal", reason="no reason is given")
    return Attempt("support_appeal")


def _appeal_supported(turn: Turn) -> Attempt:
    if turn.plan.story == "late_appeal_lost":
        return Attempt("reject_appeal", reason="the delay was the unit's own")
    return Attempt("uphold_appeal")


TRACKS: Final[Mapping[tuple[str, str], Step]] = {
    ("extension", "asked"): _extension_asked,
    ("suspension", "asked"): _judge_suspension,
    ("return", "asked"): _return_asked,
    ("voiding", "asked"): _judge_voiding,
    ("helper", "asked"): _helped,
    ("supervision", "ordered"): lambda turn: Attempt("answer_supervision", {"answer": "under way"}),
    ("supervision", "answered"): _answer_judged,
    ("appeal", "asked"): _appealed,
    ("appeal", "supported"): _appeal_supported,
}  # fmt: skip
"""By track and state."""
