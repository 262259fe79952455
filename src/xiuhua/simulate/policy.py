"""What a person of the fictional district does with what waits for them. Pure, by the story of the case.

A story is drawn for each case when it begins; it says what is unusual about it. `decide` looks at the state,
the track and the story and names the action with its fields, or nothing when the person lets it lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from xiuhua.flow.model import Attempt, State, described, instance
from xiuhua.loop.surroundings import CityView


_SPLIT: Final = frozenset({"split", "split_reopened", "split_owner"})
OWNED: Final = frozenset({"split_owner", "owner_return"})
"""Stories of cases that belong to another platform."""


@dataclass(slots=True)
class Plan:
    """What the simulation knows of a report or case and the platform does not."""

    story: str = "plain"
    kind: str = "ours"
    category: str | None = None
    done: set[str] = field(default_factory=set)
    """Unusual things that have happened already."""


@dataclass(slots=True)
class Turn:
    """Somebody's turn."""

    state: State
    wait: Mapping[str, Any]
    plan: Plan
    view: CityView
    random: Random
    now: int
    opens: Callable[[State], str | None]
    """An open case near this one that it may be joined or merged with."""
    habits: Mapping[str, Any]
    aim: str | None = None
    """The case that the action is done to, when it is another one: set by what decides."""

    @property
    def data(self) -> dict[str, Any]:
        """What the subject holds."""
        return self.state["data"]  # type: ignore[no-any-return]

    def first(self, what: str) -> bool:
        """Whether this is the first time for something in this story."""
        if what in self.plan.done:
            return False
        self.plan.done.add(what)
        return True

    def photos(self, shows: str) -> list[str]:
        """The photo that shows something: `stage`, `after`, `check`."""
        return [self.habits["photos"][shows]]

    def item(self) -> dict[str, Any]:
        """The track instance whose turn it is."""
        one = instance(self.state, self.wait["track"], self.wait["n"])
        assert one is not None
        return described(one)


def decide(turn: Turn) -> Attempt | None:
    """The action for a turn."""
    track = turn.wait["track"]
    if track != "main":
        state = turn.item()["state"]
        attempt = _TRACKS[track, state](turn)
        return Attempt(attempt.action, attempt.fields, attempt.reason, turn.wait["n"]) if attempt else None
    table = _REPORT if turn.state["subject"] == "report" else _CASE
    step = table.get(turn.state["state"])
    return step(turn) if step else None


def _collector(turn: Turn) -> str:
    found = turn.view.directory.holders("collector", turn.data["scopes"])
    return found[0] if found else turn.view.directory.holders("collector", ())[0]


# ---- reports


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
        return Attempt("verify", {"verifier": _collector(turn)})
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


# ---- cases


def _accepted(turn: Turn) -> Attempt | None:
    story = turn.plan.story
    if turn.state["data"]["verification"] is None and story == "verify" and turn.first("case verified"):
        return Attempt("verify", {"verifier": _collector(turn)})
    if story == "correct" and turn.first("corrected"):
        return Attempt("correct", {"category": turn.data["category"]}, "mended the place")
    if story == "decline" or turn.data["verification"] in ("not_found", "gone"):
        return Attempt("decline", reason="no filing condition is met")
    if story == "owner_return" and turn.data["mandate"]:
        return Attempt("return_to_owner", reason="not this district's")
    if story in _SPLIT and turn.data["parent"] is None and turn.first("split"):
        other = turn.random.choice(turn.habits["matters"])[0]
        return Attempt("split", {"categories": [turn.data["category"], other]}, "two units are needed")
    if story == "merged" and (near := turn.opens(turn.state)) is not None and turn.data["parent"] is None:
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
    helpers = [_helper(unit)] if story in ("helpers", "helper_released") else []
    return Attempt("dispatch", {"unit": unit, "helpers": helpers})


def _helper(unit: str) -> str:
    return "waste" if unit == "sanitation" else "sanitation"


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
    return Attempt("send_check", {"checker": _collector(turn), "method": method})


def _checking(turn: Turn) -> Attempt:
    failed = turn.plan.story in ("failed_check", "forced") and turn.first("failed")
    return Attempt("report_check", {"verdict": "not_done" if failed else "done", "photos": turn.photos("check")})


def _checked(turn: Turn) -> Attempt | None:
    if turn.data["check_verdict"] == "not_done":
        if turn.plan.story == "forced":
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


# ---- side tracks


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
    if turn.plan.story == "return_refused":
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


_Table = Mapping[str, Callable[[Turn], Attempt | None]]
_REPORT: Final[_Table] = {"received": _received, "verifying": _report_verifying, "answered": _answered}
_CASE: Final[_Table] = {
    "accepted": _accepted, "verifying": _verifying, "self_handled": _self_handled, "filed": _filed,
    "dispatched": _dispatched, "received": _in_unit, "assigned": _assigned, "finished": _finished,
    "reviewed": lambda turn: Attempt("hand_back", {"photos": turn.photos("after"), "note": "done"}),
    "handed_back": _handed_back, "checking": _checking, "checked": _checked, "noticed": _noticed,
    "submitted": _submitted, "split": _split,
}  # fmt: skip
_TRACKS: Final[Mapping[tuple[str, str], Callable[[Turn], Attempt | None]]] = {
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


@dataclass(frozen=True, slots=True)
class Idea:
    """What someone does without its being their turn."""

    role: str
    attempt: Attempt
    person: str | None = None
    """Who it must be, when it is not for everybody in the role."""


def unasked(turn: Turn) -> list[Idea]:
    """What comes to someone's mind about a case that waits for others; each once."""
    return [*_of_dispatcher(turn), *_of_unit(turn), *_of_superiors(turn)]


def _of_dispatcher(turn: Turn) -> Iterator[Idea]:
    state, story, tracks = turn.state["state"], turn.plan.story, turn.state["tracks"]
    at_work = state in ("received", "assigned")
    if story.startswith("void_") and state == "filed" and turn.first("void asked"):
        yield Idea("dispatcher", Attempt("ask_void", reason="reported by mistake"))
    if story == "void_withdrawn" and tracks.get("voiding") and turn.first("withdrawn"):
        yield Idea("dispatcher", Attempt("withdraw_void"), tracks["voiding"][0]["item"]["by"])
    if story == "recalled" and state == "dispatched" and turn.first("recalled"):
        yield Idea("dispatcher", Attempt("recall_dispatch", reason="sent to the wrong unit"))
    if story == "helper_added" and at_work and turn.first("helper added"):
        yield Idea("dispatcher", Attempt("add_helper", {"unit": _helper(turn.data["unit"])}))
    if story == "helper_released" and at_work and turn.first("helper released"):
        yield Idea("dispatcher", Attempt("release_helper", reason="it is not needed", n=1))
    if story == "urged" and at_work and turn.first("urged"):
        yield Idea("dispatcher", Attempt("urge", {"note": "please hurry"}))
    if story == "noted" and at_work and turn.first("noted"):
        yield Idea("dispatcher", Attempt("add_note", {"note": "the reporter called again"}))
    if story == "resumed_early" and turn.data["suspended_until"] and turn.first("resumed"):
        yield Idea("dispatcher", Attempt("resume"))


def _of_unit(turn: Turn) -> Iterator[Idea]:
    state, story, tracks = turn.state["state"], turn.plan.story, turn.state["tracks"]
    if story.startswith("late_appeal") and state == "closed" and turn.data["overdue"] and turn.first("appealed"):
        yield Idea("unit_officer", Attempt("appeal_overtime", reason="the road was closed by the police"))
    for track, action in (
        ("extension", "withdraw_application"), ("return", "withdraw_return"), ("suspension", "withdraw_suspension")
    ):  # fmt: skip
        if story == f"{track}_withdrawn" and tracks.get(track) and turn.first("withdrawn"):
            yield Idea("unit_officer", Attempt(action))


def _of_superiors(turn: Turn) -> Iterator[Idea]:
    state, story = turn.state["state"], turn.plan.story
    if story in ("supervised", "answer_refused") and state in ("received", "assigned") and turn.first("supervised"):
        opinion = turn.random.choice(turn.habits["opinions"])
        order = {"opinion": opinion, "answer_due": turn.now + 2 * 86_400}
        yield Idea("supervisor", Attempt("supervise", order))
    if story == "forced" and state == "checked" and turn.first("forced"):
        yield Idea("supervisor", Attempt("force_close", reason="settled on site by the leader"))
    if story == "reopened" and state == "closed" and turn.data["limit"] and turn.first("reopened"):
        yield Idea("shift_leader", Attempt("reopen", reason="the damage is back"))
