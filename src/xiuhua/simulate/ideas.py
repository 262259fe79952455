"""What people of the fictional district do without being asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiuhua.flow.model import Attempt
from xiuhua.simulate.turn import Turn, helper_of


@dataclass(frozen=True, slots=True)
class Idea:
    """What someone does without its being their turn."""

    role: str
    attempt: Attempt
    person: str | None = None
    """Who it must be, when it is not for everybody in the role."""


def unasked(turn: Turn) -> list[Idea]:
    """What comes to someone's mind about a report or a case that waits for others; each once."""
    if turn.state["subject"] == "report":
        return [*_of_intake(turn), *_of_reporter(turn)]
    return [*_of_dispatcher(turn), *_of_unit(turn), *_of_superiors(turn)]


def _of_intake(turn: Turn) -> Iterator[Idea]:
    """Three joined reports in ten turn out to be about something else; then it is accepted by itself."""
    joined = turn.plan.kind == "twin" and turn.state["state"] == "joined" and turn.data["case"] is not None
    if joined and turn.first("looked at again") and turn.random.random() < 0.3:
        turn.plan.kind = "ours"
        yield Idea("intake_officer", Attempt("unjoin", reason="it is about something else"))


def _of_reporter(turn: Turn) -> Iterator[Idea]:
    """Who reported on the public page rates the answer, or says that nothing was solved."""
    if turn.data["source"] != "public" or turn.state["state"] not in ("answered", "called_back"):
        return
    if turn.first("rated") and turn.random.random() < 0.4:
        stars = turn.random.choices([5, 4, 3, 2, 1], [50, 25, 10, 6, 9])[0]
        yield Idea("public", Attempt("rate", {"stars": stars}))
        if stars == 1 and turn.data["case"] is not None:
            yield Idea("public", Attempt("contest"))


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
        yield Idea("dispatcher", Attempt("add_helper", {"unit": helper_of(turn.data["unit"])}))
    if story == "helper_released" and at_work and turn.first("helper released"):
        yield Idea("dispatcher", Attempt("release_helper", reason="it is not needed", n=1))
    if story == "unmerged" and state == "merged" and turn.first("unmerged"):
        yield Idea("dispatcher", Attempt("unmerge", {"into": turn.data["merged_into"]}, "another problem after all"))
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
